/**
 * Table of all texts of the administration, so that another language is another table. Pure.
 *
 * `{name}` stands for a value; of a text that counts there are two, `.one` and `.other`, chosen by `count`. Words begin with
 * the page that shows them; `any.` is shown by several. Each file of `messages/` has those of one subject.
 */

import { COMMON } from "./messages/common.js";
import { DEVICES } from "./messages/devices.js";
import { EVENTS } from "./messages/events.js";
import { HUB } from "./messages/hub.js";
import { IMPORTS } from "./messages/imports.js";
import { KINDS } from "./messages/kinds.js";
import { MONEY } from "./messages/money.js";
import { PROBLEMS } from "./messages/problems.js";
import { TICKETS } from "./messages/tickets.js";
import { speaking } from "../shared/messages.js";

export const { say, sayCount, sayIfKnown } = speaking({ ...COMMON, ...HUB, ...IMPORTS, ...TICKETS, ...EVENTS, ...DEVICES, ...PROBLEMS, ...MONEY, ...KINDS });
