import numpy as np
import pytest

from ingest.hearing.stft import Stft


@pytest.mark.parametrize(("frame", "hop"), [(512, 128), (1024, 256), (4096, 1024), (512, 256)])
@pytest.mark.parametrize("n_samples", [1, 700, 16_000])
def test_inverse_gives_the_audio_back_within_minus_100_db(frame: int, hop: int, n_samples: int) -> None:
    stft = Stft(frame, hop)
    audio = np.random.default_rng(1).normal(0, 0.1, (3, n_samples)).astype(np.float32)
    spectra = stft.forward(audio)
    assert spectra.shape == (3, stft.n_bins, stft.n_frames(n_samples))
    assert spectra.dtype == np.complex64
    back = stft.inverse(spectra, n_samples)
    assert back.shape == audio.shape
    assert 20 * np.log10(np.abs(back - audio).max() / np.abs(audio).max()) < -100


def test_a_tone_peaks_in_its_bin() -> None:
    stft = Stft(1024, 256)
    tone = np.sin(2 * np.pi * 1000 * np.arange(16_000) / 16_000).astype(np.float32)
    level = np.abs(stft.forward(tone)[0, :, 20])
    assert stft.freqs_hz()[level.argmax()] == pytest.approx(1000, abs=8)


@pytest.mark.parametrize(("frame", "hop"), [(512, 0), (512, 300), (511, 128), (2, 1)])
def test_a_transform_that_cannot_be_undone_is_refused(frame: int, hop: int) -> None:
    with pytest.raises(ValueError, match="invertible"):
        Stft(frame, hop)
