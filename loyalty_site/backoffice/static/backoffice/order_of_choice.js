"use strict";

// A browser submits the options of a list in the order of the page. What somebody chooses goes to the end of the
// list, so that the order of choice is what is sent.
document.addEventListener("DOMContentLoaded", () => {
    const $ = django.jQuery;
    $("select[data-order-of-choice]").on("select2:select", function (event) {
        const option = $(event.params.data.element);
        option.detach();
        $(this).append(option).trigger("change");
    });

    // What is typed into stands beside the list, and has no label of its own.
    window.addEventListener("load", () => {
        for (const select of document.querySelectorAll("select[data-order-of-choice]")) {
            const label = select.labels[0];
            const typed = select.parentElement.querySelector(".select2-search__field");
            if (label && typed) typed.setAttribute("aria-label", label.textContent.trim());
        }
    });
});
