"use strict";

// A click on a picture says what matters in it. Two inputs for numbers keep that, and move the mark by keyboard.
document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll("[data-picture]")) {
        const input = box.querySelector("input[type=file]");
        const frame = box.querySelector(".backoffice-frame");
        const [across, down] = [input.dataset.focusX, input.dataset.focusY].map((name) => input.form.elements[name]);
        if (!across || !down) continue;
        const mark = document.createElement("span");
        mark.className = "backoffice-focus";

        // Where the picture lies within its frame, which shows all of it.
        function area(image) {
            const scale = Math.min(frame.clientWidth / image.naturalWidth, frame.clientHeight / image.naturalHeight);
            const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale];
            return { left: (frame.clientWidth - width) / 2, top: (frame.clientHeight - height) / 2, width, height };
        }

        function place() {
            const image = frame.querySelector("img");
            if (!image || !image.naturalWidth) {
                mark.remove();
                return;
            }
            const { left, top, width, height } = area(image);
            mark.style.left = `${left + (width * Number(across.value)) / 100}px`;
            mark.style.top = `${top + (height * Number(down.value)) / 100}px`;
            if (mark.parentElement !== frame) frame.append(mark);
        }

        function say(field, share) {
            field.value = Math.round(Math.min(Math.max(share, 0), 1) * 100);
            field.dispatchEvent(new Event("input", { bubbles: true }));
            field.dispatchEvent(new Event("change", { bubbles: true }));
        }

        frame.addEventListener("click", (event) => {
            const image = frame.querySelector("img");
            if (!image || !image.naturalWidth) return;
            const [{ left, top, width, height }, corner] = [area(image), frame.getBoundingClientRect()];
            say(across, (event.clientX - corner.left - left) / width);
            say(down, (event.clientY - corner.top - top) / height);
        });
        for (const field of [across, down]) field.addEventListener("input", place);
        // Another picture has another middle.
        input.addEventListener("change", () => [across, down].forEach((field) => say(field, 0.5)));
        frame.addEventListener("load", place, true);
        window.addEventListener("resize", place);
        place();
    }
});
