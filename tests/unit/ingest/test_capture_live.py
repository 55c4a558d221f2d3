from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ingest import live_sound
from ingest.handover import Handover
from ingest.importer import Importer
from ingest.levels import Pcm
from ingest.live_sound import LiveSound
from ingest.records import ImportReport
from ingest.spool import SessionFacts, SessionWriter, Spool
from ingest.spool_join import join_session
from memory.store import Memory
from models.errors import WeightsMissing
from models.protocols import CancelToken
from tests.support.capture_fakes import noise
from tests.support.hearing_room import RATE_HZ
from tests.support.ingest_files import NOW_US, build_importer
from tests.support.models_fakes import ScriptedTranscriber
from tests.support.separation import ARRAY, build_splitter, two_people

STARTED_US = NOW_US - 60_000_000


@pytest.fixture(autouse=True)
def short_chapters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_sound, "SHORTEST_S", 5.0)
    monkeypatch.setattr(live_sound, "CONTEXT_S", 3.0)


def begin(spool: Spool, *, rate_hz: int = RATE_HZ, array: str | None = ARRAY) -> SessionWriter:
    spool.create()
    facts = SessionFacts(started_us=STARTED_US, device="Desk array", n_channels=4, rate_hz=rate_hz, array=array)
    return SessionWriter(spool, facts)


@cache
def all_talk() -> Pcm:
    return np.clip(two_people() * 32767, -32768, 32767).astype(np.int16).T


def talk(seconds: float) -> Pcm:
    """The beginning of what the two people say, int16 (frames, channels)."""
    return all_talk()[: round(seconds * RATE_HZ)]


def build_handover(memory: Memory, spool: Spool, importer: Importer) -> Handover:
    def take_in(path: Path, array: str | None, cancel: CancelToken) -> ImportReport:
        return importer.import_paths([path], array=array, cancel=cancel)

    return Handover(
        spool, take_in=take_in, is_kept=lambda sha256: memory.sources.find(sha256) is not None,
        add_gap=memory.add_gap, zone="Europe/Berlin", live=importer,
    )  # fmt: skip


