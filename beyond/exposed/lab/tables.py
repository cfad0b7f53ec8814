"""The tables of the page, as Markdown, from what was found."""

import re
import subprocess

from lab import SYSTEMS
from single import ATTACKS

HEADS = {"alone": "alone", "as it comes": "HAProxy as it comes", "haproxy": "`haproxy.cfg`", "nginx": "nginx"}


def versions():
    def said(*command):
        ended = subprocess.run(command, text=True, capture_output=True, check=False)
        return re.search(r"\d+\.\d+(\.\d+)?", ended.stdout + ended.stderr)[0]
    return {"HAProxy": said("haproxy", "-v"), "nginx": said("nginx", "-v"), "nats-server": said("nats-server", "-v"),
            "cpp-httplib": said("pkg-config", "--modversion", "cpp-httplib")}


def rows(head, lines):
    return ["| " + " | ".join(map(str, line)) + " |" for line in [head, ["---"] * len(head), *lines]]


def single(found):
    """The attacks of one client that hurt somewhere, and how many hurt nowhere."""
    by_name = {system: {one["attack"]: one for one in found["single"][system]["attacks"]} for system in SYSTEMS}
    lines, harmless = [], []
    for name, _, _ in ATTACKS:
        harms = [by_name[system][name]["harm"] for system in SYSTEMS]
        if any(harms):
            lines.append([f"{name}", *(harm or "-" for harm in harms)])
        else:
            harmless.append(name)
    lines.append(["the most memory of the service in all this", *(f"{found['single'][system]['memory']} MB" for system in SYSTEMS)])
    folded = ["", f"<details><summary>{len(harmless)} more, which hurt none of the four</summary>", "", "; ".join(harmless) + ".", "", "</details>"]
    return rows(["one client sends", *HEADS.values()], lines) + folded


def crowds(found):
    def cell(one):
        asked = one["answered"] + sum(one["failed"].values())
        text = f"{one['answered']} of {asked}"
        return f"**{text}**" if one["harm"] else text
    return rows(["many clients; of the calls of another, in time", *HEADS.values()],
                [[name, *(cell(found["crowds"][name][system]) for system in SYSTEMS)] for name in found["crowds"]])


def smuggling(found):
    systems = [system for system in SYSTEMS if system != "alone"]
    ways = found["smuggling"]["haproxy"]["ways"]
    lines = [[f"{way}: came past, of {ways[way]['tries']} tries or more", *(found["smuggling"][system]["ways"][way]["past"] for system in systems)] for way in ways]
    lines.append(["honest answers, right", *(f"{found['smuggling'][system]['right']:,}" for system in systems)])
    lines.append(["honest answers, **another caller's**", *(found["smuggling"][system]["wrong"] for system in systems)])
    return rows(["hidden requests", *(HEADS[system] for system in systems)], lines)


def operations(found):
    def lost(one):
        return f"{one['lost']} of {one['calls']:,}" if one else ""
    lines = [["a service killed 20 times, back after 0.2 s", *(lost(found["kills"][system]) for system in SYSTEMS)]]
    for key, name in (("hangs", "one of two copies hangs"), ("rolling", "both copies restarted, ten times"), ("reloads", "the proxy reloaded ten times")):
        lines.append([name, *(lost(found[key].get(system)) for system in SYSTEMS)])
    lines.append(["the certificate renewed", "", "", lost(found["renewal"]), ""])
    return rows(["calls lost", *HEADS.values()], lines)


def goodput(found):
    return rows(["three times the load that fits", "fits, calls a second", "answered in time, of what fits"],
                [[name, one["fits"], f"{'█' * round(10 * one['share'])} {one['share']:.0%}"] for name, one in found["goodput"].items()])


def costs(found):
    lines = []
    for way, one in found["costs"].items():
        wrk = one["wrk"]
        lines.append([way, f"{wrk['1']['p50']:.2f} ms", *(f"{wrk[count]['rate']:,.0f}" for count in ("1", "64", "600")),
                      f"{wrk['64']['service_us']:.0f} us + {wrk['64']['proxy_us']:.0f} us", f"{one['values']:,.0f}", f"{one['values, 16 jobs']:,.0f}"])
    return rows(["", "one call, p50", "calls a second, 1 connection", "64", "600", "processor time a call, service + proxy", "values a second through the app", "`--jobs 16`"], lines)


def rules(found):
    return rows(["without the rule", "what its attack does then"], [[one["rule"], one["without"]] for one in found["rules"] if one["without"]])


def broker(found):
    return rows(["a stranger at the broker", "as it comes", "`nats-server.conf`"],
                [[name, *(f"**{here[system]}**" if here[system] else "-" for system in ("as it comes", "nats-server.conf"))] for name, here in found["broker"].items()])


TABLES = {"single": single, "crowds": crowds, "smuggling": smuggling, "operations": operations, "goodput": goodput, "costs": costs, "rules": rules, "broker": broker}
