/**
 * Keyboard input of the scanner: codes from readers, wherever the focus is; typing of people stays with the field, the
 * button or the dialog that has the focus.
 *
 * Letters that no field takes go to the page's field, or, while a dialog is open, to one of our own inside the dialog. A
 * code ends by the reader's suffix, or by a pause; a reader's Enter presses no button.
 */

import { DOUBLED_MS, ENDED_MS, ReaderPace, isLetter, isSuffix, lettersTyped } from "./reader.js";
import { say } from "../shared/say.js";

const FIELDS = "input:not([type=radio], [type=checkbox], [type=button]), textarea";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

export class ReaderInput {
  #field;
  #around;
  /** The field for a reader's letters while a dialog is open. */
  #dialogField = makeDialogField();
  #pace = new ReaderPace();
  /** The field that was typed in last. @type {Field | null} */
  #typedIn = null;
  /** Where the focus was before a reader's letters took it. @type {Element | null} */
  #focusBefore = null;
  /** How many letters the field held before the input. */
  #lengthBefore = 0;
  #keyAt = NaN;
  #takenAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLInputElement} field of the page
   * @param {{isOn: () => boolean, codeIn: (text: string) => string | null, onKey: () => void,
   *   onCode: (code: string, began: number) => void}} around `codeIn`: the code by its shape that a text ends with;
   *   `onCode` gets one that has ended, and when its first letter was typed, in the time of events
   */
  constructor(field, around) {
    this.#field = field;
    this.#around = around;
    addEventListener("keydown", (event) => this.#pressed(event), { capture: true });
    addEventListener("beforeinput", (event) => this.#inserting(event), { capture: true });
    addEventListener("input", (event) => this.#inserted(/** @type {InputEvent} */ (event)), { capture: true });
  }

  /** Forget what was typed. */
  clear() {
    clearTimeout(this.#timer);
    this.#pace.clear();
    this.#typedIn = null;
    this.#field.value = this.#dialogField.value = "";
  }

  /** Take what stands in the page's field as a code: its button was pressed. */
  submit() {
    this.#take(this.#field, performance.now());
  }

  // --- keys ---------------------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (!this.#around.isOn()) return;
    this.#around.onKey();
    this.#keyAt = event.timeStamp;
    if (isSuffix(event)) this.#suffix(event);
    else if (isLetter(event)) this.#letter(event.key);
  }

  /** @param {string} letter */
  #letter(letter) {
    const field = fieldInFocus();
    if (field === null) this.#focusOurs(letter);
    else if (field === this.#field && field.value === "") field.select(); // after a tap on a verdict it has no caret
  }

  /**
   * Let a letter that no field would take go to one of ours, with the part of its code that stands in the other.
   *
   * @param {string} letter a space alone presses the button that has the focus
   */
  #focusOurs(letter) {
    const dialog = topDialog();
    const [ours, other] = dialog ? [this.#dialogField, this.#field] : [this.#field, this.#dialogField];
    if (letter === " " && ours.value === "" && other.value === "") return;
    if (dialog && ours.parentElement !== dialog) dialog.append(ours);
    this.#focusBefore = document.activeElement;
    if (other.value !== "" && other === this.#typedIn) {
      ours.value = other.value;
      other.value = "";
      this.#typedIn = ours;
    }
    ours.focus();
    ours.setSelectionRange(ours.value.length, ours.value.length);
  }

  /** @param {KeyboardEvent} event */
  #suffix(event) {
    const field = this.#endedBy(event);
    if (!field && !this.#isDoubled(event.timeStamp)) return;
    event.preventDefault();
    event.stopPropagation();
    if (field) this.#take(field, event.timeStamp);
  }

  /**
   * @param {KeyboardEvent} event a suffix
   * @returns {Field | null} the field whose code it ends; null: it is a key of its own
   */
  #endedBy({ key, timeStamp }) {
    const isReader = this.#pace.isSuffixAt(timeStamp);
    if (this.#typedIn && this.#isOurs(this.#typedIn) && this.#typedIn.value && isReader) return this.#typedIn;
    const field = fieldInFocus();
    if (!field || field.value === "" || field.type === "search") return null;
    if (this.#isOurs(field)) return key === "Enter" || this.#around.codeIn(field.value) ? field : null;
    return isReader && field === this.#typedIn && !/\s/.test(this.#pace.lastCode(field.value)) ? field : null;
  }

  /**
   * Whether a second suffix, as of CR and LF, follows the one that ended a code.
   *
   * @param {number} at
   */
  #isDoubled(at) {
    return at - this.#takenAt < DOUBLED_MS;
  }

  // --- letters ------------------------------------------------------------------------------------------------

  /** @param {InputEvent} event letters are about to be inserted, by a key or an input method */
  #inserting({ target, inputType }) {
    if (!this.#around.isOn() || !inputType.startsWith("insert") || !isField(target)) return;
    if (target !== this.#typedIn) this.#pace.clear();
    this.#typedIn = target;
    const at = this.#keyTime();
    const isNext = this.#pace.isReader && at - this.#pace.ended >= this.#pauseOf(target);
    if (isNext && this.#isOurs(target)) this.#take(target, at, target);
    this.#lengthBefore = target.value.length;
  }

  /** @param {InputEvent} event */
  #inserted(event) {
    const { target } = event;
    const at = this.#keyTime();
    this.#keyAt = NaN;
    if (!this.#around.isOn() || !isField(target) || target !== this.#typedIn) return;
    const letters = lettersTyped(event, target.value.length - this.#lengthBefore);
    if (letters === null) return this.#edited();
    if (letters > 0) this.#pace.typed(letters, at);
    if (this.#isOurs(target)) this.#takeLater(target);
  }

  /** Text that was deleted from or pasted is a person's: it ends by no pause. */
  #edited() {
    clearTimeout(this.#timer);
    this.#pace.clear();
  }

  /** The time of the key that makes this input; of an input method's text, which has none, now. */
  #keyTime() {
    return Number.isNaN(this.#keyAt) ? performance.now() : this.#keyAt;
  }

  // --- codes --------------------------------------------------------------------------------------------------

  /** @param {Field} field */
  #isOurs(field) {
    return field === this.#field || field === this.#dialogField;
  }

  /** @param {Field} field */
  #pauseOf({ value }) {
    return this.#around.codeIn(value) ? ENDED_MS.code : ENDED_MS.other;
  }

  /** @param {Field} field */
  #takeLater(field) {
    clearTimeout(this.#timer);
    if (this.#pace.isReader) this.#timer = setTimeout(() => this.#takeIfEnded(field), this.#pauseOf(field));
  }

  /**
   * A page that was busy gets to its timers before keys that were pressed meanwhile.
   *
   * @param {Field} field
   */
  #takeIfEnded(field) {
    const { scheduling } = /** @type {any} */ (navigator);
    const isOver = performance.now() - this.#pace.ended >= this.#pauseOf(field);
    if (isOver && !scheduling?.isInputPending?.()) this.#take(field, performance.now());
    else this.#takeLater(field);
  }

  /**
   * @param {Field} field
   * @param {number} at
   * @param {Field | null} typingIn where the next code is being typed already
   */
  #take(field, at, typingIn = null) {
    const text = field.value;
    const code = this.#around.codeIn(text) ?? this.#pace.lastCode(text).trim();
    const began = Math.max(0, this.#pace.began);
    const isOurs = this.#isOurs(field);
    if (!isOurs) field.value = text.slice(0, text.length - code.length);
    this.clear();
    this.#typedIn = typingIn;
    this.#takenAt = at;
    if (isOurs && !typingIn) this.#focusBack();
    if (code) this.#around.onCode(code, began);
  }

  /** In a dialog the focus goes back to where people left it. */
  #focusBack() {
    const isTaken = document.activeElement === this.#dialogField;
    if (isTaken && this.#focusBefore instanceof HTMLElement) this.#focusBefore.focus();
    if (document.activeElement === this.#dialogField) this.#dialogField.blur();
  }
}

function makeDialogField() {
  const field = document.createElement("input");
  field.className = "hidden-text";
  field.tabIndex = -1;
  field.ariaLabel = say("scan-code");
  field.autocomplete = "off";
  field.inputMode = "none"; // no keyboard slides over the dialog
  return field;
}

/** @returns {Field | null} */
function fieldInFocus() {
  return isField(document.activeElement) ? document.activeElement : null;
}

/**
 * @param {unknown} element
 * @returns {element is Field}
 */
function isField(element) {
  return element instanceof Element && element.matches(FIELDS);
}

/** @returns {Element | null} the dialog that was opened last */
function topDialog() {
  return [...document.querySelectorAll("dialog:modal")].find((dialog) => dialog.contains(document.activeElement)) ?? document.querySelector("dialog:modal");
}
