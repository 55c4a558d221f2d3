"""Where the picture of a video changes: scenes, and the frame that stands for each.

Role: pure arithmetic over small frames, one after the other, in memory that does not grow with the video. It opens no
file and knows no moment. Frames are YUV of ``SMALL_PX``; times are seconds from the start of the video.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SMALL_PX = (128, 72)  # width, height: text that fills a slide still darkens its place, noise of a sensor is averaged
LEAST_SCENE_S = 1.0  # shorter than a glance: what flickers is no scene
MANY = 100  # scenes; from each further hundred on a scene must last twice as long, so that a day of film has few
_STEP = 18.0  # of 255: two pixels that differ more are another picture there
_LEAST_CHANGE = 0.04  # share of the picture that a new slide or page changes at least
_MOST_CHANGE = 0.70  # more than this is another picture however the camera moved before
_MOTION_GAIN = 4.0  # a cut is so many times what moves anyway
_AFTER_GAIN = 2.0  # and of what moves right after it
_STAYS = 0.6  # share of the change that is still there at the next look; a flash or a drop-out is not
_STOOD_S = 4.0  # what was on show for so long did not move; longer than key frames are apart where they alone are told
_MEMORY = 10  # looks that tell how much moves
# Of the colours, against the beginning of the scene. Two different photos of data/photos/everyday differ by .34 or more
# (95 %) and in .88 of their places; a hand-held camera that stays where it is, by .23 at most.
_FAR = 0.35
_FAR_S = 1.5
_RECOLOURED = 0.35  # where nearly all moves anyway, a cut must bring other colours as well
_SETTLED = 0.1  # of the colours between two looks: no dissolve is under way
_DARK = 24.0  # luma of 255: a fade through black
_BETTER = 1.15  # a frame must be so much better to stand for the scene in the place of an earlier one


Small = NDArray[np.uint8]  # (3, height, width): luma and both colour differences, all in full size


@dataclass(frozen=True, slots=True)
class Cut:
    """A scene that has ended.

    Attributes:
        start_s, end_s: Its stretch of the video.
        key: What was given with the frame that stands for it.
        key_s: When that frame is shown.
    """

    start_s: float
    end_s: float
    key: object
    key_s: float


@dataclass(frozen=True, slots=True)
class _Frame:
    at_s: float
    look: _Look
    key: object


class SceneCutter:
    """Cuts a stream of frames into scenes; each frame is told once and in order.

    Args:
        n_before: Scenes of this video that are known already (an interrupted import goes on).
    """

    def __init__(self, *, n_before: int = 0) -> None:
        self.n_joined = 0  # changes that came too soon for a scene of their own
        self._n_scenes = n_before
        self._motion: deque[float] = deque(maxlen=_MEMORY)
        self._last: _Frame | None = None
        self._before: _Frame | None = None  # the frame before a change that has still to prove itself
        self._scene: _Scene | None = None

    @property
    def least_s(self) -> float:
        """How long a scene lasts at least by now."""
        return LEAST_SCENE_S * float(2 ** (self._n_scenes // MANY))

    def tell(self, at_s: float, small: Small, key: object) -> Cut | None:
        """Look at the next frame.

        Args:
            at_s: When it is shown.
            small: The frame, uint8 (3, height, width).
            key: Stands for the frame in ``Cut.key``; at most three are held at a time.

        Returns:
            The scene that this frame shows to be over, or None.
        """
        frame = _Frame(at_s, _Look(small), key)
        last, self._last = self._last, frame
        if self._scene is None or last is None:
            self._scene = _Scene(frame)
            return None
        before, self._before = self._before, None
        cut = None
        if before is not None and self._is_flash(before, last, frame):
            last = before
        elif before is not None:
            cut = self._settle(before, last, frame)
        change = frame.look.differs(last.look)
        if self._is_change(last, frame, change):
            self._before = last
        else:
            self._motion.append(change)
            left_s = self._scene.find_leaving(last, frame)
            if cut is None and left_s is not None and left_s - self._scene.start_s >= self.least_s:
                cut = self._begin(frame, start_s=left_s)
            else:
                self._scene.offer(frame, frame.look.worth * (1.0 - change))
        return cut

    def finish(self, end_s: float) -> list[Cut]:
        """What was still going on: one scene or, where a change came just before the end, two; none without frames."""
        if self._scene is None or self._last is None:
            return []
        last = self._last
        cuts = []
        if self._before is not None and end_s - last.at_s >= self.least_s <= last.at_s - self._scene.start_s:
            cuts.append(self._begin(last))
        return [*cuts, self._scene.to_cut(max(end_s, self._scene.start_s))]

    def _is_change(self, last: _Frame, frame: _Frame, change: float) -> bool:
        usual = float(np.median(self._motion)) if self._motion else 0.0
        return _stands_out(last.look, frame.look, change, _LEAST_CHANGE + _MOTION_GAIN * usual)

    def _is_flash(self, before: _Frame, changed: _Frame, frame: _Frame) -> bool:
        """Whether the picture of before a change is back already; what was on show for long was no flash."""
        is_short = frame.at_s - changed.at_s < LEAST_SCENE_S
        return is_short and frame.look.differs(before.look) < _STAYS * changed.look.differs(before.look)

    def _settle(self, before: _Frame, changed: _Frame, frame: _Frame) -> Cut | None:
        """Decide about a change at the frame after it: was it a step to another picture, or does all move?"""
        assert self._scene is not None
        change = changed.look.differs(before.look)
        if frame.at_s - changed.at_s < _STOOD_S:
            threshold = _LEAST_CHANGE + _AFTER_GAIN * frame.look.differs(changed.look)
            if not _stands_out(before.look, changed.look, change, threshold):
                self._motion.append(change)
                return None
        if changed.at_s - self._scene.start_s >= self.least_s:
            return self._begin(changed)
        self.n_joined += 1
        self._scene.turn_to(changed)
        return None

    def _begin(self, frame: _Frame, *, start_s: float | None = None) -> Cut:
        assert self._scene is not None
        cut = self._scene.to_cut(frame.at_s if start_s is None else start_s)
        self._n_scenes += 1
        self._scene = _Scene(frame, start_s=cut.end_s)
        return cut


def _stands_out(before: _Look, after: _Look, change: float, threshold: float) -> bool:
    """Whether a change is more than what moves anyway; where nearly all does, only other colours tell."""
    if threshold <= _MOST_CHANGE:
        return change > threshold
    return change > _MOST_CHANGE and after.recolours(before) > _RECOLOURED


class _Look:
    """What is compared of one frame.

    Attributes:
        worth: How well it would stand for its scene: light and with edges; 0 for black and for white.
        colours: Shares of 128 colours.
    """

    __slots__ = ("_planes", "colours", "worth")

    def __init__(self, small: Small) -> None:
        self._planes = planes = small.astype(np.float32)
        luma = planes[0]
        edges = np.abs(np.diff(luma, axis=1)).mean() + np.abs(np.diff(luma, axis=0)).mean()
        bright = float(luma.mean())
        lit = np.clip((bright - _DARK / 2) / _DARK, 0, 1) * np.clip((255.0 - bright) / _DARK, 0, 1)
        self.worth = float(lit * (1.0 + edges))
        binned = (luma // 32).astype(int) * 16 + (planes[1] // 64).astype(int) * 4 + (planes[2] // 64).astype(int)
        self.colours = np.bincount(binned.ravel(), minlength=128) / binned.size

    def differs(self, other: _Look) -> float:
        """Share of the picture that is another one, 0 to 1."""
        apart = np.abs(self._planes - other._planes)
        return float((apart[0] + 0.5 * (apart[1] + apart[2]) > _STEP).mean())

    def recolours(self, other: _Look) -> float:
        """How much of the colours is others, wherever they are, 0 to 1."""
        return float(np.abs(self.colours - other.colours).sum() / 2)


class _Scene:
    """The scene that goes on."""

    def __init__(self, first: _Frame, *, start_s: float | None = None) -> None:
        self.start_s = first.at_s if start_s is None else start_s
        self._anchor = first.look
        self._key, self._worth = first, first.look.worth
        self._far_since: float | None = None

    def offer(self, frame: _Frame, worth: float) -> None:
        """Take this frame to stand for the scene if it is clearly the better one."""
        if worth > self._worth * _BETTER and self._far_since is None:
            self._key, self._worth = frame, worth
        if self._anchor.worth == 0.0:  # it began in the dark: it counts from where there is light
            self._anchor = frame.look

    def turn_to(self, frame: _Frame) -> None:
        """The picture changed too soon for a scene of its own: the scene counts from what it shows now."""
        self._anchor = frame.look
        self._key, self._worth = frame, frame.look.worth

    def find_leaving(self, last: _Frame, frame: _Frame) -> float | None:
        """When the picture became another than at the beginning, if it has been so for a while and changes no more.

        A dissolve and a turn of the camera are told by colours, which do not mind what moves.
        """
        far = frame.look.recolours(self._anchor) > _FAR and frame.look.differs(self._anchor) > _MOST_CHANGE
        self._far_since = (frame.at_s if self._far_since is None else self._far_since) if far else None
        if self._far_since is None or frame.at_s - self._far_since < _FAR_S:
            return None
        return self._far_since if frame.look.recolours(last.look) < _SETTLED else None

    def to_cut(self, end_s: float) -> Cut:
        return Cut(self.start_s, end_s, self._key.key, self._key.at_s)
