"""“Remember this”: the screen as it is now and a typed note, kept together in one session.

Role: one verb on an engine, for window, command line and socket. The note is kept whatever becomes of the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app.clock import now_us
from app.engine import Engine
from app.errors import UserError
from app.screens import open_once, read_exclusions
from ingest.records import ImportFailure
from ingest.screen import NoScreen, Screen
from ingest.screen_book import Shot
from ingest.screen_once import take_now
from memory.records import Kind, Moment, Session, TimeSource, moment_id
from models.protocols import CancelToken

TITLE = "Remembered"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was kept: the session, its moments, and why nothing of a monitor was."""

    session: str
    moments: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    failures: tuple[ImportFailure, ...] = ()


def remember(
    engine: Engine,
    note: str,
    *,
    with_screen: bool = True,
    open_screen: Callable[[], Screen] | None = None,
    cancel: CancelToken | None = None,
) -> Remembered:
    """Keep a note and the screen; returns when both can be found.

    Args:
        engine: Owns the memory.
        note: What was typed; may be empty where the screen is kept.
        with_screen: Whether the screen is kept.
        open_screen: Opens the screen; that of this session by default.
        cancel: Stops reading the words; what is kept stays.

    Raises:
        UserError: there is nothing to keep, or nothing may be kept.
        MemoryFault: it cannot be written.
    """
    engine.incognito.require_off()
    note, at_us = note.strip(), now_us()
    session = "r" + moment_id("remembered", at_us)[1:]
    moments: list[str] = []
    jobs: list[int] = []
    shots, reasons = _take(engine, open_screen or partial(open_once, cancel)) if with_screen else ((), ())
    engine.incognito.require_off()  # it may have begun while somebody chose what is shown
    if not note and not shots:
        raise UserError("There is nothing to remember.", hint=". ".join(reasons) or "Type a note.")
    engine.memory.add_session(Session(id=session, started_us=at_us, ended_us=at_us, zone=engine.zone, title=TITLE))
    if note:
        told = Moment(
            id=moment_id(session, "note"), kind=Kind.NOTE, started_us=at_us, ended_us=at_us, text=note,
            zone=engine.zone, time_source=TimeSource.RECORDING, session=session,
        )  # fmt: skip
        engine.memory.write_moments([told])
        moments.append(told.id)
    keeper = engine.screens.keeper_of_screens(jobs.append)
    for number, shot in enumerate(shots, start=1):
        moments.append(keeper.keep(shot, session=session, ordinal=number)[0])
    report = engine.screens.finish(jobs, cancel=cancel)
    return Remembered(session, tuple(moments), reasons, report.failed)


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
