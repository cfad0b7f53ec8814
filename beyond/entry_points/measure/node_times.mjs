// node_times.mjs PACKAGE: nanoseconds for one value and for a thousand, as JSON.
import {times} from "./times.mjs";

const {evaluateJson} = await import(process.argv[2]);
console.log(JSON.stringify(times(evaluateJson)));
