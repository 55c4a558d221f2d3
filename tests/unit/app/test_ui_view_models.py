from __future__ import annotations

from dataclasses import replace

from app.ui.answer_html import answer_html
from app.ui.ask_view_model import RESTORE, AskViewModel, Phase
from app.ui.cards_view_model import CardsViewModel
from app.ui.import_view_model import ImportViewModel
from app.ui.theme import LIGHT
from app.ui.words import Chip
from ingest.records import ImportFailure, ImportProgress, ImportReport
from memory.records import Kind, Moment
from recall.results import (
    Answer,
    AnswerGrew,
    Citation,
    EvidenceReady,
    Found,
    Interpreted,
    Quote,
    Reason,
    SearchResult,
    Took,
)
from tests.support.ui_fakes import NOW_US

TOOK = Took(retrieve_ms=1.0, first_token_ms=2.0, total_ms=3.0)


def found(*names: str) -> tuple[Found, ...]:
    return tuple(
        Found(
            moment=Moment(id=name, kind=Kind.NOTE, started_us=NOW_US, ended_us=NOW_US, text=f"words of {name}"),
            score=1.0,
            matched=((0, 5),),
        )
        for name in names
    )


def result(*names: str) -> SearchResult:
    return SearchResult(query="q", interpreted=Interpreted(people=("Anna",)), found=found(*names), took_ms=9.6)


def answer(text: str, *citations: Citation, reason: Reason | None = None, evidence: tuple[str, ...] = ("a",)) -> Answer:
    return Answer(
        question="q", text=text, abstained=reason is not None, reason=reason, citations=citations,
        evidence=found(*evidence), interpreted=Interpreted(), took=TOOK,
    )  # fmt: skip


def test_a_question_goes_from_reading_to_answered() -> None:
    model = AskViewModel()
    model.begin_ask("q")
    assert (model.phase, model.status(), model.heading()) == (Phase.READING, "Reading the evidence…", "Searching…")
    model.take_event(EvidenceReady(result("a", "b"), Quote("words", "a", False)), NOW_US)
    assert model.phase is Phase.READING
    assert model.chips == (Chip("who", "Anna", "who:Anna"),)
    assert model.tally() == "2 moments · 10 ms"
    model.take_event(AnswerGrew("It is"), NOW_US)
    assert model.phase is Phase.WRITING
    model.take_answer(answer("It is so [1].", Citation(1, "b", "words"), evidence=("a", "b", "c")), NOW_US)
    assert model.phase is Phase.ANSWERED
    assert [card.id for card in model.cards.cards] == ["a", "b", "c"]
    assert model.cards.cards[1].cited == (1,)


def test_citation_marks_become_links_and_unknown_ones_vanish() -> None:
    model = AskViewModel()
    model.begin_ask("q")
    model.take_answer(answer("First [1]. Second [7] [2].", Citation(1, "a", ""), Citation(2, "b", "")), NOW_US)
    pieces = [(piece.text, piece.moment) for piece in model.pieces()]
    assert pieces == [("First", None), ("[1]", "a"), (". Second", None), ("[2]", "b"), (".", None)]


def test_while_it_is_written_marks_are_shown_without_a_target() -> None:
    model = AskViewModel()
    model.begin_ask("q")
    model.take_event(AnswerGrew("So [1] and"), NOW_US)
    assert [(piece.text, piece.n, piece.moment) for piece in model.pieces()][1] == ("[1]", 1, None)


def test_abstention_has_neither_citations_nor_a_quote() -> None:
    model = AskViewModel()
    model.begin_ask("q")
    model.take_event(EvidenceReady(result("a"), Quote("words", "a", False)), NOW_US)
    model.take_answer(answer("I do not know [1]", Citation(1, "a", ""), reason=Reason.NOT_IN_MEMORY), NOW_US)
    assert model.phase is Phase.ABSTAINED
    html = answer_html(model, LIGHT)
    assert "I don&#x27;t know: nothing in the memory says this." in html
    assert "Quoted" not in html
    assert "moment:" not in html


