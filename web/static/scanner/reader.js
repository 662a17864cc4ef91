/**
 * Barcode reader as a keyboard (wedge reader): where one code ends and the next begins, by its keys and their pace. Pure,
 * but for the times that its caller gives: the events' own, in milliseconds of a clock that only goes forward, since a
 * busy page gets to its events late and all at once.
 *
 * Readers end a code with Enter, LF (Ctrl+J), Tab, or with nothing. They type a code in some milliseconds a letter; a
 * person never does.
 */

/** The mean time for a letter: readers need a tenth of it, a person's fingers three times as long. */
const LETTER_MS = 50;
/** So many letters at a reader's pace are no person's. */
const FEWEST = 5;
/** Milliseconds between two letters after which the first belongs to something else. */
const PAUSE_MS = 1000;
/** Within so long after its last letter a reader's suffix comes. */
const SUFFIX_MS = 400;

/** A reader that ends a code by CR and LF sends the second so soon after the first. */
export const DOUBLED_MS = 150;

/** A pause after which a code without a suffix has ended: known by its shape, or any other text of a reader. */
export const ENDED_MS = { code: 400, other: PAUSE_MS };

/** Pace of a reader's keys, by which its codes are told from typing. */
export class ReaderPace {
  /** @type {{length: number, began: number, ended: number}[]} Bursts: letters between two pauses; the last one grows. */
  #bursts = [];

  /**
   * @param {number} letters that were typed at once
   * @param {number} at
   */
  typed(letters, at) {
    const last = this.#bursts.at(-1);
    if (last && at - last.ended < PAUSE_MS) Object.assign(last, { length: last.length + letters, ended: at });
    else this.#bursts.push({ length: letters, began: at, ended: at });
  }

  /** Another text begins. */
  clear() {
    this.#bursts = [];
  }

  /** Whether a reader typed the last burst. */
  get isReader() {
    const last = this.#bursts.at(-1);
    return last !== undefined && last.length >= FEWEST && last.ended - last.began <= LETTER_MS * last.length;
  }

  /** When the last burst began; -Infinity: nothing was typed. */
  get began() {
    return this.#bursts.at(-1)?.began ?? -Infinity;
  }

  /** When the last letter was typed; -Infinity: nothing was typed. */
  get ended() {
    return this.#bursts.at(-1)?.ended ?? -Infinity;
  }

  /**
   * Whether a key at this time follows a reader's letters as its suffix does.
   *
   * @param {number} at
   */
  isSuffixAt(at) {
    return this.isReader && at - this.ended < SUFFIX_MS;
  }

  /**
   * Whether a letter at this time begins another code: a reader without a suffix had paused before.
   *
   * @param {number} at
   */
  isNextAt(at) {
    return this.isReader && at - this.ended >= PAUSE_MS;
  }

  /**
   * @param {string} text
   * @returns {string} the text without what was left in the field before a reader began: a stray key, half a code
   */
  lastCode(text) {
    const { length = 0 } = this.#bursts.at(-1) ?? {};
    return this.isReader && this.#bursts.length > 1 && length < text.length ? text.slice(-length) : text;
  }
}

/**
 * The letters that an input typed. An input method, as of phones' keyboards, gives its whole composition with each letter.
 *
 * @param {{inputType?: string, data?: string | null}} event
 * @param {number} grown how many letters its field holds more than before
 * @returns {number | null} null: it typed none, but deleted or pasted some
 */
export function lettersTyped({ inputType, data }, grown) {
  if (inputType === "insertText") return data?.length ?? 1;
  return inputType === "insertCompositionText" && grown >= 0 ? grown : null;
}

/** @typedef {{key: string, ctrlKey: boolean, shiftKey: boolean, altKey: boolean, metaKey: boolean}} Key */

/**
 * Whether a key may end a reader's code: Enter, Tab, or LF and CR as control keys.
 *
 * @param {Key} key
 */
export function isSuffix({ key, ctrlKey, shiftKey, altKey, metaKey }) {
  if (altKey || metaKey) return false;
  return ctrlKey ? /^[jm]$/i.test(key) : key === "Enter" || (key === "Tab" && !shiftKey);
}

/**
 * Whether a key writes a letter. AltGr shows as Ctrl and Alt together.
 *
 * @param {Key} key
 */
export function isLetter({ key, ctrlKey, altKey, metaKey }) {
  return Array.from(key).length === 1 && !metaKey && ctrlKey === altKey;
}
