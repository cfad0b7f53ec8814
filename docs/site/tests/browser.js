// What takes a browser: a page as readers with different screens, colours and abilities meet it.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { readCost, readFaults } from "../lib/data_pages.js";
import { serve } from "../lib/server.js";

const programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];
const axeSource = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

export async function startBrowser(site) {
    const program = process.env.CHROMIUM || programs.find(existsSync);
    if (!program) {
        throw new Error("there is no Chromium; install it: ./course setup site");
    }
    const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"], timeout: 60_000 });
    const { server, port } = await serve(site);
    return { browser, origin: `http://127.0.0.1:${port}`, site, close: async () => { await browser.close(); server.close(); } };
}

// A page whose every word on the console, failed or foreign request is a problem.
export async function openPage(tools, problem, options = {}) {
    const context = await tools.browser.newContext({ reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const here = () => page.url().replace(tools.origin, "");
    const expected = message => options.allow404 && /404/.test(message.text());
    page.on("console", message => expected(message) || problem(`${here()}: on the console: ${message.text()}`));
    page.on("pageerror", error => problem(`${here()}: ${error.message}`));
    page.on("request", request => {
        if (!request.url().startsWith(tools.origin) && !/^(data|file|blob):/.test(request.url())) {
            problem(`${here()} asks another origin: ${request.url()}`);
        }
    });
    return page;
}

// The second colour changes nothing but contrast.
async function axe(page, name, problem, rules) {
    const violations = await page.evaluate(async ([source, runOnly]) => {
        if (!window.axe) {
            (0, eval)(source);
        }
        const { violations } = await window.axe.run(document, { resultTypes: ["violations"], runOnly });
        return violations.map(each => `${each.id}: ${each.nodes.length} times, as in ${each.nodes[0].html.slice(0, 140)} ${each.nodes[0].any[0]?.message ?? ""}`);
    }, [axeSource, rules]);
    violations.forEach(each => problem(`${name}: axe: ${each}`));
}

// axe on each kind of page, in both colours and on two widths; no sideways scroll on five.
export async function checkPages(tools, kinds, problem) {
    const page = await openPage(tools, problem, { allow404: true });
    for (const path of kinds) {
        await page.goto(`${tools.origin}/${path === "404.html" ? "" : "course/"}${path}`);
        for (const width of [320, 390, 768, 1280, 1920]) {
            await page.setViewportSize({ width, height: 900 });
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            if (wide > width) {
                problem(`${path}: scrolls sideways at ${width}: ${wide}`);
            }
            if (width === 390 || width === 1280) {
                for (const colorScheme of ["light", "dark"]) {
                    await page.emulateMedia({ colorScheme });
                    await axe(page, `${path} ${width} ${colorScheme}`, problem, colorScheme === "dark" ? ["color-contrast"] : undefined);
                }
            }
        }
    }
    await page.context().close();
}

// On paper: black on white, whatever the screen was like.
export async function checkPrinting(tools, kinds, problem) {
    for (const theme of [null, "dark"]) {
        const page = await openPage(tools, problem, { colorScheme: "dark", allow404: true });
        await page.addInitScript(wanted => wanted && (localStorage.theme = wanted), theme);
        for (const path of kinds) {
            await page.goto(`${tools.origin}/${path === "404.html" ? "" : "course/"}${path}`);
            await page.emulateMedia({ media: "print", colorScheme: "dark" });
            const dark = await page.evaluate(() => {
                const light = colour => colour.match(/[\d.]+/g).slice(0, 3).every(part => Number(part) > 150);
                const pale = [...document.querySelectorAll("article p, article li, article td, article code, article h2")].filter(each => each.checkVisibility() && light(getComputedStyle(each).color));
                return getComputedStyle(document.documentElement).colorScheme === "dark" ? "it keeps the dark theme" : pale.length ? `${pale.length} pale texts, as in ${pale[0].outerHTML.slice(0, 100)}` : "";
            });
            dark && problem(`${path}, printed from the dark theme: ${dark}`);
            await page.emulateMedia({ media: "screen" });
        }
        await page.context().close();
    }
}

// An address with what is no character in it: the page works.
export async function checkOddAddress(tools, chapter, problem) {
    const page = await openPage(tools, problem, { viewport: { width: 390, height: 800 } });
    await page.goto(`${tools.origin}/course/${chapter}#100%`);
    await page.locator(".menu summary").click();
    await page.locator(".menu nav a[href^='#']").first().click();
    if (await page.locator(".menu").first().evaluate(menu => menu.open)) {
        problem("with % in the address the menu stays open");
    }
    await page.context().close();
}

// What looks like HTML in a title or a text that is found is text.
export async function checkSearchEscapes(tools, problem) {
    const page = await openPage(tools, problem);
    await page.goto(`${tools.origin}/course/index.html`);
    await page.route("**/assets/texts.js", async route => {
        const response = await route.fetch();
        const evil = "zebra <img src=x onerror=alert(1)> <b>quagga</b>";
        await route.fulfill({ response, body: `${await response.text()}\nwindow.courseTexts.pages.push(["index.html", ${JSON.stringify(evil)}]); window.courseTexts.sections.push([window.courseTexts.pages.length - 1, "", ${JSON.stringify(evil)}, ${JSON.stringify(evil)}], [0, "", "", ${JSON.stringify(evil)}]);` });
    });
    for (const query of ["zebra", "<img", "quagga"]) {
        await page.goto(`${tools.origin}/course/index.html`);
        await search(page, query);
        if (await page.locator("#search li :is(img, b)").count() || !/</.test(await page.locator("#search li").first().textContent())) {
            problem(`search: what is found for '${query}' is not escaped`);
        }
    }
    await page.context().close();
}

export async function checkSearchDialog(tools, problem) {
    const page = await openPage(tools, problem);
    await page.goto(`${tools.origin}/course/index.html`);
    await search(page, "queue group");
    for (const width of [390, 1280]) {
        for (const colorScheme of ["light", "dark"]) {
            await page.setViewportSize({ width, height: 900 });
            await page.emulateMedia({ colorScheme });
            await axe(page, `search ${width} ${colorScheme}`, problem);
        }
    }
    await page.context().close();
}

async function search(page, query) {
    await page.keyboard.press("/");
    await page.waitForSelector("#search[open] input");
    await page.keyboard.type(query);
    await page.waitForSelector("#search li[aria-selected=true]");
}

// The first result is the section that a reader means.
export async function checkQueries(tools, queries, problem) {
    for (const base of [`${tools.origin}/course/`, `file://${tools.site}/`]) {
        const page = await openPage(tools, problem);
        for (const [query, wanted] of queries) {
            await page.goto(`${base}glossary.html`);
            await search(page, query);
            const first = await page.evaluate(text => window.courseSearch.find(text)[0], query);
            const place = `${first.page}#${first.anchor}`;
            if (!wanted.test(place)) {
                problem(`${base.slice(0, 5)}: '${query}' finds ${place} first, and not ${wanted}`);
            }
            await page.keyboard.press("Enter");
            await page.waitForURL(url => decodeURI(url.href).endsWith(first.anchor ? place : first.page), { timeout: 10_000 });
        }
        await page.context().close();
    }
}

async function tabTo(page, selector, limit = 400) {
    for (let count = 0; count < limit; ++count) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(wanted => document.activeElement.matches(wanted), selector)) {
            return true;
        }
    }
    return false;
}

