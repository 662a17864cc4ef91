/** Strip of a relay's dashboard: how its line is, wherever the hub does not decide. */

import { say } from "../shared/say.js";
import { followStatus } from "./status.js";
import { meaning, stateText } from "./texts.js";

const strip = /** @type {HTMLElement} */ (document.querySelector("#relay-line"));

followStatus(
  (status) => {
    const text = say("relay-strip", { state: stateText(status, strip.dataset.timezone), more: meaning(status) });
    strip.hidden = status.state === "connected";
    if (strip.textContent !== text) strip.textContent = text;
  },
  () => {},
);
