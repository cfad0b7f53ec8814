// The chart answers: the step that is pointed at, focused or clicked tells what its figure consists of.
(() => {
    const show = step => document.querySelectorAll("[data-detail]").forEach(each => each.classList.toggle("shown", each.dataset.detail === step));
    document.querySelectorAll(".bar").forEach(bar => {
        for (const event of ["mouseenter", "focus"]) {
            bar.addEventListener(event, () => show(bar.dataset.step));
        }
        bar.addEventListener("click", event => {
            event.preventDefault();
            show(bar.dataset.step);
        });
    });
    show(document.querySelector("[data-detail]:last-child").dataset.detail);
})();
