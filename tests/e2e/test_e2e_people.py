"""Voices of the sample day, heard and named by keyboard in the real window under a real X server."""

from __future__ import annotations

from pathlib import Path

from tests.support.e2e_process import Day
from tests.support.ui_probe import wait_for
from tests.support.ui_xvfb import open_display

PROGRAM = """
    import sys
    from pathlib import Path
    from app.serving import open_served_engine
    from app.ui import main
    from tests.support.ui_probe import focus_words, watch

    home, models = map(Path, sys.argv[1:])
    application = main.build_application()

    def look(window):
        page = window.work.people
        return {
            "is_open": window.work.asking.model.n_moments is not None,
            "is_shown": page.isVisible(),
            "titles": [entry.title for entry in page.model.voices],
            "heading": page.view.panel.heading.text() if page.model.detail.is_read else "",
            "samples": [moment.id for moment in page.model.detail.samples],
            "moments": sorted({str(card.source) for card in page.model.cards.cards}),
            "focus": focus_words(application),
        }

    watch(application, look)
    raise SystemExit(main.run(lambda: open_served_engine(home, models), home_label="sample day"))
"""


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
