// ./course site --serve: builds, serves on 127.0.0.1, and builds again when something changes.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./lib/repository.js";
import { serve } from "./lib/server.js";

const child = spawn(process.execPath, ["node_modules/@11ty/eleventy/cmd.cjs", "--watch"], { stdio: ["ignore", "inherit", "inherit"] });
child.on("exit", code => process.exit(code ?? 1));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill("SIGTERM"));
}
const { port } = await serve(join(root, "build/site"), Number(process.env.SITE_PORT || 8080)).catch(error => {
    child.kill("SIGTERM");
    console.error(`site: ${error.message}; another port: SITE_PORT=8081 ./course site --serve`);
    process.exit(1);
});
console.error(`http://127.0.0.1:${port}/`);
