// The part of Mermaid's flowcharts that the text uses, as nodes, groups and edges.

const node = String.raw`[A-Za-z_]\w*`;
const shapes = [
    [/^\(\["?(.*?)"?\]\)$/, "broker"],
    [/^\[\("?(.*?)"?\)\]$/, "store"],
    [/^\("?(.*?)"?\)$/, "box"],
    [/^\{"?(.*?)"?\}$/, "box"],
    [/^\["?(.*?)"?\]$/, "box"],
];

// One hand for all chapters: what a thing is shows in its shape and colour.
function kindOf(label, shape) {
    if (shape === "broker" && !/nats|broker/i.test(label)) {
        return "process";
    }
    if (shape !== "box") {
        return shape;
    }
    if (/^(step \d\d: )?Component\d$/.test(label)) {
        return "component";
    }
    return /\.(hpp|cpp|h|so|a|txt)\b|\.so\./.test(label) ? "file" : "box";
}

export function parseFlowchart(source) {
    const chart = { direction: "DOWN", nodes: new Map(), groups: [], edges: [], order: 0 };
    const open = [];
    const lines = source.split("\n").map(line => line.trim()).filter(line => line && !line.startsWith("%%"));
    const head = /^(flowchart|graph) (TD|TB|LR|BT|RL)$/.exec(lines.shift());
    if (!head) {
        throw new Error("a diagram begins with: flowchart TD, or LR");
    }
    chart.direction = { TD: "DOWN", TB: "DOWN", LR: "RIGHT", BT: "UP", RL: "LEFT" }[head[2]];
    for (const line of lines) {
        parseLine(line, chart, open);
    }
    return chart;
}

function parseLine(line, chart, open) {
    if (/^(classDef|class|style|linkStyle|direction)\b/.test(line)) {
        return;
    }
    const group = new RegExp(`^subgraph (${node})(?:\\["?(.*?)"?\\])?$`).exec(line) ?? /^subgraph "(.*)"$/.exec(line);
    if (group) {
        const label = group[2] ?? group[1];
        const kind = /\bprocess\b|anywhere|^service\d/.test(label) ? "process" : "group";
        const made = { id: `group_${chart.groups.length}`, name: group[1], label, kind, parent: open.at(-1) ?? null, order: chart.order++ };
        chart.groups.push(made);
        open.push(made.id);
        return;
    }
    if (line === "end") {
        open.pop();
        return;
    }
    parseChain(line, chart, open.at(-1) ?? null);
}

// a["A"] -- "says" --> b & c
const arrow = /^\s*(?:(<)?(--|-\.|==)\s*"?([^">|]*?)"?\s*(-->|\.->|==>|--x|---|-\.-)|(<)?(-->|-\.->|==>|--x|---|-\.-)(?:\|"?([^|"]*)"?\|)?)\s*/;

function parseChain(line, chart, parent) {
    let rest = line;
    let from = null;
    let link = null;
    for (;;) {
        const here = [];
        for (;;) {
            const match = new RegExp(`^\\s*(${node})(\\(\\[.*?\\]\\)|\\[\\(.*?\\)\\]|\\[.*?\\]|\\(.*?\\)|\\{.*?\\})?`).exec(rest);
            if (!match) {
                throw new Error(`a diagram has a line that its drawing does not know: ${line}`);
            }
            rest = rest.slice(match[0].length);
            here.push(addNode(chart, match[1], match[2], parent));
            const and = /^\s*&/.exec(rest);
            if (!and) {
                break;
            }
            rest = rest.slice(and[0].length);
        }
        if (link) {
            from.forEach(a => here.forEach(b => chart.edges.push({ from: a, to: b, ...link })));
        }
        const match = arrow.exec(rest);
        if (!match || rest.trim() === "") {
            if (rest.trim() !== "") {
                throw new Error(`a diagram has a line that its drawing does not know: ${line}`);
            }
            return;
        }
        const sign = (match[4] ?? match[6]) + (match[2] ?? "");
        link = { label: (match[3] ?? match[7] ?? "").trim(), dotted: sign.includes("."), thick: sign.includes("="), cross: sign.includes("x"), arrow: sign.includes(">"), back: Boolean(match[1] ?? match[5]) };
        rest = rest.slice(match[0].length);
        from = here;
    }
}

function addNode(chart, id, shape, parent) {
    const known = chart.nodes.get(id) ?? { id, label: id, kind: kindOf(id, "box"), parent, order: -1 };
    known.order = known.order < 0 ? chart.order++ : known.order;
    if (shape) {
        const [pattern, form] = shapes.find(([each]) => each.test(shape));
        known.label = pattern.exec(shape)[1].replace(/\\n|<br\s*\/?>/g, "\n");
        known.kind = kindOf(known.label, form);
    }
    chart.nodes.set(id, known);
    return id;
}
