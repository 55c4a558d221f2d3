"""Threads that compute stand behind those that paint and record."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from models.priority import BEHIND, step_back


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a nice value of each thread")
def test_a_thread_steps_back_alone_and_those_it_makes_stand_with_it() -> None:
    found: list[int] = []

    def look() -> None:
        found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    def work() -> None:
        step_back()
        look()
        child = threading.Thread(target=look)
        child.start()
        child.join()

    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert found == [max(before, BEHIND)] * 2
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before
