/**
 * Keyboard layouts of wedge readers: what a reader meant whose layout is not the one that the phone or laptop reads its
 * keys by. Pure.
 *
 * A reader is a keyboard: it sends keys, not letters. A reader set to QWERTY at a laptop set to AZERTY turns `90011` into
 * `çàà&&`, and the same table turns it back.
 */

const QWERTY = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";

/** The same keys in other layouts, key by key. A `\0` is a key that writes nothing by itself. */
export const OTHERS = {
  french: "²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!\x001234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§",
  belgian: "²&é\"'(§è!çà)-azertyuiop^$µqsdfghjklmùwxcvbn,;:=³1234567890°_AZERTYUIOP¨*£QSDFGHJKLM%WXCVBN?./+",
  german: "^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_",
  spanish: "º1234567890'¡qwertyuiop`+çasdfghjklñ´zxcvbnm,.-ª!\"·$%&/()=?¿QWERTYUIOP^*ÇASDFGHJKLÑ¨ZXCVBNM;:_",
  italian: "\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-|!\"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_",
};

const TABLES = Object.values(OTHERS).flatMap((other) => [tableFrom(other, QWERTY), tableFrom(QWERTY, other)]);

/** Characters of tickets' codes in practice: letters, digits, and what parts them. */
const PLAUSIBLE = /^[0-9A-Za-z]+([-./:_=]+[0-9A-Za-z]+)*=*$/;

/**
 * @param {string} from
 * @param {string} to
 * @returns {Map<string, string>} the letters of one layout's keys by those of another's
 */
function tableFrom(from, to) {
  return new Map(Array.from(from, (letter, key) => [letter, to[key]]));
}

/**
 * Return the texts that may have been meant by one that names no ticket: the same keys in other layouts, and without
 * Caps Lock.
 *
 * @param {string} text
 * @returns {string[]} without the text itself
 */
export function otherLayouts(text) {
  const uncapped = withCapsLock(text);
  const mapped = [text, uncapped].flatMap((typed) => TABLES.map((table) => mappedBy(table, typed)));
  return [...new Set([...mapped, uncapped])].filter((other) => other !== text);
}

/**
 * @param {Map<string, string>} table
 * @param {string} text
 */
function mappedBy(table, text) {
  return Array.from(text, (letter) => table.get(letter) ?? letter).join("");
}

/** @param {string} text */
function withCapsLock(text) {
  return Array.from(text, swapped).join("");
}

/** @param {string} letter */
function swapped(letter) {
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return other.length === letter.length ? other : letter;
}

/**
 * Whether a text may be a code as it stands. Then nothing else is guessed at: of two texts that are letters and digits
 * alike (`AZ12`, `QW12`) both may be tickets, of two guests.
 *
 * @param {string} text
 */
export function isPlausible(text) {
  return PLAUSIBLE.test(text);
}

/**
 * Return whether a text looks as if it was typed by another keyboard layout.
 *
 * @param {string} text that names no ticket
 */
export function isForeignLayout(text) {
  return !/\s/.test(text) && !isPlausible(text) && otherLayouts(text).some(isPlausible);
}
