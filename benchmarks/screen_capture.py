"""What keeping the screen costs at one change every five seconds: processor, disk, and how soon the words are there.

    python benchmarks/screen_capture.py [--minutes 5] [--every 5] [--pages mixed|whole]

A window of 1920 x 1080 on a real X server (Xvfb) is changed every five seconds while ``madeleine capture --screen``
keeps it. "mixed" is how screens change: of ten changes six are a few lines typed or told, three scroll by some lines,
and one is another page; "whole" is another page at every change, which nobody reads. Counted are the processor
seconds of Madeleine and her children after the first half minute (the models load once), the bytes of all pictures at
8 hours a day and 30 days (the budget of the settings thins them), pictures kept of those shown, and the pictures
whose words were still to be read at the end. Must: 25 % of one core and 8 GB a month; aim: 10 % and 3 GB.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _common import MADELEINE, ROOT, print_table
from _screens import WORDS, say

from app.paths import default_models
from app.settings import Settings
from tests.support.ui_xvfb import Display, open_display

WARM_S = 30.0
MONTH_S = 30 * 8 * 3600
# A program with a page of text that a line on standard input changes: "scroll N", "type WORDS" or "page TITLE|WORDS".
_PROGRAM = """
import sys
from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QPlainTextEdit
application = QApplication(["reader"])
application.setApplicationName("reader")
edit = QPlainTextEdit()
edit.setStyleSheet("font-size: 14px")
edit.setGeometry(0, 0, 1920, 1080)
edit.setCursorWidth(0)
edit.show()
def change():
    what, _, rest = sys.stdin.readline().rstrip().partition(" ")
    bar = edit.verticalScrollBar()
    if what == "scroll":
        bar.setValue(bar.value() + int(rest))
    elif what == "type":
        cursor = edit.cursorForPosition(edit.rect().center())
        cursor.insertText(rest.replace("~", chr(10)))
    else:
        title, _, text = rest.partition("|")
        edit.setWindowTitle(title)
        edit.setPlainText(text.replace("~", chr(10)))
notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
notifier.activated.connect(change)
print("shown", flush=True)
application.exec()
"""


def main() -> int:
    """Show, keep, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--every", type=float, default=5.0)
    parser.add_argument("--pages", choices=("mixed", "whole"), default="mixed")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="screen") as folder, open_display("1920x1080x24") as display:
        told = record(display, Path(folder), arguments.minutes * 60, arguments.every, arguments.pages)
    print_table(("what", "value"), list(told.items()))
    return 0 if told["share of one core"] <= 0.25 and told["GB a month"] <= 8 else 1


def record(display: Display, folder: Path, length_s: float, every_s: float, how: str) -> dict[str, float]:
    """Run both programs; returns what was counted."""
    rng = random.Random(1)
    with display.run(_PROGRAM, takes_input=True) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        reader.stdout.readline()
        capture = subprocess.Popen(
            [*MADELEINE, "--home", str(folder / "home"), "capture", "--screen", "--json"],
            cwd=ROOT, env={**display.environment, "MADELEINE_MODELS": str(default_models().absolute())},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        n_shown, began_s, warm = 0, time.monotonic(), (0.0, 0.0)
        while (now_s := time.monotonic() - began_s) < length_s:
            if now_s >= WARM_S and not warm[0]:
                warm = (now_s, read_cpu_s(capture.pid))
            reader.stdin.write(change(rng, n_shown, how) + "\n")
            reader.stdin.flush()
            n_shown += 1
            time.sleep(max(0.0, n_shown * every_s - (time.monotonic() - began_s)))
        used_s, over_s = read_cpu_s(capture.pid) - warm[1], time.monotonic() - began_s - warm[0]
        capture.send_signal(signal.SIGINT)
        time.sleep(0.5)
        capture.send_signal(signal.SIGINT)  # what is still to be read is counted, not waited for
        out, _err = capture.communicate(timeout=120)
    ended = json.loads(out)
    month_gb = ended["picture_bytes"] / (n_shown * every_s) * MONTH_S / 1e9
    return {
        "share of one core": used_s / over_s,
        "GB a month": min(month_gb, float(Settings().screen_budget_gb)),
        "GB a month if nothing were thinned": month_gb,
        "kB a picture": ended["picture_bytes"] / max(1, ended["pictures"]) / 1e3,
        "changes shown": float(n_shown),
        "pictures kept": float(ended["pictures"]),
        "words still to be read": float(ended["pictures_waiting"]),
    }


def change(rng: random.Random, n: int, how: str) -> str:
    """What is done to the page: a new one first and every tenth time, else lines are typed or scrolled."""
    kind = "page" if how == "whole" or n % 10 == 0 else "scroll" if n % 3 == 0 else "type"
    if kind == "scroll":
        return f"scroll {rng.randrange(3, 12)}"
    if kind == "type":
        return "type " + "".join(f"~{say(rng, rng.randrange(4, 14))}" for _ in range(rng.randrange(1, 4)))
    lines = "~".join(say(rng, rng.randrange(6, 18)) if rng.random() < 0.8 else "" for _ in range(90))
    return f"page {rng.choice(WORDS)} {n}|{lines}"


def read_cpu_s(pid: int) -> float:
    """Processor seconds of a process and its ended children. Source: proc(5), fields 14 to 17 of stat."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    own = sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return own + sum(read_cpu_s(child) for child in children)


if __name__ == "__main__":
    sys.exit(main())
