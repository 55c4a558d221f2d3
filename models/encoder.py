"""The door to ctranslate2's text encoder: builds a quantized MiniLM from the official file, and opens it.

Role: ``model.safetensors`` (as its authors publish it) becomes an int8 encoder of a quarter of the size, beside it in
the folder of weights. The result is derived: it can be deleted and is built again in about a second, without torch.

Source: Reimers & Gurevych 2019 (Sentence-BERT) for the model; the safetensors format, huggingface/safetensors README.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from models.protocols import FloatArray

SAFETENSORS = "model.safetensors"
TOKENIZER = "tokenizer.json"
_FOLDER = "ct2-int8"
_STAMP = "derived.json"
_RECIPE = 1
# Of BERT, and of this model's config.json: 12 heads, epsilon of the layer norms 1e-12.
_N_HEADS = 12
_EPSILON = 1e-12


def prepare_encoder(folder: Path, sha256: str) -> Path:
    """Give the folder of the int8 encoder; build it where it is missing or was built from other bytes.

    Args:
        folder: Holds ``model.safetensors`` and ``tokenizer.json``.
        sha256: Of the safetensors file.
    """
    made = folder / _FOLDER
    stamp = {"sha256": sha256, "recipe": _RECIPE}
    try:
        if json.loads((made / _STAMP).read_text("utf-8")) == stamp and (made / "model.bin").stat().st_size > 0:
            return made
    except (OSError, ValueError):
        pass
    draft = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
    try:
        _convert(folder, draft)
        (draft / _STAMP).write_text(json.dumps(stamp), "utf-8")
        shutil.rmtree(made, ignore_errors=True)
        os.rename(draft, made)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return made


def open_encoder(folder: Path, *, n_threads: int = 1) -> Any:
    """Open a built encoder (``ctranslate2.Encoder``); two threads cost a quarter more CPU than one."""
    import ctranslate2

    return ctranslate2.Encoder(str(folder), device="cpu", compute_type="int8", inter_threads=1, intra_threads=n_threads)


def read_safetensors(path: Path) -> dict[str, FloatArray]:
    """Read the float32 tensors of a safetensors file (others are left out).

    Raises:
        ValueError: The header is not what the format says.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        n_header = int.from_bytes(stream.read(8), "little")
        if not 2 <= n_header <= size - 8:
            raise ValueError("The header of the safetensors file has an impossible length")
        header = json.loads(stream.read(n_header))
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            offset = 8 + n_header + start
            tensors[name] = np.fromfile(path, "<f4", (end - start) // 4, offset=offset).reshape(entry["shape"])
    return tensors


def _convert(source: Path, target: Path) -> None:
    from ctranslate2.specs import common_spec, transformer_spec

    tensors = read_safetensors(source / SAFETENSORS)
    n_layers = 1 + max(int(name.split(".")[2]) for name in tensors if name.startswith("encoder.layer."))
    encoder = transformer_spec.TransformerEncoderSpec(
        n_layers,
        _N_HEADS,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
        num_source_embeddings=2,
        embeddings_merge=common_spec.EmbeddingsMerge.ADD,
    )
    encoder.scale_embeddings = False
    spec = transformer_spec.TransformerEncoderModelSpec(encoder, pooling_layer=False)
    encoder.embeddings[0].weight = tensors["embeddings.word_embeddings.weight"]
    encoder.embeddings[1].weight = tensors["embeddings.token_type_embeddings.weight"]
    encoder.position_encodings.encodings = tensors["embeddings.position_embeddings.weight"]
    _set_norm(encoder.layernorm_embedding, tensors, "embeddings.LayerNorm")
    for index, layer in enumerate(encoder.layer):
        _fill_layer(layer, tensors, f"encoder.layer.{index}")
    vocabulary = json.loads((source / TOKENIZER).read_text("utf-8"))["model"]["vocab"]
    spec.register_vocabulary(sorted(vocabulary, key=vocabulary.get))
    spec.config.unk_token = "[UNK]"
    spec.config.layer_norm_epsilon = _EPSILON
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(target))


def _fill_layer(layer: Any, tensors: dict[str, FloatArray], prefix: str) -> None:
    """Fill one layer; query, key and value are one product."""
    attention = f"{prefix}.attention"
    parts = [f"{attention}.self.{name}" for name in ("query", "key", "value")]
    fused = layer.self_attention.linear[0]
    fused.weight = np.concatenate([tensors[f"{part}.weight"] for part in parts])
    fused.bias = np.concatenate([tensors[f"{part}.bias"] for part in parts])
    _set_linear(layer.self_attention.linear[1], tensors, f"{attention}.output.dense")
    _set_norm(layer.self_attention.layer_norm, tensors, f"{attention}.output.LayerNorm")
    _set_linear(layer.ffn.linear_0, tensors, f"{prefix}.intermediate.dense")
    _set_linear(layer.ffn.linear_1, tensors, f"{prefix}.output.dense")
    _set_norm(layer.ffn.layer_norm, tensors, f"{prefix}.output.LayerNorm")


def _set_linear(spec: Any, tensors: dict[str, FloatArray], prefix: str) -> None:
    spec.weight, spec.bias = tensors[f"{prefix}.weight"], tensors[f"{prefix}.bias"]


def _set_norm(spec: Any, tensors: dict[str, FloatArray], prefix: str) -> None:
    spec.gamma, spec.beta = tensors[f"{prefix}.weight"], tensors[f"{prefix}.bias"]
