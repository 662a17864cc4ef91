// Loader of the pages' packages, for tests: they are installed beside the pages, not here.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));

/**
 * Return the address of a package's file.
 *
 * @param {string} name
 */
export const packaged = (name) => import(require.resolve(name));
