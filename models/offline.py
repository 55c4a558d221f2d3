"""Tell the libraries below us to stay off the network, to send no telemetry, and not to burn the processor waiting.

Role: environment variables only, set before the first heavy import. ``models.pull`` is the one place that may use the
network; it asks ``is_hub_refused`` so that our own setting does not hold it back, only the user's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping

_FLAGS = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "TOKENIZERS_PARALLELISM": "false",
}
# OpenMP threads that wait for each other turn in a loop by default (about 300,000 turns). On a busy machine that made
# llama.cpp four times slower and three times as costly; a thousand turns cover the waits of an idle one.
# Source: libgomp manual, GOMP_SPINCOUNT.
_SPIN_TURNS = "1000"
_MARK = "MADELEINE_SET_OFFLINE"


def set_offline_flags(environ: MutableMapping[str, str] = os.environ) -> None:
    """Set the flags that are not set; remember that the offline flag is ours where it is."""
    if not environ.get("HF_HUB_OFFLINE"):
        environ[_MARK] = "1"
    for name, value in _FLAGS.items():
        environ.setdefault(name, value)


def set_thread_flags(environ: MutableMapping[str, str] = os.environ) -> None:
    """Let waiting threads sleep soon; what the user has set stays."""
    if not environ.get("OMP_WAIT_POLICY"):
        environ.setdefault("GOMP_SPINCOUNT", _SPIN_TURNS)


def is_hub_refused(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the user said not to ask the model hub (``MADELEINE_NO_HUB`` or ``HF_HUB_OFFLINE``)."""
    if environ.get("MADELEINE_NO_HUB", "") not in ("", "0"):
        return True
    offline = environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE")
    return offline and environ.get(_MARK) != "1"
