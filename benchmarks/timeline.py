"""Frame time of the timeline over a million moments, from decades to seconds, beside an empty widget's repaint.

    .venv/bin/python benchmarks/timeline.py [--home DIR] [--moments 1000000] [--size 1280x800]

Role: rows are made here (no models, no vectors), written through the tables' own triggers, and read and painted by
the page itself, with Qt's software rendering and no display. A frame is one change of what is in sight (zoom or pan)
and its whole repaint; what it costs is told in processor time of the GUI thread and on the clock. Reads run in their
lane beside it, as in the window, and are told for themselves.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from _common import print_table, working_folder

from memory.store import Memory

YEARS = 12
DAY_US = 86_400_000_000
BEGIN_US = 1_388_534_400_000_000  # 2014-01-01
NAMES = ("Anna", "Tom", "Bea", "Chen", "Dora", None)
WORDS = "we could meet at the harbour on Thursday and take the small boat if the weather holds until then".split()
KINDS = (("utterance", 0.7), ("screenshot", 0.92), ("photo", 0.97), ("note", 1.0))
N_WARM = 3


def main() -> int:
    """Make the memory where it is not there yet, then paint."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, help="kept for the next run")
    parser.add_argument("--moments", type=int, default=1_000_000)
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--rounds", type=int, default=3, help="how often to zoom in and out, at other places")
    parser.add_argument("--frames-only", action="store_true", help="do not measure reads")
    options = parser.parse_args()
    with working_folder(options.home) as folder, Memory.open(folder / "memory", use_chroma=False) as memory:
        missing = options.moments - memory.count_moments()
        if missing > 0:
            started_s = time.process_time()
            fill(memory, missing)
            print(f"{missing:,} moments written in {time.process_time() - started_s:.0f} processor seconds", flush=True)
        if not options.frames_only:
            measure_reads(memory)
        measure_frames(memory, tuple(map(int, options.size.split("x"))), options.rounds)
    return 0


def fill(memory: Memory, n: int) -> None:
    """Write moments, events and gaps of twelve years: talks of 16 waking hours a day, pages and photos between."""
    dice = random.Random(7)
    n_days = YEARS * 365
    per_day = n / n_days
    row, day_rows = 0, 0.0
    with memory._database.transaction() as connection:
        # What each write does for search is not measured here; stale days would all be cut anew at the next start.
        connection.execute("DROP TRIGGER IF EXISTS moment_came")
        for day in range(n_days):
            day_rows += per_day
            rows = list(iter_day(dice, BEGIN_US + day * DAY_US, round(day_rows), row))
            day_rows -= round(day_rows)
            row += len(rows)
            connection.executemany(
                "INSERT INTO moment (id, kind, started_us, ended_us, zone, local_date, time_source, ordinal, speaker,"
                " azimuth_rad, app, producer, details, text) VALUES (?, ?, ?, ?, 'UTC', ?, 'given', 0, ?, ?, ?, '',"
                " '{}', ?)",
                rows,
            )
            add_events(connection, dice, BEGIN_US + day * DAY_US)
    print(f"{row:,} rows", flush=True)


