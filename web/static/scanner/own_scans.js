/**
 * Own scans in the live flow: entries that come before the answer to the scan that made them. Pure.
 *
 * @typedef {{code: string, details: Record<string, any>}} Verdict
 */

/** Scans that the hub may have made into an entry: alone, a phone may have to refuse, or to ask, by what it knows only. */
const MAY_ENTER = new Set(["admitted", "offline", "confirm"]);

/**
 * The journal tells every phone of a scan, and may be faster than the answer to the phone that made it. Then the scan
 * stands against itself ("already scanned", "not inside"), where in truth the hub has let this guest through.
 *
 * @template {Verdict} V
 * @param {V | null} foreseen what this phone would have decided before it asked the hub
 * @param {V} judged what it would decide now
 * @returns {V} the scan's own verdict, where only the scan itself came between
 */
export function unlessAgainstItself(foreseen, judged) {
  if (foreseen === null) return judged;
  if (foreseen.code === "exited" && judged.code === "not_inside") return foreseen;
  const { same_device: isOurs, last } = judged.details;
  const isOwnEntry = judged.code === "already_scanned" && isOurs && last.at !== foreseen.details.last?.at;
  return isOwnEntry && MAY_ENTER.has(foreseen.code) ? { ...judged, code: "admitted", details: {} } : judged;
}
