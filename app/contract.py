"""The shapes that other programs rely on: records to JSON-able dicts, exactly as the contract names their keys.

Role: one function a shape; nothing here is computed, nothing is printed. New keys may be added, none is renamed or
dropped.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.clock import to_iso
from app.describe import describe
from app.storage import StorageReport
from ingest.nearest import Nearest
from ingest.records import ImportReport
from memory.clues import AppSum, PlaceSum
from memory.facts import Fact
from memory.records import Event, Gap, Journey, Kind, Media, Moment, Voice
from memory.versions import front_of, group, marks_of
from recall.missed_results import Direction, Missed, Point
from recall.results import Answer, Found, Interpreted, SearchResult
from reflect.habits import Habit

Json = dict[str, Any]
MediaPath = Callable[[Media], Path]
EventOf = Mapping[str, str]  # ids of moments to ids of events


def moment_json(moment: Moment, media_path: MediaPath, *, found: Found | None = None, event: str | None = None) -> Json:
    """``moment``; times in the moment's own zone, azimuth in degrees; ``event`` is the id of the one it belongs to."""
    out: Json = {
        "id": moment.id,
        "kind": str(moment.kind),
        "started_at": to_iso(moment.started_us, moment.zone),
        "ended_at": to_iso(moment.ended_us, moment.zone),
        "text": moment.text,
        "time_source": str(moment.time_source),
    }
    if moment.original is not None:
        out["heard_as"] = moment.original
    if moment.external_id is not None:
        out["external_id"] = moment.external_id
    if found is not None:
        out["score"] = round(found.score, 4)
        out["signals"] = {name: round(value, 4) for name, value in found.signals.items()}
        if found.versions:
            out["versions"] = list(found.versions)
    if moment.media is not None:
        out["media"] = {
            "path": str(media_path(moment.media)),
            "offset_s": round(moment.media.offset_s, 3),
            "duration_s": round(moment.media.duration_s, 3),
        }
    if moment.picture is not None:
        out["picture"] = {"path": str(media_path(moment.picture))}
    if moment.session is not None or moment.speaker is not None:
        out["audio"] = {
            "session": moment.session,
            "stream": moment.stream,
            "azimuth_deg": None if moment.azimuth_rad is None else round(math.degrees(moment.azimuth_rad), 1),
            "speaker": moment.speaker,
        }
        if moment.voice is not None:
            out["audio"]["voice"] = moment.voice
    if moment.place is not None:
        out["place"] = {"name": moment.place.name, "lat": moment.place.lat, "lon": moment.place.lon}
    if description := describe(moment):
        out["description"] = description
    if moment.details.get("tags"):
        out["tags"] = [{"word": word, "share": share} for word, share in moment.details["tags"]]
    for key in ("app", "window"):
        if getattr(moment, key):
            out[key] = getattr(moment, key)
    if event is not None:
        out["event"] = event
    if "path" in moment.details:
        out["source"] = moment.details["path"]
    if moment.is_original_gone:
        out["original"] = "gone"
    return out


def voice_json(voice: Voice, zone: str, *, nearest: Nearest | None = None) -> Json:
    """One voice of ``voices``; ``name`` is null until the user gives one. ``nearest`` stands on one voice at most."""
    hint: Json = {}
    if nearest is not None and nearest.voice == voice.id:
        hint = {"nearest": {"in": nearest.n_nearest, "of": nearest.n_recordings}}
    return {
        **hint,
        "id": voice.id,
        "name": voice.name,
        "utterances": voice.n_moments,
        "seconds": round(voice.seconds, 1),
        "sessions": voice.n_sessions,
        "first_at": None if voice.first_us is None else to_iso(voice.first_us, zone),
        "last_at": None if voice.last_us is None else to_iso(voice.last_us, zone),
        "enrolled": voice.n_samples > 0,
    }


def place_sum_json(place: PlaceSum, zone: str) -> Json:
    """One place of ``places visited``; degrees are null where no position is known."""
    return {
        "name": place.name,
        "moments": place.n_moments,
        "lat": place.lat,
        "lon": place.lon,
        "first_at": to_iso(place.first_us, zone),
        "last_at": to_iso(place.last_us, zone),
    }


def app_sum_json(app: AppSum, zone: str) -> Json:
    """One application of ``apps``; ``seconds`` is how long its pages stayed on the screen."""
    return {
        "name": app.name,
        "moments": app.n_moments,
        "seconds": round(app.seconds, 1),
        "first_at": to_iso(app.first_us, zone),
        "last_at": to_iso(app.last_us, zone),
    }


