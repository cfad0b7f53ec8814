// wasi.mjs PROGRAM [ARGS...]: runs a WebAssembly program as a command, with this one's streams and status.
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const [program, ...args] = process.argv.slice(2);
const wasi = new WASI({ version: 'preview1', args: ['app', ...args], env: {}, returnOnExit: true });
const module = await WebAssembly.compile(await readFile(program));
const needed = WebAssembly.Module.imports(module).filter(({ module }) => module !== 'wasi_snapshot_preview1');
const stubs = {}; // what emscripten needs besides, to wait for streams that do not block
for (const { module, name } of needed) {
    (stubs[module] ??= {})[name] = () => { throw new Error(`${module}.${name} is not there`); };
}
const instance = await WebAssembly.instantiate(module, { ...wasi.getImportObject(), ...stubs });
process.exitCode = wasi.start(instance);
