// The course as a site. Markdown stays where it is and as it is; lib/ makes pages of it.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { listAssets } from "./lib/assets.js";
import { makeSite } from "./lib/pages.js";
import { problems } from "./lib/urls.js";
import { root } from "./lib/repository.js";

const output = resolve(process.env.SITE_OUTPUT || join(root, "build/site"));

export default function (eleventyConfig) {
    let site;
    eleventyConfig.setUseGitIgnore(false);
    eleventyConfig.setQuietMode(true);
    eleventyConfig.addGlobalData("site", () => (site = makeSite()));
    for (const path of ["docs/**/*.md", "docs/{data,diagrams,experiments,exercises}/**", "step*/**", "beyond/**/*.md", "docs/site/{lib,assets}/**", "*.md"]) {
        eleventyConfig.addWatchTarget(join(root, path));
    }
    eleventyConfig.on("eleventy.after", () => {
        for (const problem of problems) {
            console.error(`site: ${problem}`);
        }
        for (const [path, content] of listAssets(site)) {
            mkdirSync(dirname(join(output, path)), { recursive: true });
            writeFileSync(join(output, path), content);
        }
    });
    return { dir: { input: "pages", output }, templateFormats: ["11ty.js"], markdownTemplateEngine: false };
}
