/**
 * Attendance by showing: who is booked for which time and who came, moved by the journal's entries as they come. Pure.
 *
 * @typedef {{booked: number, came: number, capacity: number}} Attendance
 * @typedef {Map<string, Attendance>} ByShowing by the showing's id
 */

/**
 * @param {any[]} showings of `GET /api/events/{uuid}/stats`
 * @returns {ByShowing}
 */
export function byShowing(showings = []) {
  return new Map(showings.map(({ id, booked, came, capacity }) => [id, { booked, came, capacity }]));
}

/**
 * Return the attendance after some entries; itself where they change none.
 *
 * @param {ByShowing} before
 * @param {import("../live/event_state.js").Item[]} items
 */
export function withEntries(before, items) {
  const steps = items.flatMap(stepsOf);
  if (!steps.length) return before;
  const after = new Map(before);
  for (const { showing, booked, came } of steps) {
    const one = after.get(showing) ?? { booked: 0, came: 0, capacity: 0 };
    after.set(showing, { ...one, booked: one.booked + booked, came: one.came + came });
  }
  return after;
}

/**
 * @param {import("../live/event_state.js").Item} item
 * @returns {{showing: string, booked: number, came: number}[]}
 */
function stepsOf({ kind, data = {} }) {
  const { showing, from, products, effect = {}, expired } = data;
  if (kind === "ticket.moved") return [{ showing: from, booked: -1, came: 0 }, { showing, booked: 1, came: 0 }];
  if (products) return products.map((/** @type {any} */ part) => ({ showing: part.showing, booked: part.booked, came: 0 }));
  const booked = kind === "ticket.deleted" && expired ? 0 : effect.booked ?? 0;
  const came = effect.admitted ?? 0;
  return showing && (booked || came) ? [{ showing, booked, came }] : [];
}
