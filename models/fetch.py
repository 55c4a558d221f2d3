"""Fetch one file over HTTP: resumed where it was cut, retried where the line fails.

Role: bytes from an address into a file, nothing else. It knows no model and no hash. Only ``models.pull`` and
``models.package_index`` may use it: the rest of the program does not touch the network.
"""

from __future__ import annotations

import http.client
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from models.errors import SourceUnreachable
from models.protocols import CancelToken

_BLOCK_BYTES = 1 << 18
NETWORK_ERRORS = (OSError, http.client.HTTPException, ValueError)


@dataclass(frozen=True, slots=True)
class Web:
    """How to reach the network.

    Attributes:
        context: TLS settings, or None for the system's.
        timeout_s: Seconds without a byte after which a connection counts as dead.
        pauses_s: Seconds to wait before each further attempt; the number of them is the number of retries.
    """

    context: ssl.SSLContext | None = None
    timeout_s: float = 30.0
    pauses_s: tuple[float, ...] = field(default=(0.5, 2.0, 5.0))

    def open(
        self, url: str, *, headers: Mapping[str, str] | None = None, method: str = "GET", timeout_s: float | None = None
    ) -> http.client.HTTPResponse:
        """Send a request (proxies of the environment are respected).

        Raises:
            OSError: No answer, or one that is an error (``urllib.error.HTTPError``).
        """
        request = urllib.request.Request(url, headers=dict(headers or {}), method=method)
        timeout = timeout_s or self.timeout_s
        response: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=timeout, context=self.context)
        return response

    def download(
        self,
        url: str,
        path: Path,
        *,
        cancel: CancelToken | None = None,
        report: Callable[[int], None] = lambda _n: None,
    ) -> None:
        """Bring a file; goes on after the bytes that ``path`` already has.

        Args:
            url: Where it is.
            path: Where to put it; grows while it comes, and is kept when the line is cut for good.
            cancel: Looked at between blocks.
            report: Called with the number of new bytes (negative where the start had to be thrown away).

        Raises:
            SourceUnreachable: All attempts failed.
            Cancelled: ``cancel`` was set; the bytes so far stay.
        """
        pauses = iter(self.pauses_s)
        while True:
            n_before = path.stat().st_size if path.exists() else 0
            try:
                self._go_on(url, path, cancel, report)
                return
            except urllib.error.HTTPError as error:
                error.close()
                if error.code < 500 and error.code not in (408, 429):
                    raise SourceUnreachable(f"{_host(url)} answered {error.code}.") from error
                cause: Exception = error
            except NETWORK_ERRORS as error:
                cause = error
            if path.exists() and path.stat().st_size > n_before:
                pauses = iter(self.pauses_s)
            pause_s = next(pauses, None)
            if pause_s is None:
                raise SourceUnreachable(f"{_host(url)} could not be reached ({type(cause).__name__}).") from cause
            time.sleep(pause_s)

    def _go_on(self, url: str, path: Path, cancel: CancelToken | None, report: Callable[[int], None]) -> None:
        n_have = path.stat().st_size if path.exists() else 0
        headers = {"Accept-Encoding": "identity"}
        if n_have:
            headers["Range"] = f"bytes={n_have}-"
        try:
            response = self.open(url, headers=headers)
        except urllib.error.HTTPError as error:
            if error.code != 416:
                raise
            # Nothing after what we have: it is complete, or longer than the file and the hash will say so.
            error.close()
            return
        with response:
            if n_have and not (response.headers.get("Content-Range") or "").startswith(f"bytes {n_have}-"):
                report(-n_have)
                n_have = 0
            n_expected = response.headers.get("Content-Length")
            n_new = 0
            with path.open("ab" if n_have else "wb") as stream:
                while block := response.read(_BLOCK_BYTES):
                    if cancel is not None:
                        cancel.raise_if_cancelled()
                    stream.write(block)
                    n_new += len(block)
                    report(len(block))
            if n_expected is not None and n_new < int(n_expected):
                raise http.client.IncompleteRead(b"", int(n_expected) - n_new)


def _host(url: str) -> str:
    """The part of an address that may be shown: no password, no path."""
    return url.split("//", 1)[-1].split("/", 1)[0].rsplit("@", 1)[-1]
