"use strict";

// A button with data-copies puts the text of the element of that id on the clipboard, and the status beside it says so.
(() => {
    async function copied(element) {
        if (navigator.clipboard) {
            try {
                await navigator.clipboard.writeText(element.textContent.trim());
                return true;
            } catch {
                // not allowed here: the older way, below, may be
            }
        }
        getSelection().selectAllChildren(element);
        return document.execCommand("copy");
    }

    document.addEventListener("click", async (event) => {
        const button = event.target.closest("[data-copies]");
        if (button) {
            const status = button.parentElement.querySelector("[role=status]");
            const done = await copied(document.getElementById(button.dataset.copies));
            status.textContent = done ? status.dataset.copied : status.dataset.failed;
        }
    });
})();
