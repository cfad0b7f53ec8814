// Search over all sections of the text: from a server or from the file system, since all of it is in texts.js.
window.courseSearch = (() => {
    const { pages, sections } = window.courseTexts;
    const index = new window.MiniSearch({ fields: ["title", "page", "text"], tokenize: text => text.toLowerCase().split(/[^\p{L}\p{N}_]+/u).filter(Boolean) });
    index.addAll(sections.map(([page, , title, text], id) => ({ id, title, page: pages[page][1], text })));
    let dialog;
    let folder;
    let results = [];
    let selected = 0;

    // The chapters first, then what is beside them, then experiments and exercises.
    const weightOf = page => (page.includes("/") ? 0.04 : /^(\d\d_|cost|faults|conclusion)/.test(page) ? 1.5 : 1);

    // A section with the very words counts more, one that is named so most, one that says them often more than one that does in passing.
    function find(query) {
        const phrase = query.trim().toLowerCase();
        const words = phrase.split(/\s+/);
        const found = index.search(query, { boost: { title: 4, page: 2 }, prefix: term => term.length > 2, fuzzy: term => (term.length > 5 ? 0.15 : false), combineWith: "AND" });
        const all = found.length ? found : index.search(query, { boost: { title: 4, page: 2 }, prefix: true, fuzzy: 0.2 });
        return all.map(({ id, score }) => {
            const [page, , title, text] = sections[id];
            const times = text.toLowerCase().split(phrase).length - 1;
            const factor = (title.toLowerCase().includes(phrase) ? 4 : 1) * (1 + Math.log1p(times)) * weightOf(pages[page][0]);
            return { id, score: score * factor, words };
        }).sort((a, b) => b.score - a.score || a.id - b.id).slice(0, 12);
    }

    const escape = text => text.replace(/[&<>"]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

    function excerpt(text, phrase, words) {
        const low = text.toLowerCase();
        const hits = [phrase, ...words].map(each => low.indexOf(each)).filter(at => at >= 0);
        const from = Math.max(0, (hits[0] ?? 0) - 50);
        const piece = (from ? "… " : "") + text.slice(from, from + 150) + (text.length > from + 150 ? " …" : "");
        const pattern = words.map(each => escape(each).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
        return escape(piece).replace(new RegExp(pattern, "gi"), "<mark>$&</mark>");
    }

    function show() {
        const input = dialog.querySelector("input");
        const query = input.value;
        results = query.trim() ? find(query) : [];
        selected = 0;
        dialog.querySelector("ul").innerHTML = results.map(({ id, words }, at) => {
            const [page, , title, text] = sections[id];
            const name = title && title !== pages[page][1] ? `<small>${escape(pages[page][1])}</small>${escape(title)}` : escape(pages[page][1]);
            return `<li role=option id="found-${at}" data-at=${at}>${name}<small>${excerpt(text, query.trim().toLowerCase(), words)}</small></li>`;
        }).join("");
        dialog.querySelector("[role=status]").textContent = query.trim() ? `${results.length} sections. ↑ ↓ to choose, Enter to go there.` : "Type a word: SIGPIPE, queue group, dlopen.";
        select(0);
    }

    function select(at) {
        selected = Math.max(0, Math.min(at, results.length - 1));
        dialog.querySelectorAll("li").forEach((each, index_) => each.setAttribute("aria-selected", index_ === selected));
        const input = dialog.querySelector("input");
        results.length ? input.setAttribute("aria-activedescendant", `found-${selected}`) : input.removeAttribute("aria-activedescendant");
        input.setAttribute("aria-expanded", results.length > 0);
        dialog.querySelector(`#found-${selected}`)?.scrollIntoView({ block: "nearest" });
    }

    function go() {
        if (results[selected]) {
            const [page, anchor] = sections[results[selected].id];
            dialog.close();
            location.href = folder + pages[page][0] + (anchor ? `#${anchor}` : "");
        }
    }

    function create() {
        dialog = document.createElement("dialog");
        dialog.id = "search";
        dialog.setAttribute("aria-label", "Search");
        dialog.innerHTML = `<input type=search role=combobox aria-label="Search the course" aria-controls=found aria-expanded=false aria-autocomplete=list autocomplete=off placeholder="Search the course"><ul role=listbox id=found aria-label=Results></ul><p role=status></p>`;
        document.body.append(dialog);
        dialog.querySelector("input").addEventListener("input", show);
        dialog.addEventListener("keydown", event => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step) {
                event.preventDefault();
                select(selected + step);
            } else if (event.key === "Enter") {
                event.preventDefault();
                go();
            }
        });
        dialog.addEventListener("click", event => {
            const option = event.target.closest("li");
            if (option) {
                select(Number(option.dataset.at));
                go();
            } else if (event.target === dialog) {
                dialog.close();
            }
        });
    }

    function open(from) {
        folder = from;
        dialog ?? create();
        dialog.open || dialog.showModal();
        dialog.querySelector("input").select();
        show();
    }
    return { open, find: query => find(query).map(({ id }) => ({ page: pages[sections[id][0]][0], anchor: sections[id][1], title: sections[id][2] })) };
})();
