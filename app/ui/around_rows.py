"""What lies around a moment as rows to show: headings, and under each what can be opened.

Role: prepares what the panel shows. A plain function: no widgets, no engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.ui.cards_view_model import has_picture
from app.ui.directions import direction_words
from app.ui.words import flat, snippet, source_words, to_local, translate
from memory.records import Event, Kind, Moment
from recall.around import Around

_LETTERS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row.

    Attributes:
        title: Its first line.
        detail: Its second; empty on a heading.
        spoken: The row in one sentence, for a screen reader.
        moment: What it opens; None on headings and events.
        event: What it shows on the timeline.
        has_picture: Whether a small picture belongs before it.
    """

    title: str
    detail: str = ""
    spoken: str = ""
    moment: Moment | None = None
    event: Event | None = None
    has_picture: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it only says what follows."""
        return self.moment is None and self.event is None


def build_rows(around: Around, zone: str) -> list[Row]:
    """The rows of a panel; what there is nothing of has no heading.

    Args:
        around: What there is.
        zone: Of the moment that is looked at; all clocks are told in it, for they are compared with its own.
    """
    rows: list[Row] = []
    if around.event is not None:
        event = around.event
        span = f"{to_local(event.started_us, zone):%H:%M} – {to_local(event.ended_us, zone):%H:%M}"
        spoken = translate("around", "Event: {title}, {span}. Shown on the timeline.").format(
            title=flat(event.title), span=span
        )
        detail = span
        if event.words is not None and event.words.title:  # of the summary alone nothing is seen here
            detail += " · " + translate("around", "named by the language model")
            spoken += " " + translate(
                "around", "The language model named it, in words of {n} of its {total} moments."
            ).format(n=len(event.words.made_of), total=len(event.moments))
        rows += [
            Row(title=translate("around", "Event")),
            Row(title=flat(event.title), detail=detail, spoken=spoken, event=event),
        ]
    rows += _group(translate("around", "On the screen"), around.shown, zone)
    rows += _group(translate("around", "Said"), around.said, zone)
    rows += _group(translate("around", "Photographed"), around.photographed, zone)
    rows += _group(translate("around", "Noted"), around.noted, zone)
    rows += _names(translate("around", "People"), around.people, zone)
    rows += _names(translate("around", "Place"), around.places, zone)
    return rows


def _group(heading: str, moments: Iterable[Moment], zone: str) -> list[Row]:
    rows = [_row(moment, zone) for moment in moments]
    return [Row(title=heading), *rows] if rows else []


def _row(moment: Moment, zone: str) -> Row:
    source = moment.window or source_words(moment)
    if moment.kind is Kind.UTTERANCE and moment.speaker is None and moment.azimuth_rad is not None:
        source = direction_words(moment.azimuth_rad)
    title = f"{_clock(moment, zone)}  {source}"
    detail = snippet(moment.text, (), limit=_LETTERS)[0]
    return Row(title=title, detail=detail, spoken=f"{title}. {detail}", moment=moment, has_picture=has_picture(moment))


def _names(heading: str, named: Iterable[tuple[str, Moment]], zone: str) -> list[Row]:
    rows = []
    for name, moment in named:
        detail = translate("around", "{clock}, the nearest moment").format(clock=_clock(moment, zone))
        rows.append(Row(title=name, detail=detail, spoken=f"{name}. {detail}", moment=moment))
    return [Row(title=heading), *rows] if rows else []


def _clock(moment: Moment, zone: str) -> str:
    return f"{to_local(moment.started_us, zone):%H:%M:%S}"
