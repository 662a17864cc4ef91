// The catalogues of a language, English unless `language=fr` is an argument, as a page has them before its modules run: to be
// imported before what says messages.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";

const web = new URL("../../web/", import.meta.url);
const lang = process.argv.find((each) => each.startsWith("language="))?.slice("language=".length) ?? "en";
const folder = new URL(`locales/${lang}/`, web);

globalThis.document = { documentElement: { lang, dir: "ltr" } };
globalThis.FluentBundle = createRequire(new URL("package.json", web))("@fluent/bundle");
globalThis.catalogues = readdirSync(folder)
  .filter((file) => file.endsWith(".ftl"))
  .map((file) => readFileSync(new URL(file, folder), "utf-8"));
