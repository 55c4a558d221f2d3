"""“Remember this”: the screen as it is now and a typed or spoken note, kept together in one session.

Role: one verb on an engine, for window, command line and socket. Screen and typed note are kept before somebody speaks,
and each is kept whatever becomes of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from app.clock import now_us
from app.engine import Engine
from app.errors import Exit, UserError
from app.screen_doors import open_once
from app.screens import read_exclusions
from app.spoken import Loudness
from ingest.records import ImportFailure
from ingest.screen import NoScreen, Screen
from ingest.screen_book import Shot
from ingest.screen_once import take_now
from ingest.spoken_notes import KeptNote
from memory.records import REMEMBERED, Kind, Moment, Session, TimeSource, moment_id
from models.protocols import Cancelled, CancelToken


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was kept: the session, its moments, and why something was not."""

    session: str
    moments: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    failures: tuple[ImportFailure, ...] = ()
    unheard: ImportFailure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """What is said aloud of it.

    Attributes:
        heard: Spoken notes that were listened to before and wait in the spool.
        longest_s: To listen now, for so long at most; None where it is not listened now.
        is_stopped: Asked while it is listened.
        report: Told how loud it is.
    """

    heard: Sequence[str] = ()
    longest_s: float | None = None
    is_stopped: Callable[[], bool] = lambda: False
    report: Callable[[Loudness], None] = lambda _loudness: None


def remember(
    engine: Engine,
    note: str,
    *,
    with_screen: bool = True,
    speaking: Speaking | None = None,
    open_screen: Callable[[], Screen] | None = None,
    on_seen: Callable[[], None] = lambda: None,
    cancel: CancelToken | None = None,
) -> Remembered:
    """Keep a note and the screen; returns when both can be found.

    Args:
        engine: Owns the memory.
        note: What was typed; may be empty where the screen or spoken words are kept.
        with_screen: Whether the screen is kept.
        speaking: What is said aloud of it.
        open_screen: Opens the screen; that of this session by default.
        on_seen: Called when the screen was looked at; from then on it may change.
        cancel: Stops listening and reading the words; what is kept stays.

    Raises:
        UserError: there is nothing to keep, or nothing may be kept.
        MemoryFault: it cannot be written.
    """
    note, at_us = note.strip(), now_us()
    speaking = speaking or Speaking()
    _require_allowed(engine, speaking)
    shots, reasons = _take(engine, open_screen or partial(open_once, cancel)) if with_screen else ((), ())
    on_seen()
    _require_allowed(engine, speaking)  # incognito may have begun while somebody chose what is shown
    if not (note or shots or speaking.heard or speaking.longest_s):
        raise UserError("There is nothing to remember.", hint=". ".join(reasons) or "Type a note.")
    desk = _Desk(engine, "r" + moment_id("remembered", at_us)[1:], at_us)
    desk.take_over(engine.spoken.recover())
    if note:
        desk.keep_note(note)
    for shot in shots:
        desk.keep_shot(shot)
    unheard = desk.listen(speaking, cancel)
    if not desk.moments:
        error = unheard or ImportFailure("", "There is nothing to remember.", ". ".join(reasons) or "Type a note.")
        raise UserError(error.error, hint=error.hint, code=Exit.ENVIRONMENT)
    return Remembered(desk.session, tuple(desk.moments), reasons, desk.finish(cancel), unheard)


def _require_allowed(engine: Engine, speaking: Speaking) -> None:
    """Let nothing be kept under incognito or at an excluded place; what was said before goes as well.

    Raises:
        UserError: it is so.
    """
    try:
        engine.holds.require_off()
    except UserError:
        for key in speaking.heard:
            engine.spoken.drop(key)
        raise


class _Desk:
    """Keeps the parts of what is to be remembered, one by one, in one session."""

    def __init__(self, engine: Engine, session: str, at_us: int) -> None:
        self._engine = engine
        self._at_us = at_us
        self._jobs: list[int] = []
        self._keeper = engine.screens.keeper_of_screens(self._jobs.append)
        self.session = session
        self.moments: list[str] = []

    def take_over(self, left: Sequence[KeptNote]) -> None:
        """Find the words of spoken notes as well that a crash has left."""
        self._jobs += [note.job for note in left]

    def keep_note(self, note: str) -> None:
        self._open()
        told = Moment(
            id=moment_id(self.session, "note"), kind=Kind.NOTE, started_us=self._at_us, ended_us=self._at_us,
            text=note, zone=self._engine.zone, time_source=TimeSource.RECORDING, session=self.session,
        )  # fmt: skip
        self._engine.memory.write_moments([told])
        self.moments.append(told.id)

    def keep_shot(self, shot: Shot) -> None:
        self._open()
        self.moments.append(self._keeper.keep(shot, session=self.session, ordinal=len(self.moments) + 1)[0])

    def listen(self, speaking: Speaking, cancel: CancelToken | None) -> ImportFailure | None:
        """Keep what was said, and what is said now; returns why it could not be heard."""
        spoken, keys, unheard = self._engine.spoken, list(speaking.heard), None
        if speaking.longest_s is not None:
            try:
                heard = spoken.listen(
                    longest_s=speaking.longest_s,
                    session=self.session,
                    ordinal=len(self.moments) + len(keys) + 1,
                    is_stopped=lambda: speaking.is_stopped() or (cancel is not None and cancel.is_cancelled),
                    report=speaking.report,
                )
                keys.append(heard.key)
            except UserError as error:
                unheard = ImportFailure("", str(error), error.hint)
            except OSError as error:
                unheard = ImportFailure("", f"{error.strerror or error}.", "What was said before is brought in later.")
        for key in keys:
            kept = spoken.keep(key, session=self.session, ordinal=len(self.moments) + 1)
            if kept is not None:
                self.moments.append(kept.moment)
                self._jobs.append(kept.job)
        return unheard

    def finish(self, cancel: CancelToken | None) -> tuple[ImportFailure, ...]:
        """Find the words of pictures and sound; everything is kept whether that can be done or not."""
        try:
            return self._engine.screens.finish(self._jobs, cancel=cancel).failed
        except Cancelled:
            return (ImportFailure("", "Its words are not read yet.", "They are at the next start.", waits=True),)

    def _open(self) -> None:
        if not self.moments:
            memory, at_us = self._engine.memory, self._at_us
            memory.add_session(
                Session(id=self.session, started_us=at_us, ended_us=at_us, zone=self._engine.zone, title=REMEMBERED)
            )


def _take(engine: Engine, open_screen: Callable[[], Screen]) -> tuple[tuple[Shot, ...], tuple[str, ...]]:
    try:
        screen = open_screen()
    except NoScreen as error:
        return (), (str(error),)
    try:
        taken = take_now(screen, read_exclusions(engine), now_us=now_us)
    except NoScreen as error:
        return (), (str(error),)
    finally:
        screen.close()
    return taken.shots, taken.reasons
