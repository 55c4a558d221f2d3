"""A memory of its own for each test, and an importer into it with fakes for its models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.importer import Importer
from memory.store import Memory
from tests.support.ingest_files import build_importer


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "home", use_chroma=False) as opened:
        yield opened


@pytest.fixture
def importer(memory: Memory) -> Iterator[Importer]:
    made = build_importer(memory)
    yield made
    made.close()
