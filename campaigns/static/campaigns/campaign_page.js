"use strict";

// Keeps the checklist and the preview beside a campaign's form as the form stands. The server makes both; nothing is
// saved by that.
document.addEventListener("DOMContentLoaded", () => {
    const beside = document.querySelector("[data-preview-url]");
    const form = beside && document.getElementById(beside.dataset.previewForm);
    if (!form) return;
    const switches = beside.querySelector("form");
    const picture = form.querySelector("input[type=file]");
    const stale = beside.querySelector(".campaign-stale");
    let waiting, asking, shown, pictureUrl;

    function asItStands() {
        const data = new FormData(form);
        const hasPicture = Boolean(picture && picture.files.length);
        if (picture) data.delete(picture.name);
        if (hasPicture) data.set("photo_chosen", "1");
        for (const [name, value] of new FormData(switches)) data.set(name, value);
        return data;
    }

    function show(html) {
        const answer = new DOMParser().parseFromString(html, "text/html");
        for (const part of answer.querySelectorAll("[data-live]")) {
            beside.querySelector(`[data-live="${part.dataset.live}"]`).replaceChildren(...part.childNodes);
        }
        const image = beside.querySelector("[data-chosen-picture]");
        if (!image) return;
        if (pictureUrl) URL.revokeObjectURL(pictureUrl);
        pictureUrl = URL.createObjectURL(picture.files[0]);
        image.src = pictureUrl;
    }

    async function ask() {
        const data = asItStands();
        const text = new URLSearchParams(data).toString() + (picture && picture.value);
        if (text === shown) return;
        if (asking) asking.abort();
        asking = new AbortController();
        try {
            const answer = await fetch(beside.dataset.previewUrl, {
                method: "POST",
                body: data,
                signal: asking.signal,
                headers: { "X-Requested-With": "XMLHttpRequest" },
            });
            stale.hidden = answer.ok && !answer.redirected;
            if (!stale.hidden) return;
            show(await answer.text());
            shown = text;
        } catch (error) {
            if (error.name !== "AbortError") stale.hidden = false;
        }
    }

    function soon() {
        clearTimeout(waiting);
        waiting = setTimeout(ask, 350);
    }

    // The theme's choosers tell of a change by jQuery alone; calendars fill their fields on a click, and tell nobody.
    django.jQuery(form).on("change", soon);
    for (const event of ["input", "change", "click"]) {
        form.addEventListener(event, soon);
        switches.addEventListener(event, soon);
    }
    document.addEventListener("click", (event) => {
        if (event.target.closest(".calendarbox, .clockbox")) soon();
    });
    switches.addEventListener("submit", (event) => event.preventDefault());

    // What cannot be published is not sent: a form that comes back has lost the picture that was chosen.
    const publish = document.querySelector("button[name=_publish]");
    let isJudged = false;
    async function judge(event) {
        if (isJudged) {
            isJudged = false;
            return;
        }
        event.preventDefault();
        clearTimeout(waiting);
        await ask();
        const obstacle = beside.querySelector(".campaign-blocks a");
        if (obstacle && stale.hidden) {
            beside.querySelector(".campaign-summary").scrollIntoView({ block: "center" });
            obstacle.focus({ preventScroll: true });
            return;
        }
        isJudged = true;
        publish.click();
    }
    if (publish) publish.addEventListener("click", judge);

    // A link of the checklist leads into the field, also where that is hidden behind a chooser.
    beside.addEventListener("click", (event) => {
        const link = event.target.closest('.campaign-checklist a[href^="#"]');
        const field = link && document.getElementById(link.hash.slice(1));
        if (!field) return;
        event.preventDefault();
        const chooser = field.parentElement.querySelector(".select2-search__field, .select2-selection");
        (field.closest("fieldset, .form-row") || field).scrollIntoView({ block: "center" });
        (field.classList.contains("select2-hidden-accessible") && chooser ? chooser : field).focus();
    });

    ask();
});