def test_an_error_keeps_the_evidence() -> None:
    model = AskViewModel()
    model.begin_ask("q")
    model.take_event(EvidenceReady(result("a"), None), NOW_US)
    model.take_error(RuntimeError("x"))
    assert model.phase is Phase.FAILED
    assert model.trouble is not None
    assert len(model.cards.cards) == 1


def test_stopping_keeps_what_was_written() -> None:
    model = AskViewModel()
    model.begin_ask("q")
    model.take_event(AnswerGrew("It is"), NOW_US)
    model.stop()
    assert (model.phase, model.text, model.is_busy) == (Phase.STOPPED, "It is", False)


def test_forgetting_takes_cards_and_words_that_lean_on_them() -> None:
    model = AskViewModel()
    model.n_moments = 5
    model.begin_ask("q")
    model.take_event(EvidenceReady(result("a", "b"), None), NOW_US)
    model.take_answer(answer("Said [1].", Citation(1, "a", "words")), NOW_US)
    model.forget(frozenset({"b"}))
    assert model.text == "Said [1]."
    model.forget(frozenset({"a"}))
    assert (model.text, model.citations, model.n_moments) == ("", (), 3)
    assert model.cards.cards == []


def test_the_memory_never_writes_markup() -> None:
    model = AskViewModel()
    model.begin_ask("q")
    model.take_event(EvidenceReady(result("a"), Quote("<img src=x>", "a", False)), NOW_US)
    model.take_answer(answer("<script>1</script> [1]", Citation(1, 'a"><b>', "<i>x</i>")), NOW_US)
    html = answer_html(model, LIGHT)
    for tag in ("<img", "<script", "<i>", '"><b>'):
        assert tag not in html


def test_cards_say_themselves_aloud() -> None:
    cards = CardsViewModel()
    cards.replace(found("a"), NOW_US)
    assert cards.cards[0].spoken_name.endswith("words of a")
    assert cards.count_words() == "1 moment"
    assert cards.find("a") == 0
    assert cards.find("z") is None


def progress(n_done: int, share: float, left_s: float | None = None) -> ImportProgress:
    return ImportProgress(
        n_done=n_done, n_total=12, path="/in/talk.wav", stage="transcribe", share=share, left_s=left_s
    )


def test_an_import_says_how_far_it_is() -> None:
    model = ImportViewModel()
    model.begin()
    assert (model.title(), model.share) == ("Importing…", None)
    model.take_progress(progress(2, 0.25, 130))
    assert model.title() == "Importing file 3 of 12"
    assert model.subtitle() == "Listening to talk.wav · about 2 minutes left"
    assert model.share == 0.25
    model.take_progress(progress(12, 1.2))
    assert model.title() == "Importing file 12 of 12"
    assert model.share == 1.0


def test_an_import_says_what_came_of_it() -> None:
    model = ImportViewModel()
    model.begin()
    failures = (ImportFailure("/in/x.wav", "It is empty."),)
    model.take_report(ImportReport(imported=1, duplicates=2, failed=failures, moments=1200, sessions=(), took_s=1.0))
    assert model.title() == "1 file imported, 1,200 moments new, 2 already known, 1 failed."
    assert model.failed == failures
    assert not model.running


def test_a_stopped_import_says_what_is_kept() -> None:
    model = ImportViewModel()
    model.begin()
    model.ask_stop()
    assert model.title() == "Stopping the import…"
    model.take_stop()
    assert model.title() == "Import stopped."
    assert "kept" in model.subtitle()


def test_a_failed_import_says_why() -> None:
    model = ImportViewModel()
    model.begin()
    model.take_error(OSError(28, "No space left"))
    assert (model.title(), model.subtitle()) == ("The disk is full.", "Make room and try again.")


def test_a_certain_quote_stays_beside_the_answer_and_an_uncertain_one_goes() -> None:
    for certain in (True, False):
        model = AskViewModel()
        model.begin_ask("q")
        quote = Quote("words", "a", certain)
        model.take_event(EvidenceReady(result("a"), quote), NOW_US)
        assert model.shows_quote
        model.take_answer(replace(answer("So [1].", Citation(1, "a", "")), quote=quote), NOW_US)
        assert model.shows_quote is certain
        assert ("Quoted word for word" in answer_html(model, LIGHT)) is certain


