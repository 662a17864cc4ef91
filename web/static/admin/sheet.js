/** Tables of an import's check: sample rows as they were read, and rows that are wrong. */

import { el } from "./build.js";
import { listText } from "../shared/locale.js";
import { say } from "../shared/say.js";

const COLUMNS = ["row", "barcode", "first_name", "last_name", "phone_number", "product", "price", "date", "time", "paid", "change"];
/** Shown where a row has something in them. */
const DETAILS = ["seat", "notice", "fields"];

/**
 * Table of sample rows.
 *
 * @param {any[]} sample
 */
export function sampleTable(sample) {
  const columns = [...COLUMNS, ...DETAILS.filter((column) => sample.some((row) => detail(row[column])))];
  const head = el("thead", {}, el("tr", {}, ...columns.map((column) => el("th", { scope: "col" }, say(`import-column-${column}`)))));
  return [head, el("tbody", {}, ...sample.map((row) => el("tr", {}, ...columns.map((column) => el("td", {}, shown(row, column))))))];
}

/**
 * @param {any} row
 * @param {string} column
 */
function shown(row, column) {
  if (column === "change") return say(`import-change-${row[column]}`);
  return DETAILS.includes(column) ? detail(row[column]) : cell(row[column]);
}

/** @param {string | Record<string, string> | null} told a text, or answers by their questions */
function detail(told) {
  return told && typeof told === "object" ? listText(Object.entries(told).map(([question, answer]) => `${question}: ${answer}`)) : told;
}

/**
 * Return the label of a column.
 *
 * @param {string} column our name of a column of the file
 */
export function columnName(column) {
  return say(`import-column-${column === "row" ? "seat-row" : column}`) || column;
}

/** @param {string | number | boolean | null} value */
function cell(value) {
  return typeof value === "boolean" ? say(value ? "any-yes" : "any-no") : value;
}

/**
 * Row of one error of a file.
 *
 * @param {any} problem
 */
export function problemRow(problem) {
  const column = problem.column && columnName(problem.column);
  return el("tr", {}, el("th", { scope: "row", "data-label": say("import-column-row") }, problem.row), el("td", {}, column), el("td", {}, problem.message));
}
