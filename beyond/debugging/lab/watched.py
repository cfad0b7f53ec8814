"""Four copies of service1 with metrics, one of them slow, watched by a Prometheus: in step 07, in step 08, and in both without the fault."""

import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request

from lab import HERE, STEPS, Case, until

LOAD = "while :; do seq 25; echo 1073741824; sleep .05; done"  # the last is refused
QUERIES = dict(part.split("\n", 1) for part in (HERE / "metrics/queries").read_text().strip().split("\n\n"))


def programs(tree, step):
    return tree.build / "metrics" / f"step{step}_measured_service1"


def start_copies(case, step, slow):
    """Returns where the metrics of each are, the slow one's last."""
    clean = case.tree.clean / programs(case.tree, step).name
    copies = [clean] * 3 + [programs(case.tree, step) if slow else clean]
    for number, program in enumerate(copies):
        options = ["--quiet", *(["--listen", "127.0.0.1:0"] if step == "07" else [])]
        _, output = case.start([str(program), *options], error=f"copy{number}")
        until(lambda: output.read_text().strip(), "a copy is ready")
        if step == "07":
            url = output.read_text().strip()
            case.start(["bash", "-c", f"({LOAD}) | bin/app -q --service1 {url} - >/dev/null"])
    if step == "08":
        case.start(["bash", "-c", f"({LOAD}) | bin/app -q --jobs 4 - >/dev/null"])
    return [re.search(r"metrics at http://(\S+)/metrics", (case.folder / f"copy{number}").read_text())[1] for number in range(4)]


def start_prometheus(case, jobs):
    rules = HERE / "metrics/rules.yml"
    scraped = "".join(f"  - job_name: {job}\n    static_configs: [{{targets: {json.dumps(targets)}}}]\n" for job, targets in jobs.items())
    (case.folder / "prometheus.yml").write_text(
        f"global: {{scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms}}\nrule_files: [{rules}]\nscrape_configs:\n{scraped}")
    case.start(["prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data", "--web.listen-address=127.0.0.1:0"], error="prometheus")
    story = case.folder / "prometheus"

    def address():
        found = re.search(r'msg="Listening on" address=(127.0.0.1:\d+)', story.read_text())
        return found and found[1]
    url = "http://" + until(address, "Prometheus listens")

    def is_ready():
        try:
            with urllib.request.urlopen(f"{url}/-/ready", timeout=10):
                return True
        except urllib.error.HTTPError:
            return False
    until(is_ready, "Prometheus is ready")
    return url


def asked(url, path, **parameters):
    with urllib.request.urlopen(f"{url}/api/v1/{path}?{urllib.parse.urlencode(parameters)}", timeout=10) as answer:
        return json.load(answer)["data"]


def names(job, targets):
    """Ports differ from run to run."""
    return {target: f"copy {number}" + ", the slow one" * (number == 4 and "fault" not in job) for number, target in enumerate(targets, 1)}


def watch(tree):
    """What the queries say of each copy, which alerts fired, and when."""
    jobs = {}
    with Case(tree, STEPS[7]) as case7, Case(tree, STEPS[8]) as case8, Case(tree, STEPS[7]) as clean7, Case(tree, STEPS[8]) as clean8:
        for case, step, slow in ((case7, "07", True), (case8, "08", True), (clean7, "07", False), (clean8, "08", False)):
            case.start_services(workers=0)
            jobs[f"step{step}" + " without the fault" * (not slow)] = start_copies(case, step, slow)
        begin = time.monotonic()
        url = start_prometheus(case7, jobs)

        def fired():
            return {(alert["labels"]["job"], alert["labels"]["instance"]) for alert in asked(url, "alerts")["alerts"] if alert["state"] == "firing"}
        until(lambda: len(fired()) >= 2, "two alerts fire", 40)
        seconds = time.monotonic() - begin
        time.sleep(3)  # so that one may fire that must not
        rows = []
        for job, targets in jobs.items():
            row = {"job": job, "copies": list(names(job, targets).values()), "fired": sorted(names(job, targets)[instance] for other, instance in fired() if other == job)}
            for title, query in QUERIES.items():
                found = {each["metric"]["instance"]: float(each["value"][1]) for each in asked(url, "query", query=query.replace("JOB", job))["result"]}
                row[title] = [found.get(target) for target in targets]
            rows.append(row)
        return {"seconds": round(seconds), "rows": rows}


def judge(found):
    """What is wrong with it."""
    wrong = []
    for row in found["rows"]:
        slow = [] if "without" in row["job"] else [row["copies"][3]]
        if row["fired"] != slow:
            wrong.append(f"{row['job']}: alerts for {row['fired']}, not for {slow}")
        for copy, slowest, median, calls, refused in zip(row["copies"], *(row[title] for title in ("99 of 100 are faster, in seconds", "median, in seconds", "calls a second", "refused, of 100"))):
            if (slowest > 0.1) != (copy in slow) or median > 0.1:
                wrong.append(f"{row['job']}, {copy}: median {median}, 99 of 100 {slowest}")
            if not calls or not 1 < refused < 10:
                wrong.append(f"{row['job']}, {copy}: {calls} calls a second, {refused} of 100 refused")
    return wrong
