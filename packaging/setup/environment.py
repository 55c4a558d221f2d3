"""The Python environment: packages in a shared cache, and a light ``.venv`` in the checkout that points there.

``env-<lock hash>`` holds the run-time packages and ``tools-<lock hash>`` what development needs; both are made once for
each lock file and never changed afterwards. ``.venv`` adds their site-packages and this checkout to its path, so
another clone costs a second. Standard library only.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import processor
import say
from places import CHECKOUT, OVERLAY, RUNTIME_LOCK, TOOLS_LOCK, is_stamped, keyed_folder, write_stamp

COMPILED = ("llama-cpp-python",)  # minutes of compiling: installed last, while the weights are fetched
# Only text generation is used; without the vision parts llama.cpp compiles in half the time.
CMAKE_ARGS = "-DLLAVA_BUILD=OFF -DMTMD_BUILD=OFF"
# From this version on pip reuses a wheel it built itself although hashes are required. Source: pip changelog, 23.1.
PIP_THAT_CACHES = (23, 1)
MISLEADING = frozenset(
    ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV")
)
LAUNCHER = """#!/bin/sh
''':'
exec "$(dirname "$(readlink -f "$0")")/python" -P "$0" "$@"
'''
import sys

from app.cli import main

sys.exit(main())
"""


def read_lock(lock: Path) -> dict[str, str]:
    """Read a lock file into one block of text (pin and hashes) a package."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {block.split("==")[0].lower(): block for block in blocks if re.match(r"[\w.-]+==", block)}


def site_packages(folder: Path) -> Path:
    """Return the site-packages of a virtual environment of this Python."""
    return folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"


def runtime_folder() -> Path:
    """Return the cached environment of the run-time lock."""
    return keyed_folder("env", RUNTIME_LOCK)


def compiled_stamp() -> Path:
    """Return the stamp that says for which processor the compiled packages were made."""
    return runtime_folder() / "llama.ok"


def tools_folder() -> Path:
    """Return the cached environment of the development lock."""
    return keyed_folder("tools", TOOLS_LOCK)


def provide_packages(*, with_tools: bool) -> None:
    """Install the locked packages (all but the compiled ones) where a stamp does not say that they are there."""
    _provide(runtime_folder(), RUNTIME_LOCK, "run-time packages, about 900 MB: 2 to 4 minutes")
    if with_tools:
        _provide(tools_folder(), TOOLS_LOCK, "development tools: half a minute")
    _write_overlay(with_tools=with_tools)


class CompiledPackages:
    """The packages that compile for minutes, in the background until ``wait``."""

    def __init__(self) -> None:
        self._stamp, self._options = compiled_stamp(), processor.cmake_options()
        self._command: say.LoggedCommand | None = None
        self._held = ExitStack()
        if is_stamped(self._stamp, self._options):
            return
        lock = self._held.enter_context(_locked(self._stamp.parent))
        if not is_stamped(self._stamp, self._options):
            say.line("==> compiling llama.cpp in the background: 2 to 6 minutes on two cores")
            part = _write_part(self._stamp.parent, RUNTIME_LOCK, only=COMPILED)
            # Without pip's cache: it would hand out a wheel that was compiled for another processor.
            self._command = _start_pip(
                part, "compile", lock, "--force-reinstall", "--no-cache-dir", cmake=f"{CMAKE_ARGS} {self._options}"
            )

    def wait(self) -> None:
        """Wait until they are installed.

        Raises:
            SetupError: Compiling failed.
        """
        if self._command:
            with say.step("waiting for llama.cpp"):
                self._command.wait(lambda log: "compiling" if "Building wheel" in log else "fetching the source")
            write_stamp(self._stamp, self._options)
        self._held.close()

    def stop(self) -> None:
        """End what still runs; the next make begins this part anew."""
        if self._command:
            self._command.stop()
        self._held.close()


