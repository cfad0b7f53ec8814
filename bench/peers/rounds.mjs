// Times an exchange in rounds, whenever the orchestrator asks for one: as rounds.cpp does.

import { createInterface } from 'node:readline';

// exchange() returns a promise of the answer to {"input":42}.
export async function answerRounds(exchange) {
    const measured = async () => {
        const began = process.hrtime.bigint();
        const answer = await exchange();
        const took = Number(process.hrtime.bigint() - began);
        if (answer.value !== 84 || answer.processed !== true) {
            throw new Error(`a wrong answer: ${JSON.stringify(answer)}`);
        }
        return took;
    };
    for await (const line of createInterface({ input: process.stdin })) {
        const milliseconds = Number(line.split(' ')[1]);
        for (const end = performance.now() + milliseconds / 10; performance.now() < end; ) {
            await measured();
        }
        const times = [];
        const end = performance.now() + milliseconds;
        do {
            times.push(await measured());
        } while (performance.now() < end);
        times.sort((a, b) => a - b);
        const percentile = (percent) => times[Math.max(1, Math.ceil((percent / 100) * times.length)) - 1];
        const call = { median: percentile(50), p99: percentile(99), count: times.length };
        console.log(JSON.stringify({ call }));
    }
    process.exit();
}

// What the other side does.
export function answer({ input }) {
    return { value: 2 * input, processed: true };
}
