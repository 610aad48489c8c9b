"use strict";

// Shows the picture that somebody chooses, and says what is wrong with it, before it is sent. The server decides.
document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll("[data-picture]")) {
        const input = box.querySelector("input[type=file]");
        const remove = box.querySelector("input[type=checkbox]");
        const frame = box.querySelector(".backoffice-frame");
        const complaint = box.querySelector(".backoffice-picture-complaint");
        const kept = [...frame.childNodes];
        input.hasChangeListener = true; // else the theme looks for the parts of its own input around ours

        function complain(text, facts) {
            complaint.textContent = (text || "").replace(/%\((\w+)\)s/g, (found, name) => facts[name]);
            complaint.hidden = !text;
        }

        // What else is asked of a picture shows once there is one.
        function tellThere() {
            const isKept = kept.some((part) => part.nodeName === "IMG") && !(remove && remove.checked);
            box.classList.toggle("backoffice-picture-there", Boolean(input.files.length) || isKept);
        }

        function judge(image) {
            const limits = input.dataset;
            if (image.naturalWidth < Number(limits.leastWidth)) {
                complain(limits.tooNarrow, { width: image.naturalWidth, least: limits.leastWidth });
            } else if (image.naturalHeight < Number(limits.leastHeight)) {
                complain(limits.tooLow, { height: image.naturalHeight, least: limits.leastHeight });
            }
        }

        input.addEventListener("change", () => {
            const [file] = input.files;
            complain("");
            if (!file) {
                frame.replaceChildren(...kept);
                tellThere();
                return;
            }
            if (remove) remove.checked = false;
            box.classList.remove("backoffice-picture-removed");
            tellThere();
            const image = document.createElement("img");
            image.alt = file.name;
            image.addEventListener("load", () => URL.revokeObjectURL(image.src));
            if (file.size > Number(input.dataset.largest)) {
                const size = Math.ceil((file.size / 1048576) * 10) / 10;
                complain(input.dataset.tooLarge, { size, most: Number(input.dataset.largest) / 1048576 });
            } else {
                image.addEventListener("load", () => judge(image));
                image.addEventListener("error", () => complain(input.dataset.noPicture, {}));
            }
            image.src = URL.createObjectURL(file);
            frame.replaceChildren(image);
        });

        for (const event of ["dragenter", "dragover"]) {
            box.addEventListener(event, (dragged) => {
                dragged.preventDefault();
                box.classList.add("backoffice-picture-over");
            });
        }
        box.addEventListener("dragleave", (dragged) => {
            if (!box.contains(dragged.relatedTarget)) box.classList.remove("backoffice-picture-over");
        });
        box.addEventListener("drop", (dropped) => {
            dropped.preventDefault();
            box.classList.remove("backoffice-picture-over");
            const [file] = dropped.dataTransfer.files;
            if (!file) return;
            const chosen = new DataTransfer(); // one picture, however many were dropped
            chosen.items.add(file);
            input.files = chosen.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        });

        if (!remove) continue;
        remove.addEventListener("change", () => {
            box.classList.toggle("backoffice-picture-removed", remove.checked);
            tellThere();
            if (remove.checked && input.value) {
                input.value = "";
                input.dispatchEvent(new Event("change"));
            }
        });
    }
});
