from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from ingest.devices import NoMicrophone, choose_channels, choose_device
from ingest.microphone import PortAudioMicrophones
from tests.support.capture_fakes import DESK, LAPTOP


@pytest.mark.parametrize(
    ("told", "found"),
    [(None, DESK), ("Laptop pair", LAPTOP), ("laptop", LAPTOP), ("1", LAPTOP), ("ARRAY", DESK)],
)
def test_a_device_is_found_by_default_name_part_or_number(told: str | None, found: object) -> None:
    assert choose_device([LAPTOP, DESK], told) == found


def test_a_device_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(NoMicrophone, match="no microphone “studio”") as told:
        choose_device([DESK, LAPTOP], "studio")
    assert "Desk array, Laptop pair" in told.value.hint


def test_a_part_that_fits_two_names_is_refused() -> None:
    with pytest.raises(NoMicrophone, match="Several"):
        choose_device([DESK, replace(LAPTOP, name="Desk pair")], "desk")


def test_no_device_at_all_is_told() -> None:
    with pytest.raises(NoMicrophone, match="There is no microphone"):
        choose_device([], None)


def test_all_channels_of_a_real_device_and_one_of_a_virtual_one() -> None:
    assert choose_channels(DESK, None) == 4
    assert choose_channels(replace(DESK, max_channels=16), None) == 16
    assert choose_channels(replace(DESK, max_channels=128), None) == 1
    assert choose_channels(replace(DESK, max_channels=128), 16) == 16


@pytest.mark.parametrize("n_channels", [0, 5, 17])
def test_channels_that_are_not_there_are_refused(n_channels: int) -> None:
    with pytest.raises(NoMicrophone):
        choose_channels(DESK, n_channels)


def test_without_pyaudio_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyaudio", None)
    with pytest.raises(NoMicrophone, match="not installed") as told:
        PortAudioMicrophones().list_devices()
    assert told.value.hint == "Run: make setup"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ALSA is Linux's")
def test_a_system_without_settings_for_sound_ends_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nowhere/alsa.conf")
    with pytest.raises(NoMicrophone, match="no settings") as told:
        PortAudioMicrophones().list_devices()
    assert "libasound2-data" in told.value.hint
