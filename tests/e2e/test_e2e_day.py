"""The whole way: the sample day goes in through the command line, and its questions come out answered."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.support.e2e_files import SAMPLE_DAY, load_questions, write_lines, write_page
from tests.support.e2e_process import Day, Madeleine, owning

ANSWERABLE = (
    "rent deposit move-in fair-hotel bus-last wifi plate grocery invoice-total porto-number technician gate vet".split()
)
UNANSWERABLE = "no-bus-735 no-cafe-oliva no-bank-pin no-hotel-wifi no-keller-phone no-dentist-price".split()
SEARCHES = (
    "rent of the apartment",
    "booking number Porto",
    "grilled sardines",
    "vet for Pepper",
    "a cat",
    "brake cables",
)
LUNCH = "2026-10-14_12-35-00 lunch.flac"
FILES = sorted(path.name for path in SAMPLE_DAY.iterdir())


def hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def comes_from(moment: dict[str, Any], file: str) -> bool:
    """What was separated from a recording plays from a file of its own, but names its source."""
    if "media" in moment and hash_file(Path(moment["media"]["path"])) == hash_file(SAMPLE_DAY / file):
        return True
    return str(moment.get("source", "")).endswith(file)


def apart_deg(one: float | None, other: float) -> float:
    return 360.0 if one is None else abs((one - other + 180) % 360 - 180)


def is_told(question: dict[str, Any], answer: str) -> bool:
    plain = answer.lower().replace("\u202f", " ")
    words = [str(word).lower() for word in question.get("any_of", ())]
    return (not words or any(w in plain for w in words)) and all(
        str(w).lower() in plain for w in question.get("all_of", ())
    )


@pytest.fixture(scope="module")
def answers(day: Day, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The answers to some of the day's questions, by id; asked once."""
    chosen = [q for q in load_questions() if q["id"] in {*ANSWERABLE, *UNANSWERABLE}]
    assert len(chosen) == len(ANSWERABLE) + len(UNANSWERABLE)
    rows = [{"id": q["id"], "question": q["question"]} for q in chosen]
    return day.madeleine.ask_all("ask", rows, tmp_path_factory.mktemp("batch"))


def search_all(madeleine: Madeleine, folder: Path) -> dict[str, list[tuple[str, float]]]:
    found = madeleine.ask_all("search", [{"id": query, "query": query} for query in SEARCHES], folder)
    return {query: [(m["id"], m["score"]) for m in result["moments"]] for query, result in found.items()}


def test_every_file_of_the_day_is_a_memory(day: Day) -> None:
    assert (day.report["imported"], day.report["failed"]) == (len(FILES), [])
    assert len(day.report["sessions"]) == 2
    moments = day.madeleine.list_moments()
    assert len(moments) == day.report["moments"]
    assert {file for file in FILES if not any(comes_from(m, file) for m in moments)} == set()
    assert {m["started_at"][:10] for m in moments} == {"2026-10-14"}


def test_questions_are_answered_from_the_right_source(answers: dict[str, Any]) -> None:
    """At least three in four; ``benchmarks/answers.py`` counts them all."""
    questions = {str(q["id"]): q for q in load_questions()}
    right = []
    for name in ANSWERABLE:
        result = answers[name]
        cited = {c["moment"] for c in result["citations"]}
        sources = [m for m in result["evidence"] if m["id"] in cited]
        if is_told(questions[name], result["answer"]) and any(
            comes_from(m, str(questions[name]["source"])) for m in sources
        ):
            right.append(name)
    assert len(right) >= 0.75 * len(ANSWERABLE), sorted(set(ANSWERABLE) - set(right))


def test_what_the_day_does_not_hold_is_not_answered(answers: dict[str, Any]) -> None:
    answered = [name for name in UNANSWERABLE if not answers[name]["abstained"]]
    assert len(answered) <= 1, answered
    assert {answers[name]["reason"] for name in UNANSWERABLE if name not in answered} == {"not_in_memory"}


def test_every_citation_leads_to_words_that_stand_in_its_moment(answers: dict[str, Any]) -> None:
    n_citations = 0
    for result in answers.values():
        moments = {m["id"]: m for m in result["evidence"]}
        for citation in result["citations"]:
            assert citation["quote"]
            assert citation["quote"] in moments[citation["moment"]]["text"]
            assert f"[{citation['n']}]" in result["answer"]
            n_citations += 1
        assert result["abstained"] == (not result["citations"])
    assert n_citations >= len(ANSWERABLE) / 2


def test_what_was_said_plays_from_the_right_second(day: Day) -> None:
    heard = [m for m in day.madeleine.list_moments() if m["kind"] == "utterance"]
    assert len(heard) > 10
    for moment in heard:
        media = moment["media"]
        assert Path(media["path"]).is_file()
        assert 0 <= media["offset_s"] < 110
        assert 0 < media["duration_s"] < 60


