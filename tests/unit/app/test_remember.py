from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.engine import Engine
from app.errors import UserError
from app.recording import RecordingDesk
from app.remember import Speaking, remember
from ingest.devices import Device, Sink, Wanted
from ingest.levels import Levels
from ingest.screen import Box, NoScreen, Screen, Window
from ingest.screen_once import take_now
from ingest.screen_privacy import HIDDEN, Exclusions
from ingest.screen_recorder import LOCKED, UNSURE
from ingest.spoken import Heard, SpeechEnd
from memory.failpoints import VARIABLE
from memory.records import Kind, Moment
from recall.trails import find_trail
from tests.support.app_engine import build_fake_engine
from tests.support.capture_fakes import DESK, LAPTOP, RATE_HZ, ReplayedMicrophone, ReplayedMicrophones, noise
from tests.support.ingest_files import wait_until
from tests.support.screen_fakes import HEIGHT, LEFT, NOTES, RIGHT, Desktop

VAULT = Window(id=9, app="KeePassXC", title="Passwords", box=LEFT.box, hides=(LEFT.box,))


def no_screen() -> Screen:
    raise NoScreen("There is no screen here.")


def test_screen_and_note_are_one_session(tmp_path: Path) -> None:
    engine = build_fake_engine(tmp_path / "home")
    try:
        done = remember(engine, " the kettle ", open_screen=lambda: Desktop(monitors=(LEFT, RIGHT)))
        kept = engine.memory.find_moments(done.moments)
        assert [kept[m].kind.value for m in done.moments] == ["note", "screenshot", "screenshot"]
        assert {m.session for m in kept.values()} == {done.session}
        assert kept[done.moments[0]].text == "the kettle"
        assert "Invoice 4711" in kept[done.moments[1]].text
        assert engine.memory.moments_without_vectors("fake/hash-embedder@1", limit=9) == []
    finally:
        engine.close()


def test_the_note_is_kept_whatever_becomes_of_the_screen(tmp_path: Path) -> None:
    engine = build_fake_engine(tmp_path / "home")
    try:
        for screen in (no_screen, lambda: Desktop(windows=(VAULT,))):
            done = remember(engine, "alone", open_screen=screen)
            assert len(done.moments) == len(done.reasons) == 1
        assert len(remember(engine, "no picture wanted", with_screen=False).moments) == 1
        with pytest.raises(UserError, match="nothing to remember"):
            remember(engine, "", open_screen=no_screen)
    finally:
        engine.close()


def test_one_picture_follows_the_same_rules_and_own_windows_are_painted_over() -> None:
    rules = Exclusions.parse("keepass", "")
    taken = take_now(Desktop(windows=(VAULT,)), rules, now_us=lambda: 1, rest=lambda _s: None)
    assert (taken.shots, taken.reasons) == ((), (HIDDEN,))
    assert take_now(Desktop(is_locked=True), rules, now_us=lambda: 1).reasons == (LOCKED,)
    own = Window(id=5, app="madeleine", title="Madeleine", box=Box(0, 0, 160, HEIGHT), is_own=True, is_active=True)
    beside = Desktop(windows=(own, replace(NOTES, is_active=False)))
    (shot,) = take_now(beside, rules, now_us=lambda: 1, rest=lambda _s: None).shots
    assert (shot.pixels[:, :160] == 128).all()
    assert not np.array_equal(shot.pixels[:, 160:], np.full_like(shot.pixels[:, 160:], 128))


def test_windows_that_never_rest_are_not_kept() -> None:
    desktop = Desktop()

    def rename(_s: float) -> None:
        desktop.rename(f"page {desktop.n_grabs}")

    taken = take_now(desktop, Exclusions(), now_us=lambda: 1, rest=rename)
    assert (taken.shots, taken.reasons, desktop.n_grabs) == ((), (UNSURE,), 5)


