"""Models in the settings: fetched from a server on this machine, checked, measured and removed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import app.models_desk
from app.errors import UserError
from app.models_desk import ModelDesk
from app.ui.main_window import MainWindow
from app.ui.models_controller import Doing
from app.ui.models_section import ModelRow
from app.ui.theme import LIGHT
from models.fetch import Web
from models.package_index import PackageIndex, PipSettings
from models.protocols import CancelToken
from models.pull import Hub, Sources
from models.weights import Catalogue, WeightsFolder, load_catalogue
from tests.support.models_server import FakeNet, serve
from tests.support.ui_desk import WAIT_MS
from tests.support.ui_fakes import FakeEngine, FakeSound, now_us

LEFT = Qt.MouseButton.LeftButton
BYTES = bytes(range(256)) * 4000
HUB_PATH = "/owner/repo/resolve/abcdef0123/model.bin"
WEB = Web(timeout_s=5, pauses_s=(0.01, 0.01))
TASKS = ("transcribe", "speech", "voice", "read_text", "embed", "chat")


def small_catalogue() -> Catalogue:
    """A set in which only the language model can be fetched."""
    profile = "".join(f'{task} = "{task}"\n' for task in TASKS)
    parts = [f"[profile.default]\n{profile}"]
    for task in TASKS:
        parts.append(f'[[model]]\nid = "{task}"\ntask = "{task}"\ntitle = "Small {task}"\nlicence = "MIT"\n')
        if task == "chat":
            parts.append('repo = "owner/repo"\nrevision = "abcdef0123"\n[[model.file]]\nname = "model.bin"\n')
            parts.append(f'bytes = {len(BYTES)}\nsha256 = "{hashlib.sha256(BYTES).hexdigest()}"\n')
        else:
            parts.append('bundled = "json"\n[[model.file]]\nname = "decoder.py"\n')
    return load_catalogue("".join(parts))


class NetEngine(FakeEngine):
    """An engine whose models come from a server on this machine."""

    net: FakeNet

    @property
    def models(self) -> ModelDesk:
        index = PackageIndex(PipSettings((f"{self.net.url}/simple",)), WEB, use_pip=False)
        catalogue = small_catalogue()
        return ModelDesk(
            WeightsFolder(self.memory.folder / "models"),
            catalogue,
            catalogue.get_profile("default"),
            self.memory.folder,
            sources=lambda: Sources(Hub(WEB, self.net.url, probe_s=2), index),
        )


@pytest.fixture
def net() -> Iterator[FakeNet]:
    with serve(FakeNet()) as served:
        yield served


@pytest.fixture
def window(qtbot: QtBot, net: FakeNet, tmp_path: Path) -> Iterator[MainWindow]:
    engine = NetEngine(tmp_path / "home")
    engine.net = net
    opened = MainWindow(lambda: engine, home_label="test", sound=FakeSound(), now_us=now_us, theme=LIGHT)  # type: ignore[arg-type,return-value]
    opened.resize(1100, 900)
    opened.start()
    qtbot.waitUntil(lambda: opened.is_furnished and opened.work.asking.model.n_moments is not None, timeout=WAIT_MS)
    opened.commands.run("go-settings")
    qtbot.waitUntil(lambda: opened.work.settings.is_built, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "chat" in opened.work.settings.models.rows, timeout=WAIT_MS)
    yield opened
    opened.close()
    opened.deleteLater()


def row_of(window: MainWindow) -> ModelRow:
    return window.work.settings.models.rows["chat"]


def wait_said(qtbot: QtBot, row: ModelRow, words: str) -> None:
    qtbot.waitUntil(lambda: words in row.said.text(), timeout=WAIT_MS)


def test_a_model_is_fetched_checked_found_damaged_and_removed(
    qtbot: QtBot, window: MainWindow, net: FakeNet, tmp_path: Path
) -> None:
    row, path = row_of(window), tmp_path / "home" / "models" / "chat" / "model.bin"
    assert row.title.text() == "Answers in sentences: Small chat (used)"
    assert "1.0 MB on the disk · licence MIT · not fetched" in row.about.text()
    assert "no answer in sentences" in row.about.text()
    assert "not measured yet" in row.measured.text()
    assert not row.remove.isVisible()
    net.files[HUB_PATH] = BYTES
    assert net.asked == [], "nothing is asked of the network before somebody wants it"
    with qtbot.waitSignal(window.work.settings.model_came, timeout=WAIT_MS):
        qtbot.mouseClick(row.pull, LEFT)
    wait_said(qtbot, row, "It is here")
    assert path.read_bytes() == BYTES
    qtbot.waitUntil(lambda: "every byte checked" in row.about.text(), timeout=WAIT_MS)

    path.write_bytes(BYTES[:-1] + b"?")
    qtbot.mouseClick(row.verify, LEFT)
    wait_said(qtbot, row, "Some of its bytes are wrong")
    qtbot.waitUntil(lambda: window.work.settings.model_controller.doing is None, timeout=WAIT_MS)
    qtbot.mouseClick(row.remove, LEFT)
    assert "Without it there is evidence" in window.notice.hint.text()
    assert path.exists(), "it is asked before"
    qtbot.mouseClick(window.notice.act, LEFT)
    wait_said(qtbot, row, "that freed 1.0 MB")
    assert not path.parent.exists()


def test_a_model_that_cannot_be_had_is_said_in_words_and_others_cannot_be_removed(
    qtbot: QtBot, window: MainWindow
) -> None:
    row = row_of(window)
    qtbot.mouseClick(row.pull, LEFT)
    wait_said(qtbot, row, "could not be fetched")
    assert row.pull.isVisible()
    assert not window.work.settings.models.rows["voice"].remove.isVisible()


def test_fetching_can_be_cancelled_and_goes_on_where_it_was(qtbot: QtBot, window: MainWindow, net: FakeNet) -> None:
    row = row_of(window)
    net.files[HUB_PATH] = BYTES
    net.cut_after[HUB_PATH] = len(BYTES) // 2
    qtbot.mouseClick(row.pull, LEFT)
    window.work.settings.model_controller.stop()
    qtbot.waitUntil(lambda: window.work.settings.model_controller.doing is None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(row.said.text()), timeout=WAIT_MS)
    if row.pull.isVisible():  # it was stopped before its end
        qtbot.mouseClick(row.pull, LEFT)
    wait_said(qtbot, row, "It is here")


def test_what_was_measured_is_kept_with_its_date_and_for_this_computer_only(
    qtbot: QtBot, window: MainWindow, net: FakeNet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: dict[str, Any] = {"load_s": 1.0, "memory_bytes": 1_900_000_000, "rates": {"tokens_written": 19.2}}
    monkeypatch.setattr(app.models_desk, "_run_child", lambda _words, _cancel: said)
    net.files[HUB_PATH] = BYTES
    row = row_of(window)
    qtbot.mouseClick(row.pull, LEFT)
    qtbot.waitUntil(row.measure.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(row.measure.isEnabled, timeout=WAIT_MS)
    qtbot.mouseClick(row.measure, LEFT)
    qtbot.waitUntil(
        lambda: "writes 19 tokens a second; 1.9 GB of working memory" in row.measured.text(), timeout=WAIT_MS
    )
    catalogue = small_catalogue()
    desk = ModelDesk(WeightsFolder(tmp_path), catalogue, catalogue.get_profile("default"), tmp_path / "home")
    assert {s.model.id for s in desk.list_models() if s.measured} == {"chat"}
    monkeypatch.setattr(app.models_desk, "_machine", lambda: "another computer")
    assert {s.model.id for s in desk.list_models() if s.measured} == set()


def test_a_model_that_is_not_here_is_not_measured(tmp_path: Path) -> None:
    catalogue = load_catalogue()
    desk = ModelDesk(WeightsFolder(tmp_path), catalogue, catalogue.get_profile("default"), tmp_path)
    with pytest.raises(UserError, match=r"It cannot be measured: .* is not here"):
        desk.measure("minilm-l6", cancel=CancelToken())


def test_what_is_confirmed_while_something_else_is_done_says_so(window: MainWindow) -> None:
    controller, row = window.work.settings.model_controller, row_of(window)
    controller.doing = Doing("voice", "Reading every byte…")
    controller.remove("chat")
    assert row.said.text() == "Small voice: Reading every byte…"
    controller.doing = None
