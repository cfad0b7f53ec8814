"""The same exchange by other means: started where they are installed, else skipped."""

import dataclasses
import shutil


@dataclasses.dataclass(frozen=True)
class Peer:
    name: str
    program: str  # a measuring program in C++, or one for Node
    needs: str  # what to install, by Debian's names
    broker: bool = False


PEERS = {
    "zmq": Peer("ZeroMQ, REQ and REP over TCP", "bench_peer_zmq", "libzmq3-dev"),
    "grpc": Peer("gRPC in C++, unary call", "bench_peer_grpc",
                 "libgrpc++-dev libprotobuf-dev protobuf-compiler-grpc"),
    "node_ipc": Peer("Node, child process over its IPC channel", "node_ipc.mjs", "nodejs"),
    "node_http": Peer("Node, its HTTP client and server", "node_http.mjs", "nodejs"),
    "nats_js": Peer("nats.js, through the same broker", "nats_js.mjs",
                    "nodejs npm, then npm --prefix bench/peers install", broker=True),
}


def command(peer, root, build):
    """How to start it, or nothing if it is not installed."""
    if not peer.program.endswith(".mjs"):
        program = build / "bench" / "peers" / peer.program
        return [program] if program.exists() else None
    node = shutil.which("node")
    folder = root / "bench" / "peers"
    if node is None or (peer.broker and not (folder / "node_modules" / "nats").exists()):
        return None
    return [node, folder / peer.program]
