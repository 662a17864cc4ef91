/** Texts of problems: fields by name, and a sentence for each error of the API that says what to do. */

export const PROBLEMS = {
  "problem.this": "This {text}",
  "problem.is missing": "Fill this in.",
  "problem.is required": "Fill this in.",
  "problem.is needed": "Fill this in.",
  "problem.must not be empty": "Fill this in.",
  "problem.must be after starts_at": "The end must be after the beginning.",
  "problem.must be after its beginning": "The end must be after the beginning.",
  "problem.must be HH:MM": "Write a time of day, like 20:30.",
  "problem.must be YYYY-MM-DD": "Write a date, like 2026-12-24.",
  "problem.must be 00:00 to 23:59": "Write a time of day between 00:00 and 23:59.",
  "problem.must be printable": "Take out invisible characters: type the text instead of pasting it.",
  "problem.names must differ": "Two have the same name: give each its own.",
  "problem.the same time twice": "This time stands there twice: change or remove one.",
  "problem.names no zone of this event": "This zone is not there any more: choose another.",
  "problem.names a product that this event has not": "A product that is ticked here is not there any more: tick another.",
  "problem.is not the app's code of now": "That is not the code that the app shows now. Is the phone's clock right?",
  "problem.is wrong, or was used already": "That code is wrong, or was used already: take the next one.",
  "problem.is not your password": "That is not your password: try again.",
  "problem.is skipped by the change to summer time": "The clocks jump over this time when summer time begins: choose another.",
  "problem.is not in the calendar": "There is no such day: check the date.",
};
