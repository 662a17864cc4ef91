/** The page of the API's reference: its search, and the entry that an address names, opened. */

const search = /** @type {HTMLInputElement} */ (document.getElementById("search"));
const found = /** @type {HTMLElement} */ (document.getElementById("found"));
const families = [...document.querySelectorAll(".reference-family")].map((family) => ({
  family: /** @type {HTMLElement} */ (family),
  entries: [...family.querySelectorAll("details")].map((entry) => ({
    entry,
    text: `${entry.id} ${entry.querySelector("summary")?.textContent ?? ""}`.toLowerCase(),
  })),
}));

/** Show the entries that hold every word of the search. */
function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { family, entries } of families) {
    let shown = 0;
    for (const { entry, text } of entries) {
      entry.hidden = !words.every((word) => text.includes(word));
      shown += entry.hidden ? 0 : 1;
    }
    family.hidden = shown === 0;
    count += shown;
  }
  found.textContent = words.length > 0 ? `${count} found` : "";
}

/** Open the entry that the address names. */
function open() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named instanceof HTMLDetailsElement) {
    search.value = "";
    filter();
    named.open = true;
    named.scrollIntoView();
  }
}

search.addEventListener("input", filter);
addEventListener("hashchange", open);
filter();
open();
