"""The recorder of screens: keeps what can be read on them when it changes, and nothing that must not be kept.

Role: a state machine that one thread drives with ``step``. It looks (events first, a clock else), decides by what is
where before, after and shortly after each picture, folds what is the same, and notes each stretch without pictures as
a gap with its reason. It reads no text and writes no file.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ingest.recorder_clock import Clock, Instant, SystemClock
from ingest.screen import Monitor, NoScreen, Screen, ScreenRefused, View
from ingest.screen_book import FAULTS, PageBook, ScreenKeeper, Shot, name_source
from ingest.screen_gaps import SOURCE, ScreenGaps
from ingest.screen_privacy import HIDDEN, Exclusions, list_own
from ingest.screen_status import RED_S, ScreenState, ScreenStatus
from memory.errors import MemoryFault
from memory.records import Gap
from models.protocols import ImageArray

log = logging.getLogger(__name__)

STEP_S = 0.2
SETTLE_S = 0.4  # titles follow a change of page within this; the picture is kept only if they stayed as they were
LOOK_S = 1.0
IDLE_S, IDLE_LOOK_S = 60.0, 5.0
SURE_LOOK_S = 5.0  # a display may not tell that something was painted; a picture is taken so often whatever it says
RETRY_S = 5.0
FADE_S = 1.0  # a desktop may let a window fade or shrink for so long after telling that it is gone
STALL_S = 10.0
UNSURE_S = 15.0
_JOIN_S = 10.0
_OVER = np.uint8(128)  # grey over Madeleine's own windows

PAUSED = "paused"
LOCKED = "the session was locked"
SLEPT = "the computer slept"
HALTED = "the program was stopped"
LOST = "the screen could not be read"
REFUSED = "the desktop does not let the screen be watched any more: stop and start again"
UNSURE = "windows changed faster than they could be checked"
DISK = "pictures could not be written to the disk"


@dataclass(slots=True)
class _Candidate:
    """A picture that waits until it is sure that nothing changed around it."""

    pixels: ImageArray
    view: View
    at: Instant


class ScreenRecorder:
    """Records all monitors. ``start`` and ``stop`` use a thread; ``begin``, ``step`` and ``finish`` are without one.

    Args:
        open_screen: Opens the screen; called again when it was lost.
        keeper: Where pictures go.
        add_gap: Keeps a gap.
        exclusions: What is never kept; asked at each look, so that a change of settings holds at once.
        clock: Tells the time.
        on_step: Called with each step, so that others know that it is alive.
    """

    def __init__(
        self,
        open_screen: Callable[[], Screen],
        keeper: ScreenKeeper,
        *,
        add_gap: Callable[[Gap], None],
        exclusions: Callable[[], Exclusions] = Exclusions,
        clock: Clock | None = None,
        on_step: Callable[[], None] = lambda: None,
    ) -> None:
        self._on_step = on_step
        self._open_screen = open_screen
        self._exclusions = exclusions
        self._clock: Clock = clock or SystemClock()
        self._gaps = ScreenGaps(add_gap)
        self._book = PageBook(keeper, self._gaps)
        self._screen: Screen | None = None
        self._candidate: _Candidate | None = None
        self._last: Instant | None = None
        self._grab_s = self._retry_s = self._news_s = self._sure_s = 0.0
        self._idle_s = self._seen_s = 0.0
        self._seen_view: View | None = None
        self._clear_s: dict[str, float] = {}  # by monitor: since when nothing excluded is seen there; inf while it is
        self._is_on = False
        self._pauses: set[str] = set()  # reasons of pauses that were wanted
        self._pause_wanted: str | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    # for those who have a thread -----------------------------------------------------------------------------------
    def start(self) -> None:
        """Open the screen and record on a thread of its own.

        Raises:
            NoScreen: there is none that can be looked at.
        """
        self.begin()
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="screen-recorder", daemon=True)
        self._thread.start()

    def stop(self) -> bool:
        """Stop; what was seen is on disk when this returns True."""
        if self._thread is None:
            return True
        self._stopping.set()
        self._thread.join(_JOIN_S)
        ended = not self._thread.is_alive()
        if ended:
            self._thread = None
        return ended

    def pause(self, paused: bool = True, *, reason: str = PAUSED) -> None:
        """Look away for a while, or go on; the stretch is a gap with this reason."""
        if not paused and self._pause_wanted is not None:
            self._retry_s = 0.0  # whoever goes on wants the screen looked at again, refused before or not
        self._pause_wanted = reason if paused else None
        self._pauses.add(reason)

    @property
    def is_idle(self) -> bool:
        """Whether nobody has touched keyboard or pointer for a while, and nothing new was to be seen either."""
        kept_s = self._book.kept_s
        is_quiet = kept_s is None or self._clock.now().elapsed_s - kept_s >= IDLE_S
        return self._idle_s >= IDLE_S and is_quiet

    def status(self) -> ScreenStatus:
        """What is true now."""
        state, reason = self._judge()
        return ScreenStatus(
            state=state,
            reason=reason,
            n_pictures=self._book.n_pictures,
            n_bytes=self._book.n_bytes,
            n_seen=self._book.n_seen,
            last_us=self._book.last_us,
        )

    def _judge(self) -> tuple[ScreenState, str]:
        if not self._is_on:
            return ScreenState.OFF, ""
        if self._pause_wanted is not None:
            return ScreenState.PAUSED, self._pause_wanted
        reason = self._gaps.find_reason()
        if reason in self._pauses:
            return ScreenState.STARTING, ""  # it goes on with the next look
        if reason is not None:
            return (ScreenState.HIDDEN if reason == LOCKED else ScreenState.FAILING), reason
        monitors = self._book.monitors
        hidden = [found for one in monitors if (found := self._gaps.find_reason(name_source(one)))]
        if monitors and len(hidden) == len(monitors):
            return (ScreenState.FAILING if hidden[0] in FAULTS else ScreenState.HIDDEN), hidden[0]
        since_s = self._clock.now().elapsed_s - self._sure_s
        if since_s > RED_S + IDLE_LOOK_S:
            return ScreenState.FAILING, LOST
        return (ScreenState.KEEPING if self._book.n_seen else ScreenState.STARTING), hidden[0] if hidden else ""

    # the machine ---------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Open the screen.

        Raises:
            NoScreen: there is none that can be looked at.
        """
        self._screen = self._open_screen()
        now = self._clock.now()  # a desktop may have asked its user first
        self._is_on, self._last, self._sure_s, self._news_s = True, now, now.elapsed_s, now.elapsed_s

    def step(self) -> None:
        """Do what there is to do now; called some five times a second."""
        now = self._clock.now()
        last, self._last = self._last or now, now
        self._gaps.tell()
        self._on_step()
        if now.elapsed_s - last.elapsed_s > STALL_S:
            slept_s = (now.elapsed_s - last.elapsed_s) - (now.awake_s - last.awake_s)
            self._break_off(SLEPT if slept_s > 1.0 else HALTED, last.wall_us)
            self._gaps.end_all(now.wall_us)
            if math.isinf(self._retry_s):  # what was refused before is refused still
                self._gaps.note(SOURCE, REFUSED, now_us=now.wall_us)
            self._sure_s = now.elapsed_s
        wanted = self._pause_wanted  # another thread may change it
        if wanted is not None:
            if self._gaps.find_reason() != wanted:
                self._break_off(wanted, now.wall_us)
                self._close()  # a desktop shows that the screen is watched, and would go on giving pictures
            self._sure_s = now.elapsed_s
            return
        try:
            self._look(now)
        except ScreenRefused:
            self._lose(now, REFUSED)
        except NoScreen:
            self._lose(now, LOST)

    def finish(self) -> None:
        """Note until when the last pictures were to be seen, end all gaps, and let go of the screen."""
        now = self._clock.now()
        self._book.end_all()
        self._gaps.end_all(now.wall_us)
        self._close()
        self._is_on = False

    def _run(self) -> None:
        while not self._stopping.wait(STEP_S):
            self._guard(self.step)
        self._guard(self.finish)
        self._is_on = False

    def _guard(self, work: Callable[[], None]) -> None:
        """One trouble must not end a recording: the next step tries again, and the status tells that nothing comes."""
        try:
            work()
        except MemoryFault as error:
            log.warning("a picture of the screen was not kept: %s", type(error).__name__)
            self._gaps.note(SOURCE, DISK, now_us=self._clock.now().wall_us)
        except Exception as error:  # noqa: BLE001 - the edge of the recorder's thread
            log.warning("screen recorder: %s", type(error).__name__)

    # looking -------------------------------------------------------------------------------------------------------
    def _look(self, now: Instant) -> None:
        if self._screen is None:
            self._reopen(now)
        screen = self._screen
        if screen is None:
            return
        if self._candidate is not None:
            if now.elapsed_s - self._candidate.at.elapsed_s >= SETTLE_S:
                self._confirm(screen, now)
            return
        if screen.has_news():
            self._news_s = now.elapsed_s
        every_s = IDLE_LOOK_S if self.is_idle else LOOK_S
        is_news = self._news_s > self._grab_s
        if is_news or now.elapsed_s - self._grab_s >= every_s:
            self._take(screen, now)

    def _take(self, screen: Screen, now: Instant) -> None:
        """Take a picture between two looks; what is not the same before and after is not even a candidate."""
        before = screen.look()
        self._idle_s = before.idle_s
        self._grab_s = now.elapsed_s
        if before.is_locked:
            if self._gaps.find_reason() != LOCKED:
                self._break_off(LOCKED, now.wall_us)
            self._sure_s = now.elapsed_s
            return
        exclusions = self._exclusions()
        reasons = {monitor.name: exclusions.judge(before, monitor.box) for monitor in before.monitors}
        is_fading = self._is_fading(reasons, now)
        if all(reasons.values()):
            self._settle(before, now)
            return
        if is_fading:
            return
        if self._is_still(screen, before, now):
            self._settle(before, now)
            self._book.stay(now.wall_us)
            return
        self._seen_s, self._seen_view = now.elapsed_s, None
        pixels = screen.grab()
        after = screen.look()
        if not is_unchanged(before, after):
            self._note_unsure(now)
            return
        self._candidate = _Candidate(pixels, before, now)

    def _is_fading(self, reasons: Mapping[str, str | None], now: Instant) -> bool:
        """Whether what is never kept may still be seen on a monitor, though it is told to be gone."""
        for name, reason in reasons.items():
            if reason == HIDDEN:
                self._clear_s[name] = math.inf
            elif self._clear_s.get(name) == math.inf:
                self._clear_s[name] = now.elapsed_s
        return any(0 <= now.elapsed_s - since_s < FADE_S for since_s in self._clear_s.values())

    def _is_still(self, screen: Screen, view: View, now: Instant) -> bool:
        """Whether the last picture surely is what is on the screen: nothing was painted, no window moved."""
        return (
            self._seen_view is not None
            and is_unchanged(self._seen_view, view)
            and not screen.has_paint()
            and self._book.is_at_rest
            and now.elapsed_s - self._seen_s < SURE_LOOK_S
        )

    def _confirm(self, screen: Screen, now: Instant) -> None:
        """Keep the candidate if nothing moved or was renamed since it was taken."""
        candidate, self._candidate = self._candidate, None
        assert candidate is not None
        later = screen.look()
        self._news_s = now.elapsed_s if screen.has_news() else self._grab_s
        if later.is_locked or not is_unchanged(candidate.view, later):
            self._news_s = now.elapsed_s
            self._note_unsure(now)
            return
        self._settle(candidate.view, candidate.at)
        for monitor in candidate.view.monitors:
            pixels = cut_monitor(candidate.pixels, candidate.view, monitor)
            if pixels is not None and self._gaps.find_reason(name_source(monitor)) in (None, *FAULTS):
                at = candidate.at
                self._book.see(Shot(pixels, monitor, candidate.view, at.wall_us, at.elapsed_s))
        self._seen_view = candidate.view

    def _settle(self, view: View, at: Instant) -> None:
        """It is sure what is where: note which monitors are hidden by a rule, and end the gaps of the others."""
        self._sure_s = at.elapsed_s
        exclusions = self._exclusions()
        self._book.set_monitors(view.monitors)
        self._gaps.keep_only({SOURCE, *(name_source(monitor) for monitor in view.monitors)}, at.wall_us)
        self._gaps.note(SOURCE, None, now_us=at.wall_us)
        for monitor in view.monitors:
            reason = exclusions.judge(view, monitor.box)
            source = name_source(monitor)
            if reason is not None:
                self._book.end(monitor)
                self._gaps.note(source, reason, now_us=at.wall_us)
            elif self._gaps.find_reason(source) not in FAULTS:
                self._gaps.note(source, None, now_us=at.wall_us)

    def _note_unsure(self, now: Instant) -> None:
        if now.elapsed_s - self._sure_s > UNSURE_S and self._gaps.find_reason() is None:
            self._break_off(UNSURE, now.wall_us)

    def _break_off(self, reason: str, since_us: int) -> None:
        """From now on nothing of any monitor is kept."""
        self._candidate = self._seen_view = None
        self._book.end_all()
        self._gaps.end_all(since_us)
        self._gaps.note(SOURCE, reason, now_us=since_us)

    # the screen ----------------------------------------------------------------------------------------------------
    def _reopen(self, now: Instant) -> None:
        if now.elapsed_s < self._retry_s:
            return
        self._retry_s = now.elapsed_s + RETRY_S
        try:
            self._screen = self._open_screen()
        finally:
            self._last = self._clock.now()  # the user may have been asked: that was no standstill

    def _lose(self, now: Instant, reason: str) -> None:
        """The screen is gone: a gap, and another try now and then, unless that is not wanted."""
        self._close()
        if self._gaps.find_reason() != reason:
            self._break_off(reason, now.wall_us)
        self._retry_s = math.inf if reason == REFUSED else max(self._retry_s, now.elapsed_s + RETRY_S)

    def _close(self) -> None:
        screen, self._screen = self._screen, None
        if screen is not None:
            screen.close()


def is_unchanged(before: View, after: View) -> bool:
    """Whether nothing moved, came, went, was renamed or locked between two looks."""
    return (
        not after.is_locked
        and before.monitors == after.monitors
        and before.windows == after.windows
        and before.n_changes == after.n_changes
    )


def cut_monitor(desktop: ImageArray, view: View, monitor: Monitor) -> ImageArray | None:
    """The pixels of one monitor with Madeleine's own windows painted over; None where the picture does not hold it."""
    box = monitor.box
    height, width = desktop.shape[:2]
    if box.left < 0 or box.top < 0 or box.right > width or box.bottom > height or box.is_empty:
        return None
    pixels = desktop[box.top : box.bottom, box.left : box.right]
    own = list_own(view, box)
    pixels = np.array(pixels) if own else np.ascontiguousarray(pixels)
    for part in own:
        pixels[part.top - box.top : part.bottom - box.top, part.left - box.left : part.right - box.left] = _OVER
    return pixels
