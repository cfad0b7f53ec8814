"""What each hardening costs: one at a time against none of them, and all."""

import statistics

from timed import ROOT, progress, run

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
    rows = []
    for number, (name, compiled, linked) in enumerate(VARIANTS):
        progress(f"building: {name}")
        rows.append({"name": name, "path": build(folder / f"hard{number}", NONE + compiled, NONE_LINKED + linked)})
    return timed_rows(rows, folder, effort, values)


def profile_rows(folder, effort, values):
    """-O2 as it is, and guided by a profile of the batch itself, which is as good as a profile can be."""
    batch = folder / "values"
    batch.write_text(values(effort.values))
    progress("building: guided by a profile")
    noted = build(folder / "profile", [f'"-fprofile-generate={folder}/noted"', "-fprofile-update=atomic"], [])
    run([noted, "-q", "-"], source=batch)
    rows = [{"name": "-O2", "path": build(folder / "unguided", [], [])}]
    run(["cmake", f'-DCMAKE_CXX_FLAGS="-fprofile-use={folder}/noted" -Wno-missing-profile', folder / "profile"])
    run(["cmake", "--build", folder / "profile", "--target", "step03_app"])
    rows.append({"name": "guided", "path": folder / "profile/bin/app"})
    return timed_rows(rows, folder, effort, values)


def timed_rows(rows, folder, effort, values):
    batch = folder / "values"
    batch.write_text(values(effort.values))
    times = {row["name"]: [] for row in rows}
    for number in range(effort.rounds):
        for row in rows:
            progress(f"round {number + 1} of {effort.rounds}: {row['name']}")
            times[row["name"]].append(run([row["path"], "-q", "-"], source=batch).cpu)
    return [{"name": row["name"], "bytes": row["path"].stat().st_size,
             "batch_s": round(statistics.median(times[row["name"]]), 4)} for row in rows]


def build(folder, compiled, linked):
    run(["cmake", "-G", "Ninja", "-S", ROOT / "step03_interfaces", "-B", folder, "-DCMAKE_BUILD_TYPE=Release",
         "-DBUILD_TESTING=OFF", "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG",
         f"-DCMAKE_CXX_FLAGS={' '.join(compiled)}", f"-DCMAKE_EXE_LINKER_FLAGS=-s {' '.join(linked)}"])
    run(["cmake", "--build", folder, "--target", "step03_app"])
    return folder / "bin/app"
