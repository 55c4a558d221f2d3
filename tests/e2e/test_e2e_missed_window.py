"""What was missed, the whole way: the sample day's lunch, the real models, the real window under a real X server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from tests.support.e2e_process import Day
from tests.support.ui_probe import wait_for
from tests.support.ui_xvfb import open_display

QUESTION = "What did I miss while I was following the conversation about the new apartment?"
APARTMENT_DEG, FAIR_DEG = 38.0, 140.0  # truth.json
PROGRAM = """
    import math, sys
    from pathlib import Path
    from app.serving import open_served_engine
    from app.ui import main
    from tests.support.ui_probe import focus_words, watch

    home, models, picture = map(Path, sys.argv[1:])
    application = main.build_application()
    before, rest = [], [0]

    def look(window):
        page = window.work.missing
        model = page.model
        lanes = [] if model.room is None else [math.degrees(lane.azimuth_rad) for lane in model.room.lanes]
        state = {
            "recordings": len(model.recordings),
            "phase": str(model.phase),
            "lanes": lanes,
            "followed": [lanes[number] for number in sorted(model.followed)],
            "words": " ".join([model.headline(), *(row.text for row in model.rows)]),
            "focus": focus_words(application),
            "subtitles": list(page.view.room.subtitles.texts()),
            "has_picture": picture.exists(),
        }
        rest[0] = rest[0] + 1 if before == [state] else 0
        before[:] = [state]
        if rest[0] == 10 and model.phase == "told" and not picture.exists():  # it has come to rest
            window.grab().save(str(picture.with_suffix(".part")), "PNG")
            picture.with_suffix(".part").rename(picture)
        return state

    watch(application, look)
    raise SystemExit(main.run(lambda: open_served_engine(home, models), home_label="sample day"))
"""


def near(azimuth_deg: float) -> Any:
    return lambda lanes: len(lanes) == 1 and abs(lanes[0] - azimuth_deg) < 15


def test_the_lunch_is_told_played_and_corrected_by_keyboard(day: Day, tmp_path: Path) -> None:
    madeleine, picture = day.copy_to(tmp_path / "home"), tmp_path / "missed.png"
    arguments = (madeleine.home, madeleine.models, picture)
    with open_display() as display, display.run(PROGRAM, *arguments, environment={"TZ": "Europe/Lisbon"}) as program:
        wait_for(program, recordings=1)
        display.focus("Madeleine")
        display.press("type", "--delay", "5", QUESTION)
        display.press("key", "Return")
        told = wait_for(program, phase="told", followed=near(APARTMENT_DEG), has_picture=True)
        assert len(told["lanes"]) == 2
        assert "apartment" in told["words"]
        assert "fair" in told["words"].lower()
        assert "balcony" not in told["words"].lower()
        _look_at(picture)
        display.press("key", "Down")
        at = wait_for(program, focus="What you missed")["focus"]
        while at != "Directions over time":  # over the buttons to the picture
            display.press("key", "Tab")
            at = wait_for(program, focus=lambda name, before=at: name != before)["focus"]
        display.press("key", "Home", "Right", "f")
        corrected = wait_for(program, phase="told", followed=near(FAIR_DEG))
        assert "boxes" in corrected["words"]
        assert "stand costs" not in corrected["words"].lower()
        display.press("key", "ctrl+q")
        assert program.wait(30) == 0


def _look_at(picture: Path) -> None:
    """The picture of the window is there, and voices stand in it in colours of their own."""
    with Image.open(picture) as image:
        pixels = image.convert("RGB")
        assert pixels.width > 1000
        n_pixels = {colour: n for n, colour in pixels.getcolors(pixels.width * pixels.height) or ()}
    for voice in ((0x2F, 0x6D, 0xB3), (0xB3, 0x54, 0x1E)):  # the first two voices of the light theme
        assert n_pixels.get(voice, 0) > 500
