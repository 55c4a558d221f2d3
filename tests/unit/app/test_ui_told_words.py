"""Each reason that an import can give is known to the window, so that it has its words in every language."""

from __future__ import annotations

import pytest

from app.ui.told_words import find_template, told_words
from ingest import files, video_reader
from tests.support.told_sentences import read_said

OF_IMPORTS = ("BadInput", "BadArray", "ImportFailure", "Refused", "LineFault", "_Fault")
PUT_TOGETHER = {"“7” 7.", "“7” holds 7, which Madeleine does not take as a memory.", "“7” is named 7 but holds 7."}
"""Their second half is said elsewhere; see the second test."""


def test_each_reason_of_an_import_is_known() -> None:
    said = [each for each in read_said() if each.kind in OF_IMPORTS and each.where.startswith("ingest/")]
    assert len(said) > 100, "the code is not read as it was"
    assert [
        f"{each.where}: {each.sentence}"
        for each in said
        if each.sentence and each.sentence not in PUT_TOGETHER and find_template(each.sentence) is None
    ] == []


@pytest.mark.parametrize("holds", ["text", *(words for _magic, words in files._FOREIGN)])
def test_what_a_foreign_file_holds_is_known(holds: str) -> None:
    assert find_template(f"“a.pdf” is named .pdf but holds {holds}.") is not None
    assert find_template(f"“a” {video_reader._BROKE[0]}.") is not None


def test_the_sentence_with_the_most_words_of_its_own_is_taken() -> None:
    found = find_template("“is empty.txt” is empty (0 bytes).")
    assert found == ("“{name}” is empty (0 bytes).", {"name": "is empty.txt"})


@pytest.mark.parametrize(
    "said", ["“a” sings.", "“{x}” is empty (0 bytes).", "Something new. Leave it out.", "", "“a” cannot be read: odd."]
)
def test_english_stays_as_it_was_said(said: str) -> None:
    assert told_words(said) == said
