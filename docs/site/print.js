// build/site/book.pdf: the book, printed by Chromium; the same bytes each time.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/repository.js";
import { printBook, startBrowser } from "./tests/browser.js";

const site = process.env.SITE_OUTPUT || join(root, "build/site");
const tools = await startBrowser(site);
try {
    const text = (await printBook(tools)).toString("latin1");
    const numbers = new Map();  // of the page's nodes: they are not the same each time
    const stable = text
        .replace(/\/(CreationDate|ModDate) \(D:\d{14}/g, "/$1 (D:20000101000000")
        .replace(/\(node(\d{8})\)/g, (whole, number) => {
            numbers.has(number) || numbers.set(number, String(numbers.size + 1).padStart(8, "0"));
            return `(node${numbers.get(number)})`;
        });
    writeFileSync(join(site, "book.pdf"), Buffer.from(stable, "latin1"));
} finally {
    await tools.close();
}
