"""What moments claim: each rule with what it reads, and what it must leave alone."""

from __future__ import annotations

from datetime import datetime

import pytest

from memory.records import Claim, Kind, Moment
from recall.papers import read_receipt
from recall.time_words import find_time_words
from reflect.claims import Readers, read_claims

READERS = Readers(find_time_words, read_receipt)
MONDAY = "2026-05-11T10:00:00+00:00"


def tell(text: str, speaker: str | None = "Tom", kind: Kind = Kind.UTTERANCE, **more: object) -> Moment:
    at_us = round(datetime.fromisoformat(MONDAY).timestamp() * 1e6)
    values = {"id": "m", "kind": kind, "started_us": at_us, "ended_us": at_us, "text": text, "speaker": speaker}
    return Moment(**{**values, **more})  # type: ignore[arg-type]


def read(text: str, speaker: str | None = "Tom", kind: Kind = Kind.UTTERANCE, **more: object) -> list[Claim]:
    return read_claims(tell(text, speaker, kind, **more), READERS)


@pytest.mark.parametrize(
    ("text", "subject", "relation", "value"),
    [
        ("Ana's phone number is 0170 555 0199.", "Ana", "phone number", "0170 555 0199"),
        ("Okay, so my new number is +49 30 1234567, save it.", "Tom", "phone number", "+49 30 1234567"),
        ("My work number is 030-555 0199", "Tom", "work phone number", "030-555 0199"),
        ("My email is tom.berg@example.org, by the way", "Tom", "email address", "tom.berg@example.org"),
        ("Rita Gomez's email address is now rita@example.com", "Rita Gomez", "email address", "rita@example.com"),
        ("My address is 12 Baker Street, London", "Tom", "address", "12 Baker Street, London"),
        ("Ana’s new address is Lindenstraße 14, 10969 Berlin", "Ana", "address", "Lindenstraße 14, 10969 Berlin"),
        ("Grandma's birthday is on 3 May", "Grandma", "birthday", "3 May"),
        ("My birthday is March 14th, 1988", "Tom", "birthday", "March 14th, 1988"),
        ("My sister is called Rita", "Tom", "sister's name", "Rita"),
        ("By the way, my cat's name is Luna, and she has been unwell", "Tom", "cat's name", "Luna"),
        ("Our landlord is Mr. Keller", "Tom", "landlord's name", "Mr. Keller"),
        ("Ana's dog is named Pepper.", "Ana", "dog's name", "Pepper"),
        ("I live in Lisbon now", "Tom", "lives in", "Lisbon"),
        ("Ana lives in Porto, near the river", "Ana", "lives in", "Porto"),
        ("I work for Acme Robotics", "Tom", "works at", "Acme Robotics"),
        ("I work as a nurse at the clinic", "Tom", "works as", "nurse"),
        ("I'm allergic to peanuts", "Tom", "is allergic to", "peanuts"),
        ("Ana is allergic to shellfish, so no prawns", "Ana", "is allergic to", "shellfish"),
        ("I'm allergic to reptiles and animals with fur", "Tom", "is allergic to", "reptiles and animals with fur"),
        ("I'm a vegetarian", "Tom", "eats", "vegetarian"),
        ("The rent is 900 euros a month", "the rent", "amount", "900 euros a month"),
        ("Our budget for the kitchen is now €4,500", "Tom's budget for the kitchen", "amount", "€4,500"),
        ("My passport expires on 9 January 2027.", "Tom's passport", "expires", "9 January 2027"),
        ("The booking reference for the Hotel Astor is QX7731", "the Hotel Astor", "booking number", "QX7731"),
        ("I love swimming", "Tom", "likes", "swimming"),
        ("I really don't like olives", "Tom", "dislikes", "olives"),
        ("I can't stand coriander, sorry", "Tom", "dislikes", "coriander"),
        ("I prefer tea to coffee", "Tom", "prefers", "tea to coffee"),
        ("Then Ana's birthday is on 3 May", "Ana", "birthday", "3 May"),
        ("Okay Ana's number is 0170 555 0199", "Ana", "phone number", "0170 555 0199"),
        ("My favourite colour is dark green", "Tom", "favourite colour", "dark green"),
        ("Ana's favorite band is The Pines", "Ana", "favourite band", "The Pines"),
    ],
)
def test_what_is_stated_is_read(text: str, subject: str, relation: str, value: str) -> None:
    [claim] = read(text)
    assert (claim.subject, claim.relation, claim.value) == (subject, relation, value)
    assert claim.quote in " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "subject", "day"),
    [
        ("The dentist appointment is on Thursday at 3 pm", "the dentist appointment", "2026-05-14 15:00"),
        ("Our meeting is tomorrow at 14:30", "the meeting", "2026-05-12 14:30"),
        ("Ana's interview is scheduled for 2 June 2026", "Ana's interview", "2026-06-02"),
        ("We moved the meeting to Thursday", "the meeting", "2026-05-14"),
        ("The budget review has been moved from Tuesday to Friday, at 10:15", "the budget review", "2026-05-15 10:15"),
        ("The concert was postponed to 3 October", "the concert", "2026-10-03"),
        ("The exam is now on Wednesday", "the exam", "2026-05-13"),
        ("My flight to Lisbon is at 9:40", "", ""),
        ("The call with the bank is at three on Thursday", "the call with the bank", "2026-05-14 3 o'clock"),
        ("The wedding is cancelled", "the wedding", "cancelled"),
    ],
)
def test_when_something_is_to_be_is_read_with_its_day(text: str, subject: str, day: str) -> None:
    told = [(claim.subject, claim.value_key) for claim in read(text) if claim.relation == "time"]
    assert told == ([(subject, day)] if subject else [])


