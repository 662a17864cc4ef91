/**
 * Lists of rows in a form: `<div data-rows="doors" data-row="door-row">` holds copies of the template `#door-row`. A control
 * with `data-name="into"` in the first row is called `doors[0].into`, and rows may hold lists of their own.
 */

/**
 * Wire the buttons by which each list under `root` grows and shrinks.
 *
 * @param {HTMLElement} root
 * @param {() => void} changed told after each change of the rows
 */
export function onRows(root, changed) {
  root.addEventListener("click", (event) => {
    const pressed = /** @type {HTMLElement} */ (event.target).closest("button");
    if (pressed?.dataset.add) growOne(/** @type {HTMLElement} */ (pressed.closest("[data-list]")));
    else if (pressed?.hasAttribute("data-remove")) shrinkOne(/** @type {HTMLElement} */ (pressed.closest(".row")));
    else return;
    renumber(root);
    changed();
  });
}

/** @param {HTMLElement} list */
function growOne(list) {
  const row = addRow(/** @type {HTMLElement} */ (list.querySelector("[data-rows]")));
  /** @type {HTMLElement | null} */ (row.querySelector("[data-name]:not([type=hidden])"))?.focus();
}

/** @param {HTMLElement} row */
function shrinkOne(row) {
  const list = row.closest("[data-list]");
  row.remove();
  /** @type {HTMLElement | null | undefined} */ (list?.querySelector("[data-add]"))?.focus();
}

/**
 * Add a row at the end of a list.
 *
 * @param {HTMLElement} rows
 * @returns {HTMLElement}
 */
export function addRow(rows) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(rows.dataset.row ?? ""));
  const row = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  rows.append(row);
  return row;
}

/**
 * Give a list as many rows as there are `things`, each with its own lists.
 *
 * @param {HTMLElement} root holds `[data-rows]` of these names
 * @param {Record<string, any>} whole
 */
export function makeRows(root, whole) {
  for (const rows of listsOf(root)) {
    for (const thing of whole[rows.dataset.rows ?? ""] ?? []) makeRows(addRow(rows), thing);
  }
}

/**
 * Name every control of every row by its position, and bind its label to it.
 *
 * @param {HTMLElement} root
 * @param {string} [prefix]
 */
export function renumber(root, prefix = "") {
  for (const rows of listsOf(root)) {
    [...rows.children].forEach((row, n) => {
      const at = `${prefix}${rows.dataset.rows}[${n}].`;
      nameControls(/** @type {HTMLElement} */ (row), at);
      renumber(/** @type {HTMLElement} */ (row), at);
    });
  }
}

/**
 * @param {HTMLElement} row
 * @param {string} at
 */
function nameControls(row, at) {
  for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll("[data-name]"))) {
    if (control.closest(".row") !== row) continue;
    control.name = at + control.dataset.name;
    if (control.type === "checkbox") continue;
    control.id = control.name.replace(/\W+/g, "-");
    const label = control.closest(".field")?.querySelector("label");
    if (label) label.htmlFor = control.id;
  }
}

/**
 * @param {HTMLElement} root
 * @returns {HTMLElement[]} the lists that stand in `root` itself, not in a row of it
 */
function listsOf(root) {
  const own = root.closest(".row");
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-rows]")]).filter((rows) => rows.closest(".row") === own);
}
