/** REST client of the administration, with the login's cookie. A refusal is a `Refused`, to be shown as it stands. */

import { nextPage } from "../shared/paging.js";
import { awaited } from "./loading.js";
import { say } from "../shared/say.js";

const CSRF = document.querySelector('meta[name="csrf"]')?.getAttribute("content") ?? "";

/** Refusal by the hub: `message` is for people, `errors` has a text for each field that is wrong. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   * @param {Record<string, string>} errors
   * @param {Record<string, any>} problem all that the hub said
   * @param {Record<string, string>} codes of the errors' texts, which are the same in all languages
   */
  constructor(status, code, message, errors, problem = {}, codes = problem.field_codes ?? {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.problem = problem;
    this.codes = codes;
  }

  /**
   * This refusal with its fields named as a form names them.
   *
   * @param {(name: string) => string} rename
   */
  renamed(rename) {
    const named = (/** @type {Record<string, string>} */ texts) => Object.fromEntries(Object.entries(texts).map(([name, text]) => [rename(name), text]));
    return new Refused(this.status, this.code, this.message, named(this.errors), this.problem, named(this.codes));
  }
}

/**
 * Return the JSON of a GET.
 *
 * @param {string} path
 * @returns {Promise<any>} Rejects with `Refused`
 */
export async function get(path) {
  return awaited(ask("GET", path).then((answer) => answer.json()));
}

/**
 * Return one page of a list, and the path of the next one.
 *
 * @param {string} path
 * @returns {Promise<{items: any[], next: string | null, total: number | null}>} `next` is the next page's path, null after
 *   the last; `total` is null where the list does not say it
 */
export async function getPage(path) {
  return awaited(ask("GET", path).then(pageOf));
}

/** @param {Response} answer */
async function pageOf(answer) {
  const total = answer.headers.get("X-Total-Count");
  return { items: await answer.json(), next: nextPage(answer), total: total === null ? null : Number(total) };
}

/**
 * Send a request that changes something, and return the answer's JSON.
 *
 * @param {"POST" | "PUT" | "PATCH" | "DELETE"} method
 * @param {string} path
 * @param {unknown} [body] goes as JSON
 * @param {Record<string, string>} [headers] beside the usual ones
 * @returns {Promise<any>} the answer's JSON, undefined where there is none. Rejects with `Refused`
 */
export async function send(method, path, body, headers = {}) {
  const answer = await ask(method, path, body === undefined ? undefined : JSON.stringify(body), { "Content-Type": "application/json", ...headers });
  return answer.status === 204 ? undefined : answer.json();
}

/**
 * Return the response to a request.
 *
 * @param {string} method
 * @param {string} path
 * @param {BodyInit} [body]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Response>} Rejects with `Refused`
 */
export async function ask(method, path, body, headers = { "Content-Type": "application/json" }) {
  let answer;
  try {
    answer = await fetch(path, { method, body, headers: { "Accept-Language": document.documentElement.lang, ...headers, "X-CSRF-Token": CSRF } });
  } catch {
    throw new Refused(0, "unreachable", say("any-unreachable"), {});
  }
  if (answer.ok) return answer;
  if (answer.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  const problem = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, problem.code ?? "", problem.detail ?? say("any-failed"), problem.errors ?? {}, problem);
}
