/** Screen wake lock while the page is open: in the queue both hands are full. */

/** Keep the screen on while the page is visible. */
export function keepAwake() {
  if (!("wakeLock" in navigator)) return;
  document.addEventListener("visibilitychange", hold);
  hold();
}

/** The browser lets go whenever the page is hidden; it may refuse, for example when the battery is low. */
function hold() {
  if (document.visibilityState === "visible") navigator.wakeLock.request("screen").catch(() => {});
}
