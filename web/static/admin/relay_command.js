/** Command line that starts a relay. Pure. */

const PLAIN = /^[\w@%+=:,./-]+$/;

/**
 * @param {{key: string, upstream: string, name: string, address: string}} relay `address`: as phones reach it; empty: on
 *   its own machine alone
 */
export function commandOf({ key, upstream, name, address }) {
  const start = [`HUB_UPSTREAM_KEY=${quoted(key)} .venv/bin/python run.py relay`, `--upstream ${quoted(upstream)}`, `--name ${quoted(name)}`];
  return [...start, ...(address ? servedAt(new URL(address)) : [])].join(" ");
}

/** @param {URL} address by https: phones take no other */
function servedAt({ origin, port }) {
  return ["--host 0.0.0.0", `--port ${port || 443}`, `--base-url ${quoted(origin)}`, "--tls-cert cert.pem", "--tls-key key.pem"];
}

/**
 * Quote an argument for a shell.
 *
 * @param {string} text
 */
function quoted(text) {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
