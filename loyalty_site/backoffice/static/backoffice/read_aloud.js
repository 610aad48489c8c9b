// Choices that are typed stand in for a hidden field, whose label they do not take over by themselves: what reads a
// page aloud is told it here.
(() => {
    function name(field) {
        const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
        const shown = field.nextElementSibling;
        if (!label || !shown || !shown.classList.contains("select2")) return;
        const text = label.textContent.replace("*", "").trim();
        const box = shown.querySelector("[role=combobox]");
        if (box) {
            box.removeAttribute("aria-labelledby");
            box.setAttribute("aria-label", [text, box.textContent.replace("×", "").trim()].filter(Boolean).join(": "));
        }
        shown.querySelectorAll("input, [role=textbox]").forEach((input) => input.setAttribute("aria-label", text));
    }

    const all = () => document.querySelectorAll("select.select2-hidden-accessible").forEach(name);

    // An icon is a word in a font of pictures, such as "upload_file": what stands beside it says the same in English.
    const icons = () =>
        document.querySelectorAll(".material-symbols-outlined").forEach((icon) => (icon.ariaHidden = "true"));

    document.addEventListener("DOMContentLoaded", () => {
        icons();
        window.django?.jQuery?.(all); // after what draws the choices, which asked to be called earlier
    });
    document.addEventListener("change", all);
    document.addEventListener("focusin", ({ target }) => {
        if (!target.classList.contains("select2-search__field") || target.hasAttribute("aria-label")) return;
        const box = document.querySelector(".select2-container--open [role=combobox]");
        if (box) target.setAttribute("aria-label", box.getAttribute("aria-label") ?? "");
    });
})();
