"""When the local model may find better titles for events: while nobody needs the computer, and with good manners.

Role: decides whether, begins a pass and lets it be cut. What a pass does is ``reflect.event_words``; that the model
leaves memory afterwards is the rule for all models (``Engine.unload_idle``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.clock import now_us
from app.errors import Exit, UserError
from app.power import available_bytes, is_on_mains
from app.quiet import Quiet
from ingest.x11 import read_idle_s
from memory.errors import MemoryFault
from models.errors import ModelError, WeightsMissing
from models.priority import LAST, step_back
from models.protocols import Cancelled, CancelToken
from reflect.event_words import EventWorder, Worded

log = logging.getLogger(__name__)
MOST_A_PASS = 6  # about ten processor seconds each; the next pass follows within a minute
LEFT_ALONE_S = 180.0
# The default model takes 1.4 GB; what others have opened is to stay where it is. Once it is loaded less is left.
LEAST_FREE_BYTES = 3_000_000_000
LEAST_BESIDE_BYTES = 1_000_000_000


class IdleTitles:
    """Names events by the way. Thread-safe.

    Args:
        worder: Does it.
        quiet: Knows whether somebody is here.
        setting: "off", "mains" or "always", as it is now.
        is_held: Whether incognito is on: nothing new is made of what is kept then.
        idle_s: For how many seconds no key was pressed and no pointer moved on this computer, as far as it
            tells.
        is_on_mains: See ``app.power``; so ``free_bytes``.
        clock_us: UTC.
    """

    def __init__(
        self,
        worder: EventWorder,
        *,
        quiet: Quiet,
        setting: Callable[[], str],
        is_held: Callable[[], bool],
        idle_s: Callable[[], float | None] = read_idle_s,
        is_on_mains: Callable[[], bool | None] = is_on_mains,
        free_bytes: Callable[[], int | None] = available_bytes,
        clock_us: Callable[[], int] = now_us,
    ) -> None:
        self._worder, self._quiet, self._setting, self._is_held = worder, quiet, setting, is_held
        self._idle_s = idle_s
        self._has_failed = False
        self._is_on_mains, self._free_bytes, self._clock_us = is_on_mains, free_bytes, clock_us

    def why_not(self, *, is_asked: bool = False) -> str:
        """Why no event may be named now, in a few words; empty where one may.

        Args:
            is_asked: Somebody wants it now: the setting, the power and how long nobody was here do not matter then.
        """
        setting = self._setting()
        if not is_asked and setting == "off":
            return "the setting event_titles is off"
        if self._is_held():
            return "incognito is on"
        if not self._quiet.is_free:
            return "sound is recorded, or something is imported, read or asked"
        free, least = self._free_bytes(), LEAST_BESIDE_BYTES if self._worder.is_loaded else LEAST_FREE_BYTES
        is_careless = is_asked or setting == "always"
        if free is None and not is_careless:
            return "this system does not tell how much memory is free"
        if free is not None and free < least:
            return f"only {free / 1e9:.1f} GB of memory are free, and {least / 1e9:.0f} GB are to be"
        if not is_careless and self._is_on_mains() is not True:
            return "the computer does not run on mains power, or does not say so"
        if not is_asked and not self._is_left_alone():
            return "somebody was here a moment ago"
        return ""

    def _is_left_alone(self) -> bool:
        """Whether nobody was here for a while: at this memory, and at the computer as far as it tells."""
        if self._quiet.since_s() < LEFT_ALONE_S:
            return False
        idle_s = self._idle_s()
        return idle_s is None or idle_s >= LEFT_ALONE_S

    def improve(self, cancel: CancelToken | None = None) -> Worded:
        """Name some events if this is the time for it; ends within a token when somebody comes."""
        if self._has_failed or self.why_not() or not self._worder.has_work(now_us=self._clock_us()):
            return Worded()
        step_back(LAST)
        try:
            return self._run(MOST_A_PASS, cancel or CancelToken(), lambda _n: None, is_asked=False)
        except (Cancelled, MemoryFault) as error:
            log.info("titles wait: %s", type(error).__name__)
        except ModelError as error:  # looking at it again each minute would be work as well
            log.warning("titles wait: %s", type(error).__name__)
            self._has_failed = not isinstance(error, WeightsMissing)  # these may be fetched at any time
        return Worded()

    def improve_now(
        self, most: int, *, cancel: CancelToken, went_on: Callable[[int], None] = lambda _n: None
    ) -> Worded:
        """Name so many events now, because somebody asks for it; ends when something else is wanted.

        Raises:
            UserError: this is not the time for it.
            ModelError: the model cannot work.
        """
        if most and (reason := self.why_not(is_asked=True)):
            raise UserError(f"No event is named now: {reason}.", hint="Try again later.", code=Exit.ENVIRONMENT)
        return self._run(most, cancel, went_on, is_asked=True) if most else Worded()

    def _run(self, most: int, cancel: CancelToken, went_on: Callable[[int], None], *, is_asked: bool) -> Worded:
        def look(n_read: int) -> None:
            went_on(n_read)
            if self.why_not(is_asked=is_asked):  # unplugged, incognito, a recording begun
                cancel.cancel()

        with self._quiet.by_the_way(cancel):
            return self._worder.refresh(most=most, now_us=self._clock_us(), cancel=cancel, went_on=look)