class Voice:
    """A microphone into which somebody speaks as soon as it is opened: a tone, then silence with a little noise."""

    def __init__(self, *, spoken_s: float = 1.0, quiet_s: float = 3.0, device: Device = LAPTOP) -> None:
        self._pcm = np.concatenate([
            noise(0.5, device.max_channels, level=20.0),
            noise(spoken_s, device.max_channels, level=4000.0),
            noise(quiet_s, device.max_channels, level=20.0),
        ])  # fmt: skip
        self._microphones = ReplayedMicrophones(device)
        self.n_opened = 0

    def list_devices(self) -> list[Device]:
        return self._microphones.list_devices()

    def open(self, wanted: Wanted, sink: Sink) -> ReplayedMicrophone:
        self.n_opened += 1
        stream = self._microphones.open(replace(wanted, rate_hz=RATE_HZ), sink)
        stream.hear(self._pcm)
        return stream


def spoken_of(engine: Engine, moments: tuple[str, ...]) -> Moment:
    (spoken,) = [m for m in engine.memory.find_moments(moments).values() if m.kind is Kind.NOTE and m.media]
    return spoken


def test_what_is_said_is_kept_as_sound_and_words_beside_the_screen(tmp_path: Path) -> None:
    engine = build_fake_engine(tmp_path / "home")
    voice, told = Voice(spoken_s=3.0), []
    engine.spoken.microphones = lambda: voice
    try:
        speaking = Speaking(longest_s=30.0, report=told.append)
        done = remember(engine, "the kettle", speaking=speaking, open_screen=Desktop)
        assert done.unheard is None
        kept = engine.memory.find_moments(done.moments)
        assert [kept[m].kind for m in done.moments] == [Kind.NOTE, Kind.SCREENSHOT, Kind.NOTE]
        spoken = spoken_of(engine, done.moments)
        assert spoken.text == "the boiler man comes on friday"
        assert spoken.session == done.session
        assert spoken.media is not None
        assert spoken.media.duration_s == pytest.approx(5.0, abs=0.11)  # half a second, three of speech, 1.5 of silence
        sound, rate_hz = soundfile.read(engine.memory.media_path(spoken.media), dtype="int16", always_2d=True)
        assert (rate_hz, len(sound)) == (RATE_HZ, round(spoken.media.duration_s * RATE_HZ))
        assert max(loudness.peak for loudness in told) > 0.1
        assert not list((tmp_path / "home" / "spoken").iterdir())  # it left the spool
        assert [m.id for m in find_trail(engine.memory, spoken)] == [m.id for m in engine.memory.iter_moments()]
        assert spoken.id in {found.moment.id for found in engine.search("boiler").found}
        engine.forget([spoken.id])
        assert not engine.memory.media_path(spoken.media).exists()
    finally:
        engine.close()


def test_without_a_microphone_the_rest_is_kept_and_it_is_said(tmp_path: Path) -> None:
    engine = build_fake_engine(tmp_path / "home")
    engine.spoken.microphones = ReplayedMicrophones
    try:
        done = remember(engine, "typed", with_screen=False, speaking=Speaking(longest_s=5.0))
        assert done.unheard is not None
        assert done.unheard.error == "There is no microphone."
        assert len(done.moments) == 1
        with pytest.raises(UserError, match="There is no microphone"):
            remember(engine, "", with_screen=False, speaking=Speaking(longest_s=5.0))
        muted = ReplayedMicrophones(LAPTOP)

        class Muted(Voice):
            def open(self, wanted: Wanted, sink: Sink) -> ReplayedMicrophone:
                stream = muted.open(wanted, sink)
                stream.hear(np.zeros((stream.rate_hz * 11, 2), np.int16))
                return stream

        engine.spoken.microphones = Muted
        done = remember(engine, "typed", with_screen=False, speaking=Speaking(longest_s=30.0))
        assert done.unheard is not None
        assert "muted" in done.unheard.error
    finally:
        engine.close()


