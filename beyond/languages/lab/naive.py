#!/usr/bin/python3
"""What Python makes of what languages do not agree about: a line for each question, as naive.cpp and naive.mjs have it."""

import io
import json


def read_and_written(text):
    try:
        written = json.dumps(json.loads(text.decode() if isinstance(text, bytes) else text), separators=(",", ":"))
        written.encode()
        return written
    except ValueError:
        return "refused"


def yes(answer):
    return "yes" if answer else "no"


for question, answer in (
        ("reads 9007199254740993, writes", read_and_written("9007199254740993")),
        ("reads 18446744073709551616, writes", read_and_written("18446744073709551616")),
        ("reads 42.0, writes", read_and_written("42.0")),
        ("takes 42.0 for an integer", yes(isinstance(json.loads("42.0"), int))),
        ("takes true for an integer", yes(isinstance(json.loads("true"), int))),
        ("gives 3000000000 as an int32", int(json.loads("3000000000"))),
        ("reads -0, writes", read_and_written("-0")),
        ("reads -0.0, writes", read_and_written("-0.0")),
        ("doubles 1073741824", 2 * 1073741824),
        ("divides -7 by 2", -7 // 2),
        ("leaves of that", -7 % 2),
        ("rounds 2.5 and -2.5", f"{round(2.5)} and {round(-2.5)}"),
        ("writes -14 in four digits", f"{-14:04}"),
        ("reads NaN, writes", read_and_written("NaN")),
        ("writes a number that is none", json.dumps(float("nan"))),
        ("reads the byte FF in a text", read_and_written(b'"\xff"')),
        ("reads half a character, writes", read_and_written(r'"\ud800"')),
        ("reads an accent, writes", read_and_written('"é"')),
        ("reads after a byte order mark", read_and_written("\ufeff[]")),
        ("counts in two characters", len("é😀")),
        ("reads b before a, writes", read_and_written('{"b":1,"a":2}')),
        ("reads b before 1, writes", read_and_written('{"b":1,"1":2}')),
        ("reads a twice, writes", read_and_written('{"a":1,"a":2}')),
        ("ends a line at \\r", yes(len(list(io.TextIOWrapper(io.BytesIO(b"1\r2\n")))) == 2))):
    print(question, answer, sep="\t")
