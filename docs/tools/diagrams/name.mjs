// The name of a diagram's drawing: changes with the text that it is drawn from, so a drawing is never stale.

import { createHash } from "node:crypto";

export function drawingName(source) {
    return createHash("sha256").update(source.trim()).digest("hex").slice(0, 12);
}
