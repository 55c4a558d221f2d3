"""The network that turns a second and a half of speech into a voice's vector: three LSTM layers, in numpy.

Role: arrays in, vectors out; it opens the checkpoint (``models.torch_pickle``) and knows no protocol.

Source: Wan, Wang, Papir and Lopez Moreno 2018, Generalized End-to-End Loss for Speaker Verification, section 2, as
Resemblyzer 0.1.4 trained it (``voice_encoder.py``); Hochreiter and Schmidhuber 1997, with the forget gates of Gers et
al. 2000, for the cell. PyTorch keeps the four gates in the order input, forget, cell, output.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.mel import N_BANDS
from models.protocols import FloatArray
from models.torch_pickle import BadCheckpoint, read_checkpoint

N_DIMS = 256
N_FRAMES = 160  # of one partial: what the network was trained on
_N_LAYERS = 3
_N_HIDDEN = 256
_N_BLOCK = 32
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class _Layer:
    """Weights of one layer, laid out for rows: (inputs, 4 x hidden), (hidden, 4 x hidden), (4 x hidden,)."""

    of_input: FloatArray
    of_state: FloatArray
    bias: FloatArray


@dataclass(frozen=True, slots=True)
class VoiceEncoder:
    """The opened network."""

    layers: tuple[_Layer, ...]
    weight: FloatArray
    bias: FloatArray

    def encode(self, mels: FloatArray) -> FloatArray:
        """Encode partials.

        Args:
            mels: float32 (partials, 160, 40), see ``models.mel``.

        Returns:
            float32 (partials, 256), not negative, each row of unit length.
        """
        frames = np.ascontiguousarray(mels.transpose(1, 0, 2), dtype=np.float32)
        for layer in self.layers:
            frames = _run(layer, frames)
        return to_unit(np.maximum(frames[-1] @ self.weight + self.bias, 0.0))


def load_encoder(path: Path) -> VoiceEncoder:
    """Open the encoder of a checkpoint.

    Raises:
        BadCheckpoint: it is none, or holds another network.
    """
    checkpoint = read_checkpoint(path)
    try:
        state = {name: np.asarray(value, np.float32) for name, value in checkpoint["model_state"].items()}
        layers = tuple(_layer(state, index) for index in range(_N_LAYERS))
        encoder = VoiceEncoder(layers, np.ascontiguousarray(state["linear.weight"].T), state["linear.bias"])
    except (KeyError, TypeError, AttributeError) as error:
        raise BadCheckpoint("The checkpoint holds another network than the one that is known here.") from error
    wanted = [(N_BANDS, 4 * _N_HIDDEN)] + [(_N_HIDDEN, 4 * _N_HIDDEN)] * (_N_LAYERS - 1)
    if [layer.of_input.shape for layer in layers] != wanted or encoder.weight.shape != (_N_HIDDEN, N_DIMS):
        raise BadCheckpoint("The checkpoint holds another network than the one that is known here.")
    return encoder


def to_unit(rows: FloatArray) -> FloatArray:
    """Scale rows to unit length; a row of zeros becomes one that is the same in every direction."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    even = np.float32(1 / np.sqrt(rows.shape[-1]))
    return np.where(lengths > _TINY, rows / np.maximum(lengths, _TINY), even).astype(np.float32)


def _layer(state: dict[str, FloatArray], index: int) -> _Layer:
    return _Layer(
        np.ascontiguousarray(state[f"lstm.weight_ih_l{index}"].T),
        np.ascontiguousarray(state[f"lstm.weight_hh_l{index}"].T),
        state[f"lstm.bias_ih_l{index}"] + state[f"lstm.bias_hh_l{index}"],
    )


def _run(layer: _Layer, frames: FloatArray) -> FloatArray:
    """One layer over time: float32 (frames, partials, inputs) to (frames, partials, hidden).

    The logistic gates are written as tanh, σ(x) = (1 + tanh(x/2)) / 2, so that one call serves all four.
    """
    n_frames, n_partials, _n_inputs = frames.shape
    scale = np.full(4 * _N_HIDDEN, 0.5, np.float32)
    scale[2 * _N_HIDDEN : 3 * _N_HIDDEN] = 1.0  # the cell's candidate is a tanh already
    of_state = _in_blocks(layer.of_state * scale)
    gates = frames.reshape(n_frames * n_partials, -1) @ (layer.of_input * scale) + layer.bias * scale
    gates = gates.reshape(n_frames, n_partials, 4 * _N_HIDDEN)
    states = np.empty((n_frames, n_partials, _N_HIDDEN), np.float32)
    hidden = np.zeros((n_partials, _N_HIDDEN), np.float32)
    cell = np.zeros((n_partials, _N_HIDDEN), np.float32)
    for index in range(n_frames):
        product = np.matmul(hidden, of_state).transpose(1, 0, 2).reshape(n_partials, 4 * _N_HIDDEN)
        let_in, keep, candidate, let_out = np.split(np.tanh(gates[index] + product), 4, axis=1)
        cell = 0.5 * ((1.0 + keep) * cell + (1.0 + let_in) * candidate)
        hidden = 0.5 * (1.0 + let_out) * np.tanh(cell)
        states[index] = hidden
    return states


def _in_blocks(weights: FloatArray) -> FloatArray:
    """Lay (inputs, outputs) out as (blocks, inputs, 32): products so small that OpenBLAS starts no threads for them.

    It multiplies in one thread up to 2^18 operations (``interface/gemm.c``, GEMM_MULTITHREAD_THRESHOLD); above, its
    threads wait for the next product in a loop. Measured on a busy machine: 0.088 CPU-seconds for a second of speech
    in whole products, 0.015 in these.
    """
    n_inputs, n_outputs = weights.shape
    blocks = weights.reshape(n_inputs, n_outputs // _N_BLOCK, _N_BLOCK).transpose(1, 0, 2)
    return np.ascontiguousarray(blocks)
