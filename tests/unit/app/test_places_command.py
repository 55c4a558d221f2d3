"""``madeleine places``: names of one's own go before names of towns, in what is kept and in what comes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import Exit
from ingest.errors import BadInput
from ingest.own_places import FILE_NAME, OwnPlace, check_place, find_own
from memory.records import Kind
from memory.store import Memory
from tests.support.app_engine import CommandLine
from tests.support.app_memory import noted
from tests.support.ingest_files import write_picture

LISBON = {1: "N", 2: (38.0, 43.0, 12.0), 3: "W", 4: (9.0, 8.0, 24.0)}


def place_of(cli: CommandLine) -> list[str]:
    days = cli("timeline", "--json").json["days"]
    return sorted(moment["place"]["name"] for day in days for moment in day["moments"])


def test_a_place_names_what_is_there_and_what_comes(cli: CommandLine, tmp_path: Path) -> None:
    write_picture(tmp_path / "a.jpg", exif={0x8825: LISBON})
    assert cli("import", str(tmp_path / "a.jpg"), "--json").code == Exit.DONE
    assert place_of(cli) == ["Lisbon, Portugal"]
    added = cli("places", "add", "Summer Garden", "38.7201", "-9.1401", "--radius", "200", "--json").json
    assert added["changed"] == 1
    assert added["places"] == [{"name": "Summer Garden", "lat": 38.7201, "lon": -9.1401, "radius_m": 200.0}]
    assert place_of(cli) == ["Summer Garden"]
    write_picture(tmp_path / "b.jpg", (80, 60), exif={0x8825: LISBON})
    cli("import", str(tmp_path / "b.jpg"), "--json")
    assert place_of(cli) == ["Summer Garden"] * 2
    assert cli("search", "photos in Summer Garden", "--json").json["interpreted"]["places"] == ["Summer Garden"]
    assert (tmp_path / "home" / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert "Summer Garden" in cli("places", "list").out
    renamed = cli("places", "rename", "summer garden", "Winter Garden", "--json").json
    assert (renamed["changed"], place_of(cli)) == (2, ["Winter Garden"] * 2)
    assert cli("places", "rename", "nowhere", "Home").code == Exit.NOT_FOUND
    cli("places", "add", "Home", "0", "0")
    assert cli("places", "rename", "Winter Garden", "home").code == Exit.USAGE
    cli("places", "remove", "Home")
    cli("places", "rename", "Winter Garden", "Summer Garden")
    assert cli("places", "remove", "summer GARDEN", "--json").json == {"places": [], "changed": 2}
    assert place_of(cli) == ["Lisbon, Portugal"] * 2
    assert cli("places", "remove", "nowhere").code == Exit.NOT_FOUND
    assert cli("places", "add", "Moon", "91", "0").code != Exit.DONE


def test_of_several_the_smallest_covers() -> None:
    town, house = OwnPlace("Town", 52.0, 13.0, 5000.0), OwnPlace("House", 52.001, 13.0, 50.0)
    assert find_own([town, house], 52.001, 13.0) == house
    assert find_own([town, house], 52.01, 13.0) == town
    assert find_own([town, house], 53.0, 13.0) is None
    assert OwnPlace("Pole", 90.0, 0.0).distance_m(-90.0, 77.0) == pytest.approx(20_015_087, rel=1e-4)
    assert OwnPlace("Fiji", -17.0, 179.999).distance_m(-17.0, -179.999) < 250


@pytest.mark.parametrize("told", [("", 1, 1, 5), ("x", 91, 1, 5), ("x", 1, float("nan"), 5), ("x", 1, 1, 0)])
def test_what_is_no_place_is_refused(told: tuple[str, float, float, float]) -> None:
    with pytest.raises(BadInput):
        check_place(*told)


def test_places_visited_and_applications_seen(cli: CommandLine, tmp_path: Path) -> None:
    assert cli("places", "visited", "--json").json["visited"] == []
    assert "Nothing was seen" in cli("apps").out
    write_picture(tmp_path / "a.jpg", exif={0x8825: LISBON})
    cli("import", str(tmp_path / "a.jpg"), "--json")
    with Memory.open(cli.home, use_chroma=False) as memory:
        page = noted("a page", at="2026-10-14 10:00", kind=Kind.SCREENSHOT)
        memory.write_moments([replace(page, app="Firefox", ended_us=page.started_us + 90_000_000)])
    (visited,) = cli("places", "visited", "--json").json["visited"]
    assert (visited["name"], visited["moments"], round(visited["lat"], 1)) == ("Lisbon, Portugal", 1, 38.7)
    assert "Lisbon, Portugal" in cli("places", "visited").out
    (app,) = cli("apps", "--json").json["apps"]
    assert (app["name"], app["moments"], app["seconds"]) == ("Firefox", 1, 90.0)
    assert "Firefox" in cli("apps").out
