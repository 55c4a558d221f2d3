"""Catalogues of the window's texts in other languages: brought up to date with the code, and compiled.

    python packaging/translations.py            what `make translations` does
    python packaging/translations.py --check    say what is not translated, or not compiled; change nothing

Role: calls Qt's own tools, which come with PySide6: lupdate gathers the texts of ``app/ui`` into
``assets/translations/madeleine_LANGUAGE.ts`` (edited with Qt Linguist or by hand), lrelease compiles them into what the
window loads. Source: Qt's manual, "Using lupdate" and "Using lrelease".
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import PySide6

CHECKOUT = Path(__file__).resolve().parents[1]
FOLDER = CHECKOUT / "assets" / "translations"
TOOLS = Path(PySide6.__file__).parent


def main() -> int:
    """Bring up to date, or check."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args()
    troubles: list[str] = []
    for catalogue in sorted(FOLDER.glob("madeleine_*.ts")):
        if options.check:
            troubles += check(catalogue)
        else:
            gather(catalogue)
            compile_catalogue(catalogue, catalogue.with_suffix(".qm"))
            troubles += list(find_untranslated(catalogue))
    print("\n".join(troubles) or "translations: every text of the window is translated")
    return bool(troubles)


def check(catalogue: Path) -> list[str]:
    """What is wrong with a catalogue: texts that it lacks or has no more, and a compiled file that is another's."""
    with tempfile.TemporaryDirectory() as folder:
        current = Path(folder) / catalogue.name
        current.write_bytes(catalogue.read_bytes())
        gather(current)
        troubles = list(find_untranslated(current))
        if read_texts(current) != read_texts(catalogue):
            troubles.append(f"{catalogue.name} is not what the code says: make translations")
        compiled = current.with_suffix(".qm")
        compile_catalogue(catalogue, compiled)
        shipped = catalogue.with_suffix(".qm")
        if not shipped.is_file() or shipped.read_bytes() != compiled.read_bytes():
            troubles.append(f"{shipped.name} is not compiled from {catalogue.name}: make translations")
    return troubles


def gather(catalogue: Path) -> None:
    """Put the texts of the code into a catalogue; what is translated stays, what is no longer said goes."""
    sources = sorted(str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "app" / "ui").rglob("*.py"))
    _run("lupdate", *sources, "-no-obsolete", "-locations", "none", "-silent", "-ts", str(catalogue))


def compile_catalogue(catalogue: Path, target: Path) -> None:
    """Compile a catalogue; texts without a translation are left to the English ones."""
    _run("lrelease", "-silent", str(catalogue), "-qm", str(target))


def read_texts(catalogue: Path) -> set[tuple[str, str]]:
    """The contexts and texts of a catalogue."""
    return {(context, source) for context, source, _target in _read(catalogue)}


def find_untranslated(catalogue: Path) -> Iterator[str]:
    """Texts that are not translated, or whose translation lacks a placeholder."""
    for context, source, target in _read(catalogue):
        if not target:
            yield f"{catalogue.name}: {context}: not translated: {source}"
        elif sorted(_placeholders(source)) != sorted(_placeholders(target)):
            yield f"{catalogue.name}: {context}: other placeholders than in the text: {target}"


def _read(catalogue: Path) -> Iterator[tuple[str, str, str]]:
    for context in ET.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            target = message.find("translation")
            done = target is not None and target.get("type") != "unfinished"
            words = target.text if done and target is not None else None
            yield context.findtext("name", ""), message.findtext("source", ""), words or ""


def _placeholders(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]


def _run(tool: str, *arguments: str) -> None:
    done = subprocess.run([TOOLS / tool, *arguments], cwd=CHECKOUT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{tool}: {done.stderr or done.stdout}")


if __name__ == "__main__":
    sys.exit(main())
