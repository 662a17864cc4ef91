/** QR codes drawn in the page, so that a pairing code is never sent a second time. */

import encodeQR from "/static/vendor/qr@0.7.0/index.js";

const SVG = "http://www.w3.org/2000/svg";
const QUIET_MODULES = 4;

/**
 * Return the QR of a text, dark on white whatever the page's colours: readers want it so.
 *
 * @param {string} text
 * @param {string} label what it is, for those who do not see it
 * @returns {SVGSVGElement} as large as its box
 */
export function qr(text, label) {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET_MODULES });
  const picture = shape("svg", { viewBox: `0 0 ${rows.length} ${rows.length}`, class: "qr", role: "img", "shape-rendering": "crispEdges" });
  picture.setAttribute("aria-label", label);
  picture.append(
    shape("path", { fill: "#fff", d: `M0 0h${rows.length}v${rows.length}H0z` }),
    shape("path", { fill: "#000", d: rows.map(path).join("") }),
  );
  return /** @type {SVGSVGElement} */ (picture);
}

/**
 * @param {boolean[]} row
 * @param {number} y
 */
function path(row, y) {
  return row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("");
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 */
function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
