/** Forms that the browser sends itself: the pressed button shows that it is at work, and a second press sends nothing. */

import { showProgress } from "./progress.js";

/** Longer than a login that the hub slows down: by then the browser was stopped, which no event says. */
const RELEASED_AFTER_MS = 8000;

/** @type {(() => void)[]} */
let underWay = [];
let timer = 0;

document.addEventListener("submit", (event) => {
  if (underWay.length) {
    event.preventDefault();
    return;
  }
  if (!(event.submitter instanceof HTMLElement)) return;
  underWay.push(showProgress(event.submitter));
  timer = setTimeout(release, RELEASED_AFTER_MS);
});

// A page that comes back from the browser's memory has sent nothing yet.
addEventListener("pageshow", release);

function release() {
  clearTimeout(timer);
  for (const end of underWay) end();
  underWay = [];
}
