"""What is said about a model: what it does, how it stands, what it needs, and what stops working without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.storage_words import size_words
from app.ui.words import left_words, to_local, translate

if TYPE_CHECKING:
    from app.models_desk import Measured, ModelState
    from models.pull import PullProgress


def task_words(task: str) -> str:
    """What a model is for."""
    return {
        "transcribe": translate("models", "Writes down what is said"),
        "speech": translate("models", "Finds speech in sound"),
        "voice": translate("models", "Tells voices apart"),
        "read_text": translate("models", "Reads the words in pictures"),
        "embed": translate("models", "Finds by meaning"),
        "chat": translate("models", "Answers in sentences"),
        "see": translate("models", "Finds photos by what they show"),
    }.get(task, task)


def loss_words(task: str) -> str:
    """What stops working without it."""
    return {
        "transcribe": translate("models", "Without it recordings are kept and wait to be written down."),
        "voice": translate("models", "Without it nobody is told apart by voice."),
        "read_text": translate("models", "Without it pictures are kept and their words wait to be read."),
        "embed": translate("models", "Without it only words and times are searched, not meaning."),
        "chat": translate("models", "Without it there is evidence and quotes, but no answer in sentences."),
        "see": translate("models", "Without it photos are found by words, times, places and guesses."),
    }.get(task, "")


def state_words(state: ModelState) -> str:
    """Licence, size and whether it is there, in one line."""
    about = {
        "present": translate("models", "here, every byte checked")
        if state.is_checked
        else translate("models", "here, not checked yet"),
        "bundled": translate("models", "part of Madeleine"),
        "missing": translate("models", "not fetched"),
        "cut": translate("models", "fetched in part"),
        "damaged": translate("models", "damaged: fetch it again"),
    }[state.state]
    return translate("models", "{size} on the disk · licence {licence} · {state}").format(
        size=size_words(state.n_bytes), licence=state.model.licence, state=about
    )


def measured_words(measured: Measured | None) -> str:
    """Speed and memory on this computer."""
    if measured is None:
        return translate("models", "Speed and working memory on this computer: not measured yet.")
    at = to_local(measured.at_us)
    return translate("models", "On this computer ({date}): {rates}; {memory} of working memory.").format(
        date=f"{at:%Y-%m-%d}",
        rates=", ".join(_rate_words(what, rate) for what, rate in measured.rates.items()),
        memory=size_words(measured.memory_bytes),
    )


def _rate_words(what: str, rate: float) -> str:
    if what == "pictures" and rate < 1:
        return translate("models", "{n} seconds a picture").format(n=_number(1 / max(rate, 1e-3)))
    words = {
        "sound_s": translate("models", "{n} seconds of sound a second"),
        "pictures": translate("models", "{n} pictures a second"),
        "sentences": translate("models", "{n} sentences a second"),
        "tokens_read": translate("models", "reads {n} tokens a second"),
        "tokens_written": translate("models", "writes {n} tokens a second"),
    }.get(what, f"{what} {{n}}")
    return words.format(n=_number(rate))


def _number(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def pull_words(progress: PullProgress) -> str:
    """How far the fetching of a model is."""
    if progress.stage == "wait":
        return translate("models", "Waiting for another fetch to end…")
    if progress.stage == "check":
        return translate("models", "Checking every byte…")
    share = translate("models", "{done} of {total}").format(
        done=size_words(progress.n_done_bytes), total=size_words(progress.n_total_bytes)
    )
    return " · ".join(part for part in (share, left_words(progress.left_s)) if part)
