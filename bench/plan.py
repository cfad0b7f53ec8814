"""What is measured for each step, and what it is held against."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Step:
    name: str
    boundary: str
    floors: dict  # the measuring program's series, and what they are
    reference: str  # the floor that the target is about
    limit: float  # the target: so many times the reference at most, on one core
    jobs: tuple = (1,)

    @property
    def in_process(self):
        return "hand" in self.floors


STEPS = {
    "00": Step("monofile", "call in one file", {"hand": "the same by hand"}, "hand", 1.2),
    "01": Step("multifile", "call into another file", {"hand": "the same by hand"}, "hand", 1.2),
    "02": Step("modular", "call into a static library", {"hand": "the same by hand"}, "hand", 1.2),
    "03": Step("interfaces", "virtual call", {"hand": "the same by hand"}, "hand", 1.2),
    "04": Step("shared_lib", "virtual call into a shared library",
               {"hand": "the same by hand"}, "hand", 1.2),
    "05": Step("dlopen", "call into a plugin, through a C ABI",
               {"c_function": "a C function found by dlsym",
                "hand": "virtual call to it, by hand"}, "hand", 1.2),
    "06": Step("processes", "call to a child process, JSON over pipes",
               {"raw_pipe": "raw pipe, the same bytes",
                "raw_pipe_json": "raw pipe, JSON lines"}, "raw_pipe_json", 1.25),
    "07": Step("http", "call to an HTTP service",
               {"raw_tcp": "raw TCP, the same bytes",
                "raw_http": "HTTP by hand over a raw socket",
                "httplib": "cpp-httplib, bare"}, "httplib", 1.15, (1, 4, 16)),
    "08": Step("broker", "call to a worker behind a broker",
               {"raw_tcp": "raw TCP, the same bytes",
                "nats": "nats.c, bare"}, "nats", 1.15, (1, 4, 16)),
}


def folder(step):
    return f"step{step}_{STEPS[step].name}"


# Series of the measuring programs that are no floor: step, series, what it is, and the series that
# it is held against.
EXPERIMENTS = [
    ("07", "defaults", "HTTP, a new connection for each request (cpp-httplib's defaults)", "httplib"),
    ("07", "nagle", "HTTP, the connection kept, but not told to send at once", "httplib"),
    ("06", "four_calls", "pipes, chatty: four calls a value", "coarse_call"),
    ("06", "coarse_call", "pipes, coarse: one call a value", None),
    ("07", "four_calls", "HTTP, chatty: four calls a value", "coarse_call"),
    ("07", "coarse_call", "HTTP, coarse: one call a value", None),
    ("08", "four_calls", "NATS, chatty: four calls a value", "coarse_call"),
    ("08", "coarse_call", "NATS, coarse: one call a value", None),
]
