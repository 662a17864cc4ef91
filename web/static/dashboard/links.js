/** Links to the administration, for users who may open it. */

/**
 * Set a link to a ticket's page; without one, or without the right to see it, the link leads nowhere.
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
