"""Where set-up keeps things: the one place that knows the folders, the stamps and the hashes behind them.

Standard library only: this runs before anything is installed. What is large lives outside the checkout, under a name
made from the lock file's hash, so that a second clone is quick and two checkouts never disturb each other.
"""

from __future__ import annotations

import hashlib
import os
import platform
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
RUNTIME_LOCK = CHECKOUT / "requirements.lock"
TOOLS_LOCK = CHECKOUT / "requirements-dev.lock"
WEIGHTS_LIST = CHECKOUT / "models" / "weights.toml"
SAMPLE_DAY = CHECKOUT / "assets" / "sample_day"
SAMPLE_DAY_ABOUT = CHECKOUT / "assets" / "sample_day_about"
OVERLAY = CHECKOUT / ".venv"
PYTHON = OVERLAY / "bin" / "python"
MADELEINE = OVERLAY / "bin" / "madeleine"


def find_base(variable: str, default: str) -> Path:
    """Return the XDG base folder named by ``variable``, or ``default`` under the user's home.

    Source: XDG Base Directory Specification 0.8 (a relative path in the variable is to be ignored).
    """
    named = os.environ.get(variable, "")
    return Path(named) if named.startswith("/") else Path.home() / default


def cache_folder() -> Path:
    """Return the folder that holds the installed packages and the logs of set-up."""
    return find_base("XDG_CACHE_HOME", ".cache") / "madeleine"


def sample_home() -> Path:
    """Return the memory that holds the sample day, apart from the user's own."""
    return find_base("XDG_DATA_HOME", ".local/share") / "madeleine-sample"


def hash_files(*paths: Path) -> str:
    """Return twelve hexadecimal digits that change when a name or a byte of the files changes."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def keyed_folder(kind: str, lock: Path) -> Path:
    """Return the folder of the packages that ``lock`` names, for this Python on this kind of processor."""
    return cache_folder() / f"{kind}-{platform.python_version()}-{platform.machine()}-{hash_files(lock)}"


def is_stamped(stamp: Path, content: str = "") -> bool:
    """Say whether the stamp was written with this content."""
    try:
        return stamp.read_text(encoding="utf-8") == content
    except OSError:
        return False


def write_stamp(stamp: Path, content: str = "") -> None:
    """Write a stamp whole or not at all; the last act of a step."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    draft = stamp.with_name(f"{stamp.name}.{os.getpid()}")
    draft.write_text(content, encoding="utf-8")
    draft.replace(stamp)
