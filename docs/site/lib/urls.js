// Which page shows which file: the only place that knows.

import { posix } from "node:path";
import { has, listFiles, readSource } from "./repository.js";

const textPages = [
    [/^README\.md$/, () => "index.html"],
    [/^docs\/README\.md$/, () => "contents.html"],
    [/^docs\/([^/]+)\.md$/, match => `${match[1]}.html`],
    [/^docs\/(experiments|exercises)\/README\.md$/, match => `${match[1]}/index.html`],
    [/^docs\/exercises\/([^/]+)\/README\.md$/, match => `exercises/${match[1]}.html`],
    [/^docs\/experiments\/([^/]+)\/expect$/, match => `experiments/${match[1]}.html`],
    [/^beyond\/README\.md$/, () => "beyond/index.html"],
    [/^beyond\/([^/]+)\/README\.md$/, match => `beyond/${match[1]}.html`],
    [/^([A-Z]+)\.md$/, match => `${match[1].toLowerCase()}.html`],
];

// The page of a file that is text of the course, not a source; or null.
export function textPage(path) {
    for (const [pattern, url] of textPages) {
        const match = pattern.exec(path);
        if (match) {
            return url(match);
        }
    }
    return null;
}

export const problems = new Set();  // of the build so far

let sources = new Set();
let folders = new Set();

// Call it once a build.
export function indexSources() {
    problems.clear();
    const hidden = /^docs\/site\/package-lock\.json$/;
    sources = new Set(listFiles().filter(path => !hidden.test(path) && readSource(path) !== null));
    folders = new Set();
    for (const path of sources) {
        for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder)) {
            folders.add(folder);
        }
    }
    return { sources: [...sources].sort(), folders: [...folders].sort() };
}

export const sourcePage = path => `src/${path}.html`;
export const folderPage = path => `src/${path}/index.html`;

// The page for a path of the repository, a file or a folder; null if there is none.
export function pageOf(path) {
    path = path.replace(/\/+$/, "");
    if (path === "" || path === ".") {
        return "src/index.html";
    }
    for (const index of [path, `${path}/README.md`, `${path}/expect`]) {
        const page = has(index) ? textPage(index) : null;
        if (page) {
            return page;
        }
    }
    if (sources.has(path)) {
        return sourcePage(path);
    }
    return folders.has(path) ? folderPage(path) : null;
}

// A link as it stands in a file, as a link of the page: [address, leads out].
export function rewriteLink(fromFile, href) {
    if (/^[a-z]+:/i.test(href)) {
        return { outside: href };
    }
    const [path, anchor] = href.split("#");
    if (path === "") {
        return { page: "", anchor };
    }
    const target = posix.normalize(posix.join(posix.dirname(fromFile), decodeURI(path)));
    const page = pageOf(target);
    if (!page) {
        problems.add(`${fromFile}: the link ${href} leads to ${target}, which is not there`);
        return { page: "404.html" };
    }
    return { page, anchor: anchor?.replace(/^L(\d+)$/, "L$1") };
}
