// Pictures in the text: drawings of docs/diagrams and docs/data go into the page, so that they take its colours.

import { posix } from "node:path";
import { escape } from "./html.js";
import { has, read } from "./repository.js";
import { problems } from "./urls.js";
import { splitSource, stampOf } from "../../tools/diagrams/source.mjs";

export const assets = new Set();  // pictures that a page shows as they are

function svgOf(path, alt, rewrite) {
    const svg = read(path).replace(/<\?xml[^]*?\?>/g, "").replace(/<style[^]*?<\/style>|<!--[^]*?-->/g, "")
        .replace(/ href="([^"]+)"/g, (whole, href) => ` href="${escape(rewrite(href))}"`);
    return path === "docs/diagrams/steps.svg" ? cardsOf(svg, alt)
        : `<figure class=diagram role=group tabindex=0 aria-label="${escape(alt)}">${svg.trim()}</figure>`;
}

// "00 monofile, one call: 1.1 ns"
function labelOf(card) {
    const texts = [...card.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(match => match[1].replace(/<[^>]*>/g, ""));
    return [texts[0], ...texts.filter(text => text.startsWith("one call"))].join(", ");
}

// The picture of the steps as cards, which stand in as many columns as the page has room for.
function cardsOf(svg, alt) {
    const cards = [...svg.matchAll(/<a (href="[^"]*")><g transform="[^"]*">([^]*?)<\/g><\/a>/g)]
        .map(([, href, card]) => `<a ${href}><svg viewBox="-1 -1 202 170" role=img aria-label="${labelOf(card)}">${card}</svg></a>`);
    return `<figure class=steps role=group aria-label="${escape(alt)}">${cards.join("")}</figure>`;
}

export function diagramFor(env, source) {
    const path = `docs/diagrams/${splitSource(source)[0]}.svg`;
    if (!has(path) || !read(path).includes(stampOf(source))) {
        problems.add(`${env.file}: ${path} is missing or stale; draw it: docs/tools/draw_diagrams`);
        return `<figure class=code><pre tabindex=0><code>${escape(source)}</code></pre></figure>`;
    }
    return svgOf(path, "Diagram", href => href);
}

// rewrite: an address in the picture, as seen from the file, to one of the page.
export function inlineImage(env, src, alt, rewrite) {
    const path = posix.normalize(posix.join(posix.dirname(env.file), src));
    const fromImage = href => (/^#|^[a-z]+:/.test(href) ? href
        : rewrite(posix.relative(posix.dirname(env.file), posix.join(posix.dirname(path), href)) || "."));
    if (path.startsWith("docs/diagrams/") && path.endsWith(".svg")) {
        return svgOf(path, alt, fromImage);
    }
    assets.add(path);
    const target = posix.relative(posix.dirname(env.url), `assets/pictures/${path}`);
    return `<img src="${target}" alt="${escape(alt)}" loading=lazy>`;
}
