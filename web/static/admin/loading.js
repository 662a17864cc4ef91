/**
 * Loading state of a page: what the hub's answers fill stands hidden until the first of them have come, so that nothing
 * moves under a finger.
 */

const LONGEST_MS = 1000;
const page = document.querySelector("#admin");
let pending = 0;

/**
 * Count an answer among those that fill the page.
 *
 * @template Answer
 * @param {Promise<Answer>} answer
 * @returns {Promise<Answer>} the same
 */
export async function awaited(answer) {
  pending += 1;
  try {
    return await answer;
  } finally {
    pending -= 1;
    setTimeout(showOnceFilled); // after the page has asked for what depends on this answer
  }
}

/** Show the page by its first answers, or as it is where none is asked for, or where they take long. */
export function startLoading() {
  document.addEventListener("DOMContentLoaded", () => setTimeout(showOnceFilled));
  setTimeout(show, LONGEST_MS);
}

function showOnceFilled() {
  if (pending === 0) show();
}

function show() {
  page?.removeAttribute("aria-busy");
}
