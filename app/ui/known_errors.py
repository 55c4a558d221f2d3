"""Errors that people meet, in the window's own words and language, with the button that helps.

Role: what the rooms below say is written for the command line: it names commands and paths. Here the same is said for
somebody who has buttons. What is not in this list is shown as it was said.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping

from app.errors import BadSettings
from app.ui.models_words import loss_words, task_words
from app.ui.words import Remedy, Trouble, translate
from memory.errors import DatabaseDamaged, DiskFull, HomeLocked, HomeUnusable, NewerDatabase
from models.errors import ModelError, WeightsDamaged, WeightsMissing, WeightsUnloadable

_NO_FOLDER = (errno.EEXIST, errno.ENOTDIR)
_NO_WRITING = (errno.EACCES, errno.EPERM, errno.EROFS)
PASSING = (HomeLocked, DiskFull, HomeUnusable)  # what may be over without anybody saying so: it is looked again


def known_words(error: BaseException) -> Trouble | None:
    """Put an error that is known into words; None where it is not."""
    words = next((_WORDS[kind] for kind in type(error).__mro__ if kind in _WORDS), None)
    return words(error) if words is not None else None


def remedy_words(remedy: Remedy) -> str:
    """Say what the button does."""
    return {
        Remedy.MODELS: translate("errors", "Fetch models…"),
        Remedy.FOLDER: translate("errors", "Open its folder"),
        Remedy.DEFAULTS: translate("errors", "Go back to the defaults"),
    }[remedy]


def _model_of(error: BaseException) -> str:
    """Which model, by what it does for people: its own name says little to most of them."""
    if not isinstance(error, ModelError) or not error.model:
        return translate("errors", "A model")
    return f"“{task_words(error.task)}” ({error.model})" if error.task else error.model


def _missing(error: BaseException) -> Trouble:
    loss = loss_words(error.task) if isinstance(error, ModelError) else ""
    once = translate("errors", "Nothing is lost. It is fetched once and then works without a network.")
    return Trouble(
        translate("errors", "{model} is not here yet.").format(model=_model_of(error)),
        f"{loss} {once}".strip(),
        Remedy.MODELS,
    )


def _damaged_model(error: BaseException) -> Trouble:
    return Trouble(
        translate("errors", "{model} is damaged.").format(model=_model_of(error)),
        translate("errors", "The memory is not affected. Fetch the model again."),
        Remedy.MODELS,
    )


def _unloadable(error: BaseException) -> Trouble:
    return Trouble(
        translate("errors", "{model} could not be loaded.").format(model=_model_of(error)),
        translate(
            "errors", "There may be too little memory: close other programs, or choose smaller models in the settings."
        ),
        Remedy.MODELS,
    )


def _locked(_error: BaseException) -> Trouble:
    return Trouble(
        translate("errors", "Another Madeleine has this memory open."),
        translate("errors", "Close its window, or wait until its work is done: then it opens here by itself."),
    )


def _newer(_error: BaseException) -> Trouble:
    return Trouble(
        translate("errors", "This memory was written by a newer Madeleine."),
        translate("errors", "Nothing of it was touched. Update Madeleine to open it."),
    )


def _damaged(_error: BaseException) -> Trouble:
    return Trouble(
        translate("errors", "The list of what this memory holds is damaged. It was left as it is."),
        translate(
            "errors",
            "Photos and recordings are files of their own and still there. The folder “backups” may hold a copy of the "
            "list, “memory.db”, from before an update.",
        ),
        Remedy.FOLDER,
    )


def _full(_error: BaseException) -> Trouble:
    return Trouble(
        translate("errors", "The disk is full. Nothing that was kept is lost."),
        translate("errors", "Make room; then it can go on."),
    )


def _unusable(error: BaseException) -> Trouble | None:
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.errno in _NO_FOLDER:
        return Trouble(
            translate("errors", "Where this memory should lie there is a file, not a folder."),
            translate("errors", "Move that file away, and it opens by itself: {path}").format(path=cause.filename),
        )
    if not isinstance(cause, OSError) or cause.errno not in _NO_WRITING:
        return None
    return Trouble(
        translate("errors", "The folder of this memory cannot be written to."),
        translate("errors", "It is read-only, or belongs to somebody else. Once that is changed it opens by itself."),
        Remedy.FOLDER,
    )


def _settings(_error: BaseException) -> Trouble:
    return Trouble(
        translate("errors", "The settings of this memory cannot be read."),
        translate(
            "errors",
            "The memory itself is not affected. With the defaults you are asked again what may be recorded, and what "
            "is never kept has to be named again; the damaged file stays beside them.",
        ),
        Remedy.DEFAULTS,
    )


_WORDS: Mapping[type, Callable[[BaseException], Trouble | None]] = {
    WeightsMissing: _missing,
    WeightsDamaged: _damaged_model,
    WeightsUnloadable: _unloadable,
    HomeLocked: _locked,
    NewerDatabase: _newer,
    DatabaseDamaged: _damaged,
    DiskFull: _full,
    HomeUnusable: _unusable,
    BadSettings: _settings,
}
