// The switch between dark and light, search on demand, and what opens and closes.
(() => {
    const root = document.documentElement;
    const folder = document.body.dataset.root;

    document.querySelector("#theme").addEventListener("click", () => {
        const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
        root.dataset.theme = dark ? "light" : "dark";
        try { localStorage.theme = root.dataset.theme; } catch { /* it is not remembered, then */ }
    });

    function load(name) {
        return new Promise((resolve, reject) => {
            const script = document.createElement("script");
            script.src = `${folder}assets/${name}`;
            script.onload = resolve;
            script.onerror = reject;
            document.head.append(script);
        });
    }

    let searching;
    async function openSearch() {
        searching ??= Promise.all([load("minisearch.js"), load("texts.js")]).then(() => load("search.js"));
        await searching;
        window.courseSearch.open(folder);
    }
    document.querySelector("#search-open").addEventListener("click", openSearch);
    document.querySelector("[data-search]")?.addEventListener("click", openSearch);
    document.addEventListener("keydown", event => {
        const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
        if ((event.key === "/" && !typing) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
            event.preventDefault();
            openSearch();
        }
    });

    document.querySelectorAll("[data-files]").forEach(button => button.addEventListener("click", () =>
        document.querySelectorAll("details.file").forEach(each => { each.open = button.dataset.files === "open"; })));

    // What an address leads to is opened.
    function openTarget() {
        let name = location.hash.slice(1);
        try { name = decodeURIComponent(name); } catch { /* a % that begins no character: no such place */ }
        const target = document.getElementById(name);
        const closed = target?.closest("details");
        if (closed && !closed.open) {
            closed.open = true;
            target.scrollIntoView();
        }
    }
    addEventListener("hashchange", openTarget);
    openTarget();

    document.querySelectorAll(".menu a").forEach(link => link.addEventListener("click", () => { link.closest("details").open = false; }));
})();
