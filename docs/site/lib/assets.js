// What pages need besides themselves: fonts with their licences, styles, scripts, the texts to search.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assets as pictures } from "./diagrams.js";
import { readBytes } from "./repository.js";
import { hasModule, moduleFolder } from "./run_page.js";

const here = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const fromPackage = path => readFileSync(join(here, "node_modules", path));
const own = name => readFileSync(join(here, "assets", name));

// Sections: [page's number, anchor, title, text]; pages: [address, title].
export function searchData(pages) {
    const shown = pages.filter(page => page.url !== "404.html");
    const sections = shown.flatMap((page, index) => page.sections.map(({ id, title, text }) => [index, id, title, text.replace(/\s+/g, " ").trim()]))
        .filter(([, , title, text]) => title || text);
    return `window.courseTexts=${JSON.stringify({ pages: shown.map(page => [page.url, page.title]), sections })};\n`;
}

// Path in the site to content.
export function listAssets(site) {
    const files = new Map([
        ["assets/style.css", own("style.css")], ["assets/site.js", own("site.js")], ["assets/search.js", own("search.js")], ["assets/cost.js", own("cost.js")],
        ["assets/minisearch.js", fromPackage("minisearch/dist/umd/index.js")],
        ["assets/texts.js", Buffer.from(searchData(site.searchable))],
        ["assets/serif.woff2", fromPackage("@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2")],
        ["assets/serif-licence.txt", fromPackage("@fontsource-variable/source-serif-4/LICENSE")],
        ["assets/mono.woff2", fromPackage("@fontsource-variable/source-code-pro/files/source-code-pro-latin-wght-normal.woff2")],
        ["assets/mono-licence.txt", fromPackage("@fontsource-variable/source-code-pro/LICENSE")],
    ]);
    for (const path of [...pictures].sort()) {
        files.set(`assets/pictures/${path}`, readBytes(path));
    }
    if (hasModule()) {
        files.set("assets/run.js", own("run.js"));
        for (const name of ["index.mjs", "module.mjs", "module.wasm"]) {
            files.set(`assets/pipeline/${name}`, readFileSync(join(moduleFolder, name)));
        }
    }
    return files;
}
