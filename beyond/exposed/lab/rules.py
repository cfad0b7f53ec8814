"""Each rule of haproxy.cfg, and the attack that it is for: with the rule it does nothing, without the rule it succeeds.

Limits that are large or long are made small for both, so that a small and short attack is enough.
"""

import asyncio
import concurrent.futures
import dataclasses
import functools
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

import crowds
import operations
import single
import smuggling
from lab import HONEST, STRANGER, Lab, children, memory
from wire import GOOD, Honest, connect, read_all

ONE = ("service1",)
TWO = ("service1", "service1-again")


@dataclasses.dataclass
class Rule:
    name: str
    cut: tuple  # (pattern, replacement): the configuration without the rule
    attack: object  # from a Lab to the harm that is done, "" if none
    made_small: tuple = ()
    options: tuple = ()
    services: tuple = ONE
    ours: str = "127.0.0.9"
    quirk: bool = False  # the harm rests on what the library of Debian 12 does
    version: tuple = ()  # of HAProxy, from which on the rule matters


def honest_fares(lab, act, seconds=2.5, rate=20, patience=1.0, bearable=0.1):
    """How many of an honest client's calls fail while that goes on; harm if one in ten, or as said."""
    ending = threading.Event()
    thread = threading.Thread(target=act, args=(lab, ending), daemon=True)
    thread.start()
    time.sleep(0.7)
    honest = Honest(lab.port, rate, patience)
    ending.wait(seconds)
    honest.end()
    ending.set()
    thread.join()
    asked = honest.answered + honest.failed
    return f"{honest.failed} of {asked} calls of another fail" if honest.failed > bearable * asked else ""


def crowd(count, text, more=b"", address=crowds.source, buffer=None, wait=0.0):
    def act(lab, ending):
        one = crowds.Crowd(lab.port, count, text, address, buffer)
        while not ending.wait(0.3):
            one.say(more)
        one.close()

    def attack(lab):
        begin = functools.partial(act)
        return honest_fares(lab, begin, 2.5 + wait)
    return attack


def late_harm(act, after, seconds=2.0):
    """What it is like for an honest client some time after an attack has begun."""
    def attack(lab):
        ending = threading.Event()
        thread = threading.Thread(target=act, args=(lab, ending), daemon=True)
        thread.start()
        time.sleep(after)
        harm = honest_fares(lab, lambda *_: None, seconds)
        ending.set()
        thread.join()
        return harm
    return attack


def slow_heads(lab, ending):
    one = crowds.Crowd(lab.port, 100, crowds.HEAD)
    while not ending.wait(0.5):
        one.say(b"x")
    one.close()


def deaf(lab, ending):
    one = crowds.Crowd(lab.port, 20, buffer=4096)
    for connection in one.connections:
        connection.settimeout(0.05)
        try:
            connection.sendall(b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2000)
        except OSError:
            pass  # the proxy does not take all of it
    ending.wait()
    one.close()


def alone_in_a_crowd(lab, ending):
    """One address opens as many connections as it can, again and again."""
    while not ending.is_set():
        one = crowds.Crowd(lab.port, 300, crowds.HEAD, lambda _: "127.0.0.66")
        ending.wait(1)
        one.close()


