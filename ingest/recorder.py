"""The recorder: keeps what a microphone hears, whatever happens to the microphone, the clock or the computer.

Role: a state machine that one thread drives with ``step``. It opens the device (again), moves sound from the ring to
the spool, cuts sessions at quiet moments, and notes each stretch without sound as a gap with its reason. It loads no
model and understands nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ingest.arrays import Array
from ingest.devices import Microphones, NoMicrophone, OpenMicrophone, Wanted
from ingest.levels import Levels, Pcm, ZeroWatch, measure
from ingest.recorder_clock import Clock, Instant, Standstill, SystemClock
from ingest.recorder_keeper import Keeper
from ingest.recorder_status import DiskWatch, State, Status, judge
from ingest.recorder_taps import RunningSound, Taps
from ingest.ring import LateSink, Ring
from ingest.spool import Spool
from memory.errors import MemoryFault
from memory.records import Gap

log = logging.getLogger(__name__)

RING_S = 30.0
DEAD_S = 29.0  # zeros are counted in blocks; the promise is 30 s
DEAD_RETRY_S = 30.0
STALL_S = 3.0
RETRY_S = 2.0
DISK_RETRY_S = 5.0
_STEADY_S = 6.0  # so long a named device is waited for before the system's default is taken instead
_DEFICIT_S = 2.0
_SURPLUS_AGAIN_S = 15.0
_STEP_S = 0.1
_JOIN_S = 10.0
_N_RECENT = 5  # blocks of at most 100 ms

LOST = "the microphone stopped giving sound"
DEAD = "the microphone gave only zeros: it is muted or dead"
OVERRUN = "sound came faster than it could be written"
SLEPT = "the computer slept"
HALTED = "the program was stopped"
MISSING = "sound was lost on the way from the microphone"
FULL = "the disk is full"
STALLED = "sound does not reach the disk"
DISK = "sound could not be written to the disk"


class Recorder:
    """Records from one microphone (or array) into the spool.

    ``start`` and ``stop`` are for users of a thread; ``begin``, ``step`` and ``finish`` are the same without one.
    All of its state belongs to the one who calls ``step``; ``status`` only looks and may be called from anywhere.

    Args:
        spool: Where sound goes.
        microphones: Where it comes from.
        wanted: Which microphone and how.
        array: Geometry, kept with sessions that have as many channels as it has microphones.
        add_gap: Keeps a gap.
        on_begin: Told the key of each session that begins.
        on_session: Told the key of each session that is complete.
        clock: Tells the time.
    """

    def __init__(
        self,
        spool: Spool,
        microphones: Microphones,
        *,
        wanted: Wanted,
        array: Array | None = None,
        add_gap: Callable[[Gap], None],
        on_begin: Callable[[str], None] = lambda _key: None,
        on_session: Callable[[str], None] = lambda _key: None,
        clock: Clock | None = None,
    ) -> None:
        self._spool = spool
        self._microphones = microphones
        if array is not None and wanted.n_channels is None:
            wanted = replace(wanted, n_channels=len(array.positions_m))
        self._wanted = wanted
        self._keeper = Keeper(spool, array=array, add_gap=add_gap, on_begin=on_begin, on_session=on_session)
        self._clock: Clock = clock or SystemClock()
        self._stream: OpenMicrophone | None = None
        self._ring = Ring(1)
        self._zeros = ZeroWatch()
        self._levels = Levels()
        self._recent: tuple[Pcm, ...] = ()
        self._anchor: Instant | None = None
        self._last: Instant | None = None
        self._n_heard = 0
        self._heard_s = self._retry_s = self._lost_s = self._on_s = self._write_after_s = 0.0
        self._disk = DiskWatch()
        self._device, self._shape = "", (0, 0)
        self._held: Standstill | None = None
        self._surplus_s = -_SURPLUS_AGAIN_S
        self._n_lost_frames = 0
        self._is_on = self._is_paused = self._pause_wanted = False
        self._taps = Taps()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    # for those who have a thread -----------------------------------------------------------------------------------
    def start(self) -> None:
        """Open the microphone and record on a thread of its own.

        Raises:
            NoMicrophone: there is none, or it cannot be opened.
        """
        self.begin()
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def stop(self) -> bool:
        """Stop; what was heard is on disk when this returns True (False: the disk does not answer)."""
        if self._thread is None:
            return True
        self._stopping.set()
        self._thread.join(_JOIN_S)
        ended = not self._thread.is_alive()
        if ended:
            self._thread = None
        return ended

    def pause(self, paused: bool = True) -> None:
        """Let go of the microphone for a while, or go on; a pause is wanted, so it is no gap."""
        self._pause_wanted = paused

    def status(self) -> Status:
        """What is true now, by the bytes on disk."""
        now = self._clock.now()
        gap = self._keeper.gap
        n_bytes, grown_at_s = self._spool.measure(self._keeper.key)
        grown_s = self._disk.look(n_bytes, grown_at_s, now)
        state = judge(
            is_on=self._is_on,
            is_paused=self._is_paused,
            has_gap=gap is not None,
            grown_s=grown_s,
            on_for_s=now.elapsed_s - self._on_s,
        )
        return Status(
            state=state,
            reason="" if state is not State.FAILING else STALLED if gap is None else gap[1],
            device=self._device,
            n_channels=self._shape[0],
            rate_hz=self._shape[1],
            n_bytes=n_bytes,
            grown_s=grown_s,
            recorded_s=self._keeper.recorded_s,
            n_lost_frames=self._n_lost_frames,
            levels=self._levels,
        )

    def recent(self) -> tuple[Pcm, int]:
        """The newest half second that was kept, int16 (frames, channels), and its rate; empty while nothing is."""
        blocks, n_channels = self._recent, self._shape[0]
        fitting = [block for block in blocks if block.shape[1] == n_channels]
        return (np.concatenate(fitting) if fitting else np.zeros((0, n_channels), np.int16)), self._shape[1]

    def find_sound(self) -> RunningSound | None:
        """What it hears, for one who wants to listen in; None while it hears nothing."""
        if self._stream is None or not self._is_on or self._is_paused or self._pause_wanted:
            return None
        return RunningSound(self._device, *self._shape, self._taps)

    # the machine ---------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Open the microphone; one that is to begin paused is opened when the pause ends.

        Raises:
            NoMicrophone: there is none, or it cannot be opened.
        """
        self._spool.create()
        now = self._clock.now()
        self._is_paused = self._pause_wanted
        if not self._is_paused:
            self._open(self._wanted, now)
        self._is_on, self._on_s, self._last = True, now.elapsed_s, now
        self._keeper.begin(now.wall_us)

    def step(self) -> None:
        """Do what there is to do now; called some ten times a second."""
        now = self._clock.now()
        if self._pause_wanted != self._is_paused:
            self._set_paused(self._pause_wanted, now)
        self._keeper.tell_gaps()
        if not self._is_paused:
            if self._stream is None:
                self._reopen(now)
            elif not self._is_held(now):
                self._move(now)
                self._watch(now)
        self._last = now

    def finish(self) -> None:
        """Keep what the ring still holds, close everything, and note that recording is off."""
        now = self._clock.now()
        self._let_go(now)
        if self._stream is not None:
            self._move(now)
        self._close_stream()
        self._move(now)
        if self._shape[0]:
            self._note_loss(self._ring.n_lost // (2 * self._shape[0]))
        self._keeper.end(now.wall_us)
        self._is_on = False

    def _run(self) -> None:
        while not self._stopping.wait(_STEP_S):
            self._guard(self.step)
        self._guard(self.finish)

    def _guard(self, work: Callable[[], None]) -> None:
        """One trouble must not end a recording: it becomes a gap, and the next step tries again."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the edge of the recorder's thread
            log.warning("recorder: %s", type(error).__name__)

    def _open(self, wanted: Wanted, now: Instant) -> None:
        """Open a device; the ring is made to fit it before the first byte comes."""
        sink = LateSink()
        stream = self._microphones.open(wanted, sink)
        self._ring = Ring(int(RING_S * stream.rate_hz) * stream.n_channels * 2)
        sink.open(self._ring)
        self._stream, self._anchor, self._n_heard = stream, None, 0
        self._device, self._shape = stream.device.name, (stream.n_channels, stream.rate_hz)
        self._keeper.set_device(self._device, *self._shape)
        self._zeros = ZeroWatch()
        self._held = None
        self._heard_s = now.elapsed_s
        log.info("microphone open: %d channels at %d Hz", *self._shape)

    def _reopen(self, now: Instant) -> None:
        """Try again: what was wanted, and after a while whatever the system now offers."""
        if now.elapsed_s < self._retry_s:
            return
        self._retry_s = now.elapsed_s + RETRY_S
        choices = [self._wanted]
        if now.elapsed_s - self._lost_s >= _STEADY_S:
            choices += [Wanted(device=self._wanted.device), Wanted()]
        for wanted in choices:
            try:
                self._open(wanted, now)
            except NoMicrophone:
                continue
            return

    def _move(self, now: Instant, n_frames: int | None = None) -> None:
        """Bring what the ring holds (or its first ``n_frames``) to the disk."""
        n_channels, rate_hz = self._shape
        if n_channels == 0:
            return
        frame_bytes = 2 * n_channels
        self._note_break()
        n_left = self._ring.n_waiting // frame_bytes
        if n_frames is not None:
            n_left = min(n_left, n_frames)
        while n_left > 0 and (data := self._ring.read(min(rate_hz // 10, n_left) * frame_bytes)):
            pcm = np.frombuffer(data, "<i2").reshape(-1, n_channels)
            if self._anchor is None:
                self._anchor, self._n_heard = now, -n_left  # what waits in the ring was heard before it
            heard_us = now.wall_us - round(self._missing_s(now) * 1e6)
            n_left -= len(pcm)
            self._n_heard += len(pcm)
            self._heard_s = now.elapsed_s
            self._take(pcm, heard_us)
            self._note_loss(self._ring.take_loss() // frame_bytes)
            self._note_break()
        self._note_loss(self._ring.take_loss() // frame_bytes)

    def _take(self, pcm: Pcm, heard_us: int) -> None:
        """Keep one block (at most 100 ms) that was heard from ``heard_us`` on."""
        self._levels = measure(pcm)
        self._taps.write(pcm.tobytes())
        self._zeros.look(pcm, self._shape[1])
        gap = self._keeper.gap
        is_dead = gap is not None and gap[1].startswith(DEAD) and not pcm.any()
        if is_dead or self._zeros.zero_s >= DEAD_S:
            if not is_dead:
                until_us = heard_us + round(len(pcm) / self._shape[1] * 1e6)
                self._keeper.break_off(DEAD, since_us=until_us - round(self._zeros.zero_s * 1e6))
            return
        if self._heard_s < self._write_after_s:
            return
        try:
            if self._keeper.write(pcm, heard_us, self._levels):
                self._anchor = None  # devices drift: what adds up over hours is no lost sound
            self._recent = (*self._recent[1 - _N_RECENT :], pcm)
        except (OSError, MemoryFault) as error:
            log.warning("writing sound failed: %s", type(error).__name__)
            self._write_after_s = self._heard_s + DISK_RETRY_S
            self._keeper.break_off(FULL if self._spool.is_full() else DISK)

    def _note_loss(self, n_frames: int) -> None:
        """The ring was full: a gap of a known number of frames."""
        if n_frames == 0:
            return
        self._n_lost_frames += n_frames
        self._n_heard += n_frames
        self._keeper.break_off(OVERRUN)
        log.warning("ring overrun: %d frames", n_frames)

    def _note_break(self) -> None:
        """The system lost sound here: a gap however short; its length is what the clock says it is."""
        if self._ring.take_break() and self._anchor is not None:
            self._keeper.break_off(MISSING)
            self._anchor = None

    def _watch(self, now: Instant) -> None:
        """Look for sound that is missing: a silent stream, or less of it than time has passed."""
        assert self._stream is not None
        missing_s = self._missing_s(now) if self._heard_s == now.elapsed_s else 0.0
        if missing_s > _DEFICIT_S:
            self._give_up_stream(MISSING, now)
        elif missing_s < -_DEFICIT_S:
            self._set_time_anew(now)
        elif now.elapsed_s - self._heard_s > STALL_S or not self._stream.is_active():
            self._give_up_stream(LOST, now)
        elif self._zeros.zero_s >= DEAD_S + DEAD_RETRY_S:
            self._give_up_stream(DEAD, now)

    def _set_time_anew(self, now: Instant) -> None:
        """More sound than time: it was on its way when the count began; if that goes on, the device has a new rate."""
        if now.elapsed_s - self._surplus_s < _SURPLUS_AGAIN_S:
            self._give_up_stream(MISSING, now)
        else:
            self._keeper.end_session()
            self._anchor = None
        self._surplus_s = now.elapsed_s

    def _give_up_stream(self, reason: str, now: Instant) -> None:
        """Close the device, to be opened anew by the next step: its rate, channels or place may have changed."""
        self._keeper.break_off(reason)
        self._close_stream()
        self._lost_s = self._retry_s = now.elapsed_s

    def _is_held(self, now: Instant) -> bool:
        """Whether to wait after the program stood still: the system may have kept sound, and hands it on in a rush.

        Until the sound comes at its usual pace again, only what surely was kept goes to the disk: what is live may
        have a hole before it.
        """
        if self._last is not None and now.elapsed_s - self._last.elapsed_s > STALL_S:
            slept_s = (now.elapsed_s - self._last.elapsed_s) - (now.awake_s - self._last.awake_s)
            self._held = Standstill(now.elapsed_s, SLEPT if slept_s > 1.0 else HALTED)
            if self._anchor is None:  # what comes follows on what the last step took
                self._anchor, self._n_heard = self._last, 0
        if self._held is None:
            return False
        waiting_s = self._waiting_s()
        is_over = self._held.is_over(now.elapsed_s, waiting_s)
        kept_s = self._held.take_kept(now.elapsed_s, waiting_s)
        if kept_s > 0:
            self._move(now, round(kept_s * self._shape[1]))
        if is_over:
            self._let_go(now)
        return not is_over

    def _let_go(self, now: Instant) -> None:
        """End the wait after a standstill: if sound is missing, the hole is before what waits now."""
        held, self._held = self._held, None
        if held is None:
            return
        if self._missing_s(now) - self._waiting_s() > _DEFICIT_S:
            self._keeper.break_off(held.reason)
            self._anchor = None

    def _waiting_s(self) -> float:
        """Seconds of sound that came and were not moved yet, those that found no room included."""
        return (self._ring.n_waiting + self._ring.n_lost) / (2 * self._shape[0] * self._shape[1])

    def _missing_s(self, now: Instant) -> float:
        """Seconds that have passed since the anchor, less those that were heard."""
        if self._anchor is None:
            return 0.0
        return now.elapsed_s - self._anchor.elapsed_s - self._n_heard / self._shape[1]

    def _set_paused(self, paused: bool, now: Instant) -> None:
        if paused:
            self._let_go(now)
            self._move(now)
            self._close_stream()
            self._keeper.end_session()
            self._keeper.close_gap(now.wall_us)
        else:
            self._on_s = now.elapsed_s
            self._retry_s = self._lost_s = now.elapsed_s
            self._keeper.drop_gap()
        self._is_paused = paused

    def _close_stream(self) -> None:
        stream, self._stream = self._stream, None
        self._recent = ()
        self._taps.end()
        if stream is not None:
            stream.close()