def test_lunch_is_two_conversations_in_two_directions(day: Day) -> None:
    lunch = [m for m in day.madeleine.list_moments() if m["kind"] == "utterance" and comes_from(m, LUNCH)]
    truth = json.loads((SAMPLE_DAY.parent / "sample_day_about" / "truth.json").read_text("utf-8"))
    readable = n_facts = 0
    for conversation in truth["recordings"][LUNCH]["conversations"]:
        near = [m for m in lunch if apart_deg(m["audio"]["azimuth_deg"], conversation["azimuth_deg"]) < 15]
        assert len({m["audio"]["stream"] for m in near}) == 1
        assert {Path(m["media"]["path"]).suffix for m in near} == {".flac"}
        words = " ".join(m["text"] for m in near).lower()
        readable += sum(any(form in words for form in fact) for fact in conversation["facts"])
        n_facts += len(conversation["facts"])
    assert readable >= 0.7 * n_facts
    assert len({m["media"]["path"] for m in lunch}) == 2


def test_the_same_import_again_finds_only_what_it_knows(day: Day, tmp_path: Path) -> None:
    madeleine = day.copy_to(tmp_path / "home")
    before = madeleine.list_moments()
    ran = madeleine("import", "--json", "--array", "circle4_45mm", SAMPLE_DAY)
    assert (ran.code, ran.json["imported"], ran.json["duplicates"], ran.json["moments"]) == (0, 0, len(FILES), 0)
    assert [m["id"] for m in madeleine.list_moments()] == [m["id"] for m in before]


def test_reindex_and_a_restart_change_nothing_that_is_found(day: Day, tmp_path: Path) -> None:
    madeleine = day.copy_to(tmp_path / "home")
    before = search_all(madeleine, tmp_path)
    assert all(before[query] for query in SEARCHES[:4])
    assert madeleine("reindex").code == 0
    after = search_all(madeleine, tmp_path)
    for query in SEARCHES:
        assert [key for key, _ in after[query]] == [key for key, _ in before[query]]
        assert [score for _, score in after[query]] == pytest.approx([score for _, score in before[query]], abs=1e-3)


def test_what_is_forgotten_is_nowhere_any_more(day: Day, tmp_path: Path) -> None:
    madeleine = day.copy_to(tmp_path / "home")
    page = next(m for m in madeleine.list_moments() if comes_from(m, "IMG_20261014_121003.jpg"))
    secret = "sardine4471"
    assert secret in page["text"]
    assert any(secret.encode() in path.read_bytes() for path in madeleine.home.rglob("*") if path.is_file())
    assert madeleine("forget", "--yes", "--id", page["id"]).code == 0
    left = [path for path in madeleine.home.rglob("*") if path.is_file()]
    assert not [path.name for path in left if secret.encode() in path.read_bytes()]
    assert not [path.name for path in left if hash_file(path) == hash_file(SAMPLE_DAY / "IMG_20261014_121003.jpg")]
    index = next(f for f in madeleine("doctor", "--json").json["findings"] if f["name"] == "index")
    assert index["ok"], index  # its vectors are gone too
    assert madeleine("reindex").code == 0
    found = madeleine.ask_all("search", [{"id": "q", "query": f"password {secret} grilled sardines"}], tmp_path)
    assert page["id"] not in {m["id"] for m in found["q"]["moments"]}
    assert madeleine("forget", "--yes", "--id", page["id"]).code == 4


def test_the_command_line_works_beside_the_process_that_owns_the_memory(day: Day, tmp_path: Path) -> None:
    madeleine = day.copy_to(tmp_path / "home")
    write_page(tmp_path / "shelf.png", "Shelf 12", "Code 8842-K")
    external_ids = write_lines(tmp_path / "talk.moments.jsonl", 3, name="beside")
    before = madeleine.list_moments()
    with owning(madeleine):
        assert [m["id"] for m in madeleine.list_moments()] == [m["id"] for m in before]
        report = madeleine("import", "--json", tmp_path / "shelf.png", tmp_path / "talk.moments.jsonl")
        assert (report.code, report.json["imported"], report.json["moments"]) == (0, 2, 4)
        found = madeleine("search", "--json", "code of shelf 12").json["moments"]
        assert "8842-K" in found[0]["text"]
        assert madeleine("forget", "--yes", "--id", found[0]["id"]).code == 0
        assert madeleine("search", "").code == 2
    after = madeleine.list_moments()
    assert [m["external_id"] for m in after if m.get("external_id")] == external_ids
    assert found[0]["id"] not in {m["id"] for m in after}


def test_everything_in_the_home_is_private_though_the_umask_was_not(day: Day) -> None:
    home = day.madeleine.home
    modes = {path: stat.S_IMODE(path.lstat().st_mode) for path in (home, *home.rglob("*"))}
    assert len(modes) > 30
    assert {str(p): oct(m) for p, m in modes.items() if p.is_dir() and m != 0o700} == {}
    assert {str(p): oct(m) for p, m in modes.items() if not p.is_dir() and m != 0o600} == {}


def test_doctor_finds_a_sound_memory(day: Day) -> None:
    findings = day.madeleine("doctor", "--json").json["findings"]
    assert [f for f in findings if not f["ok"] and f["name"] not in {"disk", "sound"}] == []
    assert {f["name"] for f in findings} >= {"weights", "memory"}
