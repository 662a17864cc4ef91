// The packages that the pages are served with, for tests: they are installed beside the pages, not here.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));

/** @param {string} name */
export const packaged = (name) => import(require.resolve(name));
