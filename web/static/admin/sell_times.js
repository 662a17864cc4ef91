/** Times that a desk sells, with the seats that are left; what is always open takes any time. */

import { el } from "./build.js";
import { say } from "../shared/say.js";
import { showingText } from "./showing_text.js";
import { timesOf } from "./times.js";

/** How many times stand in sight: the next ones. */
const IN_SIGHT = 6;

/**
 * @param {any} event
 * @param {HTMLElement} list
 * @param {HTMLButtonElement} more shows all of them
 */
export function makeTimes(event, list, more) {
  const isOpenEnded = event.ends_at === null;
  /** @type {any[]} */
  let times = [];
  let isWhole = false;
  let chosen = "";

  list.addEventListener("change", ({ target }) => {
    const input = /** @type {HTMLInputElement} */ (target);
    if (input.name === "showing") chosen = input.value;
  });
  more.addEventListener("click", () => {
    isWhole = true;
    draw();
  });
  if (isOpenEnded) list.replaceChildren(...momentFields(event.timezone));

  async function look() {
    if (isOpenEnded) return;
    times = (await timesOf(event.uuid)).filter((time) => time.bookable || (time.left === 0 && !isOver(time)));
    if (!times.some((time) => idOf(time) === chosen)) chosen = idOf(times.find((time) => time.bookable));
    draw();
  }

  function draw() {
    const shown = isWhole ? times : times.filter((time, n) => n < IN_SIGHT || idOf(time) === chosen);
    const focused = document.activeElement instanceof HTMLInputElement && document.activeElement.name === "showing" ? document.activeElement.value : "";
    list.replaceChildren(...shown.map((time) => choice(time, chosen)));
    if (focused) /** @type {HTMLElement | null} */ (list.querySelector(`[value="${focused}"]`))?.focus();
    more.hidden = shown.length === times.length;
    more.textContent = say("sell-more-times", { count: times.length - shown.length });
    if (times.length === 0) list.replaceChildren(el("p", { class: "muted" }, say("sell-no-times")));
  }

  return {
    look,
    /** Offer the next time that has seats, where the chosen one has none any more. */
    async renew() {
      await look();
      if (times.find((time) => idOf(time) === chosen)?.left === 0) chosen = idOf(times.find((time) => time.bookable)) || chosen;
      if (!isOpenEnded) draw();
    },
    /** @returns {{date: string, time: string}} */
    chosen() {
      if (!isOpenEnded) {
        const [date, time] = chosen.split("T");
        return { date, time };
      }
      const value = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (list.querySelector(`[name="${name}"]`)).value;
      return { date: value("date"), time: value("time") };
    },
    /** @returns {Record<string, number>} what is left at the chosen time of products that have a number of their own */
    products() {
      return times.find((time) => idOf(time) === chosen)?.products ?? {};
    },
    /** @returns {number | null} the seats that are left of the chosen time; null where none is chosen */
    left() {
      if (isOpenEnded) return Infinity;
      return times.find((time) => idOf(time) === chosen)?.left ?? null;
    },
  };
}

/** @param {any} time */
function idOf(time) {
  return time ? `${time.date}T${time.time}` : "";
}

/** @param {any} time */
function isOver({ starts_at, ends_at }) {
  return Date.parse(ends_at ?? starts_at) < Date.now();
}

/**
 * @param {any} time
 * @param {string} chosen
 */
function choice(time, chosen) {
  const left = time.left > 0 ? say("sell-left-at", { left: time.left }) : say("sell-sold-out");
  const input = el("input", { type: "radio", name: "showing", value: idOf(time), checked: idOf(time) === chosen, disabled: time.left === 0 && idOf(time) !== chosen });
  return el("label", { class: "sale-time", "data-out": time.left === 0 }, input, el("strong", {}, showingText(time.date, time.time)), el("span", { class: "hint" }, left));
}

/**
 * The day and time of what has no times of its own: now, rounded up to the quarter of an hour.
 *
 * @param {string} timeZone the event's
 */
function momentFields(timeZone) {
  const quarter = 15 * 60_000;
  const soon = new Date(Math.ceil(Date.now() / quarter) * quarter);
  const local = soon.toLocaleString("sv-SE", { timeZone });
  const values = { date: local.slice(0, 10), time: local.slice(11, 16) };
  return /** @type {const} */ (["date", "time"]).map((name) => {
    const input = el("input", { id: `sale-${name}`, name, type: name, value: values[name], required: true });
    return el("div", { class: "field" }, el("label", { for: input.id }, say(`admin-ticket-${name}`)), input);
  });
}
