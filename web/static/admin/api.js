/** Asking the hub, as the person who is logged in. What it refuses comes as a `Refused`, to be shown as it stands. */

import { nextPage } from "../shared/paging.js";
import { say } from "./messages.js";

const CSRF = document.querySelector('meta[name="csrf"]')?.getAttribute("content") ?? "";

/** The hub said no: `message` is for people, `errors` has a text for each field that is wrong. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   * @param {Record<string, string>} errors
   * @param {Record<string, any>} problem all that the hub said
   */
  constructor(status, code, message, errors, problem = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.problem = problem;
  }
}

/**
 * Ask for JSON.
 *
 * @param {string} path
 * @returns {Promise<any>} Rejects with `Refused`
 */
export async function get(path) {
  return (await ask("GET", path)).json();
}

/**
 * Ask for one page of a list, and where the next one is.
 *
 * @param {string} path
 * @returns {Promise<{items: any[], next: string | null, total: number | null}>} `next` is the next page's path, null after
 *   the last; `total` is null where the list does not say it
 */
export async function getPage(path) {
  const answer = await ask("GET", path);
  const total = answer.headers.get("X-Total-Count");
  return { items: await answer.json(), next: nextPage(answer), total: total === null ? null : Number(total) };
}

/**
 * Send something to be done.
 *
 * @param {"POST" | "PUT" | "PATCH" | "DELETE"} method
 * @param {string} path
 * @param {unknown} [body] goes as JSON
 * @returns {Promise<any>} the answer's JSON, undefined where there is none. Rejects with `Refused`
 */
export async function send(method, path, body) {
  const answer = await ask(method, path, body === undefined ? undefined : JSON.stringify(body));
  return answer.status === 204 ? undefined : answer.json();
}

/**
 * @param {string} method
 * @param {string} path
 * @param {BodyInit} [body]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Response>} Rejects with `Refused`
 */
export async function ask(method, path, body, headers = { "Content-Type": "application/json" }) {
  let answer;
  try {
    answer = await fetch(path, { method, body, headers: { ...headers, "X-CSRF-Token": CSRF } });
  } catch {
    throw new Refused(0, "unreachable", say("any.unreachable"), {});
  }
  if (answer.ok) return answer;
  if (answer.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  const problem = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, problem.code ?? "", problem.detail ?? say("any.failed"), problem.errors ?? {}, problem);
}
