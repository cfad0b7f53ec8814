"""What each hardening costs: one at a time against none of them, and all."""

import os
import statistics
import subprocess

from timed import ROOT, clean_environment, progress, run

NONE = ["-U_FORTIFY_SOURCE", "-fno-stack-protector", "-fcf-protection=none", "-fno-pie"]
NONE_LINKED = ["-no-pie", "-Wl,-z,norelro", "-Wl,-z,lazy"]
ALL = [("-D_FORTIFY_SOURCE=3", ["-D_FORTIFY_SOURCE=3"], []),
       ("-D_GLIBCXX_ASSERTIONS", ["-D_GLIBCXX_ASSERTIONS"], []),
       ("-fstack-protector-strong", ["-fstack-protector-strong"], []),
       ("-fstack-clash-protection", ["-fstack-clash-protection"], []),
       ("-fcf-protection", ["-fcf-protection"], []),
       ("position-independent (PIE)", ["-fPIE"], ["-pie"]),
       ("full RELRO: -z relro -z now", [], ["-Wl,-z,relro", "-Wl,-z,now"])]
VARIANTS = [("none", [], []), *ALL,
            ("all", [flag for one in ALL for flag in one[1]], [flag for one in ALL for flag in one[2]])]


def hardening_rows(folder, effort, values):
    """Rows of name, bytes of the stripped program, seconds of CPU for the batch."""
    batch = folder / "values"
    batch.write_text(values(effort.values))
    rows = []
    for number, (name, compiled, linked) in enumerate(VARIANTS):
        progress(f"building: {name}")
        rows.append({"name": name, "times": [], "path": build(folder / f"hard{number}", compiled, linked)})
    for number in range(effort.rounds):
        for row in rows:
            progress(f"round {number + 1} of {effort.rounds}: {row['name']}")
            row["times"].append(cpu_time(row["path"], batch))
    return [{"name": row["name"], "bytes": row["path"].stat().st_size,
             "batch_s": round(statistics.median(row["times"]), 3)} for row in rows]


def build(folder, compiled, linked):
    run(["cmake", "-G", "Ninja", "-S", ROOT / "step03_interfaces", "-B", folder, "-DCMAKE_BUILD_TYPE=Release",
         "-DBUILD_TESTING=OFF", "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG",
         f"-DCMAKE_CXX_FLAGS={' '.join(NONE + compiled)}", f"-DCMAKE_EXE_LINKER_FLAGS=-s {' '.join(NONE_LINKED + linked)}"])
    run(["cmake", "--build", folder, "--target", "step03_app"])
    return folder / "bin/app"


def cpu_time(program, batch):
    began = os.times()
    with open(batch) as source:
        subprocess.run([program, "-q", "-"], stdin=source, stdout=subprocess.DEVNULL, check=True, timeout=600,
                       env=clean_environment())
    ended = os.times()
    return ended.children_user + ended.children_system - began.children_user - began.children_system
