"""What is attacked: step 07's services, alone, behind HAProxy as it comes, behind haproxy.cfg, behind nginx.conf.

All that a Lab starts listens on free ports of the loopback, writes to a folder of its own, and ends with it.
"""

import ctypes
import os
import random
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
PATH = os.environ["PATH"] = os.environ["PATH"] + ":/usr/sbin"
CONFIGURATIONS = {"as it comes": "as_it_comes.cfg", "haproxy": "haproxy.cfg", "nginx": "nginx.conf"}
SYSTEMS = ("alone", *CONFIGURATIONS)
SERVICES = {"service1": 3001, "service1-again": 3011, "service2": 3002}  # as the configurations call and find them
DOORS = {"prices": 8001, "labels": 8002, "prices-tls": 8441, "labels-tls": 8442}
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")  # sooner made than RSA
HONEST, STRANGER = "127.0.0.2", "127.0.0.66"  # where they call from: neither is ours to the proxies of a Lab


def limits_of_this_process():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


limits_of_this_process()


mine = []  # a name for each port that a lab of this program has, or had: other labs leave it alone


def free_port():
    """Below those that the system gives to callers, which would take it while a service is down."""
    while True:
        port = random.randrange(10000, 32000)
        name = socket.socket(socket.AF_UNIX)
        with socket.socket() as probe:
            try:
                name.bind(f"\0exposed-port-{port}")
                probe.bind(("127.0.0.1", port))
                mine.append(name)
                return port
            except OSError:
                name.close()


