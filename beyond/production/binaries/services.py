"""Step 07 with the services of one preset: their start, their memory, the time of a batch."""

import contextlib
import os
import select
import subprocess
import time

from timed import Failed, clean_environment


@contextlib.contextmanager
def service(program):
    """Started on a free port; gives the process and its address, ends it afterwards."""
    child = subprocess.Popen([program, "--quiet", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
                             env=clean_environment())
    try:
        if not select.select([child.stdout], [], [], 10)[0]:
            raise Failed(f"{program} does not say where it listens")
        yield child, child.stdout.readline().decode().strip()
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        child.stdout.close()


def served_values(shipped, number):
    """Start in ms, KiB once it has answered, seconds of CPU that service1 took for a batch."""
    began = time.perf_counter()
    with service(shipped / "step07_service1") as (one, url1):
        start = time.perf_counter() - began
        with service(shipped / "step07_service2") as (_, url2):
            subprocess.run([shipped / "step07_app", "-q", "-"], input="42\n" * number, text=True,
                           stdout=subprocess.DEVNULL, check=True, timeout=300,
                           env=clean_environment(SERVICE1_URL=url1, SERVICE2_URL=url2))
        with open(f"/proc/{one.pid}/status") as file:
            resident = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
        with open(f"/proc/{one.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return {"start_ms": round(1000 * start, 3), "resident_kib": resident, "batch_s": cpu}
