/** Choices for a file to import: meanings of unknown states, columns and products, the order of dates, the code page. */

import { el } from "./build.js";
import { formatLocale } from "../shared/locale.js";
import { say } from "../shared/say.js";
import { columnName } from "./sheet.js";

const STATES = ["good", "unpaid", "cancelled", "blocked"];
const COLUMNS = ["barcode", "uuid", "reservation", "first_name", "last_name", "name", "phone_number", "email", "product", "price", "starts", "date", "time", "paid", "status", "canceled", "blocked", "valid", "notice", "block", "row", "seat", "answer"];

/**
 * Return form fields for all open choices of a file; none where nothing is open.
 *
 * @param {any} found what the file holds, or the problem with it
 * @param {string[]} products those of the event
 */
export function choiceFields(found, products) {
  const unknown = (found.states ?? []).filter((/** @type {any} */ each) => each.means === null);
  const heads = found.columns?.[0]?.head ? found.columns : (found.ignored ?? []).map((/** @type {string} */ head) => ({ head, example: "" }));
  return [
    ...unknown.map((/** @type {any} */ each) => field("state", each.state, say("import-choice-state", { count: each.rows, state: each.state || "–" }), stateOptions())),
    ...(found.code_pages || found.encoding?.choices ? [codePageField(found.code_pages ?? found.encoding)] : []),
    ...(found.dates?.choices ? [datesField(found.dates)] : []),
    ...(products.length ? (found.unknown_products ?? []) : []).map((/** @type {any} */ each) => field("product", each.product, say("import-choice-product", { count: each.rows, product: each.product }), products.map((name) => [name, name]))),
    ...heads.map((/** @type {any} */ each) => field("column", each.head, say("import-choice-column", { head: each.head, example: each.example }), COLUMNS.map((name) => [name, columnName(name)]))),
  ];
}

/**
 * Add the choices in a form to a query, in place of earlier ones of the same.
 *
 * @param {HTMLFormElement} form
 * @param {URLSearchParams} query
 */
export function readChoices(form, query) {
  for (const select of form.querySelectorAll("select")) {
    if (!select.value) continue;
    if (select.name === "dates" || select.name === "encoding") query.set(select.name, select.value);
    else {
      const others = query.getAll(select.name).filter((each) => !each.startsWith(`${select.dataset.said}:`));
      query.delete(select.name);
      for (const each of [...others, `${select.dataset.said}:${select.value}`]) query.append(select.name, each);
    }
  }
}

/** @returns {string[][]} */
function stateOptions() {
  return STATES.map((state) => [state, say(`import-means-${state}`)]);
}

/** @param {any} question */
function codePageField({ row, choices }) {
  return field("encoding", "", say("import-choice-encoding", { row }), choices.map((/** @type {any} */ each) => [each.encoding, `${each.means} (${each.encoding})`]));
}

/** @param {any} question */
function datesField(question) {
  return field("dates", "", say("import-choice-dates", { example: question.example }), question.choices.map((/** @type {any} */ each) => [each.dates, new Date(`${each.means}T12:00`).toLocaleDateString(formatLocale(), { dateStyle: "long" })]));
}

let fields = 0;

/**
 * @param {string} name the query's parameter
 * @param {string} said what the file says
 * @param {string} label
 * @param {string[][]} options values with their labels
 */
function field(name, said, label, options) {
  const id = `choice-${(fields += 1)}`;
  const none = el("option", { value: "" }, say(name === "column" ? "import-choice-unused" : "import-choice-choose"));
  const select = el("select", { id, name, "data-said": said }, none, ...options.map(([value, text]) => el("option", { value }, text)));
  return el("div", { class: "field" }, el("label", { for: id }, label), select);
}
