"""Step 07's app through the proxy, plain and by TLS: the contract of all steps, and 10,000 values amid chaos."""

import http.server
import random
import signal
import subprocess
import sys
import threading
import time

import crowds
from lab import HONEST, Lab
from wire import GOOD, Honest, connect, read_all

ALL = ("service1", "service1-again", "service2")


def way_in(lab, tls):
    """The options that lead the app through the proxy."""
    urls = lab.start_sidecar() if tls else lab.urls()
    return ["--service1", urls[0], "--service2", urls[1]]


def contract(build, tls=False, system="haproxy"):
    """The harness's cases, for an app that is led through the proxy. Whether they passed, and what was said."""
    with Lab(build, system, ALL, ours="127.0.0.1") as lab:
        return lab.passes_contract(build, "step07", way_in(lab, tls))


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


class Drips(http.server.BaseHTTPRequestHandler):
    """In the place of a service: well, if asked, and its answers come a byte at a time, without an end."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        well = b'{"name":"service1","version":"0.1.0"}'
        try:
            self.send_response(200)
            self.send_header("Content-Length", str(len(well)))
            self.end_headers()
            self.wfile.write(well)
        except OSError:
            pass  # a check does not wait for all of it

    def do_POST(self):
        try:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            while not self.server.ending.wait(0.3):
                self.wfile.write(b" ")
                self.wfile.flush()
        except OSError:
            pass

    def log_message(self, *_):
        pass

    def finish(self):
        try:
            super().finish()
        except OSError:
            pass


def dripping_answers(build):
    """What the app makes of that, by its own deadline; and whether those that ask another service notice."""
    with Lab(build, "haproxy", ("service1-again", "service2"), ours="127.0.0.1") as lab:
        lab.kill_service("service1-again")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", lab.ports["service1-again"]), Drips)
        server.ending = threading.Event()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        time.sleep(1.5)  # the proxy finds it well again
        begin = time.monotonic()
        labels = Honest(lab.ports["labels"], path=b"/analyze", body=b'{"original":84,"transformed":"Value-0084"}', wanted=b"84 maps to Value-0084")
        app = subprocess.run([lab.bin / "app", "-q", "--deadline", "3000", *way_in(lab, False), "42"], check=False, text=True, capture_output=True)
        found = {"status": app.returncode, "seconds": round(time.monotonic() - begin, 1), "said": app.stderr,
                 "others failed": labels.end().failures, "others answered": labels.answered}
        server.ending.set()
        server.shutdown()
        server.server_close()
        return found


def ends_under_attack(build, system):
    """SIGTERM while 300 are slow and one is in progress: how long the end takes, and what became of the one."""
    with Lab(build, system, options=["--delay", "700"]) as lab:
        crowd = crowds.Crowd(lab.port, 60 if system == "alone" else 300, crowds.HEAD)  # alone, it leaves a few threads
        ending = threading.Event()

        def go_on():
            while not ending.wait(0.5):
                crowd.say(b"x")
        threading.Thread(target=go_on, daemon=True).start()
        with connect(lab.port, HONEST) as one:
            one.sendall(GOOD)
            time.sleep(0.3)
            begin = time.monotonic()
            lab.running["service1"].terminate()
            try:
                lab.running["service1"].wait(6)
            except subprocess.TimeoutExpired:
                pass
            took = time.monotonic() - begin
            got, _ = read_all(one, 2)
        ending.set()
        crowd.close()
        return {"seconds": round(took, 1), "answered": b" 200 " in got}


def few_descriptors(build, system):
    """The service may open 256 files, and 300 connections are open."""
    with Lab(build, system, files=256) as lab:
        crowd = crowds.Crowd(lab.port, 300, crowds.HEAD)
        time.sleep(0.3)
        honest = Honest(lab.port)
        time.sleep(2)
        honest.end()
        crowd.close()
        return {"answered": honest.answered, "failed": honest.failures, "lives": lab.lives()}


if __name__ == "__main__":
    for tls in (False, True):
        if sys.argv[2] == "contract":
            passed, said = contract(sys.argv[1], tls)
            print("TLS" if tls else "plain", passed, said[-1500:])
        else:
            print(chaos(sys.argv[1], tls))
