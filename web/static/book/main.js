/** The booking page: how many seats are left, kept up to date while somebody looks at it. */

const LOOK_MS = 15_000;
const COUNTS = new Intl.NumberFormat("en");
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.booking"));

/** @typedef {{date: string, time: string, left: number, bookable: boolean}} Showing */

async function look() {
  if (!form || document.visibilityState !== "visible") return;
  const answer = await fetch(`/api/showings?event=${form.dataset.event}`).catch(() => null);
  if (!answer?.ok) return;
  for (const showing of /** @type {Showing[]} */ (await answer.json())) show(showing);
}

/** @param {Showing} showing */
function show({ date, time, left, bookable }) {
  const row = /** @type {HTMLElement | null} */ (document.querySelector(`[data-showing="${date}T${time}"]`));
  if (!row) return;
  const radio = row.querySelector("input");
  const [count, some, none] = ["[data-left]", "[data-some]", "[data-none]"].map((part) => row.querySelector(part));
  if (radio) radio.disabled = !bookable;
  if (count) count.textContent = COUNTS.format(left);
  some?.toggleAttribute("hidden", !bookable);
  none?.toggleAttribute("hidden", bookable);
}

if (form?.querySelector("[data-showing]")) {
  // Not all at the same moment: the whole town may look at once.
  setInterval(look, LOOK_MS + Math.random() * LOOK_MS);
  document.addEventListener("visibilitychange", look);
}
