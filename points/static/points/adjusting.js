"use strict";

/* What a balance would be, and whether a second person is needed, while the number of points is typed. */
document.addEventListener("DOMContentLoaded", () => {
    const outlook = document.querySelector("[data-outlook]");
    const input = document.querySelector("input[name='points']");
    if (!outlook || !input) {
        return;
    }
    const { balance, sign, alone } = Object.fromEntries(
        Object.entries(outlook.dataset).map(([name, text]) => [name, Number(text)]),
    );
    const after = outlook.querySelector("[data-after]");
    const tooMany = document.querySelector("[data-too-many]");
    const second = document.querySelector("[data-second]");

    const show = () => {
        const points = /^\d+$/.test(input.value.trim()) ? Number(input.value) : 0;
        const result = balance + sign * points;
        after.textContent = points && result >= 0 ? String(result) : "–";
        tooMany.hidden = result >= 0;
        second.hidden = result < 0 || points <= alone;
    };

    input.addEventListener("input", show);
    show();
});
