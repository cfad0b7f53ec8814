// Pages made of docs/data: the cost chart and the fault matrix.

import { escape } from "./html.js";
import { has, listSteps, read } from "./repository.js";

export const readCost = () => JSON.parse(read("docs/data/cost.json"));
export const readFaults = () => JSON.parse(read("docs/data/faults.json"));

export function timeText(ns) {
    const [unit, size] = ns < 1e3 ? ["ns", 1] : ns < 1e6 ? ["µs", 1e3] : ["ms", 1e6];
    return `${Number((ns / size).toPrecision(3))} ${unit}`;
}

const [left, right, top, row] = [150, 640, 34, 34];
const decades = [0, 1, 2, 3, 4, 5, 6];  // from 1 ns, in tens

function x(ns) {
    return left + (right - left) * (Math.log10(Math.max(ns, 0.5)) + 0.35) / 6.35;
}

function barsOf(step, placement, index) {
    const { median } = step.call_ns[placement];
    const floor = step.floors?.find(each => each.reference) ?? step.floors?.[0];
    const bare = Math.min(floor?.call_ns?.[placement]?.median ?? median, median);
    const y = top + index * row;
    const label = `${step.step} ${step.name}: ${timeText(median)}`;
    return `<a class="bar ${placement}" href="#cost-${step.step}" aria-label="${escape(label)}" data-step="${step.step}" data-ns="${median}">`
        + `<rect class=hit x=0 y="${y - 6}" width="${right + 100}" height="${row - 4}"/>`
        + `<rect class=bare x="${left}" y="${y}" width="${(x(bare) - left).toFixed(1)}" height=18 />`
        + `<rect class=own x="${x(bare).toFixed(1)}" y="${y}" width="${Math.max(0, x(median) - x(bare)).toFixed(1)}" height=18 />`
        + `<text class=figure x="${(x(median) + 8).toFixed(1)}" y="${y + 14}">${timeText(median)}</text></a>`;
}

// What a step's figures consist of, beside the chart: shown when its bar is pointed at, focused or clicked.
function details(step) {
    const floor = step.floors?.find(each => each.reference) ?? step.floors?.[0];
    const line = placement => {
        const call = step.call_ns[placement];
        const bare = floor?.call_ns?.[placement]?.median;
        const name = placement === "one_core" ? "on one core" : "cores free";
        return `<tr><th scope=row>${name}</th><td>${timeText(call.median)}</td><td>${timeText(call.low)} to ${timeText(call.high)}</td><td>${bare ? timeText(bare) : ""}</td></tr>`;
    };
    return `<div class=detail id="cost-${step.step}" data-detail="${step.step}"><h2>${step.step} ${escape(step.name)}: ${escape(step.boundary)}</h2>`
        + `<div class=table role=group tabindex=0 aria-label="Step ${step.step}"><table><thead><tr><td></td><th scope=col>one call</th><th scope=col>quartiles</th><th scope=col>of it, ${escape(floor?.name ?? "the bare mechanism")}</th></tr></thead>`
        + `<tbody>${line("one_core")}${line("free")}</tbody></table></div>`
        + `<p>One value through the app: ${timeText(step.value_ns.one_core.median)}. Start to first result: ${timeText(step.start_ns.free.median)}. ${step.idle.processes} process${step.idle.processes > 1 ? "es" : ""}, ${step.idle.threads} thread${step.idle.threads > 1 ? "s" : ""}, ${(step.idle.memory_kib / 1024).toFixed(1)} MiB.</p></div>`;
}

