"""Requests as plain JSON-able dicts in, contract shapes out: the one way commands reach the engine.

Role: the command line calls this in its own process, and the owner's socket calls the very same for another process,
so that both give the same answers. It holds no state but the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.clock import from_iso, now_us, to_iso
from app.contract import (
    Json,
    answer_json,
    app_sum_json,
    fact_json,
    habit_json,
    import_json,
    missed_json,
    moment_json,
    place_sum_json,
    search_json,
    storage_json,
    timeline_json,
    voice_json,
)
from app.engine import Engine
from app.errors import Exit, UserError
from app.pause import read_until
from app.remember import Speaking, remember
from ingest.records import ImportProgress
from memory.facts import Standing
from memory.records import Kind
from memory.store import Scope
from models.protocols import CancelToken
from recall.follow_up import Turn
from recall.trails import find_trail, iter_steps

Tell = Callable[[Json], None]
MAX_LIMIT = 10_000
MAX_WEEKS = 520
# A window shows it at once, also where it was stopped halfway.
_CHANGING = frozenset({"import", "forget", "voices", "places", "remember", "reflect", "reindex"})


class Service:
    """Answers requests ``{"do": verb, ...}``; see each method for its keys."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._verbs: dict[str, Callable[[Mapping[str, Any], Tell, CancelToken], Json]] = {
            "ping": lambda _request, _tell, _cancel: {"ok": True},
            "import": self._import,
            "failed": self._list_failed,
            "originals": self._note_originals,
            "search": self._search,
            "ask": self._ask,
            "warm": self._warm,
            "missed": self._missed,
            "timeline": self._timeline,
            "habits": self._habits,
            "apps": self._apps,
            "facts": self._facts,
            "forget": self._forget,
            "voices": self._voices,
            "places": self._name_places,
            "remember": self._remember,
            "trail": self._trail,
            "incognito": self._incognito,
            "pause": self._pause,
            "settings": self._change_settings,
            "reflect": self._reflect,
            "reindex": self._reindex,
            "storage": self._storage,
            "doctor": self._doctor,
        }

    def handle(
        self, request: Mapping[str, Any], *, tell: Tell = lambda _note: None, cancel: CancelToken | None = None
    ) -> Json:
        """Do what a request asks.

        Args:
            request: ``do`` and the verb's own keys.
            tell: Hears notes on the way (progress).
            cancel: Stops long work.

        Raises:
            UserError: the request is not usable.
        """
        verb = self._verbs.get(str(request.get("do")))
        if verb is None:
            raise UserError(f"There is no request “{request.get('do')}”.")
        answer: Json = {}
        try:
            answer = verb(request, tell, cancel or CancelToken())
        finally:
            if request["do"] in _CHANGING:
                self._engine.tell_changes(frozenset(answer.get("forgotten", ())))
        return answer

    def _import(self, request: Mapping[str, Any], tell: Tell, cancel: CancelToken) -> Json:
        def report(progress: ImportProgress) -> None:
            tell({
                "n_done": progress.n_done, "n_total": progress.n_total, "path": progress.path, "stage": progress.stage,
                "share": progress.share, "left_s": progress.left_s,
            })  # fmt: skip

        if request.get("retry"):
            failed = self._engine.failed
            outcome = failed.retry([each.job for each in failed.list_failed()], cancel=cancel, report=report)
            if not request["paths"]:
                return import_json(outcome)
        outcome = self._engine.import_paths(
            [Path(p) for p in request["paths"]],
            at_us=self._time(request, "at"),
            array=request.get("array"),
            cancel=cancel,
            report=report,
        )
        return import_json(outcome)

    def _list_failed(self, _request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        rows = self._engine.failed.list_failed()
        return {"failed": [{"path": f.path, "error": f.error, "hint": f.hint, "waits": f.waits} for f in rows]}

    def _note_originals(self, request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        noted = self._engine.note_originals([Path(p) for p in request["folders"]])
        return {"notes": [{"path": note.path, "text": note.text} for note in noted]}

    def _name_places(self, request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        desk, n_changed = self._engine.places, 0
        if request.get("what") == "add":
            numbers = [request.get(key) for key in ("lat", "lon", "radius")]
            if not all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in numbers):
                raise UserError("A place needs latitude, longitude and radius as numbers.")
            n_changed = desk.add(self._words(request, "name"), *(float(str(one)) for one in numbers))
        elif request.get("what") == "rename":
            n_changed = desk.rename(self._words(request, "name"), self._words(request, "new"))
        elif request.get("what") == "remove":
            n_changed = desk.remove(self._words(request, "name"))
        elif request.get("what") in ("exclude", "include"):
            networks = [str(network) for network in request.get("network") or ()]
            desk.exclude(self._words(request, "name"), networks, is_excluded=request["what"] == "exclude")
        told: Json = {"places": [place.to_json() for place in desk.list_places()], "changed": n_changed}
        if request.get("what") == "visited":
            visited = self._engine.memory.clues.list_places()
            told["visited"] = [place_sum_json(place, self._engine.zone) for place in visited]
        return told

    def _search(self, request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        limit = request.get("limit", 20)
        if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= MAX_LIMIT:
            raise UserError(f"The limit must be a number from 1 to {MAX_LIMIT}.")
        kinds, since_us, until_us = self._kinds(request), self._time(request, "since"), self._time(request, "until")
        if request.get("like"):
            result = self._engine.search_like(
                str(request["like"]), kinds=kinds, since_us=since_us, until_us=until_us, limit=limit
            )
        else:
            result = self._engine.search(
                self._words(request, "query"),
                kinds=kinds,
                since_us=since_us,
                until_us=until_us,
                limit=limit,
                now_us=self._time(request, "asked_at"),
                ignore=self._ignored(request),
            )
        event_of = self._engine.memory.events.find_of(f.moment.id for f in result.found)
        return search_json(result, self._engine.memory.media_path, self._engine.zone, event_of)

    def _ask(self, request: Mapping[str, Any], _tell: Tell, cancel: CancelToken) -> Json:
        answer = self._engine.ask(
            self._words(request, "question"),
            since_us=self._time(request, "since"),
            until_us=self._time(request, "until"),
            now_us=self._time(request, "asked_at"),
            ignore=self._ignored(request),
            after=self._turn(request),
            cancel=cancel,
        )
        event_of = self._engine.memory.events.find_of(f.moment.id for f in answer.evidence)
        return answer_json(answer, self._engine.memory.media_path, self._engine.zone, event_of)

    def _warm(self, _request: Mapping[str, Any], _tell: Tell, cancel: CancelToken) -> Json:
        self._engine.warm(cancel=cancel)
        return {"ok": True}

    def _missed(self, request: Mapping[str, Any], tell: Tell, cancel: CancelToken) -> Json:
        session = str(request["session"]) if request.get("session") not in (None, "") else None
        if session is not None:
            self._require_session(session)
        missed = self._engine.missed(
            self._words(request, "question"),
            session=session,
            since_us=self._time(request, "since"),
            until_us=self._time(request, "until"),
            followed_streams=self._streams(request),
            now_us=self._time(request, "asked_at"),
            cancel=cancel,
            listen=lambda by_rule: tell({"missed": missed_json(by_rule, self._engine.memory.media_path)}),
        )
        return missed_json(missed, self._engine.memory.media_path)

    def _timeline(self, request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        day = request.get("day")
        scope = Scope(since_us=self._time(request, "since"), until_us=self._time(request, "until"))
        events = self._engine.diary.events(scope)
        days = self._engine.diary.days(scope, day=day)
        journeys = self._engine.diary.journeys(scope)
        return timeline_json(days, events, self._engine.memory.media_path, self._engine.zone, journeys=journeys)

    def _apps(self, _request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        """The applications that were on the screen."""
        return {"apps": [app_sum_json(app, self._engine.zone) for app in self._engine.memory.clues.list_apps()]}

    def _habits(self, request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        weeks = request.get("weeks", 13)
        if type(weeks) is not int or not 1 <= weeks <= MAX_WEEKS:
            raise UserError(f"The weeks must be a number from 1 to {MAX_WEEKS}.")
        return {"habits": [habit_json(habit) for habit in self._engine.diary.habits(weeks)]}

    def _facts(self, request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        """``about``: words that a fact must hold; ``all``: also what was replaced or is over."""
        at_us = self._time(request, "asked_at") or now_us()
        facts = [fact_json(fact, at_us) for fact in self._engine.diary.facts(str(request.get("about") or ""))]
        holding = (Standing.CURRENT, Standing.DISPUTED)
        return {"facts": [fact for fact in facts if request.get("all") or fact["standing"] in holding]}

    def _forget(self, request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        ids = [str(i) for i in request["ids"]]
        memory = self._engine.memory
        missing = sorted(set(ids) - set(memory.find_moments(ids)))
        if missing:
            raise UserError(
                f"There is no moment {missing[0]}.", hint="See ids with: madeleine search … --json", code=Exit.NOT_FOUND
            )
        if request.get("dry_run"):
            return {"moments": [moment_json(m, memory.media_path) for m in memory.find_moments(ids).values()]}
        return {"forgotten": sorted(self._engine.forget(ids).removed)}

    def _trail(self, request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        """``id``: of a page; answers with the steps of its trail, each with its moments."""
        memory, number = self._engine.memory, str(request.get("id") or "")
        page = memory.find_moments([number]).get(number)
        if page is None:
            raise UserError(
                f"There is no moment {number}.", hint="See ids with: madeleine search … --json", code=Exit.NOT_FOUND
            )
        steps = [
            {
                "started_at": to_iso(pages[0].started_us, pages[0].zone),
                "ended_at": to_iso(pages[-1].ended_us, pages[-1].zone),
                "app": pages[0].app,
                "window": pages[0].window,
                "address": pages[0].details.get("address"),
                "is_here": any(one.id == page.id for one in pages),
                "moments": [moment_json(one, memory.media_path) for one in pages],
            }
            for pages in iter_steps(find_trail(memory, page))
        ]
        return {"steps": steps}

    def _incognito(self, request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        """``what``: on, off or status; answers with whether nothing is kept, and since when."""
        incognito = self._engine.incognito
        match request.get("what", "status"):
            case "on":
                incognito.begin()
            case "off":
                incognito.end()
            case "status":
                pass
            case other:
                raise UserError(f"Incognito is on or off, not “{other}”.")
        since_us = incognito.since_us
        return {
            "is_on": since_us is not None,
            "since": None if since_us is None else to_iso(since_us, self._engine.zone),
        }

    def _pause(self, request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        """``what``: how long ("15 minutes", "tomorrow"), off or status; answers from when until when."""
        pause, zone = self._engine.pause, self._engine.zone
        match request.get("what", "status"):
            case "off":
                pause.end()
            case "status":
                pause.settle()
            case told:
                pause.begin(read_until(str(told), at_us=now_us(), zone=zone))
        since_us, until_us = pause.since_us, pause.until_us
        return {
            "is_on": since_us is not None,
            "since": None if since_us is None else to_iso(since_us, zone),
            "until": None if until_us is None else to_iso(until_us, zone),
        }

    def _remember(self, request: Mapping[str, Any], tell: Tell, cancel: CancelToken) -> Json:
        """``note``, ``screen`` (whether the screen is kept with it) and ``speak`` (listen for so many seconds)."""
        note, memory = str(request.get("note") or ""), self._engine.memory
        speaking = Speaking(
            longest_s=float(request["speak"]) if request.get("speak") else None,
            report=lambda loudness: tell({"peak": loudness.peak, "seconds": loudness.seconds}),
        )
        with_screen = bool(request.get("screen", True))
        done = remember(self._engine, note, with_screen=with_screen, speaking=speaking, cancel=cancel)
        kept = memory.find_moments(done.moments)
        return {
            "session": done.session,
            "moments": [moment_json(kept[moment], memory.media_path) for moment in done.moments if moment in kept],
            "not_kept": list(done.reasons),
            "not_heard": None if done.unheard is None else {"error": done.unheard.error, "hint": done.unheard.hint},
            "failed": [{"error": f.error, "hint": f.hint, "waits": f.waits} for f in done.failures],
        }

    def _voices(self, request: Mapping[str, Any], tell: Tell, cancel: CancelToken) -> Json:
        """``what`` is a verb of ``madeleine voices``; answers with the voices it is about."""
        desk, samples = self._engine.voices, []
        what, voice = request.get("what"), str(request.get("voice") or "")
        match what:
            case "list":
                pass
            case "name":
                desk.name(voice, str(request.get("name") or ""))
            case "merge":
                desk.merge(voice, [str(other) for other in request["others"]])
            case "undo":
                desk.undo_merge()
            case "split":
                to = request.get("to")
                voice = desk.split(voice, [str(moment) for moment in request["moments"]], to=str(to) if to else None)
            case "samples":
                samples = desk.list_samples(voice)
            case "enrol":
                voice = desk.enrol(Path(request["path"]), self._words(request, "name"), cancel=cancel)
            case "learn":
                desk.learn(cancel=cancel, report=lambda n: tell({"stage": "voices", "n": n}))
            case "forget":
                desk.forget(voice)
            case _:
                raise UserError(f"There is no “voices {what}”.")
        if what not in ("list", "samples"):
            self._engine.diary.reflect()
        found = [v for v in desk.list_voices() if what in ("list", "learn", "undo") or v.id == voice]
        guess = desk.guess_own() if what == "list" else None
        told: Json = {"voices": [voice_json(v, self._engine.zone, nearest=guess) for v in found]}
        if what == "samples":
            told["moments"] = [moment_json(m, self._engine.memory.media_path) for m in samples]
        return told

    def _change_settings(self, request: Mapping[str, Any], _tell: Tell, cancel: CancelToken) -> Json:
        """Change ``key`` to ``value`` where one is given; answers with all settings."""
        if request.get("key") is not None:
            self._engine.change_setting(str(request["key"]), str(request.get("value") or ""))
            self._engine.drop_channels(cancel=cancel)
        return {"settings": asdict(self._engine.settings)}

    def _reflect(self, request: Mapping[str, Any], tell: Tell, cancel: CancelToken) -> Json:
        """``titles``: how many events the model may name; ``drop``: drop first what it has named so far."""
        most = request.get("titles", 0)
        if type(most) is not int or not 0 <= most <= MAX_LIMIT:
            raise UserError(f"The titles must be a number from 0 to {MAX_LIMIT}.")
        dropped = self._engine.memory.events.drop_words() if request.get("drop") else 0
        self._engine.diary.reflect(cancel, n_facts=None)
        done = self._engine.titles.improve_now(
            most, cancel=cancel, went_on=lambda n: tell({"n_read": n, "n_most": most})
        )
        return {
            "dropped": dropped,
            "read": done.n_read,
            "titles": done.n_titles,
            "summaries": done.n_summaries,
            "done": done.is_done,
            "tokens": {"prompt": done.n_prompt_tokens, "completion": done.n_completion_tokens},
        }

    def _reindex(self, _request: Mapping[str, Any], tell: Tell, cancel: CancelToken) -> Json:
        self._engine.reindex(report=lambda what, share: tell({"stage": what, "share": share}), cancel=cancel)
        return {"reindexed": True, "moments": self._engine.memory.count_moments()}

    def _storage(self, _request: Mapping[str, Any], _tell: Tell, cancel: CancelToken) -> Json:
        return storage_json(self._engine.storage(cancel=cancel))

    def _doctor(self, _request: Mapping[str, Any], _tell: Tell, _cancel: CancelToken) -> Json:
        findings = self._engine.doctor()
        return {
            "ok": all(f.ok for f in findings),
            "checked_at": to_iso(now_us(), self._engine.zone),
            "findings": [{"name": f.name, "ok": f.ok, "detail": f.detail, "hint": f.hint} for f in findings],
        }

    def _require_session(self, session: str) -> None:
        memory = self._engine.memory
        heard = memory.iter_moments(Scope(sessions=frozenset({session})), limit=1)
        if memory.find_session(session) is None and next(heard, None) is None:
            raise UserError(
                f"There is no recording {session}.",
                hint="See their ids with: madeleine timeline --json",
                code=Exit.NOT_FOUND,
            )

    def _time(self, request: Mapping[str, Any], key: str) -> int | None:
        text = request.get(key)
        if text in (None, ""):
            return None
        try:
            return from_iso(str(text), self._engine.zone)
        except ValueError as error:
            raise UserError(
                f"“{text}” is not a time.", hint="Write it like 2026-10-14 or 2026-10-14T09:30:00+01:00."
            ) from error

    @staticmethod
    def _words(request: Mapping[str, Any], key: str) -> str:
        words = request.get(key)
        if not isinstance(words, str) or not words.strip():
            ask = "Ask in plain words, for example: When is the boiler inspection?"
            raise UserError(f"The {key} is empty.", hint="Give it one." if key == "name" else ask)
        return words

    @staticmethod
    def _streams(request: Mapping[str, Any]) -> tuple[int, ...]:
        streams = request.get("followed_streams") or []
        if not isinstance(streams, list) or not all(type(number) is int for number in streams):
            raise UserError(
                "“followed_streams” must be a list of stream numbers.",
                hint="They stand in the moments of a recording as audio.stream.",
            )
        return tuple(streams)

    @staticmethod
    def _turn(request: Mapping[str, Any]) -> Turn | None:
        """``after``: the question before, and the moments its answer cited."""
        after = request.get("after")
        if after is None:
            return None
        try:
            return Turn(str(after["question"]), tuple(str(moment) for moment in after.get("moments", ())))
        except (TypeError, KeyError, AttributeError) as error:
            raise UserError(
                "“after” must be the question before and its moments.",
                hint="In a batch file it is the id of an earlier line.",
            ) from error

    @staticmethod
    def _ignored(request: Mapping[str, Any]) -> list[str]:
        keys = request.get("ignore") or []
        keys = [keys] if isinstance(keys, str) else keys
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise UserError(
                "“ignore” must be a list of words.",
                hint="For example: when, who:Anna, where:Lisbon, app:Firefox, kind:photo, not:Tom.",
            )
        return keys

    @staticmethod
    def _kinds(request: Mapping[str, Any]) -> list[Kind]:
        kinds = request.get("kinds") or []
        try:
            return [Kind(kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
        except ValueError as error:
            raise UserError(f"{error}.", hint=f"Kinds are {', '.join(Kind)}.") from error
