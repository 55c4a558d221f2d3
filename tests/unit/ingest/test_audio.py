from __future__ import annotations

import struct
import wave
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.audio import RATE_HZ, AudioInfo, choose_time, find_quiet_cut, open_recording, read_peaks
from ingest.errors import BadInput
from memory.records import TimeSource
from tests.support.ingest_files import NOW_US, patch, tone, write_wav

HOUR_US = 3_600_000_000


def hear(path: Path) -> np.ndarray:
    return np.concatenate([stretch.audio for stretch in open_recording(path).iter_stretches()])


def rms(audio: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(audio, dtype=np.float64))))


def encode(path: Path, codec: str, rate_hz: int, n_channels: int, *, created: str = "") -> Path:
    if codec == "vorbis":
        soundfile.write(path, tone(2.0, rate_hz, n_channels), rate_hz, format="OGG", subtype="VORBIS")
        return path
    layout = {1: "mono", 2: "stereo"}[n_channels]
    with av.open(str(path), "w") as container:
        if created:
            container.metadata["creation_time"] = created
        stream = container.add_stream(codec, rate=rate_hz, layout=layout)
        samples = tone(2.0, rate_hz, n_channels).T.astype(np.float32)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout=layout)
        frame.sample_rate = rate_hz
        resampler = av.AudioResampler(stream.format.name, layout, rate_hz)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            for packet in stream.encode(piece):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return path


@pytest.mark.parametrize("n_channels", [1, 2, 3, 4, 6, 8, 12, 16])
@pytest.mark.parametrize(
    ("rate_hz", "subtype"),
    [(8_000, "PCM_U8"), (16_000, "PCM_16"), (44_100, "PCM_24"), (48_000, "DOUBLE"), (192_000, "FLOAT")],
)
def test_every_width_and_rate_comes_out_as_mono_16_khz(
    tmp_path: Path, n_channels: int, rate_hz: int, subtype: str
) -> None:
    path = tmp_path / "x.wav"
    soundfile.write(path, tone(1.0, rate_hz, n_channels), rate_hz, subtype=subtype)
    recording = open_recording(path)
    audio = hear(path)
    assert (recording.info.n_channels, recording.info.rate_hz) == (n_channels, rate_hz)
    assert audio.dtype == np.float32
    assert len(audio) == pytest.approx(RATE_HZ, abs=32)
    assert rms(audio[1000:-1000]) == pytest.approx(0.3 / np.sqrt(2), rel=0.02)
    spectrum = np.abs(np.fft.rfft(audio[:RATE_HZ]))
    assert np.argmax(spectrum) == pytest.approx(300, abs=2)


@pytest.mark.parametrize(
    ("name", "codec", "rate_hz", "n_channels"),
    [
        ("x.mp3", "libmp3lame", 44_100, 2),
        ("x.m4a", "aac", 48_000, 2),
        ("x.ogg", "vorbis", 44_100, 1),
        ("x.opus", "libopus", 48_000, 2),
        ("x.flac", "flac", 22_050, 1),
        ("x.webm", "libopus", 48_000, 1),
        ("x.mkv", "pcm_s16le", 48_000, 2),
        ("x.mp4", "aac", 44_100, 1),
    ],
)
def test_every_container_is_read(tmp_path: Path, name: str, codec: str, rate_hz: int, n_channels: int) -> None:
    audio = hear(encode(tmp_path / name, codec, rate_hz, n_channels))
    assert len(audio) / RATE_HZ == pytest.approx(2.0, abs=0.1)
    assert rms(audio[2000:-2000]) == pytest.approx(0.3 / np.sqrt(2), rel=0.1)


def test_a_video_without_sound_is_refused_in_words(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "v.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(5):
            frame = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(BadInput, match="a video without sound"):
        open_recording(tmp_path / "v.mp4")


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 1000, 10**9, 0x7FFFFFFE])
def test_a_wave_file_is_read_whole_whatever_length_its_header_tells(tmp_path: Path, size: int) -> None:
    path = write_wav(tmp_path / "x.wav", 1.5)
    offset = path.read_bytes().index(b"data") + 4
    assert len(hear(patch(path, offset, struct.pack("<I", size)))) == 24_000


