/** Texts of several pages of the administration. */

export const COMMON = {
  "any.unreachable": "The hub cannot be reached. Check the connection, then try again.",
  "any.failed": "Something went wrong here: try again",
  "any.cancel": "Go back",
  "any.wrong": "Something is not right yet: see below.",
  "any.saved": "Saved.",
  "any.none": "None",
  "any.yes": "Yes",
  "any.no": "No",
  "any.once": "It is shown this once: copy it now, and keep it as you keep a password.",
  "any.copy": "Copy",
  "any.copied": "Copied",
  "any.copyByHand": "This browser copies only on a secure address (https): select the text and copy it by hand.",
};
