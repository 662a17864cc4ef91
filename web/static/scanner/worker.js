/**
 * Service worker of the scanner: the page opens without a network, from its cache.
 *
 * The hub writes `self.SHELL` before this file (handlers/pages/scanner.py): the files of one version, kept together, so that
 * a page is never made of two. What has its version in its address (packages, the QR reader) is kept as it is used.
 */

const worker = /** @type {ServiceWorkerGlobalScope & {SHELL: {version: string, files: string[]}}} */ (
  /** @type {unknown} */ (self)
);
const shell = `shell-${worker.SHELL.version}`;
const PACKAGES = "packages";

worker.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(forgetOld().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  if (request.mode === "navigate" && /^\/scanner\/?$/.test(pathname)) event.respondWith(kept("/scanner"));
  else if (pathname.startsWith("/static/vendor/")) event.respondWith(keptOnceUsed(request));
  else if (pathname.startsWith("/static/")) event.respondWith(kept(request));
});

async function keepShell() {
  const cache = await caches.open(shell);
  await cache.addAll(worker.SHELL.files.map((file) => new Request(file, { cache: "no-cache", credentials: "omit" })));
}

async function forgetOld() {
  const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== shell);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** @param {RequestInfo} request */
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
