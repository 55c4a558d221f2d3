"""What set-up tells the person who waits: steps, progress, and errors that say what to do.

Standard library only.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from places import cache_folder

QUIET_INTERVAL_S = 30.0  # between two progress lines where no terminal can overwrite one
TAIL_LINES = 40


class SetupError(Exception):
    """Something outside the program stops set-up; the message says what to do."""


def line(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a step, and tell how long it took."""
    line(f"==> {text}")
    started = time.monotonic()
    yield
    line(f"    done in {time.monotonic() - started:.0f} s")


class Progress:
    """One line that is overwritten on a terminal, and printed now and then elsewhere."""

    def __init__(self) -> None:
        self._started = self._last = time.monotonic()
        self._width = 0

    def show(self, text: str) -> None:
        """Show the state of the running step, and for how long it runs."""
        text = f"{text}, {time.monotonic() - self._started:.0f} s"
        if sys.stdout.isatty():
            print(f"\r    {text:<{self._width}}", end="", flush=True)
            self._width = len(text)
        elif time.monotonic() - self._last >= QUIET_INTERVAL_S:
            line(f"    {text}")
            self._last = time.monotonic()

    def close(self) -> None:
        """Leave the overwritten line standing."""
        if self._width:
            print(flush=True)


class LoggedCommand:
    """A command whose output goes to a log file, shown only when it fails.

    Args:
        command: Program and arguments.
        name: Name of the log file, without suffix.
        env: Its environment.
        keep_open: A descriptor it inherits: a lock stays held until the command ends, even when we are killed.
    """

    def __init__(self, command: Sequence[str | Path], *, name: str, env: dict[str, str], keep_open: int) -> None:
        folder = cache_folder() / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / f"{name}.log"
        with self.log.open("wb") as output:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=folder,
                start_new_session=True,
                pass_fds=(keep_open,),
            )

    def wait(self, describe: Callable[[str], str]) -> None:
        """Wait for the end; ``describe`` turns the log so far into a progress text.

        Raises:
            SetupError: The command failed; the message ends with the last lines of its log.
        """
        progress = Progress()
        try:
            while self._process.poll() is None:
                progress.show(describe(self._read()))
                time.sleep(0.25)
        except BaseException:
            self.stop()
            raise
        finally:
            progress.close()
        if self._process.returncode:
            tail = "\n".join(self._read().splitlines()[-TAIL_LINES:])
            raise SetupError(f"{tail}\n\nThis step failed. The whole log: {self.log}")

    def stop(self) -> None:
        """End the command if it still runs."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(timeout=30)

    def _read(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")
