"""What operations do, under load: a service killed, one that hangs, the proxy reloaded, a certificate renewed, too many calls."""

import asyncio
import collections
import random
import signal
import ssl
import sys
import time

from lab import HONEST, Lab, await_true, make_certificate
from wire import call

ALL = ("service1", "service1-again", "service2")


async def one(port, value, connection, keep, patience, tls):
    """What became of it, and the connection if it goes on."""
    try:
        status, right, connection = await asyncio.wait_for(call(port, value, connection, keep, tls), patience)
        return "" if right else "another's answer" if status == 200 else f"status {status}", connection
    except (TimeoutError, asyncio.TimeoutError):
        return "late", None
    except (OSError, asyncio.IncompleteReadError, TypeError, ValueError):
        return "no answer", None


async def closed_loop(port, seconds, events, clients=32, keep=True, tls=None):
    """So many clients, each of which asks again as soon as it is answered; events: (when, what to do)."""
    found, when, start = collections.Counter(), [], time.monotonic()

    async def client():
        connection = None
        while time.monotonic() < start + seconds:
            reused = connection is not None
            value = random.randrange(1, 10**9)
            what, connection = await one(port, value, connection, keep, 5, tls)
            if what == "no answer" and reused:  # a kept connection may end at any time: each client asks again (RFC 9112, 9.3.1)
                found["asked again"] += 1
                what, connection = await one(port, value, None, keep, 5, tls)
            found[what] += 1
            if what:
                when.append(round(time.monotonic() - start, 2))
            await asyncio.sleep(random.uniform(0.005, 0.015))

    async def happen():
        for at, do in events:
            await asyncio.sleep(max(0, start + at - time.monotonic()))
            await asyncio.get_running_loop().run_in_executor(None, do)

    await asyncio.gather(happen(), *(client() for _ in range(clients)))
    again = found.pop("asked again", 0)
    answered = found.pop("", 0)
    return {"calls": answered + found.total(), "lost": found.total(), "why": dict(found), "asked again": again,
            "lost between": when[:1] + when[-1:]}


def load(lab, seconds, events=(), **more):
    return asyncio.run(closed_loop(lab.port, seconds, events, **more))


def kills(build, system, count=20, edit=()):
    """One copy of service1 is killed and started again, by turns, each time under load."""
    with Lab(build, system, ALL[:2] if system != "alone" else ALL[:1], edit=edit, options=["--delay", "20"], ours=HONEST) as lab:
        def kill(name):
            lab.kill_service(name)
            time.sleep(0.2)
            lab.start_service(name)
        names = [name for name in lab.names]
        return load(lab, 0.5 * count + 1.5, [(0.5 + 0.5 * number, lambda name=names[number % len(names)]: kill(name))
                                             for number in range(count)])


def rolling(build, system, rounds=5):
    """Both copies restarted with SIGTERM, one after the other."""
    with Lab(build, system, ALL[:2], options=["--delay", "20"], ours=HONEST) as lab:
        def restart(name):
            lab.kill_service(name, signal.SIGTERM)
            lab.start_service(name)
        return load(lab, 2.0 * rounds + 1, [(0.5 + number, lambda name=ALL[number % 2]: restart(name)) for number in range(2 * rounds)])


def hangs(build, system, edit=()):
    """One of two copies stops without an end."""
    with Lab(build, system, ALL[:2], options=["--delay", "20"], edit=edit, ours=HONEST) as lab:
        found = load(lab, 7, [(1, lambda: lab.running["service1"].send_signal(signal.SIGSTOP))])
        lab.running["service1"].send_signal(signal.SIGCONT)
        return found


def reloads(build, system, count=10, keep=True):
    with Lab(build, system, ALL[:2], options=["--delay", "20"], ours=HONEST) as lab:
        before = set(lab.proxy_serves_with())
        found = load(lab, 0.7 * count + 1, [(0.5 + 0.7 * number, lab.reload_proxy) for number in range(count)], keep=keep)
        found["another process"] = not before & set(lab.proxy_serves_with())
        return found


def renewal(build, system):
    """A certificate is replaced under load; those who come after it see the new one."""
    with Lab(build, system, ALL[:2], options=["--delay", "20"], ours=HONEST) as lab:
        tls = ssl.create_default_context()
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
        port = lab.ports["prices-tls"]

        def shown():
            return ssl.get_server_certificate(("127.0.0.1", port))

        def renew():
            make_certificate(lab.folder)
            lab.reload_proxy()
        old = shown()
        found = asyncio.run(closed_loop(port, 5, [(1.5, renew)], keep=False, tls=tls, clients=8))
        await_true(lambda: shown() != old, "the new certificate")
        return found


async def open_loop(port, rate, seconds, warm_up, patience):
    """So many calls a second, whatever becomes of them; each caller gives up after its patience. What became of how many a
    second, after the warm-up; a busy machine may offer fewer than it should."""
    found, tasks, start, counted = collections.Counter(), [], time.monotonic(), 0.0
    due = start
    while due < start + seconds:
        await asyncio.sleep(max(0, due - time.monotonic()))
        task = asyncio.create_task(one(port, random.randrange(1, 10**9), None, False, patience, None))
        if due > start + warm_up:
            counted = counted or time.monotonic()
            tasks.append(task)
        due += random.expovariate(rate)
    passed = max(time.monotonic() - counted, seconds - warm_up)
    for what, _ in await asyncio.gather(*tasks):
        found[what or "in time"] += 1
    return {what: round(count / passed, 1) for what, count in found.items()}


DELAY, PATIENCE = 2.0, 5.0  # s, of the service for each call, of each caller
THREADS, PLACES = 64, 60  # of step 07's service; those that haproxy.cfg and nginx.conf let in at once
# What is left out of haproxy.cfg, to see what each part of its queue is for.
QUEUES = {
    "haproxy": [],
    "without timeout queue": [("timeout queue .*", "timeout queue 60s")],
    "without timeout queue and abortonclose": [("timeout queue .*", "timeout queue 60s"), ("option abortonclose.*", "")],
    "without maxconn": [(" maxconn 60", "")],
}


def goodput(build, system, load_factor=3, edit=(), seconds=12):
    """How much of what fits is answered before its caller gives up, at so many times the load that fits."""
    places = PLACES if system in ("haproxy", "nginx") and not any("maxconn" in what for what, _ in edit) else THREADS
    fits = places / DELAY
    with Lab(build, system, edit=edit, options=["--delay", str(round(1000 * DELAY))], ours=HONEST) as lab:
        found = asyncio.run(open_loop(lab.port, load_factor * fits, seconds, 6, PATIENCE))
    return {"fits": round(fits), "offered": round(sum(found.values())), "share": round(found.get("in time", 0) / fits, 2), "each second": found}


def all_goodput(build):
    """Of each system, and of haproxy.cfg without parts of its queue."""
    found = {"alone": goodput(build, "alone", seconds=18), "HAProxy as it comes": goodput(build, "as it comes", seconds=18)}
    for name, edit in QUEUES.items():
        found[f"`haproxy.cfg`{' ' * (name != 'haproxy')}{name.removeprefix('haproxy')}"] = goodput(build, "haproxy", edit=edit, seconds=18)
    return found | {"nginx": goodput(build, "nginx", seconds=18)}


if __name__ == "__main__":
    what, build, system = sys.argv[1:4]
    print(what, system, globals()[what](build, system, *map(int, sys.argv[4:])))
