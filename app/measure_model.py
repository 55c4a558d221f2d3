"""How fast a model works on this computer and how much working memory it takes: one small real run, in a child process.

Role: a process of its own, because only then is the memory that the model's own, and because a model that ends its
process (an instruction this processor does not have) must not end the window. It reads the sample day, nothing of the
user's. Run as ``python -m app.measure_model FOLDER MODEL``; says one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from models.protocols import GenerateOptions, Message
from models.weights import Model, Profile, WeightsFolder, load_catalogue

SAMPLES = Path(__file__).resolve().parent.parent / "assets" / "sample_day"
RATE_HZ = 16_000
_SOUND_S = 30
_SENTENCE = "The boiler inspection was moved to Thursday the fifth, between nine and eleven in the morning."
_N_SENTENCES = 96
_N_WRITTEN = 32
MEASURABLE = ("transcribe", "voice", "read_text", "embed", "chat", "see")

Run = Callable[[], dict[str, float]]


def measure(folder: WeightsFolder, model: Model) -> dict[str, Any]:
    """Load a model, use it once to warm it, and once with a watch.

    Returns:
        ``load_s`` (with the first use), ``memory_bytes`` (the process's peak above what it was before) and ``rates``:
        what was done in a second, by what it is.

    Raises:
        ModelError: its weights are not here, or it cannot work.
    """
    run = _prepare(folder, model)
    before, started_s = _peak_bytes(), time.perf_counter()
    run()
    load_s = time.perf_counter() - started_s
    rates = run()
    return {"load_s": load_s, "memory_bytes": _peak_bytes() - before, "rates": rates}


def _prepare(folder: WeightsFolder, model: Model) -> Run:
    """Make the backend of a model and the sample it works on; nothing is loaded yet."""
    from models import profile as build

    alone = Profile("measured", {model.task: model}, model if model.task == "see" else None)
    match model.task:
        case "transcribe":
            transcriber, sound = build.build_transcriber(folder, alone), _read_sound()
            return lambda: _timed("sound_s", len(sound) / RATE_HZ, lambda: list(transcriber.transcribe(sound)))
        case "voice":
            voices, sound = build.build_voices(folder, alone), _read_sound()
            clips = [sound[n : n + 2 * RATE_HZ] for n in range(0, len(sound) - 2 * RATE_HZ, 2 * RATE_HZ)]
            return lambda: _timed("sound_s", 2.0 * len(clips), lambda: voices.embed(clips))
        case "read_text":
            reader, picture = build.build_text_reader(folder, alone), _read_picture("*.png")
            return lambda: _timed("pictures", 1, lambda: reader.read(picture))
        case "embed":
            embedder = build.build_embedder(folder, alone)
            texts = [f"{n}. {_SENTENCE}" for n in range(_N_SENTENCES)]
            return lambda: _timed("sentences", len(texts), lambda: embedder.embed(texts))
        case "see":
            eye, picture = build.build_eye(folder, alone), _read_picture("*.jpg")
            if eye is None:
                raise ValueError("its networks were not made yet: madeleine models export-clip")
            return lambda: _timed("pictures", 1, lambda: eye.embed_pictures([picture]))
        case "chat":
            chat = build.build_chat(folder, alone)
            return lambda: _write(chat)
    raise ValueError("it is measured with what hears it")


def _write(chat: Any) -> dict[str, float]:
    """Let a language model read some hundred tokens it has not read before, and write."""
    head = f"{time.time_ns()} Tell what these notes say.\n"
    message = Message("user", head + "\n".join(f"{n}. {_SENTENCE}" for n in range(16)))
    started_s, first_s, last = time.perf_counter(), 0.0, None
    for chunk in chat.generate([message], GenerateOptions(max_tokens=_N_WRITTEN)):
        first_s = first_s or time.perf_counter() - started_s
        last = chunk
    assert last is not None
    writing_s = max(1e-3, time.perf_counter() - started_s - first_s)
    return {
        "tokens_read": last.n_prompt_tokens / max(1e-3, first_s),
        "tokens_written": max(0, last.n_completion_tokens - 1) / writing_s,
    }


def _timed(what: str, amount: float, do: Callable[[], object]) -> dict[str, float]:
    started_s = time.perf_counter()
    do()
    return {what: amount / max(1e-6, time.perf_counter() - started_s)}


def _read_sound() -> np.ndarray[Any, np.dtype[np.float32]]:
    """The first half minute of a recording of the sample day: float32 (samples,), 16 kHz."""
    from ingest.audio import open_recording

    recording = open_recording(next(iter(sorted(SAMPLES.glob("*.flac")))))
    pieces = (stretch.audio for stretch in recording.iter_stretches())
    return np.asarray(next(pieces)[: _SOUND_S * RATE_HZ], np.float32)


def _read_picture(pattern: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A picture of the sample day: uint8 (height, width, 3)."""
    from PIL import Image

    with Image.open(next(iter(sorted(SAMPLES.glob(pattern))))) as image:
        return np.asarray(image.convert("RGB"))


def _peak_bytes() -> int:
    """Most of the working memory that this process has had so far."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)


def main() -> int:
    """Measure what was named; returns the exit code."""
    folder, name = WeightsFolder(Path(sys.argv[1])), sys.argv[2]
    try:
        said = measure(folder, load_catalogue().models[name])
    except Exception as error:  # noqa: BLE001 - the edge of the process: told in words
        said = {"error": str(error) or type(error).__name__, "hint": getattr(error, "hint", "")}
    sys.stdout.write(json.dumps(said) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