def test_while_a_recording_runs_its_own_sound_is_taken_and_no_second_device_opened(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with closing(build_fake_engine(home)) as engine:
        microphones = ReplayedMicrophones(DESK)
        engine.spoken.microphones = lambda: microphones
        desk = RecordingDesk(engine, home, microphones)
        desk.open()
        desk.start(Wanted(n_channels=2))
        live = microphones.live
        assert live is not None
        stopped = threading.Event()
        listening = threading.Thread(
            target=lambda: heard.append(engine.spoken.listen(is_stopped=stopped.is_set, longest_s=30.0))
        )
        heard: list[Heard] = []
        listening.start()
        wait_until(lambda: any((home / "spoken").glob("*/session.json")))
        said = noise(2.0, 2, level=4000.0)
        live.hear(said)
        wait_until(lambda: desk.status().recorded_s >= 2.0)
        stopped.set()
        listening.join()
        kept = engine.spoken.keep(heard[0].key)
        assert kept is not None
        assert microphones.n_opened == 1
        media = engine.memory.get_moment(kept.moment).media
        assert media is not None
        sound = soundfile.read(engine.memory.media_path(media), dtype="int16", always_2d=True)[0]
        np.testing.assert_array_equal(sound, said)
        live.hear(noise(0.5, 2))
        wait_until(lambda: desk.status().recorded_s >= 2.5)  # the recording goes on
        assert desk.stop()
        assert desk.finish(60)


def test_what_was_said_under_incognito_is_let_go(tmp_path: Path) -> None:
    with closing(build_fake_engine(tmp_path / "home")) as engine:
        engine.spoken.microphones = Voice
        begin = engine.incognito.begin
        with pytest.raises(UserError, match="Incognito"):
            engine.spoken.listen(report=lambda loudness: begin() if loudness.seconds > 1 else None)
        assert not list((tmp_path / "home" / "spoken").iterdir())
        assert engine.memory.count_moments() == 0


@pytest.mark.parametrize("point", ["spoken.file", "spoken.job", "spoken.kept", "ingest.begin"])
def test_kill_9_loses_no_spoken_word_and_doubles_none(tmp_path: Path, point: str) -> None:
    """A process that listens and keeps is killed at each step; the next start has the note once, in its session."""
    home = tmp_path / "home"
    script = (
        "import sys; from pathlib import Path; from tests.unit.app.test_remember import *\n"
        "engine = build_fake_engine(Path(sys.argv[1])); engine.spoken.microphones = lambda: Voice(spoken_s=3.0)\n"
        "remember(engine, 'typed', with_screen=False, speaking=Speaking(longest_s=9.0))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(home)], env={**os.environ, VARIABLE: point}, check=False)
    assert ran.returncode == -signal.SIGKILL
    for _ in range(2):
        with closing(build_fake_engine(home)) as engine:
            engine.resume_imports()
            typed, spoken = sorted(engine.memory.iter_moments(), key=lambda m: m.media is not None)
            assert (typed.text, spoken.text) == ("typed", "the boiler man comes on friday")
            assert typed.session == spoken.session
            assert not list((home / "spoken").iterdir())


def test_kill_9_while_somebody_speaks(tmp_path: Path) -> None:
    home = tmp_path / "home"
    script = (
        "import os, sys; from pathlib import Path; from tests.unit.app.test_remember import *\n"
        "engine = build_fake_engine(Path(sys.argv[1])); engine.spoken.microphones = lambda: Voice(spoken_s=4.0)\n"
        "die = lambda loudness: os.kill(os.getpid(), 9) if loudness.seconds > 3.9 else None\n"
        "remember(engine, '', open_screen=Desktop, speaking=Speaking(longest_s=9.0, report=die))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(home)], check=False)
    assert ran.returncode == -signal.SIGKILL
    with closing(build_fake_engine(home)) as engine:
        remember(engine, "the next one", with_screen=False)  # does what was left, as the start of the window does
        engine.forget([m.id for m in engine.memory.iter_moments() if m.text == "the next one"])
        screen, spoken = sorted(engine.memory.iter_moments(), key=lambda m: m.kind is Kind.NOTE)
        assert (screen.kind, screen.session) == (Kind.SCREENSHOT, spoken.session)
        assert spoken.text == "the boiler man comes on friday"
        assert spoken.media is not None
        assert spoken.media.duration_s > 2.8  # what was written in the last second may not be on disk


def test_speech_ends_after_a_pause_and_not_within_what_is_said() -> None:
    end = SpeechEnd()
    quiet, loud = Levels((0.01,), (0.001,)), Levels((0.3,), (0.05,))
    assert not any(end.is_over(levels, 0.1) for levels in [quiet] * 40 + [loud] * 5 + [quiet] * 14 + [loud] * 3)
    assert [end.is_over(quiet, 0.1) for _ in range(15)].index(True) >= 14
    silent = SpeechEnd()
    assert [silent.is_over(quiet, 0.1) for _ in range(101)].index(True) >= 98
    assert not silent.was_loud
