"""CLIP, exported once: open_clip's two towers become ONNX networks that onnxruntime runs without torch.

Role: the one door to torch and open_clip. It runs in an environment of its own (``make clip``), as a program:

    python -m models.clip_export CHECKPOINT FOLDER --name NAME [--config model.json] [--vocabulary FILE]

and imports nothing of Madeleine's that is not in the standard library. Weights are kept in int8 where the vectors of
the probe stay what they were, else in fp32; ``clip.json`` says which.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

IMAGE, TEXT, WORDS, ABOUT = "image.onnx", "text.onnx", "tokenizer.json", "clip.json"
OPSET = 14
LEAST_INT8_COSINE = 0.985  # of the worst probe; below it int8 changes what is found
# LAION kept pairs of picture and text from this cosine on (ViT-B/32): Schuhmann et al. 2022, LAION-5B, 3.1.
LEAST_COSINE = 0.28
_START, _END = "<|startoftext|>", "<|endoftext|>"
_PIECES = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


@dataclass(frozen=True)
class Loaded:
    """An open_clip model with what is known of it."""

    model: Any
    side_px: int
    mean: Sequence[float]
    std: Sequence[float]
    n_tokens: int


def load(checkpoint: Path, name: str, config: Path | None) -> Loaded:
    """Open a checkpoint: of an architecture that open_clip knows by name, or of one that ``config`` describes."""
    import open_clip
    import torch

    told = json.loads(config.read_text("utf-8")) if config else {"model_cfg": open_clip.get_model_config(name)}
    if told["model_cfg"] is None:
        raise SystemExit(f"open_clip knows no model {name!r}")
    if config:
        model = open_clip.model.CLIP(**told["model_cfg"])
        model.load_state_dict({k: v.float() for k, v in torch.load(checkpoint, map_location="cpu").items()})
    else:
        model = open_clip.create_model(name, pretrained=None)
        open_clip.load_checkpoint(model, str(checkpoint))
    colours = told.get("preprocess_cfg", {})
    return Loaded(
        model.float().eval(),
        int(told["model_cfg"]["vision_cfg"]["image_size"]),
        colours.get("mean", open_clip.OPENAI_DATASET_MEAN),
        colours.get("std", open_clip.OPENAI_DATASET_STD),
        int(told["model_cfg"]["text_cfg"]["context_length"]),
    )


def write_tower(loaded: Loaded, path: Path) -> None:
    """Write one tower; its name says which. Its output is of unit length."""
    import torch

    is_image = path.name == IMAGE

    class Tower(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = loaded.model

        def forward(self, batch: Any) -> Any:
            encode = self.model.encode_image if is_image else self.model.encode_text
            return encode(batch, normalize=True)

    example = probe_pictures(loaded) if is_image else probe_texts(loaded)
    name = "pixels" if is_image else "tokens"
    torch.onnx.export(
        Tower().eval(),
        (example,),
        str(path),
        input_names=[name],
        output_names=["vectors"],
        dynamic_axes={name: {0: "items"}, "vectors": {0: "items"}},
        opset_version=OPSET,
        do_constant_folding=True,
    )


def probe_pictures(loaded: Loaded, n_pictures: int = 12) -> Any:
    """Smooth random pictures, normalized: float32 (pictures, 3, side, side)."""
    import torch

    made = torch.Generator().manual_seed(3)
    coarse = torch.rand((n_pictures, 3, 6, 6), generator=made)
    pixels = torch.nn.functional.interpolate(coarse, size=(loaded.side_px,) * 2, mode="bicubic").clamp(0, 1)
    return (pixels - torch.tensor(loaded.mean)[:, None, None]) / torch.tensor(loaded.std)[:, None, None]


def probe_texts(loaded: Loaded, n_texts: int = 12) -> Any:
    """Random texts of random length: int64 (texts, tokens), each ended by the last token of the vocabulary."""
    import torch

    made = torch.Generator().manual_seed(3)
    n_words = loaded.model.vocab_size - 2
    ids = torch.zeros((n_texts, loaded.n_tokens), dtype=torch.long)
    for row in ids:
        length = int(torch.randint(1, loaded.n_tokens - 2, (1,), generator=made))
        row[0], row[length + 1] = n_words, n_words + 1
        row[1 : length + 1] = torch.randint(0, n_words, (length,), generator=made)
    return ids


def run(path: Path, batch: Any) -> Any:
    """What onnxruntime makes of a batch."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: batch})[0]


