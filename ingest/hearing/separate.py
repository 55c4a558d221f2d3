"""From an array recording to one stream per direction, blind: the pipeline.

Role: puts the pieces together for one stretch of audio that fits in memory (blocks.py serves hours). The order of
things: where talkers are (SRP-PHAT on onsets), dereverberation (WPE), masks guided by the directions (cACGMM), beams
from the masks (MVDR) as the start of independent vector extraction (OverIVA), talkers of one conversation joined
again, and what leaks into the pauses turned down.

Neither half wins alone. Masks know which direction is which but leave much of the other talkers; independence removes
more, but from a blind start it falls into the wrong optimum when people take turns side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from ingest.hearing import beamform, cacgmm, overiva, wpe
from ingest.hearing.activity import Span, energetic_frames, spans_of_frames
from ingest.hearing.directions import Direction, Peaks, Sightings, find_directions, sight
from ingest.hearing.gate import quiet_leaks
from ingest.hearing.geometry import MicArray
from ingest.hearing.group import Group, group_directions, join_outputs
from ingest.hearing.stft import ComplexArray, FloatArray, Stft


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingOptions:
    """How to separate; the defaults are what measured best (benchmarks/hearing.py).

    Attributes:
        stft: Long frames: the room's echoes must fit in a frame for one filter per bin to undo them.
        n_taps, delay: Of the dereverberation, in frames.
        n_mask_rounds: EM rounds of the masks.
        mask_every: The beams are learned from every so many frames: they overlap by three quarters, and every second
            one tells the same (SI-SDR gain 9.57 against 9.58 dB on 16 scenes) for half the work.
        n_rounds: Rounds of independent vector extraction; 0 stops at the mask-driven beamformers.
        join: Whether people who take turns side by side become one stream.
        peaks: How directions are counted.
    """

    stft: Stft = field(default_factory=lambda: Stft(4096, 1024))
    n_taps: int = 5
    delay: int = 2
    n_mask_rounds: int = 10
    mask_every: int = 2
    n_rounds: int = 15
    join: bool = True
    peaks: Peaks = field(default_factory=Peaks)


# Without directions to start from, shorter frames and more rounds find the right optimum more often.
BLIND = HearingOptions(stft=Stft(2048, 512), n_rounds=40)


@dataclass(frozen=True, slots=True)
class Talker:
    """One voice within a stream: where it is, and what part of the speech it leads."""

    azimuth_rad: float
    share: float


@dataclass(frozen=True, slots=True)
class Stream:
    """What was heard from one direction.

    Attributes:
        azimuth_rad: Counter-clockwise from the array's x axis, 0 to 2 pi; None where the array cannot tell.
        audio: float32 (samples,), 16 kHz, as long as the recording.
        activity: Spans in seconds in which somebody speaks there.
        talkers: The voices in it, several where people take turns side by side.
        mirror_rad: The other azimuth that sounds the same to a linear array, or None.
    """

    azimuth_rad: float | None
    audio: FloatArray
    activity: tuple[Span, ...]
    talkers: tuple[Talker, ...] = ()
    mirror_rad: float | None = None


def hear(
    audio: FloatArray,
    positions_m: ArrayLike,
    *,
    speech_s: Sequence[Span] | None = None,
    options: HearingOptions | None = None,
    known_rad: Sequence[float] = (),
) -> list[Stream]:
    """Separate a recording into one stream per direction.

    Args:
        audio: float32 (channels, samples), 16 kHz, -1 to 1.
        positions_m: (channels, 2 or 3), metres, in the order of the channels.
        speech_s: Spans in which a voice detector heard speech; by default an energy gate decides.
        options: How to separate.
        known_rad: Where talkers were found before; there less evidence is enough.

    Returns:
        Streams by falling share of the speech; empty where nobody speaks.

    Raises:
        ValueError: The audio and the positions do not fit together.
    """
    options = options or HearingOptions()
    array = MicArray.from_positions(positions_m)
    audio = np.nan_to_num(np.atleast_2d(np.asarray(audio, dtype=np.float32)), posinf=0.0, neginf=0.0)
    if audio.shape[0] != array.n_channels:
        raise ValueError(f"The recording has {audio.shape[0]} channels, the array {array.n_channels} microphones.")
    if array.n_channels == 1 or audio.shape[1] < 4 * options.stft.hop:
        return _one_stream(audio, speech_s)
    sightings = sight(audio, array, speech_s=speech_s)
    directions = find_directions(sightings, array, peaks=options.peaks, known_rad=known_rad)
    if not directions:
        return _one_stream(audio, speech_s) if speech_s else []
    return separate(audio, array, directions, sightings=sightings, options=options)


def separate(
    audio: FloatArray,
    array: MicArray,
    directions: Sequence[Direction],
    *,
    sightings: Sightings | None = None,
    options: HearingOptions | None = None,
) -> list[Stream]:
    """Separate towards known directions.

    Args:
        audio: float32 (channels, samples).
        array: The microphones.
        directions: Where the talkers are; of more than there are microphones, those who take turns side by side are
            taken as one, and then those with the largest share are kept.
        sightings: Where sound came from over time; tells who takes turns with whom.
        options: How to separate.
    """
    options = options or HearingOptions()
    kept = _at_most(directions, array.n_channels, sightings)
    spectra = wpe.dereverberate(options.stft.forward(audio), n_taps=options.n_taps, delay=options.delay)
    outputs = separate_spectra(spectra, array, [direction.azimuth_rad for direction in kept], options)
    groups = group_directions(kept, sightings) if options.join and sightings is not None else Group.singles(kept)
    joined = quiet_leaks(join_outputs(outputs, groups, options.stft), options.stft)
    streams = options.stft.inverse(joined, audio.shape[1])
    return [
        _stream_of(group, streams[index], joined[index : index + 1], array, kept, options.stft)
        for index, group in enumerate(groups)
    ]


def hear_blind(audio: FloatArray, *, n_streams: int = 2, options: HearingOptions | None = None) -> list[Stream]:
    """Separate without believing any geometry: streams without a direction.

    For arrays whose calibration failed (wrong distances, exchanged microphones): independence needs no positions.

    Args:
        audio: float32 (channels, samples), 16 kHz.
        n_streams: How many to take apart; at most the channels.
        options: How to separate.
    """
    options = options or BLIND
    spectra = wpe.dereverberate(options.stft.forward(audio), n_taps=options.n_taps, delay=options.delay)
    outputs = overiva.extract(spectra, min(n_streams, len(audio)), n_iterations=options.n_rounds)
    streams = options.stft.inverse(outputs, audio.shape[1])
    return [
        Stream(None, stream, spans_of_frames(energetic_frames(outputs[index : index + 1]), options.stft))
        for index, stream in enumerate(streams)
    ]


def _at_most(directions: Sequence[Direction], n: int, sightings: Sightings | None) -> list[Direction]:
    kept = sorted(directions, key=lambda direction: -direction.share)
    if len(kept) > n and sightings is not None:
        groups = group_directions(kept, sightings)
        kept = [Direction(group.azimuth_rad, sum(kept[index].share for index in group.members)) for group in groups]
        kept.sort(key=lambda direction: -direction.share)
    return kept[:n]


def separate_spectra(
    spectra: ComplexArray, array: MicArray, azimuths_rad: Sequence[float], options: HearingOptions
) -> ComplexArray:
    """Spectra of each direction's talker as heard at the first microphone.

    Args:
        spectra: complex64 (channels, bins, frames), dereverberated.
        array: The microphones.
        azimuths_rad: At most as many as microphones.
        options: How to separate.

    Returns:
        complex64 (directions, bins, frames), in the order of the azimuths.
    """
    steering = array.steering(azimuths_rad, options.stft.freqs_hz())
    learned = np.ascontiguousarray(spectra[:, :, :: options.mask_every])
    masks = cacgmm.posteriors(
        learned, cacgmm.initial_from_directions(learned, steering), n_iterations=options.n_mask_rounds
    )
    weights = np.stack([_mask_beam(learned, masks[index]) for index in range(len(steering))])
    if options.n_rounds == 0:
        return np.stack([beamform.apply(weight, spectra) for weight in weights])
    return overiva.extract(spectra, len(weights), initial=weights.conj(), n_iterations=options.n_rounds)


def _mask_beam(spectra: ComplexArray, mask: FloatArray) -> ComplexArray:
    noise = beamform.load(beamform.covariance(spectra, 1 - mask), 1e-3)
    return beamform.souden_mvdr(beamform.covariance(spectra, mask), noise)


def _stream_of(
    group: Group, audio: FloatArray, spectra: ComplexArray, array: MicArray, kept: Sequence[Direction], stft: Stft
) -> Stream:
    azimuth = group.azimuth_rad
    mirror = float((2 * array.axis_rad - azimuth) % (2 * np.pi)) if array.is_ambiguous else None
    activity = spans_of_frames(energetic_frames(spectra), stft)
    talkers = tuple(Talker(kept[index].azimuth_rad, kept[index].share) for index in group.members)
    return Stream(azimuth, audio, activity, talkers, mirror)


def _one_stream(audio: FloatArray, speech_s: Sequence[Span] | None) -> list[Stream]:
    """What one microphone can give: the recording itself, as one stream without a direction."""
    stft = Stft(1024, 256)
    if speech_s is None:
        speech_s = spans_of_frames(energetic_frames(stft.forward(audio[:1])), stft)
    return [Stream(None, audio[0], tuple(speech_s))] if speech_s else []
