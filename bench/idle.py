"""What a step occupies while it has nothing to do."""

import pathlib

from programs import Program


def idle_footprint(placement, app, options, services):
    """Processes, threads and memory after the first value. services: the pids that belong to it."""
    program = Program(placement, [app, "--quiet", *options, "-"])
    program.read_until("--- Processing Pipeline ---\n")
    program.write("42\n")
    program.read_until("Value-0084\n\n")
    pids = [*with_children(program.pid), *services]
    footprint = {
        "processes": len(pids),
        "threads": sum(int(field(pid, "status", "Threads")) for pid in pids),
        "memory_kib": sum(int(field(pid, "smaps_rollup", "Pss")) for pid in pids),
    }
    program.end()
    return footprint


def field(pid, file, name):
    """A field of a file of the process in /proc."""
    for line in pathlib.Path(f"/proc/{pid}/{file}").read_text().splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return value.split()[0]
    raise RuntimeError(f"/proc/{pid}/{file} has no {name}")


def with_children(pid):
    pids = [pid]
    for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        pids += with_children(int(child))
    return pids
