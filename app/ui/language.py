"""The language of the window: which one is spoken, and Qt's catalogues for it.

Role: chooses and loads. Texts stand in English in the code (``tr``, ``translate``); a catalogue of another language is
made from them by Qt's own tools (``make translations``) and lies compiled in ``assets/translations``. Source: Qt's
manual, "Internationalization with Qt" (QTranslator, lupdate, lrelease).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.looks import SYSTEM

CATALOGUES = Path(__file__).resolve().parents[2] / "assets" / "translations"
LANGUAGES = {  # and the locale whose dates and numbers go with them
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
    "de": QLocale(QLocale.Language.German, QLocale.Country.Germany),
}
_ours: list[QTranslator] = []


def choose_language(wanted: str, spoken: list[str] | None = None) -> str:
    """Choose a language that the window has.

    Args:
        wanted: A key of ``LANGUAGES``; anything else ("system") leaves it to the desktop.
        spoken: What the desktop's user reads, best first, as BCP 47 names ("de-AT"); the desktop is asked when None.

    Returns:
        A key of ``LANGUAGES``; English where nothing fits.
    """
    if wanted in LANGUAGES:
        return wanted
    names = QLocale.system().uiLanguages() if spoken is None else spoken
    # Who reads English before German gets English, although a German desktop lists both.
    return next((name for each in names if (name := each.replace("_", "-").split("-")[0].lower()) in LANGUAGES), "en")


def settle_language(application: QCoreApplication, wanted: str = SYSTEM) -> str:
    """Have the application speak a language, instead of the one it spoke before; windows built later speak it.

    Returns:
        The language, a key of ``LANGUAGES``.
    """
    language = choose_language(wanted)
    while _ours:
        application.removeTranslator(_ours.pop())
    QLocale.setDefault(LANGUAGES[language])
    if language != "en":
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{language}", qt_folder), (f"madeleine_{language}", str(CATALOGUES))):
            translator = QTranslator(application)
            if translator.load(name, folder):  # Qt's own texts may be missing; ours are a file of this program
                application.installTranslator(translator)
                _ours.append(translator)
    return language
