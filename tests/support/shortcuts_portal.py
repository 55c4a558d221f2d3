"""Portals of global shortcuts: one that programs speak to, and what a desktop puts behind the real one."""

from __future__ import annotations

from typing import Any

from tests.support.session_bus import Portal, Service

PATH = Portal.PATH
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
Shortcuts = list[tuple[str, dict[str, tuple[str, Any]]]]


class ShortcutsPortal(Portal):
    """Gives what is wished for; ``code`` 1 is a user who says no, None one who thinks for ever.

    Attributes:
        bound: Which shortcuts were asked for, with descriptions and wished triggers.
        registered: Who said to be which program.
    """

    def __init__(self, *, code: int | None = 0, trigger: str = "Press Ctrl+Alt+M") -> None:
        self.bound: Shortcuts = []
        self.registered: list[str] = []
        self.session = ""
        self._code, self._trigger = code, trigger
        super().__init__()

    def answer(self, message: Any, member: str, sender: str) -> None:
        """See ``Service``."""
        body = message.body
        if member == "Get":
            self.reply(message, "v", (("u", 1),))
        elif member == "Register":
            self.registered.append(body[0])
            self.reply(message)
        elif member == "Close":
            self.take_close(message)
        elif member == "CreateSession":
            self.session = self.name_session(sender, body[0])
            self.respond(message, sender, body[0], {"session_handle": ("s", self.session)}, 0)
        elif member == "BindShortcuts":
            self.bound = body[1]
            given = [(name, {"trigger_description": ("s", self._trigger)}) for name, _told in self.bound[:1]]
            self.respond(message, sender, body[3], {"shortcuts": ("a(sa{sv})", given)}, self._code)
        else:
            self.refuse(message)

    def press(self, name: str, *, session: str = "") -> None:
        """A finger presses a key."""
        self.emit(PATH, SHORTCUTS, "Activated", "osta{sv}", (session or self.session, name, 0, {}))

    def let_go(self, name: str) -> None:
        """And lets go of it."""
        self.emit(PATH, SHORTCUTS, "Deactivated", "osta{sv}", (self.session, name, 0, {}))

    def change(self, name: str, trigger: str) -> None:
        """The user chose another key in the desktop's settings."""
        told = [(name, {"trigger_description": ("s", trigger)})]
        self.emit(PATH, SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", (self.session, told))

    def take_back(self) -> None:
        """The desktop ends the session."""
        self.end_session(self.session)


class ShortcutsBackend(Service):
    """What a desktop puts behind the real portal: every wish is granted, pressed as it was wished."""

    def __init__(self) -> None:
        self.session = ""
        self.bound: Shortcuts = []
        self.ended: list[str] = []
        super().__init__("org.freedesktop.impl.portal.desktop.tried")

    def answer(self, message: Any, member: str, _sender: str) -> None:
        """See ``Service``."""
        from jeepney import HeaderFields

        body = message.body
        if member in ("Get", "GetAll"):
            self.reply(message, *(("v", (("u", 1),)) if member == "Get" else ("a{sv}", ({"version": ("u", 1)},))))
        elif member == "CreateSession":
            self.session = body[1]
            self.reply(message, "ua{sv}", (0, {}))
        elif member == "BindShortcuts":
            self.bound = body[2]
            given = [(name, {**told, "trigger_description": told["preferred_trigger"]}) for name, told in self.bound]
            self.reply(message, "ua{sv}", (0, {"shortcuts": ("a(sa{sv})", given)}))
        elif member == "Close":
            self.ended.append(message.header.fields[HeaderFields.path])
            self.reply(message)
        else:
            self.refuse(message)

    def press(self, name: str) -> None:
        """A finger presses a key."""
        body = (self.session, name, 0, {})
        self.emit(PATH, "org.freedesktop.impl.portal.GlobalShortcuts", "Activated", "osta{sv}", body)
