/**
 * Status of the relay, asked for again and again.
 *
 * @typedef {"connected" | "degraded" | "alone" | "catching_up" | "ended"} State
 * @typedef {{at: string, device: string | null, code: string, refused: string}} Refusal
 * @typedef {{name: string, state: State, since: string, last_exchange: string | null, waiting: number, behind: number,
 *   clock_ahead_s: number, inside: number, admitted: number, booked: number, ended: string | null, refused: number,
 *   refusals: Refusal[]}} Status
 */

const EVERY_MS = 2_000;
const WITHIN_MS = 5_000;
/** So long after the last answer it is still as good as the next one. */
const FRESH_MS = 8_000;
const LOOK_MS = 1_000;

/**
 * Follow the status: `show` is called with each answer, and `age` each second with when the last one came.
 *
 * @param {(status: Status) => void} show
 * @param {(staleSince: number | null) => void} age null: it is fresh
 */
export function followStatus(show, age) {
  let answeredAt = Date.now();
  const look = () => age(Date.now() - answeredAt > FRESH_MS ? answeredAt : null);
  const ask = async () => {
    const status = await statusNow();
    if (status) {
      answeredAt = Date.now();
      show(status);
    }
    look();
    setTimeout(ask, EVERY_MS);
  };
  setInterval(look, LOOK_MS);
  ask();
}

/** @returns {Promise<Status | null>} null where the relay does not answer */
async function statusNow() {
  try {
    const answer = await fetch("/api/relay/status", { cache: "no-store", signal: AbortSignal.timeout(WITHIN_MS) });
    if (answer.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
