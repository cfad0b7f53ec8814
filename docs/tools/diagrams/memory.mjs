// Two pictures of memory: the bytes of ProcessResult before and after the change of chapter 04, and an object
// with its vtable for chapter 03.

import { escape, head, style } from "./draw.mjs";

const byte = 44;

const text = (x, y, words, kind = "", anchor = "middle") => `<text${kind && ` class="${kind}"`} x="${x}" y="${y}" text-anchor="${anchor}">${escape(words)}</text>`;

// fields: [name, bytes, value]; a field without a name is padding
function struct(y, title, fields) {
    let x = 0;
    const cells = fields.map(([name, bytes, value], index) => {
        const offset = fields.slice(0, index).reduce((sum, each) => sum + each[1], 0);
        const cell = `<rect class="${name ? "component" : "group"}" x="${x}" y="${y + 40}" width="${bytes * byte}" height="34"/>`
            + (name ? text(x + 2, y + 34, name, "mono", "start") : "") + text(x + bytes * byte / 2, y + 62, name ? value : "padding", "label")
            + text(x + 2, y + 90, String(offset), "title", "start");
        x += bytes * byte;
        return cell;
    });
    return text(0, y + 12, title, "", "start") + cells.join("");
}

function picture(width, height, label, parts) {
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -4 ${width + 4} ${height + 8}" width="${width + 4}" height="${height + 8}" role="img" aria-label="${escape(label)}">\n${style}\n${parts.join("\n")}\n</svg>\n`;
}

export function drawLayoutChange() {
    return picture(12 * byte, 382, "The bytes of ProcessResult for 128: the app reads value at 0 and processed at 4; the new library writes attempts at 0, value at 4 and processed at 8", [
        struct(0, "What the app was compiled with, and reads", [["value", 4, ""], ["processed", 1, ""], ["", 3, ""]]),
        struct(116, "What the new library writes for 128", [["attempts", 4, "1"], ["value", 4, "256: 00 01 00 00"], ["processed", 1, "01"], ["", 3, ""]]),
        struct(232, "So the app sees", [["value", 4, "1"], ["processed", 1, "00"], ["", 3, ""]]),
        text(0, 348, "The number below a cell is its offset in bytes. The lowest byte of 256 comes first on", "label", "start"),
        text(0, 368, "this machine, so the app finds 00 at offset 4: value 1, processed false.", "label", "start"),
    ]);
}

const box = (x, y, width, words, kind = "box") => `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="32"/>${text(x + width / 2, y + 21, words, "mono")}`;

function arrow(x1, y1, x2, y2) {
    const middle = (x1 + x2) / 2;
    return `<path class="edge" d="M${x1} ${y1}H${middle}V${y2}H${x2}"/>${head({ x: middle, y: y2 }, { x: x2, y: y2 })}`;
}

export function drawObject() {
    const functions = ["~Component1", "~Component1, delete", "process", "validate"];
    return picture(760, 206, "An object of class Component1 holds one pointer, to the table of its class; the table holds the addresses of its functions", [
        text(0, 20, "the object", "title", "start"), box(0, 30, 150, "pointer"),
        text(0, 80, "8 bytes, nothing else", "label", "start"),
        text(230, 20, "vtable of Component1, one per class", "title", "start"), box(230, 30, 200, "type information"),
        ...functions.map((name, index) => box(230, 62 + 32 * index, 200, name)),
        text(530, 20, "code", "title", "start"),
        box(530, 110, 230, "Component1::process", "component"), box(530, 162, 230, "Component1::validate", "component"),
        arrow(150, 46, 230, 78), arrow(430, 142, 530, 126), arrow(430, 174, 530, 178),
    ]);
}
