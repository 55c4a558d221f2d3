"""``capture``: record sound and screens and watch folders without a window until Ctrl-C; list the microphones."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.screening import Screening, screen_alone, screen_line, screening
from app.commands.terminal import Terminal
from app.commands.watching import find_folders, watch_alone, watching
from app.errors import Exit, UserError

if TYPE_CHECKING:
    from app.contract import Json
    from app.recording import RecordingDesk
    from ingest.arrays import Array
    from ingest.devices import Wanted
    from ingest.recorder_status import Status

_LOOK_S = 0.25
_REMIND_S = 60.0


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("capture", help="record without a window until Ctrl-C")
    parser.add_argument("--audio", action="store_true", help="record sound (what it does unless told otherwise)")
    parser.add_argument("--watch", action="append", metavar="DIR", help="import what comes into this folder")
    parser.add_argument("--screen", action="store_true", help="keep what is on the screen (X11), with its words")
    parser.add_argument("--device", metavar="NAME", help="name, part of a name, or number of the microphone")
    parser.add_argument("--channels", type=int, metavar="N", help="1 to 16; all of the microphone by default")
    parser.add_argument("--rate", type=int, metavar="HZ", help="samples a second; 16000 where the microphone can")
    parser.add_argument("--array", metavar="PRESET|FILE.json", help="geometry of the microphone array")
    parser.add_argument("--list", action="store_true", help="list the microphones and leave")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command."""
    from ingest.devices import NoMicrophone, Wanted
    from ingest.errors import BadArray

    try:
        if arguments.list:
            return _list(terminal)
        if arguments.screen and not arguments.audio:
            with _stopped_by_signals() as stopped:
                return screen_alone(
                    arguments.watch or (), home, models, terminal, array=arguments.array, stopped=stopped
                )
        if arguments.watch and not arguments.audio:
            with _stopped_by_signals() as stopped:
                return watch_alone(arguments.watch, home, models, terminal, array=arguments.array, stopped=stopped)
        wanted = Wanted(device=arguments.device, n_channels=arguments.channels, rate_hz=arguments.rate)
        beside = _Beside(arguments.watch or (), with_screen=arguments.screen)
        return _record(home, models, terminal, wanted=wanted, array=arguments.array, beside=beside)
    except NoMicrophone as error:
        raise UserError(str(error), hint=error.hint, code=Exit.ENVIRONMENT) from error
    except BadArray as error:
        raise UserError(str(error), hint=error.hint) from error


