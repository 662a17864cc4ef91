/** An event's form: filled from what the API tells of it, and read into what the API takes. */

import { el } from "./build.js";
import { nested, valueAt } from "./nested.js";
import { makeRows, renumber } from "./rows.js";
import { inZone, toInstant } from "./zoned.js";
import { say } from "./messages.js";

const LISTS = ["zones", "doors", "products"];

/**
 * Offer every time zone that the browser knows, and take its own.
 *
 * @param {HTMLSelectElement} select
 * @param {string} [chosen]
 */
export function offerZones(select, chosen = Intl.DateTimeFormat().resolvedOptions().timeZone) {
  const zones = new Set([chosen, "UTC", ...Intl.supportedValuesOf("timeZone")]);
  select.replaceChildren(...[...zones].sort().map((zone) => el("option", { selected: zone === chosen }, zone)));
}

/**
 * Show an event in its form.
 *
 * @param {HTMLFormElement} form
 * @param {Record<string, any>} event
 */
export function fill(form, event) {
  for (const rows of form.querySelectorAll("[data-rows]")) rows.replaceChildren();
  makeRows(form, event);
  renumber(form);
  offerNames(form);
  for (const control of controls(form)) show(control, valueAt(event, control.name), event.timezone);
  offerNames(form);
  for (const [n, door] of event.doors.entries()) choose(form, n, door);
}

/**
 * @param {HTMLFormElement} form
 * @param {number} n
 * @param {{into: string | null, out_of: string | null, products: string[] | null}} door
 */
function choose(form, n, door) {
  setSelect(form, `doors[${n}].into`, door.into);
  setSelect(form, `doors[${n}].out_of`, door.out_of);
  for (const tick of form.querySelectorAll(`[name="doors[${n}].products"]`)) {
    if (tick instanceof HTMLInputElement) tick.checked = (door.products ?? []).includes(tick.value);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string | null} value
 */
function setSelect(form, name, value) {
  const select = form.elements.namedItem(name);
  if (select instanceof HTMLSelectElement) select.value = value ?? "";
}

/**
 * @param {Control} control
 * @param {unknown} value
 * @param {string} zone
 */
function show(control, value, zone) {
  if (value === undefined) return;
  const text = String(value ?? "");
  if (control.type === "datetime-local") control.value = inZone(text, zone);
  else if (control instanceof HTMLSelectElement && value !== null) showChoice(control, text);
  else if (control.type !== "checkbox") control.value = text;
}

/**
 * Choose what may not be among what is offered: `multi:7`.
 *
 * @param {HTMLSelectElement} select
 * @param {string} value
 */
function showChoice(select, value) {
  if (![...select.options].some((option) => option.value === value)) select.append(el("option", { value }, value));
  select.value = value;
}

/**
 * Read the form as the body of `POST` or `PATCH /api/events`: what is left empty is null.
 *
 * @param {HTMLFormElement} form
 * @returns {Record<string, any>}
 */
export function readEvent(form) {
  const zone = /** @type {HTMLSelectElement} */ (form.elements.namedItem("timezone")).value;
  /** @type {Record<string, any>} */
  const flat = {};
  for (const control of controls(form)) {
    if (control.type !== "checkbox") flat[control.name] = valueOf(control, zone);
    else if (control instanceof HTMLInputElement && control.checked) flat[control.name] = [...(flat[control.name] ?? []), control.value];
  }
  if (flat.publicKeyPem === null) delete flat.publicKeyPem; // what is set stays: it is not shown
  const whole = nested(flat);
  for (const list of LISTS) whole[list] ??= [];
  return whole;
}

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/**
 * @param {HTMLFormElement} form
 * @returns {Control[]}
 */
function controls(form) {
  const all = /** @type {Control[]} */ ([...form.elements]);
  return all.filter((control) => control.name && !control.disabled && control.tagName !== "BUTTON");
}

/**
 * @param {Control} control
 * @param {string} zone
 */
function valueOf(control, zone) {
  const text = control.value.trim();
  if (text === "") return null;
  if (control.type === "number") return Number(text);
  if ("boolean" in control.dataset) return text === "true";
  return control.type === "datetime-local" ? toInstant(text, zone) : text;
}

/**
 * Let doors choose among the zones and products as they are called now; what is chosen follows a new name.
 *
 * @param {HTMLFormElement} form
 */
export function offerNames(form) {
  const zones = namesOf(form, "zones");
  const products = namesOf(form, "products");
  for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (form.querySelectorAll("[data-zones]"))) {
    const before = [...select.options].slice(1).map((option) => option.value);
    const chosen = place(before, zones, select.selectedIndex - 1);
    const first = el("option", { value: "" }, select.dataset.zones ?? "");
    select.replaceChildren(first, ...zones.map((name) => el("option", {}, name)));
    select.selectedIndex = Math.max(chosen + 1, 0);
  }
  for (const box of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-products]"))) offerProducts(box, products);
}

/**
 * @param {HTMLElement} box
 * @param {string[]} products
 */
function offerProducts(box, products) {
  const ticks = [...box.querySelectorAll("input")];
  const before = ticks.map((tick) => tick.value);
  const ticked = new Set(ticks.map((tick, n) => (tick.checked ? place(before, products, n) : -1)));
  const row = /** @type {HTMLElement} */ (box.closest(".row"));
  const name = `doors[${[...(row.parentElement?.children ?? [])].indexOf(row)}].products`;
  const made = products.map((product, n) => {
    const tick = el("input", { type: "checkbox", name, value: product, checked: ticked.has(n) });
    return el("label", { class: "tick" }, tick, product);
  });
  box.replaceChildren(...(made.length ? made : [el("p", { class: "hint" }, say("event.noProducts"))]));
}

/**
 * Return where what stood at `n` stands now, -1 where it is gone: names were typed over, added at the end, or taken out.
 *
 * @param {string[]} before
 * @param {string[]} after
 * @param {number} n
 */
function place(before, after, n) {
  return after.length < before.length ? after.indexOf(before[n]) : n;
}

/**
 * @param {HTMLFormElement} form
 * @param {"zones" | "products"} list
 */
function namesOf(form, list) {
  const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(`[data-rows="${list}"] > .row > .fields [data-name="name"]`));
  return [...inputs].map((input) => input.value.trim()).filter(Boolean);
}
