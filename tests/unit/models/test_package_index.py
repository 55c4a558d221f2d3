from __future__ import annotations

from pathlib import Path

import pytest

from models.errors import SourceUnreachable
from models.fetch import Web
from models.package_index import PackageIndex, PipSettings, read_pip_settings
from tests.support.models_server import FakeNet, build_wheel, serve

WEB = Web(timeout_s=2, pauses_s=())
NOWHERE = PipSettings(("http://127.0.0.1:9/simple",))


def test_environment_wins_over_pips_files() -> None:
    settings = read_pip_settings(
        {"PIP_INDEX_URL": "https://mirror.example/simple/", "PIP_EXTRA_INDEX_URL": "https://b.example/s file:///x"}
    )
    assert settings.indexes == ("https://mirror.example/simple", "https://b.example/s")


def test_settings_are_read_from_pips_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "pip.conf"
    config.write_text("[global]\nindex-url = https://mirror.example/simple\n", "utf-8")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(config))
    assert read_pip_settings({}).indexes[0] == "https://mirror.example/simple"


def test_right_version_is_picked_and_source_archives_are_not() -> None:
    with serve(FakeNet()) as net:
        net.add_wheel("some-part", "0.1.0", {"x": b"old"})
        net.add_wheel("some-part", "0.2.0", {"x": b"new"})
        index = PackageIndex(PipSettings((f"{net.url}/simple",)), WEB, use_pip=False)
        link = index.find_wheel("Some.Part", "0.2.0")
        assert link is not None
        assert link.filename == "some_part-0.2.0-py3-none-any.whl"
        assert index.find_wheel("some-part", "0.3.0") is None
        assert index.find_wheel("other", "0.2.0") is None


def test_second_index_is_asked_where_the_first_is_dead() -> None:
    with serve(FakeNet()) as net:
        net.add_wheel("some-part", "0.2.0", {"x": b"new"})
        index = PackageIndex(PipSettings((*NOWHERE.indexes, f"{net.url}/simple")), WEB, use_pip=False)
        assert index.find_wheel("some-part", "0.2.0") is not None


def test_pip_brings_what_our_own_way_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    links = tmp_path / "links"
    links.mkdir()
    members = {
        "some_part-0.2.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: some-part\nVersion: 0.2.0\n",
        "some_part-0.2.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "some_part-0.2.0.dist-info/RECORD": b"",
        "some_part/data.bin": b"bytes",
    }
    (links / "some_part-0.2.0-py3-none-any.whl").write_bytes(build_wheel(members))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(links))
    target = tmp_path / "target"
    target.mkdir()
    path = PackageIndex(NOWHERE, WEB).fetch_wheel("some-part", "0.2.0", target)
    assert path.parent == target
    assert path.read_bytes() == (links / path.name).read_bytes()
    with pytest.raises(SourceUnreachable, match="did not give some-part 9"):
        PackageIndex(NOWHERE, WEB).fetch_wheel("some-part", "9", target)
