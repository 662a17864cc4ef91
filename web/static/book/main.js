/** Booking page: seats that are left, kept up to date while the page is open. */

import { nextPage } from "../shared/paging.js";
import { formatLocale } from "../shared/locale.js";
import { showKinds } from "./kinds.js";
import { showTotal } from "./total.js";

const AT_ONCE = 1000;
const LOOK_MS = 15_000;
const COUNTS = new Intl.NumberFormat(formatLocale());
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.booking"));

/** @typedef {{date: string, time: string, left: number, bookable: boolean, products: Record<string, number>}} Showing */

async function look() {
  if (!form || document.visibilityState !== "visible") return;
  const first = /** @type {HTMLElement} */ (form.querySelector("[data-showing]")).dataset.showing?.slice(0, 10) ?? "";
  let next = /** @type {string | null} */ (`/api/showings?${new URLSearchParams({ event: form.dataset.event ?? "", from: first, limit: `${AT_ONCE}` })}`);
  while (next) {
    const answer = await fetch(next).catch(() => null);
    if (!answer?.ok) return;
    for (const showing of /** @type {Showing[]} */ (await answer.json())) show(showing);
    next = nextPage(answer);
  }
}

/** @param {Showing} showing */
function show({ date, time, left, bookable, products }) {
  const row = /** @type {HTMLElement | null} */ (document.querySelector(`[data-showing="${date}T${time}"]`));
  if (!row) return;
  row.dataset.products = JSON.stringify(products);
  if (form) showKinds(form);
  const radio = row.querySelector("input");
  const [count, some] = ["[data-left]", "[data-some]"].map((part) => row.querySelector(part));
  if (radio) radio.disabled = !bookable;
  if (count) count.textContent = COUNTS.format(left);
  some?.toggleAttribute("hidden", !bookable);
  for (const none of row.querySelectorAll("[data-none]")) none.toggleAttribute("hidden", bookable);
}

if (form?.querySelector("[data-showing]")) {
  // Not all at the same moment: the whole town may look at once.
  setInterval(look, LOOK_MS + Math.random() * LOOK_MS);
  document.addEventListener("visibilitychange", look);
}

if (form) {
  showKinds(form);
  showTotal(form);
  form.addEventListener("change", () => {
    showKinds(form);
    showTotal(form);
  });
}

const count = /** @type {HTMLSelectElement | null} */ (document.querySelector("#count"));
const others = /** @type {HTMLElement | null} */ (document.querySelector("[data-others]"));

/** One ticket has no others to name; what was written there stays. */
function showOthers() {
  if (count && others) others.hidden = count.value === "1" && !others.querySelector("textarea")?.value;
}

count?.addEventListener("change", showOthers);
showOthers();