def iter_day(dice: random.Random, begin_us: int, n: int, first: int) -> Iterator[tuple[object, ...]]:
    """The rows of a day."""
    date = time.strftime("%Y-%m-%d", time.gmtime(begin_us // 1_000_000))
    at_us = begin_us + 7 * 3_600_000_000
    step_us = 16 * 3_600_000_000 // max(1, n)
    for i in range(n):
        draw = dice.random()
        at_us += round(step_us * dice.choice((0.2, 0.3, 0.5, 3.0)))
        kind, length_us = (
            ("utterance", dice.randrange(1_000_000, 9_000_000)) if draw < 0.7 else ("screenshot", 40_000_000)
        )
        kind, length_us = ("photo", 0) if draw > 0.92 else (kind, length_us)
        kind, length_us = ("note", 0) if draw > 0.97 else (kind, length_us)
        spoken = kind == "utterance"
        yield (
            f"m{first + i:021d}", kind, at_us, at_us + length_us, date, dice.choice(NAMES) if spoken else None,
            dice.random() * 6 if spoken else None, "Firefox" if kind == "screenshot" else None,
            " ".join(dice.choices(WORDS, k=14)),
        )  # fmt: skip


def add_events(connection: object, dice: random.Random, begin_us: int) -> None:
    """Eight events a day, and now and then a gap."""
    date = time.strftime("%Y-%m-%d", time.gmtime(begin_us // 1_000_000))
    for n in range(8):
        since_us = begin_us + (7 + 2 * n) * 3_600_000_000
        until_us = since_us + dice.randrange(10, 110) * 60_000_000
        title = " ".join(dice.choices(WORDS, k=4))
        connection.execute(  # type: ignore[attr-defined]
            "INSERT INTO event (id, local_date, started_us, ended_us, zone, title, summary, reason)"
            " VALUES (?, ?, ?, ?, 'UTC', ?, '', '')",
            (f"e{since_us}", date, since_us, until_us, title),
        )
    if dice.random() < 0.3:
        since_us = begin_us + dice.randrange(16) * 3_600_000_000
        connection.execute(  # type: ignore[attr-defined]
            "INSERT INTO gap (source, started_us, ended_us, reason) VALUES ('microphone', ?, ?, 'unplugged')",
            (since_us, since_us + dice.randrange(1, 90) * 60_000_000),
        )


def measure_reads(memory: Memory) -> None:
    """What reading one tile costs at each level, on the average of twenty places, and counting without the tally."""
    from app.ui.timeline_scale import BUCKETS_US, N_BUCKETS

    dice, rows = random.Random(3), []
    for bucket_us in BUCKETS_US:
        size_us = bucket_us * N_BUCKETS
        places = [dice.randrange(BEGIN_US, BEGIN_US + YEARS * 365 * DAY_US) // size_us * size_us for _ in range(20)]
        tile_ms = cost_ms(partial(read_tiles, memory, places, bucket_us)) / len(places)
        plain_ms = cost_ms(partial(count_plainly, memory, places[:2], bucket_us, size_us)) / 2
        rows.append((f"{bucket_us / 1e6:,.2f} s", tile_ms, plain_ms))
    print_table(("bucket", "tile, processor ms", "plain counting, ms"), rows)


def read_tiles(memory: Memory, places: list[int], bucket_us: int) -> None:
    """As the page reads them."""
    from app.ui.timeline_scale import N_BUCKETS

    for place in places:
        memory.timeline.read_tile(place, bucket_us, N_BUCKETS)


def count_plainly(memory: Memory, places: list[int], bucket_us: int, size_us: int) -> None:
    """The same numbers from the moments themselves, without the tally."""
    plain = (
        "SELECT kind, (started_us - ?1) / ?2, count(*) FROM moment WHERE started_us >= ?1 AND started_us < ?3"
        " GROUP BY 1, 2"
    )
    with memory._database.read() as connection:
        for place in places:
            connection.execute(plain, (place, bucket_us, place + size_us)).fetchall()


def cost_ms(work: Callable[[], object]) -> float:
    """Processor time of this thread."""
    started_s = time.thread_time()
    work()
    return (time.thread_time() - started_s) * 1000


def measure_frames(memory: Memory, size: tuple[int, int], n_rounds: int) -> None:
    """Zoom from the whole memory to seconds and back, and pan at each level."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QWidget

    from app.diary import Diary
    from app.ui.main import build_application
    from app.ui.player import Player
    from app.ui.task_runner import TaskRunner
    from app.ui.theme import LIGHT
    from app.ui.timeline_layout import GUTTER_PX
    from app.ui.timeline_page import TimelinePage
    from recall.papers import read_receipt
    from recall.time_words import find_time_words
    from recall.words import STOP_WORDS
    from reflect.claims import Readers
    from reflect.events import EventMaker
    from reflect.facts import FactMaker

    application = build_application()
    before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    empty = QWidget()
    empty.resize(*size)
    empty.show()
    application.processEvents()
    frames: dict[str, list[tuple[float, float]]] = {"empty widget": [], "zoom": [], "pan": []}
    for _ in range(200):
        frames["empty widget"].append(timed(empty.repaint))
    empty.close()
    runner = TaskRunner()
    page = TimelinePage(runner, Player(), now_us=lambda: BEGIN_US + YEARS * 365 * DAY_US, theme=LIGHT)
    page.resize(*size)
    page.show()

    class OnlyMemory:
        """As much of an engine as the page reads."""

        zone = "Europe/Berlin"

        def __init__(self) -> None:
            self.memory = memory
            events = EventMaker(memory, model="", idle_words=STOP_WORDS)
            facts = FactMaker(memory, Readers(find_days=find_time_words, read_paper=read_receipt))
            self.diary = Diary(memory, events, facts, zone=self.zone, own_name=lambda: "")

        def thumbnail(self, _moment: object) -> None:
            return None

    def settle() -> None:
        end = time.monotonic() + 20
        while time.monotonic() < end and not (page.model.is_complete and page.model.is_placed):
            application.processEvents()
            time.sleep(0.001)
        application.processEvents()

    started_s = time.perf_counter()
    page.set_engine(OnlyMemory())  # type: ignore[arg-type]
    page.enter()
    settle()
    first_ms = (time.perf_counter() - started_s) * 1000
    strip = page.view.strip
    page.show_everything()
    settle()

    def frame(what: str, change: Callable[[], None]) -> None:
        def work() -> None:
            change()
            strip.repaint()

        QCoreApplication.processEvents()
        frames[what].append(timed(work))

    dice = random.Random(11)
    for x_share in (0.3, 0.7, 0.55)[:n_rounds]:
        for direction in (1, -1):
            n = 0
            while page.model.scale.span_us > 9e6 if direction > 0 else page.model.scale.span_us < 11 * 365.0 * DAY_US:
                frame("zoom", partial(strip.zoom, 1.25**direction, GUTTER_PX + x_share * page.model.scale.width_px))
                n += 1
                if n % 5 == 0:
                    for _ in range(6):
                        frame("pan", partial(strip.pan, dice.choice((-60, 40, 90))))
                if n % 10 == 0:
                    settle()
                    frame("pan", partial(strip.pan, 3))
    rows = []
    for what, costs in frames.items():
        for clock, values in (("processor", [c for c, _w in costs]), ("clock", [w for _c, w in costs])):
            ordered = sorted(values[N_WARM:])
            rows.append(
                (f"{what}, {clock} ms", len(ordered), *(ordered[int(len(ordered) * q)] for q in (0.5, 0.95, 0.99)))
            )
    print_table(("frame", "n", "p50", "p95", "p99"), rows)
    after_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"first read of the page to the last tile in sight: {first_ms:.0f} ms on the clock")
    print(f"resident memory at most: {after_mb:.0f} MB, of which {after_mb - before_mb:.0f} MB since before the page")
    page.close()
    runner.shutdown(5.0)


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds of this thread's processor time and on the clock."""
    cpu_s, wall_s = time.thread_time(), time.perf_counter()
    work()
    return (time.thread_time() - cpu_s) * 1000, (time.perf_counter() - wall_s) * 1000


if __name__ == "__main__":
    sys.exit(main())
