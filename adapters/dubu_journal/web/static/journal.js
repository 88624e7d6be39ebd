// What the pages do better with a script. Everything works without it.
"use strict";

document.addEventListener("keydown", (event) => {
  const field = document.getElementById("j-soeg");
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  // WCAG 2.1.4: whoever has switched shortcuts of one key off has switched this one off too.
  const off = /(^|; )genveje=fra(;|$)/.test(document.cookie);
  if (event.key === "/" && field && !off && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented) {
    event.preventDefault();
    field.focus();
  }
  if (event.key === "Escape") closeMenus(document.activeElement);
});

document.addEventListener("click", (event) => closeMenus(event.target));

// After a save that did not go through, the sentence about it is read first.
document.getElementById("fejl")?.focus();

// The case one is on is in view in the list of my cases, and the page stays where it is.
const list = document.querySelector(".j-list__inner");
const current = list?.querySelector(".is-current");
if (current && current.offsetTop + current.offsetHeight > list.clientHeight) {
  list.scrollTop = current.offsetTop - list.clientHeight / 2;
}

function closeMenus(where) {
  for (const menu of document.querySelectorAll(".j-bar__user[open]")) {
    if (where === document.activeElement && menu.contains(where)) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (!menu.contains(where)) {
      menu.open = false;
    }
  }
}