def _list(terminal: Terminal) -> int:
    from ingest.microphone import PortAudioMicrophones

    devices = PortAudioMicrophones().list_devices()
    if terminal.json_wanted:
        keys = ("number", "name", "host", "max_channels", "rate_hz", "is_default")
        terminal.result({"devices": [{key: getattr(device, key) for key in keys} for device in devices]})
        return Exit.DONE
    for device in devices:
        mark = "*" if device.is_default else " "
        terminal.write(f"{mark} {device.number:3}  {device.max_channels:3} ch  {device.rate_hz:6} Hz  {device.name}")
    if not devices:
        terminal.say("There is no microphone. Plug one in, or check that the sound server runs.")
    return Exit.DONE if devices else Exit.ENVIRONMENT


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is captured beside sound."""

    folders: Sequence[str] = ()
    with_screen: bool = False


def _record(home: Path, models: Path, terminal: Terminal, *, wanted: Wanted, array: str | None, beside: _Beside) -> int:
    from app.recording import RecordingDesk
    from app.service import Service
    from app.serving import open_served_engine
    from ingest.arrays import load_array
    from ingest.errors import BadArray
    from ingest.microphone import PortAudioMicrophones

    geometry = None if array is None else load_array(array)
    if geometry is not None and wanted.n_channels not in (None, len(geometry.positions_m)):
        raise BadArray(
            f"“{geometry.name}” has {len(geometry.positions_m)} microphones, not {wanted.n_channels}.",
            hint="Leave --channels out, or choose the array that is plugged in.",
        )
    find_folders(beside.folders)
    screens: Screening | None = None
    with closing(open_served_engine(home, models)) as engine, _stopped_by_signals() as stopped, ExitStack() as running:
        desk = RecordingDesk(engine, home, PortAudioMicrophones())
        n_left = desk.open()
        if n_left:
            terminal.say(f"{n_left} recordings of an earlier run are brought in as well.")
        try:
            _start(desk, terminal, wanted, geometry)
            terminal.say(start_line(desk.status(), held=engine.holds.reason))
            if beside.with_screen:
                screens = running.enter_context(screening(engine, home, terminal, stopped))
            with ExitStack() as folders:
                if beside.folders:
                    service = Service(engine)
                    folders.enter_context(watching(
                        beside.folders, home, lambda request, cancel: service.handle(request, cancel=cancel), terminal,
                        array=array,
                    ))  # fmt: skip
                _watch(desk, terminal, stopped, screens)
            if screens is not None:
                screens.stop()
            kept_s = desk.status().recorded_s
            if not desk.stop():
                terminal.say("The disk does not answer; what it has is brought in at the next start.")
            terminal.say(f"Stopped. {kept_s:.1f} s are kept. Writing down what was said; Ctrl-C leaves that for later.")
        except BaseException:  # Ctrl-C while the desktop asks, a screen that cannot be kept: what was heard is on disk
            desk.stop()
            raise
        finally:
            stopped.clear()
            _finish(desk, stopped)
        if screens is not None:
            screens.finish(stopped)
        return _tell(desk, terminal, desk.status().recorded_s, screens)


def _start(desk: RecordingDesk, terminal: Terminal, wanted: Wanted, array: Array | None) -> None:
    """Record as told; where nothing was told, with what was recorded with last."""
    from ingest.devices import NoMicrophone, Wanted

    is_told = wanted != Wanted() or array is not None
    last = desk.last_choice()
    try:
        if is_told:
            desk.start(wanted, array=array)
            return
        try:
            desk.start(last.wanted, array=last.array, remember=False)
        except NoMicrophone:
            if last.wanted.device is None:
                raise
            terminal.say(f"“{last.wanted.device}” is not here; the system's own microphone is taken.")
            desk.start(wanted, remember=False)
    except BaseException:
        desk.cancel()  # what an earlier run has left goes on at the next start
        raise


def _watch(desk: RecordingDesk, terminal: Terminal, stopped: threading.Event, screens: Screening | None = None) -> None:
    """Show levels, and say it when nothing is kept and when it goes on."""
    from ingest.recorder_status import State

    was_well, said_s, shown_s = True, 0.0, 0.0
    while not stopped.wait(_LOOK_S):
        status = desk.status()
        shown_s += _LOOK_S
        is_well = status.state is not State.FAILING
        if is_well != was_well or (not is_well and shown_s - said_s >= _REMIND_S):
            terminal.say("It records again." if is_well else f"NOTHING IS KEPT: {status.reason}.")
            was_well, said_s = is_well, shown_s
        beside = "" if screens is None else f"  {screen_line(screens.tell())}"
        terminal.progress(_line(status) + beside)


def start_line(status: Status, *, held: str | None) -> str:
    """What is said when recording was begun; ``held`` is why nothing is recorded all the same."""
    if held is not None:
        return f"Nothing is recorded yet: {held}. It begins by itself when that is over. Ctrl-C stops."
    return f"Recording “{status.device}”, {status.n_channels} channels at {status.rate_hz} Hz. Ctrl-C stops."


def _line(status: Status) -> str:
    meters = " ".join("▁▂▃▄▅▆▇█"[min(7, int(peak**0.5 * 8))] for peak in status.levels.peak)
    return f"{status.state}  {status.recorded_s:8.1f} s  {status.n_bytes / 1e6:7.2f} MB  {meters}"


def _finish(desk: RecordingDesk, stopped: threading.Event) -> None:
    """Wait until everything is written down, or until the user does not want to wait."""
    while not desk.finish(timeout_s=_LOOK_S):
        if stopped.is_set():
            desk.cancel()


def _tell(desk: RecordingDesk, terminal: Terminal, recorded_s: float, screens: Screening | None = None) -> int:
    handed = desk.handed
    failures = [*handed.failures, *(screens.desk.read.failures if screens is not None else ())]
    for failure in failures:
        terminal.say(f"{failure.error} {failure.hint}".strip())
    if terminal.json_wanted:
        document: Json = {
            "recorded_s": round(recorded_s, 3),
            "recordings": handed.n_recordings,
            "moments": handed.n_moments,
            "sessions": handed.sessions,
        } | ({} if screens is None else screens.result())
        document["failed"] = [{"error": f.error, "hint": f.hint, "waits": f.waits} for f in failures]
        terminal.result(document)
    else:
        terminal.write(f"{recorded_s:.1f} s recorded; {handed.n_recordings} recordings, {handed.n_moments} moments.")
        if screens is not None:
            terminal.write(f"{screens.result()['pictures']} pictures kept, {screens.result()['pictures_read']} read.")
    if failures and all(failure.waits for failure in failures):
        return Exit.ENVIRONMENT  # everything is kept; only the weights are missing
    return Exit.SOME_FAILED if failures else Exit.DONE


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C and a polite kill set, instead of tearing the recording off."""
    stopped = threading.Event()
    names = [signal.SIGINT, signal.SIGTERM]
    before = {name: signal.signal(name, lambda _number, _frame: stopped.set()) for name in names}
    try:
        yield stopped
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
