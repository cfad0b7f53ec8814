// Nanoseconds for one value and for a thousand, medians. A browser's clock is too coarse for one.

const rounds = 21;

function median(numbers) {
    return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

export function times(evaluateJson) {
    const found = [];
    for (let round = 0; round < rounds; ++round) {
        const began = performance.now();
        for (let value = 0; value < 1000; ++value) {
            evaluateJson(value);
        }
        found.push((performance.now() - began) * 1e6);
    }
    const thousand_ns = median(found);
    return {one_ns: thousand_ns / 1000, thousand_ns};
}
