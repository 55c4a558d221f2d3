"""The one place where objects are made and put together.

Role: from a home and a folder of weights to an ``Engine``. Nothing is loaded here: models load at their first use.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.clock import local_zone, now_us
from app.engine import Engine, Rooms
from app.likes import LikeFinder
from app.settings import load_settings
from app.voices import VoiceDesk
from ingest.importer import Importer
from ingest.own_places import load_places
from ingest.places import Places
from ingest.raw_channels import RawChannels
from ingest.separation import DirectionSplitter
from memory.store import Memory
from models.profile import (
    ModelOptions,
    build_chat,
    build_embedder,
    build_eye,
    build_tagger,
    build_text_reader,
    build_transcriber,
    build_voices,
)
from models.weights import WeightsFolder, load_catalogue
from recall.answer import Answerer, Rules
from recall.borne import is_borne, is_order
from recall.missed import MissedRules, MissedTeller
from recall.papers import read_receipt
from recall.retrieve import Retriever
from recall.time_words import find_time_words
from recall.words import STOP_WORDS
from reflect.claims import Readers
from reflect.event_words import EventWorder
from reflect.events import EventMaker
from reflect.facts import FactMaker
from reflect.journeys import list_journeys
from reflect.wording import Lent

TAGS = Path(__file__).resolve().parent.parent / "assets" / "tags"


def build_engine(home: Path, *, models: Path, read_only: bool = False) -> Engine:
    """Compose an engine.

    Args:
        home: The data folder; made where it is not there (unless ``read_only``).
        models: The folder of weights.
        read_only: Read beside an owner, without the lock.

    Raises:
        HomeLocked: another process owns the home.
        MemoryFault: the home cannot be used, see ``Memory.open``.
        UserError: the settings are not valid.
    """
    memory = Memory.open(home, read_only=read_only)
    try:
        settings = load_settings(home)
        places = Places(load_places(home))
        folder = WeightsFolder(models)
        profile = load_catalogue().get_profile(settings.profile)
        zone = settings.zone or local_zone()
        options = ModelOptions(idle_s=settings.idle_unload_s)
        transcriber = build_transcriber(folder, profile, options)
        text_reader = build_text_reader(folder, profile, options)
        embedder = build_embedder(folder, profile, options)
        voices = build_voices(folder, profile, options)
        chat = build_chat(folder, profile, options)
        tagger = build_tagger(TAGS, embedder, options)
        clip = build_eye(folder, profile, options)
        eye = clip or tagger
        seers = tuple(one for one in (clip, tagger) if one is not None)
    except BaseException:
        memory.close()
        raise
    own_names = (settings.own_name,) if settings.own_name else ()
    journeys = partial(list_journeys, memory.events)
    retriever = Retriever(memory, embedder, me=own_names, eye=eye, journeys=journeys)
    importer = Importer(
        memory,
        transcriber=transcriber,
        text_reader=text_reader,
        embedder=embedder,
        now_us=now_us,
        zone=zone,
        splitter=DirectionSplitter(),
        voices=voices,
        raw_channels=RawChannels.parse(settings.raw_channels),
        eye=eye,
        tagger=tagger,
        places=places,
    )
    return Engine(
        Rooms(
            home=home,
            memory=memory,
            importer=importer,
            retriever=retriever,
            answerer=Answerer(memory, retriever, chat, rules=Rules(n_tokens=settings.evidence_tokens), me=own_names),
            likes=LikeFinder(memory, eye),
            missed=MissedTeller(memory, retriever, embedder, chat, rules=MissedRules(me=own_names)),
            voices=VoiceDesk(memory, importer, voices, own_name=settings.own_name),
            events=EventMaker(memory, model=embedder.producer, idle_words=STOP_WORDS, me=own_names),
            event_words=EventWorder(memory, chat, model=embedder.producer, lent=Lent(is_order, is_borne), me=own_names),
            facts=FactMaker(memory, Readers(find_days=find_time_words, read_paper=read_receipt)),
            backends=(transcriber, text_reader, embedder, voices, chat, *seers),
            places=places,
            weights=folder,
            profile=profile,
            settings=settings,
            zone=zone,
        )
    )
