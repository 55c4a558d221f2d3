"""The command line in this process, on an engine of fakes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.app_engine import CommandLine, build_fake_engine


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    before = os.umask(0o022)
    monkeypatch.setattr("app.compose.build_engine", build_fake_engine)
    monkeypatch.setenv("MADELEINE_MODELS", str(tmp_path / "models"))
    for name in ("MADELEINE_HOME", "MADELEINE_PROFILE", "MADELEINE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    yield CommandLine(tmp_path / "home", capsys)
    os.umask(before)
