/** Password form of one's own account: a change ends all one's logins, this one too. */

import { send } from "./api.js";
import { onSubmit } from "./form.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("#password"));

onSubmit(form, async (fields) => {
  await send("POST", "/api/me/password", { old: "", new: "", ...fields });
  location.assign("/login");
});
