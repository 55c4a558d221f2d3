from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import BadInput
from ingest.texts import LineFault, choose_time, decode_text, iter_lines, read_note, split_passages
from ingest.times import from_us
from memory.records import Kind, Moment, TimeSource, moment_id

GOOD = {"kind": "utterance", "started_at": "2026-03-04T15:06:07+01:00", "text": "The key is under the pot."}


def read(path: Path, *lines: object) -> list[tuple[int, Moment | LineFault]]:
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines), encoding="utf-8")
    return list(iter_lines(path, "abc"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_notes_are_read_in_common_encodings(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "x.txt").write_bytes("Müller zahlt 5 €\r\nmorgen".encode(encoding))
    assert read_note(tmp_path / "x.txt").text == "Müller zahlt 5 €\nmorgen"


def test_front_matter_tells_the_time_and_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text('---\ntitle: Keys\ndate: "2026-03-04 15:06"\n---\n# Keys\nUnder the pot.')
    note = read_note(tmp_path / "x.md")
    when = choose_time(note, name="x.md", file_us=5, zone="Europe/Berlin", at_us=None)
    assert note.text == "# Keys\nUnder the pot."
    assert from_us(when.us, when.zone).isoformat() == "2026-03-04T15:06:00+01:00"
    assert when.source is TimeSource.GIVEN


@pytest.mark.parametrize("text", ["", "   \n\t", "---\ndate: 2026-01-01\n---\n", "***"])
def test_a_note_without_words_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.md").write_text(text)
    with pytest.raises(BadInput, match="holds no words"):
        read_note(tmp_path / "x.md")


@given(st.binary(max_size=300))
def test_any_bytes_decode(data: bytes) -> None:
    assert isinstance(decode_text(data), str)


@given(st.integers(0, 1200))
def test_passages_hold_every_word_and_overlap(n_words: int) -> None:
    words = [f"w{i}" for i in range(n_words)]
    passages = split_passages(" ".join(words))
    if n_words <= 180:
        assert passages == []
        return
    assert list(dict.fromkeys(" ".join(passages).split())) == words
    assert all(len(passage.split()) <= 160 for passage in passages)
    for before, after in itertools.pairwise(passages):
        assert before.split()[-40:] == after.split()[:40]


def test_a_line_becomes_a_moment_with_all_it_tells(tmp_path: Path) -> None:
    told = {
        **GOOD,
        "ended_at": "2026-03-04T15:06:09.5+01:00",
        "speaker": "Ada",
        "session": "s 1",
        "external_id": "D1:1",
    }
    [(number, moment)] = read(tmp_path / "x", told)
    assert number == 1
    assert isinstance(moment, Moment)
    assert moment.kind is Kind.UTTERANCE
    assert (moment.speaker, moment.session, moment.external_id) == ("Ada", "s 1", "D1:1")
    assert from_us(moment.started_us, moment.zone).isoformat() == "2026-03-04T15:06:07+01:00"
    assert moment.ended_us - moment.started_us == 2_500_000
    assert moment.id == moment_id("s 1", "D1:1")
    assert moment.text == GOOD["text"]


def test_without_an_id_the_line_number_makes_one(tmp_path: Path) -> None:
    first, second = (moment for _, moment in read(tmp_path / "x", GOOD, "", GOOD))
    assert isinstance(first, Moment)
    assert isinstance(second, Moment)
    assert (first.id, second.id) == (moment_id("abc", 1), moment_id("abc", 3))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ("[" * 100_000, "not JSON"),
        ({**GOOD, "kind": "photo"}, "“kind” must be"),
        ({**GOOD, "kind": ["note"]}, "“kind” must be"),
        ({**GOOD, "text": " "}, "“text” is missing or empty"),
        ({**GOOD, "text": 5}, "“text” must be text"),
        ({**GOOD, "text": "\ud800"}, "half of a character"),
        ({"kind": "note", "text": "x"}, "“started_at” is missing"),
        ({**GOOD, "started_at": "yesterday"}, "“started_at” is not a time"),
        ({**GOOD, "started_at": 1700000000}, "“started_at” must be a time"),
        ({**GOOD, "started_at": "2026-03-04T15:06:07"}, "“started_at” has no offset"),
        ({**GOOD, "ended_at": "2026-03-04T15:00:00+01:00"}, "“ended_at” is before"),
        ({**GOOD, "speaker": {"name": "Ada"}}, "“speaker” must be text"),
        ({**GOOD, "external_id": 7}, "“external_id” must be text"),
    ],
)
def test_a_bad_line_is_a_fault_and_the_next_is_read(tmp_path: Path, line: object, words: str) -> None:
    (first_n, fault), (second_n, moment) = read(tmp_path / "x", line, GOOD)
    assert isinstance(fault, LineFault)
    assert (first_n, fault.n, second_n) == (1, 1, 2)
    assert words in fault.error
    assert isinstance(moment, Moment)


def test_bytes_that_are_no_text_and_endless_lines_are_faults(tmp_path: Path) -> None:
    good = json.dumps(GOOD).encode()
    (tmp_path / "x").write_bytes(b"\xff\xfe\n" + b"x" * (3 << 20) + b"\n" + good)
    kinds = [(number, type(found)) for number, found in iter_lines(tmp_path / "x", "abc")]
    assert kinds == [(1, LineFault), (2, LineFault), (3, Moment)]


@given(
    st.dictionaries(
        st.sampled_from(["kind", "started_at", "ended_at", "text", "speaker", "session", "external_id", "more"]),
        st.one_of(
            st.none(), st.text(max_size=20), st.integers(), st.floats(), st.datetimes().map(str), st.just("note")
        ),
    )
)
def test_any_object_gives_a_moment_or_a_fault(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, object]
) -> None:
    [(_, found)] = read(tmp_path_factory.getbasetemp() / "any.jsonl", told)
    assert isinstance(found, (Moment, LineFault))
