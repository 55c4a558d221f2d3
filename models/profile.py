"""Make the backends of a profile: what ``app.compose`` calls. Nothing is loaded at construction.

Role: from names (profile, task) to objects. One place that knows which class serves which task.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.chat import LlamaChat
from models.clip import ClipEmbedder, find_clip
from models.embedding import MiniLmEmbedder
from models.encoder import SAFETENSORS, prepare_encoder
from models.loading import IDLE_S
from models.ocr import RapidTextReader
from models.protocols import Embedder
from models.tags import CLASSIFIER, Tagger
from models.voices import ResemblyzerVoices
from models.weights import Profile, WeightsFolder
from models.whisper import WhisperOptions, WhisperTranscriber


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """How the backends shall work.

    Attributes:
        n_threads: For speech and pictures.
        n_chat_threads: For the language model; None takes the physical cores, at most four.
        n_context: Tokens of prompt and answer together.
        beam_size: Hypotheses of the recognizer.
        idle_s: Seconds without use after which a model may be unloaded.
        clock: Monotonic seconds.
    """

    n_threads: int = 2
    n_chat_threads: int | None = None
    n_context: int = 4096
    beam_size: int = 5
    idle_s: float = IDLE_S
    clock: Callable[[], float] = time.monotonic


def build_transcriber(
    folder: WeightsFolder, profile: Profile, options: ModelOptions | None = None
) -> WhisperTranscriber:
    """Make the recognizer of a profile."""
    options = options or ModelOptions()
    return WhisperTranscriber(
        folder,
        profile.models["transcribe"],
        WhisperOptions(beam_size=options.beam_size, n_threads=options.n_threads),
        clock=options.clock,
        idle_s=options.idle_s,
    )


def build_text_reader(folder: WeightsFolder, profile: Profile, options: ModelOptions | None = None) -> RapidTextReader:
    """Make the reader of text in pictures of a profile."""
    options = options or ModelOptions()
    return RapidTextReader(
        folder,
        profile.models["read_text"],
        n_threads=options.n_threads,
        clock=options.clock,
        idle_s=options.idle_s,
    )


def build_embedder(folder: WeightsFolder, profile: Profile, options: ModelOptions | None = None) -> MiniLmEmbedder:
    """Make the text embedder of a profile."""
    options = options or ModelOptions()
    return MiniLmEmbedder(folder, profile.models["embed"], clock=options.clock, idle_s=options.idle_s)


def build_voices(folder: WeightsFolder, profile: Profile, options: ModelOptions | None = None) -> ResemblyzerVoices:
    """Make the voice embedder of a profile."""
    options = options or ModelOptions()
    return ResemblyzerVoices(folder, profile.models["voice"], clock=options.clock, idle_s=options.idle_s)


def build_eye(folder: WeightsFolder, profile: Profile, options: ModelOptions | None = None) -> ClipEmbedder | None:
    """Make the embedder of pictures of a profile; None where its weights were not fetched and exported."""
    options = options or ModelOptions()
    found = find_clip(folder, profile.see) if profile.see is not None else None
    if found is None:
        return None
    return ClipEmbedder(*found, n_threads=options.n_threads, clock=options.clock, idle_s=options.idle_s)


def build_tagger(folder: Path, embedder: Embedder, options: ModelOptions | None = None) -> Tagger | None:
    """Make the classifier of pictures from the folder that holds it; None where it was not installed."""
    options = options or ModelOptions()
    if not (folder / CLASSIFIER).is_file():
        return None
    return Tagger(folder, embedder, n_threads=options.n_threads, clock=options.clock, idle_s=options.idle_s)


def build_chat(folder: WeightsFolder, profile: Profile, options: ModelOptions | None = None) -> LlamaChat:
    """Make the language model of a profile."""
    options = options or ModelOptions()
    return LlamaChat(
        folder,
        profile.models["chat"],
        n_context=options.n_context,
        n_threads=options.n_chat_threads,
        clock=options.clock,
        idle_s=options.idle_s,
    )


def prepare(folder: WeightsFolder, profile: Profile) -> None:
    """Build what is derived from the weights (about a second), so that the first use need not.

    Raises:
        WeightsMissing: The weights it is built from are not there.
    """
    model = profile.models["embed"]
    path = folder.require(model)
    prepare_encoder(path, next(file.sha256 for file in model.files if file.name == SAFETENSORS))
