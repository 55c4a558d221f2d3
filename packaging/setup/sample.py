"""The sample day: into a memory of its own, and then onto the screen or the terminal. Standard library only."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import say
from places import (
    CHECKOUT,
    MADELEINE,
    PYTHON,
    SAMPLE_DAY,
    SAMPLE_DAY_ABOUT,
    hash_files,
    is_stamped,
    sample_home,
    write_stamp,
)
from system import has_display

N_SHOWN = "16"  # of 62, which would take ten minutes
STAMP_NAME = "sample-day.ok"
LUNCH_ARRAY = "circle4_45mm"  # what the recording with four channels was made with; the others have one
EXAMPLES = ("rent", "technician", "fair-hotel")  # ids of questions that the window offers
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
QUESTIONS = CHECKOUT / "packaging" / "setup" / "sample_day_questions.py"


def our_environment() -> dict[str, str]:
    """Return what our own programs are started with: the user's environment, and no foreign Python folders."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def pull_weights(profile: str = "default") -> None:
    """Fetch the weights of a profile that are not there; what is there costs no time.

    Raises:
        SetupError: They could not be fetched.
    """
    with say.step(f"weights of the {profile} profile (up to 1.4 GB the first time: 1 to 5 minutes)"):
        if _call("models", "pull", profile):
            raise say.SetupError("The weights could not be fetched. What is there is kept: run the same command again.")


def list_sample_files() -> list[Path]:
    """Return the memories of the sample day: what its ``truth.json`` lists.

    Raises:
        SetupError: The sample day is not in this checkout.
    """
    try:
        listed = json.loads((SAMPLE_DAY_ABOUT / "truth.json").read_text(encoding="utf-8"))["files"]
    except FileNotFoundError as missing:
        raise say.SetupError("assets/sample_day_about is not in this checkout.") from missing
    return [SAMPLE_DAY / entry["file"] for entry in listed]


def import_sample_day() -> None:
    """Import the sample day, unless this very day is in the sample memory already.

    Raises:
        SetupError: The import failed.
    """
    home, files = sample_home(), list_sample_files()
    stamp, content = home / STAMP_NAME, hash_files(*files)
    if is_stamped(stamp, content):
        return
    with say.step(f"importing the sample day into {home}: 1 to 3 minutes"):
        code = _call("--home", str(home), "import", "--array", LUNCH_ARRAY, "--", str(SAMPLE_DAY))
    if code:
        raise say.SetupError("The sample day was not imported whole. What was is kept: run the same command again.")
    write_stamp(stamp, content)
    stamp.chmod(0o600)


def show() -> int:
    """Open the window on the sample day, or answer its questions here; return the exit code."""
    home = sample_home()
    if has_display():
        say.line("==> opening the window on the sample day")
        say.line(f"    your own memory is another one: {MADELEINE.relative_to(CHECKOUT)} app")
        return _call("--home", str(home), "app", *(f"--example={question}" for question in list_examples()))
    say.line("==> there is no display, so here are questions about the sample day and Madeleine's answers")
    return ask_questions("--some", N_SHOWN)


def list_examples() -> list[str]:
    """Return the questions that the window offers on the sample day: what was missed first, then some plain ones."""
    told = json.loads((SAMPLE_DAY_ABOUT / "truth.json").read_text(encoding="utf-8"))["recordings"]
    several = [recording["conversations"] for recording in told.values() if len(recording["conversations"]) > 1]
    talks = [talk["ask"] for talks in several for talk in talks]
    asked = {entry["id"]: entry["question"] for entry in map(json.loads, _read_lines("questions.jsonl"))}
    beside = [f"What did I miss while I was following {talk}?" for talk in talks]
    return beside[:1] + [asked[name] for name in EXAMPLES] + beside[1:]


def _read_lines(name: str) -> list[str]:
    return [line for line in (SAMPLE_DAY_ABOUT / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def ask_questions(*options: str) -> int:
    """Ask questions of the sample day on the terminal; return the exit code."""
    command: list[str | Path] = [PYTHON, QUESTIONS, "--home", sample_home(), *options]
    return subprocess.run(command, env=our_environment()).returncode


def _call(*arguments: str) -> int:
    """Call the command line and return its exit code."""
    return subprocess.run([MADELEINE, *arguments], env=our_environment(), stdin=subprocess.DEVNULL).returncode