def test_what_follows_from_the_words_is_not_shown_as_a_quote_of_them() -> None:
    moment = replace(result("a").found[0].moment, text="The plumber comes on Friday\n at nine.")
    said = Quote.of("comes on Friday at nine.", moment, certain=True)
    told = Quote.of("on Friday: the Friday after 27 November 2026", moment, certain=True)
    assert (said.is_told, told.is_told) == (False, True)
    model = AskViewModel()
    model.begin_ask("q")
    for quote, label in ((said, "Quoted word for word"), (told, "Read from what was kept")):
        model.take_event(EvidenceReady(result("a"), quote), NOW_US)
        shown = answer_html(model, LIGHT)
        assert label in shown
        assert (f"“{quote.text}”" in shown) is not quote.is_told


def test_a_follow_up_shows_what_it_goes_on_from_and_can_be_asked_as_it_stands() -> None:
    model = AskViewModel()
    found = result("a")
    model.begin_ask("the day before?")
    follows = replace(found, interpreted=replace(found.interpreted, follows="What was said on 12 October 2026?"))
    model.take_event(EvidenceReady(follows, None), NOW_US)
    assert model.chips[0] == Chip("goes on", "What was said on 12 October 2026?", "follow")
    model.take_out("follow")
    assert model.ignored == ("follow",)
    model.take_out("restore")
    assert model.ignored == ()


def test_a_scene_shows_its_key_frame_and_plays_its_sound_unless_it_has_none() -> None:
    from dataclasses import replace

    from app.ui.cards_view_model import has_picture, has_sound
    from memory.records import Kind, Media, Moment

    video, frame = Media("a" * 64, ".mp4", 4.0, 3.0), Media("b" * 64, ".jpg")
    scene = Moment(id="m1", kind=Kind.SCENE, started_us=0, ended_us=1, text="", media=video, picture=frame)
    assert scene.shown == frame
    assert has_picture(scene)
    assert has_sound(scene)
    assert not has_sound(replace(scene, details={"silent": True}))
    assert not has_picture(replace(scene, picture=None))


DAY_US = 86_400_000_000


def test_a_limit_stays_while_what_was_taken_out_comes_back() -> None:
    model = AskViewModel()
    span = (NOW_US - DAY_US, NOW_US)
    model.limit_to(span, "yesterday")
    model.begin_ask("What did Anna say?")
    model.take_out("person:Anna")
    model.take_out(RESTORE)
    assert (model.span, model.ignored) == (span, ())
    model.begin_ask("And Tom?")
    assert model.span == span


def test_before_anything_is_asked_the_limit_itself_moves() -> None:
    model = AskViewModel()
    model.limit_to((NOW_US - DAY_US, NOW_US), "yesterday")
    model.change_time("earlier", NOW_US)
    moved = (NOW_US - 2 * DAY_US, NOW_US - DAY_US)
    assert len(model.chips) == 1
    model.begin_ask("What did Anna say?")
    assert model.span == moved
    model.change_time("any", NOW_US)
    model.begin_ask("And Tom?")
    assert model.span is None


def test_the_speed_of_an_import_is_told_in_files_or_in_shares_once_it_says_something() -> None:
    now_s = [100.0]
    model = ImportViewModel(lambda: now_s[0])
    model.begin()
    for at_s, n_done, share, told in (
        (100.0, 0, 0.0, ""),
        (102.0, 4, 0.1, ""),
        (130.0, 2, 0.2, "40.0 % a minute"),
        (160.0, 30, 0.5, "30 files a minute"),
    ):
        now_s[0] = at_s
        model.take_progress(ImportProgress(n_done=n_done, n_total=60, path="", stage="read", share=share))
        assert model.speed() == told
    model.take_stop()
    assert model.speed() == ""
