// Peer: the same exchange of JSON with Node's own HTTP client and server.

import { fork } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { answer, answerRounds } from './rounds.mjs';

function body(message) {
    return new Promise((resolve, reject) => {
        let text = '';
        message.setEncoding('utf8');
        message.on('data', (chunk) => (text += chunk));
        message.on('end', () => resolve(text));
        message.on('error', reject);
    });
}

function headers(text) {
    return { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
}

if (process.argv[2] === 'server') {
    const server = createServer(async (incoming, outgoing) => {
        const text = JSON.stringify(answer(JSON.parse(await body(incoming))));
        outgoing.writeHead(200, headers(text));
        outgoing.end(text);
    });
    server.listen(0, '127.0.0.1', () => process.send(server.address().port));
    process.on('disconnect', () => process.exit());
} else {
    const server = fork(fileURLToPath(import.meta.url), ['server']);
    const port = await new Promise((resolve) => server.once('message', resolve));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await answerRounds(
        () =>
            new Promise((resolve, reject) => {
                const text = JSON.stringify({ input: 42 });
                const options = { host: '127.0.0.1', port, path: '/process', method: 'POST', agent };
                const outgoing = request({ ...options, headers: headers(text) }, (incoming) =>
                    body(incoming).then((reply) => resolve(JSON.parse(reply)), reject),
                );
                outgoing.on('error', reject);
                outgoing.end(text);
            }),
    );
}