@pytest.mark.parametrize("rate_hz", [16_000, 48_000])
def test_what_is_read_while_it_grows_is_what_the_whole_recording_gives(tmp_path: Path, rate_hz: int) -> None:
    spool, pcm = Spool(tmp_path), noise(31.0 * rate_hz / RATE_HZ)
    writer = begin(spool, rate_hz=rate_hz)
    folder = spool.session_folder(writer.key)
    sound, chapters = LiveSound(folder, writer.facts), []
    for start in range(0, len(pcm), rate_hz // 2):
        writer.write(pcm[start : start + rate_hz // 2])
        sound.read_on()
        heard = sound.find_next()
        if heard is not None:
            assert heard.context.shape[1] <= live_sound.CONTEXT_S * RATE_HZ
            chapters.append(heard.chapter)
            sound.done = heard.chapter.end_sample
            if len(chapters) == 2:  # a new start in the middle
                sound = LiveSound(folder, writer.facts, done=sound.done)
    writer.close()
    joined = join_session(folder, zone="UTC")
    assert joined is not None
    assert joined.path is not None
    whole = soundfile.read(joined.path, dtype="float32", always_2d=True)[0]
    if rate_hz != RATE_HZ:
        import soxr

        whole = soxr.ResampleStream(rate_hz, RATE_HZ, 4, quality="HQ").resample_chunk(whole)
    heard_all = np.concatenate([chapter.audio for chapter in chapters], axis=1)
    assert heard_all.shape[1] > 20 * RATE_HZ
    np.testing.assert_allclose(heard_all.T, np.clip(whole, -1, 1)[: heard_all.shape[1]], atol=1e-5)


def test_chapters_are_in_memory_before_the_recording_ends_and_are_one_session_with_the_rest(
    tmp_path: Path, memory: Memory
) -> None:
    spool = Spool(tmp_path / "home")
    importer = build_importer(memory, splitter=build_splitter(), transcriber=ScriptedTranscriber(["Bring the key."]))
    handover = build_handover(memory, spool, importer)
    writer, pcm = begin(spool), talk(24.0)
    handover.follow(writer.key)
    until, n_before = 0, []
    for _ in range(2):
        writer.write(pcm[until : until + 11 * RATE_HZ])
        until += 11 * RATE_HZ
        while handover.hear_on():
            pass
        n_before.append(memory.count_moments())
    assert 0 < n_before[0] < n_before[1]
    assert handover.heard_until_us is not None
    assert handover.heard_until_us > STARTED_US + 10_000_000
    kept = {moment.id: moment for moment in memory.iter_moments()}

    handover = build_handover(memory, spool, importer)  # a crash: the next start knows only what is on disk
    importer.resume()
    writer.write(pcm[until:])
    writer.close()
    handover.bring_in(writer.key)
    assert handover.handed.failures == []
    assert spool.list_keys() == []
    moments = list(memory.iter_moments())
    assert {moment.id for moment in moments} > set(kept)
    assert all(memory.get_moment(number) == moment for number, moment in kept.items())  # heard once, not again
    (session,) = memory.list_sessions()
    assert {moment.session for moment in moments} == {session.id}
    assert (session.started_us, session.ended_us) == (STARTED_US, STARTED_US + 24_000_000)
    assert session.media is not None
    heard = soundfile.read(memory.media_path(session.media), dtype="int16", always_2d=True)[0]
    np.testing.assert_array_equal(heard, pcm)
    for number in {part.number for part in memory.list_streams(session.id)}:
        of_stream = sorted((m for m in moments if m.stream == number), key=lambda m: m.ordinal)
        assert [m.ordinal for m in of_stream] == list(range(len(of_stream)))
        assert [m.started_us for m in of_stream] == sorted(m.started_us for m in of_stream)
    assert max(moment.started_us for moment in moments) > STARTED_US + 12_000_000
    azimuths = {p.number: p.azimuth_rad for p in memory.list_streams(session.id) if p.azimuth_rad is not None}
    assert len(azimuths) <= 3  # two people, and at most one scrap
    (job,) = memory.jobs.list_jobs()
    assert job.state == "done"


class NoWeights(ScriptedTranscriber):
    def transcribe(self, *_args: object, **_options: object) -> Iterator[object]:  # type: ignore[override]
        raise WeightsMissing("Whisper is not here.", hint="Fetch it.")


def test_without_weights_the_recording_waits_in_memory_as_a_whole(tmp_path: Path, memory: Memory) -> None:
    spool = Spool(tmp_path / "home")
    importer = build_importer(memory, splitter=build_splitter(), transcriber=NoWeights())
    handover = build_handover(memory, spool, importer)
    writer = begin(spool)
    handover.follow(writer.key)
    writer.write(talk(11.0))
    with pytest.raises(WeightsMissing):
        handover.hear_on()
    writer.close()
    handover.bring_in(writer.key)
    assert [failure.waits for failure in handover.handed.failures] == [True]
    assert spool.list_keys() == []
    build_importer(memory, splitter=build_splitter()).resume()
    assert memory.count_moments() > 0


def test_what_the_user_had_forgotten_is_not_heard_again(tmp_path: Path, memory: Memory) -> None:
    spool = Spool(tmp_path / "home")
    importer = build_importer(memory, splitter=build_splitter())
    handover = build_handover(memory, spool, importer)
    writer, pcm = begin(spool), talk(22.0)
    handover.follow(writer.key)
    writer.write(pcm[: 11 * RATE_HZ])
    assert handover.hear_on()
    forgotten = {moment.id for moment in memory.iter_moments()}
    memory.forget(forgotten)
    until_us = handover.heard_until_us
    assert until_us is not None
    writer.write(pcm[11 * RATE_HZ :])
    assert handover.hear_on()
    writer.close()
    handover.bring_in(writer.key)
    assert min(moment.ended_us for moment in memory.iter_moments()) >= until_us


def test_a_short_recording_or_one_without_an_array_is_taken_in_at_its_end(tmp_path: Path, memory: Memory) -> None:
    spool = Spool(tmp_path / "home")
    handover = build_handover(memory, spool, build_importer(memory, splitter=build_splitter()))
    writer = begin(spool, array=None)
    handover.follow(writer.key)
    writer.write(talk(11.0))
    assert not handover.hear_on()
    assert handover.heard_until_us is None
    writer.close()
    handover.bring_in(writer.key)
    assert memory.count_moments() > 0
