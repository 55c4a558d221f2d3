"""Why nothing is, or was, recorded: in the window's language, and what helps where something does.

Role: a gap carries its reason as it was written down, in English, for it outlives the language of the window. Here the
known ones are said for people; one that is not known is shown as it stands.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.ui.words import translate

_KNOWN = (
    QT_TRANSLATE_NOOP("gaps", "the microphone stopped giving sound"),
    QT_TRANSLATE_NOOP("gaps", "the microphone gave only zeros: it is muted or dead"),
    QT_TRANSLATE_NOOP("gaps", "sound came faster than it could be written"),
    QT_TRANSLATE_NOOP("gaps", "the computer slept"),
    QT_TRANSLATE_NOOP("gaps", "the program was stopped"),
    QT_TRANSLATE_NOOP("gaps", "sound was lost on the way from the microphone"),
    QT_TRANSLATE_NOOP("gaps", "the disk is full"),
    QT_TRANSLATE_NOOP("gaps", "sound does not reach the disk"),
    QT_TRANSLATE_NOOP("gaps", "sound could not be written to the disk"),
    QT_TRANSLATE_NOOP("gaps", "paused"),
    QT_TRANSLATE_NOOP("gaps", "paused for a time: nothing was to be kept"),
    QT_TRANSLATE_NOOP("gaps", "incognito: nothing was to be kept"),
    QT_TRANSLATE_NOOP("gaps", "at a place where nothing is kept"),
    QT_TRANSLATE_NOOP("gaps", "the session was locked"),
    QT_TRANSLATE_NOOP("gaps", "the screen could not be read"),
    QT_TRANSLATE_NOOP("gaps", "windows changed faster than they could be checked"),
    QT_TRANSLATE_NOOP("gaps", "pictures could not be written to the disk"),
    QT_TRANSLATE_NOOP("gaps", "where the computer is could not be told, and there are places where nothing is kept"),
    QT_TRANSLATE_NOOP("gaps", "a part of the recording was damaged on disk"),
    QT_TRANSLATE_NOOP("gaps", "the program ended without stopping the recording"),
    QT_TRANSLATE_NOOP("gaps", "the screen gave only one colour"),
    QT_TRANSLATE_NOOP("gaps", "the screen gave the same picture though its windows changed"),
    QT_TRANSLATE_NOOP("gaps", "something that is never kept was on the screen"),
    QT_TRANSLATE_NOOP("gaps", "Madeleine's own window was in front"),
    QT_TRANSLATE_NOOP("gaps", "the desktop does not let the screen be watched any more: stop and start again"),
)


def cause_words(reason: str) -> str:
    """Say why there is a gap, to stand within a sentence."""
    return translate("gaps", reason)


def help_words(reason: str) -> str:
    """Say what helps while it lasts; empty where nothing needs to be done."""
    back = translate("gaps", "Plug it in again, or check the sound server: it goes on by itself.")
    return {
        "the microphone stopped giving sound": back,
        "sound was lost on the way from the microphone": back,
        "the microphone gave only zeros: it is muted or dead": translate(
            "gaps", "Switch it on, or choose another one."
        ),
        "the disk is full": translate("gaps", "Make room: it goes on by itself."),
        "sound does not reach the disk": translate("gaps", "Check the disk: it goes on by itself."),
        "sound could not be written to the disk": translate("gaps", "Check the disk: it goes on by itself."),
        "pictures could not be written to the disk": translate("gaps", "Check the disk: it goes on by itself."),
    }.get(reason, "")
