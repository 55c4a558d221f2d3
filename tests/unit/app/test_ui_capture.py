from __future__ import annotations

from dataclasses import replace

import pytest

from app.ui.capture_view_model import CaptureViewModel, Choices, Face, Look, list_layouts, meter_share, size_words
from ingest.arrays import Array, load_array
from ingest.devices import NoMicrophone, Wanted
from ingest.recorder_status import OFF, State, Status
from ingest.records import ImportFailure
from tests.support.capture_fakes import DESK, LAPTOP

CIRCLE, PAIR, SIX = (load_array(name) for name in ("circle4_45mm", "laptop_pair", "respeaker_6"))
ON: Status = replace(
    OFF, state=State.RECORDING, device="Desk array", n_channels=4, rate_hz=16_000, n_bytes=1_300_000, recorded_s=42.4
)


def test_what_is_kept_is_told_from_the_disk() -> None:
    model = CaptureViewModel()
    model.take_look(Look(ON))
    assert (model.face, model.title(), model.is_on, model.is_red) == (Face.RUNNING, "Recording", True, False)
    assert model.detail() == "0:42 kept, 1.3 MB on disk · Desk array · 4 microphones"
    model.take_look(Look(replace(ON, n_lost_frames=3200), n_waiting=1))
    assert model.detail().endswith("0.2 s lost · writing down what came before…")


def test_nothing_kept_is_red_and_has_its_reason() -> None:
    model = CaptureViewModel()
    model.take_look(Look(replace(ON, state=State.FAILING, reason="the disk is full")))
    assert (model.is_red, model.title()) == (True, "Nothing is being kept")
    assert model.detail() == "The disk is full. Make room: it goes on by itself. 0:42 kept, 1.3 MB on disk."
    model.take_look(Look(replace(ON, state=State.FAILING, n_bytes=0)))
    assert model.detail().endswith(" 0:42 kept.")
    assert model.detail().startswith("No sound reaches the disk.")


def test_after_a_stop_it_tells_what_is_being_written_down_until_it_is() -> None:
    model = CaptureViewModel()
    model.take_look(Look(ON))
    model.take_look(Look(n_waiting=1))
    assert (model.face, model.title()) == (Face.AFTER, "Writing down what was recorded…")
    assert not model.is_quiet_end
    model.take_look(Look(n_recordings=1, n_moments=12))
    assert (model.title(), model.is_quiet_end) == ("Written down: 12 moments", True)
    model.close()
    assert model.face is Face.HIDDEN


def test_what_an_earlier_run_left_is_shown_and_nothing_otherwise() -> None:
    model = CaptureViewModel()
    model.take_look(Look())
    assert model.face is Face.HIDDEN
    model.take_look(Look(n_waiting=2))
    assert (model.face, model.title()) == (Face.AFTER, "Writing down 2 recordings…")


def test_what_cannot_be_written_down_stays_on_show() -> None:
    model = CaptureViewModel()
    model.take_look(Look(n_waiting=1))
    model.take_look(Look(failures=(ImportFailure("", "A piece is damaged.", "Listen to it."),)))
    assert (model.title(), model.detail()) == (
        "Not everything could be written down", "A piece is damaged. Listen to it.",
    )  # fmt: skip
    assert not model.is_quiet_end


def test_what_only_waits_for_a_model_is_kept_and_nothing_is_wrong() -> None:
    model = CaptureViewModel()
    model.take_look(Look(n_waiting=1))
    model.take_look(Look(failures=(ImportFailure("", "It waits for Whisper.", "Fetch it.", waits=True),)))
    assert (model.title(), model.is_waiting, model.is_red) == ("The recording is kept", True, False)
    assert "once a model is here" in model.detail()
    assert not model.is_quiet_end


def test_no_device_is_said_in_words() -> None:
    model = CaptureViewModel()
    model.open_choices()
    assert (model.title(), model.detail()) == ("Looking for microphones…", "")
    model.take_choices(Choices((), (CIRCLE,)))
    assert (model.title(), model.layouts(0)) == ("There is no microphone", ())
    assert "Everything else works without one." in model.detail()
    model.take_error(NoMicrophone("PyAudio is not installed.", hint="Run make setup."))
    assert (model.face, model.title()) == (Face.CHOOSING, "Recording cannot start")
    assert model.detail() == "PyAudio is not installed. Run make setup."


def test_a_device_is_recorded_as_it_comes_as_an_array_that_fits_or_with_one_microphone() -> None:
    layouts = list_layouts(DESK, (SIX, PAIR, CIRCLE))
    assert [(each.n_channels, each.array) for each in layouts] == [(4, None), (4, CIRCLE), (2, PAIR), (1, None)]
    assert layouts[0].words == "4 microphones, places unknown"
    virtual = replace(DESK, max_channels=64)
    assert [each.n_channels for each in list_layouts(virtual, (SIX, CIRCLE))] == [1, 6, 4]


def test_devices_of_one_name_are_told_apart_by_number() -> None:
    model = CaptureViewModel()
    twin = replace(LAPTOP, name=DESK.name)
    model.take_choices(Choices((DESK, LAPTOP), ()))
    assert model.default_device == 0
    assert model.wanted(1, model.layouts(1)[0]) == Wanted(device="Laptop pair", n_channels=2)
    model.take_choices(Choices((DESK, twin), ()))
    assert model.wanted(1, model.layouts(1)[0]).device == str(twin.number)


@pytest.mark.parametrize(("level", "share"), [(0.0, 0.0), (1.0, 1.0), (0.001, 0.0), (0.0316, 0.5), (2.0, 1.0)])
def test_meters_go_in_even_steps_of_decibels(level: float, share: float) -> None:
    assert meter_share(level) == pytest.approx(share, abs=0.01)


def test_sizes_are_words() -> None:
    assert [size_words(n) for n in (0, 640_000, 1_300_000, 2_500_000_000)] == ["0 kB", "640 kB", "1.3 MB", "2.50 GB"]


def test_what_was_recorded_with_last_is_offered_first() -> None:
    model = CaptureViewModel()
    array = Array("four", tuple((0.01 * n, 0.0, 0.0) for n in range(4)))
    model.take_choices(Choices((LAPTOP, DESK), (array,), DESK.name, 4, array))
    assert model.default_device == 1
    assert model.layouts(1)[model.default_layout(1)].array == array
    assert model.default_layout(0) == 0
    model.take_choices(Choices((LAPTOP,), (array,), DESK.name, 4, array))  # it is not plugged in
    assert (model.default_device, model.default_layout(0)) == (0, 0)
