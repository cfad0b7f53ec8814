"""What the proxy costs: calls per second by wrk, the time of one call, the processor, values through the app."""

import os
import re
import statistics
import subprocess
import time
from pathlib import Path

from lab import Lab
from through import ALL, way_in

SCRIPT = 'wrk.method = "POST"; wrk.body = \'{"input":42}\'; wrk.headers["Content-Type"] = "application/json"\n'
ROUNDS = 3
UNITS = {"us": 1e-3, "ms": 1, "s": 1000}
WAYS = {"alone": ("alone", False), "HAProxy": ("haproxy", False), "HAProxy, TLS": ("haproxy", True), "nginx": ("nginx", False)}


def processor_time(lab):
    """Seconds of the services and of the proxy, so far."""
    def of(pid):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    proxy = lab.running.get("proxy")
    return {"service": of(lab.running["service1"].pid), "proxy": sum(of(pid) for pid in lab.proxy_serves_with()) if proxy else 0.0}


def wrk(lab, tls, connections, seconds=3):
    script = lab.folder / "post.lua"
    script.write_text(SCRIPT)
    door = f"https://127.0.0.1:{lab.ports['prices-tls']}" if tls else f"http://127.0.0.1:{lab.port}"
    before = processor_time(lab)
    said = subprocess.run(["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "2s", "--latency", "-s", script, f"{door}/process"],
                          text=True, capture_output=True, check=True).stdout
    after = processor_time(lab)
    count = int(re.search(r"(\d+) requests in", said)[1])
    failed = sum(int(number) for line in re.findall(r"Socket errors:.*|Non-2xx.*", said) for number in re.findall(r"\d+", line.replace("2xx", "").replace("3xx", "")))

    def quantile(which):
        number, unit = re.search(rf"{which}%\s+([\d.]+)(us|ms|s)\b", said).groups()
        return float(number) * UNITS[unit]
    return {"rate": float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), "p50": quantile(50), "p99": quantile(99), "failed": failed,
            **{f"{who}_us": 1e6 * (after[who] - before[who]) / max(1, count) for who in before}}


def values(lab, tls, jobs, count=2000):
    """Values per second through the app."""
    text = "".join(f"{number}\n" for number in range(1, count + 1))
    way = way_in(lab, tls)
    begin = time.monotonic()
    subprocess.run([lab.bin / "app", "-q", "--jobs", str(jobs), *way, "-"], input=text, text=True, check=True, stdout=subprocess.DEVNULL)
    return count / (time.monotonic() - begin)


def measure(build):
    """By turns, the median: what else the machine does comes and goes."""
    found = {way: {"wrk": {}} for way in WAYS}
    rows = {}
    for _ in range(ROUNDS):
        for way, (system, tls) in WAYS.items():
            with Lab(build, system, ("service1",), ours="127.0.0.1") as lab:
                for connections in (1, 64, 600):
                    rows.setdefault((way, connections), []).append(wrk(lab, tls, connections))
                    time.sleep(0.2)
    for (way, connections), tried in rows.items():
        found[way]["wrk"][str(connections)] = {key: statistics.median(one[key] for one in tried) for key in tried[0]}
    for way, (system, tls) in WAYS.items():
        with Lab(build, system, ALL, ours="127.0.0.1") as lab:
            found[way]["values"] = values(lab, tls, 1, 500)
        with Lab(build, system, ALL, ours="127.0.0.1") as lab:
            found[way]["values, 16 jobs"] = values(lab, tls, 16)
    return found
