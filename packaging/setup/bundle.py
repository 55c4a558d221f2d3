"""The bundle: a folder that runs without Python and without this checkout; its smoke test; and its place in a home.

PyInstaller lives in an environment of its own that sees the locked run-time packages. ``install`` is for one user: the
bundle, a link in ``~/.local/bin``, the desktop entry with its icon. ``uninstall`` takes away exactly these, and never
a memory or weights. Standard library only.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path

import say
from environment import call, install_hashed, runtime_folder, site_packages
from places import CHECKOUT, RUNTIME_LOCK, cache_folder, find_base, hash_files, is_stamped, write_stamp
from sample import our_environment

BUNDLE = CHECKOUT / "dist" / "madeleine"
_FOLDER = CHECKOUT / "packaging" / "bundle"
DESKTOP = CHECKOUT / "packaging" / "desktop"
_REQUIREMENTS = _FOLDER / "requirements.lock"
_OWN = ("app", "assets", "ingest", "memory", "models", "recall", "reflect")
ID = "org.madeleine.Madeleine"


def build() -> Path:
    """Make the bundle where it is not what the sources say; returns its program.

    Raises:
        SetupError: PyInstaller could not be installed or could not make it; the message says why.
    """
    program, stamp = BUNDLE / "madeleine", BUNDLE.parent / "bundle.ok"
    wanted = _sources()
    if is_stamped(stamp, wanted) and program.exists():
        return program
    python = _provide()
    stamp.unlink(missing_ok=True)
    with say.step("the bundle (2 to 5 minutes)"):
        call([python, "-P", _FOLDER / "build.py", CHECKOUT], "The bundle could not be made", PYTHONPATH=str(CHECKOUT))
    write_stamp(stamp, wanted)
    return program


def smoke(program: Path) -> None:
    """See the bundle work away from its sources: import, find, answer, and open its window where nobody looks.

    Raises:
        SetupError: One of these failed; the message says which.
    """
    sample = CHECKOUT / "assets" / "sample_day"
    with tempfile.TemporaryDirectory(prefix="madeleine-smoke-") as folder, say.step("the bundle's smoke test"):
        moved = Path(folder) / "bundle"
        shutil.copytree(program.parent, moved, symlinks=True)
        told = Path(folder) / "note.txt"
        told.write_text("The spare key of the cellar lies in the blue drawer.\n", encoding="utf-8")
        picture = sample / "Screenshot 2026-10-14 10-48-31.png"
        start: list[str | Path] = [moved / program.name, "--home", Path(folder) / "home"]
        for words, holds in (
            (["--version"], "madeleine"),
            (["import", told, picture], ""),
            (["search", "spare key"], "blue drawer"),
            (["ask", "Where is the spare key of the cellar?"], "blue drawer"),
            (["doctor"], ""),
        ):
            said = call([*start, *words], f"The bundle's “{words[0]}” failed", at=folder)
            if holds not in said:
                raise say.SetupError(f"The bundle's “{words[0]}” said “{said.strip()[-300:]}”.")
        _open_window([*start, "app"], folder)


def install(arguments: Sequence[str]) -> None:
    """Install for one user; with ``--autostart`` also at login."""
    program = build()
    target = _library()
    with say.step(f"installing into {target}"):
        fresh = target.with_name(f"{target.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(program.parent, fresh, symlinks=True)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
        link = Path.home() / ".local" / "bin" / "madeleine"
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(target / program.name)
        entry = (DESKTOP / f"{ID}.desktop").read_text("utf-8")
        entry = entry.replace("Exec=madeleine", f'Exec="{target / program.name}"')
        for path, content in _desktop_files(entry, with_autostart="--autostart" in arguments):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    say.line(f"==> installed: {link}, and “Madeleine” among the applications. `make uninstall` takes it away again.")


def uninstall() -> None:
    """Take away what ``install`` brought; memories and weights stay."""
    shutil.rmtree(_library(), ignore_errors=True)
    brought = [path for path, _content in _desktop_files("", with_autostart=True)]
    for path in (Path.home() / ".local" / "bin" / "madeleine", *brought):
        path.unlink(missing_ok=True)
    say.line("==> taken away. Your memory and the weights are where they were.")


def _library() -> Path:
    return Path.home() / ".local" / "lib" / "madeleine"


def _desktop_files(entry: str, *, with_autostart: bool) -> Iterator[tuple[Path, str]]:
    """Where the desktop looks. Sources: Desktop Entry 1.5, Icon Theme 0.13, AppStream 1.0, Autostart 0.5."""
    data, config = find_base("XDG_DATA_HOME", ".local/share"), find_base("XDG_CONFIG_HOME", ".config")
    yield data / "applications" / f"{ID}.desktop", entry
    icon = CHECKOUT / "assets" / "icons" / "madeleine.svg"
    yield data / "icons" / "hicolor" / "scalable" / "apps" / f"{ID}.svg", icon.read_text("utf-8")
    yield data / "metainfo" / f"{ID}.metainfo.xml", (DESKTOP / f"{ID}.metainfo.xml").read_text("utf-8")
    if with_autostart:
        yield config / "autostart" / f"{ID}.desktop", entry


def _provide() -> Path:
    """The environment that has PyInstaller; returns its interpreter."""
    folder = cache_folder() / f"bundle-{hash_files(_REQUIREMENTS, RUNTIME_LOCK)}"
    python = folder / "bin" / "python"
    if is_stamped(folder / "bundle.ok") and python.exists():
        return python
    with say.step("PyInstaller (half a minute)"):
        shutil.rmtree(folder, ignore_errors=True)
        venv.EnvBuilder(symlinks=True, with_pip=True).create(folder)
        install_hashed(python, _REQUIREMENTS, "PyInstaller was not installed")
        line = f"import site; site.addsitedir({str(site_packages(runtime_folder()))!r})\n"
        (site_packages(folder) / "madeleine.pth").write_text(line, encoding="utf-8")
    write_stamp(folder / "bundle.ok")
    return python


def _sources() -> str:
    """A name of all that goes into the bundle, which changes when a byte of it does."""
    files = [path for own in _OWN for path in sorted((CHECKOUT / own).rglob("*")) if path.is_file()]
    files = [path for path in files if path.suffix != ".pyc"]
    return hash_files(*files, *sorted(_FOLDER.glob("*.py")), _REQUIREMENTS, RUNTIME_LOCK)


def _open_window(command: list[str | Path], folder: str) -> None:
    """Start the window offscreen and see that it is still there after a while."""
    env = our_environment() | {"QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen(command, env=env, cwd=folder, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        _out, said = child.communicate(timeout=15)
    except subprocess.TimeoutExpired:
        return
    finally:
        child.kill()
        child.wait()
    raise say.SetupError(f"The bundle's window ended by itself: {said.strip()[-300:]}")
