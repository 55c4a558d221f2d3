"""``madeleine capture --watch``: what comes into a folder is found, whatever kills the program on the way."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.e2e.test_capture_pulse import stop, wait_for
from tests.support.e2e_process import Madeleine


def test_what_comes_into_a_watched_folder_is_imported_once_and_survives_kill_9(tmp_path: Path, weights: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    madeleine = Madeleine(tmp_path / "home", weights)
    (folder / "first.txt").write_text("The plumber comes on Thursday.")
    dying = madeleine.dying_at("ingest.keep").start("capture", "--watch", folder)
    dying.communicate(timeout=120)
    assert dying.returncode == -signal.SIGKILL  # kept, and not understood

    watching = madeleine.start("capture", "--watch", folder)
    wait_for(watching, "1 moments")
    (folder / "second.txt").write_text("The blue key is at the neighbour's.")
    wait_for(watching, "1 imported, 1 moments")
    os.killpg(watching.pid, signal.SIGKILL)
    watching.communicate()

    (forgotten,) = [m["id"] for m in madeleine.list_moments() if "plumber" in m["text"]]
    assert madeleine("forget", "--id", forgotten, "--yes").code == 0
    (folder / "third.txt").write_text("The boiler needs two bar.")  # while nobody looks
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff no picture at all")
    watching = madeleine.start("capture", "--watch", folder, "--json")
    wait_for(watching, "1 imported, 1 moments")
    ran = stop(watching)
    assert ran.code == 1
    assert (ran.json["imported"], ran.json["duplicates"], ran.json["moments"]) == (1, 0, 1)
    assert [Path(failure["path"]).name for failure in ran.json["failed"]] == ["broken.jpg"]
    texts = sorted(moment["text"] for moment in madeleine.list_moments())
    assert texts == ["The blue key is at the neighbour's.", "The boiler needs two bar."]  # forgotten stays forgotten


def test_what_cannot_be_watched_or_recorded_is_said_in_words(tmp_path: Path) -> None:
    madeleine = Madeleine(tmp_path / "home", tmp_path / "no weights")
    ran = madeleine("capture", "--watch", tmp_path / "nowhere")
    assert (ran.code, "There is no folder" in ran.err) == (4, True)
