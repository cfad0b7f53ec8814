// node_answers.mjs PACKAGE: a value a line in, an outcome a line out.
import {readFileSync} from "node:fs";

const {evaluateJson} = await import(process.argv[2]);
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
    console.log(evaluateJson(line));
}
