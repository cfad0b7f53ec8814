#!/usr/bin/env node
// What JavaScript makes of what languages do not agree about: a line for each question, as naive.cpp and naive.py have it.

import { createInterface } from "node:readline";
import { Readable } from "node:stream";

function readAndWritten(text) {
    try {
        return JSON.stringify(JSON.parse(text));
    } catch {
        return "refused";
    }
}
const yes = (answer) => (answer ? "yes" : "no");

let lines = 0;
for await (const line of createInterface({ input: Readable.from(["1\r2\n"]) })) {
    lines += line === null ? 0 : 1;
}

const answers = {
    "reads 9007199254740993, writes": readAndWritten("9007199254740993"),
    "reads 18446744073709551616, writes": readAndWritten("18446744073709551616"),
    "reads 42.0, writes": readAndWritten("42.0"),
    "takes 42.0 for an integer": yes(Number.isInteger(JSON.parse("42.0"))),
    "takes true for an integer": yes(Number.isInteger(JSON.parse("true"))),
    "gives 3000000000 as an int32": JSON.parse("3000000000") | 0,
    "reads -0, writes": readAndWritten("-0"),
    "reads -0.0, writes": readAndWritten("-0.0"),
    "doubles 1073741824": 2 * 1073741824,
    "divides -7 by 2": -7 / 2,
    "leaves of that": -7 % 2,
    "rounds 2.5 and -2.5": `${Math.round(2.5)} and ${Math.round(-2.5)}`,
    "writes -14 in four digits": String(-14).padStart(4, "0"),
    "reads NaN, writes": readAndWritten("NaN"),
    "writes a number that is none": JSON.stringify(NaN),
    "reads the byte FF in a text": readAndWritten(Buffer.from([0x22, 0xff, 0x22]).toString()),
    "reads half a character, writes": readAndWritten('"\\ud800"'),
    "reads an accent, writes": readAndWritten('"é"'),
    "reads after a byte order mark": readAndWritten("\ufeff[]"),
    "counts in two characters": "é😀".length,
    "reads b before a, writes": readAndWritten('{"b":1,"a":2}'),
    "reads b before 1, writes": readAndWritten('{"b":1,"1":2}'),
    "reads a twice, writes": readAndWritten('{"a":1,"a":2}'),
    "ends a line at \\r": yes(lines === 2),
};
for (const [question, answer] of Object.entries(answers)) {
    console.log(`${question}\t${answer}`);
}
