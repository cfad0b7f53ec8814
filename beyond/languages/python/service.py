#!/usr/bin/python3
"""Both components in Python, as children of step 06's app: a line of JSON in, a line of JSON out.

The name that it is started by says which one it is: service1 is Component1, the price; service2 is Component2, the label.
"""

import json
import os
import signal
import sys
import time


class Refused(Exception):
    """The value is refused, the next may be fine."""


class Malformed(Exception):
    """A message that is not what it should be."""


# tag::read[]
def parse(line):
    """The language's own reader would take NaN for a number, too."""
    def refuse(constant):
        raise Malformed(f"{constant} is no number")
    return json.loads(line.decode("utf-8-sig"), parse_constant=refuse)  # -sig: C++ skips a byte order mark, too


def member(message, name):
    if type(message) is not dict or name not in message:
        raise Malformed(f"key '{name}' not found")
    return message[name]


def int32(value):
    if type(value) is not int or not -2**31 <= value < 2**31:  # isinstance() would take True for 1
        raise Malformed("a number is not a 32-bit integer")
    return value


def boolean(value):
    if type(value) is not bool:
        raise Malformed("a member is not true or false")
    return value


def text(value):
    if type(value) is not str:
        raise Malformed("a member is not a text")
    value.encode()  # throws for half a character, "\ud800", which a Python text may hold
    return value
# end::read[]


# tag::components[]
def process(params):
    value = 2 * int32(member(params, "input"))
    if not -2**31 <= value < 2**31:  # Python's own integers have no end
        raise Refused(f"2 x {value // 2} does not fit a 32-bit integer")
    return {"processed": True, "value": value}


def validate(params):
    processed, value = boolean(member(params, "processed")), int32(member(params, "value"))
    return {"valid": processed and value > 0}


def transform(params):
    value = int32(member(params, "value"))
    if not -9999 <= value <= 9999:
        raise Refused(f"{value} does not fit the four-digit format (-9999..9999)")
    return {"original": value, "transformed": f"Value-{value:04}"}


def analyze(params):
    original, transformed = int32(member(params, "original")), text(member(params, "transformed"))
    return {"analysis": f"Analysis: {original} maps to {transformed}"}
# end::components[]


COMPONENTS = {"service1": ("0.1.0", {"process": process, "validate": validate}),
              "service2": ("0.2.0", {"transform": transform, "analyze": analyze})}


# tag::answer[]
def answer(line, name, operations):
    reply = {"id": 0}
    try:
        request = parse(line)
        reply["id"] = member(request, "id")
        operation = text(member(request, "op"))
        if operation not in operations:
            raise Malformed(f"{name} has no such operation")
        reply["result"] = operations[operation](member(request, "params"))
    except Refused as error:
        reply["error"] = {"kind": "domain", "message": str(error)}
    except (Malformed, ValueError, RecursionError) as error:  # the last two are the reader's own
        reply["error"] = {"kind": "malformed", "message": str(error)}
    except Exception as error:
        reply["error"] = {"kind": "internal", "message": str(error)}
    return json.dumps(reply, separators=(",", ":"), sort_keys=True)  # sorted as C++ has it, for people who compare
# end::answer[]


# tag::main[]
def main():
    name = os.path.basename(sys.argv[0])
    version, operations = COMPONENTS[name]
    delay = float(os.environ.get("SERVICE_DELAY") or 0) / 1000
    quiet = {"-q", "--quiet"} & set(sys.argv)
    tell = (lambda line: None) if quiet else (lambda line: print(line, file=sys.stderr, flush=True))
    for sent in (signal.SIGINT, signal.SIGPIPE):  # Python makes exceptions of them, and a traceback
        signal.signal(sent, signal.SIG_DFL)

    title = f"{name} (pid {os.getpid()})"
    tell(f"{title}: version {version}, one JSON request per line, in Python")
    slow = {operation: lambda params, run=run: time.sleep(delay) or run(params) for operation, run in operations.items()}
    slow["version"] = lambda params: {"version": version}
    answered = 0
    for line in sys.stdin.buffer:  # bytes: as text, sys.stdin would end a line at \r, too
        print(answer(line, name, slow), flush=True)  # without it the answer waits in a buffer, and the app for it
        answered += 1
    tell(f"{title}: ends after {answered} answers")
# end::main[]


if __name__ == "__main__":
    main()
