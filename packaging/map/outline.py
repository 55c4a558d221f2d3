"""Makes assets/map/land.json: the outline of the world's land, small enough to ship, from Natural Earth.

    npm pack world-atlas@2.0.2                               in a scratch folder
    python packaging/map/outline.py world-atlas-2.0.2.tgz    writes assets/map/land.json

Role: reads the TopoJSON of the package (land at 1:50 million; Natural Earth, public domain), leaves out what is smaller
than one sees, simplifies the rest and writes whole hundredths of a degree, each point as the step from the one before.
The same package gives the same bytes. Sources: the TopoJSON specification, sections 2.1.3 and 2.1.4 (arcs, transform);
Douglas and Peucker 1973, "Algorithms for the reduction of the number of points", Cartographica 10 (2).
"""

from __future__ import annotations

import argparse
import json
import tarfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parents[2] / "assets" / "map" / "land.json"
MEMBER = "package/land-50m.json"
ABOUT = "Natural Earth 4.1, land at 1:50 million (public domain), simplified by packaging/map/outline.py"
UNIT_DEG = 0.01  # 1.1 km: as fine as the simplified lines are true
TOLERANCE_DEG = 0.035  # how far a line may run from the true one; 4 km
LEAST_AREA_DEG2 = 0.004  # about 7 km by 7 km; smaller islands are dots at any zoom that this outline is good for

Point = tuple[float, float]


def main() -> int:
    """Read the package, write the outline."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path, help="world-atlas-2.0.2.tgz")
    options = parser.parse_args()
    with tarfile.open(options.package) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            parser.error(f"{options.package} has no {MEMBER}")
        topology = json.load(member)
    cut = [part for polygon in decode(topology) for part in cut_at_edge(polygon)]
    polygons = [rings for polygon in cut if (rings := simplify_polygon(polygon))]
    told = {"about": ABOUT, "unit_deg": UNIT_DEG, "polygons": polygons}
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(told, separators=(",", ":")) + "\n", encoding="utf-8")
    n_points = sum(len(ring) // 2 for rings in polygons for ring in rings)
    print(f"{OUT.name}: {len(polygons)} polygons, {n_points} points, {OUT.stat().st_size / 1000:.0f} kB")
    return 0


def decode(topology: dict[str, Any]) -> list[list[list[Point]]]:
    """Polygons as rings of (longitude, latitude) in degrees; the first ring is the outer one, the others are holes."""
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * kx + tx, y * ky + ty))
        arcs.append(arc)

    def ring(numbers: Sequence[int]) -> list[Point]:
        points: list[Point] = []
        for n in numbers:
            arc = arcs[n] if n >= 0 else arcs[~n][::-1]
            points += arc[1:] if points else arc
        return points

    land = topology["objects"]["land"]["geometries"]
    return [[ring(numbers) for numbers in polygon] for shape in land for polygon in shape["arcs"]]


def cut_at_edge(rings: Sequence[Sequence[Point]]) -> list[list[list[Point]]]:
    """Cut a polygon that goes over the 180th meridian into the parts on both sides of it; others stay whole."""
    whole = [unwrap(ring) for ring in rings]
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        moved = [[(x + turn, y) for x, y in ring] for ring in whole]
        kept = [ring for each in moved if len(ring := clip(clip(each, 180.0, keep_below=True), -180.0)) > 3]
        if kept:
            parts.append(kept)
    return parts


def unwrap(ring: Sequence[Point]) -> list[Point]:
    """Let longitude go on where it jumps by a turn; what goes around a pole is closed along it."""
    points = [ring[0]]
    for x, y in ring[1:]:
        before = points[-1][0]
        points.append((x - 360 * round((x - before) / 360), y))
    first, last = points[0], points[-1]
    if abs(last[0] - first[0]) > 180:
        pole = 90.0 if first[1] > 0 else -90.0
        points += [(last[0], pole), (first[0], pole), first]
    return points


def clip(ring: Sequence[Point], edge: float, *, keep_below: bool = False) -> list[Point]:
    """The part of a closed ring on one side of a meridian (Sutherland and Hodgman 1974, CACM 17 (1)), closed again."""

    def is_in(point: Point) -> bool:
        return point[0] <= edge if keep_below else point[0] >= edge

    kept: list[Point] = []
    for here, after in pairwise(ring):
        if is_in(here):
            kept.append(here)
        if is_in(here) != is_in(after):
            share = (edge - here[0]) / (after[0] - here[0])
            kept.append((edge, here[1] + share * (after[1] - here[1])))
    return [*kept, kept[0]] if kept else []


def simplify_polygon(rings: Sequence[Sequence[Point]]) -> list[list[int]]:
    """Its rings in steps of whole units; empty where the outer one is too small to be seen."""
    if area(rings[0]) < LEAST_AREA_DEG2:
        return []
    kept = [encode(simplify(ring)) for ring in rings if area(ring) >= LEAST_AREA_DEG2]
    return [ring for ring in kept if len(ring) >= 8]


def area(ring: Sequence[Point]) -> float:
    """Square degrees inside a ring. Source: the shoelace formula."""
    beside = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in beside)) / 2


def simplify(ring: Sequence[Point]) -> list[Point]:
    """A closed ring with only the points that matter (Douglas and Peucker, from both ends of its widest chord)."""
    far = max(range(len(ring)), key=lambda n: _distance2(ring[n], ring[0], ring[0]))
    keep = {0, far, len(ring) - 1}
    stack = [(0, far), (far, len(ring) - 1)]
    while stack:
        first, last = stack.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        worst = max(inner, key=lambda n: _distance2(ring[n], ring[first], ring[last]))
        if _distance2(ring[worst], ring[first], ring[last]) > TOLERANCE_DEG**2:
            keep.add(worst)
            stack += [(first, worst), (worst, last)]
    return [ring[n] for n in sorted(keep)]


def encode(ring: Sequence[Point]) -> list[int]:
    """x, y, then the steps to each further point, in units; the last point is the first again and left out."""
    points = [(round(x / UNIT_DEG), round(y / UNIT_DEG)) for x, y in ring[:-1]]
    points = [point for n, point in enumerate(points) if n == 0 or point != points[n - 1]]
    before = [(0, 0), *points[:-1]]
    return [step for (x, y), (bx, by) in zip(points, before, strict=True) for step in (x - bx, y - by)]


def _distance2(at: Point, start: Point, end: Point) -> float:
    """Squared distance of a point from a stretch of line."""
    (x, y), (x1, y1), (x2, y2) = at, start, end
    dx, dy = x2 - x1, y2 - y1
    length2 = dx * dx + dy * dy
    share = 0.0 if length2 == 0 else max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length2))
    return (x - x1 - share * dx) ** 2 + (y - y1 - share * dy) ** 2


if __name__ == "__main__":
    raise SystemExit(main())
