"""A folder served on a free port of 127.0.0.1, and a browser that looks at it."""

import contextlib
import http.server
import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@contextlib.contextmanager
def served(site, values=(), pages=()):
    """The address, and a queue of what a page posts to /answers. The values are at /values.json; pages are
    files besides, by their paths."""
    posted = queue.Queue()
    types = {".html": "text/html", ".mjs": "text/javascript"}

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(site))

        def do_GET(self):
            if self.path == "/values.json":
                self.answer(json.dumps(values).encode(), "application/json")
            elif self.path in pages:
                self.answer(pages[self.path].read_bytes(), types[pages[self.path].suffix])
            else:
                super().do_GET()

        def do_POST(self):
            posted.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.answer(b"", "text/plain")

        def answer(self, body, content_type):
            self.send_response(200)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", posted
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def looking_at(url, *options):
    """A headless browser, as a Popen with its output, in a process group of its own; ended afterwards."""
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        with subprocess.Popen([browser, "--headless", "--disable-gpu", *sandbox, f"--user-data-dir={profile}", *options,
                               url], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                              start_new_session=True) as process:
            try:
                yield process
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, 9)


def drawn(url):
    """The page's elements as HTML, once its scripts have run."""
    with looking_at(url, "--virtual-time-budget=20000", "--dump-dom") as process:
        return process.communicate(timeout=60)[0]
