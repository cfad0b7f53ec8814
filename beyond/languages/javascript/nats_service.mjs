#!/usr/bin/env node
// Both components in JavaScript, as workers for step 08's app, with the client library of the broker's own makers.
//
// The name that it is started by says which one it is: service1 is Component1, the price; service2 is Component2, the label.

import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { connect } from "@nats-io/transport-node";

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
        nats: { type: "string", default: process.env.NATS_URL || "nats://127.0.0.1:4222" },
        delay: { type: "string", default: process.env.SERVICE_DELAY || "0" },
        quiet: { type: "boolean", short: "q", default: false },
    },
});
const delay = () => Number(options.delay) && sleep(Number(options.delay)); // sleep(0) takes a millisecond, too
const tell = (line) => options.quiet || console.error(line);
const title = `${name} (pid ${process.pid})`;

// tag::answer[]
const failure = (kind, message) => ({ error: { kind, message } });

function answer(run, bytes) {
    try {
        return { result: run(parse(bytes)) };
    } catch (error) {
        const malformed = error instanceof Malformed || error instanceof SyntaxError || error instanceof TypeError;
        const kind = error instanceof Refused ? "domain" : malformed ? "malformed" : "internal"; // TypeError: no UTF-8
        return failure(kind, error.message);
    }
}
// end::answer[]

// tag::connect[]
const servers = options.nats.split(/[,\s]+/).filter(Boolean);
const [, user, pass] = /\/\/([^:@]*):?([^@]*)@/.exec(servers[0]) ?? []; // this library does not look for them in a URL
const settings = {
    servers,
    ...(user && (pass ? { user, pass } : { token: user })),
    name,
    timeout: 1000,
    maxReconnectAttempts: -1, // for ever, every 100 ms; the library gives up after ten by itself
    reconnectTimeWait: 100,
    reconnectJitter: 0,
    pingInterval: 2000,
    maxPingOut: 2,
};
let stopping = false;
let stop = () => process.exit(0); // there is nothing in hand yet
for (const signal of ["SIGTERM", "SIGINT"]) {
    process.on(signal, () => stopping || ((stopping = true), stop()));
}

async function connectPatiently() {
    for (;;) {
        try {
            return await connect(settings);
        } catch (error) {
            if (error.name === "AuthorizationError") { // trying again changes nothing
                throw error;
            }
            tell(`broker: ${error.message}, trying again`);
            await sleep(100);
        }
    }
}
// end::connect[]

// tag::serve[]
const broker = await connectPatiently();
let connected = true;
(async () => {
    for await (const { type } of broker.status()) {
        connected = type === "disconnect" ? false : type === "reconnect" ? true : connected;
        if (type === "disconnect" || type === "reconnect") {
            tell(connected ? "connected to the broker again" : "lost the broker, connecting again");
        }
    }
})();

const subscriptions = Object.keys(operations).map(
    (operation) => broker.subscribe(`service.${operation}`, { queue: name })); // a queue group: one of this name gets each
const loops = subscriptions.map(async (subscription) => {
    const operation = subscription.getSubject().slice("service.".length);
    for await (const message of subscription) {
        tell(`${title}: request '${message.headers?.get("X-Request-ID") ?? ""}': ${operation}`.replace(/[^ -~]/g, "?"));
        await delay();
        message.respond(JSON.stringify(answer(operations[operation], message.data)));
    }
});
await broker.flush(); // now the broker knows them
console.log("ready");
tell(`${title}: version ${version}, serves ${broker.getServer()}, in JavaScript`);

stop = async () => {
    if (connected) { // what the broker has sent is still taken, and what was taken is answered
        await Promise.all(subscriptions.map((subscription) => subscription.drain()));
        await Promise.all(loops);
        await broker.flush();
    }
    await broker.close();
};
const refusal = await broker.closed();
if (refusal) {
    console.error(`${name}: broker: ${refusal.message}; has it another name and password now?`);
    process.exitCode = 3;
}
tell(`${title}: ends`);
// end::serve[]
