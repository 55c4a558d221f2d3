"""Spatial hearing on the development scenes: from array to directions, streams and words, beside classic beamformers.

    python benchmarks/hearing.py [--only scenes,missed] [--methods hear,microphone,…] [--no-words] [--keep DIR]

``hear`` is blind. The beamformers and the guided masks are given the true directions, ``alone`` is each talker's own
picture in the room (scenes only): what separation without any loss would give. Words come from the default profile's
Whisper. SI-SDR is against the early part of each talker's picture at the first microphone.

All of it takes most of an hour. With ``--keep`` the figures of each scene are written down as they come, and the next
run goes on from there; empty the folder after a change to the code.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from pathlib import Path

import numpy as np
from _common import DATA, print_table, require_data
from hearing_scores import azimuth_errors_deg, count_facts, cp_errors, gains_db
from numpy.typing import NDArray

from ingest.hearing import beamform
from ingest.hearing.geometry import MicArray
from ingest.hearing.separate import HearingOptions, hear, hear_blind, separate_spectra
from ingest.hearing.stft import ComplexArray, FloatArray, Stft
from ingest.hearing.wpe import dereverberate

Heard = list[tuple[float | None, FloatArray]]  # azimuth in degrees and audio of each stream
Method = Callable[["Recording"], Heard]


@dataclass(frozen=True, slots=True)
class Recording:
    """One scene with its truth; of ``missed`` a "talker" is a conversation."""

    name: str
    audio: FloatArray
    array: MicArray
    texts: tuple[str, ...]
    azimuths_deg: tuple[float, ...]
    conversations: tuple[dict, ...] = ()
    early: tuple[FloatArray, ...] = ()
    images: tuple[FloatArray, ...] = ()


@dataclass(slots=True)
class Score:
    """Sums over the scenes of one set."""

    errors: int = 0
    words: int = 0
    facts: int = 0
    n_facts: int = 0
    astray: int = 0
    counted: int = 0
    n: int = 0
    gains_db: list[float] = field(default_factory=list)
    azimuth_deg: list[float] = field(default_factory=list)
    cpu_s: float = 0.0
    audio_s: float = 0.0

    def add(self, other: Score) -> None:
        """Take in another score."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


