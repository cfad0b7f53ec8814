// A flowchart as SVG. Colours come from the page (style.css of the site), or from the style in the file.

import { createRequire } from "node:module";

const require = createRequire(new URL("../../site/package.json", import.meta.url));
const ELK = require("elkjs");

export const style = `<style>
svg{font:15px system-ui,sans-serif;--ink:#23272e;--paper:#fff;--soft:#6b7280;--component:#0b6b50;--component-fill:#e3f4ee;--process:#3d5a98;--process-fill:#f1f5fc;--broker:#8a4b08;--broker-fill:#fdf1e0;--file-fill:#f4f4f2;--line:#c9ccd1;--refused:#b3261e}
@media(prefers-color-scheme:dark){svg{--ink:#e4e6ea;--paper:#16181d;--soft:#9aa3af;--component:#63d2ae;--component-fill:#12332a;--process:#8fb0f5;--process-fill:#1b2333;--broker:#f0b465;--broker-fill:#352612;--file-fill:#22252b;--line:#454b55;--refused:#ff8a80}}
${rules()}
</style>`;

export function rules() {
    return `.box,.file{fill:var(--file-fill);stroke:var(--soft)}.component{fill:var(--component-fill);stroke:var(--component)}
.broker,.store{fill:var(--broker-fill);stroke:var(--broker)}.process{fill:var(--process-fill);stroke:var(--process);stroke-width:3}
.group{fill:none;stroke:var(--soft);stroke-dasharray:2 4}.edge{fill:none;stroke:var(--ink)}.dotted{stroke-dasharray:5 4}.thick{stroke-width:3.5}.refused{stroke:var(--refused)}.life{stroke:var(--line)}.note{fill:var(--file-fill);stroke:var(--line)}
.head{fill:var(--ink)}text{fill:var(--ink)}.label{font-size:13px}
.title{font-size:13px;fill:var(--soft)}.over{stroke:var(--paper);stroke-width:4;paint-order:stroke;stroke-linejoin:round}.mono{font-family:ui-monospace,monospace;font-size:13px}`;
}

export const escape = text => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

