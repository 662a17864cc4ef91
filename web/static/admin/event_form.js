/** Form of an event: filled from the API's answer, and read into the body that the API takes. */

import { typedText } from "./amounts.js";
import { el } from "./build.js";
import { readTick } from "./form.js";
import { nested, valueAt } from "./nested.js";
import { makeRows, renumber } from "./rows.js";
import { HERE, inZone, toInstant } from "./zoned.js";
import { nameOrder } from "../shared/locale.js";
import { digitsOf } from "../shared/money.js";
import { say } from "../shared/say.js";

const LISTS = ["zones", "doors", "products"];
/** Digits after a comma that are typed: three of them might be thousands. */
const MOST_BY_COMMA = 2;

/**
 * Offer every time zone that the browser knows, and take its own.
 *
 * @param {HTMLSelectElement} select
 * @param {string} [chosen]
 */
export function offerZones(select, chosen = HERE) {
  const zones = new Set([chosen, "UTC", ...Intl.supportedValuesOf("timeZone")]);
  select.replaceChildren(...[...zones].sort(nameOrder().compare).map((zone) => el("option", { selected: zone === chosen }, zone)));
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
  for (const tick of form.querySelectorAll(`[name="doors[${n}].products"]`)) if (tick instanceof HTMLInputElement) showTick(tick, door.products);
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
  if (control instanceof HTMLInputElement && control.type === "checkbox") showTick(control, value);
  else if (control.type === "datetime-local") showInstant(control, text, zone);
  else if (control instanceof HTMLSelectElement && value !== null) showChoice(control, text);
  else if (text && control.inputMode === "decimal" && digitsOf(text) <= MOST_BY_COMMA) control.value = typedText(text);
  else control.value = text;
}

/**
 * @param {HTMLInputElement} tick alone, or one of several of its name, which have values
 * @param {unknown} value true or false, or a list
 */
function showTick(tick, value) {
  tick.checked = tick.hasAttribute("value") ? Array.isArray(value) && value.includes(tick.value) : Boolean(value);
}

/**
 * Show an instant by the event's clock, and keep it: of an hour that comes twice, the clock says only which hour.
 *
 * @param {Control} control
 * @param {string} at ISO 8601, or empty
 * @param {string} zone
 */
function showInstant(control, at, zone) {
  control.value = inZone(at, zone);
  control.dataset.instant = at;
}

/**
 * Choose what may not be among what is offered: `multi:7`.
 *
 * @param {HTMLSelectElement} select
 * @param {string} value
 */
function showChoice(select, value) {
  if (![...select.options].some((option) => option.value === value)) select.append(el("option", { value }, choiceText(value)));
  select.value = value;
}

/** @param {string} value of a select that does not offer it */
function choiceText(value) {
  const [rule, count] = value.split(":");
  return rule === "multi" ? say("event-multi", { count: Number(count) }) : value;
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
    if (control instanceof HTMLInputElement && control.type === "checkbox") readTick(flat, control);
    else flat[control.name] = valueOf(control, zone);
  }
  if (flat.publicKeyPem === null) delete flat.publicKeyPem; // what is set stays: it is not shown
  const whole = nested(flat);
  for (const list of LISTS) whole[list] ??= [];
  for (const door of whole.doors) door.products = door.products?.length ? door.products : null; // none ticked: all tickets
  return whole;
}

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/**
 * @param {HTMLFormElement} form
 * @returns {Control[]}
 */
function controls(form) {
  const all = /** @type {Control[]} */ ([...form.elements]);
  return all.filter((control) => control.name && !control.disabled && control.tagName !== "BUTTON" && control.type !== "file");
}

/**
 * @param {Control} control
 * @param {string} zone
 */
function valueOf(control, zone) {
  const text = control.value.trim();
  if (text === "") return null;
  if (control.type === "number") return Number(text);
  if (control.dataset.boolean !== undefined) return text === "true";
  if (control.inputMode === "decimal") return text.replace(",", ".");
  return control.type === "datetime-local" ? instantOf(control, zone) : text;
}

/**
 * @param {Control} control
 * @param {string} zone
 */
function instantOf(control, zone) {
  const { value, dataset } = control;
  return dataset.instant && inZone(dataset.instant, zone) === value ? dataset.instant : toInstant(value, zone);
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
  box.replaceChildren(...(made.length ? made : [el("p", { class: "hint" }, say("event-no-products"))]));
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
