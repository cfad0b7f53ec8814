#!/usr/bin/env -S python3 -B
"""materials.py BUILD TARGET: the bill of materials of a program, CycloneDX, on standard output.

What is linked statically, as the linker names it, and the headers whose code is compiled in, as the compiler
noted them; each file's package as the system knows it. Needs Ninja, and a system with dpkg.
"""

import hashlib
import json
import pathlib
import re
import subprocess
import sys
import uuid


def output(command, folder):
    return subprocess.run(command, cwd=folder, text=True, capture_output=True, check=True, timeout=300).stdout


def linked_archives(build, target):
    """The archives of the last link, asked of the linker itself."""
    command = output(["ninja", "-t", "commands", target], build).splitlines()[-1]
    command = re.sub(r"^: && | && :$", "", command).split(" && ")[0]
    traced = output(["sh", "-c", re.sub(r"-o \S+", "-o /dev/null", command) + " -Wl,--trace"], build)
    files = {re.sub(r"^\((.*\.a)\).*", r"\1", line) for line in traced.splitlines()}
    return {str((build / file).resolve()) for file in files if file.endswith((".a", ".o")) and "/" in file}


def included_headers(build):
    deps = output(["ninja", "-t", "deps"], build)
    return {str(pathlib.Path(line.strip()).resolve()) for line in deps.splitlines() if line.startswith("    /usr/")}


def packages(files):
    """Of each file that a package has: package -> files."""
    found = {}
    system = sorted(file for file in files if file.startswith("/usr/"))
    if not system:
        return found
    told = subprocess.run(["dpkg", "-S", *system], text=True, capture_output=True, check=False).stdout
    for line in told.splitlines():
        owner, _, file = line.partition(": ")
        found.setdefault(owner.split(",")[0].split(":")[0], set()).add(file)
    return found


def component(name, how):
    version, architecture = output(["dpkg-query", "-W", "-f", "${Version} ${Architecture}\n", name], ".").splitlines()[0].split()
    system = dict(line.split("=", 1) for line in pathlib.Path("/etc/os-release").read_text().splitlines() if "=" in line)
    purl = f"pkg:deb/{system['ID']}/{name}@{version.replace('+', '%2B').replace(':', '%3A')}?arch={architecture}"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
            "properties": [{"name": "how", "value": how}]}


def bill(build, target):
    program = build / "shipped" / target
    digest = hashlib.sha256(program.read_bytes()).hexdigest()
    linked = packages(linked_archives(build, target))
    compiled = packages(included_headers(build))
    parts = [component(name, "linked statically") for name in sorted(linked)]
    parts += [component(name, "headers compiled in") for name in sorted(set(compiled) - set(linked))]
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
            "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",  # the same for the same bytes
            "metadata": {"component": {"type": "application", "bom-ref": target, "name": target,
                                       "hashes": [{"alg": "SHA-256", "content": digest}]}},
            "components": parts}


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(json.dumps(bill(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]), indent=2))
