"""Step 07's app through the proxy, plain and by TLS: the contract of all steps, and 10,000 values amid chaos."""

import os
import random
import signal
import subprocess
import sys
import time

from lab import Lab

ALL = ("service1", "service1-again", "service2")


def way_in(lab, tls):
    """The options that lead the app through the proxy."""
    urls = lab.start_sidecar() if tls else lab.urls()
    return ["--service1", urls[0], "--service2", urls[1]]


def contract(build, tls=False, system="haproxy"):
    """The harness's cases, for an app that is led through the proxy. Whether they passed, and what was said."""
    with Lab(build, system, ALL, ours="127.0.0.1") as lab:
        app = lab.folder / "app"
        app.write_text(f'#!/bin/sh\nexec "{lab.bin}/app" {" ".join(way_in(lab, tls))} "$@"\n')
        app.chmod(0o755)
        ended = subprocess.run([f"{build}/tests/harness", "[contract]"], check=False, text=True, capture_output=True,
                               env=os.environ | {"HARNESS_STEP": "functions", "HARNESS_APP": str(app)})
        return ended.returncode == 0, ended.stdout + ended.stderr


def chaos(build, tls=False, values=10_000, system="haproxy"):
    """Services are killed and stopped, the proxy is reloaded, while the app works. Whether it printed what step 00 prints."""
    random.seed(values)
    text = "".join(f"{random.randint(-4999, 4999)}\n" for _ in range(values))
    wanted = subprocess.run([f"{build}/step00_monofile/bin/app", "-q", "-"], input=text, text=True, capture_output=True, check=True).stdout
    faults = {"killed": 0, "stopped": 0, "reloaded": 0}
    with Lab(build, system, ALL, options=["--delay", "3"], ours="127.0.0.1") as lab:
        (lab.folder / "values").write_text(text)
        with open(lab.folder / "values") as values_in, open(lab.folder / "out", "w") as out, open(lab.folder / "err", "w") as err:
            app = subprocess.Popen([lab.bin / "app", "-q", "--jobs", "16", *way_in(lab, tls), "-"], stdin=values_in, stdout=out, stderr=err)
        begin = time.monotonic()
        while app.poll() is None and time.monotonic() < begin + 120:
            time.sleep(random.uniform(0.1, 0.4))
            name = random.choice(ALL)
            fault = random.choice(list(faults))
            if app.poll() is not None:
                break
            if fault == "killed":
                lab.kill_service(name)
                time.sleep(random.uniform(0, 0.3))
                lab.start_service(name)
            elif fault == "stopped":
                lab.running[name].send_signal(signal.SIGSTOP)
                time.sleep(random.uniform(0, 1))
                lab.running[name].send_signal(signal.SIGCONT)
            else:
                lab.reload_proxy()
            faults[fault] += 1
        app.kill()
        app.wait()
        found = (lab.folder / "out").read_text()
        return {"values": values, "same": found == wanted, "status": app.returncode, "said": (lab.folder / "err").read_text()[-400:],
                "seconds": round(time.monotonic() - begin, 1), **faults}


if __name__ == "__main__":
    for tls in (False, True):
        if sys.argv[2] == "contract":
            passed, said = contract(sys.argv[1], tls)
            print("TLS" if tls else "plain", passed, said[-1500:])
        else:
            print(chaos(sys.argv[1], tls))
