"""Plays one stretch of one recording and tells where it is.

Role: the only user of QtMultimedia, which is loaded at the first play. ``Sound`` is the narrow thing a backend must be,
so that a test can put a small real fake in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QLoggingCategory, QObject, QUrl, Signal

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer

_AFTER_END_S = 0.05  # word times end a little early: let the last sound ring


class NoSoundDevice(Exception):
    """There is nothing to hear with."""


class Sound(Protocol):
    """What the player needs of a backend. Seconds count from the start of the file."""

    def open(
        self,
        path: Path,
        *,
        start_s: float,
        told: Callable[[float], None],
        ended: Callable[[], None],
        failed: Callable[[str], None],
    ) -> None:
        """Load a file and play from ``start_s``; tell positions, the end and failures on the GUI thread.

        Raises:
            NoSoundDevice: there is no output.
        """
        ...

    def pause(self) -> None:
        """Hold."""
        ...

    def resume(self) -> None:
        """Go on."""
        ...

    def seek(self, position_s: float) -> None:
        """Jump."""
        ...

    def stop(self) -> None:
        """Stop and let go of the file."""
        ...

    def set_rate(self, rate: float) -> None:
        """Play so many times as fast, from now on; the pitch stays where that can be."""
        ...


class QtSound:
    """Sound through Qt Multimedia.

    Args:
        needs_device: Refuse to play when no output exists; off in tests of the position alone.
    """

    def __init__(self, parent: QObject, *, needs_device: bool = True) -> None:
        self._parent = parent
        self._needs_device = needs_device
        self._player: QMediaPlayer | None = None
        self._start_ms = 0
        self._is_loaded = False  # until it is, a jump or a pause is only remembered
        self._wants_play = False
        self._rate = 1.0
        self._told: Callable[[float], None] = lambda _s: None
        self._ended: Callable[[], None] = lambda: None
        self._failed: Callable[[str], None] = lambda _why: None

    def open(
        self,
        path: Path,
        *,
        start_s: float,
        told: Callable[[float], None],
        ended: Callable[[], None],
        failed: Callable[[str], None],
    ) -> None:
        """See ``Sound``."""
        player = self._get_player()
        player.stop()
        self._told, self._ended, self._failed = told, ended, failed
        self._start_ms, self._is_loaded, self._wants_play = round(start_s * 1000), False, True
        player.setSource(QUrl())
        player.setSource(QUrl.fromLocalFile(str(path)))

    def pause(self) -> None:
        """See ``Sound``."""
        self._wants_play = False
        if self._player:
            self._player.pause()

    def resume(self) -> None:
        """See ``Sound``."""
        self._wants_play = True
        if self._player and self._is_loaded:
            self._player.play()

    def seek(self, position_s: float) -> None:
        """See ``Sound``."""
        self._start_ms = round(position_s * 1000)
        if self._player and self._is_loaded:
            self._player.setPosition(self._start_ms)

    def stop(self) -> None:
        """See ``Sound``."""
        if self._player:
            self._player.stop()
            self._player.setSource(QUrl())

    def set_rate(self, rate: float) -> None:
        """See ``Sound``."""
        self._rate = rate
        if self._player:
            self._player.setPlaybackRate(rate)

    def _get_player(self) -> QMediaPlayer:
        # FFmpeg writes names and tags of what it opens to standard error through this category: not here.
        QLoggingCategory.setFilterRules("qt.multimedia.*=false")
        from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

        has_device = not QMediaDevices.defaultAudioOutput().isNull()
        if self._needs_device and not has_device:
            raise NoSoundDevice
        if self._player is None:
            player = QMediaPlayer(self._parent)
            if has_device:
                player.setAudioOutput(QAudioOutput(player))
            player.mediaStatusChanged.connect(self._on_status)
            player.positionChanged.connect(self._on_position)
            player.errorOccurred.connect(self._on_error)
            player.setPitchCompensation(True)  # where the backend can; where it cannot, nothing happens
            player.setPlaybackRate(self._rate)
            self._player = player
        return self._player

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        assert self._player is not None
        if status == QMediaPlayer.MediaStatus.InvalidMedia:
            self._failed("")
        elif status == QMediaPlayer.MediaStatus.LoadedMedia and self._player.source().isValid():
            if not self._player.hasAudio():
                self._failed("")
                return
            self._is_loaded = True
            if self._start_ms:
                self._player.setPosition(self._start_ms)
            if self._wants_play:
                self._player.play()
        elif status == QMediaPlayer.MediaStatus.EndOfMedia:
            self._ended()

    def _on_position(self, position_ms: int) -> None:
        if position_ms >= self._start_ms - 100:  # the position before the first jump is that of the file's start
            self._told(position_ms / 1000)

    def _on_error(self, _error: object, _message: str) -> None:
        self._failed("")


class Player(QObject):
    """Plays moments: from the right second to the moment's end.

    Attributes:
        moment: The key of what plays or is held, or None.
        rate: How many times as fast as it was said.
        skips_silence: Whether pauses are left out, where they are known (``know_silences``).
        has_device: Whether the last play found something to hear with.
    """

    changed = Signal()
    ended = Signal(str)  # the key of what was played to its end
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None, *, sound: Sound | None = None) -> None:
        super().__init__(parent)
        self._sound: Sound = sound or QtSound(self)
        self._offset_s = 0.0
        self._length_s = 0.0
        self.moment: str | None = None
        self.playing = False
        self.position_s = 0.0
        self.rate = 1.0
        self.skips_silence = False
        self.has_device = True
        self._silences: tuple[str, tuple[tuple[float, float], ...]] = ("", ())

    @property
    def share(self) -> float:
        """How much of the moment was played, 0 to 1."""
        return min(1.0, self.position_s / self._length_s) if self._length_s > 0 else 0.0

    def play(self, moment: str, path: Path, *, offset_s: float, length_s: float, at_share: float = 0.0) -> None:
        """Play the stretch of ``length_s`` seconds that begins ``offset_s`` into the file."""
        self.stop()
        self._offset_s, self._length_s = offset_s, length_s
        self.position_s = length_s * at_share
        if not path.is_file():
            self.failed.emit(self.tr("The recording of this moment is no longer there."))
            return
        try:
            self._sound.open(
                path,
                start_s=offset_s + self.position_s,
                told=self._on_told,
                ended=self._on_ended,
                failed=self._on_failed,
            )
        except NoSoundDevice:
            self.has_device = False
            self.changed.emit()
            self.failed.emit(self.tr("No sound device was found, so nothing can be played. Everything else works."))
            return
        self.moment, self.playing, self.has_device = moment, True, True
        self.changed.emit()

    def set_rate(self, rate: float) -> None:
        """Play so many times as fast, what plays now and all that follows."""
        self.rate = rate
        self._sound.set_rate(rate)
        self.changed.emit()

    def skip_silence(self, is_wanted: bool) -> None:
        """Leave out pauses from now on, or play them again."""
        self.skips_silence = is_wanted
        self.changed.emit()

    def know_silences(self, moment: str, spans: tuple[tuple[float, float], ...]) -> None:
        """Where a moment is silent: (from, to) in seconds from its start."""
        self._silences = (moment, spans)

    def toggle(self) -> None:
        """Hold or go on."""
        if self.moment is None:
            return
        if self.playing:
            self._sound.pause()
        else:
            self._sound.resume()
        self.playing = not self.playing
        self.changed.emit()

    def seek(self, share: float) -> None:
        """Jump within the moment, 0 to 1."""
        if self.moment is not None:
            self.position_s = self._length_s * share
            self._sound.seek(self._offset_s + self.position_s)
            self.changed.emit()

    def stop(self) -> None:
        """Stop and forget what was playing."""
        if self.moment is None:
            return
        self.moment, self.playing, self.position_s = None, False, 0.0
        self._sound.stop()
        self.changed.emit()

    def _on_told(self, position_s: float) -> None:
        if self.moment is None:
            return
        self.position_s = max(0.0, position_s - self._offset_s)
        if self._length_s and self.position_s >= self._length_s + _AFTER_END_S:
            self._on_ended()
            return
        silent_until_s = self._find_silence_end()
        if silent_until_s is not None and self._length_s:
            self.seek(silent_until_s / self._length_s)
        else:
            self.changed.emit()

    def _find_silence_end(self) -> float | None:
        """Where to go on, when a pause that is to be left out plays."""
        moment, spans = self._silences
        if not self.skips_silence or moment != self.moment:
            return None
        return next((end for start, end in spans if start <= self.position_s < end), None)

    def _on_ended(self) -> None:
        played = self.moment
        self.stop()
        if played is not None:
            self.ended.emit(played)

    def _on_failed(self, _why: str) -> None:
        self.stop()
        self.failed.emit(self.tr("This recording cannot be played here."))
