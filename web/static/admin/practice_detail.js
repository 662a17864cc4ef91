/** Page of an event's practice codes, to print. */

import { get } from "./api.js";
import { el, notify } from "./build.js";
import { eventCrumb, showCrumbs } from "./crumbs.js";
import { showEventNav } from "./event_nav.js";
import { qr } from "./qr.js";
import { say } from "../shared/say.js";

const event = /** @type {HTMLElement} */ (document.querySelector("#admin")).dataset.thing;
document.querySelector("#print")?.addEventListener("click", () => print());

Promise.all([get(`/api/events/${event}`), get(`/api/events/${event}/practice`)]).then(
  ([{ name, timezone }, codes]) => {
    showEventNav({ uuid: event ?? "", name, timezone }, "practice");
    showCrumbs([eventCrumb({ uuid: event, name })], say("nav-practice"));
    /** @type {HTMLElement} */ (document.querySelector("#event-name")).textContent = say("practice-of", { name });
    document.querySelector("#cards")?.replaceChildren(...codes.map(card));
  },
  (error) => notify(error.message, "refuse"),
);

/** @param {{code: string, label: string, shows: string}} practice */
function card({ code, label: inEnglish, shows }) {
  const label = say(`practice-shows-${shows}`) || inEnglish;
  return el("article", { class: "panel code-card" }, el("h2", {}, label), qr(code, say("practice-code", { label })), el("p", { class: "hint" }, say("practice-no-ticket")));
}
