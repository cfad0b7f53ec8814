// A Mermaid block of the text: its first line is a comment that names the drawing, `%% 07-three-clocks`.

import { createHash } from "node:crypto";

// [name, the rest]; the name is null where there is none.
export function splitSource(source) {
    const [, name, rest] = /^%% ([a-z0-9]+(?:-[a-z0-9]+)*)\n([^]*)$/.exec(source) ?? [null, null, source];
    return [name, rest];
}

// Stands in the drawing, so that one which is older than its source is noticed without drawing it again.
export function stampOf(source) {
    return `<!-- drawn from ${createHash("sha256").update(source.trim()).digest("hex").slice(0, 12)} -->`;
}