export function costChart() {
    const { steps } = readCost();
    const height = top + steps.length * row;
    const grid = decades.map(each => `<path class=grid d="M${x(10 ** each).toFixed(1)} ${top - 8}V${height}"/><text class=tick x="${x(10 ** each).toFixed(1)}" y=16 text-anchor=middle>${timeText(10 ** each)}</text>`).join("");
    const names = steps.map((step, index) => `<text class=name x=0 y="${top + index * row + 14}"><tspan class=number>${step.step}</tspan> ${escape(step.name)}</text>`).join("");
    const bars = placement => steps.map((step, index) => barsOf(step, placement, index)).join("");
    return `<section class=cost-chart aria-label="What a call costs"><fieldset><legend>One call, both sides</legend>`
        + `<label><input type=radio name=placement value=one_core checked> on one core</label> <label><input type=radio name=placement value=free> cores free</label></fieldset>`
        + `<div class=scroll role=group tabindex=0 aria-label="Chart"><svg viewBox="0 0 ${right + 100} ${height}" role=group aria-label="One call in each step, on a logarithmic scale">${grid}${names}<g class="bars one_core">${bars("one_core")}</g><g class="bars free">${bars("free")}</g></svg></div>`
        + `<p class=legend><span class="key bare"></span> the bare mechanism <span class="key own"></span> the step's own share. Logarithmic: each line is ten times the one before. Point at a bar, or go to it with the keyboard.</p>`
        + `<div class=details>${steps.map(details).join("")}</div></section>`;
}

// From bad to good, as the page says in words.
const outcomes = [
    [/^wrong output/, "worst"], [/^(whole program dies|hangs)/, "bad"], [/^does not start/, "poor"],
    [/^exit 3/, "fair"], [/late$/, "good"], [/^nothing noticed/, "best"], [/^(-|not applicable)$/, "none"],
];
const classOf = cell => outcomes.find(([pattern]) => pattern.test(cell))?.[1] ?? "fair";
const shown = cell => (cell === "not applicable" ? "–" : cell);

function proofOf(lines, step) {
    return lines?.length
        ? `<pre tabindex=0 role=group aria-label="What step ${step} printed"><code>${escape(lines.join("\n"))}</code></pre>` : "";
}

export function faultMatrix() {
    const { faults } = readFaults();
    const proofs = has("docs/data/fault_proofs.json") ? JSON.parse(read("docs/data/fault_proofs.json")) : {};
    const steps = listSteps();
    const idOf = fault => `fault-${fault.fault.replace(/\W+/g, "-")}`;
    const cellOf = (fault, step) => fault.cells[step.number] ?? "not applicable";
    const rows = faults.map(fault => `<tr data-fault="${escape(fault.fault)}"><th scope=row><a href="#${idOf(fault)}">${escape(fault.fault)}</a></th>`
        + steps.map(step => {
            const outcome = cellOf(fault, step);
            return `<td class="o-${classOf(outcome)}" data-step="${step.number}" data-outcome="${escape(outcome)}">${escape(shown(outcome))}</td>`;
        }).join("") + "</tr>").join("");
    const sections = faults.map(fault => `<section class=fault id="${idOf(fault)}"><h2>${escape(fault.fault)}</h2><p>Planted: ${escape(fault.planted)}.</p><ol>`
        + steps.map(step => {
            const outcome = cellOf(fault, step);
            return `<li><span class=number>${step.number}</span> <span class=joined>${escape(step.name)}</span> <span class="cell o-${classOf(outcome)}">${escape(shown(outcome))}</span>${proofOf(proofs[fault.fault]?.[step.number], step.number)}</li>`;
        }).join("") + "</ol><p><a href=\"#matrix\">Back to the matrix</a></p></section>").join("");
    return `<section class=matrix id=matrix><div class=table role=group tabindex=0 aria-label="Faults and steps"><table><thead><tr><td></td>`
        + steps.map(step => `<th scope=col>${step.number}<br><small>${escape(step.name)}</small></th>`).join("")
        + `</tr></thead><tbody>${rows}</tbody></table></div><p class=legend>Pick a fault. From bad to good: ${["worst", "bad", "poor", "fair", "good", "best"].map(each => `<span class="cell o-${each}">${{ worst: "wrong output", bad: "dies, hangs", poor: "does not start", fair: "exit 3", good: "late", best: "nothing noticed" }[each]}</span>`).join(" ")}</p></section><div class=faults>${sections}</div>`;
}
