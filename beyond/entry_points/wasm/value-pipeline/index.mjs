// The types are in index.d.ts.

import createModule from "./module.mjs";

// A page fetches the file, Node reads it.
async function binary() {
    const url = new URL("module.wasm", import.meta.url);
    if (url.protocol === "file:") {
        return (await import("node:fs/promises")).readFile(url);
    }
    const response = await fetch(url);
    if (!response.ok) {
        throw new Error(`${url}: ${response.status} ${response.statusText}`);
    }
    return response.arrayBuffer();
}

const module = await createModule({wasmBinary: await binary()});
const evaluateText = module.cwrap("evaluate_json", "string", ["string"]);

export class DomainError extends Error {
    name = "DomainError";

    constructor(outcome) {
        super(outcome.error);
        this.outcome = outcome;
    }
}

// The text goes to the module's stack, as a text of C: it must be short, and ends at its first zero.
export function evaluateJson(value) {
    const text = String(value);
    const json = text.length > 64 || text.includes("\0") ? "" : evaluateText(text);
    if (json === "") {
        throw new RangeError(`'${text.slice(0, 64)}' is not a decimal integer from -2147483648 to 2147483647`);
    }
    return json;
}

export function evaluate(value) {
    const outcome = JSON.parse(evaluateJson(value));
    if (outcome.error !== undefined) {
        throw new DomainError(outcome);
    }
    return outcome;
}
