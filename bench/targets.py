"""Whether the ratios are what they should be."""

from figures import significant
from plan import STEPS

BATCH_LIMITS = {"06": ("one_core", 1.25), "07": ("free", 1.5), "08": ("free", 1.5)}
PEER_LIMITS = [("grpc", "07", 1.0), ("node_http", "07", 1.0), ("nats_js", "08", 0.7)]


def judge(results):
    targets = []
    for result in results["steps"]:
        step = result["step"]
        reference = next(floor for floor in result["floors"] if floor["reference"])
        found = reference["ratio"]["one_core"]["median"]
        limit = STEPS[step].limit
        target = verdict(f"step{step} call", reference["name"], found, limit)
        if "cycle_ns" in result and not target["met"]:
            # Where the linker puts a function makes a difference of a clock cycle; half of one for noise.
            over = (result["call_ns"]["one_core"]["median"]
                    - reference["call_ns"]["one_core"]["median"])
            target["met"] = over < 1.5 * result["cycle_ns"]["median"]
        targets.append(target)
        if step in BATCH_LIMITS:
            placement, limit = BATCH_LIMITS[step]
            bare = next(bare for bare in result["bare_values_per_second"]
                        if bare["placement"] == placement)
            name = "four raw JSON round trips" if step == "06" else "16 bare requests at once"
            targets.append(verdict(f"step{step} batch", name, bare["ratio"]["median"], limit))
    return targets + judge_peers(results)


def judge_peers(results):
    calls = {result["step"]: result["call_ns"]["one_core"]["median"] for result in results["steps"]}
    return [verdict(f"step{step} call", peer["name"],
                    calls[step] / peer["call_ns"]["one_core"]["median"], limit)
            for peer in results["peers"] if "call_ns" in peer
            for of, step, limit in PEER_LIMITS if of == peer["peer"] and step in calls]


def verdict(name, reference, found, limit):
    return {"name": name, "reference": reference, "ratio": significant(found), "limit": limit,
            "met": found <= limit, "gross": found > 2 * limit}
