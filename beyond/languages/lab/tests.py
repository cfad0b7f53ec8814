#!/usr/bin/python3
"""tests.py STEPS BUILD CASE: what the page claims. STEPS is where the steps are built, BUILD where this part is.

    differences  the languages, left alone, answer as differences.json says (differences --write: writes it)
    answers      all services, in each language, take and refuse the same messages, and answer the same
    schema       what they take and answer is what the schema says, by a library
    same_code    the two services in JavaScript share what they have in common, word for word
    mixed.shared a queue group of C++ and JavaScript: each does about half
    mixed.killed the same for 10,000 values, while each of the four workers is killed ten times
"""

import contextlib
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.dont_write_bytecode = True
from messages import DOMAIN, MALFORMED, OTHERWISE, SAME, SCHEMA_ALLOWS  # noqa: E402
from services import OTHER, PATIENCE, Program, Wrong, asked, broker, everywhere, folder_of, wait_for, Child  # noqa: E402

HERE = Path(__file__).resolve().parents[1]


def check(right, what):
    if not right:
        raise Wrong(what)


# the languages

def naive(build):
    """What each says to each question."""
    found = {}
    for language, program in (("C++", f"{build}/naive"), ("Python", HERE / "lab/naive.py"), ("JavaScript", HERE / "lab/naive.mjs")):
        said = subprocess.run([program], capture_output=True, check=True, timeout=PATIENCE).stdout.decode()
        for line in said.splitlines():
            question, answer = line.split("\t")
            found.setdefault(question, {})[language] = answer
    return found


def differences(_, build, *options):
    found = naive(build)
    file = HERE / "differences.json"
    if options == ("--write",):
        file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    written = json.loads(file.read_text())
    for question in written | found:
        check(found.get(question) == written.get(question),
              f"{question}: {found.get(question)}, and differences.json has {written.get(question)}")
    print(f"{len(found)} questions, {sum(len(set(answers.values())) > 1 for answers in found.values())} with different answers")


# the services

def answers(steps, build):
    texts = {}  # of what is refused as a value: the same words everywhere
    for step, language in everywhere():
        with asked(steps, build, step, language) as ask:
            for operation, payload, expected in SAME:
                kind, content, *_ = ask(operation, payload)
                where = f"{step} in {language}, {operation} {payload[:60]}"
                if expected in (MALFORMED, DOMAIN):
                    check(kind == expected, f"{where}: {kind} {content} instead of {expected}")
                    if kind == DOMAIN:
                        check(texts.setdefault(payload, content) == content, f"{where}: {content} instead of {texts[payload]}")
                else:
                    check((kind, content) == ("result", expected) and json.dumps(content) == json.dumps(expected),
                          f"{where}: {kind} {content} instead of {expected}")
            for operation, payload, expected in OTHERWISE:
                check(ask(operation, payload)[0] == expected[language], f"{step} in {language}, {payload}: not as we wrote it down")
            kind, content, *_ = ask("process", b'{"x":' + b"[" * 30_000 + b"]" * 30_000 + b',"input":42}')
            check(kind in ("result", MALFORMED), f"{step} in {language}: {kind} for what is nested deeply")
            check(ask("process", b'{"input":42}')[0] == "result", f"{step} in {language}: it does not go on")
        print(f"{step} in {language}: {len(SAME) + len(OTHERWISE) + 2} messages")
    for language in ("C++", OTHER["06"][0]):
        child = Child(folder_of(steps, build, "06", language), None, "service1")
        with contextlib.closing(child):
            for number in (7, 9007199254740993, 18446744073709551615):
                found = child.ask_line(b'{"id":%d,"op":"process","params":{"input":42}}' % number)
                check(found["id"] == number, f"06 in {language}: id {found['id']} instead of {number}")
            check("error" in child.ask_line(b'\xef\xbb\xbf{"id":1,"op":["process"],"params":{}}'), "a list is no operation")
            check(child.ask_line(b'\xef\xbb\xbf{"id":8,"op":"process","params":{"input":42}}\r')["id"] == 8, "a byte order mark")


def schema(steps, build):
    import jsonschema
    document = json.loads((HERE / "schema/messages.json").read_text())
    jsonschema.Draft202012Validator.check_schema(document)

    def errors(name, instance):
        checked = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": document["$defs"]})
        return [error.message for error in checked.iter_errors(instance)]

    exchanges = 0
    for step, language in everywhere():
        with asked(steps, build, step, language) as ask:
            for operation, payload, _ in SAME:
                kind, content, whole, envelope = ask(operation, payload)
                where = f"{step} in {language}, {operation} {payload[:60]}"
                try:
                    allowed = not errors(f"{operation}.params", json.loads(payload.decode(), parse_constant=lambda _: None))
                    readable = b"NaN" not in payload
                except ValueError:
                    readable = False
                if readable and payload not in SCHEMA_ALLOWS:
                    check(allowed == (kind != MALFORMED), f"{where}: {kind}, and the schema {'allows' if allowed else 'refuses'} it")
                elif readable:
                    check(allowed and kind == MALFORMED, f"{where}: the schema and the services agree after all")
                wrong = errors(envelope, whole) if envelope else []
                wrong += errors(f"{operation}.result", content) if kind == "result" else []
                check(not wrong, f"{where}: {whole}: {wrong}")
                exchanges += 1
    print(f"{exchanges} exchanges are as the schema says")


