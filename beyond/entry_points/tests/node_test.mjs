// node_test.mjs PACKAGE: what the package does besides.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {dirname, join} from "node:path";

const file = process.argv[2];
const {evaluate, evaluateJson, DomainError, ...rest} = await import(file);

assert.deepEqual(evaluate(42).transformed, {original: 84, transformed: "Value-0084"});
assert.equal(evaluateJson("42"), evaluateJson(42));

assert.throws(() => evaluate(5000), error => error instanceof DomainError && error.name === "DomainError" &&
    error.message.includes("four-digit") && error.outcome.processed.value === 10000);

for (const wrong of [2 ** 31, -(2 ** 31) - 1, 4.2, NaN, 1e300, "", "x", " 42", "42\0", "9".repeat(10_000_000), undefined, null, {}]) {
    assert.throws(() => evaluate(wrong), RangeError, `${wrong}`);
}

// What is thrown inside is caught and freed: 16 MiB, all that the module has, would not last.
for (let i = 0; i < 200_000; ++i) {
    evaluateJson(2 ** 30);
}

// The types name what is there.
const types = readFileSync(join(dirname(file), "index.d.ts"), "utf8");
const named = [...types.matchAll(/^export (?:class|function) (\w+)/gm)].map(match => match[1]);
assert.deepEqual(named.sort(), ["DomainError", "evaluate", "evaluateJson"]);
assert.deepEqual(rest, {});
