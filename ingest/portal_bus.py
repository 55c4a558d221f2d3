"""Talking to the desktop portal: calls, and requests that a person answers in the desktop's own dialog.

Role: what "one picture" (``portal``), "the screen all day" (``screencast``) and "keys for every program"
(``portal_keys``) share. It knows the ways of the bus and nothing of pictures or keys.
Source: XDG Desktop Portal, interfaces Request (Response, Close), Session (Closed) and host.portal.Registry.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

BUS, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
CHOICE_S = 120.0
_ANSWER_S = 5.0  # the portal answers a call at once, and a request when the user has chosen
_LOOK_S = 0.1

Options = dict[str, tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Heard:
    """A signal: its name, what it is of, and what it tells."""

    member: str
    path: str
    body: tuple[Any, ...]


class NoPortal(Exception):
    """There is no desktop to ask."""


class NotOffered(Exception):
    """This desktop's portal does not know the call."""


class PortalBus:
    """One connection to the desktop's bus, for one interface of the portal.

    Args:
        interface: Its last name, "Screenshot".
        takes_files: Whether open files are handed over.

    Raises:
        NoPortal: there is no bus.
    """

    def __init__(self, interface: str, *, takes_files: bool = False) -> None:
        from jeepney import DBusAddress
        from jeepney.io.blocking import open_dbus_connection

        if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            raise NoPortal
        try:
            self._connection = open_dbus_connection("SESSION", enable_fds=takes_files)
        except Exception as error:
            raise NoPortal from error
        self._portal = DBusAddress(PATH, bus_name=BUS, interface=f"org.freedesktop.portal.{interface}")

    def call(self, member: str, signature: str, body: tuple[Any, ...]) -> tuple[Any, ...]:
        """Call a method that answers at once.

        Raises:
            NotOffered: the portal does not know it, or refuses it.
            OSError: the bus is gone, or the portal does not answer.
        """
        from jeepney import MessageType, new_method_call

        reply = self._ask(new_method_call(self._portal, member, signature, body))
        if reply.header.message_type is not MessageType.method_return:
            raise NotOffered(member)
        return tuple(reply.body)

    def read_version(self) -> int:
        """Which version of the interface this is; 0 where it is not offered.

        Raises:
            OSError: the bus is gone.
        """
        from jeepney import MessageType, Properties

        reply = self._ask(Properties(self._portal).get("version"))
        return int(reply.body[0][1]) if reply.header.message_type is MessageType.method_return else 0

    def request(
        self,
        member: str,
        signature: str,
        before: tuple[Any, ...],
        options: Options,
        *,
        choice_s: float = CHOICE_S,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[int, Options]:
        """Ask for something that the user grants.

        Args:
            member: The method, its last argument being the options.
            signature: Of all arguments.
            before: The arguments before the options.
            options: What is asked for, each with its D-Bus type.
            choice_s: How long the user may take.
            is_cancelled: Asked while the user chooses; nobody waits any more when it says yes.

        Returns:
            The response (0 given, 1 cancelled, 2 ended otherwise) and its results by name.

        Raises:
            NotOffered: this portal does not know it.
            TimeoutError: nobody chose in time.
            OSError: the bus is gone.
        """
        token = f"madeleine_{secrets.token_hex(8)}"
        path = self.own_path("request", token)  # known before the call, so that an answer cannot come too early
        with self.listen("Request", "Response", path) as answers:
            self.call(member, signature, (*before, {**options, "handle_token": ("s", token)}))
            until_s = time.monotonic() + choice_s
            while time.monotonic() < until_s and not is_cancelled():
                with contextlib.suppress(TimeoutError):
                    code, results = self._connection.recv_until_filtered(answers, timeout=min(_LOOK_S, choice_s)).body
                    return int(code), results
            # Nobody waits any more: the dialog must not stay. A portal that has just answered knows no such request.
            self.close_object("Request", path)
        raise TimeoutError

    @contextlib.contextmanager
    def listen(self, interface: str, member: str, path: str) -> Any:
        """Hear a signal while the block runs; yields where what is heard is put.

        The bus lets through what the portal sends; the filter on this side sees its unique name only.
        """
        from jeepney import MatchRule, message_bus

        heard = {"type": "signal", "interface": f"org.freedesktop.portal.{interface}", "member": member, "path": path}
        with self._connection.filter(MatchRule(**heard)) as signals:
            self._ask(message_bus.AddMatch(MatchRule(sender=BUS, **heard)))
            yield signals

    @contextlib.contextmanager
    def listen_owner(self) -> Any:
        """Hear while the block runs when the portal comes or goes: with it go all its sessions."""
        from jeepney import message_bus

        rule = _owner_rule()
        with self._connection.filter(rule) as signals:
            self._ask(message_bus.AddMatch(rule))
            yield signals

    def introduce(self, program: str) -> None:
        """Say which program this is, before anything else is asked; portals before 1.20 find it out by themselves.

        Raises:
            OSError: the bus is gone.
        """
        from jeepney import DBusAddress, new_method_call

        registry = DBusAddress(PATH, bus_name=BUS, interface="org.freedesktop.host.portal.Registry")
        self._ask(new_method_call(registry, "Register", "sa{sv}", (program, {})))

    def hear(self, interface: str, path: str) -> None:
        """Have the signals of an interface let through to ``next_signal``, and when the portal comes or goes.

        Raises:
            OSError: the bus is gone.
        """
        from jeepney import MatchRule, message_bus

        heard = {"type": "signal", "interface": f"org.freedesktop.portal.{interface}", "path": path}
        self._ask(message_bus.AddMatch(MatchRule(sender=BUS, **heard)))
        self._ask(message_bus.AddMatch(_owner_rule()))

    def next_signal(self, wake: int) -> Heard | None:
        """Wait for a signal; None when the file ``wake`` can be read before one has come.

        Raises:
            OSError: the bus is gone.
        """
        from jeepney import HeaderFields, MessageType

        while True:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                if wake in select.select([self._connection.sock, wake], [], [])[0]:
                    return None
                continue
            if message.header.message_type is MessageType.signal:
                fields = message.header.fields
                return Heard(fields[HeaderFields.member], fields[HeaderFields.path], tuple(message.body))

    def own_path(self, kind: str, token: str) -> str:
        """Where the portal puts a request or a session of this connection; known before it is asked for."""
        sender = self._connection.unique_name.lstrip(":").replace(".", "_")
        return f"{PATH}/{kind}/{sender}/{token}"

    def take_in(self, signals: deque[Any]) -> bool:
        """Read what has come meanwhile, without waiting; whether one of the signals was among it.

        Raises:
            OSError: the bus is gone.
        """
        with contextlib.suppress(TimeoutError):
            while True:
                self._connection.recv_messages(timeout=0)
        return bool(signals)

    def close_object(self, interface: str, path: str) -> None:
        """End a request or a session.

        Raises:
            OSError: the bus is gone.
        """
        from jeepney import DBusAddress, MessageFlag, new_method_call

        address = DBusAddress(path, bus_name=BUS, interface=f"org.freedesktop.portal.{interface}")
        message = new_method_call(address, "Close")
        message.header.flags |= MessageFlag.no_auto_start  # a portal that is gone knows nothing to close
        self._ask(message)

    def _ask(self, message: Any) -> Any:
        try:
            return self._connection.send_and_get_reply(message, timeout=_ANSWER_S)
        except TimeoutError as error:  # not the user's time to choose: that one is told by ``request``
            raise ConnectionError("the portal does not answer") from error

    def close(self) -> None:
        """Let go of the bus; what was granted over it ends."""
        with contextlib.suppress(OSError):
            self._connection.close()


def _owner_rule() -> Any:
    """What the bus says when the portal comes or goes (D-Bus specification, NameOwnerChanged)."""
    from jeepney import MatchRule

    rule = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
    rule.add_arg_condition(0, BUS)
    return rule
