"""The test of the microphones on a real sound server: what comes from the left of a virtual array is heard there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.capture_pulse import virtual_array
from tests.unit.ingest.test_bearing import clap

ROOT = Path(__file__).resolve().parents[2]
_LISTEN = """
import json, sys, time
from ingest.arrays import load_array
from ingest.devices import Wanted
from ingest.microphone import PortAudioMicrophones
from ingest.sound_check import SoundCheck
check = SoundCheck(PortAudioMicrophones(), Wanted(device="array", n_channels=4), load_array("circle4_45mm"))
check.open()
print("open", flush=True)
bearings, silent = [], []
until_s = time.monotonic() + 4.0
while time.monotonic() < until_s:
    look = check.look()
    bearings += [] if look.bearing_rad is None else [look.bearing_rad]
    silent = look.silent
    time.sleep(0.1)
check.close()
print(json.dumps({"bearings": bearings, "heard_s": look.heard_s, "silent": silent}))
"""


@pytest.fixture
def short_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="array") as folder:
        yield Path(folder)


def test_a_clap_from_the_left_is_heard_from_the_left(short_folder: Path) -> None:
    claps = np.concatenate([clap("circle4_45mm", 90, seed=n) for n in range(4)])
    claps[:, 3] = 0  # and one microphone is dead
    soundfile.write(short_folder / "claps.wav", claps, 16_000, subtype="PCM_16")
    with virtual_array(short_folder, 4) as array:
        listener = subprocess.Popen(
            [sys.executable, "-c", _LISTEN],
            env={**os.environ, **array.environment, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert listener.stdout is not None
        assert listener.stdout.readline().strip() == "open"
        array.play(short_folder / "claps.wav")
        told = json.loads(listener.communicate(timeout=60)[0])
    assert told["heard_s"] > 1.0
    assert told["silent"] == [3]
    degrees = np.degrees(told["bearings"])
    assert len(degrees) >= 3
    assert np.median(np.abs((degrees - 90 + 180) % 360 - 180)) <= 20
