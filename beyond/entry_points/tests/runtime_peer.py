"""The other side of a cloud function, as small as can be: one event after another. The emulator of the
functions' chapter does all that a cloud does."""

import http.server
import os
import queue
import subprocess
import tempfile
import threading
import time

PREFIX = "/2018-06-01/runtime/"


class Peer:
    """Starts the function, and ends it. invoke() gives it an event."""

    def __init__(self, program, limit):
        peer = self
        self.program, self.limit = program, limit
        self.events, self.answers = queue.Queue(), queue.Queue()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"  # one connection for all events
            disable_nagle_algorithm = True

            def do_GET(self):
                event = peer.events.get()  # it may take for ever; None is the end
                if event is None:
                    self.close_connection = True
                    return
                self.answer(200, event.encode(), {
                    "Lambda-Runtime-Aws-Request-Id": "00000000-0000-0000-0000-000000000000",
                    "Lambda-Runtime-Deadline-Ms": str(round((time.time() + peer.limit) * 1000)),
                    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:local:0:function:value"})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                peer.answers.put((self.path.removeprefix(PREFIX).split("/")[-1], body))
                self.answer(202, b"", {})

            def answer(self, status, body, headers):
                head = {"Content-Type": "application/json", "Content-Length": str(len(body))} | headers
                self.send_response(status)
                for name, value in head.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):
                pass  # a function that is ended leaves a connection behind

        self.server = Server(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})

    def start(self):
        self.thread.start()
        self.errors = tempfile.TemporaryFile("w+")
        environment = os.environ | {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.server.server_port}"}
        self.process = subprocess.Popen([self.program], env=environment, stdout=self.errors, stderr=self.errors)

    def invoke(self, event):
        """("response" or "error", the body). queue.Empty if there is none in time."""
        self.events.put(event)
        return self.answers.get(timeout=self.limit)

    def end(self):
        self.process.kill()
        self.process.wait()
        self.events.put(None)
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        self.errors.close()
