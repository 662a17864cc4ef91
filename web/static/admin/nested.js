/** Names of controls like `doors[0].name`, as the API's errors name fields, and the JSON that they stand for. Pure. */

/**
 * Return flat fields as the object that their names describe.
 *
 * @param {Record<string, unknown>} flat `{"doors[0].name": "North"}`
 * @returns {Record<string, any>} `{doors: [{name: "North"}]}`
 */
export function nested(flat) {
  /** @type {Record<string, any>} */
  const whole = {};
  for (const [name, value] of Object.entries(flat)) put(whole, partsOf(name), value);
  return whole;
}

/**
 * Return the value at a name of an object, undefined where there is none.
 *
 * @param {any} whole
 * @param {string} name
 */
export function valueAt(whole, name) {
  return partsOf(name).reduce((inner, part) => inner?.[part], whole);
}

/** @param {string} name */
function partsOf(name) {
  return name.split(/[.[\]]+/).filter(Boolean);
}

/**
 * @param {any} whole
 * @param {string[]} parts
 * @param {unknown} value
 */
function put(whole, parts, value) {
  const [part, ...rest] = parts;
  if (rest.length === 0) whole[part] = value;
  else put((whole[part] ??= /^\d+$/.test(rest[0]) ? [] : {}), rest, value);
}
