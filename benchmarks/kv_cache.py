"""What a quantized key-value cache and flash attention cost or save, by llama.cpp's own Python class.

    python benchmarks/kv_cache.py [--rounds 2]

A prompt of some 600 tokens is read and 24 tokens are written, in turn with each setting, by the profile's weights with
two threads. Processor seconds and seconds on the clock. The program keeps whole numbers (f16) and no flash attention.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from itertools import pairwise
from typing import Any

from _common import print_table

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
Q8_0 = 8  # ggml_type, ggml.h
SETTINGS: dict[str, dict[str, Any]] = {
    "f16": {},
    "f16, flash attention": {"flash_attn": True},
    "q8_0, flash attention": {"flash_attn": True, "type_k": Q8_0, "type_v": Q8_0},
}
N_WRITTEN = 24


def main() -> int:
    """Measure each setting in turn and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2)
    rounds = parser.parse_args().rounds
    taken: dict[str, list[tuple[float, ...]]] = {name: [] for name in SETTINGS}
    for _ in range(rounds):
        for name, setting in SETTINGS.items():
            taken[name].append(measure_setting(setting))
    rows = [(name, *(statistics.median(column) for column in zip(*own, strict=True))) for name, own in taken.items()]
    print_table(("cache", "tokens", "read CPU-s", "clock s", "written CPU-s", "clock s"), rows)
    return 0


def measure_setting(setting: dict[str, Any]) -> tuple[float, ...]:
    """Read and write once; tokens read, and processor and clock seconds of both."""
    import llama_cpp

    from app.paths import default_models
    from models.weights import WeightsFolder, load_catalogue

    model = load_catalogue().get_profile("default").models["chat"]
    path = WeightsFolder(default_models()).require(model) / model.files[0].name
    engine = llama_cpp.Llama(str(path), n_ctx=4096, n_threads=2, n_threads_batch=2, verbose=False, **setting)
    lines = [f"[{n}] On day {n} Ana said that boiler {7 * n} was repaired for {3 * n} euros." for n in range(26)]
    tokens = engine.tokenize(" ".join(lines).encode())
    marks = [(time.process_time(), time.perf_counter())]
    engine.eval(tokens)
    marks.append((time.process_time(), time.perf_counter()))
    for _ in range(N_WRITTEN):
        engine.eval([engine.sample(temp=0)])
    marks.append((time.process_time(), time.perf_counter()))
    engine.close()
    steps = [b[i] - a[i] for a, b in pairwise(marks) for i in (0, 1)]
    return (len(tokens), *steps)


if __name__ == "__main__":
    sys.exit(main())
