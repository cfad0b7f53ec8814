// A page for what a step changed: each file closed or open, side by side or in one column.

import { escape, relative } from "./html.js";
import { languageOf, lineHtml, tokenLines } from "./highlight.js";
import { summaryOf } from "./differences.js";
import { sourcePage } from "./urls.js";

// Blanks count a little, so that they stay with what is the same.
const words = line => line.match(/\w+|\s+|[^\w\s]/g) ?? [];

// The parts of two lines that differ: a common subsequence of words. [[from, to]...] for each.
function changedWords(a, b) {
    const [x, y] = [words(a), words(b)];
    if (x.length * y.length > 40_000) {
        return [[], []];
    }
    const best = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1));
    for (let i = x.length - 1; i >= 0; --i) {
        for (let j = y.length - 1; j >= 0; --j) {
            best[i][j] = x[i] === y[j] ? best[i + 1][j + 1] + (2 * x[i].trim().length || 1) : Math.max(best[i + 1][j], best[i][j + 1]);
        }
    }
    const common = best[0][0] / 2;
    if (common * 2.5 < Math.min(a.trim().length, b.trim().length) || common === 0) {
        return [[], []];  // another line, not the same one changed
    }
    const ranges = [[], []];
    const mark = (side, at, length) => {
        const last = ranges[side].at(-1);
        last?.[1] === at ? (last[1] += length) : ranges[side].push([at, at + length]);
    };
    let [i, j, p, q] = [0, 0, 0, 0];
    while (i < x.length || j < y.length) {
        if (i < x.length && j < y.length && x[i] === y[j]) {
            [p, q] = [p + x[i++].length, q + y[j++].length];
        } else if (j >= y.length || (i < x.length && best[i + 1][j] >= best[i][j + 1])) {
            mark(0, p, x[i].length);
            p += x[i++].length;
        } else {
            mark(1, q, y[j].length);
            q += y[j++].length;
        }
    }
    return ranges;
}

function markedLine(tokens, ranges) {
    if (!ranges.length) {
        return lineHtml(tokens);
    }
    let at = 0;
    let html = "";
    for (const [kind, text] of tokens) {
        const cuts = [0, ...ranges.flat().map(each => each - at).filter(each => each > 0 && each < text.length), text.length];
        for (let index = 0; index + 1 < cuts.length; ++index) {
            const piece = lineHtml([[kind, text.slice(cuts[index], cuts[index + 1])]]);
            const begin = at + cuts[index];
            html += ranges.some(([from, to]) => begin >= from && begin < to) ? `<mark>${piece}</mark>` : piece;
        }
        at += text.length;
    }
    return html;
}

// A list numbers its lines, and an item needs no end: there are thousands.
const list = (kind, numbers, htmlOf) => (numbers.length ? `<ol start=${numbers[0]} class=${kind}>${numbers.map((number, index) => `<li>${htmlOf(number, index)}\n`).join("")}</ol>` : `<ol class=${kind}></ol>`);

// Lines that belong together: context, or removed lines and what stands in their place.
function blocksOf(hunk) {
    const blocks = [];
    let [old, fresh] = [hunk.old, hunk.new];
    for (const line of hunk.lines) {
        const context = line[0] === " ";
        let last = blocks.at(-1);
        if (!last || last.context !== context || (line[0] === "-" && last.fresh.length)) {
            blocks.push(last = { context, old: [], fresh: [] });
        }
        if (line[0] !== "+") {
            last.old.push(old++);
        }
        if (line[0] !== "-") {
            last.fresh.push(fresh++);
        }
    }
    return blocks;
}

function hunkHtml(hunk, before, after, single) {
    return blocksOf(hunk).map(block => {
        const lines = (kind, numbers, tokens, ranges) => list(kind, numbers, (number, index) => markedLine(tokens[number - 1], ranges?.[index] ?? []));
        if (single) {
            return lines(single, ...(block.fresh.length ? [block.fresh, after] : [block.old, before]));
        }
        if (block.context) {
            return `<div class=same>${lines("old", block.old, before)}${lines("new", block.fresh, after)}</div>`;
        }
        const text = (tokens, number) => tokens[number - 1].map(each => each[1]).join("");
        const pairs = block.old.slice(0, block.fresh.length).map((number, index) => changedWords(text(before, number), text(after, block.fresh[index])));
        return `<div class=edit>${lines("del", block.old, before, pairs.map(each => each[0]))}${lines("ins", block.fresh, after, pairs.map(each => each[1]))}</div>`;
    }).join("");
}

const quiet = path => /(^|\/)README\.md$|(^|\/)tests?\//.test(path) || /_test\.\w+$/.test(path);

function bodyOf(file) {
    if (!file.hunks.length) {
        return "<p class=note>Moved, and not a byte of it changed.</p>";
    }
    const tokens = text => (text === undefined ? [] : tokenLines(text, quiet(file.path) ? "text" : languageOf(file.path, text)));
    const [before, after] = [tokens(file.before), tokens(file.after)];
    const single = { added: "ins", removed: "del" }[file.kind];
    return `<div class="diff${single ? " one" : ""}" tabindex=0 role=group aria-label="${escape(file.path)}">`
        + file.hunks.map(hunk => hunkHtml(hunk, before, after, single)).join("<hr>") + "</div>";
}

function fileHtml(page, file, { from, to }, sentence) {
    const name = file.kind === "moved" ? `${escape(file.old)} → <b>${escape(file.path)}</b>` : `<b>${escape(file.path)}</b>`;
    const counts = `${file.added ? `<ins>+${file.added}</ins>` : ""} ${file.removed ? `<del>−${file.removed}</del>` : ""}`;
    const whole = sourcePage(`${file.kind === "removed" ? from.folder : to.folder}/${file.path}`);
    return `<details class="file ${file.kind}" id="${escape(file.path)}"${quiet(file.path) ? "" : " open"} data-kind=${file.kind} data-added=${file.added} data-removed=${file.removed}>`
        + `<summary><span class="badge ${file.kind}">${file.kind}</span> <code>${name}</code> <span class=counts>${counts}</span>`
        + (sentence ? `<span class=why>${sentence}</span>` : "") + "</summary>"
        + `<p class=whole><a href="${relative(page.url, whole)}">The whole file</a></p>${bodyOf(file)}</details>`;
}

export function diffPage(difference, sentences) {
    const { from, to, files, unchanged } = difference;
    const page = { url: `diff/${from.number}-${to.number}.html`, kind: "diff-page", title: `From ${from.number} ${from.name} to ${to.number} ${to.name}` };
    const chapter = relative(page.url, `${to.number}_${to.name}.html`);
    const list = unchanged.map(path => `<li><a href="${relative(page.url, sourcePage(`${to.folder}/${path}`))}"><code>${escape(path)}</code></a></li>`).join("");
    page.description = `What step ${to.number} changed in step ${from.number}, side by side`;
    page.meta = `<span data-summary>${summaryOf(difference)}</span> · <a href="${chapter}">the chapter</a>`;
    page.toc = [];
    page.html = `<div class=controls><label><input type=checkbox id=one-column> in one column</label>`
        + ` <button type=button class=script-only data-files=open>open all</button> <button type=button class=script-only data-files=close>close all</button></div>`
        + files.map(file => fileHtml(page, file, difference, sentences?.get(file.path) ?? sentences?.get(file.old))).join("\n")
        + `<section class=frozen><h2 id=frozen>Frozen: ${unchanged.length} files that did not change by a byte</h2><ul>${list}</ul></section>`;
    return page;
}