def greedy(lab, ending):
    """One address asks on 150 connections, again as soon as it is answered."""
    def ask():
        while not ending.is_set():
            try:
                with connect(lab.port) as connection:
                    while not ending.is_set():
                        connection.sendall(GOOD)
                        if b" 429 " in connection.recv(4096):
                            ending.wait(0.5)  # nobody gains by asking again at once
            except OSError:
                ending.wait(0.1)
    threads = [threading.Thread(target=ask, daemon=True) for _ in range(150)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def memory_of_proxy(lab):
    one = crowds.Crowd(lab.port, 2500, crowds.HEAD)
    time.sleep(1)
    used = sum(memory(child) for child in children(lab.running["proxy"].pid))
    one.close()
    return f"{used} MB for 2,500 connections" if used > 16 else ""


def one_request(name):
    """An attack of single.py."""
    number = next(number for number, attack in enumerate(single.ATTACKS) if attack[0] == name)

    def attack(lab):
        one = single.try_one(lab, number)
        harm = single.verdict("haproxy", one | {"hidden": False})
        return harm or ("the service waits for it" if one["end"] == "open" and not one["statuses"] else "")
    return attack


def unpacked(lab):
    before = lab.memory()
    play = next(parts for name, _, parts in single.ATTACKS if "brotli" in name)
    with connect(lab.port) as connection:
        connection.sendall(play[0])
        read_all(connection, 4)
    grown = lab.memory() - before
    return f"{grown} MB more" if grown > 50 else ""


def past_the_proxy(way):
    def attack(lab):
        for parts in smuggling.WAYS[way]:
            with connect(lab.port) as connection:
                for part in parts:
                    connection.sendall(part)
                read_all(connection, 0.03)
        time.sleep(0.3)
        count = lab.log("service1").count("POST /smuggled ")
        return f"{count} requests come past the proxy" if count else ""
    return attack


def lost(seconds, *events):
    """Calls lost under load while that happens."""
    def attack(lab):
        found = operations.load(lab, seconds, [(at, functools.partial(do, lab)) for at, do in events], clients=16)
        return f"{found['lost']} of {found['calls']} calls lost" if found["lost"] else ""
    return attack


def kill_one(lab):
    lab.kill_service("service1")


def kill_and_start(lab):
    for name in lab.names:
        lab.kill_service(name)
        lab.start_service(name)


def stop_one(lab):
    lab.running["service1"].send_signal(signal.SIGSTOP)


def a_hole(lab):
    """Takes the place of the second copy: accepts nothing, so that connecting to it has no end."""
    hole = socket.socket()
    hole.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    lab.kill_service("service1-again")
    hole.bind(("127.0.0.1", lab.ports["service1-again"]))
    hole.listen(0)
    full = [socket.socket() for _ in range(4)]
    for one in full:
        one.setblocking(False)
        one.connect_ex(hole.getsockname())
    harm = honest_fares(lab, lambda *_: None)
    for one in [*full, hole]:
        one.close()
    return harm


def never_answers(lab):
    found = asyncio.run(operations.open_loop(lab.port, 5, 1, 0, 3))
    return "no answer, not even an error, in 3 s" if found.get("late") else ""


def gone(lab, ending):
    """Callers that ask and go away, one after another."""
    while not ending.wait(0.02):
        with connect(lab.port) as connection:
            connection.sendall(GOOD)


def overloaded(lab):
    """Three times what fits into 60 places, at two seconds each."""
    found = asyncio.run(operations.open_loop(lab.port, 90, 11, 6, 5))
    share = found.get("in time", 0) / 30
    return f"{share:.0%} of what fits is answered in time" if share < 0.6 else ""


def crowded(lab):
    """400 wait for the service at once, which has fewer threads."""
    down = []  # counted before the callers give up, all at once, on what they have asked the service for

    def count():
        down.extend(re.findall(r"(?m)^Server prices/service1 is DOWN", lab.log("proxy")))
    operations.load(lab, 4, [(4.5, count)], clients=600, keep=False)
    return "a live service is taken for dead" if down else ""


def protocols(lab):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["h2", "http/1.1"])
    with context.wrap_socket(connect(lab.ports["prices-tls"], HONEST)) as connection:
        return "HTTP/2 is agreed on" if connection.selected_alpn_protocol() == "h2" else ""


def slow_body(lab, ending):
    one = crowds.Crowd(lab.port, 100, crowds.BODY)
    while not ending.wait(0.3):
        one.say(b" ")
    one.close()


def slow_large_body(lab, ending):
    one = crowds.Crowd(lab.port, 100, crowds.LARGE_BODY)
    while not ending.wait(0.3):
        one.say(b" ")
    one.close()


def remove(line):
    return rf"(?m)^ *{line}.*\n", ""


