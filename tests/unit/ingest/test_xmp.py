"""XMP in pictures and beside them: what people wrote, who is shown, when and where; and packets that mean harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from ingest.pictures import PictureReader
from ingest.xmp import MAX_BYTES, XmpFacts, parse_xmp
from memory.records import TimeSource
from memory.store import Memory
from tests.support.ingest_files import build_importer, write_picture

PACKET = (
    """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
  xmp:Rating="4" exif:DateTimeOriginal="2021-05-04T10:11:12+02:00" exif:GPSLatitude="48,51.504N"
  exif:GPSLongitude="2,17,40.2E">
 <dc:title><rdf:Alt><rdf:li xml:lang="x-default">The tower</rdf:li></rdf:Alt></dc:title>
 <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Before rain &amp; after lunch</rdf:li></rdf:Alt></dc:description>
 <dc:subject><rdf:Bag><rdf:li>holiday</rdf:li><rdf:li>iron</rdf:li></rdf:Bag></dc:subject>
 <mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>
  <rdf:li><rdf:Description mwg-rs:Name="Ana Sousa" mwg-rs:Type="Face"/></rdf:li>
  <rdf:li rdf:parseType="Resource"><mwg-rs:Name>Ben</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type></rdf:li>
  <rdf:li><rdf:Description mwg-rs:Name="Rex" mwg-rs:Type="Pet"/></rdf:li>
 </rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
    + " " * 2000
)


def test_a_packet_says_who_what_when_and_where() -> None:
    facts = parse_xmp(PACKET)
    assert (facts.title, facts.description) == ("The tower", "Before rain & after lunch")
    assert facts.keywords == ("holiday", "iron")
    assert facts.people == ("Ana Sousa", "Ben")
    assert facts.rating == 4
    assert (facts.local_time, facts.offset) == ("2021-05-04T10:11:12", "+02:00")
    assert (facts.lat, facts.lon) == pytest.approx((48.8584, 2.2945))
    assert facts.words == "The tower\nBefore rain & after lunch\nholiday, iron\nAna Sousa, Ben"


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "' + "x" * 9000 + '">]><a>' + "&b;" * 90000 + "</a>"


@pytest.mark.parametrize(
    "packet",
    ["", "no xml", BOMB, "<a>" * 100_000, "<a>" + "x" * MAX_BYTES, PACKET[:900], b"\xff\xfe<\0a\0", '<a b="1" b="2"/>'],
)  # fmt: skip
def test_a_hostile_packet_says_nothing(packet: str | bytes) -> None:
    assert parse_xmp(packet) == XmpFacts()


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tiff", "avif"])
def test_it_is_read_out_of_every_format(tmp_path: Path, suffix: str) -> None:
    path = write_picture(tmp_path / "plain.png")
    with Image.open(path) as image:
        if suffix == "png":
            from PIL.PngImagePlugin import PngInfo

            told = PngInfo()
            told.add_itxt("XML:com.adobe.xmp", PACKET)
            image.save(tmp_path / "x.png", pnginfo=told)
        elif suffix == "tiff":
            image.save(tmp_path / "x.tiff", tiffinfo={700: PACKET.encode()})
        else:
            image.save(tmp_path / f"x.{suffix}", xmp=PACKET.encode())
    reader = PictureReader()
    try:
        assert reader.read(tmp_path / f"x.{suffix}").xmp.title == "The tower"
    finally:
        reader.close()


def test_a_sidecar_is_found_by_and_corrects_its_picture(tmp_path: Path) -> None:
    exif = {0x8769: {0x9003: "2026:03:04 10:00:00", 0x9011: "+00:00"}}
    write_picture(tmp_path / "IMG_1.jpg", exif=exif)
    write_picture(tmp_path / "IMG_2.jpg", (80, 60), exif=exif)
    (tmp_path / "IMG_1.xmp").write_text(PACKET)
    with Memory.open(tmp_path / "home", use_chroma=False) as memory:
        importer = build_importer(memory)
        report = importer.import_paths([tmp_path / "IMG_1.jpg", tmp_path / "IMG_2.jpg"])
        importer.close()
        assert report.failed == ()
        one, two = sorted(memory.iter_moments(), key=lambda moment: str(moment.details["path"]))
        assert one.text == "Invoice 4711\nTotal 12.50\n" + parse_xmp(PACKET).words
        assert (one.started_us, one.zone) == (1_620_115_872_000_000, "+02:00")
        assert one.time_source is TimeSource.EXIF
        assert one.place is not None
        assert one.place.name == "Paris, France"
        assert one.details["xmp"]["people"] == ["Ana Sousa", "Ben"]
        assert len(one.details["lines"]) == 2
        assert two.text == "Invoice 4711\nTotal 12.50"
        assert [hit.moment for hit in memory.search_lexical(["sousa"])] == [one.id]
        assert all("sidecar" not in job.payload for job in memory.jobs.list_jobs())
