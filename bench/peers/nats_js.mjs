// Peer: the same exchange of JSON through the same broker with nats.js. Argument: the broker's URL.

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { JSONCodec, connect } from 'nats';
import { answer, answerRounds } from './rounds.mjs';

const json = JSONCodec();
const connection = await connect({ servers: process.argv[2] });

if (process.argv[3] === 'responder') {
    process.on('disconnect', () => process.exit());
    const subscription = connection.subscribe('peer.process');
    await connection.flush();
    process.send('ready');
    for await (const message of subscription) {
        message.respond(json.encode(answer(json.decode(message.data))));
    }
} else {
    const responder = fork(fileURLToPath(import.meta.url), [process.argv[2], 'responder']);
    await new Promise((resolve) => responder.once('message', resolve));
    await answerRounds(async () => {
        const reply = await connection.request('peer.process', json.encode({ input: 42 }));
        return json.decode(reply.data);
    });
}
