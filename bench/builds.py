"""Each step built alone, as its README says, for release: how long it takes, how much comes out."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

from figures import figure
from plan import folder

MOST_ROUNDS = 5


def measure(root, steps, seconds, progress):
    """Builds all steps in turns for about so long. With 0 it only counts the targets."""
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
            if spent + spent / rounds > seconds:
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
