"""Find and bring wheels from the Python package index that pip is set up for.

Role: a package name and version become a wheel file on disk, checked against the index's own hash. Wheels are only
archives here: nothing is installed, imported or run.

Source: PEP 503 (simple index), PEP 691 (its JSON form), PEP 427 (names of wheels).
"""

from __future__ import annotations

import ast
import json
import os
import re
import ssl
import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from models.errors import SourceUnreachable
from models.fetch import NETWORK_ERRORS, Web
from models.protocols import CancelToken
from models.weights import hash_file

_ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"
_PUBLIC_INDEX = "https://pypi.org/simple"


@dataclass(frozen=True, slots=True)
class PipSettings:
    """What pip is told about where packages come from: index addresses in order, and a file of certificates."""

    indexes: tuple[str, ...]
    cert: str = ""

    def build_web(self) -> Web:
        """Make the connection settings that go with it."""
        usable = self.cert and Path(self.cert).is_file()
        return Web(ssl.create_default_context(cafile=self.cert) if usable else None)


def read_pip_settings(environ: Mapping[str, str] = os.environ) -> PipSettings:
    """Ask pip for its settings; environment variables win, as they do for pip."""
    config = _read_pip_config()
    first = environ.get("PIP_INDEX_URL") or config.get("index-url") or _PUBLIC_INDEX
    more = (environ.get("PIP_EXTRA_INDEX_URL") or config.get("extra-index-url", "")).split()
    urls = [url.rstrip("/") for url in (first, *more) if url.startswith(("http://", "https://"))]
    return PipSettings(tuple(urls) or (_PUBLIC_INDEX,), environ.get("PIP_CERT") or config.get("cert", ""))


def _read_pip_config() -> dict[str, str]:
    """The ``global`` and ``install`` settings of ``pip config list``; empty where there is no pip."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return {}
    found: dict[str, str] = {}
    for line in run.stdout.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.strip().partition(".")
        if section in ("global", "install", "download"):
            try:
                found[name] = str(ast.literal_eval(value.strip()))
            except (ValueError, SyntaxError):
                found[name] = value.strip()
    return found


@dataclass(frozen=True, slots=True)
class WheelLink:
    """A wheel as an index lists it; ``sha256`` is empty where the index gives none."""

    filename: str
    url: str
    sha256: str


class PackageIndex:
    """One or more simple indexes, and pip itself where they fail us.

    Args:
        settings: Where to look.
        web: How to reach it.
        use_pip: Whether to fall back on ``pip download``.
    """

    def __init__(self, settings: PipSettings, web: Web, *, use_pip: bool = True) -> None:
        self._settings = settings
        self._web = web
        self._use_pip = use_pip

    def find_wheel(self, package: str, version: str) -> WheelLink | None:
        """Look a wheel up in the indexes, in order; None where none has it or none answers."""
        for index in self._settings.indexes:
            url = f"{index}/{_normalize(package)}/"
            try:
                with self._web.open(url, headers={"Accept": _ACCEPT}) as response:
                    kind, body = response.headers.get_content_type(), response.read()
                links = _links_from_json(body, url) if kind.endswith("json") else _links_from_html(body, url)
            except NETWORK_ERRORS:
                continue
            for link in links:
                if _is_wheel_of(link.filename, package, version):
                    return link
        return None

    def fetch_wheel(
        self,
        package: str,
        version: str,
        folder: Path,
        *,
        cancel: CancelToken | None = None,
        report: Callable[[int], None] = lambda _n: None,
    ) -> Path:
        """Bring a wheel into a folder and give its path; one that is there already is used.

        Raises:
            SourceUnreachable: Neither the indexes nor pip gave it.
            Cancelled: ``cancel`` was set; what came so far stays for the next time.
        """
        link = self.find_wheel(package, version)
        if link is None:
            return self._fetch_with_pip(package, version, folder)
        path = folder / f"{_normalize(package)}-{version}.whl"
        if path.exists():
            return path
        part = path.with_suffix(".whl.part")
        try:
            self._web.download(link.url, part, cancel=cancel, report=report)
        except SourceUnreachable:
            if not self._use_pip:
                raise
            return self._fetch_with_pip(package, version, folder)
        if link.sha256 and hash_file(part) != link.sha256:
            part.unlink()
            raise SourceUnreachable(f"The wheel {package} {version} came with other bytes than its index says.")
        part.replace(path)
        return path

    def _fetch_with_pip(self, package: str, version: str, folder: Path) -> Path:
        """Let the ordinary client bring it: it knows mirrors, passwords and find-links that we do not."""
        unreachable = SourceUnreachable(
            f"The package index did not give {package} {version}.",
            hint="Check the connection and pip's index settings (`python -m pip config list`), then pull again.",
        )
        if not self._use_pip:
            raise unreachable
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-input"]
        command += ["--only-binary=:all:", "--no-cache-dir", "--dest", str(folder), f"{package}=={version}"]
        try:
            subprocess.run(command, capture_output=True, timeout=1800, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            raise unreachable from error
        for path in folder.glob("*.whl"):
            if _is_wheel_of(path.name, package, version):
                return path
        raise unreachable


def _normalize(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def _is_wheel_of(filename: str, package: str, version: str) -> bool:
    """Whether a file name is that of a wheel of this package and version (PEP 427)."""
    parts = filename.split("-")
    return (
        filename.endswith(".whl")
        and len(parts) >= 5
        and _normalize(parts[0]) == _normalize(package)
        and (parts[1] == version)
    )


def _links_from_json(body: bytes, base: str) -> list[WheelLink]:
    return [
        WheelLink(file["filename"], urllib.parse.urljoin(base, file["url"]), file.get("hashes", {}).get("sha256", ""))
        for file in json.loads(body)["files"]
    ]


class _Anchors(HTMLParser):
    """Collects the addresses of all links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hrefs += [value for name, value in attrs if tag == "a" and name == "href" and value]


def _links_from_html(body: bytes, base: str) -> list[WheelLink]:
    anchors = _Anchors()
    anchors.feed(body.decode("utf-8", "replace"))
    links = []
    for href in anchors.hrefs:
        url, fragment = urllib.parse.urldefrag(urllib.parse.urljoin(base, href))
        filename = urllib.parse.unquote(url.rsplit("/", 1)[-1])
        links.append(WheelLink(filename, url, fragment.removeprefix("sha256=") if "sha256=" in fragment else ""))
    return links
