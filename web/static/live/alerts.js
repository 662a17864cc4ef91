/**
 * The alerts that stand: those of a snapshot, and how the journal's entries begin and end them (docs/booking-api.md,
 * alerts). Pure.
 *
 * @typedef {{alert: string, kind: string, at: string, device: string | null, device_name: string | null,
 *   door: string | null, door_name: string | null, data: Record<string, any>}} Alert
 */

const BEGIN = new Set(["device.silent", "device.low_battery", "device.queue", "door.stalled", "limit.near"]);
const END = new Set(["device.back", "device.charged", "device.queue_sent", "door.moving", "limit.clear"]);

/**
 * Return the alerts after an entry.
 *
 * @param {Alert[]} alerts
 * @param {import("./event_state.js").Item} item
 * @returns {Alert[]} the same ones where the entry tells of none
 */
export function withAlert(alerts, item) {
  if (!BEGIN.has(item.kind) && !END.has(item.kind)) return alerts;
  const { alert = "", device = null, door = null, ...data } = item.data ?? {};
  const others = alerts.filter((each) => each.alert !== alert);
  if (END.has(item.kind)) return others;
  return [...others, { alert, kind: item.kind, at: item.at ?? "", device, device_name: null, door, door_name: null, data }];
}
