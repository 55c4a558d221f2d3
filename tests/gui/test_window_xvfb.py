"""The real program under a real X server: it opens, hears keys, answers, quits by itself with code 0."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
    import sys
    from pathlib import Path
    from PySide6.QtWidgets import QApplication
    from app.ui import main
    from tests.support.ui_fakes import FakeEngine, write_media

    folder = Path(sys.argv[1])
    application = main.build_application()
    write_media(folder)

    class Telling(FakeEngine):
        def ask(self, question, **more):
            answer = super().ask(question, **more)
            print("asked", question, flush=True)
            return answer

        def close(self):
            super().close()
            print("closed", flush=True)

    def factory():
        print("opened", flush=True)
        return Telling(folder)

    raise SystemExit(main.run(factory, home_label="memory"))
"""


@pytest.fixture
def display() -> Iterator[str]:
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1300x900x24"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as numbers:
        number = numbers.readline().strip()
    if not number:
        pytest.skip("Xvfb does not start here")
    yield f":{number}"
    server.terminate()
    server.wait(10)


def test_the_program_opens_answers_and_quits(display: str, tmp_path: Path) -> None:
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}

    def press(*arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=environment, check=True, timeout=60, capture_output=True)

    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), str(tmp_path)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        try:
            assert program.stdout.readline() == "opened\n", program.communicate(timeout=10)[1]
            press("search", "--sync", "--onlyvisible", "--name", "Madeleine", "windowfocus", "--sync")
            press("type", "--delay", "5", "dentist")
            press("key", "Return")
            assert program.stdout.readline() == "asked dentist\n"
            press("key", "ctrl+q")
            assert program.stdout.readline() == "closed\n"
            assert program.wait(20) == 0
        finally:
            program.kill()
