"""A whole engine on small fakes, and the command line upon it in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.engine import Engine, Rooms
from app.likes import LikeFinder
from app.settings import load_settings
from app.voices import VoiceDesk
from ingest.own_places import load_places
from ingest.places import Places
from memory.store import Memory
from models.weights import WeightsFolder, load_catalogue
from recall.answer import Answerer
from recall.borne import is_borne, is_order
from recall.missed import MissedTeller
from recall.papers import read_receipt
from recall.prompt import VERDICT
from recall.retrieve import Retriever
from recall.time_words import find_time_words
from reflect.claims import Readers
from reflect.event_words import EventWorder
from reflect.events import EventMaker
from reflect.facts import FactMaker
from reflect.journeys import list_journeys
from reflect.wording import Lent
from tests.support.app_memory import build_embedder
from tests.support.ingest_files import build_importer
from tests.support.models_fakes import FixedTextReader, ScriptedChat, ScriptedTranscriber, ToneVoices

ZONE = "Europe/Berlin"


def build_fake_engine(
    home: Path, *, models: Path | None = None, read_only: bool = False, chat: ScriptedChat | None = None
) -> Engine:
    """What ``app.compose.build_engine`` makes, with fakes for all models."""
    memory = Memory.open(home, read_only=read_only, use_chroma=False)
    embedder, transcriber, reader = build_embedder(), ScriptedTranscriber(sentence_s=3.0), FixedTextReader()
    chat = chat or ScriptedChat(" The gate code is 5927 [1].", weights={VERDICT[0]: 9.0, VERDICT[1]: 1.0})
    retriever = Retriever(memory, embedder, journeys=partial(list_journeys, memory.events))
    settings = load_settings(home)
    voices = ToneVoices()
    places = Places(load_places(home))
    importer = build_importer(
        memory,
        embedder=embedder,
        transcriber=transcriber,
        text_reader=reader,
        voices=voices,
        zone=settings.zone or ZONE,
        places=places,
    )
    return Engine(
        Rooms(
            home=home,
            memory=memory,
            importer=importer,
            retriever=retriever,
            answerer=Answerer(memory, retriever, chat),
            likes=LikeFinder(memory, None),
            missed=MissedTeller(memory, retriever, embedder, chat),
            voices=VoiceDesk(memory, importer, voices),
            places=places,
            events=EventMaker(memory, model=embedder.producer),
            event_words=EventWorder(memory, chat, model=embedder.producer, lent=Lent(is_order, is_borne)),
            facts=FactMaker(memory, Readers(find_time_words, read_receipt)),
            backends=(transcriber, reader, embedder, chat),
            weights=WeightsFolder(models or home / "no-models"),
            profile=load_catalogue().get_profile("default"),
            settings=settings,
            zone=settings.zone or ZONE,
        )
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document; nothing else may stand there."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


class CommandLine:
    """Runs commands on one home."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Said:
        self._capsys.readouterr()
        try:
            code = main(["--home", str(self.home), *map(str, arguments)])
        except SystemExit as left:  # argparse: --help and words it does not know
            code = int(left.code or 0)
        captured = self._capsys.readouterr()
        return Said(code, captured.out, captured.err)


Build = Callable[..., Engine]
