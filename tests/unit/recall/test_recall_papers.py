"""Receipts: every paper that a question may mean is told; dates, amounts and names choose."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from memory.records import Kind, Moment, TimeSource
from memory.store import Memory, Scope
from recall.answer import Answerer
from recall.fits import Fitted
from recall.page_dates import asks_page_date, find_date, read_days
from recall.papers import find_company, read_papers
from recall.question import understand
from recall.results import Found
from recall.retrieve import Retriever
from tests.support.app_memory import build_embedder, noted, remember
from tests.support.models_fakes import ScriptedChat

NOW = datetime(2026, 5, 1, tzinfo=UTC)
APRIL = "Café Aurora Lda\nRua Nova 3\nDate: 03/04/2026 12:10\nSoup 4.50\nTotal 9.50"
MARCH = "CAFE AURORA LDA\nRua Nova 3\nDate: 28/03/2026 09:02\nCoffee 1.20\nTotal 1.20"
TOOLS = "Old Mill\nHARDWARE LTD\nTel 555 0147\n17 Mar 2026\nNails 3.10\nTOTAL DUE 23.60"


def page(text: str, name: str) -> Moment:
    return Moment(id=name, kind=Kind.PHOTO, started_us=0, ended_us=0, text=text, zone="UTC",
                  time_source=TimeSource.FILE, source=name)  # fmt: skip


PAGES = {"april": page(APRIL, "april"), "march": page(MARCH, "march"), "tools": page(TOOLS, "tools")}


def ask(text: str, *names: str) -> str | None:
    asked = understand(text, now=NOW)
    fitted = [Fitted(Found(moment=PAGES[name], score=1.0), 1.0) for name in names]
    told = read_papers(asked, fitted, search=lambda _words: list(PAGES.values()))
    return told[0].text if told else None


def test_each_receipt_of_a_shop_is_told_with_its_date() -> None:
    assert ask("What was the total on the receipt from Cafe Aurora?", "april", "march", "tools") == (
        "There are 2 of them: 03/04/2026: Total 9.50 [1]; 28/03/2026: Total 1.20 [2]."
    )


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What was the total on the last receipt from Cafe Aurora?", "Total 9.50 [1]."),
        ("What was the total on the first receipt from Cafe Aurora?", "Total 1.20 [1]."),
        ("What was the total on the receipt from Cafe Aurora of 28/03/2026?", "Total 1.20 [1]."),
        ("What is the date on the receipt from Cafe Aurora with the total of 9.50?", "03/04/2026 [1]."),
        ("Which shop gave me the receipt with a total of 23.60?", "Old Mill HARDWARE LTD [1]."),
        ("Which company is the receipt of 17 March 2026 from?", "Old Mill HARDWARE LTD [1]."),
    ],
)
def test_what_the_question_gives_chooses_the_receipt(question: str, wanted: str) -> None:
    assert ask(question, "april", "march") == wanted


@pytest.mark.parametrize(
    "question",
    [
        "What was the total on the receipt from Cafe Lisboa?",
        "What was the total?",
        "Which shop gave me the receipt with a total of 99.99?",
        "What is the due date on the invoice from Cafe Aurora?",
        "What did I eat at Cafe Aurora?",
        "When was the invoice of Cafe Aurora paid?",
        "When is the receipt of Cafe Aurora due?",
        "Which company does Aurora work for?",
    ],
)
def test_what_no_receipt_holds_is_not_told(question: str) -> None:
    assert ask(question, "april", "march", "tools") is None


def test_dates_are_read_as_they_are_written() -> None:
    assert asks_page_date("When did I get the receipt from IKEA?")
    assert not asks_page_date("When does the museum open?")
    assert find_date("", ["INV 31/3-41", "2026-03-09 10:12", "Date 1 Jan 26"]) == "1 Jan 26"
    assert read_days("03/04/2018") == [date(2018, 4, 3), date(2018, 3, 4)]
    assert read_days("25-01-16") == [date(2016, 1, 25)]
    assert read_days("32/01/2018") == []


def test_a_company_is_the_row_that_names_one() -> None:
    assert find_company(["TAX INVOICE", "POPULAR BOOK", "CO. (M) SDN BHD", "Tel 123"]) == "POPULAR BOOK CO. (M) SDN BHD"
    assert find_company(["12 Long Road", "Green Bakery (JM0292487-D)"]) == "Green Bakery (JM0292487-D)"
    assert find_company(["***", "12345"]) is None


def test_what_is_read_off_a_receipt_is_quoted_as_well(tmp_path: Path) -> None:
    pages = [noted(text, at=f"2026-04-0{n} 18:00", kind=Kind.PHOTO) for n, text in enumerate((APRIL, TOOLS), 1)]
    with Memory.open(tmp_path / "home", use_chroma=False) as memory:
        remember(memory, pages)
        chat = ScriptedChat("", weights={})
        answer = Answerer(memory, Retriever(memory, build_embedder()), chat).ask(
            "What was the total on the receipt from Cafe Aurora?", scope=Scope(), now=NOW
        )
    assert answer.text == "Total 9.50 [1]."
    assert answer.quote is not None
    assert (answer.quote.text, answer.quote.certain) == ("Total 9.50", True)
    assert chat.weighed == []


def test_a_row_that_was_put_together_is_cited_by_the_words_that_stand_there() -> None:
    places = (("Cafe Aurora Lda", 0, 0), ("TOTAL EUR", 0, 40), ("9.50", 200, 40))
    lines = [{"text": t, "box": [[x, y], [x + 90, y], [x + 90, y + 9], [x, y + 9]]} for t, x, y in places]
    moment = replace(page("Cafe Aurora Lda\nTOTAL EUR\n9.50", "rows"), details={"lines": lines})
    asked = understand("What was the total on the receipt from Cafe Aurora?", now=NOW)
    told = read_papers(asked, [Fitted(Found(moment=moment, score=1.0), 1.0)], search=lambda _words: [])
    assert told is not None
    computed, quote = told
    assert [c.quote for c in computed.citations] == ["9.50"]
    assert (" ".join(quote.text.split()), quote.certain) == ("TOTAL EUR 9.50", True)