def test_chunks_behind_the_sound_are_not_heard(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "x.wav", 1.0)
    path.write_bytes(path.read_bytes() + b"LIST" + struct.pack("<I", 400) + b"INFO" + bytes(396))
    recording = open_recording(path)
    assert len(hear(path)) == 16_000
    assert recording.notes == []


@pytest.mark.parametrize(("offset", "data"), [(32, b"\x07\x00"), (28, b"\x00\x00\x00\x00"), (4, b"\xff\xff\xff\x7f")])
def test_wrong_block_sizes_and_rates_of_bytes_do_no_harm(tmp_path: Path, offset: int, data: bytes) -> None:
    assert len(hear(patch(write_wav(tmp_path / "x.wav"), offset, data))) == 16_000


@pytest.mark.parametrize(
    ("offset", "data", "words"),
    [
        (22, struct.pack("<H", 0), "0 channels"),
        (22, struct.pack("<H", 17), "17 channels; at most 16"),
        (22, struct.pack("<H", 65535), "65535 channels; at most 16"),
        (24, struct.pack("<I", 0), "damaged"),
        (24, struct.pack("<I", 0xFFFFFFF0), "damaged"),
    ],
)
def test_impossible_headers_are_refused(tmp_path: Path, offset: int, data: bytes, words: str) -> None:
    path = patch(write_wav(tmp_path / "x.wav"), offset, data)
    with pytest.raises(BadInput, match=words) as caught:
        hear(path)
    assert caught.value.hint


