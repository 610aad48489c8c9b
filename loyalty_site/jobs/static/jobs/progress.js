// Bars of jobs that go on are asked for anew every second; when the last has ended, the page is loaded once more, so
// that all it says of the job is true.
(() => {
    const going = () => [...document.querySelectorAll("[data-job-progress]:not([data-job-finished])")];

    async function refresh(bar) {
        const answer = await fetch(bar.dataset.jobProgress, { credentials: "same-origin", redirect: "error" });
        if (!answer.ok) throw new Error(answer.statusText);
        const holder = document.createElement("template");
        holder.innerHTML = (await answer.text()).trim();
        bar.replaceWith(holder.content.firstElementChild);
    }

    async function look() {
        const bars = going();
        if (!bars.length) return;
        if (document.visibilityState === "visible") {
            const asked = await Promise.allSettled(bars.map(refresh));
            if (asked.every((one) => one.status === "fulfilled") && going().length < bars.length) {
                location.reload();
                return;
            }
        }
        setTimeout(look, 1000);
    }

    document.addEventListener("DOMContentLoaded", () => setTimeout(look, 1000));
})();
