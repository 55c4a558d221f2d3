"""Small derived views of a moment's media: thumbnails and waveforms.

Role: makes them when asked and keeps thumbnails in the derived folder; losing them costs nothing.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

from memory.records import Moment
from memory.store import Memory

log = logging.getLogger(__name__)
_SIDE_PX = 320
_N_WAVES = 64  # as many as are looked at in a while; a wave of ten minutes is 0.1 MB


class Previews:
    """Makes thumbnails and waveforms."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._waves: OrderedDict[tuple[str, int], list[float]] = OrderedDict()

    def forget(self, moments: Iterable[str]) -> None:
        """Keep nothing of moments that are no more."""
        gone = set(moments)
        for key in [key for key in list(self._waves) if key[0] in gone]:
            self._waves.pop(key, None)

    def thumbnail(self, moment: Moment) -> Path | None:
        """Path of a small JPEG of a picture (made when absent), or None when there is no picture."""
        if moment.shown is None:
            return None
        path = self._memory.thumbnail_path(moment.id)
        if not path.is_file():
            from ingest.pictures import make_thumbnail

            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                make_thumbnail(self._memory.media_path(moment.shown), path, side_px=_SIDE_PX)
            except Exception as error:  # noqa: BLE001 - a picture that cannot be shown small is shown without
                log.warning("no thumbnail for %s: %s", moment.id, type(error).__name__)
                return None
            if not self._memory.find_moments([moment.id]):  # forgotten while its picture was made small
                path.unlink(missing_ok=True)
                return None
        return path

    def waveform(self, moment: Moment, n_points: int) -> list[float]:
        """Peak level (0 to 1) of ``n_points`` equal stretches of the moment's sound; empty when there is none."""
        key = (moment.id, n_points)
        wave = self._waves.get(key)
        if wave is None:
            wave = self._read_wave(moment, n_points)
            if wave:
                self._waves[key] = wave
            while len(self._waves) > _N_WAVES:
                self._waves.popitem(last=False)
        return wave

    def _read_wave(self, moment: Moment, n_points: int) -> list[float]:
        if moment.media is None or moment.media.duration_s <= 0 or n_points < 1 or moment.details.get("silent"):
            return []
        from ingest.audio import read_peaks

        media = moment.media
        try:
            return read_peaks(
                self._memory.media_path(media), offset_s=media.offset_s, duration_s=media.duration_s, n_points=n_points
            )
        except Exception as error:  # noqa: BLE001 - a sound that cannot be drawn is shown without
            log.warning("no waveform for %s: %s", moment.id, type(error).__name__)
            return []
