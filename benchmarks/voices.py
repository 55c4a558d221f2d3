"""Who speaks, on the development recordings: right speakers, pure voices, how many, equal-error rates, cost.

    python benchmarks/voices.py [--home DIR | --memory DIR] [--only talks,missed,scenes] [--show]

Each set is imported through the command line into a memory of its own (arrays with their geometry) and compared with
the truth: an utterance belongs to the talker of the set who says most of its words at that time (and, where several
speak at once, whose words they are). *Right*: utterances whose voice is the one that holds most of their talker's
speech in that recording. *Pure*: speech of a voice that is its main talker's. *Unknown*: utterances without a voice.
*Voices*: how many a recording got, beside how many talkers were heard in it. *Over recordings*: pairs of recordings of
one person that got one voice, and pairs of two people that got one (only ``scenes`` names people).
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import numpy as np
from _common import DATA, MADELEINE, ROOT, print_table, require_data, working_folder

SETS = ("talks", "missed", "scenes")
_NEAR_S = 1.0  # the recognizer's times err
_PURE = 0.75  # part of an utterance's words that one talker must say for it to be counted
_SURE_S = 1.4


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence of the truth."""

    talker: str
    start_s: float
    end_s: float
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance of the memory with its truth."""

    recording: str
    talker: str
    voice: str | None
    seconds: float
    vector: np.ndarray | None


@dataclass(slots=True)
class Score:
    """Figures of one set."""

    n: int = 0
    n_right: int = 0
    n_unknown: int = 0
    pure_s: float = 0.0
    voiced_s: float = 0.0
    counts: list[tuple[int, int]] = field(default_factory=list)
    alike: list[float] = field(default_factory=list)
    unlike: list[float] = field(default_factory=list)


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="folder to keep the memories in")
    parser.add_argument("--memory", type=Path, help="a memory that holds the recordings already; nothing is imported")
    parser.add_argument("--only", default=",".join(SETS))
    parser.add_argument("--show", action="store_true", help="print every utterance with its talker and voice")
    options = parser.parse_args()
    chosen = [name for name in SETS if name in options.only.split(",")]
    if not require_data(*chosen):
        return 0
    rows = []
    with working_folder(options.home) as folder:
        for name in chosen:
            if options.memory is None:
                import_set(folder / name, name)
            heard = read_memory(options.memory or folder / name, name)
            if options.show:
                for one in heard:
                    print(f"{one.recording:22} {one.talker:14} {one.voice or '-':5} {one.seconds:5.1f} s")
            rows.append(row_of(name, heard))
    print_table(
        (
            "set",
            "utterances",
            "right",
            "unknown",
            "pure",
            "recordings with the right number",
            "EER",
            "one over",
            "mixed",
        ),
        rows,
    )
    print(f"CPU-seconds for a second of speech: {cost():.3f}")
    return 0


def import_set(home: Path, name: str) -> None:
    """Import a set; what is there already is not read again."""
    for path in sorted((DATA / name).glob("*.flac")):
        truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
        positions = truth.get("mic_xyz") or truth.get("array", {}).get("positions_m")
        command = [*MADELEINE, "--home", home, "import", path]
        if positions:
            geometry = home.parent / f"{path.stem}.geometry.json"
            geometry.write_text(json.dumps({"positions_m": positions}), "utf-8")
            command += ["--array", geometry]
        subprocess.run([str(part) for part in command], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def read_truth(name: str, recording: str) -> list[Part]:
    """The sentences of a recording."""
    truth = json.loads((DATA / name / f"{recording}.json").read_text("utf-8"))
    if name == "scenes":
        said = [(t["speaker"], s["start"], s["end"], s["text"]) for t in truth["talkers"] for s in t["segments"]]
    else:
        segments = truth.get("segments") or [s for c in truth["conversations"] for s in c["segments"]]
        said = [(s["talker"], s["start_s"], s["end_s"], s["text"]) for s in segments]
    return [Part(talker, start_s, end_s, frozenset(_words(text))) for talker, start_s, end_s, text in said]


def read_memory(home: Path, name: str) -> list[Heard]:
    """The utterances of a memory whose talker is clear."""
    from memory.records import Kind
    from memory.store import Memory, Scope

    heard = []
    with Memory.open(home, read_only=True) as memory:
        producer = _producer()
        for moment in memory.iter_moments(Scope(kinds=frozenset({Kind.UTTERANCE}))):
            session = memory.find_session(moment.session or "")
            if session is None or not (DATA / name / f"{session.title}.json").is_file():
                continue
            talker = _talker(moment.details["words"], read_truth(name, session.title))
            if talker is None:
                continue
            seconds = (moment.ended_us - moment.started_us) / 1e6
            vector = memory.voices.find_print(moment.id, producer)
            heard.append(Heard(session.title, talker, moment.voice, seconds, vector))
    return heard


def row_of(name: str, heard: list[Heard]) -> tuple[object, ...]:
    """The figures of a set as a line of the table."""
    score = Score()
    by_recording: dict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        by_recording[one.recording].append(one)
    for said in by_recording.values():
        _add(score, said)
    same, n_same, mixed, n_mixed = _over_recordings(heard) if name == "scenes" else (0, 0, 0, 0)
    right = sum(found == true for found, true in score.counts)
    return (
        name,
        score.n,
        score.n_right / score.n,
        score.n_unknown / score.n,
        score.pure_s / score.voiced_s if score.voiced_s else 0.0,
        f"{right} of {len(score.counts)}",
        _equal_error(score.alike, score.unlike),
        f"{same} of {n_same}" if n_same else "-",
        f"{mixed} of {n_mixed}" if n_mixed else "-",
    )


def cost() -> float:
    """CPU-seconds the embedder takes for a second of speech."""
    import soundfile

    from models.profile import build_voices
    from models.weights import WeightsFolder, find_weights_folder, load_catalogue

    voices = build_voices(WeightsFolder(find_weights_folder()), load_catalogue().get_profile())
    clips = [soundfile.read(path, dtype="float32")[0] for path in sorted((DATA / "talks").glob("*.flac"))]
    parts = [clip[first : first + 80_000] for clip in clips for first in range(0, len(clip) - 80_000, 80_000)]
    voices.embed(parts[:1])
    before_s = time.process_time()
    voices.embed(parts)
    return (time.process_time() - before_s) / (5.0 * len(parts))


def _add(score: Score, said: list[Heard]) -> None:
    """Add the utterances of one recording."""
    speech: dict[str, Counter[str]] = defaultdict(Counter)
    for one in said:
        if one.voice is not None:
            speech[one.voice][one.talker] += one.seconds  # type: ignore[assignment]
    best: dict[str, str] = {}
    for talker in {one.talker for one in said}:
        of_talker = {voice: held[talker] for voice, held in speech.items() if held[talker]}
        if of_talker:
            best[talker] = max(of_talker, key=lambda voice: of_talker[voice])
    owner = {voice: held.most_common(1)[0][0] for voice, held in speech.items()}
    score.n += len(said)
    score.n_unknown += sum(one.voice is None for one in said)
    score.n_right += sum(
        one.voice is not None and best[one.talker] == one.voice and owner[one.voice] == one.talker for one in said
    )
    score.pure_s += sum(held.most_common(1)[0][1] for held in speech.values())
    score.voiced_s += sum(sum(held.values()) for held in speech.values())
    score.counts.append((len(speech), len({one.talker for one in said})))
    sure = [one for one in said if one.vector is not None and one.seconds >= _SURE_S]
    for one, other in combinations(sure, 2):
        (score.alike if one.talker == other.talker else score.unlike).append(float(one.vector @ other.vector))


def _over_recordings(heard: list[Heard]) -> tuple[int, int, int, int]:
    """Pairs over recordings: of one person with one voice, of how many; of two people with one voice, of how many."""
    held: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in heard:
        if one.voice is not None:
            held[one.recording, one.talker][one.voice] += 1
    main_voice = {key: votes.most_common(1)[0][0] for key, votes in held.items()}
    counts = Counter[tuple[bool, bool]]()
    for (one, voice), (other, another) in combinations(main_voice.items(), 2):
        if one[0] != other[0]:
            counts[one[1] == other[1], voice == another] += 1
    same, differ = counts[True, True], counts[False, True]
    return same, same + counts[True, False], differ, differ + counts[False, False]


def _equal_error(alike: list[float], unlike: list[float]) -> float:
    bars = np.unique([*alike, *unlike])
    one, two = np.array(alike), np.array(unlike)
    return float(min(max((one < bar).mean(), (two >= bar).mean()) for bar in bars)) if len(bars) else 0.0


def _talker(words: list[list], parts: list[Part]) -> str | None:
    """Who says most of an utterance's words; None where nobody clearly does."""
    votes = Counter[str]()
    for text, start_s, end_s, _probability in words:
        middle_s = (start_s + end_s) / 2
        saying = {
            p.talker
            for p in parts
            if p.start_s - _NEAR_S <= middle_s <= p.end_s + _NEAR_S and set(_words(text)) & p.words
        }
        if len(saying) == 1:
            votes[saying.pop()] += 1
    total = sum(votes.values())
    if total < 2 or votes.most_common(1)[0][1] < _PURE * total:
        return None
    return votes.most_common(1)[0][0]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def _producer() -> str:
    from models.profile import build_voices
    from models.weights import WeightsFolder, find_weights_folder, load_catalogue

    return build_voices(WeightsFolder(find_weights_folder()), load_catalogue().get_profile()).producer


if __name__ == "__main__":
    sys.exit(main())
