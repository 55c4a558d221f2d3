"""Who speaks: groups of alike voices, utterances cut where the voice changes, the same people over recordings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.diarize import Group, group_voices
from ingest.relearn import learn_voices
from memory.records import VoiceCentre, Voiceprint
from memory.store import Memory
from models.errors import WeightsMissing
from models.protocols import CancelToken, FloatArray
from tests.support.ingest_files import build_importer, write_tones
from tests.support.models_fakes import ScriptedTranscriber, ToneVoices

LOW_HZ, HIGH_HZ = 300.0, 2000.0
SAID = ("the boiler man comes on friday.", "our dog learned to open a fridge.", "seven bikes need brakes.")


def sounding(angle_deg: float) -> FloatArray:
    """A vector; the cosine of two is that of the angle between them."""
    return np.asarray([np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))], np.float32)


def prints(*rows: tuple[float, int, float, float]) -> list[Voiceprint]:
    """From (angle, stream, start, end)."""
    return [
        Voiceprint(
            moment=f"m{n}", producer="p", seconds=end_s - start_s, vector=sounding(angle), stream=stream,
            started_us=round(start_s * 1e6), ended_us=round(end_s * 1e6),
        )
        for n, (angle, stream, start_s, end_s) in enumerate(rows)
    ]  # fmt: skip


def named(groups: Sequence[Group]) -> dict[str | None, list[str]]:
    return {g.voice: sorted(p.moment for p in g.prints) for g in groups}


def people(groups: Sequence[Group]) -> list[list[str]]:
    return sorted(sorted(p.moment for p in g.prints) for g in groups)


def nobody(_voice: str) -> list[tuple[int | None, int, int]]:
    return []


def test_alike_utterances_are_one_person_over_streams() -> None:
    said = prints((0, 0, 0, 3), (90, 0, 3, 6), (10, 0, 6, 9), (5, 1, 20, 23), (85, 0, 9, 12))
    assert people(group_voices(said, [], nobody)) == [["m0", "m2", "m3"], ["m1", "m4"]]


def test_who_speaks_at_once_in_two_directions_is_two_people_however_alike() -> None:
    said = prints((0, 0, 0, 3), (0, 1, 1, 4), (0, 0, 6, 9))
    assert ["m1"] in people(group_voices(said, [], nobody))
    known = [VoiceCentre("v1", 60.0, sounding(0))]
    assert len(named(group_voices(said, known, nobody))["v1"]) == 2
    busy = group_voices(said[:1], known, lambda _voice: [(1, 500_000, 2_000_000)])
    assert [g.voice for g in busy] == [None]


def test_known_people_are_recognized_only_when_they_clearly_are_the_ones() -> None:
    said = prints((0, 0, 0, 4), (90, 0, 4, 8))
    assert named(group_voices(said, [VoiceCentre("v7", 60.0, sounding(10))], nobody)) == {"v7": ["m0"], None: ["m1"]}
    twins = [VoiceCentre("v7", 60.0, sounding(10)), VoiceCentre("v8", 60.0, sounding(-11))]
    assert None in named(group_voices(said[:1], twins, nobody))
    stranger = [VoiceCentre("v7", 60.0, sounding(40))]
    assert named(group_voices(said[:1], stranger, nobody)) == {None: ["m0"]}


def test_short_utterances_inherit_or_stay_unknown() -> None:
    said = prints((0, 0, 0, 4), (50, 0, 4.2, 4.9), (0, 0, 5, 9), (52, 0, 20, 20.7), (-90, 0, 30, 34), (180, 0, 50, 52))
    assert people(group_voices(said, [], nobody)) == [["m0", "m1", "m2"], ["m4"]]


def test_the_same_people_in_two_recordings(memory: Memory, tmp_path: Path) -> None:
    voices = ToneVoices()
    importer = build_importer(memory, transcriber=ScriptedTranscriber(SAID, sentence_s=3.0), voices=voices)
    write_tones(tmp_path / "2026-03-04_15-06-07 a.wav", (3.0, LOW_HZ), (3.0, HIGH_HZ), (3.0, LOW_HZ))
    importer.import_paths([tmp_path / "2026-03-04_15-06-07 a.wav"])
    low, high = sorted(memory.voices.list_voices(), key=lambda v: -v.n_moments)
    assert (low.n_moments, high.n_moments) == (2, 1)
    memory.voices.name(low.id, "Ana")
    write_tones(tmp_path / "2026-03-05_15-06-07 b.wav", (3.0, HIGH_HZ), (3.0, LOW_HZ))
    importer.import_paths([tmp_path / "2026-03-05_15-06-07 b.wav"])
    assert [(m.speaker, m.voice) for m in memory.iter_moments()][-2:] == [(None, high.id), ("Ana", low.id)]
    assert len(memory.voices.list_voices()) == 2
    importer.close()


def test_an_utterance_is_cut_where_the_voice_changes(memory: Memory, tmp_path: Path) -> None:
    script = ScriptedTranscriber((" ".join([*["one"] * 6, "two.", *["three"] * 6]), "after"), sentence_s=5.0)
    importer = build_importer(memory, transcriber=script, voices=ToneVoices())
    write_tones(tmp_path / "a.wav", (5.0 * 7 / 13, LOW_HZ), (5.0 * 6 / 13, HIGH_HZ))
    importer.import_paths([tmp_path / "a.wav"])
    moments = list(memory.iter_moments())
    assert [m.text.split()[-1] for m in moments] == ["two.", "three"]
    importer.close()


class NoVoices(ToneVoices):
    def embed(self, clips: Sequence[FloatArray], *, cancel: CancelToken | None = None) -> FloatArray:
        raise WeightsMissing("The voice encoder is not here.", hint="Pull it.")


def test_without_weights_everything_else_works_and_it_is_said_once(memory: Memory, tmp_path: Path) -> None:
    importer = build_importer(memory, transcriber=ScriptedTranscriber(SAID), voices=NoVoices())
    write_tones(tmp_path / "a.wav", (6.0, LOW_HZ))
    report = importer.import_paths([tmp_path / "a.wav"])
    assert report.failed == ()
    assert report.moments > 0
    assert [note.text for note in report.notes] == [
        "Speakers were not told apart. The voice encoder is not here. Pull it."
    ]
    assert memory.voices.list_voices() == []
    importer.close()


def test_a_stage_that_is_done_again_changes_nothing(memory: Memory, tmp_path: Path) -> None:
    voices = ToneVoices()
    importer = build_importer(memory, transcriber=ScriptedTranscriber(SAID, sentence_s=3.0), voices=voices)
    write_tones(tmp_path / "a.wav", (3.0, LOW_HZ), (3.0, HIGH_HZ))
    importer.import_paths([tmp_path / "a.wav"])
    before = [(m.id, m.voice) for m in memory.iter_moments()]
    (job,) = memory.jobs.list_jobs()
    memory.jobs.advance(job.id, "voices", job.payload)
    memory.jobs.retry(job.id)
    importer.resume()
    assert [(m.id, m.voice) for m in memory.iter_moments()] == before
    assert len(memory.voices.list_voices()) == 2
    importer.close()


def test_recordings_from_before_are_learned_later(memory: Memory, tmp_path: Path) -> None:
    importer = build_importer(memory, transcriber=ScriptedTranscriber(["one.", "two.", "three."], sentence_s=5.0))
    for name in ("a", "b"):
        write_tones(tmp_path / f"{name}.wav", (5.0, LOW_HZ), (4.0 + (name == "b"), LOW_HZ))
        importer.import_paths([tmp_path / f"{name}.wav"])
    assert memory.voices.list_voices() == []
    heard: list[int] = []
    assert learn_voices(memory, ToneVoices(), cancel=CancelToken(), report=heard.append) == memory.count_moments()
    assert [v.n_moments for v in memory.voices.list_voices()] == [heard[-1]]
    assert learn_voices(memory, ToneVoices(), cancel=CancelToken()) == 0
    importer.close()
