"""Train the small CLIP model of the tests with open_clip on pictures that we draw; minutes on one core.

    MADELEINE-CLIP-PYTHON packaging/clip/train.py FOLDER [--steps N] [--limit-s S]

It writes ``model.json`` (open_clip's own form), ``vocabulary.txt.gz`` (the first merges of open_clip's), and
``weights.pt``; ``madeleine models export-clip`` makes ONNX of them. The recall it prints is on combinations of words
that no training picture had. Runs in the environment of ``make clip``, never in Madeleine's own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import torch
from pictures import SIDE_PX, Combination, draw, split_combinations

N_MERGES = 1200  # enough for whole words of our captions; the official vocabulary has 48,894
CONFIG: dict[str, Any] = {
    "embed_dim": 128,
    "vision_cfg": {"image_size": SIDE_PX, "layers": [1, 1, 1, 1], "width": 16, "head_width": 32, "patch_size": 8},
    "text_cfg": {"context_length": 16, "vocab_size": 512 + N_MERGES + 2, "width": 96, "heads": 3, "layers": 2},
}
MEAN, STD = open_clip.OPENAI_DATASET_MEAN, open_clip.OPENAI_DATASET_STD
N_UNSEEN = 200
BATCH = 128
RATE = 2e-3


def write_vocabulary(path: Path) -> None:
    """Cut open_clip's list of merges short."""
    with gzip.open(Path(open_clip.__file__).parent / "bpe_simple_vocab_16e6.txt.gz") as file:
        lines = file.read().decode().split("\n")[: N_MERGES + 1]
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
        packed.write("\n".join(lines).encode())


def to_input(pictures: list[np.ndarray[Any, Any]]) -> torch.Tensor:
    """Float32 (pictures, 3, side, side), normalized as CLIP wants it."""
    pixels = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255
    return (pixels - torch.tensor(MEAN)[:, None, None]) / torch.tensor(STD)[:, None, None]


def measure(model: Any, tokenizer: Any, unseen: list[Combination], seed: int = 1) -> float:
    """Share of unseen captions whose own picture is the nearest of all unseen pictures (recall at 1)."""
    rng = random.Random(seed)
    model.eval()
    with torch.no_grad():
        pictures = model.encode_image(to_input([draw(c, rng) for c in unseen]), normalize=True)
        texts = model.encode_text(tokenizer([c.caption() for c in unseen]), normalize=True)
    model.train()
    return float(((texts @ pictures.T).argmax(1) == torch.arange(len(unseen))).float().mean())


def train(folder: Path, n_steps: int, limit_s: float) -> float:
    """Train, write, and return the recall on unseen combinations; goes on where an earlier run was stopped."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    write_vocabulary(folder / "vocabulary.txt.gz")
    tokenizer = open_clip.SimpleTokenizer(
        bpe_path=str(folder / "vocabulary.txt.gz"), context_length=CONFIG["text_cfg"]["context_length"]
    )
    model = open_clip.model.CLIP(**CONFIG)
    seen, unseen = split_combinations(N_UNSEEN)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.02, betas=(0.9, 0.98))
    first, state = 0, folder / "state.pt"
    if state.exists():
        kept = torch.load(state)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        first = kept["step"]
    began_s = time.monotonic()
    for step in range(first, n_steps):
        rng = random.Random(step)
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / 50) * 0.5 * (1 + math.cos(math.pi * step / n_steps))
        loss = take_step(model, optimizer, tokenizer, rng.sample(seen, BATCH), rng)
        is_out_of_time = time.monotonic() - began_s > limit_s
        if step % 25 == 24 or is_out_of_time:
            told = f"step {step + 1}, loss {loss:.3f}, recall@1 {measure(model, tokenizer, unseen):.3f}"
            print(f"{told}, {time.process_time():.0f} CPU-s", flush=True)
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step + 1}, state)
        if is_out_of_time:
            break
    (folder / "model.json").write_text(
        json.dumps({"model_cfg": CONFIG, "preprocess_cfg": {"mean": MEAN, "std": STD}}, indent=1) + "\n"
    )
    torch.save({name: value.half() for name, value in model.state_dict().items()}, folder / "weights.pt")
    return measure(model, tokenizer, unseen)


def take_step(model: Any, optimizer: Any, tokenizer: Any, batch: list[Combination], rng: random.Random) -> float:
    """One step of the symmetric contrastive loss (Radford et al. 2021, figure 3); returns the loss."""
    images = model.encode_image(to_input([draw(c, rng) for c in batch]), normalize=True)
    texts = model.encode_text(tokenizer([c.caption(rng) for c in batch]), normalize=True)
    logits = model.logit_scale.exp() * images @ texts.T
    truth = torch.arange(len(batch))
    loss = (torch.nn.functional.cross_entropy(logits, truth) + torch.nn.functional.cross_entropy(logits.T, truth)) / 2
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    with torch.no_grad():
        model.logit_scale.clamp_(0, math.log(100))
    return float(loss.item())


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--steps", type=int, default=700)
    parser.add_argument(
        "--limit-s", type=float, default=math.inf, help="stop then; the same command goes on from there"
    )
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    recall = train(arguments.folder, arguments.steps, arguments.limit_s)
    print(f"recall@1 on unseen combinations: {recall:.3f}")


if __name__ == "__main__":
    main()
