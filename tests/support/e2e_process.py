"""The command line as other programs use it: a process of its own, on a home, with the real weights."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from memory.failpoints import VARIABLE

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 900.0


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process left: its exit code (-9 when it was killed), and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document; nothing else may stand there."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True, slots=True)
class Madeleine:
    """Runs ``madeleine --home HOME ...``.

    Attributes:
        home: The data folder.
        models: The folder of weights.
        prefix: What the command is run under ("unshare", "-rn").
        umask: File mode creation mask of the process, which Madeleine must not rely on.
        environment: Variables beside those of the test.
    """

    home: Path
    models: Path
    prefix: tuple[str, ...] = ()
    umask: int = 0o022
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: object, stdin: str = "") -> Ran:
        """Run a command to its end."""
        process = self.start(*arguments)
        try:
            out, err = process.communicate(stdin, timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        return Ran(process.returncode, out, err)

    def run_and_kill(self, *arguments: object, after_s: float) -> Ran:
        """Run a command and kill it with SIGKILL after so many seconds, unless it has ended by then."""
        process = self.start(*arguments)
        try:
            out, err = process.communicate(timeout=after_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
        return Ran(process.returncode, out, err)

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        """Begin a command in a process group of its own."""
        return self.start_python("-m", "app.cli", "--home", str(self.home), *map(str, arguments))

    def start_python(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin a Python process with the same surroundings."""
        return subprocess.Popen(
            [*self.prefix, sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, "MADELEINE_MODELS": str(self.models), "TZ": "Europe/Lisbon", **self.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            umask=self.umask,
            start_new_session=True,
        )

    def on(self, home: Path) -> Madeleine:
        """The same on another home."""
        return replace(self, home=home)

    def dying_at(self, failpoint: str) -> Madeleine:
        """The same, dying (as in a power cut) at a failpoint."""
        return replace(self, environment={**self.environment, VARIABLE: failpoint})

    def ask_all(self, command: str, rows: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, Any]:
        """Run a batch; results by id."""
        batch = folder / "batch.jsonl"
        batch.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        ran = self(command, "--json", "--batch", batch)
        assert ran.code == 0, ran.err
        return {line["id"]: line for line in ran.lines}

    def list_moments(self) -> list[dict[str, Any]]:
        """All moments, in order of time."""
        ran = self("timeline", "--json")
        assert ran.code == 0, ran.err
        return [moment for day in ran.json["days"] for moment in day["moments"]]


@dataclass(frozen=True, slots=True)
class Day:
    """A memory of the sample day, and what its import reported."""

    madeleine: Madeleine
    report: dict[str, Any]

    def copy_to(self, home: Path) -> Madeleine:
        """The same memory once more, free to be changed."""
        shutil.copytree(self.madeleine.home, home, ignore=shutil.ignore_patterns("*.sock"))
        return self.madeleine.on(home)


@contextmanager
def owning(madeleine: Madeleine) -> Iterator[subprocess.Popen[str]]:
    """A process that owns the home and serves it, as the window does, until the block is left."""
    script = (
        "import sys; from pathlib import Path; from app.serving import open_served_engine\n"
        "engine = open_served_engine(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "print('open', flush=True); sys.stdin.read(); engine.close()"
    )
    process = madeleine.start_python("-c", script, str(madeleine.home), str(madeleine.models))
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "open\n", process.communicate()
        yield process
    finally:
        _out, err = process.communicate("", timeout=60)
    assert process.returncode == 0, err
