import numpy as np

from ingest.hearing.gate import FLOOR_DB, gate_gains, quiet_leaks
from ingest.hearing.stft import Stft

STFT = Stft(1024, 256)


def two_streams(leak_db: float) -> np.ndarray:
    """One speaks in the first half and leaks into the other, which speaks in the second."""
    rng = np.random.default_rng(3)
    voices = rng.normal(size=(2, 513, 200)) + 1j * rng.normal(size=(2, 513, 200))
    voices[0, :, 100:] = 0
    voices[1, :, :100] = 0
    leak = 10 ** (leak_db / 20)
    return np.stack([voices[0] + leak * voices[1], voices[1] + leak * voices[0]]).astype(np.complex64)


def test_a_leak_of_minus_20_db_is_turned_down_and_the_voice_is_not() -> None:
    gains_db = 20 * np.log10(gate_gains(two_streams(-20), STFT))
    assert gains_db[0, :80].min() > -0.01
    assert gains_db[1, 120:].min() > -0.01
    assert gains_db[1, :70].max() < -10
    assert gains_db[0, 130:].max() < -10
    assert gains_db.min() >= FLOOR_DB - 0.01


def test_two_who_speak_at_once_stay_open() -> None:
    rng = np.random.default_rng(4)
    both = (rng.normal(size=(2, 513, 80)) + 1j * rng.normal(size=(2, 513, 80))).astype(np.complex64)
    both[1] *= 0.5
    assert gate_gains(both, STFT).min() > 0.99


def test_a_single_stream_is_left_alone() -> None:
    alone = two_streams(-20)[:1]
    assert quiet_leaks(alone, STFT) is alone
