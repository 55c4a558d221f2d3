"""Thirty days of one life: which scenes come when, and what runs through several of them.

Role: from a seed to a ``Month``; the same seed gives the same month. Threads (an appointment that moves, a price that
two sources tell differently, what people like, decisions of several meetings) are what questions of several
days ask for.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import _month_scenes as scenes
import _month_words as words
from _month_life import OWNER, Asked, Life, Month, Spot

Thread = Callable[[], None]
N_DAYS = 30
FIRST = (2026, 9, 1)
_QUESTIONS_A_KIND = 12


class Planner:
    """Plans and plays one month."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        home, trip = _spot(self.rng.choice(words.HOMES)), _spot(self.rng.choice(words.TRIPS))
        self.trip = trip
        self.life = Life(self.rng, datetime(*FIRST, 7, tzinfo=ZoneInfo(home.zone)), home, home)
        names = self.rng.sample(words.PEOPLE, 11)
        self.partner, self.family, self.colleagues, self.friends = names[0], names[1:3], names[3:7], names[7:]
        subjects = list(words.SUBJECTS)
        self.rng.shuffle(subjects)
        self.unspoken = subjects[:2]  # never talked about: what cannot be answered
        work = [s for s in ("website relaunch", "hiring", "budget", "warehouse move") if s not in self.unspoken]
        self.work = work or ["budget"]
        self.private = [s for s in subjects[2:] if s not in self.work]
        self.articles = self.rng.sample(words.ARTICLES, len(words.ARTICLES))
        self.meetings: dict[str, list[str]] = defaultdict(list)
        self.churches: list[str] = []
        self.trip_days = self._choose_trip_days()
        self.threads = self._plan_threads()

    def play(self, seed: int) -> Month:
        """Play all days; questions are drawn last."""
        for number in range(N_DAYS):
            day = datetime(*FIRST, tzinfo=ZoneInfo(self.life.home.zone)) + timedelta(days=number)
            self._begin(day)
            if number in self.trip_days:
                self._trip_day(number)
            elif day.weekday() >= 5:
                self._weekend_day()
            else:
                self._work_day()
            for thread in self.threads.get(number, ()):
                self.life.pause()
                thread()
        self._ask_across()
        kept = sorted(self.life.kept, key=lambda k: (k.at, k.id))
        return Month(seed, tuple(kept), tuple(self.life.happenings), tuple(self._draw_questions()))

    # days --------------------------------------------------------------------------------------------------------
    def _begin(self, day: datetime) -> None:
        life = self.life
        life.spot, life.session = life.home, None
        life.is_one_recording = self.rng.random() < 0.4
        life.now = day + timedelta(hours=self.rng.uniform(6.4, 8.2))
        if day.weekday() >= 5:
            life.now += timedelta(hours=1.5)

    def _work_day(self) -> None:
        rng, life = self.rng, self.life
        if rng.random() < 0.5:
            self._talk_at_home()
            life.wait(900, 2400)
        office = life.somewhere(life.home)
        life.spot = office
        plan = rng.sample(["desk", "desk", "meeting", "call", "meeting", "read_call"], rng.randint(3, 5))
        for turn, what in enumerate(plan):
            if turn == 2 and rng.random() < 0.55:
                life.pause()
                guests = rng.sample(self.colleagues, rng.randint(1, 2))
                scenes.meal(life, life.home, guests, self._private(), is_trip=False)
            life.pause()
            self._at_work(what)
        life.spot = life.home
        life.wait(1200, 4000)
        self._evening()

    def _at_work(self, what: str) -> None:
        rng, life = self.rng, self.life
        if what == "desk":
            scenes.desk(life, rng.choice(self.work))
            if rng.random() < 0.15:
                scenes.chat_beside(life, rng.choice(self.friends), self._private())
        elif what == "meeting":
            self._meet()
        else:
            self._call(reads_before=what == "read_call")

    def _meet(self) -> None:
        subject = self.rng.choice(self.work)
        people = self.rng.sample(self.colleagues, self.rng.randint(1, 3))
        met = scenes.meeting(self.life, people, subject, shows_slides=self.rng.random() < 0.6)
        self.meetings[subject] += met["settled"]
        if met["slides"] and self.rng.random() < 0.5:
            who = " and ".join(sorted(people))
            day = f"{self.life.now:%A %-d %B}"
            query = f"What was on the screen in the meeting with {who} about the {subject} on {day}?"
            self.life.ask("lookup", query, met["slides"], needs_context=True)

    def _call(self, *, reads_before: bool) -> None:
        rng, life = self.rng, self.life
        pairs = [f"{one}/{subject}" for one in words.ORGANISATIONS for subject in self.private]
        organisation, subject = scenes.pick_new(life, pairs).split("/")
        pages: list[str] = []
        if reads_before and self.articles:
            article = self.articles.pop()
            pages = scenes.read_article(life, article)
            life.wait(20, 400)
        called = scenes.call(life, organisation, subject)
        day = f"{life.now:%A %-d %B}"
        if pages:
            query = f"What did I read just before the call with {organisation} about the {subject}?"
            life.ask("order", query, pages[-2:], needs_context=True)
        elif rng.random() < 0.3:
            life.ask("time", f"At what time did I call {organisation} on {day}?", called["first"])
        if rng.random() < 0.4:
            life.pause()
            screens = scenes.desk(life, rng.choice(self.work))
            query = f"What did I work on right after the call with {organisation} about the {subject}?"
            life.ask("order", query, screens[:2], needs_context=True)

    def _evening(self) -> None:
        rng, life = self.rng, self.life
        for what in rng.sample(["shop", "talk", "read", "meal", "pastime"], rng.randint(1, 3)):
            if what == "shop":
                scenes.shopping(life, life.home)
            elif what == "talk":
                self._talk_at_home()
            elif what == "read" and self.articles and rng.random() < 0.5:
                scenes.read_article(life, self.articles.pop())
            elif what == "meal" and rng.random() < 0.6:
                guests = rng.sample(self.friends, rng.randint(1, 2))
                scenes.meal(life, life.home, guests, self._private(), is_trip=False)
            else:
                scenes.pastime(life, rng.choice(("Run along the water", "Cooking", "A film", "Bicycle ride")))
            life.pause()

    def _talk_at_home(self) -> None:
        subject = self._private()
        guests = [] if self.rng.random() < 0.6 else [self.rng.choice(self.family)]
        people = [self.partner, OWNER, *guests]
        with self.life.happening(f"Talk at home about the {subject}"):
            scenes.talk(self.life, people, subject, self.rng.randint(6, 20), opens=self.rng.random() < 0.7)

    def _weekend_day(self) -> None:
        rng, life = self.rng, self.life
        for what in rng.sample(["talk", "museum", "walk", "meal", "shop", "pastime", "desk"], rng.randint(2, 4)):
            friend = rng.choice(self.friends)
            if what == "museum":
                scenes.museum(life, life.home, friend)
            elif what == "walk":
                scenes.walk(life, life.home, rng.choice((friend, None)))
            elif what == "meal":
                scenes.meal(life, life.home, rng.sample(self.friends, 2), self._private(), is_trip=False)
            elif what == "shop":
                scenes.shopping(life, life.home)
            elif what == "desk":
                scenes.desk(life, self._private())
            elif what == "talk":
                self._talk_at_home()
            else:
                scenes.pastime(life, rng.choice(("Run along the water", "Cooking", "A film", "Bicycle ride")))
            life.pause()
            life.wait(0, 3000)

    def _choose_trip_days(self) -> range:
        first = self.rng.randint(8, 20)
        return range(first, first + self.rng.randint(3, 4))

    def _trip_day(self, number: int) -> None:
        rng, life, town = self.rng, self.life, self.trip.name.split(",")[0]
        life.spot = self.trip
        if number == self.trip_days[0]:
            with life.happening(f"Journey to {town}", life.home):
                where = f"Gate {rng.randint(1, 40)}\nSeat {rng.randint(2, 30)}A"
                life.screen("Wallet", "Boarding pass", f"{OWNER}\nTo {town}\n{where}")
                life.wait(300, 1500)
                life.photo(f"Departures\n{town.upper()}  on time")
            life.wait(9000, 15000)
        for what in rng.sample(["walk", "museum", "meal", "walk", "meal"], rng.randint(3, 4)):
            if what == "walk":
                self.churches += scenes.walk(life, self.trip, rng.choice((self.partner, None)))
            elif what == "museum":
                scenes.museum(life, self.trip, self.partner)
            else:
                scenes.meal(life, self.trip, [self.partner], self._private(), is_trip=True)
            life.pause()
            life.wait(0, 2400)
        if number == self.trip_days[-1]:
            self._leave_hotel(town)

    def _leave_hotel(self, town: str) -> None:
        life, name = self.life, self.rng.choice(words.HOTELS)
        with life.happening(f"Leaving {name}", life.somewhere(self.trip)):
            text, _total = scenes.receipt(life, name, words.LODGING)
            paid = life.photo("Invoice\n" + text, has_gps=True)
            life.wait(60, 300)
            life.photo("")
        self.life.ask("lookup", f"the receipt from the hotel in {town}", [paid], needs_context=True)
        for where in (f"in {town}", f"on the trip to {town}"):
            query = f"How many churches did I photograph {where}?"
            self.life.ask("count", query, self.churches[:8], needs_context=True)

    def _private(self) -> str:
        return self.rng.choice(self.private)

    # threads -----------------------------------------------------------------------------------------------------
    def _plan_threads(self) -> dict[int, list[Thread]]:
        """What happens on which day, beside its scenes."""
        planned: dict[int, list[Thread]] = defaultdict(list)
        days = [n for n in range(N_DAYS) if n not in self.trip_days]
        for what in words.APPOINTMENTS:
            first, second = sorted(self.rng.sample(days, 2))
            self._appointment(planned, what, first, second)
        for thing in ("new clutch", "rent for the garage", "piano lessons", "roof repair"):
            first, second = sorted(self.rng.sample(days, 2))
            self._price(planned, thing, first, second)
        liking = self.rng.sample(words.LIKES, len(words.LIKES))
        for who, (topic, question, answer) in zip(self.friends + self.family, liking, strict=False):
            self._liking(planned, who, topic, question, answer, self.rng.choice(days))
        return planned

    def _appointment(self, planned: dict[int, list[Thread]], what: str, first: int, second: int) -> None:
        early, late = self.rng.sample(range(1, 28), 2)
        told: list[str] = []

        def say() -> None:
            with self.life.happening(f"Talk about the {what}"):
                scenes.talk(self.life, [self.partner, OWNER], self._private(), 4)
                line = f"Before I forget, the {what} is on the {early}th of November."
                told.append(self.life.say(self.partner, line))

        def move() -> None:
            with self.life.happening(f"Mail about the {what}"):
                self.life.screen("Mail", "Inbox", "Inbox\nNewsletter\nYour order was sent")
                self.life.wait(10, 60)
                mail = f"New date for the {what}\nWe have to move it to {late} November. Sorry for the trouble."
                told.append(self.life.screen("Mail", f"New date: {what}", mail))
            query = f"When is the {what} now, and when was it to be at first?"
            self.life.ask("update", query, told, needs_context=True)

        planned[first].append(say)
        planned[second].append(move)

    def _price(self, planned: dict[int, list[Thread]], thing: str, first: int, second: int) -> None:
        low, high = sorted(self.rng.sample(range(40, 900, 5), 2))
        who = self.rng.choice(self.friends)
        told: list[str] = []

        def say() -> None:
            with self.life.happening(f"Talk with {who} about the {thing}"):
                told.append(self.life.say(who, f"The {thing} will not be more than {low} euros, I am sure."))
                scenes.talk(self.life, [who, OWNER], self._private(), 6, opens=False)

        def write() -> None:
            with self.life.happening(f"Letter about the {thing}"):
                told.append(self.life.photo(f"Quotation\nRe: {thing}\nAmount due EUR {high}.00\nValid for 30 days"))
                self.life.wait(5, 60)
                self.life.photo("")
            query = f"Does the letter about the {thing} fit with what {who} said it would cost?"
            self.life.ask("contradiction", query, told, needs_context=True)

        planned[first].append(say)
        planned[second].append(write)

    def _liking(
        self, planned: dict[int, list[Thread]], who: str, topic: str, question: str, answer: str, day: int
    ) -> None:
        thing = self.rng.choice(words.LIKED[topic])

        def say() -> None:
            with self.life.happening(f"Talk with {who}"):
                scenes.talk(self.life, [who, OWNER], self._private(), self.rng.randint(3, 8))
                told = self.life.say(who, answer.replace("{thing}", thing))
                scenes.talk(self.life, [who, OWNER], self._private(), 3, opens=False)
            self.life.ask("preference", question.replace("{who}", who), [told])

        planned[day].append(say)

    # questions over the whole month -------------------------------------------------------------------------------
    def _ask_across(self) -> None:
        for subject, settled in self.meetings.items():
            if len(settled) >= 2:
                query = f"What was settled about the {subject} in all the meetings?"
                self.life.ask("several sessions", query, settled[:6])
        for subject in self.unspoken:
            who = self.rng.choice(self.colleagues)
            self.life.ask("unanswerable", f"What did {who} say about the price of the {subject} in Reykjavik?", [])
        for museum in self.rng.sample(words.MUSEUMS, 2):
            self.life.ask("unanswerable", f"How much did the audio guide at the {museum} in Oslo cost?", [])

    def _draw_questions(self) -> list[Asked]:
        by_kind: dict[str, list[Asked]] = defaultdict(list)
        queries: set[str] = set()
        for asked in self.life.asked:
            if asked.query not in queries:
                queries.add(asked.query)
                by_kind[asked.kind].append(asked)
        drawn: list[Asked] = []
        for of_kind in by_kind.values():
            self.rng.shuffle(of_kind)
            drawn += of_kind[:_QUESTIONS_A_KIND]
        return drawn


def build_month(seed: int) -> Month:
    """Play the month of a seed."""
    return Planner(seed).play(seed)


def _spot(row: tuple[str, str, float, float, str]) -> Spot:
    town, country, lat, lon, zone = row
    return Spot(f"{town}, {country}", lat, lon, zone)
