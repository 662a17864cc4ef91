/**
 * State of an event on a page, and how a snapshot, an entry or a state of the counts changes it. Pure.
 *
 * The counts carry the number that they are exact as of (`occupancy.seq`), apart from the client's position in the
 * journal: an occupancy frame may be ahead of the updates, and whoever added their effects again would count twice.
 *
 * @typedef {{id: string, name: string, admitted: number, exited: number, denied: number}} DoorCount
 * @typedef {{id: string, name: string, inside: number, limit: number | null}} ZoneCount
 * @typedef {{epoch: string, seq: number, booked: number, capacity: number, admitted: number, inside: number,
 *   headcount: number, denied: number, limit: number | null, free: number | null,
 *   doors: DoorCount[], zones: ZoneCount[]}} Occupancy
 * @typedef {{id: string, name: string, door?: string | null, online?: boolean, since?: string | null,
 *   last_seen_at?: string | null}} Device
 * @typedef {{kind: string, at?: string, data?: Record<string, any>}} Item
 * @typedef {{occupancy: Occupancy, devices: Device[], alerts: import("./alerts.js").Alert[], recent: Item[],
 *   scans: number}} EventState
 *   `recent` is newest first; `scans` counts what was put on top of it since the snapshot.
 */

import { withAlert } from "./alerts.js";

/** Number of scans kept: a snapshot brings the last 50; as many are kept as are worth searching. */
export const RECENT = 500;

const SCANS = new Set(["ticket.scanned", "ticket.exited", "ticket.denied", "ticket.undone", "ticket.conflict"]);

/**
 * Return the state in a snapshot.
 *
 * @param {{state: any}} frame a `snapshot`
 * @returns {EventState}
 */
export function fromSnapshot(frame) {
  const { occupancy, devices = [], alerts = [], recent = [] } = frame.state;
  return { occupancy, devices, alerts, recent: recent.slice(0, RECENT), scans: 0 };
}

/**
 * Return the state after these entries.
 *
 * @param {EventState} state
 * @param {Item[]} items
 * @param {number} first the number of the first item
 * @returns {EventState}
 */
export function withItems(state, items, first) {
  const counts = structuredClone(state.occupancy);
  const recent = [...state.recent];
  const alerts = items.reduce(withAlert, state.alerts);
  let scans = state.scans;
  items.forEach((item, index) => {
    const seq = first + index;
    if (seq > counts.seq) {
      applyEffect(counts, item.data?.effect ?? {});
      counts.seq = seq;
    }
    if (SCANS.has(item.kind)) {
      recent.unshift(item);
      scans += 1;
    }
  });
  return { ...state, occupancy: counts, alerts, recent: recent.slice(0, RECENT), scans };
}

/**
 * Return the state with these counts, where they are newer.
 *
 * @param {EventState} state
 * @param {Occupancy} counts an `occupancy` frame: a state, so the newer one wins
 * @returns {EventState}
 */
export function withOccupancy(state, counts) {
  return counts.seq < state.occupancy.seq ? state : { ...state, occupancy: counts };
}

/**
 * Move the counts by an entry's effect: dotted paths with their deltas, `{"inside": 1, "doors.d3.admitted": 1}`.
 * A door that is not known yet is left out; the next occupancy frame brings it.
 *
 * @param {any} counts changed in place
 * @param {Record<string, number>} effect
 */
export function applyEffect(counts, effect) {
  for (const [path, delta] of Object.entries(effect)) {
    const [field, id, counter = "inside"] = path.split(".");
    const place = id === undefined ? counts : counts[field]?.find((/** @type {{id: string}} */ each) => each.id === id);
    const name = id === undefined ? field : counter;
    if (place && typeof place[name] === "number") place[name] += delta;
  }
  counts.free = counts.limit === null ? null : Math.max(0, counts.limit - counts.inside);
}
