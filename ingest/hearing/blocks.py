"""Hours of audio in bounded memory: separation block by block, streams kept together over time.

Role: cuts a recording into overlapping blocks, hears each one, and ties its streams to those before: by azimuth, and by
the sound of the stretch that both blocks cover (which settles what a permutation of near neighbours would confuse).
Within a block a direction that is already known needs less evidence than a new one. At most one block of audio and the
tail of the last are held.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from ingest.hearing.activity import Span
from ingest.hearing.geometry import angle_between
from ingest.hearing.separate import HearingOptions, Stream, Talker, hear
from ingest.hearing.stft import RATE_HZ, FloatArray

MATCH_RAD = float(np.deg2rad(25.0))  # a stream that moved farther between two blocks is a new one
FORGET_S = 600.0  # a direction that was silent for so long must be found afresh

SpeechFinder = Callable[[FloatArray], Sequence[Span]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockOptions:
    """How a long recording is cut.

    Attributes:
        block_s: Length of a block. Longer ones separate better and are heard later.
        overlap_s: What a block shares with the next; the streams are faded into each other there.
        hearing: How each block is separated.
    """

    block_s: float = 30.0
    overlap_s: float = 4.0
    hearing: HearingOptions = field(default_factory=HearingOptions)

    def __post_init__(self) -> None:
        if not 0 < self.overlap_s <= self.block_s / 2:
            raise ValueError(f"Blocks of {self.block_s:g} s cannot overlap by {self.overlap_s:g} s.")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one track. Pieces of a track follow each other without overlap; where one is missing, it was silent.

    Attributes:
        track: Number of the track, the same over the whole recording.
        start_s: Seconds from the start of the recording.
        audio: float32 (samples,), 16 kHz.
        azimuth_rad: Where the track is now, or None where the array cannot tell.
        activity: Spans of speech, seconds from the start of the recording.
        talkers: The voices in it during this block.
    """

    track: int
    start_s: float
    audio: FloatArray
    azimuth_rad: float | None
    activity: tuple[Span, ...]
    talkers: tuple[Talker, ...]


@dataclass(slots=True, eq=False)
class _Track:
    number: int
    azimuth_rad: float | None
    tail: FloatArray
    heard_s: float
    talkers_rad: tuple[float, ...] = ()


