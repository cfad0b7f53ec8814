"""Step 08's broker as it comes, and behind nats-server.conf: attacked in NATS's own words."""

import json
import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from lab import HERE, KEY, Lab, free_port, make_certificate, memory

SYSTEMS = ("as it comes", "nats-server.conf")


class BrokerLab(Lab):
    """system: one of SYSTEMS. Step 08's services and broker, which strangers reach themselves, or through another."""

    def __init__(self, build, system, edit=(), options=(), services=("service1",)):
        super().__init__(build, "alone", services, edit, options)
        self.bin = Path(build, "step08_broker/bin").resolve()
        self.how = system
        self.ports = {4222: free_port(), 4223: free_port(), 7422: free_port()}

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="exposed-"))
        try:
            self.make_callers()
            make_certificate(self.folder)
            self.start_broker("inside.conf")
            for name in self.names:
                self.start(name, self.bin / name, "--quiet", "--nats", f"nats://127.0.0.1:{self.ports[4222]}", *self.options)
                self.await_line(name)
            if self.how != "as it comes":
                self.start_broker("nats-server.conf")
                self.await_asked()
        except BaseException:
            self.__exit__()
            raise
        return self

    def await_line(self, name):
        end = time.monotonic() + 15
        while "ready" not in self.log(name):
            if time.monotonic() > end or self.running[name].poll() is not None:
                raise RuntimeError(f"{name}: {self.log(name)}")
            time.sleep(0.02)

    def await_asked(self):
        """Until the services are known to the outer broker."""
        end = time.monotonic() + 15
        while time.monotonic() < end:
            try:
                with Client(self) as client:
                    if client.ask(b'{"input":42}', patience=0.5) is not None:
                        return
            except OSError:
                pass  # it has just begun to listen
        raise RuntimeError(f"no answer through the outer broker: {self.log('nats-server.conf')}")

    def start_broker(self, file):
        text = (HERE / file).read_text()
        for usual, port in self.ports.items():
            text = text.replace(str(usual), str(port))
        if file == "nats-server.conf":
            for pattern, replacement in self.edit:
                text, count = re.subn(pattern, replacement, text)
                if not count:
                    raise RuntimeError(f"nothing in {file} is like {pattern}")
        (self.folder / file).write_text(text)
        self.start(file, "nats-server", "-c", file)
        self.await_started(file, self.ports[4222 if file == "inside.conf" else 4223])

    def make_callers(self):
        """An authority, certificates of two callers that it signed, and one that it did not."""
        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], check=True, cwd=self.folder, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        openssl("req", "-x509", *KEY, "-nodes", "-days", "30", "-subj", "/CN=Callers", "-keyout", "callers.key", "-out", "callers.crt")
        for name in ("till", "supplier"):
            openssl("req", *KEY, "-nodes", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
            openssl("x509", "-req", "-in", f"{name}.csr", "-days", "30", "-CA", "callers.crt", "-CAkey", "callers.key", "-CAcreateserial", "-out", f"{name}.crt")
        openssl("req", "-x509", *KEY, "-nodes", "-days", "30", "-subj", "/CN=till", "-keyout", "forged.key", "-out", "forged.crt")
        both = [(self.folder / f"{name}.crt").read_text() for name in ("callers", "forged")]
        (self.folder / "both.crt").write_text("".join(both))

    @property
    def port(self):
        return self.ports[4222 if self.how == "as it comes" else 4223]

    def server(self):
        return "inside.conf" if self.how == "as it comes" else "nats-server.conf"


HEADER = b"NATS/1.0\r\nX-Request-ID: one\r\n\r\n"


def request(payload, inbox):
    return b"HPUB service.process %s %d %d\r\n%s%s\r\n" % (inbox, len(HEADER), len(HEADER) + len(payload), HEADER, payload)


class Client:
    """A connection; caller: whose certificate it shows to a broker that wants TLS, None: it does not even try."""

    def __init__(self, lab, caller="till", hello=True):
        self.buffer = b""
        self.socket = socket.create_connection(("127.0.0.1", lab.port), 3)
        self.info = self.line()
        if caller and b'"tls_required":true' in self.info:
            context = ssl.create_default_context(cafile=lab.folder / "site.crt")
            if caller != "nobody":
                context.load_cert_chain(lab.folder / f"{caller}.crt", lab.folder / f"{caller}.key")
            self.socket = context.wrap_socket(self.socket, server_hostname="shop.example")
        if hello:
            self.say(b'CONNECT {"verbose":false,"headers":true,"no_responders":true}\r\nPING\r\n')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def say(self, text):
        self.socket.sendall(text)

    def line(self):
        while b"\r\n" not in self.buffer:
            data = self.socket.recv(65536)
            if not data:
                raise ConnectionError(self.buffer.decode("latin1"))
            self.buffer += data
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        return line

    def hears(self, seconds=1.0):
        """All that comes in this time."""
        got, end = self.buffer, time.monotonic() + seconds
        self.buffer = b""
        try:
            while (left := end - time.monotonic()) > 0:
                self.socket.settimeout(left)
                data = self.socket.recv(65536)
                if not data:
                    return got + b"<closed>"
                got += data
        except TimeoutError:
            pass
        except OSError as error:
            got += f"<closed> {error}".encode()
        return got

    def is_in(self):
        """The broker has answered the first PING, and refuses nothing."""
        return b"PONG" in self.hears(1)

    def ask(self, payload, inbox=None, patience=1.0):
        """The reply; None if there is none in time."""
        inbox = inbox or f"_INBOX.{os.urandom(6).hex()}".encode()
        self.say(b"SUB %s 1\r\nUNSUB 1 1\r\n" % inbox + request(payload, inbox))
        end = time.monotonic() + patience
        try:
            while True:
                self.socket.settimeout(max(0.001, end - time.monotonic()))
                words = self.line().split()
                if words[:1] == [b"PING"]:
                    self.say(b"PONG\r\n")
                elif words[:1] in ([b"MSG"], [b"HMSG"]):
                    size = int(words[-1])
                    while len(self.buffer) < size + 2:
                        data = self.socket.recv(65536)
                        if not data:
                            return None
                        self.buffer += data
                    reply, self.buffer = self.buffer[:size], self.buffer[size + 2:]
                    return reply if words[0] == b"MSG" and words[1] == inbox else None
        except (OSError, ConnectionError):
            return None


class Asking:
    """An honest caller: asks ten times a second, and looks whether the answer is right."""

    def __init__(self, lab, caller="supplier", inbox=None):
        self.right = self.wrong = self.late = 0
        self.inbox, self.ending = inbox, threading.Event()
        self.thread = threading.Thread(target=self.run, args=(lab, caller), daemon=True)
        self.thread.start()

    def run(self, lab, caller):
        client = None
        while not self.ending.wait(0.1):
            try:
                client = client or Client(lab, caller)
                reply = client.ask(b'{"input":42}', self.inbox)
            except OSError:
                reply, client = None, None
            if reply is None:
                self.late += 1
                if client:
                    client.socket.close()
                client = None
            elif b"84" in reply and b"error" not in reply:
                self.right += 1
            else:
                self.wrong += 1

    def end(self):
        self.ending.set()
        self.thread.join()
        return self


# Each says what harm it did, or nothing.

def no_name(lab):
    try:
        with Client(lab, None) as client:
            return "is let in" if client.is_in() else ""
    except OSError:
        return ""


def no_certificate(lab):
    try:
        with Client(lab, "nobody") as client:
            return "is let in" if client.is_in() else ""
    except OSError:
        return ""


def forged_certificate(lab):
    try:
        with Client(lab, "forged") as client:
            return "is let in" if client.is_in() else ""
    except OSError:
        return ""


def listens_to_all(lab):
    with Client(lab) as client:
        client.say(b"SUB > 9\r\nSUB service.> 8\r\nSUB _INBOX.> 7\r\n")
        other = Asking(lab)
        heard = client.hears(1.5)
        other.end()
    return "hears what others ask" if b'{"input":42}' in heard else "hears others' answers" if re.search(rb"\r\nMSG|^MSG", heard) else ""


def answers_for_a_service(lab):
    with Client(lab) as client:
        client.say(b"SUB service.process service1 9\r\n")
        ending = threading.Event()

        def lie():
            while not ending.is_set():
                for reply in re.findall(rb"(?:MSG|HMSG) service.process 9 (\S+)", client.hears(0.05)):
                    lies = b'{"result":{"value":1,"processed":true}}'
                    client.say(b"PUB %s %d\r\n%s\r\n" % (reply, len(lies), lies))
        thread = threading.Thread(target=lie, daemon=True)
        thread.start()
        other = Asking(lab)
        time.sleep(2)
        other.end()
        ending.set()
        thread.join()
    return f"{other.wrong} of {other.wrong + other.right} answers to others are lies" if other.wrong else ""


def answers_before_a_service(lab):
    """Knows the name of another's inbox, and is quicker."""
    inbox, lies = b"_INBOX.supplier.1", b'{"result":{"value":1,"processed":true}}'
    with Client(lab) as client:
        other = Asking(lab, inbox=inbox)
        end = time.monotonic() + 2
        try:
            while time.monotonic() < end:
                client.say(b"PUB %s %d\r\n%s\r\n" % (inbox, len(lies), lies) * 20)
                time.sleep(0.005)
        except OSError:
            pass  # cut off
        other.end()
    return f"{other.wrong} of {other.wrong + other.right} answers to others are lies" if other.wrong else ""


def other_subjects(lab):
    """Publishes to a subject that is none of its business, which a service of the shop's listens to."""
    with socket.create_connection(("127.0.0.1", lab.ports[4222])) as inside:
        inside.sendall(b'CONNECT {"verbose":false}\r\nSUB orders.> 1\r\nPING\r\n')
        time.sleep(0.5)
        with Client(lab) as client:
            client.say(b"PUB orders.delete 3\r\nall\r\n")
            time.sleep(0.5)
        inside.settimeout(1)
        try:
            got = inside.recv(65536)
        except TimeoutError:
            got = b""
        return "gets there" if b"orders.delete" in got else ""


def large_payload(lab):
    with Client(lab) as client:
        client.is_in()
        size = 1_000_000
        try:
            client.say(request(b" " * size, b"_INBOX.x") + b"PING\r\n")
            return "1 MB reaches the service" if b"PONG" in client.hears(1.5) else ""
        except OSError:
            return ""


def many_subscriptions(lab):
    before = lab.memory(lab.server(), "VmRSS")
    with Client(lab) as client:
        client.is_in()
        try:
            for first in range(0, 200_000, 1000):
                client.say(b"".join(b"SUB _INBOX.a.%d %d\r\n" % (number, number) for number in range(first, first + 1000)))
        except OSError:
            pass
        try:
            client.say(b"PING\r\n")
            end = time.monotonic() + 10
            while b"PONG" not in (heard := client.hears(0.3)) and b"<closed>" not in heard and time.monotonic() < end:
                pass
        except OSError:
            pass
        grown = lab.memory(lab.server(), "VmRSS") - before
    return f"{grown} MB more for 200,000 subscriptions" if grown > 15 else ""


def reads_nothing(lab):
    """Asks for answers to an inbox that it subscribes to ten times, and reads none of them."""
    before = lab.memory(lab.server())
    with Client(lab) as client:
        client.is_in()
        client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.socket.settimeout(3)
        client.say(b"".join(b"SUB _INBOX.d %d\r\n" % number for number in range(1, 10)))
        text = b"x" * 8000
        end = time.monotonic() + 3
        try:
            while time.monotonic() < end:
                client.say(b"PUB _INBOX.d %d\r\n%s\r\n" % (len(text), text) * 10)
        except OSError:
            pass
        grown = lab.memory(lab.server()) - before
    return f"{grown} MB more" if grown > 15 else ""


def silent(count):
    def attack(lab):
        """Open, and say nothing, or not even begin TLS."""
        held = []
        for _ in range(count):
            connection = socket.socket()
            connection.setblocking(False)
            connection.connect_ex(("127.0.0.1", lab.port))
            held.append(connection)
        time.sleep(3.5)
        left = 0
        for connection in held:
            try:
                while connection.recv(65536):
                    pass
            except BlockingIOError:
                left += 1
            except OSError:
                pass
            connection.close()
        return f"{left} of {count} are held" if left > count / 10 else ""
    return attack


def bare(lab):
    """A request without headers, without a reply address, without a body."""
    with Client(lab) as client:
        client.say(b'PUB service.process _INBOX.b 12\r\n{"input":42}\r\nPUB service.process 12\r\n{"input":42}\r\nPUB service.process 0\r\n\r\n')
        client.hears(0.3)
    other = Asking(lab)
    time.sleep(1)
    other.end()
    return "the service ends" if not lab.lives("service1") else "others are not answered" if not other.right else ""


def malformed(lab):
    """What is no NATS: the connection ends, and others do not notice."""
    other = Asking(lab)
    for text in (b"GET / HTTP/1.1\r\n\r\n", b"PUB service.process -1\r\n", b"PUB service.process 99999999999999999999\r\n", b"SUB " + b"a" * 100_000 + b" 1\r\n",
                 b"\0\1\2\r\n" * 100, b'CONNECT {"a":' + b"[" * 5000 + b"\r\n", b"MSG a 1 1\r\nx\r\n", b"RS+ A b\r\n", b"A" * 1_000_000):
        try:
            with Client(lab) as client:
                client.say(text)
                client.hears(0.1)
        except OSError:
            pass
    other.end()
    return f"{other.late + other.wrong} calls of others fail" if other.late + other.wrong else ""


def floods(lab):
    """Whole, right requests without a pause, from one caller that is let in."""
    ending = threading.Event()

    def flood():
        while not ending.is_set():
            try:
                with Client(lab) as client:
                    while not ending.is_set():
                        client.say(request(b'{"input":42}', b"_INBOX.f") * 100)
                        time.sleep(0.001)
            except OSError:
                pass
    thread = threading.Thread(target=flood, daemon=True)
    thread.start()
    time.sleep(1)
    other = Asking(lab)
    time.sleep(3)
    ending.set()
    other.end()
    thread.join()
    asked = other.right + other.late + other.wrong
    return f"{other.right} of {asked} calls of others answered" if other.right < 0.8 * asked else ""


NOTHING_HELPS = "one that is let in asks without a pause"
GUESTS = (("verify_and_map: true", "verify: false"), (r"(?m)^leafnodes", "no_auth_user: guest\nleafnodes"),
          (r"TILL \{ users: \[", "TILL { users: [ { user: guest, password: guest },"))
NO_PERMISSIONS = ((r", permissions: \$asks", ""), (r"(?m)^asks = .*\n", ""))
ALL_IN_ONE = (*NO_PERMISSIONS, (r"(?s)imports = \[.*?\n\]\n", ""), (r"(TILL|SUPPLIER) \{ users: .*", r"\1 { }"),
              (r"SHOP \{ ", 'SHOP { users: [ { user: "CN=till" }, { user: "CN=supplier" } ], '))
ATTACKS = {  # name: the attack, and how to take the rule out that is against it
    "no password, no certificate": (no_name, (*GUESTS, (r"(?s)tls \{.*?\n\}\n", ""))),
    "TLS without a certificate": (no_certificate, GUESTS),
    "a certificate that nobody signed": (forged_certificate, ((r"ca_file: callers.crt", "ca_file: both.crt"),)),
    "listens to all": (listens_to_all, ALL_IN_ONE),
    "answers in a service's place": (answers_for_a_service, ALL_IN_ONE),
    "answers to another's inbox": (answers_before_a_service, ALL_IN_ONE),
    "publishes where it has no business": (other_subjects, ALL_IN_ONE),
    "a payload of 1 MB": (large_payload, (("max_payload: 8192", "max_payload: 1048576"),)),
    "200,000 subscriptions": (many_subscriptions, (("max_subscriptions: 10 ", "max_subscriptions: 1000000 "),)),
    "asks for answers and reads none": (reads_nothing, (("max_pending: 1048576", "max_pending: 268435456"), ("write_deadline: \"2s\"", "write_deadline: \"1h\""), *NO_PERMISSIONS)),
    "1,000 that say nothing": (silent(1000), (("    timeout: 2 ", "    timeout: 600 "), ("max_connections: 500", "max_connections: 5000"))),
    "a request without headers, a reply address, a body": (bare, None),
    "what is no NATS": (malformed, None),
    NOTHING_HELPS: (floods, None),
}


def attacked(build, system, name, edit=()):
    options = ["--delay", "5"] if name == NOTHING_HELPS else []
    with BrokerLab(build, system, edit, options) as lab:
        harm = ATTACKS[name][0](lab)
        return harm if all(lab.lives(one) for one in lab.running) else "something ended"


def overload(build, copies, rate=60, seconds=8, patience=1.0):
    """A worker takes 20 calls a second. How many a second are answered within their caller's patience, after four seconds."""
    with BrokerLab(build, "as it comes", options=["--delay", "50"]) as lab:
        for number in range(1, copies):
            name = f"service1-{number}"
            lab.start(name, lab.bin / "service1", "--quiet", "--nats", f"nats://127.0.0.1:{lab.ports[4222]}", *lab.options)
            lab.await_line(name)
        with Client(lab) as client:
            client.say(b"SUB _INBOX.o.* 1\r\n")
            asked, answered, start, got = {}, {}, time.monotonic(), b""
            while (now := time.monotonic()) < start + seconds + patience:
                while len(asked) < min(now - start, seconds) * rate:
                    asked[str(len(asked)).encode()] = time.monotonic()
                    client.say(request(b'{"input":42}', b"_INBOX.o.%d" % (len(asked) - 1)))
                got += client.hears(0.005)
                for number in re.findall(rb"MSG _INBOX\.o\.(\d+) 1 \d+\r\n", got):
                    answered.setdefault(number, time.monotonic() - asked[number])
                got = got[got.rfind(b"MSG"):] if not got.endswith(b"\r\n") else b""
    return sum(waited < patience for number, waited in answered.items() if asked[number] > start + 4) / (seconds - 4)


def carry(lab, caller="till"):
    """The caller's end of TLS: a port for step 08's app, which has no certificate to show."""
    listener = socket.create_server(("127.0.0.1", 0))

    def pump(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        for one in (source, sink):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def serve():
        while True:
            here, _ = listener.accept()
            there = Client(lab, caller, hello=False)
            there.socket.settimeout(None)
            info = json.loads(there.info[5:]) | {"tls_required": False, "tls_verify": False}
            here.sendall(b"INFO " + json.dumps(info).encode() + b"\r\n")
            for ends in ((here, there.socket), (there.socket, here)):
                threading.Thread(target=pump, args=ends, daemon=True).start()
    threading.Thread(target=serve, daemon=True).start()
    return f"nats://127.0.0.1:{listener.getsockname()[1]}"


def contract(build):
    """Step 08's app through nats-server.conf: the contract of all steps."""
    with BrokerLab(build, "nats-server.conf", services=("service1", "service2")) as lab:
        return lab.passes_contract(build, "step08", ["--nats", carry(lab)])


if __name__ == "__main__":
    if sys.argv[2:] == ["contract"]:
        print(contract(sys.argv[1]))
    else:
        for name in ATTACKS:
            if len(sys.argv) < 3 or re.search(sys.argv[2], name):
                found = [attacked(sys.argv[1], system, name) for system in SYSTEMS]
                cut = ATTACKS[name][1]
                print(f"{name:40} {found} without the rule: {cut and attacked(sys.argv[1], SYSTEMS[1], name, cut)}", flush=True)