def read_scenes() -> Iterator[Recording]:
    """Talkers who speak at once."""
    for path in sorted((DATA / "scenes").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        talkers = truth["talkers"]
        refs = path.parent / "refs"
        parts = {
            kind: tuple(_read(refs / f"{path.stem}_s{index}_{kind}.flac")[0] for index in range(len(talkers)))
            for kind in ("early", "img")
        }
        yield Recording(
            truth["name"],
            _read(path.with_suffix(".flac")),
            MicArray.from_positions(truth["mic_xyz"]),
            tuple(talker["text"] for talker in talkers),
            tuple(talker["azimuth"] for talker in talkers),
            early=parts["early"],
            images=parts["img"],
        )


def read_missed() -> Iterator[Recording]:
    """Two conversations of two people each."""
    for path in sorted((DATA / "missed").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        conversations = truth["conversations"]
        yield Recording(
            truth["name"],
            _read(path.with_suffix(".flac")),
            MicArray.from_positions(truth["array"]["positions_m"]),
            tuple(" ".join(segment["text"] for segment in c["segments"]) for c in conversations),
            tuple(c["azimuth_deg"] for c in conversations),
            tuple(conversations),
        )


def _read(path: Path) -> FloatArray:
    import soundfile

    audio, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    if rate_hz != 16_000:
        raise ValueError(f"{path.name} is not 16 kHz")
    return np.ascontiguousarray(audio.T)


def method_hear(recording: Recording) -> Heard:
    """Our pipeline, blind."""
    streams = hear(recording.audio, recording.array.positions_m)
    return [(None if s.azimuth_rad is None else float(np.rad2deg(s.azimuth_rad)), s.audio) for s in streams]


def method_overiva(recording: Recording) -> Heard:
    """WPE and OverIVA from nothing, told how many talkers there are."""
    streams = hear_blind(recording.audio, n_streams=len(recording.texts))
    return [(None, stream.audio) for stream in streams]


def method_masks(recording: Recording) -> Heard:
    """WPE, masks guided by the true directions, and MVDR from the masks."""
    options = HearingOptions(n_rounds=0, n_mask_rounds=20)
    spectra = dereverberate(options.stft.forward(recording.audio), n_taps=options.n_taps, delay=options.delay)
    outputs = separate_spectra(spectra, recording.array, np.deg2rad(recording.azimuths_deg).tolist(), options)
    return _told(recording, options.stft.inverse(outputs, recording.audio.shape[1]))


def method_microphone(recording: Recording) -> Heard:
    """The first microphone."""
    return [(azimuth, recording.audio[0]) for azimuth in recording.azimuths_deg[:1]]


def method_alone(recording: Recording) -> Heard:
    """Each talker alone in the room."""
    return _told(recording, recording.images)


def beamformer(weigh: Callable[[ComplexArray, ComplexArray, MicArray, FloatArray, int], ComplexArray]) -> Method:
    """A method from a rule that turns covariance, steering vectors, array, frequencies and target into weights."""

    def run(recording: Recording) -> Heard:
        stft = Stft(1024, 256)
        spectra = stft.forward(recording.audio)
        freqs = stft.freqs_hz()
        steering = recording.array.steering(np.deg2rad(recording.azimuths_deg), freqs)
        observed = beamform.load(beamform.covariance(spectra), 1e-2)
        outputs = np.stack(
            [
                beamform.apply(weigh(observed, steering, recording.array, freqs, index), spectra)
                for index in range(len(steering))
            ]
        )
        return _told(recording, stft.inverse(outputs, recording.audio.shape[1]))

    return run


def method_oracle(recording: Recording) -> Heard:
    """MVDR from the true share of each talker in every cell, which nobody can have (scenes only)."""
    stft = Stft(1024, 256)
    spectra = stft.forward(recording.audio)
    at_first = stft.forward(np.stack(recording.images))
    outputs = []
    for index, _azimuth in enumerate(recording.azimuths_deg):
        # Only the first microphone's picture of a talker is given: its share of each cell weighs the covariances.
        power = np.abs(at_first) ** 2
        share = power[index] / (power.sum(axis=0) + np.abs(spectra[0] - at_first.sum(axis=0)) ** 2 + 1e-12)
        noise = beamform.load(beamform.covariance(spectra, (1 - share).astype(np.float32)), 1e-3)
        wanted = beamform.covariance(spectra, share.astype(np.float32))
        outputs.append(beamform.apply(beamform.souden_mvdr(wanted, noise), spectra))
    return _told(recording, stft.inverse(np.stack(outputs), recording.audio.shape[1]))


def _diffuse(array: MicArray, freqs: FloatArray) -> ComplexArray:
    return beamform.load(beamform.diffuse_coherence(array, freqs), 1e-2)


def _told(recording: Recording, streams: Sequence[NDArray[np.float32]]) -> Heard:
    return list(zip(recording.azimuths_deg, streams, strict=False))


METHODS: dict[str, Method] = {
    "hear": method_hear,
    "alone": method_alone,
    "oracle_mvdr": method_oracle,
    "overiva": method_overiva,
    "masks": method_masks,
    "microphone": method_microphone,
    "delay_and_sum": beamformer(lambda _r, d, _a, _f, k: beamform.delay_and_sum(d[k])),
    "mvdr": beamformer(lambda _r, d, a, f, k: beamform.mvdr(_diffuse(a, f), d[k])),
    "lcmv": beamformer(lambda _r, d, a, f, k: beamform.lcmv(_diffuse(a, f), d, k)),
    "gsc": beamformer(lambda r, d, _a, _f, k: beamform.gsc(r, d, k)),
}


_NEEDS_PICTURES = ("alone", "oracle_mvdr")  # each talker's own picture: the scenes have it, ``missed`` has not


def build_listener() -> Callable[[FloatArray], str]:
    """Audio to text with the default profile's Whisper."""
    from models.profile import ModelOptions, build_transcriber
    from models.weights import WeightsFolder, find_weights_folder, load_catalogue

    folder = WeightsFolder(find_weights_folder())
    transcriber = build_transcriber(folder, load_catalogue().get_profile(), ModelOptions(n_threads=1))

    def listen(audio: FloatArray) -> str:
        peak = float(np.abs(audio).max())
        level = np.ascontiguousarray(audio * np.float32(0.5 / peak)) if peak > 0 else audio
        return " ".join(segment.text.strip() for segment in transcriber.transcribe(level, language="en"))

    return listen


def score(recording: Recording, method: Method, listen: Callable[[FloatArray], str] | None) -> Score:
    """Run a method on a scene."""
    into = Score()
    started_s = time.process_time()
    heard = method(recording)
    into.cpu_s += time.process_time() - started_s
    into.audio_s += recording.audio.shape[1] / 16_000
    into.n += 1
    into.counted += len(heard) == len(recording.texts)
    found = [azimuth for azimuth, _ in heard if azimuth is not None]
    into.azimuth_deg += azimuth_errors_deg(found, recording.azimuths_deg)
    if recording.early:
        into.gains_db += gains_db([audio for _, audio in heard], recording.early, recording.audio[0])
    if listen is None:
        return into
    texts = [listen(audio) for _, audio in heard]
    errors, words = cp_errors(texts, recording.texts)
    into.errors += errors
    into.words += words
    sides = _sides(heard, texts, recording)
    found_facts, n_facts, astray = count_facts(sides, recording.conversations) if recording.conversations else (0, 0, 0)
    into.facts += found_facts
    into.n_facts += n_facts
    into.astray += astray
    return into


def kept_score(kept: Path | None, make: Callable[[], Score]) -> Score:
    """The score that an earlier run wrote down, or a new one, written whole or not at all."""
    if kept is not None and kept.is_file():
        return Score(**json.loads(kept.read_text("utf-8")))
    made = make()
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_text(json.dumps(asdict(made)), "utf-8")
        part.replace(kept)
    return made


def _sides(heard: Heard, texts: Sequence[str], recording: Recording) -> list[tuple[float, str]]:
    """Streams without a direction are put where their words fit best (in favour of the method)."""
    placed = []
    for (azimuth, _), text in zip(heard, texts, strict=True):
        if azimuth is None:
            errors = [cp_errors([text], [said])[0] for said in recording.texts]
            azimuth = recording.azimuths_deg[int(np.argmin(errors))]
        placed.append((azimuth, text))
    return placed


def main() -> int:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="scenes,missed")
    parser.add_argument("--methods", default=",".join(METHODS))
    parser.add_argument("--no-words", action="store_true", help="no Whisper: directions, decibels and cost only")
    parser.add_argument("--keep", type=Path, help="a folder for the figures of each scene, so that a run can go on")
    options = parser.parse_args()
    if not require_data("scenes", "missed"):
        return 0
    listen = None if options.no_words else build_listener()
    for name, read in (("scenes", read_scenes), ("missed", read_missed)):
        if name not in options.only.split(","):
            continue
        recordings = list(read())
        rows = []
        for method in options.methods.split(","):
            if method in _NEEDS_PICTURES and name == "missed":
                continue
            total = Score()
            for recording in recordings:
                words = "no-words" if listen is None else "words"
                kept = options.keep and options.keep / f"{name}-{method}-{recording.name}-{words}.json"
                total.add(kept_score(kept, partial(score, recording, METHODS[method], listen)))
                print(f"{name} {method} {recording.name}", file=sys.stderr, flush=True)
            rows.append(_row(method, total))
        print_table([name, "cpWER", "facts", "astray", "count right", "azimuth °", "SI-SDR gain dB", "CPU s/s"], rows)
    return 0


def _row(method: str, total: Score) -> list[object]:
    def of(value: float, n: int) -> float | str:
        return value / n if n else "-"

    blind = method == "hear"
    return [
        method,
        of(total.errors, total.words),
        f"{total.facts}/{total.n_facts}" if total.n_facts else "-",
        total.astray if total.n_facts else "-",
        f"{total.counted}/{total.n}" if blind else "told",
        float(np.median(total.azimuth_deg)) if blind else "told",
        float(np.mean(total.gains_db)) if total.gains_db else "-",
        total.cpu_s / total.audio_s,
    ]


if __name__ == "__main__":
    sys.exit(main())
