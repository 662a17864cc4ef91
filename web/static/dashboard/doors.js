/** Table of doors. Rows stay where they are and change their numbers; only a changed event changes the rows. */

import { count, keepRows, setText } from "./dom.js";

/**
 * Show the doors' counts.
 *
 * @param {HTMLElement} page
 * @param {import("../live/event_state.js").DoorCount[]} doors
 */
export function showDoors(page, doors) {
  const body = /** @type {HTMLElement} */ (page.querySelector("#doors"));
  keepRows(body, "door", doors, doorRow);
  doors.forEach((door, index) => {
    const [name, ...cells] = body.children[index].children;
    setText(name.firstElementChild, door.name);
    [door.admitted, door.exited, door.denied].forEach((value, cell) => setText(cells[cell], count(value)));
  });
  /** @type {HTMLElement} */ (page.querySelector("#no-doors")).hidden = doors.length > 0;
}

function doorRow() {
  const row = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  name.append(document.createElement("span"));
  row.append(name, ...[1, 2, 3].map(() => document.createElement("td")));
  return row;
}
