// What a step changed, as git sees it: the same command, on the same copies, as `./course diff` uses.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { listFiles, readBytes, readSource, withoutTags } from "./repository.js";

function git(cwd, ...options) {
    try {
        return execFileSync("git", ["--no-pager", "diff", "--no-index", "--no-ext-diff", "-M", ...options],
            { cwd, encoding: "utf8", maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" } });
    } catch (error) {
        if (error.status === 1) {  // they differ
            return error.stdout;
        }
        throw error;
    }
}

// Path inside the step to text.
function filesOf(step) {
    const files = listFiles().filter(path => path.startsWith(`${step.folder}/`));
    return new Map(files.map(path => [path.slice(step.folder.length + 1), withoutTags(readSource(path) ?? readBytes(path).toString("latin1"))]));
}

function writeCopy(folder, files) {
    for (const [path, text] of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
    }
}

const inside = path => path.slice(path.indexOf("/") + 1);

// The hunks of a file: [[line of the old, of the new, both from 1, [" text", "-text", "+text"...]]...]
function hunksOf(patch) {
    const hunks = [];
    for (const line of patch.split("\n")) {
        const head = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line);
        if (head) {
            hunks.push({ old: Number(head[1]), new: Number(head[2]), lines: [] });
        } else if (hunks.length && /^[ +-]/.test(line)) {
            hunks.at(-1).lines.push(line);
        }
    }
    return hunks;
}

// {from, to, files: [{kind, path, old, added, removed, hunks, before, after}], unchanged: [path]}
export function compareSteps(from, to) {
    const folder = mkdtempSync(join(tmpdir(), "course-site-"));
    try {
        const [before, after] = [filesOf(from), filesOf(to)];
        writeCopy(join(folder, from.folder), before);
        writeCopy(join(folder, to.folder), after);
        const names = git(folder, "--name-status", "-z", from.folder, to.folder).split("\0");
        const counts = git(folder, "--numstat", from.folder, to.folder).trim().split("\n").map(line => line.split("\t"));
        const patches = git(folder, "-U3", from.folder, to.folder).split(/^diff --git .*\n/m).slice(1);
        const files = [];
        for (let index = 0; names.length > 1; ++index) {
            const kind = { A: "added", D: "removed", M: "changed", R: "moved" }[names.shift()[0]];
            const old = inside(names.shift());
            const path = kind === "moved" ? inside(names.shift()) : old;
            const [added, removed] = counts[index].map(Number);
            files.push({ kind, path, old, added, removed, hunks: hunksOf(patches[index]), before: before.get(old), after: after.get(path) });
        }
        const touched = new Set(files.filter(file => file.kind !== "added").map(file => file.old));
        return { from, to, files, unchanged: [...before.keys()].filter(path => !touched.has(path)).sort() };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

// As the first line of `./course diff NN MM --stat`.
export function summaryOf({ files, unchanged }) {
    const count = kind => files.filter(file => file.kind === kind).length;
    const edited = files.filter(file => file.kind === "moved" && (file.added || file.removed)).length;
    return `${count("added")} added, ${count("removed")} removed, ${count("moved")} moved (${edited} of them edited), ${count("changed")} changed, ${unchanged.length} unchanged`;
}
