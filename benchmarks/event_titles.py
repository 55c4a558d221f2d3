"""Titles of events by the local model against those by rule: what do they name, is every word borne, what does it cost?

    python benchmarks/event_titles.py [--seeds 11] [--most 40] [--home DIR] [--show] [--sample HOME]

Each seed makes a month of one life (see ``month.py``); so many of its events, drawn by the seed, are read by the model
of the profile as ``madeleine reflect`` would. A title names its true topic when all words of what the generator's event
is about (the subject of a talk, the place eaten at, the article read) stand in it, people and towns left out. That all
words of the model stand in the event is looked up here once more, by plain splitting, without the product's own check.
``--sample`` reads the events of a copy of another home instead (the sample day), where no truth is known.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from _common import print_table, read_resident_mb, working_folder
from _month_keep import keep_directly
from _month_life import Month
from _month_plan import build_month
from _month_words import ASIDES, FILLER

from app.compose import build_engine
from app.engine import Engine
from app.paths import default_models
from memory.records import Event, Moment
from models.protocols import CancelToken

HELD_OUT = "11"
LATE_US = 2**60
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset("a an and at for in is of on the to with".split())  # what joins words in a title
_ABOUT = re.compile(
    r"(?:.* about the | at home about the |Work on the |Reading “|Meal at |Shopping at |Leaving |Letter about the )"
    r"(?P<what>.+?)(?:”| with .*)?$"
)


@dataclass(slots=True)
class Tally:
    """What was counted of one month."""

    n_events: int = 0
    n_titles: int = 0
    n_summaries: int = 0
    n_words: int = 0
    unborne: list[str] = field(default_factory=list)
    n_known: int = 0  # events whose true topic is known
    by_rule: int = 0
    by_model: int = 0
    idle_by_rule: int = 0  # summaries that quote small talk
    idle_by_model: int = 0
    n_rule_quotes: int = 0
    cpu_s: float = 0.0
    n_prompt: int = 0
    n_completion: int = 0
    resident: tuple[float, float, float] = (0.0, 0.0, 0.0)  # MB before, while, after


def main() -> int:
    """Read events of the seeds and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default=HELD_OUT)
    parser.add_argument("--most", type=int, default=40)
    parser.add_argument("--home", type=Path, help="keep the homes here, so that the next run need not import again")
    parser.add_argument("--sample", type=Path, help="a copy of a home to read instead")
    parser.add_argument("--show", action="store_true", help="print every event with both titles")
    arguments = parser.parse_args()
    tallies: dict[str, Tally] = {}
    if arguments.sample is not None:
        tallies["sample"] = read_home(arguments.sample, {}, most=arguments.most, seed=0, is_shown=arguments.show)
    else:
        with working_folder(arguments.home) as folder:
            for seed in map(int, arguments.seeds.split(",")):
                month, home = build_month(seed), folder / f"month-{seed}"
                keep_directly(month, home)
                truth = true_topics(month)
                tallies[f"seed {seed}"] = read_home(
                    home, truth, most=arguments.most, seed=seed, is_shown=arguments.show
                )
    report(tallies)
    return 1 if any(tally.unborne for tally in tallies.values()) else 0


def true_topics(month: Month) -> dict[str, str]:
    """What the true event of each moment is about, by external id, where it is about something in particular."""
    about = {one.id: match["what"] for one in month.happenings if (match := _ABOUT.match(one.title))}
    return {kept.id: about[kept.event] for kept in month.kept if kept.event in about}


def read_home(home: Path, truth: Mapping[str, str], *, most: int, seed: int, is_shown: bool) -> Tally:
    """Let the model read some events of a home and compare."""
    tally = Tally()
    engine = build_engine(home, models=default_models())
    try:
        engine.memory.events.drop_words()
        engine.diary.refresh_events()
        before = engine.memory.events.list_events()
        drawn = {event.id for event in random.Random(seed).sample(before, min(most, len(before)))}
        _read(engine, drawn, tally)
        after = engine.memory.events.find_events(drawn)
        for event in before:
            if event.id in drawn:
                _compare(event, after[event.id], engine.memory.find_moments(event.moments), truth, tally, is_shown)
    finally:
        engine.close()
    return tally


