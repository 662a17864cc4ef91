/** Role of the reader for an event: for the whole hub, or for single events. The hub decides; this leaves out what it refuses. */

const roles = document.querySelector("#admin")?.getAttribute("data-roles");
/** @type {Record<string, string> | null} by event; null: for the whole hub */
const EVENT_ROLES = roles ? JSON.parse(roles) : null;

/** Whether the reader has roles for single events alone. */
export const isStaff = EVENT_ROLES !== null;

/**
 * Return whether the reader has one of `roles` for an event.
 *
 * @param {string} event
 * @param {...string} roles
 */
export function hasRole(event, ...roles) {
  return EVENT_ROLES === null || roles.includes(EVENT_ROLES[event]);
}
