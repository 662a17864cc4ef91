/** List that is searched and sorted in the page: all of it is there; search and order stand in the address. */

import { bindState, setState, stateOf } from "./address.js";
import { el } from "./build.js";
import { nameOrder } from "../shared/locale.js";
import { say } from "../shared/say.js";

/** @typedef {string | number | null} Value by which items are ordered; null comes last */

export class LocalList {
  /** @type {any[]} */
  #items = [];
  #table;
  #how;

  /**
   * @param {HTMLTableElement} table its heads with `data-sort` sort by that order
   * @param {{row: (item: any) => HTMLElement, text: (item: any) => string, orders: Record<string, (item: any) => Value>, shown?: (count: number) => void}} how
   *   `text` is what the search looks in; `shown` is called with how many are shown
   */
  constructor(table, how) {
    this.#table = table;
    this.#how = how;
    bindState(/** @type {HTMLInputElement} */ (document.querySelector("#list-search")), "search", () => this.#render());
    for (const head of this.#heads) this.#makeSortable(head);
  }

  /** @param {any[]} items in their usual order */
  show(items) {
    this.#items = items;
    this.#render();
  }

  /** @returns {HTMLElement[]} */
  get #heads() {
    return [...this.#table.querySelectorAll("th[data-sort]")].filter((head) => head instanceof HTMLElement);
  }

  /** @param {HTMLElement} head */
  #makeSortable(head) {
    const order = head.dataset.sort ?? "";
    const press = el("button", { type: "button", class: "sorts" }, head.textContent);
    press.addEventListener("click", () => {
      setState({ sort: stateOf("sort") === order ? `-${order}` : stateOf("sort") === `-${order}` ? "" : order });
      this.#render();
    });
    head.replaceChildren(press);
  }

  #render() {
    const found = this.#sorted(this.#items.filter((item) => this.#matches(item)));
    /** @type {HTMLElement} */ (this.#table.tBodies[0]).replaceChildren(...found.map(this.#how.row));
    const isEmpty = found.length === 0 && this.#items.length > 0;
    const none = /** @type {HTMLElement} */ (document.querySelector("#list-none"));
    none.hidden = !isEmpty;
    none.textContent = isEmpty ? say("any-no-match", { search: stateOf("search") }) : "";
    const count = /** @type {HTMLElement} */ (document.querySelector("#list-count"));
    count.textContent = found.length < this.#items.length ? say("any-some-of", { shown: found.length, total: this.#items.length }) : "";
    this.#how.shown?.(found.length);
  }

  /** @param {any} item */
  #matches(item) {
    const text = this.#how.text(item).toLocaleLowerCase();
    return stateOf("search").toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
  }

  /** @param {any[]} items */
  #sorted(items) {
    const wanted = stateOf("sort");
    const order = wanted.replace("-", "");
    const value = this.#how.orders[order];
    for (const head of this.#heads) {
      if (head.dataset.sort === order) head.setAttribute("aria-sort", wanted === order ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
    if (!(order in this.#how.orders)) return items;
    const sign = wanted === order ? 1 : -1;
    const names = nameOrder();
    return items.toSorted((a, b) => compared(value(a), value(b), sign, names));
  }
}

/**
 * @param {Value} one
 * @param {Value} other
 * @param {number} sign
 * @param {Intl.Collator} names
 */
function compared(one, other, sign, names) {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return sign * (typeof one === "number" && typeof other === "number" ? one - other : names.compare(String(one), String(other)));
}
