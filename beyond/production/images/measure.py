#!/usr/bin/env -S python3 -B
"""Builds the image of step 03 three times: first, unchanged, one source changed. Run by ./course beyond production layers.

By buildah, without a daemon. The base is made by debootstrap of the packages that this machine has its own from, so
that no registry of images is needed. As root.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from timed import DATA, ROOT, Failed, clean_environment, machine, missing, progress, run, scratch  # noqa: E402

BASE = "localhost/course-base"
SOURCE = "step03_interfaces/component1/src/component1.cpp"


def buildah(storage, *command):
    return run(["buildah", "--root", storage / "root", "--runroot", storage / "run", "--storage-driver", "overlay",
                *command], limit=1800, environment=clean_environment(TMPDIR=str(storage)))  # the cache's mount is there


def make_base(storage, folder):
    """A minimal system, as an image; with the package sources of this machine."""
    progress("debootstrap: the base image")
    site = run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)"]).output.split("\n")[0].split()
    base = folder / "base"
    run(["debootstrap", "--variant=minbase", site[1], base, site[0]], limit=1800)
    for name in ("sources.list", "sources.list.d", "apt.conf.d", "trusted.gpg.d", "keyrings"):
        there = pathlib.Path("/etc/apt") / name
        if there.is_dir():
            shutil.copytree(there, base / "etc/apt" / name, dirs_exist_ok=True)
        elif there.exists():
            shutil.copy(there, base / "etc/apt" / name)
    container = buildah(storage, "from", "scratch").output.split()[-1]
    buildah(storage, "copy", container, base, "/")
    buildah(storage, "commit", "--rm", container, BASE)
    shutil.rmtree(base)


def bud(storage, context, tag, *options):
    return buildah(storage, "bud", "--isolation", "chroot", "--network", "host", "--layers", "-t", tag,
                   "--build-arg", f"BASE={BASE}", *options, context)


def build_three(storage, folder):
    """Each with its time and the layers that came from the cache."""
    context = folder / "context"
    shutil.copytree(ROOT / "step03_interfaces", context / "step03_interfaces", ignore=shutil.ignore_patterns("build*"))
    rows = []
    for name in ("first", "unchanged", "one source changed"):
        progress(f"image: {name}")
        if name == "one source changed":
            with open(context / SOURCE, "a") as file:
                file.write("[[maybe_unused]] static constexpr int changed = 1;\n")
        took = bud(storage, context, "localhost/course-step03", "-f", HERE / "Containerfile")
        rows.append({"name": name, "wall": round(took.wall, 2), "cpu": round(took.cpu, 2),
                     "from_cache": took.output.count("Using cache"), "downloads": took.output.count("\nGet:"),
                     "compiles": took.output.count("Building CXX object"),
                     "found": sum(map(int, re.findall(r"^\s*Hits:\s+(\d+)", took.output, re.MULTILINE)[:1]))})
    return rows


def try_image(storage, image, *command):
    """What a container of it prints."""
    container = buildah(storage, "from", image).output.split()[-1]
    printed = buildah(storage, "run", "--isolation", "chroot", container, "--", *command).output
    size = json.loads(buildah(storage, "images", "--json", image).output)[0]["size"]
    buildah(storage, "rm", container)
    return printed, size


def main(arguments):
    parser = argparse.ArgumentParser(prog="./course beyond production layers", description=__doc__)
    parser.add_argument("--step08", action="store_true", help="the image of step 08 too, and its four programs run in it")
    parser.add_argument("--save", action="store_true", help="keep the figures for the text")
    options = parser.parse_args(arguments)
    for program in ("buildah", "debootstrap"):
        if lacking := missing(program, program):
            sys.exit(f"not measured: {lacking}")
    if os.geteuid():
        sys.exit("not measured: buildah's overlay takes root here; sudo ./course beyond production layers")
    with scratch("layers") as folder:
        storage = folder / "storage"
        make_base(storage, folder)
        found = {"machine": machine(), "builds": build_three(storage, folder)}
        printed, found["bytes"] = try_image(storage, "localhost/course-step03", "/app", "-q", "42")
        if "Analysis: 84 maps to Value-0084" not in printed:
            raise Failed(f"the image runs, but says: {printed}")
        if options.step08:
            found["step08"] = step08(storage)
    progress("")
    print(f"{'image of step 03':22}{'s':>8}{'layers from cache':>20}{'downloads':>11}{'compilations':>14}{'from ccache':>13}")
    for row in found["builds"]:
        print(f"{row['name']:22}{row['wall']:8.1f}{row['from_cache']:20}{row['downloads']:11}{row['compiles']:14}{row['found']:13}")
    print(f"the image: {found['bytes']}")
    if "step08" in found:
        print(f"step 08's image: {found['step08']['bytes']}; its programs, in it: {found['step08']['printed']}")
    if found["builds"][2]["downloads"] or found["builds"][1]["compiles"]:
        raise Failed("a change of one source downloads packages, or no change compiles")
    if options.save:
        (DATA / "layers.json").write_text(json.dumps(found, indent=1) + "\n")


STEP08 = """
nats-server -a 127.0.0.1 -p 14222 >/dev/null 2>&1 & broker=$!
export NATS_URL=nats://127.0.0.1:14222
service1 -q & one=$!
service2 -q & two=$!
trap 'kill $one $two $broker; wait' EXIT
for i in 1 2 3 4 5 6 7 8 9 10; do app -q 42 2>/dev/null && break; sleep 0.5; done
"""


def step08(storage):
    """The four programs in one container: with chroot isolation they share this machine's network."""
    progress("image of step 08")
    bud(storage, ROOT, "localhost/course-tools", "--target", "tools", "-f", HERE / "Containerfile")
    bud(storage, ROOT, "localhost/course-step08", "-f", HERE / "step08.Containerfile")
    printed, size = try_image(storage, "localhost/course-step08", "sh", "-c", STEP08)
    if "Analysis: 84 maps to Value-0084" not in printed:
        raise Failed(f"step 08's image runs, but says: {printed}")
    return {"bytes": size, "printed": "Analysis: 84 maps to Value-0084"}


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Failed as failed:
        progress("")
        sys.exit(f"beyond production layers: {failed}")
