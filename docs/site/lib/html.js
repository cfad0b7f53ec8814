// Text to HTML, and paths between pages: no link of the site is absolute, so it works in any folder.

import { posix } from "node:path";

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escape(text) {
    return String(text).replace(/[&<>"]/g, character => entities[character]);
}

// "diff/04-05.html" to "src/app/main.cpp.html" is "../src/app/main.cpp.html".
export function relative(from, to) {
    const [path, anchor] = to.split("#");
    const target = path === "" ? "" : posix.relative(posix.dirname(from), path);
    return encodeURI(target || (path ? posix.basename(path) : "")) + (anchor === undefined ? "" : `#${anchor}`);
}

// As code hosts make the anchor of a heading.
export function slug(heading) {
    return heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").trim().replace(/ /g, "-");
}

export function uniqueSlugs() {
    const seen = new Map();
    return heading => {
        const base = slug(heading);
        const count = seen.get(base) ?? 0;
        seen.set(base, count + 1);
        return count ? `${base}-${count}` : base;
    };
}