class BlockHearing:
    """Hears a recording that arrives piece by piece.

    Args:
        positions_m: (channels, 2 or 3), metres.
        options: How it is cut and separated.
        find_speech: A voice detector: float32 (samples,) mono in, spans in seconds out; an energy gate by default.
    """

    def __init__(
        self,
        positions_m: ArrayLike,
        *,
        options: BlockOptions | None = None,
        find_speech: SpeechFinder | None = None,
    ) -> None:
        self._positions = np.asarray(positions_m, dtype=np.float64)
        self._options = options or BlockOptions()
        self._find_speech = find_speech
        self._held = np.zeros((len(self._positions), 0), dtype=np.float32)
        self._start = 0
        self._tracks: list[_Track] = []
        self._n_tracks = 0

    def push(self, audio: FloatArray) -> list[Piece]:
        """Take in audio.

        Args:
            audio: float32 (channels, samples), what follows the audio before; any length.

        Returns:
            The pieces that are finished now, in order of time.
        """
        self._held = np.concatenate([self._held, np.atleast_2d(audio).astype(np.float32, copy=False)], axis=1)
        n_block = round(self._options.block_s * RATE_HZ)
        pieces: list[Piece] = []
        while self._held.shape[1] >= n_block + self._n_overlap:
            # The last block may grow by one overlap, so that no scrap is left that is too short to separate.
            pieces += self._hear_block(self._held[:, :n_block], is_last=False)
            step = n_block - self._n_overlap
            self._held = self._held[:, step:].copy()
            self._start += step
        return pieces

    def finish(self) -> list[Piece]:
        """The rest; afterwards the object is ready for another recording."""
        pieces = self._hear_block(self._held, is_last=True) if self._held.shape[1] else []
        self._held = self._held[:, :0]
        self._start = 0
        self._tracks = []
        self._n_tracks = 0
        return pieces

    @property
    def n_held(self) -> int:
        """Samples a channel that wait for the rest of their block."""
        return self._held.shape[1]

    @property
    def _n_overlap(self) -> int:
        return round(self._options.overlap_s * RATE_HZ)

    def _hear_block(self, block: FloatArray, *, is_last: bool) -> list[Piece]:
        now_s = self._start / RATE_HZ
        known = [talker for track in self._tracks for talker in track.talkers_rad]
        speech = None if self._find_speech is None else self._find_speech(block[0])
        streams = hear(block, self._positions, speech_s=speech, options=self._options.hearing, known_rad=known)
        matched = self._match(streams)
        n_out = block.shape[1] if is_last else block.shape[1] - self._n_overlap
        pieces = [self._piece(stream, track, n_out) for stream, track in zip(streams, matched, strict=True)]
        pieces += self._fade_out([track for track in self._tracks if track not in matched])
        for stream, track in zip(streams, matched, strict=True):
            track.tail = stream.audio[n_out:].copy()
            track.azimuth_rad = stream.azimuth_rad
            track.talkers_rad = tuple(talker.azimuth_rad for talker in stream.talkers)
            if stream.activity:
                track.heard_s = now_s + stream.activity[-1][1]
        self._tracks = [track for track in self._tracks if len(track.tail) or now_s - track.heard_s < FORGET_S]
        return pieces

    def _match(self, streams: Sequence[Stream]) -> list[_Track]:
        """A track for each stream: known ones by place and sound, new ones for the rest."""
        score = np.zeros((len(streams), len(self._tracks)), dtype=np.float32)
        for row, stream in enumerate(streams):
            for place, track in enumerate(self._tracks):
                score[row, place] = _likeness(stream, track)
        columns = _assign(score, len(self._tracks))
        matched = []
        for column in columns:
            if column is None:
                self._tracks.append(_Track(self._n_tracks, None, np.zeros(0, dtype=np.float32), self._start / RATE_HZ))
                self._n_tracks += 1
                matched.append(self._tracks[-1])
            else:
                matched.append(self._tracks[column])
        return matched

    def _piece(self, stream: Stream, track: _Track, n_out: int) -> Piece:
        audio = stream.audio[:n_out].copy()
        n_fade = min(len(track.tail), n_out)
        if n_fade:
            ramp = np.linspace(0, 1, n_fade, dtype=np.float32)
            audio[:n_fade] = ramp * audio[:n_fade] + (1 - ramp) * track.tail[:n_fade]
        start_s = self._start / RATE_HZ
        end_s = n_out / RATE_HZ
        spans = tuple((start_s + a, start_s + min(b, end_s)) for a, b in stream.activity if a < end_s)
        return Piece(track.number, start_s, audio, stream.azimuth_rad, spans, stream.talkers)

    def _fade_out(self, tracks: Sequence[_Track]) -> list[Piece]:
        pieces = []
        for track in tracks:
            if len(track.tail):
                ramp = np.minimum(1, np.linspace(8, 0, len(track.tail), dtype=np.float32))
                start_s = self._start / RATE_HZ
                pieces.append(Piece(track.number, start_s, track.tail * ramp, track.azimuth_rad, (), ()))
            track.tail = np.zeros(0, dtype=np.float32)
        return pieces


def _likeness(stream: Stream, track: _Track) -> float:
    """0 for a stranger; otherwise nearness in angle plus likeness of sound in the overlap, at most 2."""
    if stream.azimuth_rad is None or track.azimuth_rad is None:
        return 1.0 if stream.azimuth_rad is None and track.azimuth_rad is None else 0.0
    apart = float(angle_between(stream.azimuth_rad, track.azimuth_rad))
    if apart > MATCH_RAD:
        return 0.0
    n = min(len(track.tail), len(stream.audio))
    sound = 0.0
    if n:
        one, other = stream.audio[:n], track.tail[:n]
        sound = abs(float(one @ other)) / (float(np.linalg.norm(one) * np.linalg.norm(other)) + 1e-9)
    return 1.0 - apart / MATCH_RAD + sound


def _assign(score: FloatArray, n_tracks: int) -> list[int | None]:
    """A track for each stream, likest pairs first; None where a stream is new."""
    chosen: list[int | None] = [None] * len(score)
    pairs = [(float(score[row, column]), row, column) for row in range(len(score)) for column in range(n_tracks)]
    for likeness, row, column in sorted(pairs, reverse=True):
        if likeness > 0 and chosen[row] is None and column not in chosen:
            chosen[row] = column
    return chosen
