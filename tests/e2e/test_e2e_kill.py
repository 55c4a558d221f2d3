"""kill -9 during an import through the command line, then the same import again: nothing lost, nothing doubled."""

from __future__ import annotations

import random
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.support.e2e_files import write_lines, write_page, write_speech
from tests.support.e2e_process import Day, Madeleine, Ran

N_RANDOM = 50
# Each group dies at these points one after the other in one home, in the order in which an import passes them (a stage
# that stops the program three times in a row would be set aside), and is then brought to its end.
GROUPS = (
    ("migration", "file_written", "ingest.keep:2", "ingest.begin", "ingest.ocr", "ingest.read"),
    (
        "row_inserted",
        "row_inserted:2",
        "ingest.stretch",
        "ingest.transcribe",
        "ingest.tied",
        "ingest.batch",
        "ingest.done",
    ),
    ("vectors_put", "ingest.embed", "before_chroma", "after_chroma", "ingest.index", "ingest.done:2"),
)


def check_sound(madeleine: Madeleine) -> None:
    findings = madeleine("doctor", "--json").json["findings"]
    assert [f for f in findings if not f["ok"] and f["name"] not in {"disk", "sound"}] == []


def import_all(madeleine: Madeleine, folder: Path) -> dict[str, Any]:
    ran = madeleine("import", "--json", folder)
    assert ran.code == 0, ran.err
    report: dict[str, Any] = ran.json
    assert report["failed"] == []
    return report


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of each: a recording, a picture, a note, a list."""
    found = tmp_path_factory.mktemp("in")
    write_speech(found / "2026-10-12_10-00-00.wav", duration_s=6.0)
    write_page(found / "2026-10-12 gate.png", "Code of the gate", "5927")
    (found / "2026-10-12 note.txt").write_text("The spare key is under the pot.")
    write_lines(found / "talk.moments.jsonl", 40, name="talk")  # with their windows enough to open the index
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, weights: Path, folder: Path) -> Day:
    """A memory that nobody disturbed."""
    madeleine = Madeleine(tmp_path_factory.mktemp("whole") / "home", weights)
    report = import_all(madeleine, folder)
    assert report["imported"] == 4
    return Day(madeleine, report)


@pytest.fixture(scope="module")
def expected(whole: Day) -> list[tuple[str, str, str]]:
    """What an import that nobody disturbs brings."""
    return describe(whole.madeleine)


def read_set_aside(ran: Ran) -> set[str]:
    """The files that a run which got to its end set aside, because they were being worked on at three deaths.

    Madeleine cannot know whether a file killed her or somebody else did; so after the third time she leaves it until
    it is imported again, says so, and ends with 1. Nothing else may have failed.
    """
    failed = ran.json["failed"]
    assert ran.code == (1 if failed else 0), ran.err
    assert [one for one in failed if not one["error"].endswith("and was set aside.")] == []
    return {Path(one["path"]).name for one in failed}


def describe(madeleine: Madeleine) -> list[tuple[str, str, str]]:
    return [(m["id"], m["started_at"], m["text"]) for m in madeleine.list_moments()]


def list_voices(madeleine: Madeleine) -> list[tuple[int, float]]:
    """How much each voice said; their ids may differ."""
    return sorted(
        (voice["utterances"], voice["seconds"]) for voice in madeleine("voices", "list", "--json").json["voices"]
    )


@pytest.mark.parametrize("points", GROUPS, ids=lambda points: points[0])
def test_death_at_every_step_loses_and_doubles_nothing(
    madeleine: Madeleine, folder: Path, whole: Day, expected: list[tuple[str, str, str]], points: tuple[str, ...]
) -> None:
    codes = {point: madeleine.dying_at(point)("import", "--json", folder).code for point in points}
    assert codes == dict.fromkeys(points, -9)
    import_all(madeleine, folder)
    assert describe(madeleine) == expected
    assert list_voices(madeleine) == list_voices(whole.madeleine)
    assert "5927" in madeleine("search", "--json", "code of the gate").json["moments"][0]["text"]
    check_sound(madeleine)


@pytest.mark.parametrize("point", ["mid_forget", "before_unlink"])
def test_death_while_forgetting_leaves_it_whole_or_gone(whole: Day, tmp_path: Path, point: str) -> None:
    madeleine = whole.copy_to(tmp_path / "home")
    page = next(m for m in madeleine.list_moments() if "5927" in m["text"])
    picture = Path(page["media"]["path"]).read_bytes()
    assert madeleine.dying_at(point)("forget", "--yes", "--id", page["id"]).code == -9
    is_whole = page["id"] in {m["id"] for m in madeleine.list_moments()}
    assert madeleine("forget", "--yes", "--id", page["id"]).code == (0 if is_whole else 4)
    left = [path.read_bytes() for path in madeleine.home.rglob("*") if path.is_file()]
    assert not [data for data in left if b"5927" in data or data == picture]
    assert madeleine("reindex").code == 0
    check_sound(madeleine)


@pytest.mark.parametrize("point", ["mid_rebuild", "after_switch"])
def test_death_while_rebuilding_costs_nothing(whole: Day, tmp_path: Path, point: str) -> None:
    madeleine = whole.copy_to(tmp_path / "home")
    before = madeleine("search", "--json", "spare key under the pot").json["moments"]
    assert madeleine.dying_at(point)("reindex").code == -9
    assert madeleine("search", "--json", "spare key under the pot").json["moments"] == before
    assert madeleine("reindex").code == 0
    assert madeleine("search", "--json", "spare key under the pot").json["moments"] == before
    check_sound(madeleine)


def test_fifty_deaths_at_random_moments(madeleine: Madeleine, tmp_path: Path) -> None:
    """Every round brings new lines (now and then a picture or a recording) and is killed somewhere, or gets through."""
    folder, chance = tmp_path / "in", random.Random(20261014)
    folder.mkdir()
    external_ids: dict[str, list[str]] = {}
    reported: set[str] = set()
    n_killed = n_media = 0
    for number in range(N_RANDOM):
        name = f"{number:02}.moments.jsonl"
        external_ids[name] = write_lines(folder / name, 3, name=f"round{number}", minute=number)
        if number % 12 == 5:
            write_page(folder / f"2026-10-12 {number:02}.png", f"Shelf {number}")
            n_media += 1
        if number == 20:
            write_speech(folder / "2026-10-12_10-00-00.wav", duration_s=5.0)
        ran = madeleine.run_and_kill("import", "--json", folder, after_s=chance.uniform(0.1, 2.5))
        if ran.code == -9:
            n_killed += 1
            continue
        set_aside = read_set_aside(ran)
        reported.update(one for name, ids in external_ids.items() if name not in set_aside for one in ids)
    assert n_killed >= N_RANDOM / 2
    kept = Counter(m["external_id"] for m in madeleine.list_moments() if m.get("external_id"))
    assert reported - set(kept) == set()  # before anything is mended
    read_set_aside(madeleine("import", "--json", folder))  # ... once, and then it is tried again
    import_all(madeleine, folder)
    moments = madeleine.list_moments()
    assert Counter(m["external_id"] for m in moments if m.get("external_id")) == Counter(chain(*external_ids.values()))
    pages = [m["text"] for m in moments if m["kind"] in ("photo", "screenshot")]
    assert (len(pages), len(set(pages))) == (n_media, n_media)
    heard = [m["started_at"] for m in moments if m["kind"] == "utterance" and not m.get("external_id")]
    assert heard
    assert len(heard) == len(set(heard))
    again = import_all(madeleine, folder)
    assert (again["imported"], again["moments"]) == (0, 0)
    check_sound(madeleine)
