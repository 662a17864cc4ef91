/** Installation of the page as an app: it opens without a network, and its QR reader is there before it is needed. */

import { hasCamera } from "./camera.js";
import { prepareDetector } from "./detector.js";

/** Register the service worker, which keeps the page. Over plain http on a venue's network there is none. */
export function keepPage() {
  navigator.serviceWorker?.register("/scanner/worker.js", { scope: "/scanner" }).catch(() => {});
}

/** Fetch the QR reader where there is a camera and the browser has none of its own; the worker keeps it. */
export async function keepReader() {
  if (!(await hasCamera())) return;
  await navigator.serviceWorker?.ready;
  await prepareDetector().catch(() => {});
}
