"""What happens in a generated month: scenes that talk, read, eat, buy and look, and the questions they make possible.

Role: each scene adds its moments to a ``Life`` in order of time and returns the ids that others may ask about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import _month_words as words
from _month_life import OWNER, Life, Spot

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(frozen=True, slots=True)
class News:
    """Something told once: who told it, how a question says it, and the utterance."""

    who: str
    told: str
    id: str


def fill(life: Life, line: str, **known: str) -> str:
    """Fill the blanks of a line."""
    rng = life.rng
    values = {
        "day": rng.choice(_DAYS), "n": str(rng.randint(6, 190)), "money": f"{rng.randint(4, 95) * 10} euros", **known,
    }  # fmt: skip
    for key, value in values.items():
        line = line.replace("{" + key + "}", value)
    return line


def pick_new(life: Life, things: Sequence[str]) -> str:
    """One of many things that was not picked before, so that a question about it means one."""
    picked = life.rng.choice([thing for thing in things if thing not in life.used])
    life.used.add(picked)
    return picked


def said(life: Life, subject: str) -> str:
    """One line about a subject, with or without a lead."""
    line = fill(life, life.rng.choice(words.SUBJECTS[subject]))
    lead = life.rng.choice(words.LEADS)
    text = lead + line if lead else line[0].upper() + line[1:]
    return text.rstrip(".") + life.rng.choice((".", ".", ", I think.", ", don't you think?", "."))


def talk(life: Life, people: Sequence[str], subject: str, n_lines: int, *, opens: bool = True) -> list[str]:
    """People talk about a subject, with filler, asides and pauses; returns the lines about it."""
    rng, lines = life.rng, []
    if opens:
        lines.append(life.say(rng.choice(people), fill(life, rng.choice(words.OPENINGS), subject=subject)))
    for _ in range(n_lines):
        speaker = rng.choice(people)
        if (draw := rng.random()) < 0.27:
            life.say(speaker, rng.choice(words.FILLER))
        elif draw < 0.33:
            life.say(speaker, rng.choice(words.ASIDES))
        else:
            lines.append(life.say(speaker, said(life, subject)))
        if rng.random() < 0.05:
            life.wait(30, 240)
        if rng.random() < 0.015:
            life.glance_between()
        if rng.random() < 0.01 and not life.is_one_recording:
            life.session = f"{life.session}+"  # the recorder was started anew
    return lines


def tell_news(life: Life, who: str) -> News | None:
    """Somebody tells something that is told only once; None where all was told."""
    untold = [news for news in words.NEWS if news not in life.used]
    if not untold:
        return None
    text, told = life.rng.choice(untold)
    life.used.add((text, told))
    number = life.say(who, text)
    life.say(OWNER, life.rng.choice(("Really? That is big news.", "Oh! Since when?", "You never told me that.")))
    return News(who, told, number)


def meeting(life: Life, people: Sequence[str], subject: str, *, shows_slides: bool) -> dict[str, list[str]]:
    """A meeting at work, with slides on the screen beside the talk."""
    rng = life.rng
    title = f"Meeting about the {subject} with {', '.join(people)}"
    with life.happening(title):
        slides, lines = [], []
        for part in range(rng.randint(2, 4)):
            if shows_slides and rng.random() < 0.8:
                body = "\n".join(fill(life, line) for line in rng.sample(words.SUBJECTS[subject], 2))
                slides.append(life.screen("Teams", f"{subject.title()} - slide {part + 1}", body))
                life.wait(2, 20)
            lines += talk(life, [*people, OWNER], subject, rng.randint(5, 13), opens=part == 0)
        decision = fill(life, rng.choice(words.SUBJECTS[subject]))
        settled = life.say(rng.choice(people), f"Then it is settled for the {subject}: {decision}.")
    return {"slides": slides, "lines": lines, "settled": [settled]}


def call(life: Life, organisation: str, subject: str) -> dict[str, list[str]]:
    """A telephone call with somebody who has no name."""
    with life.happening(f"Call with {organisation} about the {subject}"):
        first = life.say(OWNER, life.rng.choice((
            f"Hello, is this {organisation}? It is about the {subject}.",
            f"Good morning, I am calling {organisation} about the {subject}.",
        )))  # fmt: skip
        lines = talk(life, [OWNER, f"Clerk {life.rng.randint(1, 9)}"], subject, life.rng.randint(8, 18), opens=False)
        life.say(OWNER, life.rng.choice(words.FAREWELLS))
    return {"first": [first], "lines": lines}


def desk(life: Life, subject: str) -> list[str]:
    """Work at the screen on one subject, in a few programs."""
    rng = life.rng
    apps = rng.sample(words.WORK_APPS, rng.randint(1, 3))
    with life.happening(f"Work on the {subject}"):
        screens = []
        for _ in range(rng.randint(5, 16)):
            app = rng.choice(apps)
            rows = [fill(life, line) for line in rng.sample(words.SUBJECTS[subject], rng.randint(1, 3))]
            file = f"{subject.replace(' ', '_')}.odt"
            window = rng.choice((f"{subject.title()} - {app}", f"Re: {subject}", file, "Inbox", f"{subject} draft"))
            screens.append(life.screen(app, window, "\n".join([window, *rows])))
            life.wait(*rng.choices(((15, 80), (80, 300), (300, 900)), weights=(5, 4, 1))[0])
            if rng.random() < 0.04:
                life.glance_between()
    return screens


def read_article(life: Life, article: tuple[str, tuple[str, ...]]) -> list[str]:
    """An article is read, a page at a time."""
    title, parts = article
    rng = life.rng
    with life.happening(f"Reading “{title}”"):
        pages = []
        for n in range(rng.randint(2, 4)):
            body = [title, *rng.sample(parts, 2), f"Page {n + 1}"] if n else [title, *parts[:2]]
            pages.append(life.screen("Firefox", f"{title} - Mozilla Firefox", "\n".join(body)))
            life.wait(30, 240)
    return pages


def receipt(life: Life, name: str, goods: Sequence[str]) -> tuple[str, str]:
    """The text of a receipt, and its total."""
    rng = life.rng
    rows = [(good, rng.randint(120, 2900) / 100) for good in rng.sample(list(goods), rng.randint(2, 5))]
    total = f"{sum(price for _good, price in rows):.2f}"
    bought = [f"{good}  {price:.2f}" for good, price in rows]
    lines = [name.upper(), f"{life.now:%d.%m.%Y %H:%M}", *bought, f"TOTAL EUR {total}", "Thank you"]
    return "\n".join(lines), total


def meal(life: Life, town: Spot, people: Sequence[str], subject: str, *, is_trip: bool) -> None:
    """A restaurant: its sign, the menu, the talk at the table, the receipt."""
    rng = life.rng
    name = pick_new(life, [f"{first} {last}" for first in words.EATING_FIRST for last in words.EATING_LAST])
    with life.happening(f"Meal at {name} with {', '.join(people)}", life.somewhere(town)):
        photos = []
        if rng.random() < 0.7:
            photos.append(life.photo(f"{name.upper()}\nRestaurant"))
            life.wait(60, 500)
        for _ in range(rng.randint(1, 2)):
            photos.append(life.photo("\n".join(["Menu", *rng.sample(words.DISHES, 4)]) if rng.random() < 0.7 else ""))
            life.wait(10, 200)
        talk(life, [*people, OWNER], subject, rng.randint(6, 14))
        news = tell_news(life, rng.choice(people))
        subject = rng.choice(list(words.SUBJECTS)) if rng.random() < 0.3 else subject
        talk(life, [*people, OWNER], subject, rng.randint(2, 8), opens=False)
        life.wait(60, 900)
        text, _total = receipt(life, name, words.DISHES)
        paid = life.photo(text, has_gps=True if is_trip else None)
    if news is not None:
        _ask_of_meal(life, name, news, photos, paid)


def _ask_of_meal(life: Life, name: str, news: News, photos: list[str], paid: str) -> None:
    """Two questions about a meal; most know it by what was told at the table and not by its name."""
    rng, was = life.rng, f"{news.who} {news.told}"
    asks = rng.sample(("price", "photos", "time", "sum"), 2)
    if "price" in asks:
        ways = (f"How much did we pay at the restaurant where {was}?", f"What was the bill of the meal when {was}?")
        life.ask("lookup", rng.choice(ways), [paid, news.id], needs_context=True)
    if "photos" in asks:
        query = rng.choice((f"Show me the photos from the meal at which {was}", f"pictures of the dinner where {was}"))
        life.ask("lookup", query, [*photos, paid], needs_context=True)
    if "time" in asks:
        ways = (f"When did we get to the restaurant, the time {was}?", f"When did we sit down to eat on the day {was}?")
        life.ask("time", rng.choice(ways), [photos[0], news.id], needs_context=True)
    if "sum" in asks:
        ways = (f"Sum up the meal at the {name}, from the menu to the bill", f"What happened at the {name}?")
        life.ask("summary", rng.choice(ways), [photos[-1], paid, news.id], needs_context=True)


def shopping(life: Life, town: Spot) -> None:
    """A shop: sometimes a list, a shelf, the receipt."""
    rng, name = life.rng, life.rng.choice(words.SHOPS)
    with life.happening(f"Shopping at {name}", life.somewhere(town)):
        listed = rng.sample(words.GOODS, 4)
        if rng.random() < 0.5:
            life.note("To buy: " + ", ".join(listed))
            life.wait(200, 700)
        if rng.random() < 0.5:
            life.photo(rng.choice(("", "Special offer", f"{name}\nOpen until 20:00")))
            life.wait(60, 400)
        text, _total = receipt(life, name, words.GOODS)
        number = life.photo(text)
    if rng.random() < 0.3:
        life.ask("lookup", f"What was the total at {name} on {life.now:%A %-d %B}?", [number])


def museum(life: Life, town: Spot, friend: str) -> None:
    """A museum with a friend: ticket, labels, a few words."""
    rng = life.rng
    name = next((m for m in rng.sample(words.MUSEUMS, len(words.MUSEUMS)) if m not in life.used), None)
    if name is None:
        pastime(life, "A walk in the park")
        return
    life.used.add(name)
    with life.happening(f"{name} with {friend}", life.somewhere(town)):
        ticket = life.photo(f"{name}\nAdmission 1 adult\nEUR {rng.randint(5, 14)}.00")
        labels, lines = [], []
        for _ in range(rng.randint(3, 8)):
            life.wait(*rng.choices(((20, 90), (90, 400), (400, 1000)), weights=(5, 4, 1))[0])
            label = fill(life, rng.choice(words.EXHIBITS), n=str(rng.randint(1720, 1960)))
            labels.append(life.photo(label if rng.random() < 0.75 else ""))
            if rng.random() < 0.4:
                lines.append(life.say(friend, rng.choice(words.IN_MUSEUMS)))
    life.ask("summary", f"What did {friend} and I see at the {name}?", [ticket, *labels[:4]], needs_context=True)


def walk(life: Life, town: Spot, friend: str | None) -> list[str]:
    """Churches and signs in a town on foot; returns the photos of churches, one each."""
    rng, churches = life.rng, []
    with life.happening(f"Walk through {town.name.split(',')[0]}", life.somewhere(town)):
        for saint in rng.sample(words.SAINTS, rng.randint(2, 4)):
            sign = fill(life, rng.choice(words.CHURCH_SIGNS), name=saint, n=str(rng.randint(1200, 1890)))
            churches.append(life.photo(sign, has_gps=True))
            for _ in range(rng.randint(0, 3)):
                life.wait(5, 200)
                life.photo(rng.choice(("", "", *words.STREET_SIGNS)))
            life.wait(120, 800)
            life.spot = life.somewhere(life.spot, 250)
            if friend and rng.random() < 0.5:
                life.say(friend, rng.choice(words.ON_WALKS))
    return churches


def pastime(life: Life, what: str) -> None:
    """Something small and wordless: a run, a film, cooking."""
    rng = life.rng
    with life.happening(what, life.somewhere(life.spot)):
        for _ in range(rng.randint(2, 5)):
            if rng.random() < 0.6:
                life.photo(rng.choice(("", "", rng.choice(words.STREET_SIGNS))))
            else:
                life.screen(rng.choice(("Strava", "Music", "Recipes")), what, f"{what}\n{rng.randint(2, 60)} min")
            life.wait(30, 600)


def chat_beside(life: Life, friend: str, subject: str) -> None:
    """Messages with somebody while something else goes on: an event that lies over the last one."""
    rng = life.rng
    own = [k for k in life.kept if k.event == life.kept[-1].event]
    with life.happening(f"Messages with {friend} about the {subject}"):
        number = life.event
        back = life.now
        at = own[len(own) // 3].at
        for _ in range(rng.randint(2, 4)):
            life.now = at
            life.screen("Signal", friend, f"{friend}\n{said(life, subject)}\n{said(life, subject)}")
            at += timedelta(seconds=rng.uniform(40, 400))
        life.now = max(back, at)
        life.event = number
