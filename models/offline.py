"""Tell the libraries below us to stay off the network and to send no telemetry.

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
_MARK = "MADELEINE_SET_OFFLINE"


def set_offline_flags(environ: MutableMapping[str, str] = os.environ) -> None:
    """Set the flags that are not set; remember that the offline flag is ours where it is."""
    if not environ.get("HF_HUB_OFFLINE"):
        environ[_MARK] = "1"
    for name, value in _FLAGS.items():
        environ.setdefault(name, value)


def is_hub_refused(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the user said not to ask the model hub (``MADELEINE_NO_HUB`` or ``HF_HUB_OFFLINE``)."""
    if environ.get("MADELEINE_NO_HUB", "") not in ("", "0"):
        return True
    offline = environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE")
    return offline and environ.get(_MARK) != "1"
