"""The data beside the project: used in place, never copied; tests that need it skip where it is absent."""

from __future__ import annotations

from pathlib import Path

SHARED_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
