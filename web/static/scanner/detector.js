/**
 * What reads a QR in a picture: the browser's own reader where it has one (Chrome on Android, macOS and ChromeOS), else
 * ZXing as WebAssembly, served by the hub and fetched only then.
 *
 * @typedef {{detect: (picture: HTMLVideoElement) => Promise<{rawValue: string}[]>}} Detector
 */

const FORMATS = /** @type {const} */ (["qr_code"]);
const WASM = "/static/vendor/zxing-wasm@3.1.3/zxing_reader.wasm";

/** @returns {Promise<Detector>} rejects where the reader cannot be fetched */
export async function makeDetector() {
  return (await hasOwn()) ? new /** @type {any} */ (globalThis).BarcodeDetector({ formats: FORMATS }) : makeOurs();
}

/** Fetch the reader before it is needed: there may be no network then. */
export async function prepareDetector() {
  if (!(await hasOwn())) await makeOurs();
}

async function hasOwn() {
  const own = /** @type {any} */ (globalThis).BarcodeDetector;
  const formats = (await own?.getSupportedFormats?.().catch(() => [])) ?? [];
  return formats.includes(FORMATS[0]);
}

async function makeOurs() {
  const zxing = await import("/static/vendor/barcode-detector@3.2.2/ponyfill.js");
  await zxing.prepareZXingModule({ overrides: { locateFile: () => WASM }, fireImmediately: true });
  return new zxing.BarcodeDetector({ formats: [...FORMATS] });
}
