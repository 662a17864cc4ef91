/** Arrival curve: who has come and who is inside, compared with an event before, as lines, a text and a table. */

import { get } from "../admin/api.js";
import { timeOfDay } from "../shared/locale.js";
import { Chart } from "./chart.js";
import { arrivedBy, busiest, fromStats, seriesOf, shifted } from "./stats.js";
import { say } from "../shared/say.js";
import { count, setText } from "./dom.js";

/** @typedef {import("./stats.js").Series} Series */

/** It is drawn this often at most, and this often even when nothing happens: the lines lead to now. */
const DRAW_MS = 400;
const TICK_MS = 20_000;
const ROWS = 36;

export class Curve {
  #panel;
  #timeZone;
  #starts;
  #chart;
  /** @type {import("./event_stats.js").EventStats | null} */
  #eventStats = null;
  #booked = 0;
  /** @type {{name: string, series: Series} | null} */
  #other = null;
  /** @type {Series | null} */
  #series = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} page */
  constructor(page) {
    this.#panel = /** @type {HTMLElement} */ (page.querySelector("#curve"));
    this.#timeZone = page.dataset.timezone;
    this.#starts = Number(page.dataset.starts) || undefined;
    this.#chart = new Chart(this.#find(".curve-plot"), {
      timeZone: this.#timeZone,
      begins: this.#starts,
      onPoint: (at) => this.#point(at),
    });
    this.#panel.querySelector("select")?.addEventListener("change", (event) => this.#choose(event));
    this.#find("details").addEventListener("toggle", () => this.#showTable());
    setInterval(() => this.#later(), TICK_MS);
  }

  /** @param {import("./event_stats.js").EventStats} eventStats */
  show(eventStats) {
    this.#eventStats = eventStats;
    this.#later();
  }

  /** @param {number} booked */
  showBooked(booked) {
    if (booked !== this.#booked) this.#later();
    this.#booked = booked;
  }

  #later() {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, DRAW_MS);
  }

  #draw() {
    const stats = this.#eventStats?.stats;
    if (!stats) {
      if (this.#eventStats?.hasFailed) setText(this.#find(".curve-text"), say("curve-failed"));
      return;
    }
    this.#series = seriesOf(stats, Date.now() / 1000);
    this.#chart.show(this.#series, this.#other?.series ?? null);
    setText(this.#find(".curve-text"), this.#told(this.#series));
    this.#showTable();
  }

  /** @param {Series} series */
  #told(series) {
    const at = series.at.at(-1);
    if (at === undefined) return say("curve-none");
    const since = series.at.length > 1 ? series.at[series.at.length - 2] : at;
    const counts = { arrived: series.arrived.at(-1) ?? 0, since: series.each.at(-1) ?? 0, time: this.#time(since) };
    const arrived = this.#booked ? say("curve-arrived", { ...counts, booked: this.#booked }) : say("curve-arrived-only", counts);
    const most = busiest(series);
    const peak = most && say("curve-busiest", { time: this.#time(most.at), count: most.count });
    const other = this.#other && say("curve-other", { name: this.#other.name, count: arrivedBy(this.#other.series, at) });
    return [arrived, peak, other].filter(Boolean).join(" ");
  }

  /** @param {number | null} at */
  #point(at) {
    const line = this.#series && at !== null ? this.#lineAt(this.#series, at) : "";
    setText(this.#find(".curve-at"), line);
  }

  /**
   * @param {Series} series
   * @param {number} at
   */
  #lineAt(series, at) {
    const index = series.at.findLastIndex((each) => each <= at);
    const own = { time: this.#time(at), arrived: series.arrived[index] ?? 0, inside: series.inside[index] ?? 0 };
    const other = this.#other && say("curve-at-other", { count: arrivedBy(this.#other.series, at) });
    return [say("curve-at", own), other].filter(Boolean).join(" · ");
  }

  /** @param {Event} event */
  async #choose({ target }) {
    const chosen = /** @type {HTMLSelectElement} */ (target).selectedOptions[0];
    this.#other = null;
    if (chosen?.value) await this.#compare(chosen);
    this.#panel.toggleAttribute("data-compared", this.#other !== null);
    this.#later();
  }

  /** @param {HTMLOptionElement} option */
  async #compare({ value, dataset, text }) {
    try {
      const series = seriesOf(fromStats(await get(`/api/events/${value}/stats`)));
      this.#other = { name: text, series: shifted(series, (this.#starts ?? 0) - Number(dataset.starts)) };
      setText(this.#find(".curve-at"), "");
    } catch {
      setText(this.#find(".curve-at"), say("curve-other-failed"));
    }
  }

  #showTable() {
    const table = this.#find("tbody");
    if (!(/** @type {HTMLDetailsElement} */ (this.#find("details")).open) || !this.#series) return;
    const { at, each, arrived, inside } = this.#series;
    const rows = at.map((time, index) => [this.#time(time), each[index], arrived[index], inside[index]]).slice(1);
    table.replaceChildren(...rows.reverse().slice(0, ROWS).map(rowOf));
  }

  /** @param {number} at */
  #time(at) {
    return timeOfDay(at * 1000, this.#timeZone);
  }

  /** @param {string} selector */
  #find(selector) {
    return /** @type {HTMLElement} */ (this.#panel.querySelector(selector));
  }
}

/** @param {(string | number)[]} cells */
function rowOf([time, ...numbers]) {
  const row = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = String(time);
  row.append(head, ...numbers.map((number) => {
    const cell = document.createElement("td");
    cell.textContent = count(Number(number));
    return cell;
  }));
  return row;
}
