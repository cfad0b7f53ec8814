"""Size, cold start and warm round trip of function1.

Cold: no process of the function is there, so that one is started for the event. Static and for both
processors as stage 5 leaves it; shared is linked as usual and bundled with the libraries that it needs. What
arm64 takes is the time of qemu, and says nothing about a machine with such a processor.
"""

import os
import re
import signal
import statistics
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path

from cloud import Emulator, children_of

STAGE = Path(__file__).resolve().parents[1] / "5_one_command"
EVENT = '{"input":42}'
COLD, WARM = 100, 1000
ROUNDS = 5


def bundle(build, path):
    """The function with its libraries and their loader, started by a script, as the vendor's packager does it."""
    for command in (["cmake", "-S", STAGE, "-B", build, "-G", "Ninja", "-D", "CMAKE_BUILD_TYPE=MinSizeRel",
                     "-D", "FUNCTIONS_STATIC=OFF", "-D", "BUILD_TESTING=OFF"],
                    ["cmake", "--build", build, "--target", "function1"]):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    program = build / "function1/bootstrap"
    needed = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    libraries = re.findall(r"(/\S+)", needed)
    loader = Path(next(name for name in libraries if "ld-linux" in name)).name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for library in libraries:
            archive.write(library, "lib/" + Path(library).name)
        archive.write(program, "bin/function1")
        script = zipfile.ZipInfo("bootstrap")
        script.external_attr = 0o100755 << 16
        archive.writestr(script, f"#!/bin/sh\nexec lib/{loader} --library-path lib bin/function1\n")


def milliseconds(caller):
    began = time.perf_counter()
    answer = caller.invoke("function1", EVENT)
    took = 1000 * (time.perf_counter() - began)
    assert str(answer) == '{"value":84,"processed":true}', answer
    return took


def cold(emulator, caller):
    for pid in children_of(emulator.process.pid):
        os.kill(pid, signal.SIGKILL)
    while children_of(emulator.process.pid):
        time.sleep(0.002)
    return milliseconds(caller)


def times(program, zips):
    """For each zip its cold and its warm round trips; they take turns."""
    found = {name: ([], []) for name in zips}
    for _ in range(ROUNDS):
        for name, path in zips.items():
            with Emulator(program, "--quiet", f"function1={path}") as emulator:
                caller = emulator.caller()
                found[name][0].extend(cold(emulator, caller) for _ in range(COLD // ROUNDS))
                found[name][1].extend(milliseconds(caller) for _ in range(WARM // ROUNDS))
    return found


def measure(program, build):
    with tempfile.TemporaryDirectory(prefix="functions.") as folder:
        shared = Path(folder) / "shared.zip"
        bundle(build / "shared", shared)
        zips = {"static, x86-64": STAGE / "build/x86_64/zips/function1.zip",
                "bundle of shared libraries, x86-64": shared,
                "static, arm64 under qemu": STAGE / "build/arm64/zips/function1.zip"}
        found = times(program, zips)
        return {name: {"zip_bytes": path.stat().st_size, "unpacked_bytes": unpacked(path),
                       "cold_ms": round(statistics.median(found[name][0]), 2),
                       "warm_ms": round(statistics.median(found[name][1]), 3)}
                for name, path in zips.items()}


def unpacked(path):
    with zipfile.ZipFile(path) as archive:
        return sum(entry.file_size for entry in archive.infolist())
