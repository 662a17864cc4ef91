/**
 * Table of every custom property of `tokens.css` as this device has it now: read from the sheet, so none can be
 * forgotten.
 */

const GROUNDS = ["--ground", "--surface"];
const scheme = matchMedia("(prefers-color-scheme: dark)");
const measure = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d", { willReadFrequently: true }));

/** The names of all tokens, in their order. */
function names() {
  const sheet = [...document.styleSheets].find((each) => each.href?.includes("/css/tokens.css"));
  const root = [...(sheet?.cssRules ?? [])].find((rule) => rule instanceof CSSStyleRule && rule.selectorText === ":root");
  return root instanceof CSSStyleRule ? [...root.style].filter((name) => name.startsWith("--")) : [];
}

/** @param {string} name */
function valueOf(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * @param {string} colour
 * @returns {number} its relative luminance (WCAG 2)
 */
function luminance(colour) {
  measure.fillStyle = colour;
  measure.fillRect(0, 0, 1, 1);
  const [red, green, blue] = [...measure.getImageData(0, 0, 1, 1).data].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * @param {string} one
 * @param {string} other
 */
function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * @param {string} name
 * @param {string} text
 * @param {(sample: HTMLElement) => void} style
 * @param {string} kind
 */
function item(name, text, style, kind) {
  const made = document.createElement("li");
  const [sample, code, more] = ["div", "code", "span"].map((tag) => document.createElement(tag));
  made.className = kind === "colour" ? "swatch" : "sample";
  sample.className = kind === "colour" ? "swatch-colour" : kind === "space" ? "sample-bar" : "";
  if (kind === "type") sample.textContent = "Ada 20:31";
  style(sample);
  code.textContent = name;
  more.textContent = text;
  more.className = "muted";
  made.append(...(kind === "colour" ? [sample, code, more] : [code, sample]));
  return made;
}

function show() {
  /** @type {Record<string, HTMLElement[]>} */
  const shown = { colour: [], type: [], space: [] };
  for (const name of names()) {
    const value = valueOf(name);
    if (CSS.supports("color", value)) {
      const ratio = Math.min(...GROUNDS.map((ground) => contrast(value, valueOf(ground))));
      const colour = item(name, `${value} · ${ratio.toFixed(1)}`, (sample) => sample.style.setProperty("background", `var(${name})`), "colour");
      shown.colour.push(colour);
    } else if (name.startsWith("--text") || name.startsWith("--figure")) {
      shown.type.push(item(name, value, (sample) => sample.style.setProperty("font-size", `var(${name})`), "type"));
    } else if (name.startsWith("--space") || name.startsWith("--touch")) {
      shown.space.push(item(name, value, (sample) => sample.style.setProperty("width", `var(${name})`), "space"));
    }
  }
  for (const [kind, items] of Object.entries(shown)) document.querySelector(`#${kind}-list`)?.replaceChildren(...items);
}

scheme.addEventListener("change", show);
show();
