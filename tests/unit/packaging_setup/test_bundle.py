from __future__ import annotations

import configparser
import os
import re
import runpy
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import bundle
import debian
import pytest
from places import CHECKOUT

_STARTED = re.compile(r'(?:sys\.executable, (?:"-P", )?"-m", "|\bstart\("(?=[a-z]+\.))([\w.]+)"')
ENTRY = CHECKOUT / "packaging" / "bundle" / "entry.py"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and in place of the real bundle a small program that lies in a folder as it does."""
    program = tmp_path / "dist" / "madeleine" / "madeleine"
    (program.parent / "_internal").mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "madeleine from $(dirname "$0")"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(bundle, "build", lambda: program)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def read_entry(path: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(path, encoding="utf-8")
    return parser["Desktop Entry"]


def test_what_is_installed_starts_and_stands_among_the_applications(home: Path) -> None:
    bundle.install([])
    bundle.install([])  # again, over the old one
    said = subprocess.run([home / ".local/bin/madeleine"], capture_output=True, text=True, check=True).stdout
    assert said.strip() == f"madeleine from {home}/.local/bin"
    entry = read_entry(home / ".local/share/applications/org.madeleine.Madeleine.desktop")
    assert entry["Exec"] == f'"{home}/.local/lib/madeleine/madeleine" app'
    assert (home / f".local/share/icons/hicolor/scalable/apps/{entry['Icon']}.svg").is_file()
    assert not (home / ".config/autostart").exists()


def test_uninstalling_takes_away_what_came_and_nothing_else(home: Path) -> None:
    memory = home / ".local/share/madeleine/home/memory.db"
    memory.parent.mkdir(parents=True)
    memory.write_bytes(b"a life")
    bundle.install(["--autostart"])
    assert (home / ".config/autostart/org.madeleine.Madeleine.desktop").is_file()
    bundle.uninstall()
    assert [path for path in home.rglob("*") if path.is_file() or path.is_symlink()] == [memory]


def test_the_entry_and_its_metadata_name_each_other() -> None:
    entry = read_entry(bundle.DESKTOP / f"{bundle.ID}.desktop")
    root = ET.parse(bundle.DESKTOP / f"{bundle.ID}.metainfo.xml").getroot()
    assert root.findtext("id") == bundle.ID == entry["Icon"] == entry["StartupWMClass"]
    assert root.findtext("launchable") == f"{bundle.ID}.desktop"
    assert entry["Exec"].split()[0] == root.findtext("provides/binary") == "madeleine"


def test_a_package_holds_the_bundle_and_the_desktops_files(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = bundle.build()
    monkeypatch.setattr(debian, "BUNDLE", program.parent)
    before = os.umask(0o077)
    try:
        package = debian.build(program)
    finally:
        os.umask(before)
    listed = subprocess.run(["dpkg-deb", "--contents", package], capture_output=True, text=True, check=True).stdout
    assert "./usr/bin/madeleine -> /opt/madeleine/madeleine" in listed
    assert "./usr/share/applications/org.madeleine.Madeleine.desktop" in listed
    told = subprocess.run(["dpkg-deb", "--field", package], capture_output=True, text=True, check=True).stdout
    assert "Package: madeleine" in told
    assert "libegl1" in told


def test_the_entry_knows_every_module_that_is_started_as_a_child() -> None:
    sources = [
        path for own in ("app", "ingest", "memory", "models", "recall") for path in (CHECKOUT / own).rglob("*.py")
    ]
    started = {name for path in sources for name in _STARTED.findall(path.read_text("utf-8"))}
    assert started == set(runpy.run_path(str(ENTRY))["MODULES"])


def test_each_target_of_make_does_the_step_of_its_name() -> None:
    steps = re.findall(r"^([\w-]+):.*\n\t@\$\(STEPS\) (\w+)", (CHECKOUT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert len({target for target, _step in steps}) == len(steps)
    others = {"clip": "clip_environment"}  # a module of set-up has the shorter name
    assert all(step == others.get(target, target.replace("-", "_")) for target, step in steps)
    assert {"run", "test", "bundle", "deb", "install", "uninstall"} <= {target for target, _step in steps}


def test_the_entry_runs_our_modules_and_only_those() -> None:
    env = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-P", ENTRY, "-P", "-m"]
    worker = subprocess.run([*command, "ingest.decode_worker"], env=env, stdin=subprocess.DEVNULL, capture_output=True)
    assert worker.returncode == 0
    other = subprocess.run([*command, "this"], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert other.returncode == 2
    assert "usage: madeleine" in other.stderr