def interpreted_json(understood: Interpreted, zone: str) -> Json:
    """``interpreted`` of a search."""
    return {
        "since": None if understood.since_us is None else to_iso(understood.since_us, zone),
        "until": None if understood.until_us is None else to_iso(understood.until_us, zone),
        "kinds": [str(kind) for kind in understood.kinds],
        "people": list(understood.people),
        "places": list(understood.places),
        "apps": list(understood.apps),
        "terms": list(understood.terms),
        "widened": understood.widened,
        "without": {"people": list(understood.without_people), "kinds": [str(k) for k in understood.without_kinds]},
        "asks": list(understood.asks),
        "anchor": (
            None
            if understood.anchor is None
            else {
                "text": understood.anchor.text,
                "moment": understood.anchor.moment,
                "told": understood.anchor.told,
            }
        ),
        "follows": understood.follows,
        "ignored": list(understood.ignored),
    }


def search_json(result: SearchResult, media_path: MediaPath, zone: str, event_of: EventOf) -> Json:
    """``search``."""
    return {
        "query": result.query,
        "interpreted": interpreted_json(result.interpreted, zone),
        "took_ms": round(result.took_ms, 1),
        "moments": [moment_json(f.moment, media_path, found=f, event=event_of.get(f.moment.id)) for f in result.found],
    }


def answer_json(answer: Answer, media_path: MediaPath, zone: str, event_of: EventOf) -> Json:
    """``ask``."""
    out: Json = {
        "question": answer.question,
        "answer": answer.text,
        "abstained": answer.abstained,
        "citations": [{"n": c.n, "moment": c.moment, "quote": c.quote} for c in answer.citations],
        "evidence": [
            moment_json(f.moment, media_path, found=f, event=event_of.get(f.moment.id)) for f in answer.evidence
        ],
        "interpreted": interpreted_json(answer.interpreted, zone),
        "took_ms": {
            "retrieve": round(answer.took.retrieve_ms, 1),
            "first_token": round(answer.took.first_token_ms, 1),
            "total": round(answer.took.total_ms, 1),
        },
        "tokens": {"prompt": answer.n_prompt_tokens, "completion": answer.n_completion_tokens},
        "model": answer.model,
    }
    if answer.quote is not None:
        out["quote"] = {"text": answer.quote.text, "moment": answer.quote.moment, "certain": answer.quote.certain}
    if answer.reason is not None:
        out["reason"] = str(answer.reason)
    return out


def missed_json(missed: Missed, media_path: MediaPath) -> Json:
    """``missed``; where nothing is told, ``reason`` says why and ``contrast`` says it in words."""
    out: Json = {
        "question": missed.question,
        "session": missed.session,
        "attended": {
            "streams": [direction_json(d) for d in missed.attended.directions],
            "moments": [moment_json(m, media_path) for m in missed.attended.moments],
            "summary": missed.attended.summary,
        },
        "missed": [
            {
                "stream": direction_json(one.direction),
                "moments": [moment_json(m, media_path) for m in one.moments],
                "summary": one.summary,
                "points": [point_json(p) for p in one.points],
            }
            for one in missed.missed
        ],
        "contrast": missed.contrast,
        "took_ms": round(missed.took_ms, 1),
    }
    if missed.reason is not None:
        out["reason"] = str(missed.reason)
    return out


def point_json(point: Point) -> Json:
    """One point of ``missed``; ``unsure`` stands only where the words may be misheard."""
    out: Json = {"text": point.text, "moments": list(point.moments)}
    return out if point.is_sure else {**out, "unsure": True}


def direction_json(direction: Direction) -> Json:
    """One direction of ``missed``; azimuth in degrees, null where it is not known."""
    azimuth = direction.azimuth_rad
    return {
        "azimuth_deg": None if azimuth is None else round(math.degrees(azimuth), 1),
        "speakers": list(direction.speakers),
    }


def import_json(report: ImportReport) -> Json:
    """``import``."""
    return {
        "imported": report.imported,
        "duplicates": report.duplicates,
        "failed": [{"path": f.path, "error": f.error, "hint": f.hint, "waits": f.waits} for f in report.failed],
        "notes": [{"path": n.path, "text": n.text} for n in report.notes],
        "moments": report.moments,
        "sessions": list(report.sessions),
        "took_s": round(report.took_s, 2),
    }


