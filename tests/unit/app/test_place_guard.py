"""Excluded places: told by the networks that are joined, obeyed by recorders, noted as gaps that name no place."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from app.commands.capture import start_line
from app.engine import Engine
from app.errors import Exit, UserError
from app.incognito import INCOGNITO
from app.place_guard import PlaceGuard
from app.recording import RecordingDesk
from app.remember import Speaking, remember
from app.screens import ScreenDesk
from app.spoken import Loudness
from ingest.devices import Wanted
from ingest.own_places import OwnPlace
from ingest.recorder_status import State
from ingest.screen_status import ScreenState
from ingest.spoken_notes import FOLDER, note_cleared
from ingest.spool import SessionFacts, SessionWriter, Spool
from ingest.whereabouts import HERE, UNKNOWN, judge_place
from tests.support.app_engine import CommandLine, build_fake_engine
from tests.support.capture_fakes import DESK, ReplayedMicrophones, noise
from tests.support.ingest_files import wait_until
from tests.support.screen_fakes import Desktop

CLINIC = OwnPlace("Clinic", 52.5, 13.4, networks=("Clinic-Guest", "Clinic"), is_excluded=True)
HOME = OwnPlace("Home", 52.6, 13.5, networks=("Fritz",))
PHOTOS_ONLY = OwnPlace("Court", 52.7, 13.6, is_excluded=True)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with closing(build_fake_engine(tmp_path / "home")) as built:
        built.places.add("Clinic", 52.5, 13.4, 150.0)
        built.places.exclude("clinic", ["Clinic-Guest"])
        built.place_guard.find_networks = lambda: ("Clinic-Guest",)
        yield built


def test_a_crash_while_somebody_spoke_there_keeps_nothing_and_one_after_it_all(engine: Engine) -> None:
    spool, writers = Spool(engine.memory.home.root, FOLDER), []
    for said_us in (1_000_000, 2_000_000):
        spool.create()
        facts = SessionFacts(started_us=said_us, device="desk", n_channels=1, rate_hz=16_000)
        writers.append(SessionWriter(spool, facts))
        writers[-1].write(noise(1.0, 1))
        writers[-1].close()
    note_cleared(spool, writers[1].key)  # it was heard to its end elsewhere
    (kept,) = engine.spoken.recover()
    assert engine.memory.get_moment(kept.moment).started_us == 2_000_000
    assert spool.list_keys() == []


def test_what_was_said_before_one_came_there_is_let_go(tmp_path: Path, engine: Engine) -> None:
    microphones = ReplayedMicrophones(DESK)
    engine.spoken.microphones = lambda: microphones
    with pytest.raises(UserError, match="Nothing is kept here"):
        engine.spoken.listen()
    assert microphones.n_opened == 0
    engine.place_guard.find_networks = lambda: ("Fritz",)

    def speak(loudness: Loudness) -> None:
        assert loudness.seconds < 9.0

    def is_stopped() -> bool:
        if microphones.live is not None and not any((tmp_path / "home" / "spoken").glob("*/*_*")):
            microphones.live.hear(noise(1.0, 4))
            return False
        return microphones.live is not None

    heard = engine.spoken.listen(is_stopped=is_stopped, report=speak)
    engine.place_guard.find_networks = lambda: ("Clinic-Guest",)
    with pytest.raises(UserError, match="Nothing is kept here"):
        remember(engine, "", with_screen=False, speaking=Speaking(heard=[heard.key]))
    assert not any((tmp_path / "home" / "spoken").iterdir())


@pytest.mark.parametrize(
    ("places", "networks", "keeps_unknown", "reason"),
    [
        ((CLINIC, HOME), ("Clinic",), False, HERE),
        ((CLINIC, HOME), ("Fritz", "Clinic-Guest"), True, HERE),
        ((CLINIC, HOME), ("Fritz",), False, None),
        ((CLINIC,), ("A café",), False, None),
        ((CLINIC,), (), False, UNKNOWN),
        ((CLINIC,), (), True, None),
        ((HOME, PHOTOS_ONLY), (), False, None),
        ((), ("Clinic",), False, None),
    ],
)
def test_the_networks_tell_the_place(
    places: tuple[OwnPlace, ...], networks: tuple[str, ...], keeps_unknown: bool, reason: str | None
) -> None:
    assert judge_place(places, networks, keeps_unknown=keeps_unknown) == reason


def test_nothing_is_recorded_at_an_excluded_place_and_it_goes_on_elsewhere(tmp_path: Path, engine: Engine) -> None:
    microphones, guard = ReplayedMicrophones(DESK), engine.place_guard
    desk = RecordingDesk(engine, tmp_path / "home", microphones)
    desk.open()
    desk.start(Wanted(n_channels=1))
    wait_until(lambda: desk.status().state is State.PAUSED)
    assert start_line(desk.status(), held=engine.holds.reason).startswith(f"Nothing is recorded yet: {HERE}.")
    with pytest.raises(UserError, match="Nothing is kept here"):
        remember(engine, "a note", with_screen=False)
    guard.find_networks = tuple  # on the way home it is not known where the computer is
    guard.look()
    assert guard.reason == UNKNOWN
    guard.find_networks = lambda: ("Fritz",)
    guard.look()
    wait_until(lambda: desk.status().state is not State.PAUSED and microphones.live is not None)
    assert microphones.live is not None
    wait_until(microphones.live.is_active)
    microphones.live.hear(noise(1.0, 1))
    wait_until(lambda: desk.status().recorded_s == 1.0)
    guard.find_networks = lambda: ("Clinic-Guest",)
    guard.look()
    wait_until(lambda: desk.status().state is State.PAUSED)
    assert desk.stop()
    assert desk.finish(60)
    assert not guard.is_on
    gaps = engine.memory.list_gaps()
    assert [gap.reason for gap in gaps] == [HERE, UNKNOWN, HERE]
    assert gaps[0].ended_us == gaps[1].started_us
    assert not any("Clinic" in gap.reason for gap in gaps)
    guard.find_networks = lambda: ("Fritz",)
    assert remember(engine, "elsewhere", with_screen=False).moments


def test_the_screen_is_not_kept_there_either(tmp_path: Path, engine: Engine) -> None:
    desktop = Desktop()
    desk = ScreenDesk(engine, tmp_path / "home", open_screen=lambda: desktop)
    desk.open()
    desk.start()
    wait_until(lambda: desk.status().state is ScreenState.PAUSED)
    assert desk.status().reason == HERE
    assert desktop.n_grabs == 0
    engine.place_guard.find_networks = lambda: ("Fritz",)
    engine.place_guard.look()
    wait_until(lambda: desk.status().state is ScreenState.KEEPING)
    assert desk.stop()
    assert desk.finish(60)
    assert HERE in {gap.reason for gap in engine.memory.list_gaps()}


def test_a_crash_there_leaves_the_gap_to_the_next_start(tmp_path: Path, engine: Engine) -> None:
    engine.place_guard.attend("sound")
    assert engine.place_guard.is_on
    engine.place_guard.look()
    state = (tmp_path / "home" / "excluded_place.json").read_text()
    assert "Clinic" not in state
    engine.place_guard.leave("sound")
    (tmp_path / "home" / "excluded_place.json").write_text(state)  # as the crash would have left it
    with closing(build_fake_engine(tmp_path / "other")) as other:
        (tmp_path / "other" / "excluded_place.json").write_text(state)
    with closing(build_fake_engine(tmp_path / "other")) as other:
        other.place_guard.attend("sound")
        other.place_guard.leave("sound")
        assert [gap.reason for gap in other.memory.list_gaps()] == [HERE]
    assert [gap.reason for gap in engine.memory.list_gaps()] == [HERE]


def test_what_a_crash_left_there_ends_at_its_last_look_when_the_next_run_opens_its_desk(tmp_path: Path) -> None:
    home = tmp_path / "home"
    build_fake_engine(home).close()
    told = {"since_us": 10, "reason": HERE, "looked_us": 70}
    (home / "excluded_place.json").write_text(json.dumps(told))
    with closing(build_fake_engine(home)) as engine:
        desk = RecordingDesk(engine, home, ReplayedMicrophones(DESK))
        desk.open()
        assert not engine.place_guard.is_on
        assert [(gap.started_us, gap.ended_us) for gap in engine.memory.list_gaps()] == [(10, 70)]
        assert desk.finish(60)
    (home / "excluded_place.json").write_text(json.dumps(told))  # killed between the gap and the end of the file
    with closing(build_fake_engine(home)) as engine:
        engine.place_guard.settle()
        assert not (home / "excluded_place.json").exists()
        assert len(engine.memory.list_gaps()) == 1


def guard_at(home: Path, networks: Callable[[], Sequence[str]]) -> PlaceGuard:
    guard = PlaceGuard(home, add_gap=lambda _gap: None, places=lambda: [CLINIC], keeps_unknown=lambda: True)
    guard.find_networks = networks
    return guard


def test_a_source_that_begins_while_the_other_stops_stays_guarded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.place_guard._LOOK_S", 0.01)
    looks, goes_on, is_late = threading.Event(), threading.Event(), threading.Event()

    def find() -> Sequence[str]:
        if threading.current_thread().name == "place-guard" and not is_late.is_set():
            looks.set()
            goes_on.wait(10)
        return ("Clinic",)

    guard = guard_at(tmp_path, find)
    guard.attend("sound")
    assert looks.wait(10)
    leaving = threading.Thread(target=guard.leave, args=("sound",), daemon=True)
    leaving.start()
    wait_until(lambda: guard._watcher is None)
    told: list[bool] = []
    guard.listen(told.append)
    is_late.set()
    guard.attend("screen")  # before the old watcher has seen that it is to leave
    goes_on.set()
    leaving.join(5)
    assert not leaving.is_alive()
    assert guard.is_on
    assert False not in told
    guard.leave("screen")
    assert not guard.is_on


def test_neither_a_look_nor_a_listener_that_fails_ends_the_guard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("app.place_guard._LOOK_S", 0.01)
    networks: list[str] = ["Fritz"]
    n_failed = 0

    def find() -> Sequence[str]:
        nonlocal n_failed
        if not networks:
            n_failed += 1
            raise RuntimeError("Clinic")
        return tuple(networks)

    def fail(_is_on: bool) -> None:
        raise RuntimeError("Clinic")

    guard, told = guard_at(tmp_path, find), list[bool]()
    guard.listen(fail)
    guard.listen(told.append)
    guard.attend("sound")
    networks.clear()
    wait_until(lambda: n_failed > 0)
    networks.append("Clinic")
    wait_until(lambda: guard.is_on and told == [True])
    guard.leave("sound")
    assert told == [True, False]
    assert "RuntimeError" in caplog.text
    assert "Clinic" not in caplog.text


def test_incognito_that_begins_while_it_is_looked_keeps_what_begins_still(tmp_path: Path, engine: Engine) -> None:
    def find() -> Sequence[str]:
        engine.incognito.begin()
        return ("Fritz",)

    microphones, desktop = ReplayedMicrophones(DESK), Desktop()
    sound = RecordingDesk(engine, tmp_path / "home", microphones)
    screens = ScreenDesk(engine, tmp_path / "home", open_screen=lambda: desktop)
    for desk, begin in ((sound, lambda: sound.start(Wanted(n_channels=1))), (screens, screens.start)):
        desk.open()
        engine.place_guard.find_networks = find
        begin()
        assert engine.incognito.is_on
        wait_until(lambda desk=desk: desk.status().state in (State.PAUSED, ScreenState.PAUSED))
        assert desk.stop()
        assert desk.finish(60)
        engine.incognito.end()
    assert (microphones.n_opened, desktop.n_grabs) == (0, 0)
    assert {gap.reason for gap in engine.memory.list_gaps() if gap.source == "screen"} <= {INCOGNITO}


def test_a_note_in_which_one_comes_there_is_let_go(tmp_path: Path, engine: Engine) -> None:
    microphones = ReplayedMicrophones(DESK)
    engine.spoken.microphones = lambda: microphones
    engine.place_guard.find_networks = lambda: ("Fritz",)

    def come(loudness: Loudness) -> None:
        engine.place_guard.find_networks = lambda: ("Clinic-Guest",)

    def is_stopped() -> bool:
        if microphones.live is not None and not any((tmp_path / "home" / "spoken").glob("*/*_*")):
            microphones.live.hear(noise(1.0, 4))
            return False
        return microphones.live is not None

    with pytest.raises(UserError, match="Nothing is kept here"):
        engine.spoken.listen(is_stopped=is_stopped, report=come)
    assert not any((tmp_path / "home" / "spoken").iterdir())


def test_places_are_excluded_and_included_by_name(cli: CommandLine) -> None:
    cli("places", "add", "Clinic", "52.5", "13.4")
    told = cli("places", "exclude", "clinic", "--network", "Clinic-Guest", "--json").json["places"]
    assert told[0]["is_excluded"]
    assert told[0]["networks"] == ["Clinic-Guest"]
    assert "nothing is kept there (told by the network “Clinic-Guest”)" in cli("places", "list").out
    cli("places", "rename", "Clinic", "Hospital")
    cli("places", "add", "Hospital", "52.5", "13.41")  # moved or renamed, it stays excluded
    assert cli("places", "list", "--json").json["places"][0]["is_excluded"]
    assert "nothing is kept" not in cli("places", "include", "Hospital").out
    assert cli("places", "exclude", "nowhere").code == Exit.NOT_FOUND
    assert cli("settings", "unknown_place", "perhaps").code != Exit.DONE
    assert cli("settings", "unknown_place", "record").code == Exit.DONE
