"""What was missed, on the development scenes: facts told, facts mixed up, directions, both ways of following.

    python benchmarks/missed.py [--home DIR] [--truth] [--show]

Each scene holds two conversations. The command line imports the recording with its geometry and is asked what was
missed while one of them was followed, then the other. *Told*: facts of the other conversation of which a word stands in
a point or a summary. *Mixed up*: facts of the followed one that stand there. *Direction*: the other conversation is
told from within 25° of where it was. ``--truth`` asks memories that hold what was really said, one stream a
conversation: what the telling alone can give.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from _common import DATA, MADELEINE, ROOT, print_table, require_data, working_folder

Json = dict[str, Any]
NEAR_DEG = 25.0
NOON_US = 1_790_000_000_000_000  # 2026-09-21, about noon; scenes built from the truth follow each other by an hour
HOUR_US = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Scene:
    """One recording, its truth, and the session it became."""

    path: Path
    truth: Json
    session: str


@dataclass(slots=True)
class Score:
    """Sums over questions."""

    told: int = 0
    n_facts: int = 0
    mixed: int = 0
    n_followed: int = 0
    directions: int = 0
    n: int = 0
    took_s: float = 0.0
    absent: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take in another score."""
        for name in ("told", "n_facts", "mixed", "n_followed", "directions", "n"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.took_s += other.took_s
        self.absent += other.absent

    def row(self, name: str) -> tuple[str, str, str, str, str]:
        """One line of the table."""
        return (
            name,
            _share(self.told, self.n_facts),
            _share(self.mixed, self.n_followed),
            _share(self.directions, self.n),
            f"{self.took_s / max(1, self.n):.1f}",
        )


def main() -> int:
    """Import, ask, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a folder to keep, so that the next run need not import again")
    parser.add_argument("--truth", action="store_true", help="memories of what was really said")
    parser.add_argument("--no-session", action="store_true", help="let the recording be found, too")
    parser.add_argument("--show", action="store_true", help="print what was told and which facts are absent")
    arguments = parser.parse_args()
    if not require_data("missed"):
        return 0
    with working_folder(arguments.home) as folder:
        home = folder / ("truth" if arguments.truth else "heard")
        scenes = list((build_truth if arguments.truth else import_scenes)(home))
        answers = ask(home, scenes, is_told=not arguments.no_session)
    total = Score()
    rows = []
    for scene in scenes:
        score = Score()
        for place in range(len(scene.truth["conversations"])):
            answer = answers[f"{scene.path.stem}/{place}"]
            own = judge(scene, place, answer)
            if arguments.show:
                show(scene, place, answer, own)
            score.add(own)
        total.add(score)
        rows.append(score.row(scene.path.stem))
    print_table(("scene", "told", "mixed up", "direction", "s a question"), [*rows, total.row("all")])
    return 0


def import_scenes(home: Path) -> Iterator[Scene]:
    """Import each recording with its own geometry through the command line."""
    home.mkdir(parents=True, exist_ok=True)
    for path in sorted((DATA / "missed").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        array = home.parent / f"{path.stem}.array.json"
        array.write_text(json.dumps({"positions_m": truth["array"]["positions_m"]}), "utf-8")
        report = _madeleine(home, "import", path.with_suffix(".flac"), "--array", array, "--json")
        session = report["sessions"][0] if report["sessions"] else _session_of(home, path.with_suffix(".flac"))
        yield Scene(path, truth, session)


def _session_of(home: Path, recording: Path) -> str:
    """The session of a recording that was imported before."""
    for day in _madeleine(home, "timeline", "--json")["days"]:
        for moment in day["moments"]:
            if Path(moment.get("source", "")).name == recording.name:
                return str(moment["audio"]["session"])
    raise RuntimeError(f"{recording.name} gave no words")


def build_truth(home: Path) -> Iterator[Scene]:
    """Write what was really said, one stream a conversation."""
    from app.compose import build_engine
    from app.paths import default_models
    from memory.records import Kind, Moment, moment_id

    engine = build_engine(home, models=default_models())
    scenes = []
    for number, path in enumerate(sorted((DATA / "missed").glob("*.json"))):
        truth = json.loads(path.read_text("utf-8"))
        start_us = NOON_US + number * HOUR_US
        engine.memory.write_moments(
            [
                Moment(
                    id=moment_id(path.stem, f"{stream}/{ordinal}"),
                    kind=Kind.UTTERANCE,
                    started_us=start_us + round(said["start_s"] * 1e6),
                    ended_us=start_us + round(said["end_s"] * 1e6),
                    text=said["text"],
                    session=path.stem,
                    stream=stream,
                    ordinal=ordinal,
                    azimuth_rad=math.radians(talk["azimuth_deg"]),
                )
                for stream, talk in enumerate(truth["conversations"])
                for ordinal, said in enumerate(talk["segments"])
            ]
        )
        scenes.append(Scene(path, truth, path.stem))
    engine.reindex()
    engine.close()
    yield from scenes


def ask(home: Path, scenes: Sequence[Scene], *, is_told: bool) -> dict[str, Json]:
    """Ask all questions in one batch; answers by "scene/conversation that is followed"."""
    lines = []
    for scene in scenes:
        for place, talk in enumerate(scene.truth["conversations"]):
            line = {
                "id": f"{scene.path.stem}/{place}",
                "question": f"What did I miss while I was following {talk['ask']}?",
            }
            lines.append({**line, "session": scene.session} if is_told else line)
    batch = home.parent / "missed.batch.jsonl"
    batch.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    done = subprocess.run(
        [*MADELEINE, "--home", home, "missed", "--batch", batch], check=True, cwd=ROOT, capture_output=True, text=True
    )
    return {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}


def judge(scene: Scene, place: int, answer: Json) -> Score:
    """Count what one answer tells."""
    talks = scene.truth["conversations"]
    others = [talk for index, talk in enumerate(talks) if index != place]
    told = " ".join(text for one in answer["missed"] for text in (one["summary"], *(p["text"] for p in one["points"])))
    score = Score(n=1, took_s=answer["took_ms"] / 1000, n_followed=len(talks[place]["facts"]))
    score.mixed = sum(says(told, fact) for fact in talks[place]["facts"])
    for talk in others:
        score.n_facts += len(talk["facts"])
        score.told += sum(says(told, fact) for fact in talk["facts"])
        score.absent += [fact[0] for fact in talk["facts"] if not says(told, fact)]
    score.directions = all(
        any(_apart_deg(one["stream"]["azimuth_deg"], talk["azimuth_deg"]) <= NEAR_DEG for one in answer["missed"][:1])
        for talk in others
    )
    return score


def says(text: str, fact: Sequence[str]) -> bool:
    """Whether a text holds one of the words of a fact."""
    plain = re.sub(r"\s+", " ", text.lower())
    return any(re.search(rf"(?<![a-z0-9]){re.escape(word.lower())}", plain) for word in fact)


def show(scene: Scene, place: int, answer: Json, score: Score) -> None:
    """Print one answer."""
    print(f"\n{scene.path.stem}: followed {scene.truth['conversations'][place]['topic']} ({answer['took_ms']:.0f} ms)")
    print(f"  {answer['contrast']}")
    for one in answer["missed"]:
        print(f"  {one['stream']['azimuth_deg']}  {one['summary']}")
        for point in one["points"]:
            print(f"      - {point['text']}")
    print(f"  absent: {', '.join(score.absent) or 'none'}; mixed up: {score.mixed}")


def _apart_deg(one: float | None, other: float) -> float:
    return 360.0 if one is None else abs((one - other + 180.0) % 360.0 - 180.0)


def _share(n: int, n_all: int) -> str:
    return f"{n}/{n_all} {n / max(1, n_all):.0%}"


def _madeleine(home: Path, *arguments: object) -> Json:
    done = subprocess.run(
        [*MADELEINE, "--home", home, *map(str, arguments)], check=True, cwd=ROOT, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    sys.exit(main())
