// All pages of the site, from the files of the repository.

import { compareSteps } from "./differences.js";
import { diffPage } from "./diff_page.js";
import { costChart, faultMatrix } from "./data_pages.js";
import { exercisePages, experimentPages } from "./exercise_pages.js";
import { escape, relative } from "./html.js";
import { renderMarkdown } from "./markdown.js";
import { runPage } from "./run_page.js";
import { has, listFiles, listSteps, read } from "./repository.js";
import { sourceFilePage, sourceFolderPage } from "./source_pages.js";
import { indexSources, textPage } from "./urls.js";

const title = "From monolith to distributed, in C++";

// The sentence for each file in the tables of changes: "05-06" to path to HTML.
function collectSentences() {
    const all = new Map();
    const collect = (pair, block) => {
        const sentences = all.get(pair) ?? new Map();
        all.set(pair, sentences);
        const cells = block.filter(token => token.type === "inline").map(token => token.content);
        for (let index = 4; index + 3 < cells.length + 1; index += 4) {
            const paths = [...(cells[index + 1] ?? "").matchAll(/`([^`]+)`/g)].map(match => match[1]);
            const sentence = escape(cells[index + 3] ?? "").replace(/`([^`]+)`/g, "<code>$1</code>");
            paths.forEach(path => sentences.set(path, sentence));
        }
    };
    return { all, collect };
}

function textPages(collect) {
    const files = listFiles().filter(path => path.endsWith(".md") && textPage(path) && !/^docs\/exercises\/.+\//.test(path));
    return files.map(file => {
        const url = textPage(file);
        return { ...renderMarkdown(read(file), { file, url, changes: collect }), url, file, kind: "text", scripts: [] };
    });
}

// What the written text calls the order of reading: its chapters, then what its contents list.
function order(pages, steps) {
    const byUrl = new Map(pages.map(page => [page.url, page]));
    const entry = (url, label, number) => (byUrl.has(url) ? [[url, label ?? byUrl.get(url).title, number]] : []);
    const chapters = steps.flatMap(step => entry(`${step.number}_${step.name}.html`, step.name, step.number));
    const known = new Set(["index.html", "contents.html", "contributing.html", "conclusion.html", ...chapters.map(each => each[0])]);
    const beyond = pages.filter(page => page.url.startsWith("beyond/")).map(page => [page.url, page.title]);
    const rest = pages.filter(page => page.kind === "text" && !page.url.includes("/") && !known.has(page.url)).map(page => [page.url, page.title]);
    const lists = [...entry("exercises/index.html", "Exercises"), ...entry("experiments/index.html", "Experiments")];
    return {
        chapters: [...chapters, ...entry("conclusion.html")],
        groups: [
            { title: "Start", links: [...entry("index.html", "What this is"), ...entry("contents.html", "Contents"), ...entry("run.html", "Run it here")] },
            { title: "Chapters", links: [...chapters, ...entry("conclusion.html")] },
            ...(beyond.length ? [{ title: "Beyond", links: beyond }] : []),
            { title: "Beside them", links: [...rest, ...lists] },
            { title: "Sources", links: [...entry("diff/index.html", "What each step changed"), ["src/index.html", "All files"], ...entry("book.html", "The book, to print"), ...entry("contributing.html")] },
        ],
    };
}

function link(pages, chain) {
    chain.forEach(([url], index) => {
        const page = pages.find(each => each.url === url);
        page.previous = chain[index - 1];
        page.next = chain[index + 1];
    });
}

function diffIndex(differences) {
    const url = "diff/index.html";
    const rows = differences.map(({ page, from, to }) => `<tr><th scope=row><a href="${relative(url, page.url)}">${from.number} → ${to.number}</a></th><td>${escape(to.name)}</td><td>${page.meta.split("·")[0]}</td></tr>`);
    return { url, kind: "text", title: "What each step changed", toc: [], html: `<div class=table role=group tabindex=0 aria-label="Differences"><table><thead><tr><th scope=col>steps</th><th scope=col>to</th><th scope=col>files</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>` };
}

function diffPages(steps, sentences) {
    const pairs = new Set(steps.slice(1).map((step, index) => `${steps[index].number}-${step.number}`));
    [...sentences.keys()].forEach(pair => pairs.add(pair));
    const byNumber = new Map(steps.map(step => [step.number, step]));
    return [...pairs].sort().map(pair => {
        const [from, to] = pair.split("-").map(number => byNumber.get(number));
        return { from, to, page: diffPage(compareSteps(from, to), sentences.get(pair)) };
    });
}

// Links of a chapter's table of changes, to the file in the page that shows its change.
function linkChanges(page, step, difference) {
    const to = relative(page.url, difference.page.url);
    const marker = /<div class="table"[^>]*><table>(?=(?:(?!<\/table>)[^])*?<td>(?:added|changed|moved|removed)<\/td>)/;
    const files = new Set([...difference.page.html.matchAll(/<details class="file [^"]*" id="([^"]+)"/g)].map(match => match[1]));
    page.html = page.html.replace(marker, table => `<p class=see><a href="${to}">See all of it side by side</a></p>${table}`);
    page.html = page.html.replace(/<td>(added|changed|moved|removed)<\/td>\s*<td>(.*?)<\/td>\s*<td>/g, (whole, kind, cell) => {
        const path = [...cell.matchAll(/<code>([^<]+)<\/code>/g)].map(match => match[1]).at(-1);
        const name = files.has(path) ? `<a href="${to}#${path}">${cell}</a>` : cell;
        return `<td><span class="badge ${kind}">${kind}</span></td><td>${name}</td><td class=lines-changed>`;
    });
}

// On paper nothing can be clicked.
const opened = html => html.replace(/<details>/g, "<details open>");

function book(pages, chain, steps) {
    const url = "book.html";
    const urls = new Set(chain.map(each => each[0]));
    const prefixOf = page => `${page.replace(/\W/g, "-").replace(/-html$/, "")}-`;
    const chapters = chain.map(([chapter]) => {
        const { file } = pages.find(page => page.url === chapter);
        const env = { file, url, anchorPrefix: prefixOf(chapter) };
        env.mergedAnchor = (page, anchor) => (urls.has(page) ? `#${prefixOf(page)}${anchor ?? "top"}` : page === "" ? `#${prefixOf(chapter)}${anchor}` : null);
        const text = renderMarkdown(read(file), env);
        return { title: text.title, id: `${prefixOf(chapter)}top`, html: text.html };
    });
    const contents = chapters.map(each => `<li><a href="#${each.id}">${escape(each.title)}</a></li>`).join("");
    return {
        url, kind: "book", title: "The book", heading: escape(title), toc: [],
        meta: `${steps.length} steps on one page · <a href="book.pdf">as a PDF</a>`,
        html: `<ol class=contents>${contents}</ol>` + chapters.map(each => `<section class=chapter><h2 id="${each.id}" class=chapter-title>${escape(each.title)}</h2>${opened(each.html)}</section>`).join(""),
    };
}

const notFound = () => ({
    url: "404.html", kind: "missing", title: "There is no such page", toc: [], base: process.env.SITE_BASE || "/",
    html: `<p>It may have another name now. Search for it, or begin with the <a href="contents.html">contents</a>.</p><p><button type=button class="script-only big" data-search>Search</button></p>`,
});

function enrich(page) {
    if (page.url === "cost.html") {
        page.html = page.html.replace(/<img[^>]*cost\.svg[^>]*>/, costChart());
        page.scripts = ["cost.js"];
    } else if (page.url === "faults.html") {
        page.html = page.html.replace(/<div class="table"[^]*?<\/div>/, faultMatrix());
    }
}

export function makeSite() {
    const index = indexSources();
    const steps = listSteps();
    const sentences = collectSentences();
    const pages = textPages(sentences.collect);
    pages.forEach(enrich);
    const differences = diffPages(steps, sentences.all);
    for (const difference of differences) {
        const page = pages.find(each => each.url === `${difference.to.number}_${difference.to.name}.html`);
        page.meta = [page.meta, `<a href="${relative(page.url, difference.page.url)}">what changed${page.meta ? ` since ${difference.from.number}` : ""}, side by side</a>`].filter(Boolean).join(" · ");
        linkChanges(page, difference.to, difference);
    }
    pages.push(...experimentPages(), ...exercisePages(), runPage(), diffIndex(differences), ...differences.map(each => each.page), notFound());
    const { chapters, groups } = order([...pages, { url: "book.html", title: "" }], steps);
    link(pages, chapters);
    pages.push(book(pages, chapters, steps));
    const searchable = pages.filter(page => page.sections);
    pages.push(...index.sources.filter(path => !textPage(path) || path.endsWith("/expect")).map(path => sourceFilePage(path, steps)));
    pages.push(...["", ...index.folders].map(path => sourceFolderPage(path, index)));
    return { title, menu: groups, pages, searchable, steps };
}