def test_rf64_is_read(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.wav", tone(1.0), 16_000, format="RF64", subtype="PCM_16")
    assert len(hear(tmp_path / "x.wav")) == 16_000


def test_of_a_cut_file_the_rest_is_kept_and_noted(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.flac", tone(3.0, n_channels=2), 16_000)
    data = (tmp_path / "x.flac").read_bytes()
    (tmp_path / "x.flac").write_bytes(data[: len(data) // 2])
    recording = open_recording(tmp_path / "x.flac")
    n_samples = sum(len(stretch.audio) for stretch in recording.iter_stretches())
    assert 10_000 < n_samples < 40_000
    assert any("damaged" in note for note in recording.notes)


def test_no_numbers_become_silence_and_loud_floats_come_back_into_range(tmp_path: Path) -> None:
    samples = tone(2.0).astype(np.float32)
    samples[100:200] = np.nan
    samples[300] = np.inf
    samples[8000:] *= 30_000
    soundfile.write(tmp_path / "x.wav", samples, 16_000, subtype="FLOAT")
    recording = open_recording(tmp_path / "x.wav")
    audio = np.concatenate([stretch.audio for stretch in recording.iter_stretches()])
    assert np.isfinite(audio).all()
    assert np.abs(audio).max() <= 1
    assert recording.notes == ["101 samples were no numbers and count as silence"]


def test_long_sound_comes_in_stretches_that_join_without_a_seam_and_can_be_gone_on_with(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    sound = rng.uniform(-0.3, 0.3, RATE_HZ * 30).astype(np.float32)
    sound[RATE_HZ * 8 : RATE_HZ * 9] = 0
    soundfile.write(tmp_path / "x.wav", sound, RATE_HZ, subtype="FLOAT")
    whole = list(open_recording(tmp_path / "x.wav").iter_stretches(stretch_s=10))
    assert np.array_equal(np.concatenate([s.audio for s in whole]), sound)
    assert [s.is_last for s in whole] == [False] * (len(whole) - 1) + [True]
    assert 8 <= whole[0].duration_s <= 9  # cut in the quiet
    for n_done in range(1, len(whole)):
        skip = sum(len(s.audio) for s in whole[:n_done])
        rest = list(open_recording(tmp_path / "x.wav").iter_stretches(skip_samples=skip, stretch_s=10))
        assert [s.start_sample for s in rest] == [s.start_sample for s in whole[n_done:]]
        assert all(np.array_equal(a.audio, b.audio) for a, b in zip(rest, whole[n_done:], strict=True))


def test_the_cut_falls_into_the_pause() -> None:
    sound = np.random.default_rng(1).uniform(-0.5, 0.5, RATE_HZ * 100).astype(np.float32)
    sound[RATE_HZ * 80 : RATE_HZ * 81] *= 0.01
    assert 80 <= find_quiet_cut(sound) / RATE_HZ <= 81


@example(changes={34: 57})  # 64 bits a sample
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(st.integers(0, 60), st.integers(0, 255), min_size=1, max_size=8))
def test_a_fuzzed_wave_header_gives_sound_or_a_sentence(tmp_path: Path, changes: dict[int, int]) -> None:
    path = write_wav(tmp_path / "x.wav", 0.2)
    data = bytearray(path.read_bytes())
    for offset, value in changes.items():
        data[offset] = value
    path.write_bytes(data)
    words = ""
    audio = np.zeros(0)
    try:
        audio = hear(path)
    except BadInput as error:
        words = str(error)
    assert ("x.wav" in words) != (len(audio) > 0)
    assert np.isfinite(audio).all()
    assert len(audio) < RATE_HZ * 60


def test_a_random_file_named_mp3_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.mp3").write_bytes(np.random.default_rng(0).bytes(30_000))
    with pytest.raises(BadInput, match=r"“x\.mp3”"):
        hear(tmp_path / "x.mp3")


def build_info(created_us: int | None = None) -> AudioInfo:
    return AudioInfo(n_channels=1, rate_hz=16_000, codec="flac", has_video=False, created_us=created_us, claimed_s=60.0)


def test_the_start_is_told_else_metadata_else_name_else_file_time() -> None:
    created_us = NOW_US - HOUR_US
    common = {"duration_s": 60.0, "file_us": NOW_US, "zone": "Europe/Berlin", "now_us": NOW_US}
    named = "2026-11-10_14-03-05.wav"
    told = choose_time(build_info(created_us), name=named, at_us=5, **common)
    assert (told.us, told.source) == (5, TimeSource.GIVEN)
    recorded = choose_time(build_info(created_us), name=named, at_us=None, **common)
    assert (recorded.us, recorded.source) == (created_us, TimeSource.RECORDING)
    by_name = choose_time(build_info(), name=named, at_us=None, **common)
    assert (by_name.us, by_name.source) == (1_794_315_785_000_000, TimeSource.NAME)
    by_file = choose_time(build_info(), name="memo.wav", at_us=None, **common)
    assert (by_file.us, by_file.source) == (NOW_US - 60_000_000, TimeSource.FILE)
    wrong_clock = choose_time(build_info(NOW_US + 48 * HOUR_US), name="memo.wav", at_us=None, **common)
    assert wrong_clock.source is TimeSource.FILE
    unset_clock = choose_time(build_info(-2_082_844_800_000_000), name="memo.wav", at_us=None, **common)
    assert unset_clock.source is TimeSource.FILE


def test_creation_time_is_read_from_the_container(tmp_path: Path) -> None:
    path = encode(tmp_path / "x.m4a", "aac", 44_100, 1, created="2024-05-05T10:00:00Z")
    assert open_recording(path).info.created_us == 1_714_903_200_000_000


def test_peaks_follow_the_sound(tmp_path: Path) -> None:
    samples = np.zeros(64_000, np.float32)
    samples[32_000:48_000] = 0.5
    soundfile.write(tmp_path / "x.wav", samples, 16_000)
    peaks = read_peaks(tmp_path / "x.wav", offset_s=1.0, duration_s=3.0, n_points=6)
    assert peaks == pytest.approx([0, 0, 0.5, 0.5, 0, 0], abs=0.01)


def test_the_standard_library_reads_our_test_file_too(tmp_path: Path) -> None:
    with wave.open(str(write_wav(tmp_path / "x.wav", 0.5)), "rb") as file:
        assert file.getnframes() == len(hear(tmp_path / "x.wav"))