def call(command: Sequence[str | Path], otherwise: str, *, at: str | Path | None = None, **more: str) -> str:
    """Run a command in an environment without what would mislead Python; returns what it printed.

    Args:
        command: Program and arguments.
        otherwise: What has failed, in words, if it does.
        at: The folder it runs in.
        more: Variables it is given beside.

    Raises:
        SetupError: It failed, or took longer than twenty minutes; the message ends with its last lines.
    """
    words, env = [str(part) for part in command], _clean_environment() | more
    try:
        done = subprocess.run(
            words, env=env, cwd=at, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=1200
        )
    except subprocess.TimeoutExpired as slow:
        raise say.SetupError(f"{otherwise}: it took too long.") from slow
    if done.returncode:
        raise say.SetupError(f"{otherwise}:\n" + "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:]))
    return done.stdout


def install_hashed(python: Path, requirements: Path, otherwise: str) -> None:
    """Install what a complete, hashed file names into the environment of an interpreter.

    Raises:
        SetupError: pip failed.
    """
    options = ("--no-deps", "--require-hashes", "--disable-pip-version-check", "--progress-bar", "off", "-q")
    call([python, "-I", "-m", "pip", "install", *options, "-r", requirements], otherwise)


def _provide(folder: Path, lock_file: Path, what: str) -> None:
    stamp = folder / "packages.ok"
    if is_stamped(stamp):
        return
    with _locked(folder) as lock:
        if is_stamped(stamp):
            return
        with say.step(what):
            shutil.rmtree(folder, ignore_errors=True)
            subprocess.run([sys.executable, "-I", "-m", "venv", folder], check=True, env=_clean_environment())
            _renew_pip(folder, lock)
            part = _write_part(folder, lock_file, leave=COMPILED)
            n_packages = len(read_lock(part))
            _start_pip(part, folder.name.split("-")[0], lock).wait(lambda log: _describe_pip(log, n_packages))
            write_stamp(stamp)


def _describe_pip(log: str, n_packages: int) -> str:
    if "Installing collected packages" in log:
        return "unpacking"
    return f"{log.count('Collecting ')} of {n_packages} packages fetched"


def _renew_pip(folder: Path, lock: int) -> None:
    """Replace an old bundled pip by the locked one."""
    shown = subprocess.run([folder / "bin" / "python", "-I", "-m", "pip", "--version"], capture_output=True, text=True)
    found = re.match(r"pip (\d+)\.(\d+)", shown.stdout)
    if found and (int(found[1]), int(found[2])) < PIP_THAT_CACHES:
        _start_pip(_write_part(folder, TOOLS_LOCK, only=("pip",)), "pip", lock).wait(lambda _log: "renewing pip")


def _write_part(folder: Path, lock: Path, *, only: Collection[str] = (), leave: Collection[str] = ()) -> Path:
    """Write the wanted blocks of a lock file as a requirements file of their own."""
    blocks = read_lock(lock)
    names = [name for name in blocks if (name in only if only else name not in leave)]
    part = folder / ("only-" + "-".join(only) if only else lock.name)
    part.write_text("".join(blocks[name] for name in names), encoding="utf-8")
    return part


def _start_pip(requirements: Path, name: str, lock: int, *options: str, cmake: str = "") -> say.LoggedCommand:
    """Start installing what a complete, hashed file names, and nothing else, into the environment it lies in."""
    install: list[str | Path] = [requirements.parent / "bin" / "python", "-I", "-m", "pip", "install", "--no-deps"]
    install += ["--require-hashes", "--progress-bar", "off", *options, "-r", requirements]
    extra = {"CMAKE_ARGS": cmake, "CMAKE_BUILD_PARALLEL_LEVEL": str(os.cpu_count() or 1), "PIP_NO_INPUT": "1"}
    env = _clean_environment() | extra | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return say.LoggedCommand(install, name=name, env=env, keep_open=lock)


def _clean_environment() -> dict[str, str]:
    """Return the environment without what would lead Python or pip to other folders."""
    return {name: value for name, value in os.environ.items() if name not in MISLEADING}


def _write_overlay(*, with_tools: bool) -> None:
    """Make ``.venv`` anew unless it points to the right packages already; tools once added stay."""
    with_tools = with_tools or is_stamped(tools_folder() / "packages.ok")
    folders = [runtime_folder(), *([tools_folder()] if with_tools else [])]
    wanted = "\n".join(str(site_packages(folder)) for folder in folders) + f"\n{CHECKOUT}\n{LAUNCHER}"
    stamp = OVERLAY / "overlay.ok"
    if is_stamped(stamp, wanted):
        return
    with _locked(OVERLAY):
        shutil.rmtree(OVERLAY, ignore_errors=True)
        venv.EnvBuilder(symlinks=True, with_pip=False).create(OVERLAY)
        lines = [f"import site; site.addsitedir({str(site_packages(folder))!r})" for folder in folders]
        text = "\n".join([str(CHECKOUT), *lines]) + "\n"
        (site_packages(OVERLAY) / "madeleine.pth").write_text(text, encoding="utf-8")
        _write_programs(folders[1:])
        write_stamp(stamp, wanted)


def _write_programs(tool_folders: list[Path]) -> None:
    programs = OVERLAY / "bin"
    (programs / "madeleine").write_text(LAUNCHER, encoding="utf-8")
    (programs / "madeleine").chmod(0o755)
    for folder in tool_folders:  # ruff is no Python module but a program, and looks for itself here
        (programs / "ruff").symlink_to(folder / "bin" / "ruff")


@contextmanager
def _locked(folder: Path) -> Iterator[int]:
    """Hold the right to write ``folder`` against another make; gives the descriptor that holds it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say.line("    another make prepares the same folder; waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle.fileno()