// Wide enough in any font that a reader may have.
export const widthOf = (text, size = 15) => Math.ceil([...text].reduce((sum, c) => sum + (/[ilj.,:;'|! ()]/.test(c) ? 0.36 : /[mwMW@]/.test(c) ? 0.92 : /[A-Z_]/.test(c) ? 0.7 : 0.58), 0) * size);

const layout = {
    "elk.algorithm": "layered",
    "elk.hierarchyHandling": "INCLUDE_CHILDREN",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.spacing.nodeNode": "28",
    "elk.layered.spacing.nodeNodeBetweenLayers": "46",
    "elk.layered.spacing.edgeNodeBetweenLayers": "18",
    "elk.spacing.edgeNode": "18",
    "elk.spacing.edgeEdge": "14",
    "elk.spacing.edgeLabel": "6",
    "elk.spacing.componentComponent": "28",
    "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
    "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
    "elk.layered.nodePlacement.bk.fixedAlignment": "BALANCED",
    "elk.randomSeed": "1",
    "elk.json.edgeCoords": "ROOT",
    "elk.json.shapeCoords": "ROOT",
};

// Is there a way round, from one outermost box back to it? Then what the text names first comes first.
function goesRound(chart) {
    const outermost = id => {
        let at = chart.nodes.get(id) ?? chart.groups.find(group => group.id === id);
        while (at.parent) {
            at = chart.groups.find(group => group.id === at.parent);
        }
        return at.id;
    };
    const next = new Map();
    for (const { from, to } of chart.edges.map(edge => ({ from: outermost(edge.from), to: outermost(edge.to) })).filter(edge => edge.from !== edge.to)) {
        next.set(from, [...(next.get(from) ?? []), to]);
    }
    const reaches = (from, to, seen = new Set()) => (next.get(from) ?? []).some(each => each === to || (!seen.has(each) && reaches(each, to, seen.add(each))));
    return [...next.keys()].some(each => reaches(each, each));
}

function toElk(chart) {
    const items = new Map();
    for (const group of chart.groups) {
        items.set(group.id, { id: group.id, children: [], layoutOptions: { "elk.padding": "[top=34,left=16,bottom=16,right=16]", "elk.nodeSize.constraints": "MINIMUM_SIZE", "elk.nodeSize.minimum": `(${widthOf(group.label, 13) + 28},50)` } });
    }
    const top = [];
    const put = (item, parent) => (parent ? items.get(parent).children : top).push(item);
    const inOrder = [...chart.groups, ...chart.nodes.values()].sort((a, b) => a.order - b.order);
    for (const each of inOrder) {
        if (items.has(each.id)) {
            put(items.get(each.id), each.parent);
            continue;
        }
        const lines = each.label.split("\n");
        put({ id: each.id, width: Math.max(...lines.map(line => widthOf(line))) + 30, height: 22 + 20 * lines.length }, each.parent);
    }
    const edges = chart.edges.map((edge, index) => ({
        id: `e${index}`, sources: [edge.from], targets: [edge.to],
        labels: edge.label ? [{ text: edge.label, width: widthOf(edge.label, 13) + 8, height: 20 }] : [],
    }));
    return { id: "root", layoutOptions: { ...layout, "elk.direction": chart.direction, "elk.layered.cycleBreaking.strategy": goesRound(chart) ? "MODEL_ORDER" : "GREEDY" }, children: top, edges };
}

function edgeSvg(edge, section) {
    const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
    const path = roundedPath(points);
    const heads = (edge.arrow ? head(points.at(-2), points.at(-1)) : "") + (edge.back ? head(points[1], points[0]) : "") + (edge.cross ? cross(toward(points.at(-1), points.at(-2), 6)) : "");
    return `<path class="edge${edge.dotted ? " dotted" : ""}${edge.thick ? " thick" : ""}${edge.cross ? " refused" : ""}" d="${path}"/>${heads}`;
}

export const n = value => Math.round(value * 10) / 10;

function roundedPath(points) {
    let path = `M${n(points[0].x)} ${n(points[0].y)}`;
    for (let i = 1; i < points.length - 1; ++i) {
        const [a, b, c] = [points[i - 1], points[i], points[i + 1]];
        const [into, out] = [toward(b, a, 6), toward(b, c, 6)];
        path += `L${n(into.x)} ${n(into.y)}Q${n(b.x)} ${n(b.y)} ${n(out.x)} ${n(out.y)}`;
    }
    return `${path}L${n(points.at(-1).x)} ${n(points.at(-1).y)}`;
}

function toward(from, to, distance) {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const part = Math.min(distance, length / 2) / length;
    return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

export const cross = ({ x, y }) => `<path class="edge refused" d="M${n(x - 5)} ${n(y - 5)}L${n(x + 5)} ${n(y + 5)}M${n(x - 5)} ${n(y + 5)}L${n(x + 5)} ${n(y - 5)}"/>`;

export function head(before, tip) {
    const back = toward(tip, before, 9);
    const [dx, dy] = [(tip.y - back.y) * 0.45, (back.x - tip.x) * 0.45];
    return `<path class="head" d="M${n(tip.x)} ${n(tip.y)}L${n(back.x + dx)} ${n(back.y + dy)}L${n(back.x - dx)} ${n(back.y - dy)}Z"/>`;
}

function nodeSvg(each, { x, y, width, height }) {
    const radius = each.kind === "broker" ? height / 2 : each.kind === "file" ? 2 : each.kind === "process" ? 10 : 6;
    const lines = each.label.split("\n").map((line, index, all) =>
        `<text x="${n(x + width / 2)}" y="${n(y + height / 2 + 5 + 20 * (index - (all.length - 1) / 2))}" text-anchor="middle">${escape(line)}</text>`);
    return `<rect class="${each.kind}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(radius)}"/>${lines.join("")}`;
}

function flatten(item, found = new Map()) {
    for (const child of item.children ?? []) {
        found.set(child.id, child);
        flatten(child, found);
    }
    return found;
}

export async function drawFlowchart(chart) {
    const laid = await new ELK().layout(toElk(chart));
    const places = flatten(laid);
    const groups = chart.groups.map(group => {
        const { x, y, width, height } = places.get(group.id);
        return `<rect class="${group.kind}" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="10"/>`;
    });
    const titles = chart.groups.map(group => {
        const { x, y } = places.get(group.id);
        return `<text class="title over" x="${n(x + 14)}" y="${n(y + 22)}">${escape(group.label)}</text>`;
    });
    const edges = laid.edges.map((edge, index) => edgeSvg(chart.edges[index], edge.sections[0]));
    const labels = laid.edges.flatMap(edge => edge.labels ?? []).map(({ x, y, width, text }) => {
        return `<text class="label over" x="${n(x + width / 2)}" y="${n(y + 15)}" text-anchor="middle">${escape(text)}</text>`;
    });
    const nodes = [...chart.nodes.values()].map(each => nodeSvg(each, places.get(each.id)));
    const [width, height] = [Math.ceil(laid.width) + 4, Math.ceil(laid.height) + 4];
    const words = [...chart.nodes.values()].map(each => each.label.replace("\n", " ")).join(", ");
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(words)}">\n${style}\n`
        + [...groups, ...edges, ...nodes, ...titles, ...labels].join("\n") + "\n</svg>\n";
}
