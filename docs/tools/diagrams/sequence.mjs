// Which process says what to which other, and when: the part of Mermaid's sequence diagrams that the text uses, as SVG.

import { cross, escape, head, n, style, widthOf } from "./draw.mjs";

const [rowHeight, margin] = [34, 24];

// {actors: [{id, label}], rows: [{from, to, text, lost}] or [{over: [id], text}]}
function parse(source) {
    const chart = { actors: [], rows: [] };
    const actor = id => chart.actors.find(each => each.id === id) ?? chart.actors[chart.actors.push({ id, label: id }) - 1];
    for (const line of source.split("\n").slice(1).map(each => each.trim()).filter(each => each && !each.startsWith("%%"))) {
        const [declared, message, note] = [/^participant (\w+)(?: as (.*))?$/.exec(line), /^(\w+)(->>|-x)(\w+): (.*)$/.exec(line), /^Note over ([\w,]+): (.*)$/.exec(line)];
        if (declared) {
            actor(declared[1]).label = declared[2] ?? declared[1];
        } else if (message) {
            chart.rows.push({ from: actor(message[1]).id, to: actor(message[3]).id, text: message[4], lost: message[2] === "-x" });
        } else if (note) {
            chart.rows.push({ over: note[1].split(",").map(id => actor(id).id), text: note[2] });
        } else {
            throw new Error(`a sequence has a line that its drawing does not know: ${line}`);
        }
    }
    return chart;
}

// Each message and note must have room between the lives that it stands between.
function placesOf(chart) {
    const places = [widthOf(chart.actors[0].label) / 2 + 20];
    const index = id => chart.actors.findIndex(each => each.id === id);
    for (let at = 1; at < chart.actors.length; ++at) {
        let x = places[at - 1] + (widthOf(chart.actors[at - 1].label) + widthOf(chart.actors[at].label)) / 2 + 40;
        for (const row of chart.rows) {
            const ends = (row.over ?? [row.from, row.to]).map(index).sort((a, b) => a - b);
            if (ends.length > 1 && ends[1] === at && ends[0] !== at) {
                x = Math.max(x, places[ends[0]] + widthOf(row.text, 13) + 30);
            }
        }
        places.push(n(x));
    }
    return new Map(chart.actors.map((each, at) => [each.id, places[at]]));
}

function messageSvg(row, places, y) {
    const [from, to] = [places.get(row.from), places.get(row.to)];
    const tip = row.lost ? from + (to - from) * 0.75 : to;
    const text = `<text class="label over" x="${n((from + to) / 2)}" y="${y - 7}" text-anchor="middle">${escape(row.text)}</text>`;
    const end = row.lost ? cross({ x: tip, y }) : head({ x: from, y }, { x: tip, y });
    return `<path class="edge thick${row.lost ? " refused" : ""}" d="M${n(from)} ${y}H${n(row.lost ? tip : tip - Math.sign(to - from) * 7)}"/>${end}${text}`;
}

function noteSvg(row, places, y, room) {
    const xs = row.over.map(id => places.get(id));
    const width = Math.max(widthOf(row.text, 13) + 20, Math.max(...xs) - Math.min(...xs) + 40);
    const middle = (Math.max(...xs) + Math.min(...xs)) / 2;
    const x = Math.max(0, Math.min(middle - width / 2, room - width));
    return `<rect class="note" x="${n(x)}" y="${y - 18}" width="${n(width)}" height="24" rx="4"/><text class="label" x="${n(x + width / 2)}" y="${y - 2}" text-anchor="middle">${escape(row.text)}</text>`;
}

export function drawSequence(source) {
    const chart = parse(source);
    const places = placesOf(chart);
    const last = chart.actors.at(-1);
    const notes = chart.rows.filter(row => row.over).map(row => widthOf(row.text, 13) + 20);
    const width = Math.ceil(Math.max(places.get(last.id) + widthOf(last.label) / 2 + 20, ...notes));
    const height = 40 + margin + chart.rows.length * rowHeight + 10;
    const lives = chart.actors.map(({ id, label }) => {
        const [x, w] = [places.get(id), widthOf(label) + 24];
        const kind = /nats|broker/.test(label) ? "broker" : "process";
        return `<path class="life" d="M${x} 40V${height}"/><rect class="${kind}" x="${n(x - w / 2)}" y="2" width="${n(w)}" height="36" rx="10"/><text x="${x}" y="25" text-anchor="middle">${escape(label)}</text>`;
    });
    const rows = chart.rows.map((row, index) => {
        const y = 40 + margin + index * rowHeight + 10;
        return row.over ? noteSvg(row, places, y, width) : messageSvg(row, places, y);
    });
    const words = chart.rows.map(row => row.text).join("; ");
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 ${width + 4} ${height + 4}" width="${width + 4}" height="${height + 4}" role="img" aria-label="${escape(words)}">\n${style}\n`
        + [...lives, ...rows].join("\n") + "\n</svg>\n";
}
