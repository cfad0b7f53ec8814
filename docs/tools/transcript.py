"""Commands and what they print, as a text shows them: run, made readable, compared."""

import functools
import os
import re
import signal
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Wrong(Exception):
    """What is wrong, for the author of a text."""


def transcript(lines):
    """Commands, each with the lines that it printed."""
    steps, continued = [], False
    for line in lines:
        if continued:
            steps[-1][0] += "\n" + line
        elif line.startswith("$ "):
            steps.append([line[2:], []])
        elif steps:
            steps[-1][1].append(line)
            continue
        else:
            raise Wrong("the first line is not a command: " + line)
        continued = line.endswith("\\")
    if not steps:
        raise Wrong("no command, that is, no line that starts with `$ `")
    return [tuple(step) for step in steps]


@functools.cache
def own_network():
    """What a command must begin with to have a network of its own, where no port is taken; nothing if that is not
    allowed here."""
    apart = ["unshare", "--net", *(["--user", "--map-root-user"] if os.geteuid() else [])]
    tried = subprocess.run([*apart, "true"], stderr=subprocess.DEVNULL, check=False)
    return [*apart, "sh", "-c", 'ip link set lo up && exec "$@"', "sh"] if tried.returncode == 0 else []


def run_commands(commands, root=ROOT, time_limit=60):
    """What each prints, and its exit status. They and what they left behind are ended in the end. Ports that the
    author chose are theirs alone, where a network of their own is allowed."""
    separator = f"<{os.urandom(8).hex()}>"
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        environment = {name: value for name, value in os.environ.items()
                       if not re.search("_URL$|^(PLUGIN_DIR|SERVICE_|CTEST_|MAKEFLAGS|NINJA_)", name)}
        environment |= {"COURSE_SETUP": "no", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
        environment["PATH"] += ":/usr/sbin"
        script = 'for command; do eval "$command"; printf "\\n%s %d\\n" "$0" $?; done'
        with subprocess.Popen([*own_network(), "bash", "-c", script, separator, *commands], cwd=root, stdout=output,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment,
                              start_new_session=True) as shell:
            try:
                shell.wait(time_limit)
            except subprocess.TimeoutExpired:
                raise Wrong(f"takes more than {time_limit} s: {commands}") from None
            finally:
                try:
                    os.killpg(shell.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        text = Path(output.name).read_text(encoding="utf-8", errors="replace")
    found = re.findall(rf"(.*?)\n{separator} (\d+)\n", text, re.DOTALL)
    if len(found) != len(commands):
        raise Wrong(f"the shell itself ended in: {commands[len(found)]}")
    return [(text.replace("\r", "").rstrip("\n").splitlines(), int(status)) for text, status in found]


NUMBERED = (  # numbers of the moment, and what the first of them is shown as
    (r"\bpid[ =:]+(\d+)", 4001),
    (r"(?:127\.0\.0\.1|0\.0\.0\.0|localhost):(\d+)", 3001),
)


def readable(lines, commands, root=ROOT):
    """With the root's path, pids and ports put into a form that stays the same."""
    text = "\n".join(lines).replace(str(root), "...")
    text = re.sub(r"(/tmp/[a-z]+\.)\w{6,10}\b", r"\1XXXXXX", text)  # mktemp's
    for pattern, first in NUMBERED:
        names = {}

        def replace(match):
            number = match[1]
            if re.search(rf"\b{number}\b", commands):  # the author chose it
                return match[0]
            name = names.setdefault(number, str(first + len(names)))
            return match[0][:match.start(1) - match.start()] + name
        text = re.sub(pattern, replace, text)
    return text.splitlines()


MOMENT = re.compile("|".join((
    r"\b\d+\.\d+ m?s\b",                                   # 1.9 ms
    r"\b0x[0-9a-f]{4,}\b",
    r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT",
    r"(?:\[\d+\] )?\b\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d[.\dZ]*",
)))


def matches(pattern, lines, any_order=False):
    """Are the lines what the pattern says, in which dots stand for anything?"""
    if any_order:
        pattern, lines = ([re.sub(r"\bpid \d+", "pid", line) for line in some] for some in (pattern, lines))
        for line in [line for line in pattern if line.strip() != "..."]:
            found = next((other for other in lines if matches([line], [other])), None)
            if found is None:
                return False
            lines.remove(found)
        return not lines or "..." in pattern
    expression = ""
    for line in pattern:
        if line.strip() == "...":
            expression += r"(?:.*\n)*?"
        else:
            parts = MOMENT.sub("\0", line).rstrip().split("...")
            if parts[0] == "" and len(parts) > 1 and parts[1].startswith("/"):
                parts[:2] = ["..." + parts[1]]  # the root of a path
            expression += "[^\n]*".join(map(re.escape, parts)) + r"\n"
    text = "".join(MOMENT.sub("\0", line).rstrip() + "\n" for line in lines)
    return re.fullmatch(expression, text) is not None
