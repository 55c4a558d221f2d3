"""Which windows a Wayland desktop tells of, over a real socket, by a compositor of our own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.screen import NoScreen
from ingest.wayland_windows import MANAGER, OUTPUT, ToplevelList
from tests.support.wayland_compositor import ACTIVATED, MINIMIZED, Compositor


@pytest.fixture
def compositor(tmp_path: Path) -> Iterator[Compositor]:
    made = Compositor(tmp_path / "wayland-7")
    yield made
    made.close()


@pytest.fixture
def windows(compositor: Compositor, tmp_path: Path) -> Iterator[ToplevelList]:
    made = ToplevelList(tmp_path / "wayland-7")
    yield made
    made.close()


def told(windows: ToplevelList) -> list[tuple[str, str, bool, bool]]:
    return [(one.app, one.title, one.is_active, one.is_minimized) for one in windows.list_windows()]


def test_windows_come_change_and_go_and_each_change_counts(compositor: Compositor, windows: ToplevelList) -> None:
    assert (windows.is_complete, told(windows)) == (True, [])
    notes = compositor.open_window("notes", "Einkäufe – heute", ACTIVATED)
    vault = compositor.open_window("vault", "Pässe", MINIMIZED)
    assert told(windows) == [("notes", "Einkäufe – heute", True, False), ("vault", "Pässe", False, True)]
    before = windows.n_changes
    compositor.rename(notes, "Einkäufe – heute")
    windows.list_windows()
    assert windows.n_changes == before  # the same again is no change
    compositor.rename(notes, "Morgen")
    compositor.rename(notes, "Einkäufe – heute")  # what came and went between two looks still counts
    assert told(windows)[0][1] == "Einkäufe – heute"
    assert windows.n_changes == before + 2
    compositor.close_window(vault)
    assert told(windows) == [("notes", "Einkäufe – heute", True, False)]
    windows.list_windows()
    assert compositor.destroyed == [vault]
    assert compositor.versions == {MANAGER: 3, OUTPUT: 4}


def test_monitors_that_change_or_go_are_noticed(compositor: Compositor, windows: ToplevelList) -> None:
    before = windows.n_outputs
    for _ in range(2):  # told again, it is no change
        compositor.change_monitor()
        windows.list_windows()
        assert windows.n_outputs == before + 1
    compositor.remove_monitor()
    windows.list_windows()
    assert windows.n_outputs == before + 2


@pytest.mark.parametrize("is_deaf", [True, False])
def test_a_compositor_that_tells_no_windows_any_more_is_no_list(
    compositor: Compositor, tmp_path: Path, is_deaf: bool
) -> None:
    windows = ToplevelList(tmp_path / "wayland-7", patience_s=0.2)
    compositor.is_deaf = is_deaf
    if not is_deaf:
        compositor.finish()
    with pytest.raises(NoScreen, match="any more"):
        windows.list_windows()
    windows.close()


@pytest.mark.parametrize("data", [b"\1\0\0\0\0\0\0\0", b"\2\0\0\0\0\0\x0c\0\xff\xff\xff\xff", b"\1\0\0\0\0\0\x08\0"])
def test_what_is_no_message_ends_it(compositor: Compositor, windows: ToplevelList, data: bytes) -> None:
    compositor.tell_raw(data)
    with pytest.raises(NoScreen):
        windows.list_windows()


def test_a_compositor_that_dies_or_is_not_there_is_told(
    compositor: Compositor, windows: ToplevelList, tmp_path: Path
) -> None:
    compositor.close()
    with pytest.raises(NoScreen, match="any more"):
        windows.take_in()
    with pytest.raises(NoScreen, match="cannot be reached"):
        ToplevelList(tmp_path / "nothing")


def test_numbers_that_are_free_again_are_used_again(compositor: Compositor, windows: ToplevelList) -> None:
    for _ in range(50):
        windows.list_windows()
    assert compositor.highest < 20  # a compositor's list of them is as long as the highest


def test_a_desktop_without_the_list_says_so(tmp_path: Path) -> None:
    compositor = Compositor(tmp_path / "w", offers=((OUTPUT, 4),))
    windows = ToplevelList(tmp_path / "w")
    assert not windows.is_complete
    windows.close()
    compositor.close()
