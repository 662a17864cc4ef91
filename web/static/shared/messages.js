/**
 * Texts of the scanner, in one place. Pure. Verdicts and their reasons are in the catalogues (`say.js`).
 *
 * `{name}` stands for a value; of a text that counts there are two, `.one` and `.other`, chosen by `count`.
 */

const EN = {
  // Verdicts
  "verdict.again": "Scan again",
  "verdict.none": "No verdict",
  "verdict.just": "Just admitted",
  "verdict.justOut": "Just left",
  "verdict.alarm": "Look up!",

  // The lines of a verdict
  "line.already": "Already scanned {when} {door} {by}",
  "line.at": "at {door}",
  "line.by": "by {device}",
  "line.from": "Too early: from {time}",
  "line.expiredThen": "Expired. {when}",
  "line.until": "Too late: until {time}",
  "line.goTo": "Wrong door: go to {doors}",
  "line.noDoor": "Wrong door: no door takes this ticket",
  "sale.title": "Sell tickets",
  "sale.titleUnconfirmed": "Sell tickets: the last sale is not confirmed",
  "sale.elsewhere": "The last sale was not confirmed before this phone came to another event: ask there whether it was sold.",
  "sale.when": "When",
  "sale.left": "{when} ({left} left)",
  "sale.ticket": "Ticket",
  "sale.less": "One {kind} less",
  "sale.more": "One {kind} more",
  "sale.free": "Free",
  "sale.total": "Total",
  "sale.given": "Cash given",
  "sale.change": "Change: {sum}",
  "sale.missing": "Missing: {sum}",
  "sale.take": "{sum}: {method}",
  "sale.handOut": "Hand out for free",
  "sale.sold.one": "Sold: 1 ticket. {paid}",
  "sale.sold.other": "Sold: {count} tickets. {paid}",
  "sale.admit.one": "Let the guest in",
  "sale.admit.other": "Let all {count} in",
  "sale.next": "Next customer",
  "sale.alone": "The hub cannot be reached: this phone sells nothing and takes no money now.",
  "sale.unknown": "The hub did not answer, so it is not known whether this was sold. Tap again: it is never sold twice.",
  "sale.unconfirmed": "This sale was not confirmed: try again. It is never sold twice.",
  "sale.noTime": "There is no time to sell: all are over.",
  "sale.soldOut": "Sold out: {left} left.",
  "sale.productLeft": "Of {product} only {left} are left at this time.",
  "sale.training": "No tickets are sold while training.",
  "sale.qr": "Code of the ticket",
  "verdict.notTaken": "No money taken",
  "verdict.payAgain": "Tap again",
  "line.payAgain": "The hub did not confirm, so it is not known whether the payment was recorded. Tap again: it is never taken twice.",
  "line.payAlone": "This phone is offline: no money is taken now. Send them to the desk.",
  "line.paid": "{amount} {currency} taken, {method}",
  "pay.cash": "cash",
  "pay.card": "card",
  "scan.take": "Take {amount} {currency}: {method}",
  "line.due": "Not paid: {amount} {currency} to pay",
  "line.notInside": "Not inside. Is this phone on Exit?",
  "line.full": "Full: {zone}",
  "line.just": "You just admitted this, {count} s ago",
  "line.justOut": "You just let this out, {count} s ago",
  "line.notConfirmed": "The hub did not confirm. Do not let in yet.",
  "line.noList": "No connection, and this phone has no guest list yet. Do not let in.",
  "line.party.one": "1 ticket in this reservation",
  "line.party.other": "{count} tickets in this reservation",
  "line.admitted.one": "1 person",
  "line.admitted.other": "{count} people",
  "line.fits": "{count} of this reservation could go in now",
  "when.tomorrow": "For tomorrow, {day}, {time}",
  "when.later": "For {day}, {time}",
  "when.yesterday": "It was for yesterday, {day}, {time}",
  "when.earlier": "It was for {day}, {time}",
  "line.practice": "Practice: nothing is recorded",
  "line.layout": "The reader types with another keyboard layout, or Caps Lock is on: set it to this device's, or use the camera.",
  "line.elsewhere": "Another window of this scanner is asking about this ticket. Do not let in yet.",
  "line.page": "This is the address of a ticket's page: scan the QR code that it shows.",
  "line.practiceCode": "A practice code is no ticket. Training is in the menu.",
  "line.unlisted": "Not on this phone's list: sold since",
  "line.lateAdmit": "The hub has let {name} in. You had refused: let them in.",
  "line.lateRefuse": "The hub would not have let {name} in: {reason}.",
  "seat.block": "block {value}",
  "seat.row": "row {value}",
  "seat.seat": "seat {value}",
  "name.unknown": "this guest",
  "offline.decided": "Decided offline, by what was known {age}",
  "offline.now": "just now",
  "offline.minutes.one": "1 minute ago",
  "offline.minutes.other": "{count} minutes ago",
  "offline.hours.one": "1 hour ago",
  "offline.hours.other": "{count} hours ago",

  // The connection
  "health.ready": "Ready",
  "health.connecting": "Connecting",
  "health.offline": "Offline",
  "health.offlineWaiting.one": "Offline, 1 scan waits",
  "health.offlineWaiting.other": "Offline, {count} scans wait",
  "health.sending.one": "Sending 1 scan",
  "health.sending.other": "Sending {count} scans",
  "health.gone": "Not paired any more",
  "health.noList": "Ready, but not for offline",

  // The page
  "pair.none": "This phone is not paired",
  "pair.how": "Ask the organiser for a pairing code. Open it with this phone's camera, or read it here.",
  "pair.over": "The event is over: this phone has forgotten its guests and its key. To scan again, ask the organiser for a pairing code.",
  "pair.noStore": "This window keeps nothing, as private windows do: open the scanner in an ordinary one.",
  "pair.noPackages": "A part of this page could not be loaded. Load it again; if that does not help, the hub needs `make setup` with npm.",
  "pair.byCamera": "Read a pairing code",
  "pair.title": "Scan at the door",
  "pair.lead": "Pair this phone once. It then scans until the organiser takes it out of service.",
  "offer.organiser": "Organiser",
  "offer.event": "Event",
  "offer.allEvents": "all of them",
  "offer.door": "Door",
  "offer.noDoor": "none of its own: it admits into the venue",
  "offer.device": "This phone's name",
  "offer.may": "It may",
  "offer.scan": "scan tickets",
  "offer.may.force": "let in all the same",
  "offer.may.over_limit": "let in above the limit",
  "offer.may.undo": "take scans back",
  "offer.may.search": "find guests",
  "offer.may.names": "see names",
  "offer.may.headcount": "count people without tickets",
  "offer.may.door": "change its door",
  "offer.may.sell": "sell tickets and take money",
  "pair.anew": "This phone is paired as {device}. Pair it anew?",
  "pair.now": "Pair this phone",
  "pair.keep": "Keep it as it is",
  "pair.failed": "The hub did not answer as expected. Try again.",
  "pair.unreachable": "The hub cannot be reached. Check this phone's network, then try again.",
  "pair.notOne": "This is no pairing code of this hub.",
  "unpair.ask": "Unpair this phone? It needs a new pairing code to scan again.",
  "unpair.loseSale": "The last sale is not confirmed: open “Sell tickets” first. Unpair all the same?",
  "unpair.lose.one": "1 scan is not sent yet and would be lost. Unpair all the same?",
  "unpair.lose.other": "{count} scans are not sent yet and would be lost. Unpair all the same?",

  "scan.direction": "Direction",
  "scan.in": "Entry",
  "scan.out": "Exit",
  "scan.code": "Ticket code",
  "scan.hint": "A hand-held reader types here by itself.",
  "scan.scan": "Scan",
  "scan.asking": "Asking the hub",
  "scan.next": "Next",
  "read.waiting.one": "1 more was read, and waits",
  "read.waiting.other": "{count} more were read, and wait",
  "read.tooMany": "Too many at once: the last one was not taken. Scan it again.",
  "scan.force": "Let in all the same",
  "scan.letFits": "Let {count} in",
  "scan.exitOn": "EXIT",
  "scan.undo": "Undo",
  "undo.ask": "Take this scan back?",
  "scan.undone": "Taken back",
  "scan.undoLate": "After 15 minutes only an organiser can take a scan back: tell one.",
  "scan.undoFailed": "The hub cannot be reached: nothing was taken back.",
  "scan.light": "Light",
  "scan.recent": "Last scans of this phone",
  "scan.none": "Nothing scanned yet.",
  "scan.guest": "Guest",
  "scan.unknown": "Unknown code",
  "scan.atDoor": "{count} in",
  "scan.atDoorOut": "{count} out",
  "scan.inside": "{count} inside",
  "scan.insideOf": "{count} of {limit} inside",
  "scan.venue": "The venue",

  "camera.on": "Use the camera",
  "camera.off": "Turn the camera off",
  "camera.NotAllowedError": "Allow the camera for this site in the browser's settings, then try again.",
  "camera.NotFoundError": "This device has no camera. Use a reader, or type the code.",
  "camera.NotReadableError": "Another app or tab uses the camera. Close it, then try again.",
  "camera.ended": "The camera was taken away from this page. Allow it again, then tap \"Use the camera\".",
  "camera.insecure": "The camera needs a secure address (https). Ask the organiser for it; a reader works meanwhile.",
  "camera.reader": "The QR reader could not be loaded: connect once, then try again. A reader or typing works meanwhile.",
  "camera.other": "The camera cannot be used now. Close other apps that use it, then try again.",

  "heads.title": "People without tickets",
  "heads.kind": "Who they are",
  "heads.walk_in": "Walk-in",
  "heads.child": "Child",
  "heads.crew": "Crew",
  "heads.more": "One more in",
  "heads.less": "One out",
  "heads.count": "{count} inside without a ticket",
  "heads.unanswered": "The hub has not answered. Tap the same again: it counts once.",

  "menu.title": "More",
  "menu.training": "Training: practise, nothing is recorded",
  "menu.trainingOn": "TRAINING. Nothing is recorded. Ends after 10 minutes.",
  "menu.trainingOver": "Training is over: from now on scans count.",
  "menu.party": "Ask how many of a reservation come in",
  "menu.sound": "Sound",
  "door.title": "Change door",
  "door.lead": "Where does this phone stand from now on?",
  "door.keep": "Stay here",
  "door.now": "This phone is at {door} now.",
  "door.alone": "The hub cannot be reached: the door stays as it is.",
  "door.waiting": "Scans of this door are not sent yet: change it once they are.",
  "menu.unpair": "Unpair this phone",

  "find.title": "Find a guest",
  "find.label": "Name, 3 letters or more; or e-mail, phone, order, ticket number, barcode, seat",
  "find.close": "Close",
  "find.none": "Nobody found.",
  "find.short": "Type 3 letters or digits or more.",
  "find.failed": "The search is not possible now. Try again.",
  "find.noneThen": "No guests at this time.",
  "find.noGuests": "No guests yet.",
  "find.offline": "Offline: as known on this phone; e-mail addresses are found whole.",
  "find.offlineNoNames": "Offline, and this phone may not see names: search by phone, e-mail, ticket number, order, barcode or seat.",
  "find.showing": "{when}: {came}",
  "find.came": "{came} of {booked} came",
  "find.allTimes": "All times",
  "find.others": "{count} found at other times",
  "find.next": "Show more",
  "find.phone": "phone …{end}",
  "find.order": "order {order}",
  "find.ticket": "Ticket",
  "find.price": "Price",
  "find.letIn": "Let this guest in",
  "find.letOut": "Record that this guest leaves",
  "find.look": "Look at this ticket",
  "state.valid": "Valid and not scanned",
  "state.scanned": "Valid and scanned",
  "state.unpaid": "Not paid",
  "state.canceled": "Canceled",
  "state.blocked": "Blocked",
  "state.expired": "Expired",
  "find.count.one": "1 guest",
  "find.count.other": "{count} guests",

  "party.title.one": "1 ticket in this reservation",
  "party.title.other": "{count} tickets in this reservation",
  "party.how": "How many come in now?",
  "party.cancel": "Nobody",

  "question.yes": "Yes",
  "question.no": "No",

  "force.title": "Let in all the same?",
  "force.lead": "It is on record with your reason.",
  "force.reason": "Reason",
  "force.list": "On the guest list",
  "force.paid": "Has paid",
  "force.back": "Was out for a moment",
  "force.known": "Known to the organiser",
  "force.yes": "Let in",
  "force.cancel": "Do not let in",

  "conflict.title.one": "1 conflict from being offline",
  "conflict.title.other": "{count} conflicts from being offline",
  "conflict.line": "{name}, {time}: {verdict} here. The hub: {reason}.",
  "conflict.undoLate": "{name}, {time}: taken back here, but it still counts: after 15 minutes only an organiser can take a scan back. Tell one.",
  "conflict.undoRefused": "{name}, {time}: taken back here, but it still counts. Tell an organiser. The hub: {reason}.",
  "conflict.seen": "Seen",
  "conflict.held": "This phone was taken out of service: its offline scans wait for the organiser.",
  "conflict.wrong.one": "1 scan could not be sent: show this phone to the organiser.",
  "conflict.wrong.other": "{count} scans could not be sent: show this phone to the organiser.",
};

