/** Selling at a door: kinds and numbers, cash or card, the codes, and the next customer. By the hub alone, never offline. */

import { AGAIN } from "./api.js";
import { refusalText } from "./refusal_text.js";
import { find, write } from "./page.js";
import { SaleKinds } from "./sell_kinds.js";
import { formatLocale } from "../shared/locale.js";
import { digitsOf, moneyText, sumText, toDecimal, toMinor } from "../shared/money.js";
import { say } from "../shared/say.js";

/**
 * @typedef {import("./device_session.js").DeviceSession} DeviceSession
 * @typedef {import("./offline/kept_sale.js").Sale} Sale
 * @typedef {import("../shared/money.js").Amount} Amount
 * @typedef {{tickets: {uuid: string, code: string, qr: string}[], paid: Amount[]}} Sold
 */

export class SellView {
  #dialog = /** @type {HTMLDialogElement} */ (find("#sell"));
  #given = /** @type {HTMLInputElement} */ (find("#sell-given"));
  #times = /** @type {HTMLSelectElement} */ (find("#sell-time"));
  #buttons = /** @type {const} */ (["cash", "card"]).map((method) => ({ method, button: /** @type {HTMLButtonElement} */ (find(`#sell-${method}`)) }));
  #kinds = new SaleKinds(find("#sell-kinds"), () => this.#follow());
  #around;
  /** @type {DeviceSession | null} */
  #session = null;
  /** Tickets that are left of products with a number of their own, by time. @type {Map<string, Record<string, number>>} */
  #products = new Map();
  /** Seats that are left, by time. @type {Map<string, number>} */
  #left = new Map();
  #isBusy = false;
  /** Whether the sale was answered while the dialog was closed. */
  #isUnseen = false;
  /** @type {Sold | null} */
  #sold = null;

