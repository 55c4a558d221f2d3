"""What `make` does, in Python: each target as a list of steps that are quick when they were done before.

``steps.py run | questions | screenshots | setup | tools | test [pytest arguments] | test_wayland | clip_environment |
test_clip | bundle | deb | install | uninstall``. Standard library only: it runs with the system's Python 3.11 before
anything is installed. A step's stamp is written last, so an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import bundle as bundling
import clip
import debian
import environment
import sample
import say
import system
from places import CHECKOUT, PYTHON, sample_home

PLAN = """Madeleine: everything it takes to open the sample day. The first time, on two cores:
    Debian packages         1 minute    (with root or sudo; otherwise they are named)
    Python packages         2 to 4 minutes, 900 MB
    compiling llama.cpp     2 to 6 minutes, beside it 1.4 GB of weights
    the sample day          1 to 3 minutes
Afterwards it takes seconds. Stop it whenever you like: it goes on from there."""


def set_up(*, with_tools: bool = False) -> None:
    """Make the environment ready for use: Debian packages, Python packages, weights.

    Raises:
        SetupError: A step failed; the message says what to do.
    """
    with say.step("Debian packages"):
        if with_tools:
            system.provide([*system.BUILD, *system.WINDOW], system.TEST)
        else:
            shown = system.has_display()
            system.provide([*system.BUILD, *(system.WINDOW if shown else ())], () if shown else system.WINDOW)
    environment.provide_packages(with_tools=with_tools)
    compiling = environment.CompiledPackages()
    try:
        sample.pull_weights()
        compiling.wait()
    finally:
        compiling.stop()


def run(_arguments: Sequence[str]) -> int:
    """Set up, import the sample day and show it."""
    if not environment.compiled_stamp().exists():
        say.line(PLAN)
    set_up()
    sample.import_sample_day()
    return sample.show()


def questions(arguments: Sequence[str]) -> int:
    """Set up, import the sample day and ask its questions on the terminal."""
    set_up()
    sample.import_sample_day()
    return sample.ask_questions(*arguments)


def screenshots(arguments: Sequence[str]) -> int:
    """Set up, import the sample day and draw the pictures of the documentation."""
    set_up()
    sample.import_sample_day()
    packaging = CHECKOUT / "packaging"
    command: list[str | Path] = [PYTHON, packaging / "screenshots.py", "--home", sample_home(), *arguments]
    done = subprocess.run(command, cwd=CHECKOUT, env=sample.our_environment()).returncode
    if done or arguments:
        return done
    command = [PYTHON, packaging / "gallery.py", "--home", sample_home()]
    return subprocess.run(command, cwd=CHECKOUT, env=sample.our_environment()).returncode


def setup(_arguments: Sequence[str]) -> int:
    """Set up for use, and stop there."""
    set_up()
    say.line("==> ready: .venv/bin/madeleine --help")
    return 0


def tools(_arguments: Sequence[str]) -> int:
    """Set up what the checks need: all packages and the development tools, no weights."""
    system.provide(system.BUILD)
    environment.provide_packages(with_tools=True)
    compiling = environment.CompiledPackages()
    try:
        compiling.wait()
    finally:
        compiling.stop()
    return 0


def test(arguments: Sequence[str]) -> int:
    """Set up for development and run the tests with the real weights."""
    set_up(with_tools=True)
    sample.pull_weights("test")
    env = sample.our_environment() | {"QT_QPA_PLATFORM": "offscreen", "OPENBLAS_NUM_THREADS": "1"}
    say.line("==> the tests")
    command: list[str | Path] = [PYTHON, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=env, stdin=subprocess.DEVNULL).returncode


def test_wayland(arguments: Sequence[str]) -> int:
    """Set up for development, install a Wayland desktop without a monitor, and run the tests on it."""
    with say.step("Debian packages of a Wayland desktop"):
        system.provide(system.WAYLAND)
    return test(["tests/e2e/test_screen_wayland.py", *arguments])


def clip_environment(_arguments: Sequence[str]) -> int:
    """Set up what exports CLIP."""
    clip.provide()
    say.line("==> ready: madeleine models export-clip")
    return 0


def test_clip(arguments: Sequence[str]) -> int:
    """Set up what exports CLIP, and run the tests of the export."""
    return clip.run_tests(list(arguments))


def bundle(_arguments: Sequence[str]) -> int:
    """Set up, make the bundle, and see it work away from this checkout."""
    set_up()
    program = bundling.build()
    bundling.smoke(program)
    say.line(f"==> ready: {program}")
    return 0


def deb(_arguments: Sequence[str]) -> int:
    """Set up, make the bundle, and a Debian package of it."""
    set_up()
    say.line(f"==> ready: {debian.build(bundling.build())}")
    return 0


def install(arguments: Sequence[str]) -> int:
    """Set up, make the bundle, and install it for this user."""
    set_up()
    bundling.install(arguments)
    return 0


def uninstall(_arguments: Sequence[str]) -> int:
    """Take away what ``install`` brought."""
    bundling.uninstall()
    return 0


_SETTING_UP = (run, questions, screenshots, setup, tools, test, test_wayland, clip_environment, test_clip)
_PACKAGING = (bundle, deb, install, uninstall)
TARGETS: dict[str, Callable[[Sequence[str]], int]] = {target.__name__: target for target in (*_SETTING_UP, *_PACKAGING)}


def main(arguments: Sequence[str]) -> int:
    """Do a target; errors in words, without a traceback."""
    if not arguments or arguments[0] not in TARGETS:
        say.line(f"usage: steps.py {' | '.join(TARGETS)} [arguments]")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what runs in the background is ended, too
    try:
        return TARGETS[arguments[0]](arguments[1:])
    except say.SetupError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
