/** What our scripts are held to beside their types (tsconfig.json). Run from the top: paths here begin there. */

import js from "@eslint/js";
import globals from "globals";

const WORKERS = ["web/static/**/worker.js"];

export default [
  js.configs.recommended,
  {
    files: ["web/static/**/*.js"],
    ignores: WORKERS,
    languageOptions: { globals: globals.browser },
  },
  {
    files: WORKERS,
    languageOptions: { globals: globals.serviceworker },
  },
  {
    files: ["tests/web/**/*.mjs"],
    languageOptions: { globals: globals.node },
  },
  {
    rules: {
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "MemberExpression[property.name=/^(inner|outer)HTML$/]", message: "Names come from strangers: write text." },
      ],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
    },
  },
];
