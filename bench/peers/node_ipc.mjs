// Peer: the same exchange with a child process of Node over its IPC channel, which speaks JSON.

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { answer, answerRounds } from './rounds.mjs';

if (process.argv[2] === 'child') {
    process.on('message', (message) => process.send(answer(message)));
    process.on('disconnect', () => process.exit());
} else {
    const child = fork(fileURLToPath(import.meta.url), ['child']);
    await answerRounds(
        () =>
            new Promise((resolve) => {
                child.once('message', resolve);
                child.send({ input: 42 });
            }),
    );
}
