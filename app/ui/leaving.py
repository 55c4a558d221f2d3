"""What closing the window means: the end of everything, or going on recording in the tray, as the user said.

Role: decides. Nothing goes on in the background that the user did not choose, and only where a tray shows it.
"""

from __future__ import annotations

from enum import StrEnum


class Leave(StrEnum):
    """What happens when the window is closed."""

    QUIT = "quit"
    TRAY = "tray"
    ASK = "ask"


def decide(*, rule: str, is_live: bool, has_tray: bool, wants_quit: bool) -> Leave:
    """Decide what closing means now.

    Args:
        rule: The setting ``on_close``: "ask", "quit" or "tray".
        is_live: Whether something was asked to be recorded.
        has_tray: Whether the desktop shows a tray.
        wants_quit: Whether the user said quit, not close.
    """
    if wants_quit or not is_live or not has_tray:
        return Leave.QUIT
    return Leave(rule)
