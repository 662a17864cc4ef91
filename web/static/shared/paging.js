/** Pagination of lists: the path of the next page. */

/**
 * Return the path of the next page, by the `Link` of an answer.
 *
 * @param {Response} answer
 * @returns {string | null} the next page's path, null after the last
 */
export function nextPage(answer) {
  const next = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get("Link") ?? "");
  const url = next && new URL(next[1], location.href);
  return url ? url.pathname + url.search : null;
}
