"""A step as what it is built from, and what is built: lines, packages, times, sizes.

Each is built alone, as its README says, for release."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from figures import figure
from plan import folder

LEAST_ROUNDS, MOST_ROUNDS = 2, 5
SOURCES = {".cpp", ".hpp", ".c", ".h"}
TEST_ONLY = {"PkgConfig", "Threads", "Catch2"}  # no libraries, or not of the program


def measure(root, steps, seconds, progress):
    """Builds all steps in turns for about so long. With 0 seconds it only counts the targets."""
    with tempfile.TemporaryDirectory(prefix="bench.") as temporary:
        builds = {step: Build(root / folder(step), pathlib.Path(temporary) / folder(step))
                  for step in steps}
        for step, build in builds.items():
            progress(f"configuring step {step}")
            build.configure()
        began = time.monotonic()
        rounds = 0
        while seconds > 0 and rounds < MOST_ROUNDS:
            for step, build in builds.items():
                progress(f"build {rounds + 1}: step {step}")
                build.run()
            rounds += 1
            spent = time.monotonic() - began
            if rounds >= LEAST_ROUNDS and spent + spent / rounds > seconds:
                break
        progress("")
        return {step: build.result() for step, build in builds.items()}


class Build:
    """A copy of a step, and where it is built."""

    def __init__(self, step, copy):
        self._source = copy
        self._build = copy / "build"
        shutil.copytree(step, copy, ignore=shutil.ignore_patterns("build"))
        self._clean = []
        self._rebuild = []

    def configure(self):
        query = self._build / ".cmake/api/v1/query"
        query.mkdir(parents=True)
        (query / "codemodel-v2").touch()
        quietly("cmake", "-S", self._source, "-B", self._build, "-G", "Ninja",
                "-DCMAKE_BUILD_TYPE=Release", "-DBUILD_TESTING=OFF")

    def run(self):
        """A clean build, and what follows a change of component2.cpp."""
        quietly("cmake", "--build", self._build, "--target", "clean")
        self._clean.append(self._timed())
        component2 = self._source / "component2/src/component2.cpp"
        if not component2.exists():
            component2 = next(path for name in ("component2.cpp", "main.cpp")
                              if (path := self._source / name).exists())
        os.utime(component2)
        self._rebuild.append(self._timed())

    def _timed(self):
        began = time.monotonic()
        quietly("cmake", "--build", self._build, "--parallel", str(len(os.sched_getaffinity(0))))
        return time.monotonic() - began

    def result(self):
        products = [path for name in ("bin", "lib") for path in (self._build / name).glob("*")
                    if path.is_file() and not path.is_symlink()]
        return {
            "targets": self._targets(),
            **({"clean_s": figure(self._clean),
                "rebuild_s": figure(self._rebuild),
                "size_bytes": sum(path.stat().st_size for path in products),
                "stripped_bytes": sum(map(stripped_size, products))} if self._clean else {}),
        }

    def _targets(self):
        """How many things are built: programs and libraries."""
        reply = self._build / ".cmake/api/v1/reply"
        model = json.loads(next(reply.glob("codemodel-v2-*.json")).read_text())
        return len(model["configurations"][0]["targets"])


def stripped_size(path):
    with tempfile.NamedTemporaryFile() as stripped:
        quietly("strip", "-o", stripped.name, path)
        return os.stat(stripped.name).st_size


def quietly(*command):
    environment = {**os.environ, "CCACHE_DISABLE": "1"}  # it would not be the compiler that is timed
    result = subprocess.run(list(map(str, command)), env=environment, text=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, check=False)
    if result.returncode != 0:
        raise RuntimeError(f"failed: {' '.join(map(str, command))}\n{result.stdout}")


def count(folder):
    """What a reader sees of a step: lines, files, packages."""
    program, tests = [], []
    for path in sorted(folder.rglob("*")):
        if path.suffix in SOURCES:
            inside, outside = split(path)
            if is_test(path.relative_to(folder)):
                tests.append(code_lines(path.read_text().splitlines()))
            else:
                program.append(code_lines(inside))
                if outside:  # step 00 keeps its tests in the same file
                    tests.append(code_lines(outside))
    return {
        "lines": sum(program),
        "files": len(program),
        "test_lines": sum(tests),
        "packages": packages(folder),
    }


def is_test(path):
    return "tests" in path.parts or path.stem.endswith("_test") or path.name == "catch2.hpp"


def split(path):
    """The lines of the program, and those that are only there for its tests."""
    program, tests = [], []
    current = program
    for line in path.read_text().splitlines():
        if line == "#else" and "UNIT_TESTS" in path.read_text():
            current = tests
        current.append(line)
    return program, tests


def code_lines(lines):
    """Those that are neither blank nor a comment alone."""
    count_of = 0
    in_comment = False
    for line in map(str.strip, lines):
        if in_comment:
            in_comment = "*/" not in line
        elif line.startswith("/*"):
            in_comment = "*/" not in line
        elif line and not line.startswith("//"):
            count_of += 1
    return count_of


def packages(folder):
    """The libraries that CMake is asked to find for the program."""
    found = set()
    for file in folder.rglob("CMakeLists.txt"):
        text = file.read_text()
        found |= set(re.findall(r"find_package\((\w+)", text))
        found |= set(re.findall(r"pkg_check_modules\(\w+ REQUIRED IMPORTED_TARGET ([\w-]+)", text))
    return sorted(found - TEST_ONLY)
