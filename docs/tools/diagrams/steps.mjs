// The picture of the nine steps: how the two parts are joined in each, and what a call costs there.

import { listSteps, read } from "../../site/lib/repository.js";
import { style } from "./draw.mjs";

const [cell, high, gap] = [200, 168, 16];

const part = (x, y, name) => `<rect class="component" x="${x}" y="${y}" width="56" height="30" rx="5"/><text class="mono" x="${x + 28}" y="${y + 20}" text-anchor="middle">${name}</text>`;
const box = (x, y, w, h, kind = "process") => `<rect class="${kind}" x="${x}" y="${y}" width="${w}" height="${h}" rx="6"/>`;
const wire = (x1, x2, y, dotted = "") => `<path class="edge ${dotted}" d="M${x1} ${y}H${x2}"/>`;

// Coordinates within a cell: the drawing is from 16 to 184, and 50 to 110.
const pictures = [
    () => box(16, 48, 168, 62) + part(38, 64, "C1") + part(106, 64, "C2") + wire(94, 106, 79),
    () => box(16, 48, 168, 62) + box(30, 56, 66, 46, "file") + box(104, 56, 66, 46, "file") + part(35, 64, "C1") + part(109, 64, "C2") + wire(91, 109, 79),
    () => box(16, 48, 168, 62) + box(26, 54, 68, 50, "group") + box(106, 54, 68, 50, "group") + part(32, 64, "C1") + part(112, 64, "C2") + wire(88, 112, 79),
    () => box(16, 48, 168, 62) + part(26, 64, "C1") + part(118, 64, "C2") + `<circle class="box" cx="92" cy="79" r="5"/><circle class="box" cx="108" cy="79" r="5"/>` + wire(82, 87, 79, "dotted") + wire(113, 118, 79, "dotted") + wire(97, 103, 79),
    () => box(78, 52, 44, 54) + part(8, 64, "C1") + part(136, 64, "C2") + wire(64, 78, 79) + wire(122, 136, 79) + `<text class="mono" x="100" y="84" text-anchor="middle">app</text>`,
    () => box(78, 52, 44, 54) + part(8, 64, "C1") + part(136, 64, "C2") + wire(64, 72, 79, "dotted") + wire(128, 136, 79, "dotted") + box(72, 72, 6, 14, "box") + box(122, 72, 6, 14, "box") + `<text class="mono" x="100" y="84" text-anchor="middle">app</text>`,
    () => box(82, 56, 36, 46) + box(8, 50, 64, 56) + box(128, 50, 64, 56) + part(12, 64, "C1") + part(132, 64, "C2") + wire(72, 82, 74) + wire(72, 82, 84) + wire(118, 128, 74) + wire(118, 128, 84) + `<text class="mono" x="100" y="84" text-anchor="middle">app</text>`,
    () => box(82, 56, 36, 46) + box(8, 50, 64, 56) + box(128, 50, 64, 56) + part(12, 64, "C1") + part(132, 64, "C2") + wire(72, 82, 79, "dotted") + wire(118, 128, 79, "dotted") + `<text class="mono" x="100" y="84" text-anchor="middle">app</text><text class="title" x="100" y="48" text-anchor="middle">HTTP</text>`,
    () => box(80, 84, 40, 28) + box(8, 64, 64, 44) + box(128, 64, 64, 44) + part(12, 71, "C1") + part(132, 71, "C2") + `<rect class="broker" x="74" y="48" width="52" height="24" rx="12"/><text class="mono" x="100" y="64" text-anchor="middle">NATS</text><text class="mono" x="100" y="103" text-anchor="middle">app</text><path class="edge" d="M100 84V72M74 60H40V64M126 60H160V64"/>`,
];

function timeOf(ns) {
    return ns < 1000 ? `${Number(ns.toPrecision(2))} ns` : `${Number((ns / 1000).toPrecision(2))} µs`;
}

function bar(ns) {
    const width = Math.max(4, 168 * (Math.log10(ns) + 0.3) / 5.6);  // from half a nanosecond to 200 µs
    return `<rect class="file" x="16" y="124" width="168" height="10" rx="5"/><rect class="cost" x="16" y="124" width="${width.toFixed(1)}" height="10" rx="5"/>`;
}

export function drawSteps() {
    const { steps } = JSON.parse(read("docs/data/cost.json"));
    const cells = listSteps().map((step, index) => {
        const measured = steps.find(each => each.step === step.number);
        const ns = measured?.call_ns.one_core.median;
        const [x, y] = [(index % 3) * (cell + gap), Math.floor(index / 3) * (high + gap)];
        return `<a href="../../${step.chapter}"><g transform="translate(${x} ${y})">`
            + `<rect class="card" x="0" y="0" width="${cell}" height="${high}" rx="10"/>`
            + `<text x="16" y="30"><tspan class="number">${step.number}</tspan> ${step.name}</text>`
            + (pictures[index]?.() ?? "") + (ns ? `${bar(ns)}<text class="label" x="16" y="154">one call: ${timeOf(ns)}</text>` : "")
            + "</g></a>";
    });
    const rows = Math.ceil(cells.length / 3);
    const [width, height] = [3 * cell + 2 * gap, rows * high + (rows - 1) * gap];
    const more = "<style>.card{fill:var(--paper);stroke:var(--line)}.number{font-weight:bold;fill:var(--process)}.cost{fill:var(--broker)}</style>";
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 ${width + 2} ${height + 2}" width="${width + 2}" height="${height + 2}" role="group" aria-label="The nine steps, how their parts are joined, and what a call costs, on a logarithmic scale">\n${style}\n${more}\n${cells.join("\n")}\n</svg>\n`;
}
