/** Rows of a file that is to be imported, as they were read. */

import { el } from "./build.js";
import { say, sayIfKnown } from "./messages.js";

const COLUMNS = /** @type {const} */ (["row", "barcode", "first_name", "last_name", "phone_number", "product", "price", "date", "time", "paid", "change"]);

/** @param {any[]} sample */
export function sampleTable(sample) {
  const head = el("thead", {}, el("tr", {}, ...COLUMNS.map((column) => el("th", { scope: "col" }, say(`imports.column.${column}`)))));
  return [head, el("tbody", {}, ...sample.map((row) => el("tr", {}, ...COLUMNS.map((column) => el("td", {}, cell(column === "change" ? sayIfKnown(`imports.change.${row[column]}`) : row[column]))))))];
}

/** @param {string | number | boolean | null} value */
function cell(value) {
  return typeof value === "boolean" ? say(value ? "any.yes" : "any.no") : value;
}

/** @param {any} problem */
export function problemRow(problem) {
  const column = problem.column && (sayIfKnown(`imports.column.${problem.column}`) || problem.column);
  return el("tr", {}, el("th", { scope: "row" }, problem.row), el("td", {}, column), el("td", {}, problem.message));
}
