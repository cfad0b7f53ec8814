// The program in the page: step 03's components as WebAssembly, if part two has built them.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./repository.js";

export const moduleFolder = join(root, process.env.SITE_WASM || "build/beyond/entry_points/wasm/site/value-pipeline");
export const hasModule = () => existsSync(join(moduleFolder, "module.wasm"));

const stages = [
    ["input", "Input", ""], ["process", "Component1", "process()"], ["validate", "Component1", "validate()"],
    ["transform", "Component2", "transform()"], ["analyze", "Component2", "analyze()"],
];

export function runPage() {
    const list = stages.map(([name, component, call]) =>
        `<li data-stage=${name}><span class=part>${component}</span>${call ? ` <code>${call}</code>` : ""}<output>–</output></li>`).join("");
    const program = `<p>Type a value. It goes through the components of step 03, the same sources, compiled to WebAssembly. Nothing leaves the page.</p>
<form id=run-form><label for=run-value>Value</label> <input id=run-value name=value inputmode=numeric autocomplete=off value=42 aria-describedby=run-problem>
<span class=examples>${[42, -7, 5000, 1073741824, "abc"].map(each => `<button type=button data-value="${each}">${each}</button>`).join(" ")}</span></form>
<p id=run-problem role=alert></p>
<ol class=pipeline>${list}</ol>
<h2 id=prints>What step 03 prints</h2>
<pre id=run-text tabindex=0 role=group aria-label="What step 03 prints" aria-live=polite></pre>
<h2 id=json>What the core answers</h2>
<pre id=run-json tabindex=0 role=group aria-label="What the core answers"></pre>
<noscript><p class=note>The program runs in the page, which takes JavaScript. Without it: <code>./course run 03 42</code></p></noscript>`;
    const without = `<p class=note id=run-missing>The program is not in this build of the site. It comes with <code>./course beyond entry_points wasm</code>, and then <code>./course site</code>. On the command line: <code>./course run 03 42</code></p>`;
    return {
        url: "run.html", kind: "run", title: "Run it here", toc: [], html: hasModule() ? program : without,
        description: "The program of step 03 in the browser", scripts: hasModule() ? ["run.js"] : [],
        sections: [{ id: "", title: "Run it here", text: "the program in the browser as WebAssembly" }],
    };
}
