// ./course site --check: what must be true of the site in build/site. --again FOLDER: another build of it.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { listSteps, root } from "../lib/repository.js";
import { hasModule } from "../lib/run_page.js";
import * as inBrowser from "./browser.js";
import * as onDisk from "./static.js";

const site = join(root, "build/site");
const [again] = process.argv.slice(2).filter((_, index, all) => all[index - 1] === "--again");
const most = 20;  // problems that are shown
let failures = 0;

async function check(name, work) {
    const began = Date.now();
    const problems = new Set();
    const note = await work(problem => problems.add(problem)) ?? "";
    failures += problems.size;
    console.log(`${problems.size ? "FAILED" : "ok    "} ${name}${note ? `: ${note}` : ""} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    [...problems].slice(0, most).forEach(problem => console.log(`       ${problem}`));
    problems.size > most && console.log(`       and ${problems.size - most} more`);
}

// One page of each kind: of many alike, one that has everything.
function kindsOfPages() {
    const steps = listSteps();
    const some = ["index.html", "contents.html", `${steps[6].number}_${steps[6].name}.html`, "cost.html", "faults.html", "glossary.html", "run.html", "book.html", "404.html", "diff/index.html", "diff/03-04.html",
        "src/index.html", `src/${steps[3].folder}/index.html`, `src/${steps[3].folder}/app/main.cpp.html`, "experiments/index.html", "exercises/index.html", "beyond/index.html"];
    const first = folder => onDisk.filesIn(site, folder).find(path => !path.endsWith("index.html"));
    return [...some, first("experiments"), first("exercises")];
}

// The section that a reader means.
const queries = [
    ["queue group", /^(08_broker\.html|glossary\.html#queue)/], ["restart or fail", /^06_processes\.html/], ["dlopen", /^05_dlopen\.html/], ["cost ladder", /^cost\.html/],
];

function printedByStep03(value) {
    const program = join(root, "build/dev/step03_interfaces/bin/app");
    const [file, options] = existsSync(program) ? [program, ["--quiet", value]] : [join(root, "course"), ["run", "03", "--quiet", value]];
    try {
        return execFileSync(file, options, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    } catch (error) {
        if (error.status === 1) {  // it refuses the value
            return error.stdout;
        }
        throw error;
    }
}

const kinds = kindsOfPages();
await check("no kind of page is missing", problem => onDisk.checkThereAre(site, kinds, problem));
await check("every heading has its anchor", problem => `${onDisk.checkAnchors(site, problem)} headings`);
await check("code and titles are escaped", problem => onDisk.checkEscaping(problem));
await check("every link and anchor leads somewhere", problem => `${onDisk.checkLinks(site, problem)} pages`);
await check("sizes", problem => onDisk.checkSizes(site, problem));
if (again) {
    await check("two builds are the same", problem => onDisk.checkIdentical(site, again, problem));
}
await check("differences as ./course diff --stat", problem => `${onDisk.checkDifferences(site, problem)} pairs of steps`);
const tools = await inBrowser.startBrowser(site);
try {
    await check("search finds what is meant, from a server and from files", problem => inBrowser.checkQueries(tools, queries, problem));
    await check("from search to a line of code with the keyboard", problem => inBrowser.checkKeyboard(tools, problem));
    await check("without JavaScript", problem => inBrowser.checkWithoutScript(tools, "index.html", problem));
    await check("dark and light", problem => inBrowser.checkTheme(tools, problem));
    await check("an address with % in it", problem => inBrowser.checkOddAddress(tools, "06_processes.html", problem));
    await check("what is found is escaped", problem => inBrowser.checkSearchEscapes(tools, problem));
    await check("matrix and chart as docs/data", problem => inBrowser.checkData(tools, problem));
    await check("the program in the page", problem => (hasModule()
        ? inBrowser.checkRun(tools, ["42", "-7", "5000", "1073741824"], printedByStep03, problem)
        : process.env.SITE_COMPLETE ? problem("it is not there; build it: ./course beyond entry_points wasm") : "left out, it is not built: ./course beyond entry_points wasm"));
    await check("axe, no sideways scroll, and on paper", async problem => {
        await inBrowser.checkPages(tools, kinds, problem);
        await inBrowser.checkSearchDialog(tools, problem);
        await inBrowser.checkPrinting(tools, kinds, problem);
        return `${kinds.length} kinds of pages`;
    });
} finally {
    await tools.close();
}
process.exitCode = failures ? 1 : 0;
