// Worker in a frame: search on pages that are opened from the disk, where browsers refuse workers. Only the documentation's
// site (mkdocs.yml) loads it.
class FrameWorker extends EventTarget {
  /** @param {string | URL} url */
  constructor(url) {
    super();
    this.frame = document.createElement("iframe");
    this.frame.hidden = true;
    document.body.append(this.frame);
    const inside = this.frame.contentWindow;
    inside.document.open();
    inside.document.write("<!doctype html><body></body>");
    inside.document.close();
    inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
    inside.importScripts = (...urls) => urls.reduce((before, one) => before.then(() => load(inside, one)), Promise.resolve());
    this.ready = load(inside, url);
  }

  postMessage(data) {
    const inside = this.frame.contentWindow;
    this.ready.then(() => inside.dispatchEvent(new MessageEvent("message", { data })));
  }

  terminate() {
    this.frame.remove();
  }
}

/** Load a script into a window. */
function load(inside, url) {
  return new Promise((resolve, reject) => {
    const script = inside.document.createElement("script");
    script.src = String(url);
    script.onload = resolve;
    script.onerror = () => reject(new Error("The search could not be loaded"));
    inside.document.body.append(script);
  });
}

if (location.protocol === "file:") window.Worker = FrameWorker;
