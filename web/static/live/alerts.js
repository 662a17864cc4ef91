/**
 * The alerts that stand: those of a snapshot, and how the journal's entries begin and end them (docs/booking-api.md,
 * alerts). Pure.
 *
 * @typedef {{alert: string, kind: string, at: string, device: string | null, device_name: string | null,
 *   door: string | null, door_name: string | null, data: Record<string, any>}} Alert
 */

/**
 * Return the alerts after an entry. An alert's id ends with the kind of entry that begins it; with the same id another
 * kind ends it.
 *
 * @param {Alert[]} alerts
 * @param {import("./event_state.js").Item} item
 * @returns {Alert[]} the same ones where the entry tells of none
 */
export function withAlert(alerts, item) {
  const { alert, device = null, door = null, ...data } = item.data ?? {};
  if (!alert) return alerts;
  const others = alerts.filter((each) => each.alert !== alert);
  if (!alert.endsWith(`/${item.kind}`)) return others;
  return [...others, { alert, kind: item.kind, at: item.at ?? "", device, device_name: null, door, door_name: null, data }];
}
