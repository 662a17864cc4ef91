/**
 * Language of the scanner: the reader's choice, else the browser's, else the event's, else the hub's.
 *
 * Without a network it is the service worker that decides, which knows no cookies and no event: this page says both to it.
 */

const COOKIE = /(?:^|; )language=([^;]+)/;
const KEPT_FOR_S = 365 * 86_400;

/**
 * Keep the language for the next time the page is opened, also without a network. Where another one is due by it, the page
 * is opened in that at once.
 *
 * @param {string | null} [ofEvent] the event's language; null: it has none
 */
export async function keepLanguage(ofEvent) {
  const registration = await navigator.serviceWorker?.ready;
  registration?.active?.postMessage({ chosen: COOKIE.exec(document.cookie)?.[1] ?? null, ofEvent });
}

/** Wire the choice of a language: the pairing code behind the # goes along, and the worker answers what is due. */
export function prepareLanguages() {
  keepChoice();
  for (const link of document.querySelectorAll(".languages a")) {
    const choice = /** @type {HTMLAnchorElement} */ (link);
    choice.addEventListener("click", () => (choice.hash = location.hash));
  }
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (data.chosen && !COOKIE.test(document.cookie)) keepInCookie(data.chosen);
    if (data.language && data.language !== document.documentElement.lang) location.reload();
  });
}

/** Keep the choice of an address that the worker answered: there was no hub to keep it in a cookie. */
function keepChoice() {
  const { lang } = document.documentElement;
  if (new URLSearchParams(location.search).get("language") !== lang) return;
  keepInCookie(lang);
  history.replaceState(null, "", location.pathname + location.hash);
}

/** @param {string} tag */
function keepInCookie(tag) {
  const isSecure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `language=${tag}; path=/; max-age=${KEPT_FOR_S}; samesite=lax${isSecure}`;
}
