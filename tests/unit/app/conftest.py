"""The command line in this process, on an engine of fakes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.engine import Engine
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


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with closing(build_fake_engine(tmp_path / "home")) as built:
        yield built
