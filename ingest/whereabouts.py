"""Where the computer is, as far as it can tell: the names of the wireless networks it has joined.

Role: asks NetworkManager over the system bus and judges by the user's own places. Nothing is sent, nothing is scanned
for. A network's name is what its owner calls it: a phone's hotspot tells the phone, and a cable tells nothing.
Source: org.freedesktop.NetworkManager, Connection.Active (Type, State, SpecificObject) and AccessPoint (Ssid).
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from ingest.own_places import OwnPlace

log = logging.getLogger(__name__)
HERE = "at a place where nothing is kept"
UNKNOWN = "where the computer is could not be told, and there are places where nothing is kept"
_PATIENCE_S = 0.5
_BUS = "org.freedesktop.NetworkManager"
_WIRELESS, _ACTIVATED = "802-11-wireless", 2


def judge_place(places: Sequence[OwnPlace], networks: Iterable[str], *, keeps_unknown: bool) -> str | None:
    """Why nothing may be recorded where the computer is, or None.

    Args:
        places: The user's own; those that are excluded and have networks count.
        networks: What the computer has joined; none means that it is not known where it is.
        keeps_unknown: Whether to record where that is not known.
    """
    told = {name for place in places if place.is_excluded for name in place.networks}
    joined = set(networks)
    if not told:
        return None
    if joined & told:
        return HERE
    return None if joined or keeps_unknown else UNKNOWN


def find_networks() -> tuple[str, ...]:
    """Names of the wireless networks that are joined now; none where nobody can tell."""
    from jeepney.io.blocking import open_dbus_connection

    try:
        connection = open_dbus_connection("SYSTEM")
    except Exception as error:  # noqa: BLE001 - no bus is an ordinary thing
        log.info("no system bus: %s", type(error).__name__)
        return ()
    with contextlib.closing(connection):
        try:
            return tuple(_iter_networks(connection))
        except Exception as error:  # noqa: BLE001 - whatever a bus does, it says nothing of where we are
            log.info("the networks are not told: %s", type(error).__name__)
            return ()


def _iter_networks(connection: Any) -> Iterable[str]:
    for path in _get(connection, "/org/freedesktop/NetworkManager", _BUS, "ActiveConnections") or ():
        active = f"{_BUS}.Connection.Active"
        if _get(connection, path, active, "Type") != _WIRELESS or _get(connection, path, active, "State") != _ACTIVATED:
            continue
        ssid = _get(connection, _get(connection, path, active, "SpecificObject"), f"{_BUS}.AccessPoint", "Ssid")
        if ssid:
            yield bytes(ssid).decode("utf-8", errors="replace")


def _get(connection: Any, path: str | None, interface: str, name: str) -> Any:
    """A property, or None."""
    from jeepney import DBusAddress, MessageType, Properties

    if not path:
        return None
    message = Properties(DBusAddress(path, bus_name=_BUS, interface=interface)).get(name)
    message.header.flags |= 2  # NO_AUTO_START: asking must not start anything (D-Bus specification, Message Format)
    reply = connection.send_and_get_reply(message, timeout=_PATIENCE_S)
    return reply.body[0][1] if reply.header.message_type is MessageType.method_return else None
