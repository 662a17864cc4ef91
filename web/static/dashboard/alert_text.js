/**
 * Texts of the strip of alerts: the alerts that stand and the conflicts, as sentences. Pure.
 *
 * @typedef {{id: string, at: number, tone: "warn" | "refuse", text: string}} Told
 *   `id` is another one when an alert comes again: what was dismissed shows anew then
 * @typedef {{entry: Side, counted: Side | null, seq: number, at: string, ticket: string, reason: string,
 *   name?: string}} Conflict
 * @typedef {{at: string, device: string | null, door: string | null}} Side
 */

import { timeOfDay } from "../shared/locale.js";
import { say } from "../shared/say.js";

/**
 * @param {import("../live/event_state.js").EventState} state
 * @param {Conflict[]} conflicts
 * @param {string} [timeZone]
 * @returns {Told[]} the oldest first
 */
export function tell(state, conflicts, timeZone) {
  const told = state.alerts.map((alert) => ({
    id: `${alert.alert}@${Date.parse(alert.at)}`,
    at: Date.parse(alert.at) || 0,
    ...sentenceOf(alert, state, timeZone),
  }));
  return [...told, ...ofConflicts(conflicts)].sort((one, other) => one.at - other.at);
}

/**
 * @param {import("../live/alerts.js").Alert} alert
 * @param {import("../live/event_state.js").EventState} state
 * @param {string | undefined} timeZone
 * @returns {{tone: "warn" | "refuse", text: string}}
 */
function sentenceOf(alert, state, timeZone) {
  const { data, kind } = alert;
  const { door, device } = placeOf(alert, state);
  const time = data.since ? timeOfDay(Date.parse(data.since), timeZone) : "";
  const at = door ? ` ${say("alert-at", { door })}` : "";
  switch (data.unreadable ? "" : kind) {
    case "limit.near":
      return ofLimit(data.zone ?? null, data, state.occupancy);
    case "device.silent":
      return { tone: "warn", text: say("alert-silent", { device, at, time }) };
    case "device.low_battery":
      return { tone: "warn", text: say("alert-battery", { device, at, battery: Number(data.battery ?? 0) }) };
    case "device.queue":
      return { tone: "warn", text: say("alert-queue", { count: Number(data.queue ?? 0), device, at }) };
    case "door.stalled":
      return { tone: "warn", text: say("alert-stalled", { count: Number(data.others ?? 0), door: door || say("door-unnamed"), time }) };
    case "relay.alone":
      return { tone: "warn", text: say("alert-relay", { name: data.name ?? "", time }) };
    default:
      return { tone: "warn", text: unknownText(door, device) };
  }
}

/**
 * @param {import("../live/alerts.js").Alert} alert
 * @param {import("../live/event_state.js").EventState} state
 * @returns {{door: string, device: string}} names, empty where the alert is of none
 */
function placeOf(alert, state) {
  const door = doorName(alert.door, state) || (alert.door_name ?? "");
  const device = deviceName(alert.device, state) || (alert.device_name ?? "");
  return { door, device: device || (alert.device ? say("device-unnamed") : "") };
}

/**
 * Text of an alert of an unknown kind, with its place.
 *
 * @param {string} door
 * @param {string} device
 */
function unknownText(door, device) {
  const place = [device, door].filter(Boolean).join(", ");
  return say("alert-unknown", { place: place && `${place}:` });
}

/**
 * Text of how full it is now, which is more than when the alert was raised.
 *
 * @param {string | null} zone its name; null: the venue
 * @param {Record<string, any>} data
 * @param {import("../live/event_state.js").Occupancy} counts
 * @returns {{tone: "warn" | "refuse", text: string}}
 */
function ofLimit(zone, data, counts) {
  const place = zone === null ? { name: say("people-venue"), ...counts } : counts.zones.find((each) => each.name === zone);
  const { name = zone ?? "", inside = data.inside, limit = data.limit } = place ?? {};
  const isFull = inside >= limit;
  return { tone: isFull ? "refuse" : "warn", text: say(isFull ? "alert-full" : "alert-near", { name, inside, limit }) };
}

/**
 * @param {Conflict[]} conflicts
 * @returns {Told[]}
 */
function ofConflicts(conflicts) {
  const last = conflicts.at(-1);
  if (!last) return [];
  const text = say("alert-conflicts", { count: conflicts.length });
  return [{ id: `conflicts/${last.seq}`, at: Date.parse(last.at), tone: "refuse", text }];
}

/**
 * @param {string | null | undefined} id
 * @param {import("../live/event_state.js").EventState} state
 */
export function doorName(id, state) {
  return state.occupancy.doors.find((each) => each.id === id)?.name ?? "";
}

/**
 * @param {string | null | undefined} id
 * @param {import("../live/event_state.js").EventState} state
 */
export function deviceName(id, state) {
  return state.devices.find((each) => each.id === id)?.name ?? "";
}
