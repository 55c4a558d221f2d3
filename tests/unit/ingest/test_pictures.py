from __future__ import annotations

import os
import stat
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from ingest import decode_worker
from ingest.errors import BadInput
from ingest.pictures import PictureReader, classify, find_app_and_window, make_thumbnail
from memory.records import Kind
from tests.support.ingest_files import write_noise_picture, write_picture, write_png_bomb

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


@pytest.fixture(scope="module")
def reader():
    found = PictureReader()
    yield found
    found.close()


def corners(pixels: np.ndarray) -> list[tuple[int, ...]]:
    """The nearest pure colour of each quarter's middle: upper left, upper right, lower left, lower right."""
    height, width = pixels.shape[:2]
    places = [(height // 4, width // 4), (height // 4, 3 * width // 4), (3 * height // 4, width // 4)]
    places.append((3 * height // 4, 3 * width // 4))
    return [tuple(int(value > 127) * 255 for value in pixels[place]) for place in places]


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tiff", "gif", "bmp", "avif"])
def test_every_format_is_read(reader: PictureReader, tmp_path: Path, suffix: str) -> None:
    picture = reader.read(write_picture(tmp_path / f"x.{suffix}"))
    assert (picture.width_px, picture.height_px) == (64, 48)
    assert picture.pixels.shape == (48, 64, 3)
    assert picture.pixels.dtype == np.uint8
    assert corners(picture.pixels) == [RED, GREEN, BLUE, WHITE]


def test_heic_is_read(reader: PictureReader, tmp_path: Path) -> None:
    with Image.open(write_picture(tmp_path / "x.png", (128, 96))) as image:
        pillow_heif.from_pillow(image).save(tmp_path / "x.heic", quality=90)
    picture = reader.read(tmp_path / "x.heic")
    assert picture.format == "HEIF"
    assert corners(picture.pixels) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize(
    ("orientation", "expected"),
    [
        (1, [RED, GREEN, BLUE, WHITE]),
        (2, [GREEN, RED, WHITE, BLUE]),
        (3, [WHITE, BLUE, GREEN, RED]),
        (4, [BLUE, WHITE, RED, GREEN]),
        (5, [RED, BLUE, GREEN, WHITE]),
        (6, [BLUE, RED, WHITE, GREEN]),
        (7, [WHITE, GREEN, BLUE, RED]),
        (8, [GREEN, WHITE, RED, BLUE]),
        (77, [RED, GREEN, BLUE, WHITE]),
    ],
)
def test_all_orientations_come_out_upright(
    reader: PictureReader, tmp_path: Path, orientation: int, expected: list[tuple[int, ...]]
) -> None:
    path = write_picture(tmp_path / "x.jpg", exif={0x0112: orientation}, quality=95)
    picture = reader.read(path)
    assert corners(picture.pixels) == expected
    is_turned = 5 <= orientation <= 8
    assert (picture.width_px, picture.height_px) == ((48, 64) if is_turned else (64, 48))
    make_thumbnail(path, tmp_path / "thumb.jpg", side_px=32)
    with Image.open(tmp_path / "thumb.jpg") as image:
        assert corners(np.asarray(image)) == expected


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_mode_becomes_rgb(reader: PictureReader, tmp_path: Path, mode: str) -> None:
    grey = np.tile(np.linspace(0, 1, 64), (48, 1))
    if mode == "I;16":
        image = Image.fromarray((grey * 65535).astype(np.uint16))
    elif mode in ("I", "F"):
        image = Image.fromarray((grey * 65535).astype(np.int32 if mode == "I" else np.float32))
    else:
        image = Image.fromarray((grey * 255).astype(np.uint8)).convert("RGB").convert(mode)
    path = tmp_path / "x.tiff"
    image.save(path)
    pixels = reader.read(path).pixels
    assert pixels.shape == (48, 64, 3)
    assert pixels[:, :8].mean() < 60
    assert pixels[:, -8:].mean() > 195


def test_the_transparent_becomes_white(reader: PictureReader, tmp_path: Path) -> None:
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(tmp_path / "x.png")
    assert (reader.read(tmp_path / "x.png").pixels == 255).all()


def test_of_an_animation_the_first_frame_is_taken(reader: PictureReader, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "lime")]
    frames[0].save(tmp_path / "x.gif", save_all=True, append_images=frames[1:])
    assert corners(reader.read(tmp_path / "x.gif").pixels)[0] == RED


def test_a_bomb_is_refused_before_it_is_decoded(reader: PictureReader, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        reader.read(write_png_bomb(tmp_path / "big.png"))
    assert "“big.png” says it is 60,000 x 60,000 pixels" in str(caught.value)
    assert caught.value.hint


def test_of_a_cut_picture_the_upper_part_is_kept_with_a_note(reader: PictureReader, tmp_path: Path) -> None:
    path = write_noise_picture(tmp_path / "x.jpg")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    picture = reader.read(path)
    assert "cut short" in picture.note
    assert picture.pixels[:60].std() > 20


@pytest.mark.parametrize("keep", [3, 20, 100])
def test_a_picture_cut_in_its_head_is_refused(reader: PictureReader, tmp_path: Path, keep: int) -> None:
    path = write_noise_picture(tmp_path / "x.png")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(BadInput, match=r"“x\.png” is damaged"):
        reader.read(path)


def test_other_formats_are_refused(reader: PictureReader, tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "x.ppm")
    with pytest.raises(BadInput, match="not taken"):
        reader.read(tmp_path / "x.ppm")


def test_a_picture_that_kills_the_reader_is_named_and_the_next_one_is_read(tmp_path: Path) -> None:
    reader = PictureReader()
    good = write_picture(tmp_path / "good.png")
    reader.read(good)
    child = reader._child
    assert child is not None
    child.kill()  # as a hostile file or the limit of processor time would
    child.wait()
    assert reader.read(good).width_px == 64
    reader.close()


def test_a_picture_that_hangs_is_given_up(tmp_path: Path) -> None:
    reader = PictureReader(wall_s=0.5)
    os.mkfifo(tmp_path / "never.png")
    with pytest.raises(BadInput, match="took too long"):
        reader.read(tmp_path / "never.png")
    reader.close()


def test_the_child_has_a_ceiling_of_memory(tmp_path: Path) -> None:
    reader = PictureReader()
    reader.read(write_picture(tmp_path / "x.png"))
    assert reader._child is not None
    limits = Path(f"/proc/{reader._child.pid}/limits").read_text(encoding="ascii")
    address_space = next(line for line in limits.splitlines() if line.startswith("Max address space"))
    assert int(address_space.split()[3]) == decode_worker.MEMORY_BYTES
    reader.close()


def test_a_very_large_picture_is_read_smaller_and_says_how_much(reader: PictureReader, tmp_path: Path) -> None:
    Image.new("L", (8000, 6000), 200).save(tmp_path / "x.png")
    picture = reader.read(tmp_path / "x.png")
    assert (picture.width_px, picture.height_px) == (8000, 6000)
    assert picture.pixels.shape[0] * picture.pixels.shape[1] <= decode_worker.READ_PIXELS
    assert picture.scale == pytest.approx((8000 / picture.pixels.shape[1], 6000 / picture.pixels.shape[0]))


def test_a_thumbnail_is_small_private_and_whole(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "thumb.jpg"
    make_thumbnail(write_noise_picture(tmp_path / "x.jpg", (640, 480)), target, side_px=100)
    with Image.open(target) as image:
        assert image.size == (100, 75)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in target.parent.iterdir()] == ["thumb.jpg"]


@pytest.mark.parametrize(
    ("name", "exif", "size", "kind"),
    [
        ("Screenshot 2026-11-20 at 14.03.05.jpg", None, (500, 400), Kind.SCREENSHOT),
        ("Bildschirmfoto.jpg", None, (500, 400), Kind.SCREENSHOT),
        ("IMG_1.jpg", {0x010F: "Canon", 0x0110: "EOS 40D"}, (1920, 1080), Kind.PHOTO),
        ("IMG_2.jpg", None, (500, 400), Kind.PHOTO),
        ("shared.jpg", None, (1080, 2400), Kind.SCREENSHOT),
        ("x.jpg", {0x0131: "gnome-screenshot"}, (500, 400), Kind.SCREENSHOT),
    ],
)
def test_photos_and_screenshots_are_told_apart(
    reader: PictureReader, tmp_path: Path, name: str, exif: dict[int, str] | None, size: tuple[int, int], kind: Kind
) -> None:
    path = write_picture(tmp_path / name, size, exif=exif)
    assert classify(reader.read(path), name) is kind


def test_a_png_is_told_by_its_pixels(reader: PictureReader, tmp_path: Path) -> None:
    assert classify(reader.read(write_noise_picture(tmp_path / "a.png")), "a.png") is Kind.PHOTO
    assert classify(reader.read(write_picture(tmp_path / "b.png", (500, 400))), "b.png") is Kind.SCREENSHOT


def test_app_and_window_come_only_from_metadata(reader: PictureReader, tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Application", "Firefox")
    told.add_text("Title", "Your booking")
    told_path = write_picture(tmp_path / "a.png", pnginfo=told)
    assert find_app_and_window(reader.read(told_path), "a.png") == ("Firefox", "Your booking")
    plain = reader.read(write_picture(tmp_path / "b.png"))
    assert find_app_and_window(plain, "b.png") == (None, None)
    assert find_app_and_window(plain, "Screenshot_20240101-120000_Chrome.jpg") == ("Chrome", None)
