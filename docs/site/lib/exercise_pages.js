// Pages of experiments and exercises: the folder's files in one place, the solution behind a click.

import { escape } from "./html.js";
import { codeFigure, renderInlineMarkdown, renderMarkdown } from "./markdown.js";
import { has, listFiles, read } from "./repository.js";
import { textPage } from "./urls.js";

const namesIn = kind => [...new Set(listFiles().filter(path => path.startsWith(`docs/${kind}/`) && path.split("/").length > 3).map(path => path.split("/")[2]))];

// As the text shows it: without what only git needs, and without the lines that mark what the text shows.
const readPatch = path => read(path).replace(/^diff --git .*\n/gm, "").replace(/^[ +-] *(\/\/|#|\/\*) (tag|end)::.*\n/gm, "");

const section = (title, id, html) => `<h2 id="${id}">${title}</h2>${html}`;

export function experimentPages() {
    return namesIn("experiments").filter(name => has(`docs/experiments/${name}/expect`)).map(name => {
        const folder = `docs/experiments/${name}`;
        const [title, ...rest] = read(`${folder}/expect`).split("\n");
        const expected = rest.join("\n").trim();
        const patch = has(`${folder}/patch`) ? codeFigure(readPatch(`${folder}/patch`), "diff") : "";
        const asked = has(`${folder}/predict`) ? read(`${folder}/predict`) : "What will happen, and with which exit status?";
        const happens = `<p><em>Predict first.</em> ${renderInlineMarkdown(asked)}</p><details><summary>What it prints</summary>${codeFigure(expected, "console")}</details>`;
        const others = listFiles().filter(path => path.startsWith(`${folder}/`) && !/\/(expect|patch|predict)$/.test(path));
        const files = others.map(path => section(`<code>${escape(path.split("/").pop())}</code>`, path.split("/").pop(), codeFigure(read(path), "bash"))).join("");
        return {
            url: textPage(`${folder}/expect`), kind: "experiment", title, file: `${folder}/expect`, toc: [],
            meta: `experiment <code>${escape(name)}</code> · in a scratch copy: <code>docs/experiments/run ${escape(name)}</code>`,
            html: (patch ? section("What it changes", "change", patch) : "") + section("What happens", "happens", happens) + files,
            sections: [{ id: "", title, text: expected }],
        };
    });
}

export function exercisePages() {
    return namesIn("exercises").filter(name => has(`docs/exercises/${name}/README.md`)).map(name => {
        const folder = `docs/exercises/${name}`;
        const file = `${folder}/README.md`;
        const url = textPage(file);
        const text = renderMarkdown(read(file), { file, url });
        const part = (path, title, language) => (has(`${folder}/${path}`)
            ? `<details id="${path.split(".")[0]}"><summary>${title}</summary>${codeFigure((language === "diff" ? readPatch : read)(`${folder}/${path}`), language)}</details>` : "");
        return {
            ...text, url, kind: "exercise", file,
            html: text.html + part("test.patch", "The test", "diff") + part("unsolved", "What it prints before", "console")
                + part("solution.patch", "Our solution", "diff") + part("solved", "What it prints then", "console"),
        };
    });
}
