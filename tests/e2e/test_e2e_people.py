"""Voices of the sample day, heard and named by keyboard in the real window under a real X server."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.support.e2e_process import Day
from tests.support.ui_xvfb import open_display

PROGRAM = """
    import json, sys
    from pathlib import Path
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from app.serving import open_served_engine
    from app.ui import main
    from app.ui.main_window import MainWindow

    home, models = map(Path, sys.argv[1:])
    application = main.build_application()
    told = []

    def look():
        window = next((each for each in application.topLevelWidgets() if isinstance(each, MainWindow)), None)
        if window is None or not window.is_furnished:
            return
        page = window.work.people
        state = {
            "is_open": window.work.asking.model.n_moments is not None,
            "is_shown": page.isVisible(),
            "titles": [entry.title for entry in page.model.voices],
            "heading": page.view.panel.heading.text() if page.model.detail.is_read else "",
            "samples": [moment.id for moment in page.model.detail.samples],
            "moments": sorted({str(card.source) for card in page.model.cards.cards}),
            "focus": application.focusWidget().accessibleName() if application.focusWidget() else "",
        }
        if state not in told:
            told[:] = [state]
            print(json.dumps(state), flush=True)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    raise SystemExit(main.run(lambda: open_served_engine(home, models), home_label="sample day"))
"""


def wait_for(program: subprocess.Popen[str], **wanted: Any) -> dict[str, Any]:
    """Read states until one is as wanted; a value that can be called judges."""
    assert program.stdout is not None
    for line in program.stdout:
        state: dict[str, Any] = json.loads(line)
        if all(want(state[key]) if callable(want) else state[key] == want for key, want in wanted.items()):
            return state
    raise AssertionError(program.communicate(timeout=10)[1])


def test_a_voice_of_the_lunch_is_named_by_keyboard_and_found_by_its_name(day: Day, tmp_path: Path) -> None:
    madeleine = day.copy_to(tmp_path / "home")
    arguments = (madeleine.home, madeleine.models)
    with open_display() as display, display.run(PROGRAM, *arguments, environment={"TZ": "Europe/Lisbon"}) as program:
        wait_for(program, is_open=True)
        display.focus("Madeleine")
        display.press("key", "ctrl+4")
        seen = wait_for(program, is_shown=True, samples=lambda ids: len(ids) == 3)
        assert len(seen["titles"]) >= 3
        display.press("key", "ctrl+l", "Down")
        wait_for(program, focus="People")
        display.press("key", "Return")
        wait_for(program, focus="Name of this voice")
        display.press("type", "--delay", "5", "Zora")
        display.press("key", "Return")
        wait_for(program, heading="Zora", moments=["Zora"])
        display.press("key", "ctrl+q")
        assert program.wait(30) == 0
    voices = {voice["name"]: voice for voice in madeleine("voices", "list", "--json").json["voices"]}
    assert voices["Zora"]["utterances"] > 3
    told = madeleine("voices", "samples", voices["Zora"]["id"], "--json").json["moments"]
    assert [moment["id"] for moment in told] == seen["samples"]
    assert {moment["audio"]["speaker"] for moment in told} == {"Zora"}
    assert madeleine("search", "what did Zora say", "--json").json["interpreted"]["people"] == ["Zora"]
