"""Import costs: an hour of speech beside faster-whisper alone, screenshots beside RapidOCR alone.

    python benchmarks/import_cost.py [--minutes 10] [--runs 1] [--only speech,screens]

Both sides run as children in turn, in the same run, from nothing to the end (start, loading, decoding), with the same
weights and settings: int8, the profile's beam, word times, voice activity detection, two threads; for pictures the same
models, size limit and threads. Processor seconds are compared; the most resident memory is told beside them. The
speech is put together from the talks and the dry voices of the scenes, in a seeded order with pauses of 0.5 to 3 s
between them. Musts: at most 1.2 times each.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

import numpy as np
from _common import DATA, MADELEINE, SAMPLE_DAY, Cost, measure, print_table, require_data

MOST = 1.2
RATE_HZ = 16_000


def main() -> int:
    """Measure what was asked for and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0, help="length of the speech; 60 for the figure itself")
    parser.add_argument("--runs", type=int, default=1, help="medians of so many runs")
    parser.add_argument("--only", default="speech,screens")
    parser.add_argument("--bare", choices=("speech", "screens"), help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.bare:
        (recognize_speech if arguments.bare == "speech" else read_screens)(arguments.files)
        return 0
    rows = []
    with tempfile.TemporaryDirectory(prefix="madeleine-bench-") as folder:
        for name in arguments.only.split(","):
            if name == "speech" and require_data("talks", "scenes"):
                speech = build_speech(Path(folder) / "speech.flac", minutes=arguments.minutes)
                rows.append(compare(f"{arguments.minutes:g} minutes of speech", "speech", [speech], arguments.runs))
            if name == "screens":
                screens = sorted(SAMPLE_DAY.glob("Screenshot*.png"))
                rows.append(compare("one screenshot", "screens", screens[:1], arguments.runs))
                rows.append(compare(f"{len(screens)} screenshots", "screens", screens, arguments.runs))
                rows.append(take_away(rows[-2], rows[-1], len(screens)))
    if rows:
        print_table(("", "import CPU-s", "bare CPU-s", "ratio", "must", "import s", "bare s", "import MB"), rows)
    return 0


def compare(title: str, what: str, files: list[Path], n_runs: int) -> tuple[object, ...]:
    """Run both sides in turn and give their line of the table."""
    ours, bare = [], []
    for _ in range(n_runs):
        ours.append(run_import(files))
        bare.append(measure([sys.executable, __file__, "--bare", what, *files]))
        print(f"  {title}: import {ours[-1].cpu_s:.1f} CPU-s, bare {bare[-1].cpu_s:.1f} CPU-s", file=sys.stderr)
    ours_s, bare_s = _median(ours, "cpu_s"), _median(bare, "cpu_s")
    walls = _median(ours, "wall_s"), _median(bare, "wall_s")
    return (title, ours_s, bare_s, ours_s / bare_s, f"{MOST:.2f}", *walls, round(_median(ours, "resident_mb")))


def _median(costs: list[Cost], key: str) -> float:
    return statistics.median(getattr(cost, key) for cost in costs)


def take_away(one: tuple[object, ...], all_of_them: tuple[object, ...], n_files: int) -> tuple[object, ...]:
    """What each further file costs: starting and loading taken away from both sides."""
    further = [(float(str(b)) - float(str(a))) / (n_files - 1) for a, b in zip(one[1:3], all_of_them[1:3], strict=True)]
    return ("each further screenshot", *further, further[0] / further[1], f"{MOST:.2f}", "", "", "")


def run_import(files: list[Path]) -> Cost:
    """Import into a new home."""
    with tempfile.TemporaryDirectory(prefix="madeleine-home-") as home:
        cost = measure([*MADELEINE, "--home", home, "import", *files, "--json"])
    report = json.loads(cost.out)
    if report["failed"] or not report["moments"]:
        raise RuntimeError(f"the import failed: {report}")
    return cost


def build_speech(path: Path, *, minutes: float) -> Path:
    """Put speech of a given length together."""
    import soundfile

    random = np.random.default_rng(7)
    voices = [*sorted((DATA / "talks").glob("*.flac")), *sorted((DATA / "scenes" / "refs").glob("*_early.flac"))]
    n_wanted, n_done = round(minutes * 60 * RATE_HZ), 0
    with soundfile.SoundFile(path, "w", RATE_HZ, 1, format="FLAC") as out:
        while n_done < n_wanted:
            for index in random.permutation(len(voices)):
                audio, rate_hz = soundfile.read(voices[index], dtype="float32", always_2d=True)
                if rate_hz != RATE_HZ:
                    raise RuntimeError(f"{voices[index].name} has {rate_hz} Hz")
                pause = np.zeros(random.integers(RATE_HZ // 2, 3 * RATE_HZ), np.float32)
                piece = np.concatenate([audio[:, 0], pause])[: n_wanted - n_done]
                out.write(piece)
                n_done += len(piece)
    return path


def recognize_speech(files: list[Path]) -> None:
    """The bare recognizer, with the settings of the profile: what this costs is the measure."""
    from faster_whisper import WhisperModel

    from app.paths import default_models
    from models.profile import ModelOptions
    from models.weights import WeightsFolder, load_catalogue
    from models.whisper import WhisperOptions

    folder = WeightsFolder(default_models()).require(load_catalogue().get_profile("default").models["transcribe"])
    threads = ModelOptions().n_threads
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)
    for path in files:
        segments, _info = model.transcribe(
            str(path),
            beam_size=ModelOptions().beam_size,
            temperature=list(WhisperOptions().temperatures),
            condition_on_previous_text=False,
            word_timestamps=True,
            vad_filter=True,
        )
        print(sum(len(segment.words or ()) for segment in segments), "words")


def read_screens(files: list[Path]) -> None:
    """The bare reader of text, with the same models and settings."""
    from rapidocr import RapidOCR

    from models.profile import ModelOptions
    from models.weights import WeightsFolder, load_catalogue

    model = load_catalogue().get_profile("default").models["read_text"]
    folder = WeightsFolder(Path()).require(model)
    names = {stage: next(f.name for f in model.files if f"_{stage}_" in f.name) for stage in ("det", "cls", "rec")}
    paths = {f"{stage.capitalize()}.model_path": str(folder / name) for stage, name in names.items()}
    threads = {"EngineConfig.onnxruntime.intra_op_num_threads": ModelOptions().n_threads}
    engine = RapidOCR(params={"Global.log_level": "critical", "Global.max_side_len": 2000, **threads, **paths})
    for path in files:
        print(len(engine(str(path)).txts or ()), "lines")


if __name__ == "__main__":
    sys.exit(main())
