"""A package index and a model hub on 127.0.0.1, with the faults that real ones have."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def build_wheel(members: Mapping[str, bytes]) -> bytes:
    """A wheel is a zip file; this one holds just these members."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return room.getvalue()


class FakeNet:
    """What the server gives, how it fails, and what it was asked.

    Attributes:
        files: Bytes by path.
        cut_after: Path to number of bytes after which the line is cut, once.
        asked: (method, path, Range header) of each request.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.cut_after: dict[str, int] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.html = False
        self.url = ""
        self._pages: dict[str, list[tuple[str, str]]] = {}

    def add_wheel(self, package: str, version: str, members: Mapping[str, bytes], *, sha256: str | None = None) -> str:
        name = f"{package.replace('-', '_')}-{version}-py3-none-any.whl"
        data = build_wheel(members)
        self.files[f"/wheels/{name}"] = data
        self._pages.setdefault(package, []).append((name, sha256 or hashlib.sha256(data).hexdigest()))
        return f"/wheels/{name}"

    def page(self, package: str) -> tuple[str, bytes] | None:
        if package not in self._pages:
            return None
        if self.html:
            links = "".join(f'<a href="../../wheels/{n}#sha256={h}">{n}</a>' for n, h in self._pages[package])
            return "text/html", f"<!DOCTYPE html><body>{links}</body>".encode()
        files = [{"filename": n, "url": f"/wheels/{n}", "hashes": {"sha256": h}} for n, h in self._pages[package]]
        return "application/vnd.pypi.simple.v1+json", json.dumps({"files": files}).encode()

    def count(self, path: str) -> int:
        return sum(1 for _, asked, _ in self.asked if asked == path)


@contextmanager
def serve(net: FakeNet) -> Iterator[FakeNet]:
    """Run the server for the length of a test."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer(body=False)

        def do_GET(self) -> None:
            self._answer(body=True)

        def _answer(self, *, body: bool) -> None:
            asked_range = self.headers.get("Range", "")
            net.asked.append((self.command, self.path, asked_range))
            kind, data = "application/octet-stream", net.files.get(self.path)
            if data is None and self.path.startswith("/simple/"):
                kind, data = net.page(self.path.split("/")[2]) or ("", None)
            if data is None:
                self.send_error(404)
                return
            start = int(asked_range.removeprefix("bytes=").rstrip("-")) if asked_range else 0
            if start >= len(data) and start:
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data) - start))
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            self.end_headers()
            if body:
                end = start + net.cut_after.pop(self.path) if self.path in net.cut_after else len(data)
                self.wfile.write(data[start:end])

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    net.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield net
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
