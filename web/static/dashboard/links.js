/** Links to the administration, for those who may open it. */

/**
 * Lead a link to a ticket's page; where there is none, or the asker may not see it, the link leads nowhere.
 *
 * @param {HTMLElement} page
 * @param {Element | null} link
 * @param {string | undefined} ticket
 */
export function ticketPage(page, link, ticket) {
  const path = page.dataset.tickets && ticket ? `${page.dataset.tickets}/${ticket}` : null;
  if (!path) link?.removeAttribute("href");
  else if (link?.getAttribute("href") !== path) link?.setAttribute("href", path);
}
