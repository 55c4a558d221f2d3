"""The map: degrees to pixels and back, zoom at a point, and an outline that is the land's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from app.ui.land import LAND, read_land
from app.ui.map_sight import MOST_LAT_DEG, MapSight, to_degrees, to_world

TOWNS = {"Berlin": (52.52, 13.40), "Madrid": (40.42, -3.70), "Sydney": (-33.87, 151.1), "Kazan": (55.79, 49.12)}
SEAS = {"Atlantic": (30.0, -40.0), "Black Sea": (43.0, 34.0), "Pacific": (0.0, -150.0), "North Sea": (56.0, 3.0)}


@given(st.floats(-85, 85), st.floats(-180, 180))
def test_there_and_back_is_the_same_position(lat: float, lon: float) -> None:
    assert to_degrees(*to_world(lat, lon)) == pytest.approx((lat, lon), abs=1e-9)


def test_the_world_is_a_square_and_the_poles_lie_on_its_edge() -> None:
    assert to_world(0.0, 0.0) == pytest.approx((0.5, 0.5))
    assert to_world(MOST_LAT_DEG, -180.0) == pytest.approx((0.0, 0.0), abs=1e-6)
    assert to_world(-90.0, 180.0) == pytest.approx((1.0, 1.0), abs=1e-6)


def test_what_is_under_the_pointer_stays_while_one_zooms() -> None:
    sight = MapSight(600, 400).whole().zoomed(6.0)
    before = sight.degrees_at(420, 130)
    assert sight.zoomed(1.7, 420, 130).degrees_at(420, 130) == pytest.approx(before, abs=1e-6)


def test_places_fit_and_the_edge_of_the_world_stays_out() -> None:
    sight = MapSight(600, 400).fitted(TOWNS.values())
    for lat, lon in TOWNS.values():
        x, y = sight.px_of(lat, lon)
        assert 0 <= x <= 600
        assert 0 <= y <= 400
    far = sight.panned(1e9, -1e9)
    assert far.px_of(0.0, 180.0)[0] == pytest.approx(600)
    assert far.px_of(MOST_LAT_DEG, 0.0)[1] == pytest.approx(0, abs=1e-3)
    one = sight.fitted([TOWNS["Berlin"]])
    assert one.px_of(*TOWNS["Berlin"]) == pytest.approx((300, 200))
    assert 400 * one.meters_per_px() == pytest.approx(10_000, rel=0.1)  # so far around a single place


def test_towns_lie_on_the_land_and_seas_do_not() -> None:
    land = read_land()
    assert LAND.stat().st_size < 200_000

    def is_land(lat: float, lon: float) -> bool:
        return any(piece.path.contains(QPointF(*to_world(lat, lon))) for piece in land)

    assert {name for name, at in TOWNS.items() if is_land(*at)} == set(TOWNS)
    assert {name for name, at in SEAS.items() if is_land(*at)} == set()
    assert all(piece.box.left() >= -1e-9 and piece.box.right() <= 1 + 1e-9 for piece in land)
