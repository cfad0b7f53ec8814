// build/site/book.pdf: the book, printed by Chromium; the same bytes each time.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/repository.js";
import { printBook, startBrowser } from "./tests/browser.js";

const site = process.env.SITE_OUTPUT || join(root, "build/site");
const tools = await startBrowser(site);
try {
    const bytes = await printBook(tools);
    const text = bytes.toString("latin1").replace(/\/(CreationDate|ModDate) \(D:[^)]*\)/g, (whole, name) => `/${name} (D:20000101000000+00'00')`.padEnd(whole.length).slice(0, whole.length));
    writeFileSync(join(site, "book.pdf"), Buffer.from(text, "latin1"));
} finally {
    await tools.close();
}
