"use strict";

// "/" goes to the search box from wherever nothing is being typed; Escape goes back.
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("backoffice-find");
  if (!box) return;
  if (event.key === "Escape" && event.target === box) {
    box.blur();
    return;
  }
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation(); // a list would take it for its own box
  box.focus();
  box.select();
}, true);
