/** Money: exact amounts in minor units, as whole numbers, from and to the decimals that the hub writes. Pure; no floats. */

/** Amounts are below this many minor units: each is a whole number that JavaScript holds exactly. */
const MOST = 10 ** 13;

/**
 * @typedef {{amount: string, currency: string}} Amount a decimal as the hub writes it, with all digits of its currency
 */

/** @param {string} decimal @returns {number} how many digits it has after its point */
export function digitsOf(decimal) {
  return decimal.split(".")[1]?.length ?? 0;
}

/**
 * Read an amount as people type it, with a point or a comma.
 *
 * @param {string} text
 * @param {number} digits of the currency after its point
 * @returns {number | null} minor units, null for what is no amount
 */
export function toMinor(text, digits) {
  const [, whole = "", , part = ""] = text.trim().match(/^(\d{0,13})([.,](\d*))?$/) ?? [];
  if ((whole === "" && part === "") || part.length > digits) return null;
  const minor = Number(whole + part.padEnd(digits, "0"));
  return minor < MOST ? minor : null;
}

/**
 * @param {number} minor units
 * @param {number} digits
 */
export function toDecimal(minor, digits) {
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const decimal = digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
  return minor < 0 ? `-${decimal}` : decimal;
}

/** @param {Amount | null | undefined} amount */
export function moneyText(amount) {
  return amount ? `${amount.amount} ${amount.currency}` : "";
}

/**
 * Add amounts up, those of each currency by itself.
 *
 * @param {readonly (Amount | null | undefined)[]} amounts
 * @returns {Amount[]}
 */
export function sumOf(amounts) {
  /** @type {Map<string, {minor: number, digits: number}>} */
  const sums = new Map();
  for (const each of amounts) {
    if (!each) continue;
    const digits = digitsOf(each.amount);
    const before = sums.get(each.currency) ?? { minor: 0, digits };
    sums.set(each.currency, { minor: before.minor + (toMinor(each.amount, digits) ?? 0), digits });
  }
  return [...sums].map(([currency, { minor, digits }]) => ({ amount: toDecimal(minor, digits), currency }));
}

/** @param {readonly Amount[]} amounts */
export function sumText(amounts) {
  return amounts.map(moneyText).join(" + ");
}
