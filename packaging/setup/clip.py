"""The environment that has open_clip and torch: for the export of CLIP and for its tests, never for Madeleine itself.

torch comes from Debian (built without CUDA, 120 MB to fetch), the rest from the Python package index with its hashes
checked. Standard library only.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import say
import system
from environment import call, install_hashed
from places import CHECKOUT, cache_folder, hash_files, is_stamped, write_stamp
from sample import our_environment

REQUIREMENTS = CHECKOUT / "packaging" / "clip" / "requirements.lock"
DEBIAN_PYTHON = Path("/usr/bin/python3")
_FAILED = "The environment of CLIP could not be made"


def _imports(module: str) -> bool:
    command: list[str | Path] = [DEBIAN_PYTHON, "-c", f"import {module}"]
    return DEBIAN_PYTHON.exists() and subprocess.run(command, capture_output=True).returncode == 0


NEEDS = (
    system.Need("python3-venv", lambda: _imports("ensurepip")),
    system.Need("python3-torch", lambda: _imports("torch")),
    system.Need("python3-torchvision", lambda: _imports("torchvision")),
    # Without it torch multiplies matrices with the reference BLAS, ten times slower.
    system.library("libopenblas0-pthread", "libopenblas.so.0"),
)


def folder() -> Path:
    """Return the folder of the environment."""
    return cache_folder() / f"clip-{hash_files(REQUIREMENTS)}"


def provide() -> Path:
    """Make the environment where it is not there; returns its interpreter.

    Raises:
        SetupError: Something could not be installed; the message says what.
    """
    python = folder() / "bin" / "python"
    if is_stamped(folder() / "clip.ok") and python.exists():
        return python
    with say.step("Debian packages of torch (a minute)"):
        system.provide(NEEDS)
    with say.step("open_clip and what exports it (half a minute)"):
        shutil.rmtree(folder(), ignore_errors=True)
        call([DEBIAN_PYTHON, "-m", "venv", "--system-site-packages", folder()], _FAILED)
        install_hashed(python, REQUIREMENTS, _FAILED)
        call([python, "-c", "import open_clip, onnx, onnxruntime, tokenizers"], _FAILED)
    write_stamp(folder() / "clip.ok")
    return python


def run_tests(arguments: list[str]) -> int:
    """Run the tests of the export; returns pytest's exit code."""
    tests = CHECKOUT / "packaging" / "clip"
    command: list[str | Path] = [provide(), "-m", "pytest", "-c", tests / "pytest.ini", tests, *arguments]
    env = our_environment() | {"PYTHONPATH": str(CHECKOUT), "HF_HUB_OFFLINE": "1"}
    return subprocess.run(command, cwd=CHECKOUT, env=env, stdin=subprocess.DEVNULL).returncode
