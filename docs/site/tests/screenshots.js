// Pictures of some pages, to be looked at: node tests/screenshots.js FOLDER [PAGE...]

import { join } from "node:path";
import { root } from "../lib/repository.js";
import { startBrowser } from "./browser.js";

const [folder, ...wanted] = process.argv.slice(2);
const pages = wanted.length ? wanted : ["index.html", "06_processes.html#show-me-the-code", "diff/03-04.html", "faults.html#fault-component-hangs", "cost.html", "run.html"];
const tools = await startBrowser(process.env.SITE_OUTPUT || join(root, "build/site"));
try {
    for (const [width, height, colorScheme] of [[1280, 900, "light"], [1280, 900, "dark"], [390, 844, "light"], [390, 844, "dark"], [1600, 900, "light"]]) {
        const context = await tools.browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
        const page = await context.newPage();
        for (const path of pages) {
            await page.goto(`${tools.origin}/course/${path}`);
            await page.waitForTimeout(200);  // for what the page draws itself
            await page.screenshot({ path: join(folder, `${path.replace(/\W+/g, "_")}_${width}_${colorScheme}.png`) });
        }
        await context.close();
    }
} finally {
    await tools.close();
}
