// What needs no browser: links, sizes, and that the pages say what the data and ./course say.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { codeHtml, commandsHtml, consoleHtml } from "../lib/highlight.js";
import { slug } from "../lib/html.js";
import { renderMarkdown } from "../lib/markdown.js";
import { listSteps, root } from "../lib/repository.js";

export function filesIn(folder, below = "") {
    return readdirSync(join(folder, below), { withFileTypes: true }).flatMap(entry => {
        const path = below ? `${below}/${entry.name}` : entry.name;
        return entry.isDirectory() ? filesIn(folder, path) : [path];
    }).sort();
}

const unescape = text => text.replace(/&quot;/g, '"').replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
const tagAttributes = /<[a-z][^<>]*?\s(href|src)=("[^"]*"|[^\s>]+)/g;

// Every link and anchor of every page resolves, and none leaves but those that say so.
export function checkLinks(site, problem) {
    const pages = filesIn(site).filter(path => path.endsWith(".html"));
    const html = new Map(pages.map(path => [path, readFileSync(join(site, path), "utf8")]));
    const ids = new Map();
    for (const [path, text] of html) {
        const all = [...text.matchAll(/<[a-z][^<>]*?\sid=("[^"]*"|[^\s>]+)/g)].map(match => unescape(match[1].replace(/^"|"$/g, "")));
        ids.set(path, new Set(all));
        if (ids.get(path).size !== all.length) {
            problem(`${path}: an id stands there twice: ${all.find((id, index) => all.indexOf(id) !== index)}`);
        }
    }
    for (const [path, text] of html) {
        for (const match of text.matchAll(tagAttributes)) {
            checkLink(site, path, unescape(match[2].replace(/^"|"$/g, "")), ids, message => problem(`${path}: ${message}`), match[0]);
        }
    }
    return pages.length;
}

function checkLink(site, page, href, ids, problem, tag) {
    if (/^data:/.test(href)) {
        return;
    }
    if (/^[a-z]+:/i.test(href)) {
        if (!tag.startsWith("<a ")) {
            problem(`asks another origin: ${href}`);
        }
        return;
    }
    const [path, anchor] = href.split("#");
    const target = path ? posix.normalize(posix.join(page === "404.html" ? "." : posix.dirname(page), decodeURI(path))) : page;
    const file = target.endsWith("/") || target === "." ? posix.join(target, "index.html") : target;
    if (path.startsWith("/") && page !== "404.html") {
        problem(`a link is absolute: ${href}`);
    } else if (file === "404.html" && page !== "404.html") {
        problem("a link of the text leads nowhere; ./course site says which");
    } else if (!existsSync(join(site, file))) {
        problem(`the link ${href} leads nowhere`);
    } else if (anchor && !ids.get(file)?.has(decodeURIComponent(anchor))) {
        problem(`the link ${href} leads to no such place in its page`);
    }
}

// Every heading of the text has its anchor, which links from outside lead to.
export function checkAnchors(site, problem) {
    let count = 0;
    for (const file of readdirSync(join(root, "docs")).filter(each => each.endsWith(".md") && each !== "README.md")) {
        const html = readFileSync(join(site, file.replace(/md$/, "html")), "utf8");
        const text = readFileSync(join(root, "docs", file), "utf8").replace(/^(`{3,})[^]*?^\1/gm, "");
        for (const [, heading] of text.matchAll(/^##+ (.+)$/gm)) {
            const id = slug(heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1"));
            ++count;
            if (!html.includes(`id="${id}"`) && !html.includes(`id=${id}`)) {
                problem(`${file}: the heading '${heading}' has no anchor ${id}`);
            }
        }
    }
    return count;
}

// What looks like HTML in code, in a title or in a caption is text.
export function checkEscaping(problem) {
    const evil = "<img src=x onerror=alert(1)> \"a\" & <b>b</b>";
    const env = { file: "docs/README.md", url: "contents.html" };
    const made = {
        "code": codeHtml(`// ${evil}\nint x = "${evil}";`, "cpp"), "plain code": codeHtml(evil, "text"), "console": consoleHtml(`$ echo ${evil}\n${evil}`), "commands": commandsHtml(`echo ${evil}   ${evil}`),
        "a fence": renderMarkdown(`# T\n\n\`\`\`cpp\n${evil}\n\`\`\`\n`, env).html, "code in a line": renderMarkdown(`# T\n\n\`${evil}\`\n`, env).html,
        "a heading": renderMarkdown(`# T\n\n## \`${evil}\`\n\ntext\n`, env).html,
    };
    for (const [name, html] of Object.entries(made)) {
        if (/<img|<b>b/.test(html) || !html.includes("&lt;")) {
            problem(`${name} is not escaped: ${html}`);
        }
    }
}

// A site without this page is no site.
export function checkThereAre(site, wanted, problem) {
    wanted.filter(path => !existsSync(join(site, path))).forEach(path => problem(`${path} is missing`));
}

export function checkSizes(site, problem) {
    for (const path of filesIn(site).filter(each => each.endsWith(".html"))) {
        const { size } = statSync(join(site, path));
        const limit = path.startsWith("diff/") ? 400_000 : /^[^/]+\.html$/.test(path) && path !== "book.html" ? 150_000 : Infinity;
        if (size > limit) {
            problem(`${path} has ${size} bytes, more than ${limit}`);
        }
    }
}

export function checkIdentical(a, b, problem) {
    const [left, right] = [filesIn(a), filesIn(b)];
    const both = path => readFileSync(join(a, path)).equals(readFileSync(join(b, path)));
    left.filter(path => !right.includes(path)).concat(right.filter(path => !left.includes(path))).forEach(path => problem(`${path} is in one of two builds only`));
    left.filter(path => right.includes(path) && !both(path)).forEach(path => problem(`${path} differs between two builds`));
}

// The counts of ./course diff --stat, and its list of files.
export function checkDifferences(site, problem) {
    const pages = filesIn(site, "diff").filter(path => /\d\d-\d\d\.html$/.test(path));
    if (pages.length < listSteps().length - 1) {
        problem(`there are ${pages.length} pages of differences`);
    }
    for (const path of pages) {
        const [from, to] = /(\d\d)-(\d\d)/.exec(path).slice(1);
        const output = execFileSync(join(root, "course"), ["diff", from, to, "--stat"], { encoding: "utf8" });
        const text = readFileSync(join(site, path), "utf8");
        const summary = output.split("\n")[0].replace(/^.*?: /, "");
        const shown = /<span data-summary>(.*?)<\/span>/.exec(text)[1];
        if (summary !== shown) {
            problem(`${path} says ${shown}, ./course diff says ${summary}`);
        }
        const files = [...text.matchAll(/<details class="file [^>]*data-kind=(\w+) data-added=(\d+) data-removed=(\d+)><summary>.*?<code>(.*?)<\/code>/g)]
            .map(([, kind, added, removed, name]) => [kind, added === "0" ? "" : `+${added}`, removed === "0" ? "" : `-${removed}`, unescape(name.replace(/<\/?b>/g, "").replace("→", "->"))].filter(Boolean).join(" "));
        const listed = output.split("\n").slice(2).filter(Boolean).map(line => line.trim().replace(/\s+/g, " "));
        if (files.join("\n") !== listed.join("\n")) {
            problem(`${path} lists ${files.find((each, index) => each !== listed[index])}, ./course diff ${listed.find((each, index) => each !== files[index])}`);
        }
    }
    return pages.length;
}
