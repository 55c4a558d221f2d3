"""The sound of voices to vectors with Resemblyzer's encoder, without PyTorch.

Role: the backend behind ``models.protocols.VoiceEmbedder``: cuts clips into partials, runs them in batches, averages.

Source: Resemblyzer 0.1.4, ``VoiceEncoder.embed_utterance``: partials of 1.6 s, 1.3 a second, a last one only when three
quarters of it are there, the mean of their vectors scaled to unit length; level brought to -30 dBFS.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from models.loading import IDLE_S, Lazy, LazyBackend, load_weights
from models.mel import N_HOP, mel_spectrum
from models.protocols import CancelToken, FloatArray
from models.voice_encoder import N_DIMS, N_FRAMES, VoiceEncoder, load_encoder, to_unit
from models.weights import Model, WeightsFolder

CHECKPOINT = "pretrained.pt"
_STEP_FRAMES = 77  # 1.3 partials a second
_LEAST_COVERAGE = 0.75
_LEVEL_DB = -30.0
_SILENT = 1e-7
_BATCH = 32  # partials; see models.voice_encoder on the size of its products


class ResemblyzerVoices(LazyBackend[VoiceEncoder]):
    """Resemblyzer's voice encoder.

    Args:
        folder: The folder of weights.
        model: Its entry in the catalogue.
        clock: Monotonic seconds.
        idle_s: Seconds without use after which it may be unloaded.
    """

    def __init__(
        self,
        folder: WeightsFolder,
        model: Model,
        *,
        clock: Callable[[], float] = time.monotonic,
        idle_s: float = IDLE_S,
    ) -> None:
        def load() -> VoiceEncoder:
            return load_weights(folder, model, lambda path: load_encoder(path / CHECKPOINT))

        super().__init__(f"{model.origin}@{model.files[0].sha256[:7]}", Lazy(load, clock=clock, idle_s=idle_s))

    @property
    def n_dims(self) -> int:
        """Length of a vector."""
        return N_DIMS

    def embed(self, clips: Sequence[FloatArray], *, cancel: CancelToken | None = None) -> FloatArray:
        """Embed clips in which one person speaks; see the protocol.

        Raises:
            WeightsMissing: The weights are not there.
            Cancelled: ``cancel`` was set.
        """
        sums = np.zeros((len(clips), N_DIMS), np.float32)
        if not len(clips):
            return sums
        with self._lazy.borrow() as encoder:
            for owners, mels in _batch(clips):
                if cancel is not None:
                    cancel.raise_if_cancelled()
                np.add.at(sums, owners, encoder.encode(mels))
        return to_unit(sums)


def _batch(clips: Sequence[FloatArray]) -> Iterator[tuple[list[int], FloatArray]]:
    """Give (the clip of each partial, their spectra), never more than a batch at once."""
    owners: list[int] = []
    mels: list[FloatArray] = []
    for index, clip in enumerate(clips):
        for mel in _iter_partials(clip):
            owners.append(index)
            mels.append(mel)
            if len(mels) == _BATCH:
                yield owners, np.stack(mels)
                owners, mels = [], []
    if mels:
        yield owners, np.stack(mels)


def _iter_partials(clip: FloatArray) -> Iterator[FloatArray]:
    """The spectra (160, 40) of a clip's partials; one at least, filled up with silence where the clip is shorter."""
    n_steps = max(1, -(-(len(clip) + 1) // N_HOP) - N_FRAMES + _STEP_FRAMES + 1)
    starts = list(range(0, n_steps, _STEP_FRAMES))
    n_covered = len(clip) - starts[-1] * N_HOP
    if len(starts) > 1 and n_covered < _LEAST_COVERAGE * N_FRAMES * N_HOP:
        starts.pop()
    n_samples = (starts[-1] + N_FRAMES) * N_HOP
    levelled = level(clip)
    mel = mel_spectrum(np.pad(levelled, (0, max(0, n_samples - len(clip)))))
    for start in starts:
        yield mel[start : start + N_FRAMES]


def level(clip: FloatArray) -> FloatArray:
    """Bring a clip to the level the network was trained on; silence stays."""
    power = float(np.mean(np.square(clip, dtype=np.float64))) if len(clip) else 0.0
    if power < _SILENT**2:
        return clip
    return (clip * np.float32(10 ** (_LEVEL_DB / 20) / np.sqrt(power))).astype(np.float32)
