from __future__ import annotations

import threading

from hypothesis import given
from hypothesis import strategies as st

from ingest.ring import Ring


def test_bytes_come_out_in_order_across_the_end_of_the_ring() -> None:
    ring = Ring(10)
    taken = b""
    for number in range(50):
        ring.write(bytes([number] * 7))
        taken += ring.read(3) + ring.read(100)
    assert taken == b"".join(bytes([number] * 7) for number in range(50))


def test_what_does_not_fit_is_counted_where_it_is_missing() -> None:
    ring = Ring(8)
    ring.write(b"aaaa")
    ring.write(b"bbbb")
    ring.write(b"lost")
    ring.write(b"gone")
    assert ring.take_loss() == 0
    assert ring.read(4) == b"aaaa"
    ring.write(b"cccc")
    assert ring.read(100) == b"bbbb"
    assert ring.take_loss() == 8
    assert ring.take_loss() == 0
    assert ring.read(100) == b"cccc"


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=60))
def test_zeros_in_the_place_of_what_was_lost_give_what_was_written(moves: list[tuple[int, int]]) -> None:
    ring, n_written, out, n_lost = Ring(16), 0, bytearray(), 0

    def take(n_bytes: int) -> int:
        nonlocal n_lost
        out.extend(ring.read(n_bytes))
        lost = ring.take_loss()
        out.extend(bytes(lost))
        n_lost += lost
        return lost

    for n_in, n_out in moves:
        ring.write(bytes(1 + number % 255 for number in range(n_written, n_written + n_in)))
        n_written += n_in
        take(n_out)
    ring.write(b"")  # so that a loss at the very end is noted
    while ring.n_waiting or take(0):
        take(100)
    assert len(out) == n_written
    assert all(byte in (0, 1 + number % 255) for number, byte in enumerate(out))
    assert out.count(0) == n_lost


def test_a_place_where_the_system_lost_sound_is_told_once_and_not_read_across() -> None:
    ring = Ring(100)
    ring.write(b"before")
    ring.note_overflow()
    ring.write(b"after")
    assert (ring.take_break(), ring.read(50), ring.read(50)) == (False, b"before", b"")
    assert (ring.take_break(), ring.take_break(), ring.read(50)) == (True, False, b"after")


def test_one_thread_writes_while_another_reads() -> None:
    ring, block, n_blocks = Ring(1 << 16), bytes(range(256)), 2000
    done = threading.Event()

    def write() -> None:
        for _ in range(n_blocks):
            while ring.n_waiting > (1 << 16) - 256:
                pass
            ring.write(block)
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    taken = bytearray()
    while not done.is_set() or ring.n_waiting:
        taken += ring.read(1000)
    thread.join()
    assert bytes(taken) == block * n_blocks
    assert ring.take_loss() == 0
