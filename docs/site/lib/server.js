// Serves a folder on 127.0.0.1, also below /course/, as a code host does: for reading and for tests.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const types = {
    ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json",
    ".wasm": "application/wasm", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png", ".txt": "text/plain; charset=utf-8", ".pdf": "application/pdf",
};

function fileFor(folder, url) {
    const path = normalize(decodeURIComponent(new URL(url, "http://localhost").pathname)).replace(/^\/course\//, "/");
    const file = join(folder, path);
    const found = existsSync(file) && statSync(file).isDirectory() ? join(file, "index.html") : file;
    return existsSync(found) ? { file: found, status: 200 } : { file: join(folder, "404.html"), status: 404 };
}

export function serve(folder, port = 0) {
    const server = createServer((request, response) => {
        try {
            const { file, status } = fileFor(folder, request.url);
            response.writeHead(status, { "content-type": types[extname(file)] ?? "application/octet-stream", "cache-control": "no-store" });
            createReadStream(file).on("error", () => response.destroy()).pipe(response);
        } catch {
            response.writeHead(400).end();
        }
    });
    return new Promise((resolve, reject) => {
        server.on("error", reject);
        server.listen(port, "127.0.0.1", () => resolve({ server, port: server.address().port }));
    });
}
