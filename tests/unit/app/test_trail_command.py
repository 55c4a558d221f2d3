from __future__ import annotations

from dataclasses import replace

import numpy as np

from ingest.screen import View
from ingest.screen_book import Shot
from tests.support.app_engine import CommandLine, build_fake_engine
from tests.support.screen_fakes import LEFT, NOTES, WIDTH, draw

NOON_US = 1_800_000_000_000_000
PAGES = ((0, "Hotels in Lisbon"), (40, "Hotel Astor"), (60, "Hotel Astor"), (90, "Booking confirmed"), (4000, "News"))


def test_a_trail_tells_the_steps_before_and_after_a_page(cli: CommandLine) -> None:
    engine = build_fake_engine(cli.home)
    keeper = engine.screens.keeper_of_screens(lambda _job: None)
    ids = []
    for n, (at_s, title) in enumerate(PAGES):
        view = View(monitors=(LEFT,), windows=(replace(NOTES, app="browser", title=title),))
        pixels = np.ascontiguousarray(draw(n)[:, :WIDTH])
        ids.append(keeper.keep(Shot(pixels, LEFT, view, NOON_US + at_s * 1_000_000, at_s))[0])
    engine.close()
    ran = cli("trail", ids[2])
    assert ran.code == 0
    assert [line.split("·")[-1].strip() for line in ran.out.splitlines()] == [t for _s, t in PAGES[:2]] + [PAGES[3][1]]
    assert [line[0] for line in ran.out.splitlines()] == [" ", ">", " "]
    steps = cli("trail", ids[3], "--json").json["steps"]
    assert [[m["id"] for m in step["moments"]] for step in steps] == [[ids[0]], ids[1:3], [ids[3]]]
    assert len(cli("trail", ids[4], "--json").json["steps"]) == 1
    assert cli("forget", "--id", ids[0], "--yes").code == 0  # its beginning is gone, the rest is still one trail
    assert len(cli("trail", ids[3], "--json").json["steps"]) == 2
    assert cli("trail", "m0").code == 4
