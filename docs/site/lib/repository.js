// The repository that the site is made from: its files, its steps. Paths are relative to its root.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

const skipped = new Set(["build", "node_modules", ".git"]);

function walk(folder) {
    return readdirSync(join(root, folder), { withFileTypes: true })
        .filter(entry => !skipped.has(entry.name))
        .flatMap(entry => {
            const path = folder ? `${folder}/${entry.name}` : entry.name;
            return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : [];
        });
}

// What git knows and what is new; in a copy without git, all there is.
export function listFiles() {
    let paths;
    try {
        const arguments_ = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        const output = execFileSync("git", arguments_, { cwd: root, maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "ignore"] });
        paths = output.toString().split("\0").filter(path => path && existsSync(join(root, path)));
    } catch {
        paths = walk("");
    }
    return [...new Set(paths)].filter(path => statSync(join(root, path)).isFile()).sort();
}

export function readBytes(path) {
    return readFileSync(join(root, path));
}

export function read(path) {
    return readFileSync(join(root, path), "utf8");
}

export function has(path) {
    return existsSync(join(root, path));
}

// The text of a file, or null if it is none that a page should show.
export function readSource(path) {
    const bytes = readBytes(path);
    if (bytes.length > 200_000 || bytes.includes(0)) {
        return null;
    }
    const text = bytes.toString("utf8");
    return text.includes("\uFFFD") ? null : text;
}

const tagLine = /^ *(\/\/|#|\/\*) (tag|end)::[a-z0-9_-]+\[\]/;

// Without the lines that mark what the text shows: `./course diff` leaves them out, too.
export function withoutTags(text) {
    return text.split("\n").filter(line => !tagLine.test(line)).join("\n");
}

// [{number: "00", name: "monofile", folder: "step00_monofile", chapter: "docs/00_monofile.md", joined}]
export function listSteps() {
    const folders = readdirSync(root).filter(name => /^step\d\d_/.test(name)).sort();
    return folders.map(folder => {
        const number = folder.slice(4, 6);
        const name = folder.slice(7);
        return { number, name, folder, chapter: `docs/${number}_${name}.md`, joined: joinedBy(name) };
    });
}

// How the parts are joined: the contents' own words for it.
function joinedBy(name) {
    const row = read("docs/README.md").split("\n").find(line => line.includes(`[${name}](`));
    return row ? row.split("|")[3].trim() : "";
}
