"""Sessions and gaps: every stretch of a recording is either on disk or noted with the reason why it is not.

Role: the half of the recorder that writes. It is told what was heard and when, and what went wrong; it knows no device
and reads no clock.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

from ingest.arrays import Array
from ingest.levels import Levels, Pcm, QuietWatch
from ingest.spool import SessionFacts, SessionWriter, Spool
from memory.errors import MemoryFault
from memory.records import Gap

log = logging.getLogger(__name__)

SESSION_S = 600.0
LONGEST_S = 660.0  # nobody was quiet for a minute: cut all the same
_DRIFT_US = 250_000
_LEAST_GAP_US = 10_000  # a loss that is known is told, though the clocks are too coarse to see it


class Keeper:
    """Keeps sound as sessions of the spool, and gaps between them.

    Args:
        spool: Where sound goes.
        array: Geometry, kept with sessions that have as many channels as it has microphones.
        add_gap: Keeps a gap.
        on_begin: Told the key of each session that begins.
        on_session: Told the key of each session that is complete.
    """

    def __init__(
        self,
        spool: Spool,
        *,
        array: Array | None,
        add_gap: Callable[[Gap], None],
        on_begin: Callable[[str], None],
        on_session: Callable[[str], None],
    ) -> None:
        self._spool = spool
        self._array = array
        self._add_gap = add_gap
        self._on_begin = on_begin
        self._on_session = on_session
        self._writer: SessionWriter | None = None
        self._quiet = QuietWatch()
        self._gaps_due: list[Gap] = []
        self._end_us = 0
        self._closed_s = 0.0
        self._device, self._shape = "", (0, 0)
        self.key: str | None = None
        self.gap: tuple[int, str] | None = None

    @property
    def recorded_s(self) -> float:
        """Seconds of sound kept since the start."""
        writer = self._writer
        return self._closed_s + (writer.length_s if writer is not None else 0.0)

    def begin(self, now_us: int) -> None:
        """Note that recording is on."""
        self._end_us = now_us
        self._spool.note_intent(now_us)

    def set_device(self, device: str, n_channels: int, rate_hz: int) -> None:
        """Note what gives the sound from now on; a gap that is open tells the change."""
        form = (device, (n_channels, rate_hz))
        if self.gap is not None and form != (self._device, self._shape):
            told = f"{self.gap[1]}; then “{device}” went on with {n_channels} channels at {rate_hz} Hz"
            self.gap = (self.gap[0], told)
        self._device, self._shape = form
        self._quiet = QuietWatch()

    def write(self, pcm: Pcm, heard_us: int, levels: Levels) -> bool:
        """Keep a block, int16 (frames, channels), that was heard from ``heard_us`` on; ends a gap.

        Returns:
            Whether this ended the session, at a quiet moment.

        Raises:
            OSError: the disk is full or gone.
        """
        writer = self._writer or self._open_session(heard_us)
        writer.write(pcm)
        self.close_gap(writer.facts.started_us)
        quiet = self._quiet.is_quiet(levels, len(pcm) / self._shape[1])
        is_over = (quiet and writer.length_s >= SESSION_S) or writer.length_s >= LONGEST_S
        if is_over:
            self.end_session()
        return is_over

    def end_session(self) -> None:
        """Close the session, if one is open, and hand it on."""
        writer, self._writer = self._writer, None
        if writer is None:
            return
        if writer.n_frames:
            self._closed_s += writer.length_s
            self._end_us = writer.end_us
        try:
            writer.close()
            self._spool.note_intent(self._end_us)
        except (OSError, MemoryFault) as error:
            log.warning("closing a piece failed: %s", type(error).__name__)
        self._on_session(writer.key)

    def break_off(self, reason: str, *, since_us: int | None = None) -> None:
        """End the session and open a gap; the first reason of a gap stays.

        Args:
            reason: In words for a person.
            since_us: When it began; at the end of what was kept by default.
        """
        self.end_session()
        if self.gap is None:
            self.gap = (self._end_us if since_us is None else since_us, reason)
            log.warning("no sound is kept: %s", reason)

    def close_gap(self, until_us: int) -> None:
        """End the gap that is open, if one is."""
        gap, self.gap = self.gap, None
        if gap is not None and until_us > gap[0]:
            source = self._device or "microphone"
            self._gaps_due.append(Gap(source=source, started_us=gap[0], ended_us=until_us, reason=gap[1]))
        self.tell_gaps()

    def drop_gap(self) -> None:
        """Forget the gap that is open: what follows was wanted."""
        self.gap = None

    def tell_gaps(self) -> None:
        """Keep gaps; those that cannot be kept now (the disk is full) are kept later."""
        while self._gaps_due:
            try:
                self._add_gap(self._gaps_due[0])
            except MemoryFault as error:
                log.warning("a gap waits to be kept: %s", type(error).__name__)
                return
            self._gaps_due.pop(0)

    def end(self, now_us: int) -> None:
        """Close everything and note that recording is off."""
        self.end_session()
        self.close_gap(now_us)
        self._spool.drop_intent()

    def _open_session(self, heard_us: int) -> SessionWriter:
        """Begin where the last one ended, unless there is a gap or the clocks say otherwise."""
        if self.gap is None and abs(heard_us - self._end_us) < _DRIFT_US:
            heard_us = self._end_us
        elif self.gap is not None and -_DRIFT_US < heard_us - self.gap[0] < _LEAST_GAP_US:
            heard_us = self.gap[0] + _LEAST_GAP_US
        n_channels, rate_hz = self._shape
        array = self._array if self._array and len(self._array.positions_m) == n_channels else None
        facts = SessionFacts(
            started_us=heard_us,
            device=self._device,
            n_channels=n_channels,
            rate_hz=rate_hz,
            array=json.dumps(array.to_json()) if array else None,
        )
        self._writer = SessionWriter(self._spool, facts)
        self.key = self._writer.key
        self._on_begin(self.key)
        return self._writer
