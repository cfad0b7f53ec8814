#!/usr/bin/env -S python3 -B
"""headers.py FOLDER: what each header of a CMake project costs: clang's -ftime-trace, summed up over all its files."""

import collections
import json
import os
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from grow import STEP  # noqa: E402
from timed import Failed, missing, progress, run, scratch  # noqa: E402

SHOWN = 8


def dearest_headers(folder, source=STEP):
    """Builds the program (step 03 with its tests, say) with clang, and adds up its traces."""
    if lacking := missing("clang++", "clang"):
        return {"missing": lacking}
    progress("clang -ftime-trace")
    build = folder / "traced"
    shutil.rmtree(build, ignore_errors=True)
    copy = folder / "traced-sources"  # apart from the repository, whose tests are no part of the program
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("build*"))
    run(["cmake", "-G", "Ninja", "-S", copy, "-B", build, "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_COMPILER=clang++",
         "-DCMAKE_CXX_FLAGS=-ftime-trace"])
    run(["cmake", "--build", build, "--", "-k", "0"])
    return summary(build, copy)


def summary(build, sources):
    """In milliseconds. A header's time has in it that of all it includes."""
    total = collections.Counter()
    headers, files = collections.Counter(), collections.Counter()
    for file in build.glob("**/CMakeFiles/**/*.json"):
        trace = json.loads(file.read_text()).get("traceEvents", []) if file.stat().st_size else []
        seen = set()
        for event in trace:
            if event["name"] == "ExecuteCompiler":
                total["files"] += 1
                total["compiling"] += event["dur"]
            elif event["name"] == "Total Frontend":
                total["front end"] += event["dur"]
            elif event["name"] == "Source":
                name = shorter(event["args"]["detail"], sources)
                headers[name] += event["dur"]
                seen.add(name)
        files.update(seen)
    return {"files": total["files"], "compiling_ms": total["compiling"] / 1000, "front_end_ms": total["front end"] / 1000,
            "headers": [{"name": name, "ms": spent / 1000, "files": files[name]}
                        for name, spent in headers.most_common(SHOWN)]}


def shorter(path, sources):
    """As it stands in an #include, more or less."""
    for marker in (f"{sources}/", "/include/c++/", "/usr/include/"):
        if marker in path:
            path = path.split(marker, 1)[1]
    parts = os.path.normpath(path).split("/")
    return "/".join(parts[1:] if parts[0].isdigit() else parts)


def report_headers(found):
    progress("")
    if "missing" in found:
        print(f"\nheaders: not measured: {found['missing']}")
        return
    print(f"\nclang -ftime-trace, {found['files']} files: {found['compiling_ms']:.0f} ms, of them in the front end "
          f"{100 * found['front_end_ms'] / found['compiling_ms']:.0f} %\n{'ms in all':>10}{'files':>7}  header, with what it includes")
    for header in found["headers"]:
        print(f"{header['ms']:10.0f}{header['files']:7}  {header['name']}")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not pathlib.Path(sys.argv[1], "CMakeLists.txt").is_file():
        sys.exit(__doc__)
    try:
        with scratch("headers") as scratch_folder:
            report_headers(dearest_headers(scratch_folder, pathlib.Path(sys.argv[1]).resolve()))
    except Failed as failed:
        sys.exit(f"beyond production headers: {failed}")
