import os
import subprocess
import sys
import time
from pathlib import Path

import environment
import places
import pytest
import say
import system

LOCK = """#
# made by make lock
#
one==1.0 \\
    --hash=sha256:aa
    # via two
Two-name==2.0 ; python_version < "4" \\
    --hash=sha256:bb

# The following packages are considered to be unsafe in a requirements file:
pip==26.0 \\
    --hash=sha256:cc
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "madeleine"


def test_a_lock_is_read_as_one_block_a_package(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(LOCK)
    blocks = environment.read_lock(lock)
    assert list(blocks) == ["one", "two-name", "pip"]
    assert "sha256:bb" in blocks["two-name"]
    assert "sha256:cc" not in blocks["two-name"]


def test_our_locks_are_whole_and_hashed() -> None:
    for path in (places.RUNTIME_LOCK, places.TOOLS_LOCK):
        blocks = environment.read_lock(path)
        assert len(blocks) == path.read_text().count("\n") - path.read_text().replace("==", "").count("\n") + len(
            blocks
        )
        assert all("--hash=sha256:" in block for block in blocks.values())
    assert set(environment.COMPILED) <= set(environment.read_lock(places.RUNTIME_LOCK))
    assert "pip" in environment.read_lock(places.TOOLS_LOCK)


def test_another_lock_has_another_folder(tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "requirements.lock", tmp_path / "b" / "requirements.lock"
    for path, text in ((first, LOCK), (second, LOCK.replace("aa", "ab"))):
        path.parent.mkdir()
        path.write_text(text)
    assert places.keyed_folder("env", first) != places.keyed_folder("env", second)
    second.write_text(LOCK)
    assert places.keyed_folder("env", first) == places.keyed_folder("env", second)


def test_a_relative_cache_folder_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    assert places.cache_folder() == Path.home() / ".cache" / "madeleine"


def test_a_stamp_holds_for_its_content_only(tmp_path: Path) -> None:
    stamp = tmp_path / "new" / "step.ok"
    assert not places.is_stamped(stamp, "a")
    places.write_stamp(stamp, "a")
    assert places.is_stamped(stamp, "a")
    assert not places.is_stamped(stamp, "b")
    assert os.listdir(stamp.parent) == ["step.ok"]


def test_a_failing_command_shows_its_log(cache: Path) -> None:
    script = "import sys; print('the reason'); sys.exit(4)"
    with Path(os.devnull).open() as held:
        command = say.LoggedCommand([sys.executable, "-c", script], name="x", env={}, keep_open=held.fileno())
        with pytest.raises(say.SetupError, match="the reason"):
            command.wait(lambda _log: "working")
    assert (cache / "logs" / "x.log").read_text() == "the reason\n"


def _runs(process_id: str) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text().split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_stopping_a_command_ends_its_children(tmp_path: Path) -> None:
    child = tmp_path / "child"
    with Path(os.devnull).open() as held:
        command = say.LoggedCommand(
            ["sh", "-c", f"sleep 60 & echo $! > {child}; wait"], name="x", env=dict(os.environ), keep_open=held.fileno()
        )
        while not child.exists() or not child.read_text().strip():
            time.sleep(0.01)
        command.stop()
    deadline = time.monotonic() + 30
    while _runs(child.read_text().strip()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _runs(child.read_text().strip())


def test_only_what_is_missing_is_named() -> None:
    needs = [system.library("libc6", "libc.so.6"), system.library("libnone", "libnone.so.99")]
    needs += [
        system.program("none", "no-such-program"),
        system.program("coreutils", "ls"),
        system.header("none-dev", "none.h"),
    ]
    assert system.find_missing(needs) == ["libnone", "none", "none-dev"]


def test_without_rights_the_line_to_run_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system.shutil, "which", lambda *_args, **_more: None)
    with pytest.raises(say.SetupError, match="sudo apt-get install --no-install-recommends libnone"):
        system.provide([system.library("libnone", "libnone.so.99")])


def test_what_is_only_useful_stops_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system.shutil, "which", lambda *_args, **_more: None)
    system.provide([], [system.library("libnone", "libnone.so.99")])
    assert "going on without libnone" in capsys.readouterr().out


def test_the_overlay_finds_the_packages_and_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = environment.site_packages(tmp_path / "env")
    packages.mkdir(parents=True)
    (packages / "found_there.py").write_text("WORD = 'there'")
    checkout = tmp_path / "checkout"
    (checkout / "app").mkdir(parents=True)
    (checkout / "app" / "__init__.py").touch()
    (checkout / "app" / "cli.py").write_text(
        "import sys\ndef main():\n    import found_there\n    print(found_there.WORD, *sys.argv[1:])\n    return 7\n"
    )
    for name, value in (("OVERLAY", checkout / ".venv"), ("CHECKOUT", checkout)):
        monkeypatch.setattr(environment, name, value)
    monkeypatch.setattr(environment, "runtime_folder", lambda: tmp_path / "env")
    monkeypatch.setattr(environment, "tools_folder", lambda: tmp_path / "tools")
    environment._write_overlay(with_tools=False)
    (tmp_path / "app").mkdir()  # a folder of this name where the user stands must not be taken for ours
    done = subprocess.run(
        [checkout / ".venv" / "bin" / "madeleine", "a b"], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("there a b\n", "", 7)
