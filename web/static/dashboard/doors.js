/** Doors and zones. Rows stay where they are and change their numbers; only a changed house changes the rows. */

import { count, keepRows, setBar, setText } from "./write.js";

/**
 * @param {HTMLElement} page
 * @param {import("../live/state.js").DoorCount[]} doors
 */
export function showDoors(page, doors) {
  const body = /** @type {HTMLElement} */ (page.querySelector("#doors"));
  keepRows(body, "door", doors, doorRow);
  doors.forEach((door, index) => {
    const [name, ...cells] = body.children[index].children;
    setText(name, door.name);
    [door.admitted, door.exited, door.denied].forEach((value, cell) => setText(cells[cell], count(value)));
  });
  /** @type {HTMLElement} */ (page.querySelector("#no-doors")).hidden = doors.length > 0;
}

/**
 * @param {HTMLElement} page
 * @param {import("../live/state.js").ZoneCount[]} zones
 */
export function showZones(page, zones) {
  const list = /** @type {HTMLElement} */ (page.querySelector("#zones"));
  keepRows(list, "zone", zones, zoneRow);
  zones.forEach((zone, index) => {
    const row = list.children[index];
    const of = zone.limit === null ? "" : ` of ${count(zone.limit)}`;
    setText(row.querySelector(".zone-name"), zone.name);
    setText(row.querySelector(".zone-count"), `${count(zone.inside)}${of}`);
    setBar(row.querySelector(".bar"), zone.inside, zone.limit ?? 0);
  });
  /** @type {HTMLElement} */ (page.querySelector("#zones-panel")).hidden = zones.length === 0;
}

function doorRow() {
  const row = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  row.append(name, ...[1, 2, 3].map(() => document.createElement("td")));
  return row;
}

function zoneRow() {
  const row = document.createElement("li");
  for (const part of ["zone-name", "zone-count", "bar"]) {
    const span = document.createElement("span");
    span.className = part;
    row.append(span);
  }
  const bar = /** @type {HTMLElement} */ (row.lastElementChild);
  bar.ariaHidden = "true";
  bar.append(document.createElement("span"));
  return row;
}
