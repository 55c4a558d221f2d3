"""``images_bad``: fifty damaged and hostile pictures: no crash, no hang, bounded memory, and the queue goes on."""

from __future__ import annotations

import contextlib
import resource
from pathlib import Path

from ingest.errors import BadInput
from ingest.pictures import PictureReader, make_thumbnail
from memory.store import Memory
from tests.support.hostile_pictures import make_hostile
from tests.support.ingest_files import build_importer, write_picture

MOST_CPU_S = 12.0  # the child's limit is ten, given in whole seconds
MOST_BYTES = 1.5 * 2**30
# What must come in all the same: odd, not broken.
GOOD = {
    "cmyk.jpg", "sixteen-bit.png", "sixteen-bit.tiff", "palette-with-transparency.png", "grey-with-alpha.png",
    "palette-with-bytes-of-transparency.png", "float.tiff", "one-pixel.gif", "long-line.png", "65500-wide.jpg",
    "600-frames.gif", "animated.png", "nested.xmp.jpg", "bomb.xmp.png.jpg", "png.jpg", "jpeg.heic", "exif-far.jpg",
    "exif-itself.jpg", "exif-absurd.jpg", "loop.tiff",
}  # fmt: skip


def test_images_bad(tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    names = []
    for name, data in make_hostile(1):
        (folder / name).write_bytes(data)
        names.append(name)
    assert len(names) == len(set(names)) >= 40
    write_picture(folder / "zz-last.png")
    (folder / "directory.jpg").mkdir()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with Memory.open(tmp_path / "home", use_chroma=False) as memory:
        importer = build_importer(memory)
        report = importer.import_paths([folder])
        importer.close()
        kept = {Path(str(moment.details["path"])).name for moment in memory.iter_moments()}
        assert all(check.ok for check in memory.check())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    failed = {Path(failure.path).name for failure in report.failed}
    assert kept >= GOOD | {"zz-last.png"}
    assert kept | failed == {*names, "zz-last.png"}
    assert not kept & failed
    assert all(len(failure.error) > 20 and failure.hint for failure in report.failed)
    assert not any("Traceback" in failure.error or "unexpected" in failure.error for failure in report.failed)
    # The most of any child there ever was: where an earlier test had a larger one, it says nothing of these.
    assert after.ru_maxrss == before.ru_maxrss or after.ru_maxrss * 1024 < MOST_BYTES
    assert after.ru_utime - before.ru_utime < 60


def test_no_bomb_takes_longer_than_ten_seconds(tmp_path: Path) -> None:
    bombs = ("says", "nothing", "64-mb", "frames", "wide", "nested")
    slowest = (0.0, "")
    for name, data in make_hostile(2):
        if not any(word in name for word in bombs):
            continue
        path = tmp_path / name
        path.write_bytes(data)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        reader = PictureReader()  # one of its own, so that the processor time of its child is counted
        with contextlib.suppress(BadInput):
            reader.read(path)
        reader.close()
        slowest = max(slowest, (resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, name))
    assert slowest[0] < MOST_CPU_S, slowest[1]


def test_thumbnails_of_bad_pictures_are_refused_or_small(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(dict(make_hostile(3))["14000-square-of-nothing.png"])
    try:
        make_thumbnail(tmp_path / "x.png", tmp_path / "thumb.jpg", side_px=64)
    except BadInput:
        assert not (tmp_path / "thumb.jpg").exists()
    else:
        assert (tmp_path / "thumb.jpg").stat().st_size < 100_000
