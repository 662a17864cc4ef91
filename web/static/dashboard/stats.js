/**
 * An event in steps of five minutes: read once from the hub, then moved by the journal's entries as they come
 * (docs/booking-api.md, statistics). Pure. Times are seconds since 1970.
 *
 * @typedef {{arrived: number, inside: number}} Step how many came for the first time, and how many more are inside
 * @typedef {{epoch: string, seq: number, steps: Map<number, Step>, refusals: Map<string, number>,
 *   showings: import("./attendance.js").ByShowing}} Stats
 * @typedef {{at: number[], arrived: number[], inside: number[], each: number[]}} Series
 *   `at` is when a step ends; `arrived` and `inside` are as of then, `each` is those who arrived within it.
 */

import { byShowing, withEntries } from "./attendance.js";

export const STEP_S = 300;
/** A box office is open for years: what is drawn is the end of it. */
const DRAWN_S = 36 * 3600;

/**
 * Return the statistics in an answer of the hub.
 *
 * @param {any} answer of `GET /api/events/{uuid}/stats`
 * @returns {Stats}
 */
export function fromStats({ epoch, seq, curve, refusals, showings }) {
  let before = 0;
  const steps = curve.map((/** @type {any} */ step) => {
    const inside = step.inside - before;
    before = step.inside;
    return [secondsOf(step.at), { arrived: step.arrived, inside }];
  });
  const reasons = refusals.map((/** @type {any} */ each) => [each.code, each.count]);
  return { epoch, seq, steps: new Map(steps), refusals: new Map(reasons), showings: byShowing(showings) };
}

/**
 * Return the statistics after these entries; the same where it holds them all, null where some between are missing.
 *
 * @param {Stats} stats
 * @param {import("../live/event_state.js").Item[]} items
 * @param {number} first the number of the first
 */
export function withItems(stats, items, first) {
  if (first + items.length - 1 <= stats.seq) return stats;
  if (first > stats.seq + 1) return null;
  const moved = { ...stats, seq: first + items.length - 1, steps: new Map(stats.steps), refusals: new Map(stats.refusals) };
  const fresh = items.slice(stats.seq + 1 - first);
  for (const item of fresh) take(moved, item);
  moved.showings = withEntries(stats.showings, fresh);
  return moved;
}

/**
 * @param {Stats} stats changed in place, but for its steps
 * @param {import("../live/event_state.js").Item} item
 */
function take(stats, { at, data = {} }) {
  const { admitted = 0, inside = 0, denied = 0 } = data.effect ?? {};
  if (denied) stats.refusals.set(data.code ?? "", (stats.refusals.get(data.code ?? "") ?? 0) + denied);
  if (!at || !(admitted || inside)) return;
  const begins = Math.floor(secondsOf(at) / STEP_S) * STEP_S;
  const step = stats.steps.get(begins) ?? { arrived: 0, inside: 0 };
  stats.steps.set(begins, { arrived: step.arrived + admitted, inside: step.inside + inside });
}

/**
 * Return the series to draw: each step of the event, the empty ones too, from the first arrival on.
 *
 * @param {Stats} stats
 * @param {number} [now] the last step has not ended yet: it is drawn as of now
 * @returns {Series}
 */
export function seriesOf(stats, now = Infinity) {
  const begins = [...stats.steps.keys()].sort((one, other) => one - other);
  const series = { at: [], arrived: [], inside: [], each: [] };
  if (!begins.length) return series;
  const last = begins[begins.length - 1];
  const from = Math.max(begins[0], last - DRAWN_S);
  const until = Math.max(last, isOn(last, now) ? Math.floor(now / STEP_S) * STEP_S : last);
  return drawn(stats, begins.filter((at) => at < from), from, until, now);
}

/**
 * @param {Stats} stats
 * @param {number[]} before the steps that are not drawn
 * @param {number} from
 * @param {number} until
 * @param {number} now
 */
function drawn({ steps }, before, from, until, now) {
  const sum = { arrived: 0, inside: 0 };
  const add = (/** @type {Step | undefined} */ step) => {
    sum.arrived += step?.arrived ?? 0;
    sum.inside += step?.inside ?? 0;
  };
  for (const at of before) add(steps.get(at));
  /** @type {Series} */
  const series = { at: [from], arrived: [sum.arrived], inside: [sum.inside], each: [0] };
  for (let at = from; at <= until; at += STEP_S) {
    add(steps.get(at));
    series.at.push(Math.max(at + 1, Math.min(at + STEP_S, now)));
    series.arrived.push(sum.arrived);
    series.inside.push(sum.inside);
    series.each.push(steps.get(at)?.arrived ?? 0);
  }
  return series;
}

/**
 * Whether an event whose last step began at `last` goes on: then its lines lead to now.
 *
 * @param {number} last
 * @param {number} now
 */
function isOn(last, now) {
  return now - last < 6 * 3600;
}

/**
 * Return another event's series as if it had begun when ours did.
 *
 * @param {Series} series
 * @param {number} byS seconds
 * @returns {Series}
 */
export function shifted(series, byS) {
  return { ...series, at: series.at.map((at) => at + byS) };
}

/**
 * Return how many had arrived by `at`.
 *
 * @param {Series} series
 * @param {number} at
 */
export function arrivedBy(series, at) {
  const index = series.at.findLastIndex((each) => each <= at);
  return index < 0 ? 0 : series.arrived[index];
}

/**
 * Return when the busiest step began and how many arrived within it; null where none did.
 *
 * @param {Series} series
 */
export function busiest({ at, each }) {
  const most = Math.max(0, ...each);
  const index = each.indexOf(most);
  return most ? { at: at[index - 1], count: most } : null;
}

/**
 * Return the reasons of refusals, the most frequent first, those beyond `most` summed up as the reason null.
 *
 * @param {Stats} stats
 * @param {number} most
 * @returns {{code: string | null, count: number}[]}
 */
export function reasonsOf({ refusals }, most) {
  const all = [...refusals].filter(([, count]) => count > 0).map(([code, count]) => ({ code, count }));
  all.sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1));
  if (all.length <= most) return all;
  const rest = all.slice(most - 1).reduce((sum, { count }) => sum + count, 0);
  return [...all.slice(0, most - 1), { code: null, count: rest }];
}

/** @param {string} at */
function secondsOf(at) {
  return Date.parse(at) / 1000;
}