  /** @param {{isTraining: () => boolean, onChange: () => void, onAdmit: (code: string, count: number) => void}} around */
  constructor(around) {
    this.#around = around;
    this.#given.addEventListener("input", () => this.#follow());
    this.#times.addEventListener("change", () => this.#follow());
    for (const { method, button } of this.#buttons) button.addEventListener("click", () => this.#sell(method));
    find("#sell-next").addEventListener("click", () => this.#next());
    find("#sell-close").addEventListener("click", () => this.#dialog.close());
    find("#sell-admit").addEventListener("click", () => this.#admit());
  }

  /**
   * Offer selling where the device may, and say where a sale has no answer yet.
   *
   * @param {DeviceSession} session
   */
  show({ may, keptSale }) {
    find("#sell-open").hidden = !may.has("sell");
    find("#sell-open").textContent = say(keptSale.sale && !this.#isBusy ? "scan-sale-title-unconfirmed" : "scan-sale-title");
  }

  /** @param {DeviceSession} session */
  async open(session) {
    if (this.#session !== session) this.#forget();
    this.#session = session;
    this.#dialog.showModal();
    if (!this.#isBusy) await session.keptSale.load(session.device.uuid);
    if (this.#undecided) await this.#remind(session, this.#undecided);
    else if (!this.#isUnseen) await this.#next();
    this.#isUnseen = false;
  }

  /** The sale whose answer is due: sent again it is the same, and no other is sold before. */
  get #undecided() {
    return this.#session?.keptSale.sale ?? null;
  }

  /** Forget the offer: another session's is not this one's. */
  #forget() {
    this.#isBusy = false;
    this.#isUnseen = false;
    this.#sold = null;
  }

  /**
   * Show the sale that was not answered, as it was chosen.
   *
   * @param {DeviceSession} session
   * @param {Sale} sale
   */
  async #remind(session, sale) {
    if (sale.event !== session.device.event) return this.#dropElsewhere(session, sale);
    if (!this.#isBusy) this.#restore(sale);
    this.#follow();
  }

  /** @param {Sale} sale */
  #restore({ body: { date, time }, chosen, given }) {
    const id = `${date}T${time}`;
    find("#sell-done").hidden = true;
    find("#sell-form").hidden = false;
    this.#kinds.restore(chosen);
    this.#given.value = given;
    if (![...this.#times.options].some(({ value }) => value === id)) this.#times.add(new Option(whenText(id), id));
    this.#times.value = id;
    write("#sell-problem", say("scan-sale-unconfirmed"));
  }

  /**
   * A sale of an event that this phone has left would be another one here.
   *
   * @param {DeviceSession} session
   * @param {Sale} sale
   */
  async #dropElsewhere(session, { nonce }) {
    await session.keptSale.drop(nonce);
    await this.#next();
    write("#sell-problem", say("scan-sale-elsewhere"));
  }

  /** The next customer: nothing chosen, and the seats that are left by now. */
  async #next() {
    this.#sold = null;
    this.#given.value = "";
    this.#kinds.clear();
    find("#sell-done").hidden = true;
    find("#sell-form").hidden = false;
    write("#sell-problem", this.#around.isTraining() ? say("scan-sale-training") : "");
    await this.#look();
  }

  async #look() {
    if (!this.#session) return;
    const { status, body } = await this.#session.hub.get("/scan/sales/");
    if (!body.success) write("#sell-problem", AGAIN.has(status) ? say("scan-sale-alone") : refusalText(body));
    else this.#show(body);
    this.#follow();
  }

  /** @param {Record<string, any>} sales */
  #show({ kinds, times, most }) {
    const before = this.#times.value;
    this.#left = new Map(times.map((/** @type {any} */ each) => [`${each.date}T${each.time}`, each.left]));
    this.#products = new Map(times.map((/** @type {any} */ each) => [`${each.date}T${each.time}`, each.products]));
    this.#times.replaceChildren(...[...this.#left].map(([id, left]) => new Option(say("scan-sale-left", { when: whenText(id), left }), id)));
    const first = [...this.#left].find(([, left]) => left > 0)?.[0] ?? "";
    this.#times.value = this.#left.has(before) ? before : first;
    this.#kinds.show(kinds, most);
    if (times.length === 0) write("#sell-problem", say("scan-sale-no-time"));
  }

  #follow() {
    const [count, total] = [this.#kinds.count, this.#kinds.total];
    const left = this.#left.get(this.#times.value) ?? 0;
    const isFree = total.every(({ amount }) => Number(amount.replace(".", "")) === 0);
    write("#sell-total", count ? sumText(total) || say("scan-sale-free") : "");
    const over = this.#kinds.over(this.#products.get(this.#times.value) ?? {});
    const pending = this.#undecided;
    const mayNot = pending === null && (count === 0 || count > left || over !== "" || total.length > 1);
    if (pending === null) this.#warn(count, left, over);
    this.#times.disabled = pending !== null;
    this.#kinds.freeze(pending !== null);
    for (const { method, button } of this.#buttons) {
      button.disabled = mayNot || this.#isBusy || this.#around.isTraining() || (pending !== null && pending.method !== method);
      button.hidden = isFree && method === "card" && count > 0;
      // says: scan-pay-{cash, card}
      button.textContent = isFree && count > 0 ? say("scan-sale-hand-out") : say("scan-sale-take", { sum: sumText(total), method: say(`scan-pay-${method}`) });
    }
    find("#sell-given-row").hidden = isFree;
    write("#sell-change", this.#change(total[0]));
  }

  /**
   * @param {number} count chosen
   * @param {number} left
   * @param {string} over what is wrong where more is chosen of a product than is left of it
   */
  #warn(count, left, over) {
    if (count > left) write("#sell-problem", say("scan-sale-sold-out", { left }));
    else if (over) write("#sell-problem", over);
    else if (count > 0 && !this.#around.isTraining()) write("#sell-problem", "");
  }

  /** @param {Amount | undefined} due */
  #change(due) {
    if (!due) return "";
    const digits = digitsOf(due.amount);
    const given = toMinor(this.#given.value, digits);
    const change = given === null ? null : given - (toMinor(due.amount, digits) ?? 0);
    if (change === null) return "";
    return say(change < 0 ? "scan-sale-missing" : "scan-sale-change", { sum: moneyText({ amount: toDecimal(Math.abs(change), digits), currency: due.currency }) });
  }

  /** @param {"cash" | "card"} method */
  async #sell(method) {
    const session = this.#session;
    if (!session || this.#isBusy) return;
    const sale = this.#undecided ?? this.#begun(session, method);
    await this.#keep(session, sale);
    const { status, body } = await session.hub.post("/scan/sales/", { ...sale.body, nonce: sale.nonce });
    if (!AGAIN.has(status)) await session.keptSale.drop(sale.nonce);
    if (this.#session !== session) return;
    this.#busy(false);
    if (body.success) this.#done(/** @type {Sold} */ (body));
    else await this.#refused(status, body);
  }

  /**
   * A sale outlasts a reload from before it is sent.
   *
   * @param {DeviceSession} session
   * @param {Sale} sale
   */
  async #keep(session, sale) {
    const kept = session.keptSale.keep(sale);
    this.#busy(true);
    await kept.catch(() => {}); // a full disk: then it outlasts what this page lives through
  }

  /**
   * @param {DeviceSession} session
   * @param {"cash" | "card"} method
   * @returns {Sale}
   */
  #begun({ device: { uuid: device, event } }, method) {
    const { chosen } = this.#kinds;
    return { nonce: crypto.randomUUID(), device, event, method, body: this.#chosen(method), chosen, given: this.#given.value };
  }

  /** @param {"cash" | "card"} method */
  #chosen(method) {
    const [due] = this.#kinds.total;
    const isFree = !due || Number(due.amount.replace(".", "")) === 0;
    const [date, time] = this.#times.value.split("T");
    return { date, time, tickets: this.#kinds.wishes, ...(isFree ? { method: "free" } : { method, ...due }) };
  }

  /**
   * @param {number} status
   * @param {Record<string, any>} body
   */
  async #refused(status, body) {
    if (!AGAIN.has(status)) await this.#look();
    write("#sell-problem", AGAIN.has(status) ? say("scan-sale-unknown") : refusalText(body));
  }

  /** @param {Sold} sold */
  #done(sold) {
    this.#sold = sold;
    this.#isUnseen = !this.#dialog.open;
    const change = this.#change(sold.paid[0]);
    write("#sell-problem", "");
    find("#sell-form").hidden = true;
    find("#sell-done").hidden = false;
    const paid = [sold.paid.map(moneyText).join(""), change].filter(Boolean).join(". ");
    write("#sell-said", say("scan-sale-sold", { count: sold.tickets.length, paid }));
    find("#sell-codes").replaceChildren(...sold.tickets.map(({ qr }) => codeOf(qr)));
    write("#sell-admit", say("scan-sale-admit", { count: sold.tickets.length }));
    find("#sell-said").focus();
  }

  #admit() {
    const tickets = this.#sold?.tickets ?? [];
    this.#dialog.close();
    if (tickets.length > 0) this.#around.onAdmit(tickets[0].code, tickets.length);
  }

  /** @param {boolean} is while the hub is asked */
  #busy(is) {
    this.#isBusy = is;
    this.#follow();
    this.#around.onChange();
  }
}

/** @param {string} id `2026-12-24T20:30` */
function whenText(id) {
  const [date, time] = id.split("T");
  const day = new Date(`${date}T00:00:00Z`).toLocaleDateString(formatLocale(), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  return say("showing-day", { day, time });
}

/** @param {string} address of the picture */
function codeOf(address) {
  const [row, picture] = [document.createElement("li"), document.createElement("img")];
  Object.assign(picture, { src: address, alt: say("scan-sale-qr"), width: 288, height: 288 });
  row.append(picture);
  return row;
}
