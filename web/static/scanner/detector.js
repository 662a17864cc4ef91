/**
 * Detector of QR codes and barcodes in a picture: the browser's own reader where it has one (Chrome on Android, macOS and ChromeOS), else
 * ZXing as WebAssembly, served by the hub and fetched only then.
 *
 * @typedef {{detect: (picture: HTMLVideoElement) => Promise<{rawValue: string}[]>}} Detector
 */

/** Formats of our own tickets. */
const QR = /** @type {const} */ (["qr_code"]);
/** Formats of tickets that were sold elsewhere. */
const ALL = /** @type {const} */ (["qr_code", "ean_13", "upc_a", "code_128", "pdf417", "aztec", "data_matrix"]);
const WASM = "/static/vendor/zxing-wasm@3.1.3/zxing_reader.wasm";

/**
 * Return a detector of codes, which reads barcodes, too, as soon as there are any: the guest list may come after the camera.
 *
 * @param {() => boolean} hasBarcodes whether tickets of this event have barcodes of other sellers: each format takes time
 * @returns {Promise<Detector>} rejects where the reader cannot be fetched
 */
export async function makeDetector(hasBarcodes) {
  let readsAll = hasBarcodes();
  let detector = await detectorOf(readsAll ? ALL : QR);
  return {
    async detect(picture) {
      if (!readsAll && hasBarcodes()) {
        readsAll = true;
        detector = await detectorOf(ALL).catch(() => detector);
      }
      return detector.detect(picture);
    },
  };
}

/**
 * @param {typeof QR | typeof ALL} formats
 * @returns {Promise<Detector>}
 */
async function detectorOf(formats) {
  const isOwn = await hasOwn(formats);
  return isOwn ? new /** @type {any} */ (globalThis).BarcodeDetector({ formats }) : makeOurs(formats);
}

/** Fetch the detector before it is needed: there may be no network then. */
export async function prepareDetector() {
  if (!(await hasOwn(ALL))) await makeOurs(QR);
}

/** @param {readonly string[]} formats */
async function hasOwn(formats) {
  const own = /** @type {any} */ (globalThis).BarcodeDetector;
  const supported = (await own?.getSupportedFormats?.().catch(() => [])) ?? [];
  return formats.every((format) => supported.includes(format));
}

/** @param {typeof QR | typeof ALL} formats */
async function makeOurs(formats) {
  const zxing = await import("/static/vendor/barcode-detector@3.2.2/ponyfill.js");
  await zxing.prepareZXingModule({ overrides: { locateFile: () => WASM }, fireImmediately: true });
  return new zxing.BarcodeDetector({ formats: [...formats] });
}
