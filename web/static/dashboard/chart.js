/** Chart of an event's arrivals, drawn by uPlot in the page's own colours. */

/** @typedef {import("./stats.js").Series} Series */
/** @typedef {typeof import("uplot")} Plot the package's script is a plain one: it sets a global */

const { uPlot } = /** @type {{uPlot: Plot}} */ (/** @type {unknown} */ (globalThis));
const HEIGHT = 260;

export class Chart {
  #box;
  /** @type {import("uplot")} */
  #plot;

  /**
   * @param {HTMLElement} box what it fills
   * @param {{timeZone?: string, begins?: number, onPoint: (at: number | null) => void}} options
   *   `begins` is marked; `onPoint` gets the time under the pointer
   */
  constructor(box, { timeZone, begins, onPoint }) {
    this.#box = box;
    const tell = (/** @type {import("uplot")} */ plot) => {
      const index = plot.cursor.idx;
      onPoint(index === null || index === undefined ? null : plot.data[0][index]);
    };
    this.#plot = new uPlot(optionsOf(this.#size(), timeZone, begins, tell), [[], [], [], []], box);
    new ResizeObserver(() => this.#plot.setSize(this.#size())).observe(box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#plot.redraw());
  }

  /**
   * @param {Series} series
   * @param {Series | null} other another event, by our clock
   */
  show(series, other) {
    const lines = [[series.at, series.arrived, series.inside], [other?.at ?? [], other?.arrived ?? []]];
    this.#plot.setData(uPlot.join(/** @type {any} */ (lines)));
  }

  #size() {
    return { width: Math.max(200, this.#box.clientWidth), height: this.#box.clientHeight || HEIGHT };
  }
}

/**
 * @param {{width: number, height: number}} size
 * @param {string | undefined} timeZone
 * @param {number | undefined} begins
 * @param {(plot: import("uplot")) => void} onCursor
 * @returns {import("uplot").Options}
 */
function optionsOf(size, timeZone, begins, onCursor) {
  return {
    ...size,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false },
    tzDate: (at) => (timeZone ? uPlot.tzDate(new Date(at * 1000), timeZone) : new Date(at * 1000)),
    scales: { y: { range: (_, _least, most) => [0, Math.max(5, (most ?? 0) * 1.08)] } },
    axes: [axis({ values: [[3600, "{HH}:{mm}"], [60, "{HH}:{mm}"], [1, "{HH}:{mm}:{ss}"]].map(plainTimes), space: 64 }), axis({ size: 52, incrs: [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10000, 50000] })],
    series: [
      {},
      { stroke: () => colour("--pass"), fill: () => colour("--pass-soft"), width: 3, points: { show: false }, spanGaps: true },
      { stroke: () => colour("--exit"), width: 2, dash: [8, 4], points: { show: false }, spanGaps: true },
      { stroke: () => colour("--note"), width: 2, dash: [2, 4], points: { show: false }, spanGaps: true },
    ],
    hooks: { setCursor: [onCursor], draw: [(plot) => begins && markStart(plot, begins)] },
  };
}

/** @param {(string | number)[]} step */
function plainTimes([incr, text]) {
  return [incr, text, null, null, null, null, null, null, 1];
}

/** @param {object} own */
function axis(own) {
  return {
    stroke: () => colour("--ink-soft"),
    font: '12px system-ui, "Segoe UI", Roboto, sans-serif',
    grid: { stroke: () => colour("--line"), width: 1 },
    ticks: { show: false },
    ...own,
  };
}

/**
 * Draw where the event begins.
 *
 * @param {import("uplot")} plot
 * @param {number} begins
 */
function markStart(plot, begins) {
  const { min, max } = plot.scales.x;
  if (min === undefined || max === undefined || begins < min || begins > max) return;
  const { ctx, bbox } = plot;
  const x = plot.valToPos(begins, "x", true);
  ctx.save();
  ctx.strokeStyle = colour("--line-strong");
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

/** @param {string} name */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
