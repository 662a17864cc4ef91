// Marks what a page's scripts say, so that the page can be shown in another language as it stands (in_place.py).
//
// A message that `say` returns is between marks that no eye sees, with its number in `said`: START number START text END.
(() => {
  const [START, END, ZERO, ONE] = ["\u2063", "\u2064", "\u2061", "\u2062"];
  const MARKED = new RegExp(`${START}([${ZERO}${ONE}]+)${START}|${END}`, "g");
  const SPOKEN = ["aria-label", "placeholder", "title", "alt"];
  const NOT_OURS = ".languages, code, #timezone, #language";
  const said = [];
  let fluent;

  const marks = (number) => [...number.toString(2)].map((digit) => (digit === "0" ? ZERO : ONE)).join("");
  const number = (marks) => parseInt([...marks].map((mark) => (mark === ZERO ? "0" : "1")).join(""), 2);

  // The script of Fluent sets a global, and fills it in afterwards: what pages take from it is made when they do.
  Object.defineProperty(globalThis, "FluentBundle", {
    configurable: true,
    get: () => fluent?.FluentBundle && { ...fluent, FluentBundle: marking(fluent.FluentBundle) },
    set: (value) => (fluent = value),
  });

  function marking(Bundle) {
    return class extends Bundle {
      getMessage(id) {
        this.last = id;
        return super.getMessage(id);
      }

      formatPattern(pattern, values, errors) {
        const text = super.formatPattern(pattern, values, errors);
        const isOurs = this.locales[0].startsWith(document.documentElement.lang);
        if (!isOurs || !text) return text;
        said.push({ id: this.last, values: { ...values } });
        return `${START}${marks(said.length - 1)}${START}${text}${END}`;
      }
    };
  }

  /** A text with what is marked in it said by `again`, and the rest of it by `rest`. */
  function resaid(text, again, rest) {
    let [done, depth, from, outer] = ["", 0, 0, 0];
    for (const { 0: mark, 1: digits, index } of text.matchAll(MARKED)) {
      if (digits && depth++ === 0) {
        done += rest(text.slice(from, index));
        outer = number(digits);
      } else if (!digits && depth > 0 && --depth === 0) {
        done += again(said[outer]);
        from = index + mark.length;
      }
    }
    return depth ? text : done + rest(text.slice(from));
  }

  /** What a language says of a message, with what was said within it. */
  function sayer({ locale, dir, texts }) {
    const bundle = new fluent.FluentBundle(locale, { useIsolating: dir === "rtl" });
    for (const text of texts) bundle.addResource(new fluent.FluentResource(text));
    const say = ({ id, values }) => {
      const own = Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? resaid(value, say, (text) => text) : value]);
      const pattern = bundle.getMessage(id)?.value;
      return pattern ? bundle.formatPattern(pattern, Object.fromEntries(own), []) : "";
    };
    return say;
  }

  /** Change all texts of the page; return how to change them back. */
  function changed(change) {
    const undo = [];
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE && !node.parentElement.closest("script, style, noscript")) {
        const [text, old] = [change(node.data), node.data];
        if (text !== old) undo.push(() => (node.data = old)), (node.data = text);
      }
      for (const name of node.nodeType === Node.ELEMENT_NODE ? SPOKEN : []) {
        const old = node.getAttribute(name);
        const text = old && change(old);
        if (text !== old) undo.push(() => node.setAttribute(name, old)), node.setAttribute(name, text);
      }
    }
    return () => undo.forEach((each) => each());
  }

  /** All that is read, by eyes or ears, but names of languages and zones, and what programs know a thing by. */
  function read() {
    const hidden = [...document.querySelectorAll(NOT_OURS)].filter(({ style }) => style.display === "");
    for (const { style } of hidden) style.display = "none";
    const text = readAll();
    for (const { style } of hidden) style.display = "";
    return text;
  }

  function readAll() {
    const spoken = [...document.querySelectorAll(SPOKEN.map((name) => `[${name}]`).join())];
    return [document.body.innerText, ...spoken.flatMap((each) => SPOKEN.map((name) => each.getAttribute(name)))].filter(Boolean).join(" ");
  }

  const isWide = () => document.documentElement.scrollWidth > innerWidth;

  /** A text of the hub's in another language, in the whitespace it stands in. */
  const from = (table) => (text) => (text.trim() in table ? text.replace(text.trim(), table[text.trim()]) : text);

  globalThis.inPlace = {
    /** The catalogues of the page, once; null where its languages are known. */
    needs() {
      if (this.languages) return null;
      return [...document.querySelectorAll("script[src^='/static/locales/']")].map(({ src }) => /(\w[\w-]*)\.js/.exec(src.split("/").pop())[1]);
    },
    /** Take the languages to look in, and the hub's own texts on the page. */
    give(languages) {
      this.languages = languages.map((each) => ({ ...each, say: fluent ? sayer(each) : () => "" }));
    },
    /** Look at the page in its own language and in the others, all in one turn: nothing else changes it meanwhile. */
    look() {
      const { lang, dir } = document.documentElement;
      const texts = read();
      const wide = isWide() ? [lang] : [];
      for (const each of this.languages) {
        const back = changed((text) => resaid(text, each.say, from(each.hub)));
        Object.assign(document.documentElement, { lang: each.tag, dir: each.dir });
        if (isWide()) wide.push(each.tag);
        Object.assign(document.documentElement, { lang, dir });
        back();
      }
      const own = Object.fromEntries(Object.keys(this.languages[0].hub).map((text) => [text, ""]));
      const back = changed((text) => resaid(text, () => "", from(own)));
      const rest = read();
      back();
      const ids = [...texts.matchAll(MARKED)].filter(([, digits]) => digits).map(([, digits]) => said[number(digits)]);
      return { texts: texts.replaceAll(MARKED, ""), rest, wide, said: ids };
    },
  };
})();
