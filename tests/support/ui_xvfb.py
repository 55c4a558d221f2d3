"""An X server of our own, and a person at its keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 60.0


class Display:
    """An X server that runs.

    Attributes:
        environment: What programs on it are started with.
    """

    def __init__(self, name: str) -> None:
        self.environment: dict[str, str] = {
            **os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT),
        }  # fmt: skip

    def press(self, *arguments: str) -> None:
        """Have ``xdotool`` do something."""
        subprocess.run(["xdotool", *arguments], env=self.environment, check=True, timeout=LIMIT_S, capture_output=True)

    def focus(self, name: str) -> None:
        """Give a window the keyboard once it is seen."""
        self.press("search", "--sync", "--onlyvisible", "--name", name, "windowfocus", "--sync")

    @contextmanager
    def run(
        self,
        program: str,
        *arguments: object,
        environment: Mapping[str, str] | None = None,
        takes_input: bool = False,
    ) -> Iterator[subprocess.Popen[str]]:
        """Run a Python program on it; it is killed if it is still there in the end."""
        with subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)],
            env={**self.environment, **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            cwd=ROOT, stdin=subprocess.PIPE if takes_input else None,
        ) as process:  # fmt: skip
            try:
                yield process
            finally:
                process.kill()


@contextmanager
def open_display(size: str = "1300x900x24") -> Iterator[Display]:
    """Start an X server; the test is skipped where there is none."""
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", size],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            number = numbers.readline().strip()
        if not number:
            pytest.skip("Xvfb does not start here")
        yield Display(f":{number}")
    finally:
        server.terminate()
        server.wait(10)
