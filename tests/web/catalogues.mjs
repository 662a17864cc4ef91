// The English catalogues, as a page has them before its modules run: to be imported before what says messages.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";

const web = new URL("../../web/", import.meta.url);
const english = new URL("locales/en/", web);

globalThis.document = { documentElement: { lang: "en", dir: "ltr" } };
globalThis.FluentBundle = createRequire(new URL("package.json", web))("@fluent/bundle");
globalThis.catalogues = readdirSync(english).map((file) => readFileSync(new URL(file, english), "utf-8"));
