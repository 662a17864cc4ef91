/** Checks that the hub makes of itself, on the page of its operation: what to see to stands first. */

import { get } from "./api.js";
import { el, moment } from "./build.js";
import { say } from "../shared/say.js";
import { HERE } from "./zoned.js";

const rows = /** @type {HTMLElement} */ (document.querySelector("#checks-rows"));
const table = /** @type {HTMLElement} */ (document.querySelector("#checks-table"));
const state = /** @type {HTMLElement} */ (document.querySelector("#checks-state"));
const again = /** @type {HTMLButtonElement} */ (document.querySelector("#checks-again"));

const LEVELS = ["fail", "warn", "ok"];
/** @type {Record<string, string>} */
const TONES = { ok: "pass", warn: "warn", fail: "refuse" };

/** Show the newest results; what was shown before stays while they are fetched, and where they cannot be. */
export async function showChecks() {
  state.textContent = say("checks-running");
  again.setAttribute("aria-disabled", "true");
  try {
    show(await get("/api/checks"));
  } catch (error) {
    state.textContent = say("checks-failed", { why: /** @type {Error} */ (error).message });
  } finally {
    again.removeAttribute("aria-disabled");
  }
}

/** @param {{checked_at: string, checks: {name: string, level: string, code: string, values: Record<string, string | number>}[]}} run */
function show({ checked_at: at, checks }) {
  const count = checks.filter(({ level }) => level !== "ok").length;
  state.textContent = say(count ? "checks-found" : "checks-sound", { count, time: moment(at, HERE) });
  rows.replaceChildren(...LEVELS.flatMap((level) => checks.filter((check) => check.level === level).map(checkRow)));
  table.hidden = checks.length === 0;
}

/** @param {{name: string, level: string, code: string, values: Record<string, string | number>}} check */
function checkRow({ name, level, code, values }) {
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, say(`aspect-${name.replaceAll(" ", "-")}`)),
    el("td", {}, el("span", { class: "tag", "data-tone": TONES[level] }, say(`checks-${level}`))),
    el("td", {}, say(`check-${code}`, values)),
  );
}

again.addEventListener("click", () => {
  if (!again.hasAttribute("aria-disabled")) showChecks();
});
