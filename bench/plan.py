"""What is measured, what it is held against, and the targets."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Batch:
    """A target for a batch of values: so many times what the bare mechanism needs, at most."""
    placement: str
    limit: float
    reference: str


@dataclasses.dataclass(frozen=True)
class Step:
    name: str
    boundary: str
    floors: dict  # the measuring program's series, and what they are
    reference: str  # the floor that the target is about
    limit: float  # the target: so many times the reference at most, on one core
    jobs: tuple = (1,)
    batch: Batch | None = None

    @property
    def in_process(self):
        return "hand" in self.floors


HAND = {"hand": "the same by hand"}

STEPS = {
    "00": Step("monofile", "call in one file", HAND, "hand", 1.2),
    "01": Step("multifile", "call into another file", HAND, "hand", 1.2),
    "02": Step("modular", "call into a static library", HAND, "hand", 1.2),
    "03": Step("interfaces", "virtual call", HAND, "hand", 1.2),
    "04": Step("shared_lib", "virtual call into a shared library", HAND, "hand", 1.2),
    "05": Step("dlopen", "call into a plugin, through a C ABI",
               {"c_function": "a C function found by dlsym",
                "hand": "virtual call to it, by hand"}, "hand", 1.2),
    "06": Step("processes", "call to a child process, JSON over pipes",
               {"raw_pipe": "raw pipe, the same bytes",
                "raw_pipe_json": "raw pipe, JSON lines"}, "raw_pipe_json", 1.25,
               batch=Batch("one_core", 1.25, "four raw JSON round trips")),
    "07": Step("http", "call to an HTTP service",
               {"raw_tcp": "raw TCP, the same bytes",
                "raw_http": "HTTP by hand over a raw socket",
                "httplib": "cpp-httplib, bare"}, "httplib", 1.15,
               (1, 4, 16), Batch("free", 1.5, "16 bare requests at once")),
    "08": Step("broker", "call to a worker behind a broker",
               {"raw_tcp": "raw TCP, the same bytes",
                "nats": "nats.c, bare"}, "nats", 1.15,
               (1, 4, 16), Batch("free", 1.5, "16 bare requests at once")),
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


# Exercise 06-shared-memory, solved, and the bare mechanism: series of bench_shared_memory, what they are, and
# the series that they are held against.
SHARED_MEMORY = [
    ("shared", "shared memory, asleep while it waits", "bare_shared"),
    ("shared_two", "shared memory, asleep, each side kept on a core of its own", "bare_shared_two"),
    ("shared_spin", "shared memory, spinning for up to 20 us while it waits", "bare_shared_spin"),
    ("shared_spin_two", "shared memory, spinning, each side kept on a core of its own", "bare_shared_spin_two"),
    ("bare_shared", "bare: shared memory, JSON lines, asleep", None),
    ("bare_shared_two", "bare: the same, each side kept on a core", None),
    ("bare_shared_spin", "bare: shared memory, JSON lines, spinning", None),
    ("bare_shared_spin_two", "bare: the same, each side kept on a core", None),
    ("bytes_shared", "bare: shared memory, the bytes alone, asleep", None),
    ("bytes_shared_spin_two", "bare: shared memory, the bytes alone, spinning, each side kept on a core", None),
]
SHARED_MEMORY_LIMIT = 1.5  # the target of two of them, each where it is at home: on one core, and on two
SHARED_MEMORY_AT_HOME = {"shared": "one_core", "shared_spin_two": "free"}


@dataclasses.dataclass(frozen=True)
class InFlight:
    """How a step carries many calls at once, and what it is held against: bench_in_flight's arguments."""
    kind: str
    most: int  # calls in progress
    bare: dict  # series, and what they are; the target is about the first
    limit: float  # the target: bare, JUDGED calls in progress are at most so many times as many a second

    def points(self, quick):
        powers = [2 ** power for power in range(11)]
        return [1, JUDGED] if quick else [number for number in powers if number <= self.most]


JUDGED = 64  # calls in progress

IN_FLIGHT = {
    "06": InFlight("pipe", 1024, {"bare": "two pipes, JSON lines"}, 2.0),
    # A service has 64 threads, one for a connection; more would wait for one that ends.
    "07": InFlight("http", 64, {"bare": "cpp-httplib, bare"}, 2.0),
    "08": InFlight("nats", 1024, {"bare": "nats.c, bare", "bare_flusher": "nats.c, bare, no SendAsap"}, 2.0),
}

# Ways to get a batch of values through: name, series, bench_in_flight's work, pieces in progress.
CURES = [
    ("step_one", "four calls, one by one: the step's services", "step", "four", 1),
    ("one", "four calls, one by one", "bare", "four", 1),
    ("coarse", "coarse: one call a value", "bare", "coarse", 1),
    ("step_many", "64 values in progress: the step's services", "step", "four", 64),
    ("many", "64 values in progress", "bare", "four", 64),
    ("both", "coarse, 64 in progress", "bare", "coarse", 64),
    ("hundred", "coarse, 64 messages of 100 values in progress", "bare", "hundred", 64),
]


@dataclasses.dataclass(frozen=True)
class Peer:
    name: str
    program: str  # a measuring program in C++, or one for Node
    needs: str  # what to install, by Debian's names
    step: str  # whose call is held against it
    limit: float | None = None  # the target: the step's call takes so many times this, at most
    broker: bool = False


PEERS = {
    "zmq": Peer("ZeroMQ, REQ and REP over TCP", "bench_peer_zmq", "libzmq3-dev", "07"),
    "grpc": Peer("gRPC in C++, unary call", "bench_peer_grpc",
                 "libgrpc++-dev libprotobuf-dev protobuf-compiler-grpc", "07", 1.0),
    "node_ipc": Peer("Node, child process over its IPC channel", "node_ipc.mjs", "nodejs", "06"),
    "node_http": Peer("Node, its HTTP client and server", "node_http.mjs", "nodejs", "07", 1.0),
    "nats_js": Peer("nats.js, through the same broker", "nats_js.mjs",
                    "nodejs npm, then npm --prefix bench/peers install", "08", 0.7, broker=True),
}
