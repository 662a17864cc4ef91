/** Sell tickets: a time, kinds and numbers, and how they are paid; then their codes, and the next customer. */

import { get, Refused, send } from "./api.js";
import { busy, notify } from "./build.js";
import { eventCrumb, showCrumbs } from "./crumbs.js";
import { showEventNav } from "./event_nav.js";
import { saving, withErrors } from "./form.js";
import { sumText } from "../shared/money.js";
import { say } from "../shared/say.js";
import { newKey } from "./payment.js";
import { makeCart } from "./sell_cart.js";
import { makePayment } from "./sell_payment.js";
import { showSold } from "./sell_done.js";
import { makeTimes } from "./sell_times.js";
import { guardForm } from "./unsaved.js";

const LOOK_MS = 4_000;
const path = `/api/events/${/** @type {HTMLElement} */ (document.querySelector("#admin")).dataset.thing}`;
const form = /** @type {HTMLFormElement} */ (document.querySelector("#sale"));

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function open() {
  const [event, sales] = await Promise.all([get(path), get(`${path}/sales`)]);
  showCrumbs([eventCrumb(event)], say("nav-sell"));
  showEventNav(event, "sell");
  const times = makeTimes(event, at("sale-times"), /** @type {HTMLButtonElement} */ (at("more-times")));
  const cart = makeCart(sales, at("sale-kinds"));
  const payment = makePayment(at("sale-payment"));
  let key = newKey();

  const follow = () => {
    payment.follow(cart.total());
    showTotal(cart, times, payment);
  };
  const look = async () => {
    if (document.visibilityState === "hidden" || form.hidden) return;
    await times.look().catch(() => {});
    showTotal(cart, times, payment);
  };
  const next = () => {
    key = newKey();
    form.reset();
    cart.clear();
    payment.clear();
    at("sold").hidden = true;
    form.hidden = false;
    notify("");
    follow();
    cart.focus();
    void times.renew().catch(() => {}).then(follow);
  };

  form.noValidate = true;
  guardForm(form, cart.count);
  form.addEventListener("input", follow);
  form.addEventListener("change", follow);
  form.addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    void busy(/** @type {HTMLButtonElement} */ (at("sale-sell")), () => saving(form, () => withErrors(form, sell)));
  });
  at("next-customer").addEventListener("click", next);
  at("sold-print").addEventListener("click", () => window.print());

  async function sell() {
    const paid = payment.read(cart.total());
    const body = { ...times.chosen(), tickets: cart.wishes(), ...buyer(), ...(paid ? { payment: paid } : {}) };
    try {
      const sold = await send("POST", `${path}/sales`, body, { "Idempotency-Key": key });
      freeze(false);
      showSold(sold, event, { paid, change: payment.change(), total: cart.total() });
      form.hidden = true;
    } catch (error) {
      await failed(error);
    }
  }

  /** @param {unknown} error */
  async function failed(error) {
    const isUnknown = error instanceof Refused && (error.status === 0 || error.status >= 500);
    freeze(isUnknown);
    if (isUnknown) throw new Error(say("sell-unknown"));
    key = newKey();
    await times.look();
    follow();
    throw error;
  }

  await times.look();
  form.hidden = false;
  follow();
  setInterval(look, LOOK_MS);
}

/**
 * Show what the tickets come to, and whether they can be sold.
 *
 * @param {import("./sell_cart.js").Cart} cart
 * @param {ReturnType<typeof makeTimes>} times
 * @param {ReturnType<typeof makePayment>} payment
 */
function showTotal(cart, times, payment) {
  const [count, left] = [cart.count(), times.left()];
  const sum = sumText(cart.total());
  at("sale-count").textContent = say("tickets-shown", { count });
  at("sale-total").textContent = count ? sum || say("sell-free") : "";
  cart.showLeft(times.products());
  const problem = problemOf(count, left, cart.most) || cart.over(times.products());
  at("sale-problem").textContent = problem;
  at("sale-problem").hidden = !problem;
  const sell = /** @type {HTMLButtonElement} */ (at("sale-sell"));
  sell.textContent = payment.label(count, sum);
  sell.toggleAttribute("data-idle", count === 0 || problem !== "");
  sell.disabled = count === 0 || problem !== "";
}

/**
 * @param {number} count
 * @param {number | null} left null where no time is chosen
 * @param {number} most
 */
function problemOf(count, left, most) {
  if (left === null) return say("sell-no-time");
  if (left === 0) return say("sell-sold-out");
  if (count > left) return say("sell-left", { count: left });
  return count > most ? say("sell-most", { most }) : "";
}

/** @returns {Record<string, string>} name, phone number and address, those that are given */
function buyer() {
  const fields = ["name", "phone_number", "email"].map((name) => [name, /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value.trim()]);
  return Object.fromEntries(fields.filter(([, text]) => text));
}

/** @param {boolean} isFrozen while it is not known whether it was sold: the same sale is sent again, and no other */
function freeze(isFrozen) {
  for (const control of form.querySelectorAll("input, .stepper button")) /** @type {HTMLInputElement} */ (control).disabled = isFrozen;
}

open().catch((error) => notify(error.message, "refuse"));