/** @typedef {keyof typeof EN} Word */

const LANGUAGE = "en";
const plural = new Intl.PluralRules(LANGUAGE);
const numbers = new Intl.NumberFormat(LANGUAGE);

export const { say, sayCount, sayIfKnown } = speaking(EN);

/**
 * Return the readers of a table of texts: `say` a text, its `{name}`s filled with values; `sayCount` a text that
 * counts, by its name without ending, of which there are `.one` and `.other`; `sayIfKnown` a text that may be missing,
 * empty then.
 *
 * @template {string} Known
 * @param {Record<Known, string>} texts
 */
export function speaking(texts) {
  /**
   * @param {Known} word
   * @param {Record<string, string | number>} [values]
   */
  function sayOf(word, values = {}) {
    return texts[word].replace(/\{(\w+)\}/g, (_, name) => written(values[name])).replace(/\s+/g, " ").trim();
  }
  /**
   * @param {string} word
   * @param {number} count
   * @param {Record<string, string | number>} [values] besides `count`
   */
  function sayCountOf(word, count, values = {}) {
    const form = plural.select(count) === "one" ? "one" : "other";
    return sayOf(/** @type {Known} */ (`${word}.${form}`), { ...values, count });
  }
  /**
   * @param {string} word
   * @param {Record<string, string | number>} [values]
   */
  function sayIfKnownOf(word, values) {
    return word in texts ? sayOf(/** @type {Known} */ (word), values) : "";
  }
  return { say: sayOf, sayCount: sayCountOf, sayIfKnown: sayIfKnownOf };
}

/** @param {string | number | undefined} value */
function written(value) {
  return typeof value === "number" ? numbers.format(value) : (value ?? "");
}
