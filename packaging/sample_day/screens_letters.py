"""Paints the windows of the sample day in which people write to each other: a chat and a mail."""

from __future__ import annotations

from paint import HEIGHT_PX, WIDTH_PX, Canvas, window

_CHATS = (
    ("Daniel", "Don't forget grandma!", "11:40"),
    ("Bluefin team", "Peter: batteries on Friday", "10:02"),
    ("Marta", "See you on Friday at one", "09:17"),
    ("Yoga Graça", "Class moves to 18:45", "Tue"),
    ("Mr Keller", "Third floor, the left door", "Tue"),
    ("Mum", "Photo", "Mon"),
)
_MESSAGES = (
    (False, "Morning! My train gets in at 19:52 at Oriente.", "11:31"),
    (True, "Great. Which coach? I'll wait on the platform.", "11:32"),
    (False, "Coach 4. I bring the drill, the ladder stays at home.", "11:33"),
    (True, "Can you stay until Sunday?", "11:34"),
    (False, "Only until Saturday evening, I work on Sunday.", "11:36"),
    (True, "OK. I ordered grandma's cake at Padaria Lima.\nPick-up is Saturday before noon, order 57.", "11:38"),
    (False, "Don't forget grandma! She turns 84 on Sunday.", "11:40"),
)


def chat() -> Canvas:
    """A conversation with the brother, beside a list of other chats."""
    canvas = Canvas("#f4f1ec")
    window(canvas, "Daniel — Pigeon Messenger", clock="11:41")
    canvas.box(0, 60, 330, HEIGHT_PX - 60, "#ffffff")
    canvas.box(16, 74, 298, 32, "#eef0f3", radius=16)
    canvas.text(34, 82, "Search", 13, "#7b838e")
    for row, (name, last, time) in enumerate(_CHATS):
        top = 122 + row * 68
        if row == 0:
            canvas.box(0, top - 6, 330, 66, "#e3eef9")
        canvas.disc(44, top + 26, 22, ("#4d7fb8", "#3f8f6b", "#b7683c", "#7c5aa6", "#5c6773", "#b04a6a")[row])
        canvas.text(44, top + 17, name[0], 16, "#ffffff", align="center", bold=True)
        canvas.text(80, top + 8, name, 14, bold=True)
        canvas.text(80, top + 30, last, 13, "#59626d")
        canvas.text(316, top + 9, time, 11, "#7b838e", align="right")
    canvas.line(330, 60, 330, HEIGHT_PX)
    canvas.box(331, 60, WIDTH_PX - 331, 52, "#ffffff")
    canvas.text(356, 68, "Daniel", 15, bold=True)
    canvas.text(356, 89, "online", 12, "#3f8f6b")
    y = 136.0
    for mine, words, time in _MESSAGES:
        y = _bubble(canvas, y, mine, words, time)
    canvas.box(331, HEIGHT_PX - 60, WIDTH_PX - 331, 60, "#ffffff")
    canvas.box(350, HEIGHT_PX - 48, 840, 36, "#eef0f3", radius=18)
    canvas.text(370, HEIGHT_PX - 38, "Write a message", 14, "#7b838e")
    canvas.disc(1232, HEIGHT_PX - 30, 18, "#2f6fb2")
    canvas.area(((1226, HEIGHT_PX - 38), (1242, HEIGHT_PX - 30), (1226, HEIGHT_PX - 22)), "#ffffff")
    return canvas


def _bubble(canvas: Canvas, y: float, mine: bool, words: str, time: str) -> float:
    lines = words.split("\n")
    width = 68 + max(len(line) for line in lines) * 7.1
    height = 20 + len(lines) * 21
    x = WIDTH_PX - 30 - width if mine else 356
    canvas.box(x, y, width, height, "#d6efd9" if mine else "#ffffff", edge="#dcd8d0", radius=10)
    for row, line in enumerate(lines):
        canvas.text(x + 14, y + 10 + row * 21, line, 15)
    canvas.text(x + width - 10, y + height - 18, time, 11, "#7b838e", align="right")
    return y + height + 16


_MAILS = (
    ("Aqua Serviços", "Your appointment R-5518", "18:52"),
    ("Casa do Rio", "Your booking is confirmed", "15:36"),
    ("Green Paper", "Your invoice of October", "Mon"),
    ("City Library", "Two books are due on 20 October", "Mon"),
    ("Marta Reis", "Friday lunch", "Sun"),
    ("Gas Tejo", "Meter reading for September", "Sat"),
)


def mail() -> Canvas:
    """A mail about the repair of the boiler."""
    canvas = Canvas("#ffffff")
    window(canvas, "Your appointment R-5518 — Otter Mail", clock="19:10")
    canvas.box(0, 60, 190, HEIGHT_PX - 60, "#eef0f3")
    canvas.button(20, 76, 150, "New message", fill="#2f6fb2", color="#ffffff")
    for row, name in enumerate(("Inbox  6", "Starred", "Sent", "Drafts  1", "Archive", "Spam  12", "Bin")):
        top = 124 + row * 32
        if row == 0:
            canvas.box(8, top - 5, 174, 28, "#d9e5f2", radius=5)
        canvas.text(22, top, name, 14, bold=row == 0)
    for row, (sender, subject, time) in enumerate(_MAILS):
        top = 60 + row * 74
        canvas.box(190, top, 330, 74, "#e6f0fa" if row == 0 else "#ffffff")
        canvas.text(208, top + 14, sender, 14, bold=row < 2)
        canvas.text(504, top + 15, time, 12, "#7b838e", align="right")
        canvas.text(208, top + 40, subject, 13, "#3b424c")
        canvas.line(190, top + 73.5, 520, top + 73.5)
    canvas.line(520, 60, 520, HEIGHT_PX)
    canvas.text(552, 82, "Your appointment R-5518", 22, bold=True)
    canvas.disc(572, 142, 20, "#2b8a9e")
    canvas.text(572, 133, "A", 16, "#ffffff", align="center", bold=True)
    canvas.text(604, 126, "Aqua Serviços <service@aqua.example>", 14, bold=True)
    canvas.text(604, 147, "to Clara Hoffman, 14 October 2026, 18:52", 13, "#59626d")
    canvas.line(552, 178, 1250, 178)
    y = 200.0
    for part in (
        "Dear Ms Hoffman,",
        "we confirm the repair of your boiler on Thursday, 15 October, between 8:00 and 10:00. "
        "Our technician Nuno Faria will ring at the door of Rua da Graça 61, first floor.",
        "The call-out fee is 45 euros and includes the first half hour. Each further half hour costs 28 euros. "
        "The pressure sensor that he will change costs about 60 euros and has a guarantee of two years.",
        "If you cannot be at home, please tell us by 20:00 today: phone 21 555 01 77, job number R-5518.",
        "Please keep the boiler switched off until then.",
        "Kind regards\nSofia Matos\nAqua Serviços",
    ):
        y = canvas.paragraph(552, y, 690, part, 15) + 12
    canvas.button(552, y + 16, 90, "Reply")
    canvas.button(654, y + 16, 90, "Forward")
    return canvas
