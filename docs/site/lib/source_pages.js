// Every source file and folder, each with a page: what the text links to.

import { posix } from "node:path";
import { codeHtml, languageOf } from "./highlight.js";
import { escape, relative } from "./html.js";
import { has, read, readSource, withoutTags } from "./repository.js";
import { folderPage, pageOf, sourcePage } from "./urls.js";
import { renderMarkdown } from "./markdown.js";

function crumbs(url, path, itself) {
    const parts = path.split("/");
    const links = parts.map((part, index) => (index === parts.length - 1
        ? escape(part) : `<a href="${relative(url, folderPage(parts.slice(0, index + 1).join("/")))}">${escape(part)}</a>`));
    return [`<a href="${relative(url, "src/index.html")}">sources</a>`, ...(itself ? links : [])].join(" / ");
}

// A file that stands in the other steps, too: where it is the same, byte for byte.
function sameIn(url, path, text, steps) {
    const step = steps.find(each => path.startsWith(`${each.folder}/`));
    if (!step) {
        return "";
    }
    const inside = path.slice(step.folder.length);
    const others = steps.filter(each => each !== step && has(each.folder + inside));
    const list = others.map(each => {
        const same = withoutTags(read(each.folder + inside)) === text;
        return `<a href="${relative(url, sourcePage(each.folder + inside))}"${same ? " class=as-here" : ""}>${each.number}${same ? "" : "*"}</a>`;
    });
    return list.length ? `<p class=note>Also in step ${list.join(" ")}${list.some(each => each.includes("*")) ? " (* another text)" : ""}</p>` : "";
}

export function sourceFilePage(path, steps) {
    const url = sourcePage(path);
    const text = withoutTags(readSource(path));
    const lines = codeHtml(text, languageOf(path, text)).split("\n")
        .map((line, index) => `<span id=L${index + 1}><a href="#L${index + 1}" aria-label="Line ${index + 1}" data-n=${index + 1}></a>${line}\n</span>`);
    const name = path.split("/").pop();
    return {
        url, kind: "source", title: path, heading: `<code>${escape(name)}</code>`, crumbs: crumbs(url, path, true), toc: [],
        html: `${sameIn(url, path, text, steps)}<pre class=lines tabindex=0 role=group aria-label="${escape(path)}"><code>${lines.join("")}</code></pre>`,
    };
}

export function sourceFolderPage(path, index) {
    const url = path ? folderPage(path) : "src/index.html";
    const prefix = path ? `${path}/` : "";
    const direct = all => all.filter(each => each.startsWith(prefix) && !each.slice(prefix.length).includes("/"));
    const entry = (target, label) => `<li><a href="${relative(url, target)}"><code>${escape(label)}</code></a></li>`;
    const folders = direct(index.folders).map(each => entry(folderPage(each), `${posix.basename(each)}/`));
    const files = direct(index.sources).map(each => entry(pageOf(each), posix.basename(each)));
    const readme = `${prefix}README.md`;
    const text = path && has(readme) ? renderMarkdown(read(readme), { file: readme, url }) : null;
    return {
        url, kind: "folder", title: path ? `${path}/` : "The sources", crumbs: path ? crumbs(url, path, true) : "", toc: [],
        heading: path ? `<code>${escape(posix.basename(path))}/</code>` : "The sources",
        html: `<ul class=files>${folders.join("")}${files.join("")}</ul>${text ? `<section class=readme><h2>${escape(text.title)}</h2>${text.html}</section>` : ""}`,
    };
}
