from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.engine import Engine
from app.recording import LastChoice, RecordingDesk
from ingest.arrays import Array, list_presets, load_array
from ingest.devices import NoMicrophone, Wanted
from ingest.recorder_status import State
from tests.support.app_engine import build_fake_engine
from tests.support.capture_fakes import DESK, ReplayedMicrophones, noise
from tests.support.ingest_files import wait_until


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with closing(build_fake_engine(tmp_path / "home")) as built:
        yield built


def test_what_is_recorded_can_be_searched(tmp_path: Path, engine: Engine) -> None:
    microphones = ReplayedMicrophones(DESK)
    desk = RecordingDesk(engine, tmp_path / "home", microphones)
    assert desk.status().state is State.OFF
    assert desk.open() == 0
    desk.start(Wanted(n_channels=2))
    assert microphones.live is not None
    microphones.live.hear(noise(4.0, 2))
    wait_until(lambda: desk.status().recorded_s == 4.0)
    assert desk.status().state is State.RECORDING
    assert desk.list_devices() == [DESK]
    assert desk.stop()
    assert desk.finish(60)
    assert desk.n_waiting == 0
    assert desk.handed.n_recordings == 1
    assert desk.handed.n_moments == engine.memory.count_moments() > 0
    moment = next(iter(engine.memory.iter_moments()))
    word = max(moment.text.split(), key=len).strip(".,")
    assert moment.id in {found.moment.id for found in engine.search(word).found}


def test_without_a_microphone_nothing_is_on(tmp_path: Path, engine: Engine) -> None:
    desk = RecordingDesk(engine, tmp_path / "home", ReplayedMicrophones())
    desk.open()
    with pytest.raises(NoMicrophone):
        desk.start(Wanted())
    assert desk.status().state is State.OFF
    assert desk.stop()
    assert desk.finish(60)


def test_recording_again_after_a_stop(tmp_path: Path, engine: Engine) -> None:
    microphones = ReplayedMicrophones(DESK)
    desk = RecordingDesk(engine, tmp_path / "home", microphones)
    desk.open()
    for seed in (1, 2):
        desk.start(Wanted(n_channels=1))
        assert microphones.live is not None
        microphones.live.hear(noise(1.0, 1, seed=seed))
        wait_until(lambda: desk.status().recorded_s == 1.0)
        assert desk.stop()
    assert desk.finish(60)
    assert desk.handed.n_recordings == 2
    assert len(desk.handed.sessions) == 2


def test_the_microphone_and_its_array_are_remembered_until_others_are_chosen(tmp_path: Path) -> None:
    home, preset = tmp_path / "home", load_array(next(name for name in list_presets() if name.startswith("circle4")))
    own = Array("on the shelf", tuple((0.03 * n, 0.0, 0.0) for n in range(4)))
    for wanted, array in (
        (Wanted(device="Desk array", n_channels=4), preset),
        (Wanted(device="Desk array", n_channels=4), own),
        (Wanted(), None),
    ):
        with closing(build_fake_engine(home)) as engine:
            desk = RecordingDesk(engine, home, ReplayedMicrophones(DESK))
            desk.open()
            desk.start(wanted, array=array)
            assert desk.stop()
            assert desk.finish(60)
        with closing(build_fake_engine(home)) as engine:
            assert RecordingDesk(engine, home, ReplayedMicrophones()).last_choice() == LastChoice(wanted, array)
