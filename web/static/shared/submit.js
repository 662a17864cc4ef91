/** Forms that the browser sends itself: the pressed button shows that it is at work, and a second press sends nothing. */

import { showProgress } from "./progress.js";

/** @type {(() => void)[]} */
let underWay = [];

document.addEventListener("submit", (event) => {
  if (underWay.length) {
    event.preventDefault();
    return;
  }
  if (event.submitter instanceof HTMLElement) underWay.push(showProgress(event.submitter));
});

// A page that comes back from the browser's memory has sent nothing yet.
addEventListener("pageshow", () => {
  for (const end of underWay) end();
  underWay = [];
});