def timeline_json(
    days: Iterable[tuple[str, Sequence[Moment], Sequence[Gap]]],
    events: Mapping[str, Sequence[Event]],
    media_path: MediaPath,
    zone: str,
    *,
    journeys: Sequence[Journey] = (),
) -> Json:
    """``timeline``: days as (ISO date, moments, gaps), events by the date on which they begin, journeys over them."""
    event_of = {moment: event.id for on_day in events.values() for event in on_day for moment in event.moments}
    return {
        "days": [
            {
                "date": date,
                "events": [event_json(event) for event in events.get(date, ())],
                "moments": [
                    {**moment_json(m, media_path, event=event_of.get(m.id)), **versions}
                    for m, versions in zip(moments, _versions_json(moments), strict=True)
                ],
                "gaps": [
                    {
                        "started_at": to_iso(g.started_us, zone),
                        "ended_at": to_iso(g.ended_us, zone),
                        "source": g.source,
                        "reason": g.reason,
                    }
                    for g in gaps
                ],
            }
            for date, moments, gaps in days
        ],
        "journeys": [journey_json(journey) for journey in journeys],
    }


def journey_json(journey: Journey) -> Json:
    """One journey of ``timeline``; what lies in its time belongs to it."""
    return {
        "id": journey.id,
        "title": journey.title,
        "places": list(journey.places),
        "started_at": to_iso(journey.started_us, journey.zone),
        "ended_at": to_iso(journey.ended_us, journey.zone),
        "dates": [journey.first_date, journey.last_date],
        "reason": journey.reason,
    }


def _versions_json(moments: Sequence[Moment]) -> list[Json]:
    """Of each moment: what other ``versions`` a picture has, or which moment it is a ``version_of``."""
    out: list[Json] = [{} for _ in moments]
    for alike in group(map(marks_of, moments)):
        front = alike[front_of([moments[n].kind is Kind.SCENE for n in alike])]
        others = [n for n in alike if n != front]
        if others:
            out[front] = {"versions": [moments[n].id for n in others]}
        for n in others:
            out[n] = {"version_of": moments[front].id}
    return out


def habit_json(habit: Habit) -> Json:
    """One habit of ``habits``; ``events`` are the ids of the newest that show it."""
    return {
        "text": habit.text,
        "weekday": habit.weekday,
        "kind": habit.kind,
        "name": habit.name,
        "days": habit.n_days,
        "of_days": habit.of_days,
        "events": list(habit.events),
    }


def fact_json(fact: Fact, now_us: int) -> Json:
    """One fact of ``facts``; ``evidence`` are the moments that state it, with their words, the oldest first."""
    out: Json = {
        "subject": fact.subject,
        "relation": fact.relation,
        "value": fact.value,
        "standing": str(fact.standing(now_us)),
        "source": str(fact.source),
        "since": to_iso(fact.since_us, fact.claims[0].zone),
        "until": None if fact.until_us is None else to_iso(fact.until_us, fact.claims[0].zone),
        "evidence": [
            {"moment": c.moment, "quote": c.quote, "told_at": to_iso(c.told_us, c.zone), "by": c.teller or None}
            for c in fact.claims
        ],
    }
    if fact.replaced_by is not None:
        out["replaced_by"] = fact.replaced_by
    return out


def event_json(event: Event) -> Json:
    """One event of ``timeline``; ``reason`` says why it begins there, ``words`` what a model made of it, of what."""
    made = event.words
    parts = [] if made is None else [name for name in ("title", "summary") if getattr(made, name)]
    return {
        "id": event.id,
        "title": event.title,
        "summary": event.summary,
        "started_at": to_iso(event.started_us, event.zone),
        "ended_at": to_iso(event.ended_us, event.zone),
        "reason": event.reason,
        "moments": list(event.moments),
        **({} if made is None else {"words": {"model": made.producer, "made": parts, "moments": list(made.made_of)}}),
    }


def storage_json(report: StorageReport) -> Json:
    """``storage``: bytes by kind, what 30 days bring, and what a setting would free if it were ``value``."""
    storage = report.storage
    return {
        "stored": [
            {"kind": str(part.kind), "bytes": part.n_bytes, "files": part.n_files, "recent_bytes": part.recent_bytes}
            for part in storage.stored
        ],
        "bytes": storage.n_bytes,
        "days": round(storage.n_days, 2),
        "month_bytes": storage.month_bytes,
        "models_bytes": report.models_bytes,
        "free_bytes": report.free_bytes,
        "screen_budget_bytes": report.screen_budget_bytes,
        "savings": [{"key": saving.key, "value": saving.value, "bytes": saving.n_bytes} for saving in report.savings],
    }