def _read(engine: Engine, drawn: set[str], tally: Tally) -> None:
    """Have the drawn events read, whatever stands before them in the order of the product."""
    worder, memory = engine._rooms.event_words, engine.memory
    waiting = memory.events.list_unworded(rules=-1, until_us=LATE_US, limit=100_000)
    of = memory.events.find_of(one.moments[0] for one in waiting)
    chosen = [one for one in waiting if of[one.moments[0]] in drawn]
    worder._list = lambda limit, _now_us: chosen[:limit]  # type: ignore[method-assign]
    before_mb, began_s = read_resident_mb(), time.process_time()
    done = worder.refresh(most=len(chosen), now_us=LATE_US, cancel=CancelToken())
    tally.cpu_s = time.process_time() - began_s
    while_mb = read_resident_mb()
    for backend in engine._rooms.backends:
        backend.unload()
    engine.unload_idle()
    tally.resident = (before_mb, while_mb, read_resident_mb())
    tally.n_prompt, tally.n_completion = done.n_prompt_tokens, done.n_completion_tokens


def _compare(
    rule: Event, made: Event, moments: Mapping[str, Moment], truth: Mapping[str, str], tally: Tally, is_shown: bool
) -> None:
    words = made.words
    tally.n_events += 1
    tally.n_titles += words is not None and bool(words.title)
    tally.n_summaries += words is not None and bool(words.summary)
    tally.n_rule_quotes += "“" in rule.summary
    tally.idle_by_rule += _is_idle(rule.summary)
    if words is not None:
        told = [*_words(words.title), *_words(words.summary)]
        tally.n_words += len(told)
        tally.unborne += sorted(set(told) - set(_said(moments.values())))
        tally.idle_by_model += _is_idle(words.summary)
    topics = Counter(truth[m.external_id] for m in moments.values() if m.external_id in truth)
    topic = topics.most_common(1)[0][0] if topics else ""
    if topic:
        tally.n_known += 1
        tally.by_rule += _names(rule.title, topic)
        tally.by_model += _names(made.title, topic)
    if is_shown:
        sys.stderr.write(f"{topic or '-'}\n  rule:  {rule.title}\n  model: {made.title}\n         {made.summary}\n")


def _names(title: str, topic: str) -> bool:
    return {_plain(w) for w in _words(topic)} <= {_plain(w) for w in _words(title)}


def _is_idle(summary: str) -> bool:
    return any(line in summary for line in (*FILLER, *ASIDES))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _SMALL]


def _plain(word: str) -> str:
    return word.removesuffix("s")


def _said(moments: Iterable[Moment]) -> Iterator[str]:
    """Every word of some moments: said, shown, who, where, in which window."""
    for moment in moments:
        place = moment.place.name if moment.place else ""
        for part in (moment.text, moment.speaker, place, moment.app, moment.window):
            yield from _WORD.findall((part or "").casefold())


def report(tallies: Mapping[str, Tally]) -> None:
    """Print the tables."""
    print_table(
        ("titles", "events", "titles that stood", "summaries", "words", "not borne", "topic known", "rule", "model"),
        [(name, t.n_events, t.n_titles, t.n_summaries, t.n_words, len(t.unborne), t.n_known, t.by_rule, t.by_model)
         for name, t in tallies.items()],
    )  # fmt: skip
    print_table(
        ("cost", "CPU-s an event", "tokens read", "written", "MB before", "while", "after", "idle rule", "idle model"),
        [_cost(name, t) for name, t in tallies.items()],
    )
    for name, tally in tallies.items():
        if tally.unborne:
            print(f"{name}: NOT BORNE {tally.unborne}")


def _cost(name: str, t: Tally) -> Sequence[object]:
    n = max(1, t.n_events)
    idle = (f"{t.idle_by_rule}/{t.n_rule_quotes}", f"{t.idle_by_model}/{t.n_summaries}")
    return (name, t.cpu_s / n, t.n_prompt / n, t.n_completion / n, *t.resident, *idle)


if __name__ == "__main__":
    sys.exit(main())