FEW = ("maxconn 8000", "maxconn 100")  # connections
SOON = ("timeout http-request 5s", "timeout http-request 1s")
FEW_PLACES = (" maxconn 60", " maxconn 4")
NO_CHECKS_YET = ("inter 500ms", "inter 60s")
RULES = [
    Rule("maxconn of all", remove("maxconn"), memory_of_proxy, (("maxconn 8000", "maxconn 500"),)),
    Rule("timeout http-request", (SOON[1], "timeout http-request 1h"), late_harm(slow_heads, 2), (FEW, SOON)),
    Rule("timeout client", ("timeout client 1s", "timeout client 1h"), late_harm(deaf, 5),
         (("maxconn 8000", "maxconn 20\\n    tune.sndbuf.client 16384"), ("timeout client 10s", "timeout client 1s"), ("req_rate gt 1000", "req_rate gt 100000"))),
    Rule("timeout connect", ("timeout connect 500ms", "timeout connect 1h"), a_hole, (NO_CHECKS_YET,), services=TWO),
    Rule("timeout queue", ("timeout queue 200ms", "timeout queue 1h"), overloaded, (remove("option abortonclose"),), ("--delay", "2000"), ours=HONEST),
    Rule("timeout server", ("timeout server 1s", "timeout server 1h"), never_answers, (("timeout server 5s", "timeout server 1s"),), ("--delay", "100000")),
    Rule("option httpchk", remove("option httpchk"), lost(7, (1, stop_one)), (), ("--delay", "20"), TWO, HONEST),
    Rule("check", ("check inter", "inter"), lost(7, (1, stop_one)), (), ("--delay", "20"), TWO, HONEST),
    Rule("on-marked-down shutdown-sessions", (" on-marked-down shutdown-sessions", ""), lost(7, (1, stop_one)), (), ("--delay", "20"), TWO, HONEST),
    Rule("option http-server-close", remove("option http-server-close"), past_the_proxy("50 at once"), ours=STRANGER, quirk=True),
    Rule("option abortonclose", remove("option abortonclose"), lambda lab: honest_fares(lab, gone, 3, 4, bearable=0.5), (FEW_PLACES, ("timeout queue 200ms", "timeout queue 1h")), ("--delay", "400")),
    Rule("option redispatch", ("option redispatch 1", "no option redispatch"), lost(4, (1, kill_one)), (NO_CHECKS_YET,), ("--delay", "20"), TWO, HONEST),
    Rule("retries", ("retries 5", "retries 0"), lost(4, (1, kill_and_start), (2, kill_and_start)), (), ("--delay", "20"), TWO, HONEST),
    Rule("retry-on empty-response", (" empty-response", ""), lost(4, (1, kill_and_start), (2, kill_and_start)), (), ("--delay", "100"), TWO, HONEST),
    Rule("maxconn of a service", (" maxconn 60", ""), crowded, (("timeout queue 200ms", "timeout queue 1h"),), ("--delay", "1500"), ours=HONEST),
    Rule("alpn http/1.1", (" alpn http/1.1", ""), protocols, version=(2, 8)),
    Rule("option disable-h2-upgrade", remove("option disable-h2-upgrade"), one_request("the preface of HTTP/2")),
    Rule("option http-buffer-request", remove("option http-buffer-request"), lambda lab: honest_fares(lab, slow_body)),
    Rule("connections of an address", remove("tcp-request connection reject"), lambda lab: honest_fares(lab, alone_in_a_crowd), (("maxconn 8000", "maxconn 250"),)),
    Rule("requests of an address", remove("http-request deny deny_status 429"), lambda lab: honest_fares(lab, greedy, 4, 5), (("req_rate gt 1000", "req_rate gt 100"),), ("--delay", "300")),
    Rule("421, foreign hosts", remove("http-request return status 421"), one_request("a foreign Host (a rebound page)")),
    Rule("403, origins", remove("http-request deny deny_status 403"), one_request("a foreign Origin (a page)")),
    Rule("404, other paths", remove("http-request return status 404"), lambda lab: (lambda one: "the service is asked" if "POST /smuggled" in lab.log("service1") else "")(
        single.play(lab.port, [single.raw(b"POST /smuggled", single.HOST + single.JSON + single.LENGTH, single.BODY)]))),
    Rule("431, long heads", remove("http-request return status 431"), past_the_proxy("50 behind a long line"), ours=STRANGER, quirk=True),
    Rule("411, no body", remove("http-request return status 411"), one_request("no body and no length"), quirk=True),
    Rule("413, long bodies", remove("http-request deny deny_status 413"), lambda lab: honest_fares(lab, slow_large_body)),
    Rule("415, a page's form", remove("http-request return status 415 if METH_POST"), one_request("text/plain, as a page's form sends it")),
    Rule("415, packed bodies", remove("http-request return status 415 if { req.fhdr"), unpacked, quirk=True),
]


def haproxy_version():
    text = subprocess.run(["haproxy", "-v"], text=True, capture_output=True, check=True).stdout
    return tuple(int(part) for part in re.findall(r"\d+", text)[:2])


def harm_of(build, rule, cut):
    edit = [*rule.made_small, *([rule.cut] if cut else [])]
    with Lab(build, "haproxy", rule.services, edit, rule.options, story=True, ours=rule.ours) as lab:
        return rule.attack(lab)


def try_rule(build, rule):
    """The harm with the rule, and without it."""
    if rule.version > haproxy_version():
        return None
    return harm_of(build, rule, False), harm_of(build, rule, True)


def try_all(build, chosen="", at_once=3):
    rules = [rule for rule in RULES if re.search(chosen, rule.name)]
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        return list(zip(rules, pool.map(lambda rule: try_rule(build, rule), rules)))


if __name__ == "__main__":
    for rule, found in try_all(sys.argv[1], *sys.argv[2:3]):
        print(f"{rule.name:34} {found}", flush=True)
