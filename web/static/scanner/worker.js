/**
 * Service worker of the scanner: the page opens without a network, from its cache, in each language.
 *
 * The hub writes `self.SHELL` before this file (handlers/pages/scanner.py): the files of one version, kept together, so that
 * a page is never made of two. What has its version in its address (packages, the QR reader) is kept as it is used.
 *
 * @typedef {{version: string, files: string[], packages: string[], languages: string[], language: string}} Shell `packages`
 *   are the addresses of all that are served now, `languages` the tags of all that the page is kept in, `language` is the hub's
 */

const worker = /** @type {ServiceWorkerGlobalScope & {SHELL: Shell}} */ (/** @type {unknown} */ (self));
const shell = `shell-${worker.SHELL.version}`;
const PACKAGES = "packages";
/** The reader's choice and the event's language, which outlast a version. */
const LANGUAGE = "language";
const PAGE = /^\/scanner\/?$/;

worker.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(forgetOld().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  const chosen = searchParams.get("language");
  if (request.mode === "navigate" && PAGE.test(pathname)) event.respondWith(chosen === null ? page(request) : choose(request, chosen));
  else if (pathname.startsWith("/static/vendor/")) event.respondWith(keptOnceUsed(request));
  else if (pathname.startsWith("/static/")) event.respondWith(kept(request));
});

worker.addEventListener("message", (event) => event.waitUntil(heard(event)));

// --- files ------------------------------------------------------------------------------------------------------------

async function keepShell() {
  const cache = await caches.open(shell);
  const { files, languages } = worker.SHELL;
  await cache.addAll(files.map((file) => new Request(file, { cache: "no-cache", credentials: "omit" })));
  await Promise.all(languages.map(async (tag) => cache.put(pageIn(tag), await fetchPage(tag))));
}

/** @param {string} tag */
async function fetchPage(tag) {
  const answer = await fetch("/scanner", { headers: { "Accept-Language": tag }, cache: "no-cache", credentials: "omit" });
  if (!answer.ok) throw new TypeError("the page is not there");
  return answer;
}

async function forgetOld() {
  const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== shell);
  await Promise.all([...old.map((name) => caches.delete(name)), forgetOldPackages()]);
}

async function forgetOldPackages() {
  const cache = await caches.open(PACKAGES);
  const old = (await cache.keys()).filter(({ url }) => !worker.SHELL.packages.includes(new URL(url).pathname));
  await Promise.all(old.map((request) => cache.delete(request)));
}

/** @param {Request} request */
async function kept(request) {
  return (await caches.match(request, { cacheName: shell })) ?? fetch(request);
}

/** @param {Request} request */
async function keptOnceUsed(request) {
  const found = await caches.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(PACKAGES)).put(request, answer.clone());
  return answer;
}

// --- languages --------------------------------------------------------------------------------------------------------

/** @param {string} tag @returns {string} the address that the page is kept under in a language */
function pageIn(tag) {
  return `/scanner?language=${tag}`;
}

/** @param {Request} request */
async function page(request) {
  const tag = await languageDue();
  return (tag === null ? null : await pageKept(tag)) ?? pageOfHub(request);
}

/**
 * Answer the hub's page; without a network the one that is kept in the language that is due where none was chosen: one in
 * another language is better than none.
 *
 * @param {Request} request
 */
async function pageOfHub(request) {
  try {
    return await fetch(request);
  } catch (away) {
    const instead = await pageKept(await languageUnchosen());
    if (!instead) throw away;
    return instead;
  }
}

/** @param {string} tag */
async function pageKept(tag) {
  return (await caches.match(pageIn(tag), { cacheName: shell, ignoreVary: true })) ?? null;
}

/**
 * Return the language that the page is due in: the reader's choice, else the browser's, the event's, the hub's.
 *
 * @returns {Promise<string | null>} null for a choice that is not kept here: the hub has it, if any
 */
async function languageDue() {
  const chosen = await keptTag("chosen");
  if (chosen !== null) return worker.SHELL.languages.includes(chosen) ? chosen : null;
  return languageUnchosen();
}

/** @returns {Promise<string>} the language of readers who chose none */
async function languageUnchosen() {
  const { languages, language } = worker.SHELL;
  const ofEvent = await keptTag("ofEvent");
  return firstKnown(worker.navigator.languages) ?? (ofEvent !== null && languages.includes(ofEvent) ? ofEvent : language);
}

/** @param {readonly string[]} wanted the most wanted first, each looked for also without its last parts: `fr-CA`, `fr` */
function firstKnown(wanted) {
  const known = new Map(worker.SHELL.languages.map((tag) => [tag.toLowerCase(), tag]));
  for (const each of wanted) {
    const parts = each.toLowerCase().split("-");
    for (let length = parts.length; length > 0; length -= 1) {
      const tag = known.get(parts.slice(0, length).join("-"));
      if (tag) return tag;
    }
  }
  return null;
}

/**
 * Keep a reader's choice, and answer the page in it. A language that is not kept here the hub knows, if any.
 *
 * @param {Request} request
 * @param {string} tag
 */
async function choose(request, tag) {
  if (worker.SHELL.languages.includes(tag)) await keepTag("chosen", tag);
  return (await pageKept(tag)) ?? pageOfHub(request);
}

/** @param {ExtendableMessageEvent} event a page's word on its language: it is answered by what is due, null where that is the hub's, and what was chosen */
async function heard({ data, source }) {
  if (data.chosen) await keepTag("chosen", data.chosen); // a cookie that is gone takes back no choice
  if (data.ofEvent !== undefined) await keepTag("ofEvent", data.ofEvent);
  source?.postMessage({ language: await languageDue(), chosen: await keptTag("chosen") });
}

/** @param {"chosen" | "ofEvent"} name */
async function keptTag(name) {
  const found = await caches.match(`/scanner/${name}`, { cacheName: LANGUAGE });
  return found ? found.text() : null;
}

/**
 * @param {"chosen" | "ofEvent"} name
 * @param {string | null} tag
 */
async function keepTag(name, tag) {
  const cache = await caches.open(LANGUAGE);
  if (tag === null) await cache.delete(`/scanner/${name}`);
  else await cache.put(`/scanner/${name}`, new Response(tag));
}