def same_code(*_):
    def regions(file):
        text = (HERE / "javascript" / file).read_text()
        return [re.search(rf"// tag::{tag}\[\]\n(.*?)// end::{tag}\[\]", text, re.DOTALL)[1] for tag in ("read", "components")]
    check(regions("http_service.mjs") == regions("nats_service.mjs"), "the two services in JavaScript differ in what they share")


# both languages in one queue group

class Mixed:
    """A broker, and a worker of each service in each language, each of which may be killed and started again."""

    def __init__(self, steps, build, folder, port, *options):
        self.folder, self.options = Path(folder), options
        self.url = f"nats://127.0.0.1:{port}"
        self.folders = {language: folder_of(steps, build, "08", language) for language in ("C++", "JavaScript")}
        self.workers = {}
        for language in self.folders:
            for name in ("service1", "service2"):
                self.start(language, name)

    def log(self, language, name):
        return self.folder / f"{name}.{language}"

    def start(self, language, name):
        with self.log(language, name).open("ab") as log:
            self.workers[language, name] = Program(self.folders[language] / name, *self.options, log=log, NATS_URL=self.url)
        check(self.workers[language, name].line() == b"ready\n", f"{name} in {language} is not ready")

    def taken(self, language, name):
        return self.log(language, name).read_text().count(": request '")

    def app(self, *options, **others):
        return Program(self.folders["C++"] / "app", *options, "-", stdin=subprocess.PIPE, NATS_URL=self.url, **others)

    def close(self):
        for worker in self.workers.values():
            worker.close()


def batch(steps, count):
    """Values that no component refuses, and what step 00 makes of them."""
    values = [random.randint(-4999, 4999) for _ in range(count)]
    said = subprocess.run([f"{steps}/step00_monofile/bin/app", "-q", "-"], input="".join(f"{value}\n" for value in values).encode(),
                          capture_output=True, check=True, timeout=PATIENCE).stdout
    return values, said


class Output:
    """Reads what the app prints, on a thread."""

    def __init__(self, program):
        self.text, self.blocks, self.pipe = [], 0, program.process.stdout
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        for line in self.pipe:
            self.text.append(line)
            self.blocks += line.startswith(b"Analysis: ")

    def finished(self):
        self.thread.join(PATIENCE)
        return b"".join(self.text)


def write(app, values):
    app.process.stdin.write("".join(f"{value}\n" for value in values).encode())
    app.process.stdin.flush()


def shared(steps, build):
    values, expected = batch(steps, 2000)
    with broker() as port, tempfile.TemporaryDirectory() as folder, contextlib.closing(Mixed(steps, build, folder, port)) as mixed, \
            contextlib.closing(mixed.app("-q", "--jobs", "8")) as app:
        output = Output(app)
        write(app, values)
        app.process.stdin.close()
        check(app.process.wait(4 * PATIENCE) == 0 and output.finished() == expected, "the app did not print what step 00 prints")
        for name in ("service1", "service2"):
            counts = {language: wait_for(lambda language=language: mixed.taken(language, name), "a worker has told of requests")
                      for language in mixed.folders}
            share = counts["JavaScript"] / sum(counts.values())
            print(f"{name}: {counts}, {share:.0%} in JavaScript")
            check(sum(counts.values()) == 2 * len(values), f"{name} was asked {sum(counts.values())} times")
            check(0.4 < share < 0.6, f"{name} in JavaScript took {share:.0%}")


def killed(steps, build):
    """After each kill the batch goes on only when the worker is back, so that all forty are in it."""
    values, expected = batch(steps, 10_000)
    begin = time.monotonic()
    with broker() as port, tempfile.TemporaryDirectory() as folder, contextlib.closing(Mixed(steps, build, folder, port, "--quiet")) as mixed, \
            (Path(folder) / "story").open("wb") as story, contextlib.closing(mixed.app("--jobs", "8", "--timeout", "250", log=story)) as app:
        output = Output(app)
        step = len(values) // 40
        for kill in range(40):
            write(app, values[kill * step:(kill + 1) * step])
            wait_for(lambda kill=kill: output.blocks >= kill * step + step // 4, "the batch goes on")
            victim = list(mixed.workers)[kill % 4]
            mixed.workers[victim].kill()
            mixed.start(*victim)
        app.process.stdin.close()
        check(app.process.wait(4 * PATIENCE) == 0, "the app gave up")
        check(output.finished() == expected, "the app did not print what step 00 prints")
        again = (Path(folder) / "story").read_text().count(": subject service.")
        print(f"{len(values)} values, each of {len(mixed.workers)} workers killed ten times, {again} calls asked again, none lost, "
              f"{time.monotonic() - begin:.0f} s")
        check(again > 0, "no kill has hit anything")


CASES = {"differences": differences, "answers": answers, "schema": schema, "same_code": same_code, "mixed.shared": shared, "mixed.killed": killed}

if __name__ == "__main__":
    try:
        CASES[sys.argv[3]](sys.argv[1], sys.argv[2], *sys.argv[4:])
    except Wrong as error:
        sys.exit(f"tests.py: {error}")
