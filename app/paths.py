"""Where things lie on this machine: the home of a memory, and the folder of weights shared by all homes.

Role: environment variables and platform habits to paths; creates nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_root() -> Path:
    """The platform's folder for a user's application data."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def default_home() -> Path:
    """``MADELEINE_HOME``, or the default data folder."""
    named = os.environ.get("MADELEINE_HOME")
    return Path(named).expanduser() if named else data_root() / "madeleine" / "home"


def default_models() -> Path:
    """``MADELEINE_MODELS``, or the default folder of weights."""
    named = os.environ.get("MADELEINE_MODELS")
    return Path(named).expanduser() if named else data_root() / "madeleine" / "models"
