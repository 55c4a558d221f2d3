"""``capture --watch``: folders are watched, and what comes into them is imported by the very request of ``import``.

Role: a thread that looks, asks for the import, and says what came of it. A file that was being imported when the
program was killed is met again at the next start; one that was imported is not, whatever became of it in memory.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.terminal import Terminal, describe
from app.errors import Exit, UserError

if TYPE_CHECKING:
    from app.contract import Json
    from ingest.watch import FolderWatch
    from models.protocols import CancelToken

    Call = Callable[[Mapping[str, Any], CancelToken], Json]

log = logging.getLogger(__name__)
_LOOK_S = 1.0
_RETRY_S = 30.0  # after a full disk, or an owner of the memory that does not answer


class Watching:
    """Imports what comes into folders, until it is stopped.

    Args:
        watch: Tells which files are complete.
        call: Does an import request; the token stops it.
        terminal: Where to say what was imported.
        array: Geometry of recordings with several channels.
    """

    def __init__(self, watch: FolderWatch, call: Call, terminal: Terminal, *, array: str | None = None) -> None:
        from models.protocols import CancelToken

        self._watch = watch
        self._call = call
        self._terminal = terminal
        self._array = array
        self._cancel = CancelToken()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self.totals: Json = {"imported": 0, "duplicates": 0, "moments": 0, "sessions": [], "failed": []}

    def start(self) -> None:
        """Look on a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking; what is being imported is left to the next start at its next step."""
        self._stopping.set()
        self._cancel.cancel()
        self._thread.join()

    def _run(self) -> None:
        from models.protocols import Cancelled

        rest_s = 0.0
        while not self._stopping.wait(rest_s):
            rest_s = _LOOK_S
            try:
                self._look()
            except Cancelled:
                return
            except Exception as error:  # noqa: BLE001 - the edge of the thread: one trouble must not end the watch
                log.warning("watched files wait: %s", type(error).__name__)
                told = describe(error)
                self._terminal.say(f"{told['message']} {told['hint']}".strip())
                rest_s = _RETRY_S

    def _look(self) -> None:
        paths = self._watch.look(time.monotonic())
        if not paths:
            self._note_gone()
            return
        request = {"do": "import", "paths": [str(path) for path in paths], "at": None, "array": self._array}
        report = self._call(request, self._cancel)
        self._watch.note_done(paths)
        for key in self.totals:
            self.totals[key] += report[key]
        for failure in report["failed"]:
            self._terminal.say(f"{failure['path']}: {failure['error']} {failure['hint']}".strip())
        if report["imported"]:
            self._terminal.say(f"{report['imported']} imported, {report['moments']} moments.")

    def _note_gone(self) -> None:
        """Say of originals that went that they are gone; what was kept of them stays."""
        folders = self._watch.take_folders_with_gone(time.monotonic())
        if folders:
            request = {"do": "originals", "folders": [str(folder) for folder in folders]}
            for note in self._call(request, self._cancel)["notes"]:
                self._terminal.say(f"{note['path']}: {note['text']}.")


@contextmanager
def watching(
    folders: Sequence[str], home: Path, call: Call, terminal: Terminal, *, array: str | None
) -> Iterator[Watching]:
    """Watch while the block runs.

    Raises:
        UserError: one of the folders is none.
    """
    from ingest.watch import FolderWatch

    paths = find_folders(folders)
    watch = Watching(FolderWatch(paths, home=home), call, terminal, array=array)
    watch.start()
    try:
        terminal.say(f"Watching {', '.join(f'“{path}”' for path in paths)}. Ctrl-C stops.")
        yield watch
    finally:
        watch.stop()


def find_folders(folders: Sequence[str]) -> list[Path]:
    """Absolute paths of folders.

    Raises:
        UserError: one of them is none.
    """
    paths = [Path(folder).expanduser().absolute() for folder in folders]
    for path in paths:
        if not path.is_dir():
            raise UserError(f"There is no folder “{path}”.", hint="Make it, or check the path.", code=Exit.NOT_FOUND)
    return paths


def watch_alone(
    folders: Sequence[str], home: Path, models: Path, terminal: Terminal, *, array: str | None, stopped: threading.Event
) -> int:
    """``capture --watch`` without sound: also beside a window that owns the memory."""
    from app.door import open_door

    find_folders(folders)
    with open_door(home, models, describe=describe) as door:

        def call(request: Mapping[str, Any], cancel: CancelToken) -> Json:
            return door.call(request, cancel=cancel)

        with watching(folders, home, call, terminal, array=array) as watch:
            stopped.wait()
    totals = watch.totals
    if terminal.json_wanted:
        terminal.result(totals)
    else:
        terminal.write(
            f"{totals['imported']} imported, {totals['duplicates']} known already, {totals['moments']} moments."
        )
    if totals["failed"] and all(failure["waits"] for failure in totals["failed"]):
        return Exit.ENVIRONMENT  # everything is kept; only the weights are missing
    return Exit.SOME_FAILED if totals["failed"] else Exit.DONE
