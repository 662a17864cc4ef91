/**
 * Table of the texts of the administration that are not in the catalogues yet.
 *
 * `{name}` stands for a value; of a text that counts there are two, `.one` and `.other`, chosen by `count`. Words begin with
 * the page that shows them; `any.` is shown by several. Each file of `messages/` has those of one subject.
 */

import { IMPORTS } from "./messages/imports.js";
import { PROBLEMS } from "./messages/problems.js";
import { speaking } from "../shared/messages.js";
import { say as sayMessage } from "../shared/say.js";

const table = speaking({ ...IMPORTS, ...PROBLEMS });

export const { sayCount, sayIfKnown } = table;

/**
 * Say a text of these tables by its name, which holds a dot, or a message of the catalogues by its id.
 *
 * @param {string} word
 * @param {Record<string, string | number>} [values]
 */
export function say(word, values) {
  return word.includes(".") ? table.say(/** @type {Parameters<typeof table.say>[0]} */ (word), values) : sayMessage(word, values);
}
