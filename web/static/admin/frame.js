/** The frame of every page: on a phone the navigation is wider than the screen, and begins at the page that one is on. */

document.querySelector('.admin-nav [aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "center" });
