"""How long after a word is spoken can it be found, while the recording goes on?

    python benchmarks/capture_live.py [--minutes 6] [--busy 0]

A real sound server with a virtual array of four microphones plays the dev scenes of ``data/missed`` (two conversations
at once) over and over into ``madeleine capture --array``; this process asks the owner of the memory for what is there,
once a second, as another command would. For each sentence that was spoken: when the first moment came that was heard at
that time and has at least 40 % of its words, less the time at which the sentence ended. Must: 60 s; aim: 15 s.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from _common import DATA, MADELEINE, ROOT, print_table, require_data
from capture_soak import keep_busy
from numpy.typing import NDArray

from app.owner import call_owner
from app.paths import default_models
from tests.support.capture_pulse import NoSoundServer, VirtualArray

RATE_HZ = 16_000
PAUSE_S = 1.5
NEAR_S = 3.0
SHARE = 0.4
LATENCY_S = 0.5  # of the player


@dataclass(slots=True)
class Spoken:
    """A sentence and when it was spoken, seconds from the start of the playing; when it was found, or None."""

    words: frozenset[str]
    start_s: float
    end_s: float
    lag_s: float | None = None


def main() -> int:
    """Play, ask, print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=6.0)
    parser.add_argument("--busy", type=int, default=0, help="processes that compute meanwhile")
    arguments = parser.parse_args()
    if not require_data("missed"):
        return 3
    sound, geometry, spoken = build_talk(arguments.minutes * 60)
    with tempfile.TemporaryDirectory(prefix="live") as folder:
        array = VirtualArray(Path(folder), sound.shape[1])
        try:
            array.start()
        except NoSoundServer as error:
            print(error)
            return 3
        busy = [multiprocessing.Process(target=keep_busy, daemon=True) for _ in range(arguments.busy)]
        for process in busy:
            process.start()
        try:
            cpu_share, n_moments = record(array, Path(folder), sound, geometry, spoken)
        finally:
            for process in busy:
                process.kill()
            array.stop()
    lags = np.sort([one.lag_s for one in spoken if one.lag_s is not None])
    if not len(lags):
        print("Nothing was found.")
        return 1
    p50, p95 = (round(float(np.percentile(lags, share)), 1) for share in (50, 95))
    rows: list[tuple[str, object]] = [
        ("sentences spoken", len(spoken)),
        ("found", f"{len(lags) / len(spoken):.0%}"),
        ("moments", n_moments),
        ("lag p50 s", p50),
        ("lag p95 s", p95),
        ("lag max s", round(float(lags[-1]), 1)),
        ("CPU-s per s of sound", round(cpu_share, 2)),
        ("load of the machine", f"{os.getloadavg()[2]:.1f} on {os.cpu_count()} cores"),
    ]
    print_table(("what", "value"), rows)
    return 0 if lags[-1] <= 60 else 1


def build_talk(length_s: float) -> tuple[NDArray[np.int16], list[list[float]], list[Spoken]]:
    """The scenes one after the other, int16 (frames, channels), their array, and what is said in them when."""
    parts: list[NDArray[np.int16]] = []
    spoken: list[Spoken] = []
    at_s, geometry = 0.0, [[0.0, 0.0, 0.0]]
    files = sorted((DATA / "missed").glob("*.json"))
    while at_s < length_s:
        file = files[len(parts) // 2 % len(files)]
        told = json.loads(file.read_text())
        geometry = told["array"]["positions_m"]
        sound, _rate_hz = soundfile.read(file.with_suffix(".flac"), dtype="int16", always_2d=True)
        for conversation in told["conversations"]:
            for said in conversation["segments"]:
                words = frozenset(read_words(said["text"]))
                spoken.append(Spoken(words, at_s + said["start_s"], at_s + said["end_s"]))
        parts += [sound, np.zeros((round(PAUSE_S * RATE_HZ), sound.shape[1]), np.int16) + 1]
        at_s += len(sound) / RATE_HZ + PAUSE_S
    return np.concatenate(parts), geometry, spoken


def record(
    array: VirtualArray, folder: Path, sound: NDArray[np.int16], geometry: list[list[float]], spoken: list[Spoken]
) -> tuple[float, int]:
    """Play into ``madeleine capture`` and ask until it ends; returns processor seconds a second, and moments seen."""
    home, preset = folder / "home", folder / "array.json"
    preset.write_text(json.dumps({"positions_m": geometry}))
    child = subprocess.Popen(
        [*MADELEINE, "--home", str(home), "capture", "--audio", "--device", "array", "--array", str(preset)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **array.environment, "MADELEINE_MODELS": str(default_models().absolute())},
    )  # fmt: skip
    assert child.stderr is not None
    if not (told := child.stderr.readline()).startswith("Recording"):
        child.kill()
        raise RuntimeError(told)
    player = array.player()
    began_s, before_s = time.time() + LATENCY_S, read_cpu_s(child.pid)

    def feed() -> None:
        assert player.stdin is not None
        for first in range(0, len(sound), RATE_HZ // 10):
            player.stdin.write(sound[first : first + RATE_HZ // 10].tobytes())
        player.stdin.close()
        player.wait()

    thread = threading.Thread(target=feed, daemon=True)
    thread.start()
    seen: set[str] = set()
    until_s = time.time() + len(sound) / RATE_HZ + 45.0
    while time.time() < until_s and any(one.lag_s is None for one in spoken):
        look(home, began_s, spoken, seen)
        time.sleep(1.0)
    share = (read_cpu_s(child.pid) - before_s) / (time.time() - began_s)
    child.send_signal(signal.SIGINT)
    child.communicate()
    return share, len(seen)


def look(home: Path, began_s: float, spoken: list[Spoken], seen: set[str]) -> None:
    """Ask for what is there, and note what is found for the first time."""
    answer: Any = call_owner(home, {"do": "timeline"})
    now_s = time.time() - began_s
    for day in (answer or {"days": []})["days"]:
        for moment in day["moments"]:
            if moment["id"] in seen:
                continue
            seen.add(moment["id"])
            start_s, end_s = (read_time_s(moment[key]) - began_s for key in ("started_at", "ended_at"))
            heard = set(read_words(moment["text"]))
            for one in spoken:
                is_near = start_s - NEAR_S < one.end_s and end_s + NEAR_S > one.start_s
                if one.lag_s is None and is_near and len(heard & one.words) >= SHARE * len(one.words):
                    one.lag_s = now_s - one.end_s


def read_words(text: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"[a-z0-9']+", text.lower())


def read_time_s(text: str) -> float:
    """ISO 8601 to seconds since the epoch."""
    return datetime.fromisoformat(text).astimezone(UTC).timestamp()


def read_cpu_s(pid: int) -> float:
    """Processor seconds of a process so far. Source: proc(5), fields 14 and 15 of stat."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