def await_true(condition, what, seconds=15):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(f"{what}: not in {seconds} s")
        time.sleep(0.02)


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def dies_with_parent():
    """A child of a process that is killed ends, too."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def children(pid):
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def memory(pid, which="VmHWM"):
    """MiB: VmHWM the most so far, VmRSS now."""
    found = re.search(rf"{which}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) // 1024


def make_certificate(folder):
    """site.crt and site.key, and both in site.pem, each put there whole: a proxy may be reading."""
    new = tempfile.mkdtemp(dir=folder)
    subprocess.run(["openssl", "req", "-x509", *KEY, "-nodes", "-days", "30", "-subj", "/CN=shop.example",
                    "-addext", "subjectAltName=DNS:shop.example", "-keyout", f"{new}/site.key", "-out", f"{new}/site.crt"],
                   check=True, stderr=subprocess.DEVNULL)
    Path(new, "site.pem").write_text(Path(new, "site.crt").read_text() + Path(new, "site.key").read_text())
    for file in ("site.key", "site.crt", "site.pem"):
        os.replace(f"{new}/{file}", f"{folder}/{file}")


class Lab:
    """system: one of SYSTEMS. services: which of SERVICES run. edit: (pattern, replacement) for the configuration; each
    must change something. options: of the services. story: whether they tell each request. ours: the address that the
    proxy sets no limits. files: how many a service may open."""

    def __init__(self, build, system, services=("service1",), edit=(), options=(), story=False, environment=None,
                 ours="127.0.0.9", files=None):
        self.bin = Path(build, "step07_http/bin").resolve()
        self.system, self.names, self.edit, self.story = system, services, edit, story
        self.options = list(options) + ([] if story else ["--quiet"])
        self.environment, self.ours, self.files = environment or {}, ours, files
        self.running = {}
        self.ports = {name: free_port() for name in [*SERVICES, *DOORS]}

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="exposed-"))
        try:
            for name in self.names:
                self.start_service(name)
            if self.system != "alone":
                self.start_proxy()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for name, process in reversed(self.running.items()):
            for one in [*children(process.pid), process.pid]:  # at once: what it has in hand, nobody wants
                try:
                    os.kill(one, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, name, *command, environment=()):
        log = open(self.folder / f"{name}.log", "ab")
        self.running[name] = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                              env=os.environ | dict(environment), preexec_fn=dies_with_parent)
        log.close()
        return self.running[name]

    def await_started(self, name, port):
        def up():
            if self.running[name].poll() is not None:
                raise RuntimeError(f"{name} ended: {self.log(name)}")
            return accepts(port)
        await_true(up, f"{name} listens")

    def start_service(self, name):
        program = "service2" if name == "service2" else "service1"
        limit = ["prlimit", f"--nofile={self.files}"] if self.files else []
        self.start(name, *limit, self.bin / program, "--listen", f"127.0.0.1:{self.ports[name]}", *self.options,
                   environment=self.environment)
        self.await_started(name, self.ports[name])

    def kill_service(self, name, how=signal.SIGKILL):
        self.running[name].send_signal(how)
        self.running[name].wait()

    def configuration(self):
        """The shipped file, with the ports of this lab, without the services that do not run, and with the edits."""
        text = (HERE / CONFIGURATIONS[self.system]).read_text()
        used = SERVICES | DOORS
        missing = [str(SERVICES[name]) for name in SERVICES if name not in self.names]
        if "service2" not in self.names:
            missing.remove(str(SERVICES["service2"]))  # the only one of its kind: its backend stays, and is down
        for port in missing:
            text = re.sub(rf".*server .*127\.0\.0\.1:{port}\b.*\n", "", text)
        text = re.sub(r"\b(\d{4})\b", lambda found: str(next(
            (self.ports[name] for name, usual in used.items() if str(usual) == found[1]), found[1])), text)
        text = re.sub(r"(acl ours src |default 0; )127\.0\.0\.1(?= |$)", rf"\g<1>{self.ours}", text, flags=re.MULTILINE)
        for pattern, replacement in self.edit:
            text, count = re.subn(pattern, replacement, text)
            if not count:
                raise RuntimeError(f"nothing in {self.system} is like {pattern}")
        return text

    def start_proxy(self):
        make_certificate(self.folder)
        file = self.folder / "proxy.conf"
        file.write_text(self.configuration())
        if self.system == "nginx":
            self.start("proxy", "nginx", "-p", f"{self.folder}/", "-e", "stderr", "-c", file, "-g", "daemon off;")
        else:
            self.start("proxy", "haproxy", "-W", "-f", file)
        self.await_started("proxy", self.ports["prices"])
        if "check inter" in file.read_text():
            time.sleep(0.2)  # the first checks are done

    def start_sidecar(self):
        """The caller's end of TLS; the addresses of the services to give to the app."""
        text = (HERE / "sidecar.cfg").read_text()
        ports = {8101: free_port(), 8102: free_port(), 8441: self.ports["prices-tls"], 8442: self.ports["labels-tls"]}
        for usual, port in ports.items():
            text = text.replace(str(usual), str(port))
        (self.folder / "sidecar.cfg").write_text(text)
        self.start("sidecar", "haproxy", "-W", "-f", "sidecar.cfg")
        self.await_started("sidecar", ports[8101])
        return [f"http://127.0.0.1:{ports[8101]}", f"http://127.0.0.1:{ports[8102]}"]

    def reload_proxy(self):
        self.running["proxy"].send_signal(signal.SIGHUP if self.system == "nginx" else signal.SIGUSR2)

    def proxy_serves_with(self):
        """The pids that work for the proxy's master."""
        return children(self.running["proxy"].pid)

    @property
    def port(self):
        """Where a caller finds service1."""
        return self.ports["service1" if self.system == "alone" else "prices"]

    def urls(self):
        names = ("service1", "service2") if self.system == "alone" else ("prices", "labels")
        return [f"http://127.0.0.1:{self.ports[name]}" for name in names]

    def passes_contract(self, build, step, options):
        """The harness's cases, for an app that is led this way. What the harness starts for the app besides, nobody asks.
        Whether they passed, and what was said."""
        for service in ("service1", "service2"):
            (self.folder / service).symlink_to(self.bin / service)
        app = self.folder / "app"
        app.write_text(f'#!/bin/sh\nexec "{self.bin}/app" {" ".join(options)} "$@"\n')
        app.chmod(0o755)
        ended = subprocess.run([f"{build}/tests/harness", "[contract]"], check=False, text=True, capture_output=True,
                               env=os.environ | {"HARNESS_STEP": step, "HARNESS_APP": str(app)})
        return ended.returncode == 0, ended.stdout + ended.stderr

    def log(self, name):
        return (self.folder / f"{name}.log").read_bytes().decode("latin1")

    def lives(self, name="service1"):
        return self.running[name].poll() is None

    def memory(self, name="service1", which="VmHWM"):
        return memory(self.running[name].pid, which)


def library_version():
    """Of cpp-httplib, whose quirks some attacks rest on."""
    found = subprocess.run(["pkg-config", "--modversion", "cpp-httplib"], text=True, capture_output=True, check=False)
    return tuple(int(part) for part in re.findall(r"\d+", found.stdout)[:3])


if __name__ == "__main__":
    sys.exit("a part of the programs beside it")
