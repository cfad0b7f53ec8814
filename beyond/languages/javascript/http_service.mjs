#!/usr/bin/env node
// Both components in JavaScript, as services for step 07's app, with node's own http and nothing else.
//
// The name that it is started by says which one it is: service1 is Component1, the price; service2 is Component2, the label.

import { createServer } from "node:http";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

class Refused extends Error {} // the value; the next may be fine
class Malformed extends Error {} // a message that is not what it should be

// tag::read[]
const utf8 = new TextDecoder("utf-8", { fatal: true }); // else what is no UTF-8 becomes U+FFFD, and nobody hears of it
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
const integer = /^-?\d+$/;

function parse(bytes) {
    const text = utf8.decode(bytes);
    const message = JSON.parse(text);
    // To JavaScript 42.0 and 4.2e1 are 42. Here they are no integers, as in C++. The reader has forgotten how a number was
    // written, so one with a point or an exponent is made a list before, which no operation takes.
    return !/\d[.eE]/.test(text) ? message
        : JSON.parse(text.replace(stringOrNumber, (token) => token[0] === '"' || integer.test(token) ? token : `[${token}]`));
}

function member(message, name) {
    if (typeof message !== "object" || message === null || !Object.hasOwn(message, name)) {
        throw new Malformed(`key '${name}' not found`); // hasOwn: every object has a "constructor" that nobody sent
    }
    return message[name];
}

function int32(value) {
    if (value !== (value | 0)) {
        throw new Malformed("a number is not a 32-bit integer");
    }
    return value | 0; // and -0 becomes 0
}

function boolean(value) {
    if (typeof value !== "boolean") {
        throw new Malformed("a member is not true or false");
    }
    return value;
}

function text(value) {
    if (typeof value !== "string" || /\p{Surrogate}/u.test(value)) { // half a character, "\ud800"
        throw new Malformed("a member is not a text");
    }
    return value;
}
// end::read[]

// tag::components[]
function processInput(params) {
    const input = int32(member(params, "input"));
    if (2 * input !== ((2 * input) | 0)) { // a number here has 53 bits
        throw new Refused(`2 x ${input} does not fit a 32-bit integer`);
    }
    return { processed: true, value: 2 * input };
}

function validate(params) {
    const [processed, value] = [boolean(member(params, "processed")), int32(member(params, "value"))];
    return { valid: processed && value > 0 };
}

function transform(params) {
    const value = int32(member(params, "value"));
    if (value < -9999 || value > 9999) {
        throw new Refused(`${value} does not fit the four-digit format (-9999..9999)`);
    }
    // padStart alone would make 0-14 of -14
    const digits = value < 0 ? "-" + String(-value).padStart(3, "0") : String(value).padStart(4, "0");
    return { original: value, transformed: `Value-${digits}` };
}

function analyze(params) {
    const [original, transformed] = [int32(member(params, "original")), text(member(params, "transformed"))];
    return { analysis: `Analysis: ${original} maps to ${transformed}` };
}

const components = {
    service1: { version: "0.1.0", operations: { process: processInput, validate } },
    service2: { version: "0.2.0", operations: { transform, analyze } },
};
// end::components[]

const name = basename(process.argv[1]);
const { version, operations } = components[name];
const { values: options } = parseArgs({
    options: {
        listen: { type: "string", default: process.env.SERVICE_LISTEN || `127.0.0.1:${name === "service1" ? 3001 : 3002}` },
        delay: { type: "string", default: process.env.SERVICE_DELAY || "0" },
        quiet: { type: "boolean", short: "q", default: false },
    },
});
const delay = () => Number(options.delay) && sleep(Number(options.delay)); // sleep(0) takes a millisecond, too
const tell = (line) => options.quiet || console.error(line);

// tag::answer[]
const problem = (status, detail) => ({ status, body: { detail, status } });

async function answer(path, bytes) {
    try {
        await delay();
        return { status: 200, body: operations[path](parse(bytes)) };
    } catch (error) {
        const malformed = error instanceof Malformed || error instanceof SyntaxError || error instanceof TypeError;
        return problem(error instanceof Refused ? 422 : malformed ? 400 : 500, error.message); // TypeError: no UTF-8
    }
}

async function bodyOf(request) {
    const chunks = [];
    let size = 0;
    for await (const chunk of request) {
        size += chunk.length;
        if (size <= 65536) { // the rest is read, and not kept
            chunks.push(chunk);
        }
    }
    return size <= 65536 ? Buffer.concat(chunks) : null;
}

async function route(request) {
    const path = new URL(request.url, "http://localhost").pathname.slice(1);
    const method = path === "health" ? "GET" : Object.hasOwn(operations, path) ? "POST" : null;
    const body = await bodyOf(request);
    return body === null ? problem(413, "the body is too long")
        : method === null ? problem(404, "there is no such path")
        : method !== request.method ? { ...problem(405, `this path takes ${method} only`), headers: { Allow: method } }
        : path === "health" ? { status: 200, body: { name, version } }
        : answer(path, body);
}
// end::answer[]

// tag::serve[]
let unnamed = 0;
const server = createServer(async (request, response) => {
    const { status, body, headers } = await route(request).catch((error) => problem(400, error.message));
    const id = request.headers["x-request-id"] || `unnamed-${++unnamed}`;
    const sent = JSON.stringify(body);
    response.writeHead(status, {
        "Content-Type": status === 200 ? "application/json" : "application/problem+json",
        "Content-Length": Buffer.byteLength(sent), // in bytes, and sent.length is in halves of characters
        "X-Request-ID": id,
        ...(server.listening ? {} : { Connection: "close" }),
        ...headers,
    });
    response.end(sent);
    tell(`${name}: request ${id}: ${request.method} ${request.url} ${status}`.replace(/[^ -~]/g, "?"));
});

server.on("error", (error) => {
    console.error(`${name}: cannot listen on ${options.listen}: ${error.message}; name another address with --listen or SERVICE_LISTEN`);
    process.exitCode = 3;
});
const [host, port] = options.listen.split(":");
server.listen(Number(port), host, () => {
    const address = `${host}:${server.address().port}`;
    console.log(`http://${address}`);
    tell(`${name} (pid ${process.pid}): version ${version}, listens on ${address}, in JavaScript`);
});

for (const signal of ["SIGTERM", "SIGINT"]) {
    process.on(signal, () => {
        server.close(() => tell(`${name}: ends`)); // when the requests in hand are answered
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 1000).unref(); // those that never sent a request count as busy
    });
}
// end::serve[]