def test_what_is_cancelled_is_so_for_two_weeks_where_no_day_was_told() -> None:
    [told] = [claim for claim in read("The wedding is cancelled") if claim.relation == "time"]
    [day] = [claim for claim in read("The wedding is on 25 May") if claim.relation == "time"]
    assert told.until_us == day.until_us


@pytest.mark.parametrize(
    "text",
    [
        "Is Ana's phone number 0170 555 0199?",
        "I think Ana's phone number is 0170 555 0199",
        "Ana's phone number isn't 0170 555 0199",
        "If my number is 0170 555 0199, call me",
        "Tom said my number is 0170 555 0199",
        "His number is 0170 555 0199",
        "Your number is 0170 555 0199",
        "The number is 0170 555 0199",
        "My lucky number is 7",
        "My phone number is in the drawer",
        "Monday's number is 0170 555 0199",
        "My email is full",
        "My email is broken since 12 May",
        "My address is on the card",
        "My birthday is awesome",
        "My birthday was on 3 May",
        "My sister is German",
        "My boss is Great",
        "My sister is coming on Monday",
        "I used to live in Lisbon",
        "I would live in Lisbon",
        "I live in fear",
        "I work at Christmas",
        "I work at night",
        "I'm not allergic to peanuts",
        "Maybe I'm allergic to peanuts",
        "I was a vegetarian",
        "The rent was 900 euros",
        "The rent is not 900 euros",
        "The rent is about the same",
        "The price could be 900 euros",
        "The booking reference is QX7731",
        "The order number is wrong",
        "I'd like coffee",
        "I would like to swim",
        "I like that",
        "I like the colours",
        "I like how you did it",
        "I love my job",
        "I love it when it rains",
        "I like to think so",
        "Do I like coffee?",
        "She says I like coffee",
        "You like coffee",
        "I love you",
        "I like stories that tackle important issues",
        "I enjoy helping the community",
        "I don't think I like coffee",
        "If I like coffee, I buy it",
        "My favourite is the blue one",
        "My favourite part is when he sings",
        "The meeting is on Thursday?",
        "The meeting is on Thursday or Friday",
        "The meeting is usually on Thursday",
        "The meeting is every Thursday",
        "The meeting was on Thursday",
        "The meeting is not on Thursday",
        "I think the meeting is on Thursday",
        "We could move the meeting to Thursday",
        "We didn't move the meeting to Thursday",
        "The meeting is in two weeks",
        "The meeting is important",
        "The meeting is at the office",
        "The meeting is on the third floor",
        "Let's say the meeting is on Thursday",
        "I moved the sofa to Thursday's room",
        "I like went crazy",
        "I like ran home",
        "He wrote: “My new number is 0170 555 0199”",
    ],
)
def test_what_is_not_surely_stated_is_left(text: str) -> None:
    assert read(text) == []


