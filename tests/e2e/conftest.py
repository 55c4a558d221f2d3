"""The real weights, and one memory of the sample day that all tests share (those that change it take a copy)."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.weights import load_catalogue
from tests.support.e2e_files import SAMPLE_DAY
from tests.support.e2e_process import Day, Madeleine
from tests.support.models_weights import get_weights


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.weights)


@pytest.fixture(scope="session")
def weights() -> Path:
    """The folder of the default profile's weights."""
    models = [model.id for model in load_catalogue().get_profile("default").models.values()]
    return get_weights(*models).root.absolute()


@pytest.fixture
def madeleine(tmp_path: Path, weights: Path) -> Madeleine:
    """The command line on an empty home."""
    return Madeleine(tmp_path / "home", weights)


@pytest.fixture(scope="session")
def day(tmp_path_factory: pytest.TempPathFactory, weights: Path) -> Day:
    """Import the sample day once, in a process whose umask protects nothing."""
    madeleine = Madeleine(tmp_path_factory.mktemp("day") / "home", weights, umask=0o000)
    ran = madeleine("import", "--json", "--array", "circle4_45mm", SAMPLE_DAY)
    assert ran.code == 0, ran.err
    return Day(madeleine, ran.json)
