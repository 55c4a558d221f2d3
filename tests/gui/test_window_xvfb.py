"""The real program under a real X server: it opens, hears keys, answers, quits by itself with code 0."""

from __future__ import annotations

from pathlib import Path

from tests.support.ui_xvfb import open_display

PROGRAM = """
    import sys
    from pathlib import Path
    from PySide6.QtWidgets import QApplication
    from app.ui import main
    from tests.support.ui_fakes import FakeEngine
    from tests.support.ui_media import write_media

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


def test_the_program_opens_answers_and_quits(tmp_path: Path) -> None:
    with open_display() as display, display.run(PROGRAM, tmp_path) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "opened\n", program.communicate(timeout=10)[1]
        display.focus("Madeleine")
        display.press("type", "--delay", "5", "dentist")
        display.press("key", "Return")
        assert program.stdout.readline() == "asked dentist\n"
        display.press("key", "ctrl+q")
        assert program.stdout.readline() == "closed\n"
        assert program.wait(20) == 0