def test_my_is_nobodys_where_the_speaker_is_not_known_and_the_writers_in_a_note() -> None:
    text = "My new number is 0170 555 0199"
    assert read(text, speaker=None) == []
    assert read(text, speaker=None, kind=Kind.SCREENSHOT) == []
    assert read(text, speaker="assistant") == []
    [claim] = read(text, speaker=None, kind=Kind.NOTE)
    assert (claim.subject, claim.value_key, claim.is_change) == ("me", "01705550199", True)


def test_what_the_recognizer_was_not_sure_of_is_not_claimed() -> None:
    unsure = {"words": [["My", 0, 0.1, 0.5], ["birthday", 0.1, 0.2, 0.6], ["is 3 May", 0.2, 0.3, 0.7]]}
    assert read("My birthday is 3 May", details=unsure) == []
    assert read("My birthday is 3 May", details=unsure, original="My birth day is tree May")  # the user typed it
    assert read("My birthday is 3 May", details={"words": [["My", 0, 0.1, 0.95]]})


def test_an_appointment_of_the_calendar_claims_nothing_anew() -> None:
    assert read("The meeting is tomorrow at 14:30", speaker=None, kind=Kind.NOTE, app="Calendar") == []


def test_a_receipt_claims_what_was_paid_and_where() -> None:
    lines = ["WATSON'S TRADING SDN BHD", "12 Jalan Ampang", "Date: 19/03/2018", "Soap 4.50", "Tea 8.00", "TOTAL 12.50"]
    details = {
        "lines": [
            {
                "text": line,
                "box": [[0, 20 * n], [200, 20 * n], [200, 20 * n + 16], [0, 20 * n + 16]],
                "confidence": 0.98,
            }
            for n, line in enumerate(lines)
        ]
    }
    [claim] = read("\n".join(lines), speaker=None, kind=Kind.PHOTO, details=details)
    assert (claim.subject, claim.relation) == ("WATSON'S TRADING SDN BHD", "paid")
    assert claim.value == "12.50 on 19 March 2018"
    assert claim.quote == "TOTAL 12.50"
    beside = {"text": "Invoice date 1", "box": [[300, 0], [400, 0], [400, 16], [300, 16]], "confidence": 0.98}
    with_column = {"lines": [*details["lines"], beside]}
    [claim] = read("\n".join((*lines, "Invoice date 1")), speaker=None, kind=Kind.PHOTO, details=with_column)
    assert claim.subject == "WATSON'S TRADING SDN BHD"
    without_total = {"lines": details["lines"][:-1]}
    assert read("\n".join(lines[:-1]), speaker=None, kind=Kind.PHOTO, details=without_total) == []


@pytest.mark.parametrize("asks", ["Bill to Bluefin Bikes", "Due date 26 October 2026", "Please pay by transfer"])
def test_a_bill_that_is_still_to_be_paid_claims_nothing(asks: str) -> None:
    lines = ["GREEN PAPER LDA", "Date: 12/10/2026", "Flyers 95.00", "TOTAL 95.00"]

    def read_page(*page: str) -> list[Claim]:
        rows = [
            {
                "text": line,
                "box": [[0, 20 * n], [200, 20 * n], [200, 20 * n + 16], [0, 20 * n + 16]],
                "confidence": 0.98,
            }
            for n, line in enumerate(page)
        ]
        return read("\n".join(page), speaker=None, kind=Kind.PHOTO, details={"lines": rows})

    assert [claim.quote for claim in read_page(*lines)] == ["TOTAL 95.00"]
    assert read_page(*lines, asks) == []
