from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtMultimedia import QMediaPlayer
from pytestqt.qtbot import QtBot

from app.ui.player import Player, QtSound
from tests.support.ui_desk import WAIT_MS

soundfile = pytest.importorskip("soundfile")


@pytest.fixture
def flac(tmp_path: Path) -> Path:
    path = tmp_path / "tone.flac"
    rate = 16000
    tone = 0.1 * np.sin(2 * np.pi * 440 * np.arange(3 * rate) / rate)
    soundfile.write(path, tone.astype(np.float32), rate)
    return path


def test_a_real_flac_starts_at_the_right_second_and_stops_at_its_end(qtbot: QtBot, flac: Path) -> None:
    parent = QObject()
    player = Player(parent, sound=QtSound(parent, needs_device=False))
    shares: list[float] = []
    heard_ms: list[int] = []
    player.changed.connect(lambda: shares.append(player.share))
    player.play("m", flac, offset_s=1.5, length_s=1.0)
    raw = parent.findChild(QMediaPlayer)
    assert raw is not None
    raw.positionChanged.connect(heard_ms.append)
    qtbot.waitUntil(lambda: player.moment is None, timeout=WAIT_MS)
    played = [position for position in heard_ms if position > 0]
    assert played
    assert min(played) >= 1500
    assert shares == [*sorted(shares[:-1]), 0.0]
    parent.deleteLater()


def test_what_cannot_be_played_is_said_in_words(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(b"this is no sound at all")
    parent = QObject()
    player = Player(parent, sound=QtSound(parent, needs_device=False))
    with qtbot.waitSignal(player.failed, timeout=WAIT_MS) as heard:
        player.play("m", path, offset_s=0.0, length_s=1.0)
    assert heard.args == ["This recording cannot be played here."]
    assert player.moment is None
    parent.deleteLater()


def test_speed_holds_for_what_plays_and_for_what_follows(qtbot: QtBot, flac: Path) -> None:
    parent = QObject()
    player = Player(parent, sound=QtSound(parent, needs_device=False))
    player.set_rate(2.0)
    player.play("m", flac, offset_s=0.0, length_s=3.0)
    raw = parent.findChild(QMediaPlayer)
    assert raw is not None
    assert raw.playbackRate() == 2.0
    player.set_rate(0.75)
    assert raw.playbackRate() == 0.75
    qtbot.waitUntil(lambda: player.position_s > 0, timeout=WAIT_MS)
    player.stop()
    parent.deleteLater()
