"""``capture --screen``: what can be read on the monitors is kept, alone or beside sound and watched folders.

Role: opens the screen desk, says what is kept and why nothing is, and waits for the words at the end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.terminal import Terminal
from app.commands.watching import find_folders, watching
from app.errors import Exit, UserError

if TYPE_CHECKING:
    from app.contract import Json
    from app.engine import Engine
    from app.screens import ScreenDesk
    from ingest.screen_status import ScreenStatus

_LOOK_S = 0.25
_REMIND_S = 60.0


class Screening:
    """A screen desk that runs, as the command line tells of it."""

    def __init__(self, desk: ScreenDesk, terminal: Terminal) -> None:
        self.desk = desk
        self._terminal = terminal
        self._told = ""
        self._since_told_s = 0.0
        self._n_thinned = 0

    def tell(self) -> ScreenStatus:
        """Say it when pictures stop being kept and when they go on; called four times a second."""
        from ingest.screen_status import ScreenState

        status = self.desk.status()
        is_loud = status.state is ScreenState.FAILING
        self._since_told_s += _LOOK_S
        n_thinned = self.desk.read.n_thinned
        if n_thinned > self._n_thinned:
            self._terminal.say(f"{n_thinned - self._n_thinned} old pictures were let go (budget); their words stay.")
            self._n_thinned = n_thinned
        if status.reason != self._told or (is_loud and self._since_told_s >= _REMIND_S):
            self._told, self._since_told_s = status.reason, 0.0
            if status.reason:
                start = "NO PICTURE OF THE SCREEN IS KEPT" if is_loud else "No picture of the screen is kept now"
                self._terminal.say(f"{start}: {status.reason}.")
            else:
                self._terminal.say("The screen is kept again.")
        return status

    def stop(self) -> None:
        """Stop looking; what was kept is then read."""
        if not self.desk.stop():
            self._terminal.say("The screen does not answer; what was kept stays.")

    def finish(self, stopped: threading.Event) -> None:
        """Wait until everything is read, or until the user does not want to wait."""
        while not self.desk.finish(timeout_s=_LOOK_S):
            self._terminal.progress(f"{self.desk.n_waiting} pictures are still to be read")
            if stopped.is_set():
                self.desk.cancel()

    def result(self) -> Json:
        """What came of it."""
        status = self.desk.status()
        return {
            "pictures": status.n_pictures,
            "picture_bytes": status.n_bytes,
            "pictures_read": self.desk.read.n_moments,
            "pictures_thinned": self.desk.read.n_thinned,
            "pictures_waiting": self.desk.n_waiting,
            "failed": [{"error": f.error, "hint": f.hint, "waits": f.waits} for f in self.desk.read.failures],
        }


@contextmanager
def screening(engine: Engine, home: Path, terminal: Terminal, stopped: threading.Event) -> Iterator[Screening]:
    """Record screens while the block runs; it stops and finishes by itself.

    Ctrl-C sets ``stopped``, which ends the desktop's question as well.

    Raises:
        UserError: there is no screen that can be looked at.
        KeyboardInterrupt: it was stopped while the desktop asked.
    """
    from app.screen_doors import is_wayland
    from app.screens import ScreenDesk
    from ingest.screen import NoScreen

    desk = ScreenDesk(engine, home, is_cancelled=stopped.is_set)
    n_left = desk.open()
    if n_left:
        terminal.say(f"{n_left} pictures of an earlier run are read as well.")
    if is_wayland():
        terminal.say("The desktop may ask now which monitors may be watched.")
    try:
        desk.start()
    except NoScreen as error:
        desk.cancel()
        desk.finish()
        if stopped.is_set():
            raise KeyboardInterrupt from error
        raise UserError(str(error), hint=error.hint, code=Exit.ENVIRONMENT) from error
    try:
        terminal.say("Keeping what is on the screen. Ctrl-C stops.")
        yield Screening(desk, terminal)
    finally:
        desk.stop()
        desk.cancel()
        desk.finish()


def screen_alone(
    folders: Sequence[str],
    home: Path,
    models: Path,
    terminal: Terminal,
    *,
    array: str | None,
    stopped: threading.Event,
    serve: Callable[[Path, Path], Engine] | None = None,
) -> int:
    """``capture --screen`` without sound."""
    from app.service import Service
    from app.serving import open_served_engine

    find_folders(folders)
    with (
        closing((serve or open_served_engine)(home, models)) as engine,
        screening(engine, home, terminal, stopped) as screens,
    ):
        with ExitStack() as beside:
            if folders:
                service = Service(engine)
                beside.enter_context(watching(
                    folders, home, lambda request, cancel: service.handle(request, cancel=cancel), terminal, array=array
                ))  # fmt: skip
            while not stopped.wait(_LOOK_S):
                terminal.progress(screen_line(screens.tell()))
        screens.stop()
        terminal.say(f"Stopped. {screens.desk.status().n_pictures} pictures are kept. Ctrl-C leaves reading for later.")
        stopped.clear()
        screens.finish(stopped)
        result = screens.result()
        for failure in result["failed"]:
            terminal.say(f"{failure['error']} {failure['hint']}".strip())
        if terminal.json_wanted:
            terminal.result(result)
        else:
            terminal.write(f"{result['pictures']} pictures kept, {result['pictures_read']} read.")
    return exit_code(result["failed"])


def screen_line(status: ScreenStatus) -> str:
    """How the recording of screens stands, in one line."""
    return f"screen {status.state}  {status.n_pictures:6} pictures  {status.n_bytes / 1e6:7.2f} MB"


def exit_code(failed: Sequence[Json]) -> int:
    """Of what could not be read."""
    if failed and all(failure["waits"] for failure in failed):
        return Exit.ENVIRONMENT  # everything is kept; only the weights are missing
    return Exit.SOME_FAILED if failed else Exit.DONE