// With the keyboard only, from search to a line of code.
export async function checkKeyboard(tools, problem) {
    const page = await openPage(tools, problem);
    await page.goto(`${tools.origin}/course/index.html`);
    await search(page, "dlopen");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForURL(/05_dlopen/);
    if (!await tabTo(page, "article a[href*='src/step']")) {
        return problem("keyboard: no link into the sources can be reached");
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(/src\/step/);
    if (!await tabTo(page, ".lines a")) {
        return problem("keyboard: no line of code can be reached");
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(/#L1$/);
    await page.context().close();
}

// Without JavaScript there is the text, a menu that opens, and every fault's section.
export async function checkWithoutScript(tools, chapter, problem) {
    const page = await openPage(tools, problem, { javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
    await page.goto(`${tools.origin}/course/${chapter}`);
    const painted = await page.locator("article p").first().isVisible();
    await page.locator(".menu summary").click();
    if (!painted || !await page.locator(".menu nav a[aria-current]").first().isVisible() || await page.locator("#search-open").isVisible()) {
        problem("without JavaScript: the text, the menu or a dead button");
    }
    await page.context().close();
}

export async function checkTheme(tools, problem) {
    const page = await openPage(tools, problem, { colorScheme: "light" });
    await page.goto(`${tools.origin}/course/index.html`);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await paper();
    await page.locator("#theme").click();
    const after = await paper();
    await page.goto(`${tools.origin}/course/glossary.html`);
    if (before === after || await paper() !== after) {
        problem("the switch between dark and light does not work, or is not remembered");
    }
    await page.context().close();
}

// The matrix shows the data of the faults, the chart that of the cost, and both answer.
export async function checkData(tools, problem) {
    const page = await openPage(tools, problem);
    await page.goto(`${tools.origin}/course/faults.html`);
    const cells = await page.locator(".matrix tr[data-fault]").evaluateAll(rows => rows.map(row => [row.dataset.fault, [...row.querySelectorAll("td")].map(cell => [cell.dataset.step, cell.dataset.outcome])]));
    const expected = readFaults().faults.map(({ fault, cells: all }) => [fault, cells[0][1].map(([step]) => [step, all[step] ?? "not applicable"])]);
    if (JSON.stringify(cells) !== JSON.stringify(expected)) {
        problem("faults: the matrix is not what docs/data/faults.json says");
    }
    await page.locator(".matrix th a").nth(1).click();
    if (!await page.locator(".fault").nth(1).isVisible()) {
        problem("faults: a fault that is picked says nothing");
    }
    await page.goto(`${tools.origin}/course/cost.html`);
    for (const placement of ["one_core", "free"]) {
        await page.locator(`[value=${placement}]`).check();
        const bars = await page.locator(`.bars.${placement} .bar:visible`).evaluateAll(all => all.map(bar => [bar.dataset.step, Number(bar.dataset.ns)]));
        if (JSON.stringify(bars) !== JSON.stringify(readCost().steps.map(step => [step.step, step.call_ns[placement].median]))) {
            problem(`cost: the chart (${placement}) is not what docs/data/cost.json says`);
        }
    }
    await page.locator(".bars.free .bar").first().focus();
    if (!await page.locator("[data-detail='00']").isVisible()) {
        problem("cost: a bar in focus says nothing");
    }
    await page.context().close();
}

// The run page prints what the program prints.
export async function checkRun(tools, values, printed, problem) {
    const page = await openPage(tools, problem);
    await page.goto(`${tools.origin}/course/run.html`);
    await page.waitForSelector("body[data-ready]");
    for (const value of values) {
        await page.fill("#run-value", value);
        const shown = await page.textContent("#run-text");
        if (shown !== printed(value)) {
            problem(`run: ${value} prints\n${shown}`);
        }
    }
    await page.fill("#run-value", "abc");
    if (!/abc.*not a decimal integer/.test(await page.textContent("#run-problem"))) {
        problem("run: it does not say why abc is no value");
    }
    await page.context().close();
}

// The book as a PDF that is the same each time.
export async function printBook(tools) {
    const page = await openPage(tools, () => {});
    await page.goto(`${tools.origin}/course/book.html`);
    await page.evaluate(() => document.querySelectorAll("a[href]:not([href^='#'], [rel=external])").forEach(link => link.removeAttribute("href")));  // they lead out of the book
    const footerTemplate = `<div style="font-size:8px;width:100%;text-align:center"><span class="pageNumber"></span></div>`;
    await page.emulateMedia({ colorScheme: "light" });
    const bytes = await page.pdf({ format: "A4", displayHeaderFooter: true, headerTemplate: "<span></span>", footerTemplate, tagged: true, outline: true, margin: { top: "18mm", bottom: "18mm", left: "17mm", right: "17mm" } });
    await page.context().close();
    return bytes;
}
