/** Frame of every page of the administration: its menu is folded on a phone, and always open where there is room. */

import { startLoading } from "./loading.js";

const menu = /** @type {HTMLDetailsElement} */ (document.querySelector("#menu"));
const wide = matchMedia("(min-width: 60rem)");

const fit = () => {
  menu.open = wide.matches;
};
wide.addEventListener("change", fit);
fit();
startLoading();
