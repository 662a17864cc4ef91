// Sentences for guests at the door, in their own language.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import "./catalogues.mjs";
import { sentenceFor, speakersOf } from "../../web/static/scanner/guest_sentence.js";

const textOf = (tag) => readFileSync(new URL(`../../web/locales/${tag}/at-door.ftl`, import.meta.url), "utf-8");
const guests = speakersOf(JSON.stringify(Object.fromEntries(["de", "es", "fr"].map((tag) => [tag, { dir: "ltr", text: textOf(tag) }]))));
const here = { now: Date.parse("2026-11-28T22:30:00Z"), timeZone: "Europe/Paris", guests };
const said = (language, body, more = {}) => sentenceFor({ ...body, ticket: { language, ...body.ticket } }, { ...here, ...more })?.text.replaceAll(/[\u00a0\u202f]/g, " ");

test("an admission welcomes the guest, and leads them to their seat", () => {
  assert.equal(said("fr", { code: "admitted" }), "Bienvenue !");
  assert.equal(said("fr", { code: "admitted", ticket: { seat: { block: "A", row: "3", seat: "12" } } }), "Bienvenue ! Bloc A, rang 3, place 12.");
  assert.equal(said("de", { code: "admitted", ticket: { seat: { row: "3", seat: "12", block: null } } }), "Willkommen! Reihe 3, Platz 12.");
});

test("a wrong door names the right ones, as their language lists them", () => {
  assert.equal(said("fr", { code: "wrong_door", doors: ["Porte Nord, à droite"] }), "Votre entrée : Porte Nord, à droite");
  assert.equal(said("fr", { code: "wrong_door", doors: ["Nord", "Sud"] }), "Votre entrée : Nord ou Sud");
  assert.equal(said("es", { code: "wrong_door", doors: ["Norte", "Sur"] }), "Su acceso: Norte o Sur");
  assert.equal(said("de", { code: "wrong_door" }), "Dieses Ticket gilt nicht an diesem Eingang.");
});

test("times and sums are the event's, written as the guest's language does", () => {
  assert.equal(said("de", { code: "already_scanned", ticket: { scanned_at: "2026-11-28T19:14:00+00:00" } }), "Dieses Ticket wurde schon um 20:14 benutzt.");
  assert.equal(said("fr", { code: "already_scanned", ticket: { scanned_at: "2026-11-28T19:14:00+00:00" } }, { timeZone: "Asia/Tokyo" }), "Ce billet a déjà été utilisé à 04:14.");
  assert.equal(said("es", { code: "unpaid", due: { amount: "1250.00", currency: "EUR" } }), "Falta por pagar de esta entrada: 1250,00 €");
  assert.equal(said("fr", { code: "unpaid" }), "Ce billet n’est pas encore réglé.");
});

test("a ticket of another day names its day, one of today the hours of admission", () => {
  const other = { date: "2026-12-04", time: "20:30" };
  const today = { date: "2026-11-28", time: "20:30" };
  assert.equal(said("fr", { code: "too_early", ticket: other }), "Votre billet est pour le vendredi 4 décembre, 20:30.");
  assert.equal(said("de", { code: "expired", ticket: { date: "2026-11-27", time: "20:30" } }), "Ihr Ticket ist für Freitag, 27. November, 20:30.");
  assert.equal(said("fr", { code: "expired", ticket: today }), "Ce billet n’est plus valable.");
  assert.equal(said("fr", { code: "too_early", ticket: today, opens_at: "2026-11-28T18:30:00+00:00" }), "Entrée à partir de 19:30.");
  assert.equal(said("es", { code: "too_late", ticket: today, closes_at: "2026-11-28T20:30:00+00:00" }), "El acceso se cerró a las 21:30.");
  assert.equal(said("fr", { code: "too_late", place: "Nord", ticket: other, closes_at: "2026-11-28T20:30:00+00:00" }), "Les entrées sont closes depuis 21:30.");
  assert.equal(said("fr", { code: "too_late", ticket: { date: "no day" } }), undefined);
});

test("each refusal of a guest's ticket has a sentence, and what is no guest's has none", () => {
  for (const code of ["canceled", "blocked", "full", "wrong_event", "replaced", "expired", "unpaid", "wrong_door"]) {
    for (const tag of guests.keys()) assert.match(said(tag, { code }) ?? "", /^\p{Lu}.*\.$/u, `${code} in ${tag}`);
  }
  for (const code of ["exited", "not_inside", "practice", "invalid_code", "confirm", ""]) assert.equal(said("fr", { code }), undefined);
});

test("a guest of the page's language, of one that the hub has not, or of none is shown nothing", () => {
  for (const language of ["en", "ja", "", undefined, null, "no tag <at all>", "__proto__"]) assert.equal(said(language, { code: "full" }), undefined);
  assert.equal(sentenceFor({ code: "full", ticket: { language: "fr" } }, { now: 0 }), null);
  assert.equal(sentenceFor({ code: "full" }, here), null);
});