def make_small(path: Path, batch: Any) -> float:
    """Quantize a tower's weights to int8 in place where its vectors stay near; returns the worst cosine kept.

    Per channel, and with a bit to spare: without VNNI the sums of 8-bit products overflow (facts.md: per-channel .991,
    per-tensor .952).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    before = run(path, batch)
    draft = path.with_suffix(".int8")
    quantize_dynamic(
        path,
        draft,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    worst = float((before * run(draft, batch)).sum(axis=1).min())
    if worst < LEAST_INT8_COSINE:
        draft.unlink()
        return 1.0
    draft.replace(path)
    return worst


def write_words(vocabulary: Path, path: Path) -> int:
    """Write open_clip's vocabulary in the form that ``tokenizers`` reads; returns the number of the last token.

    Source: open_clip ``tokenizer.py`` (SimpleTokenizer): bytes, bytes that end a word, merges, start, end.
    """
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    with gzip.open(vocabulary) as file:
        lines = file.read().decode("utf-8").split("\n")[1 : 49152 - 256 - 2 + 1]
    merges = [(first, second) for first, second in (line.split() for line in lines if line.strip())]
    letters = _byte_letters()
    names = letters + [f"{letter}</w>" for letter in letters] + ["".join(merge) for merge in merges] + [_START, _END]
    vocab = {word: number for number, word in enumerate(names)}
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=merges, end_of_word_suffix="</w>", unk_token=_END))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{_START} $A {_END}", special_tokens=[(_START, vocab[_START]), (_END, vocab[_END])]
    )
    path.write_text(tokenizer.to_str(), "utf-8")
    return vocab[_END]


def _byte_letters() -> list[str]:
    """A printable letter for each byte, in the vocabulary's order. Source: OpenAI GPT-2 ``encoder.py``."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in plain]
    return [chr(byte) for byte in plain] + [chr(256 + n) for n in range(len(others))]


def export(
    checkpoint: Path,
    folder: Path,
    *,
    name: str,
    origin: str,
    config: Path | None = None,
    vocabulary: Path | None = None,
    least_cosine: float = LEAST_COSINE,
    may_be_small: bool = True,
) -> dict[str, Any]:
    """Write ``image.onnx``, ``text.onnx``, ``tokenizer.json`` and, last, ``clip.json``; returns what it says.

    Args:
        checkpoint: Weights as open_clip writes them.
        folder: Where to; made anew.
        name: Of the architecture, for open_clip.
        origin: Repository and revision, for the producer's name.
        config: Describes an architecture that open_clip does not know.
        vocabulary: Its list of merges; open_clip's own by default.
        least_cosine: From this on a picture counts as close to a text.
        may_be_small: Whether int8 is tried.
    """
    import open_clip

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    loaded = load(checkpoint, name, config)
    kept = {}
    for tower, probe in ((IMAGE, probe_pictures), (TEXT, probe_texts)):
        write_tower(loaded, folder / tower)
        kept[tower] = make_small(folder / tower, probe(loaded).numpy()) if may_be_small else 1.0
    vocabulary = vocabulary or Path(open_clip.__file__).parent / "bpe_simple_vocab_16e6.txt.gz"
    end_token = write_words(vocabulary, folder / WORDS)
    hashes = {tower: hashlib.sha256((folder / tower).read_bytes()).hexdigest() for tower in (IMAGE, TEXT, WORDS)}
    precision = "int8" if min(kept.values()) < 1.0 else "fp32"
    about = {
        "producer": f"{origin} {precision} {hashes[IMAGE][:6]}{hashes[TEXT][:6]}",
        "n_dims": int(run(folder / IMAGE, probe_pictures(loaded, 1).numpy()).shape[1]),
        "side_px": loaded.side_px,
        "mean": list(loaded.mean),
        "std": list(loaded.std),
        "n_tokens": loaded.n_tokens,
        "end_token": end_token,
        "least_cosine": least_cosine,
        "sha256": hashes,
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    return about


def main() -> None:
    """Read the arguments and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", default="")
    parser.add_argument("--origin", required=True)
    parser.add_argument("--config", type=Path)
    parser.add_argument("--vocabulary", type=Path)
    parser.add_argument("--least-cosine", type=float, default=LEAST_COSINE)
    arguments = vars(parser.parse_args())
    if not math.isfinite(arguments["least_cosine"]):
        raise SystemExit("--least-cosine must be a number")
    about = export(arguments.pop("checkpoint"), arguments.pop("folder"), **arguments)
    sys.stdout.write(json.dumps(about) + "\n")


if __name__ == "__main__":
    main()
