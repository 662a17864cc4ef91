/** Lists that come page by page: where the next page is. */

/**
 * @param {Response} answer
 * @returns {string | null} the next page's path, null after the last
 */
export function nextPage(answer) {
  const next = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get("Link") ?? "");
  const url = next && new URL(next[1], location.href);
  return url ? url.pathname + url.search : null;
}
