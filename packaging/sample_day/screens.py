"""Paints the believable windows of the sample day: an editor, two invoices, an article, a slide.

The chat and the mail are in `screens_letters.py`; the bookings, the calendar and the map in `screens_web.py`.
Every name, number and address is invented.
"""

from __future__ import annotations

from collections.abc import Callable

from paint import HEIGHT_PX, MONO, SERIF, WIDTH_PX, Canvas, browser, window
from screens_letters import chat, mail
from screens_web import booking_coimbra, booking_porto, calendar, street_map

_KEYWORD, _STRING, _NUMBER, _COMMENT, _PLAIN, _NAME = "#c678dd", "#98c379", "#d19a66", "#7f8794", "#d7dae0", "#61afef"

Tokens = tuple[tuple[str, str], ...]
_CODE: tuple[Tokens, ...] = (
    (('"""What a ride costs, in euros."""', _STRING),),
    (),
    (("from ", _KEYWORD), ("dataclasses ", _PLAIN), ("import ", _KEYWORD), ("dataclass", _PLAIN)),
    (),
    (("UNLOCK_FEE_EUR = ", _PLAIN), ("0.90", _NUMBER)),
    (("PRICE_PER_MINUTE_EUR = ", _PLAIN), ("0.17", _NUMBER)),
    (("FREE_MINUTES = ", _PLAIN), ("5", _NUMBER)),
    (("DAILY_LIMIT_EUR = ", _PLAIN), ("18.00", _NUMBER)),
    (("LATE_RETURN_FEE_EUR = ", _PLAIN), ("2.50", _NUMBER)),
    (),
    (),
    (("@dataclass", _NAME), ("(frozen=", _PLAIN), ("True", _NUMBER), (")", _PLAIN)),
    (("class ", _KEYWORD), ("Ride", _NAME), (":", _PLAIN)),
    (("    minutes: ", _PLAIN), ("int", _NAME)),
    (("    late: ", _PLAIN), ("bool", _NAME)),
    (),
    (),
    (("def ", _KEYWORD), ("ride_price_eur", _NAME), ("(ride: Ride) -> ", _PLAIN), ("float", _NAME), (":", _PLAIN)),
    (('    """The price of one ride, never above the daily limit."""', _STRING),),
    (("    paid_minutes = max(", _PLAIN), ("0", _NUMBER), (", ride.minutes - FREE_MINUTES)", _PLAIN)),
    (("    price = UNLOCK_FEE_EUR + paid_minutes * PRICE_PER_MINUTE_EUR", _PLAIN),),
    (("    if ", _KEYWORD), ("ride.late:", _PLAIN)),
    (("        price += LATE_RETURN_FEE_EUR", _PLAIN),),
    (("    # TODO(robert): round to 5 cents before the release on Monday", _COMMENT),),
    (("    return ", _KEYWORD), ("min(price, DAILY_LIMIT_EUR)", _PLAIN)),
)


def code() -> Canvas:
    """An editor with a module that holds the prices of the bike rental."""
    canvas = Canvas("#21252b")
    window(canvas, "pricing.py — rental — Tern Editor", dark=True, clock="10:48")
    canvas.box(0, 60, 232, HEIGHT_PX - 60, "#1c1f25")
    canvas.text(18, 74, "EXPLORER", 11, "#9aa1ac", bold=True)
    files = (("▾ rental", 0), ("▾ app", 1), ("booking.py", 2), ("payment.py", 2), ("pricing.py", 2), ("stations.py", 2))
    more = (("▾ tests", 1), ("test_payment.py", 2), ("test_pricing.py", 2), ("README.md", 1), ("pyproject.toml", 1))
    for row, (name, depth) in enumerate(files + more):
        y = 98 + row * 25
        if name == "pricing.py":
            canvas.box(0, y - 4, 232, 25, "#323842")
        canvas.text(20 + depth * 16, y, name, 13, "#e6e9ee" if name == "pricing.py" else "#aab1bc", font="DejaVu Sans")
    canvas.box(232, 60, WIDTH_PX - 232, 34, "#1c1f25")
    canvas.box(232, 60, 150, 34, "#282c34")
    canvas.text(252, 69, "pricing.py", 13, "#e6e9ee")
    canvas.text(400, 69, "payment.py", 13, "#8b929d")
    canvas.box(232, 94, WIDTH_PX - 232, 482, "#282c34")
    canvas.box(232, 106 + 23 * 19 - 1, WIDTH_PX - 232, 19, "#2f343e")
    for number, tokens in enumerate(_CODE):
        y = 106 + number * 19
        canvas.text(276, y, str(number + 1), 13, "#5c6370", font=MONO, align="right")
        x = 296.0
        for words, color in tokens:
            x += canvas.text(x, y, words, 14, color, font=MONO)
    _terminal(canvas)
    canvas.box(0, HEIGHT_PX - 24, WIDTH_PX, 24, "#2f6fb2")
    canvas.text(14, HEIGHT_PX - 19, "branch: release-4.2     2 problems     Ln 24, Col 9", 12, "#ffffff")
    canvas.text(WIDTH_PX - 14, HEIGHT_PX - 19, "UTF-8   Python 3.11", 12, "#ffffff", align="right")
    return canvas


def _terminal(canvas: Canvas) -> None:
    canvas.box(232, 590, WIDTH_PX - 232, HEIGHT_PX - 590, "#1b1d22")
    canvas.line(232, 590, WIDTH_PX, 590, "#3a3f48")
    canvas.text(252, 600, "TERMINAL", 11, "#e6e9ee", bold=True)
    lines = (
        ("$ pytest tests -q", "#e6e9ee"),
        ("........F.................                                   [100%]", "#d7dae0"),
        ("FAILED tests/test_payment.py::test_card_on_android_9 - TimeoutError", "#e06c75"),
        ("1 failed, 25 passed in 3.84s", "#e5c07b"),
        ("$", "#e6e9ee"),
    )
    for row, (words, color) in enumerate(lines):
        canvas.text(252, 626 + row * 20, words, 13, color, font=MONO)


def invoice_open() -> Canvas:
    """The invoice that is still to be paid."""
    rows = (("Flyers A5, 4 colours", "500", "0.19", "95.00"), ("Roll-up banner 85 x 200 cm", "2", "74.00", "148.00"))
    return _invoice(
        number="GP-2026-0418",
        dates=(("Invoice date", "12 October 2026"), ("Due date", "26 October 2026"), ("Your order", "Autumn fair")),
        rows=rows,
        sums=(("Subtotal", "243.00 EUR"), ("VAT 23 %", "55.89 EUR"), ("Total to pay", "298.89 EUR")),
        foot="Please pay by bank transfer: IBAN PT50 0002 0123 1234 5678 9015 4, reference GP-2026-0418.",
        clock="11:05",
    )


def invoice_paid() -> Canvas:
    """Last month's invoice of the same printer, paid: the near-duplicate."""
    rows = (("Stickers round 60 mm", "1000", "0.062", "62.00"), ("Business cards, 350 g", "200", "0.19", "38.00"))
    return _invoice(
        number="GP-2026-0381",
        dates=(("Invoice date", "14 September 2026"), ("Due date", "28 September 2026"), ("Your order", "Office")),
        rows=rows,
        sums=(("Subtotal", "100.00 EUR"), ("VAT 23 %", "23.00 EUR"), ("Total", "123.00 EUR")),
        foot="Paid with thanks on 21 September 2026.",
        clock="11:09",
        stamp="PAID",
    )


def _invoice(
    *,
    number: str,
    dates: tuple[tuple[str, str], ...],
    rows: tuple[tuple[str, str, str, str], ...],
    sums: tuple[tuple[str, str], ...],
    foot: str,
    clock: str,
    stamp: str = "",
) -> Canvas:
    canvas = Canvas("#6b7078")
    window(canvas, f"{number}.pdf — Document Viewer", clock=clock)
    canvas.box(0, 60, WIDTH_PX, 38, "#f3f4f6")
    canvas.text(20, 71, "1 of 1", 13, "#3b424c")
    canvas.text(WIDTH_PX / 2, 71, "100 %", 13, "#3b424c", align="center")
    canvas.button(1168, 64, 92, "Print")
    canvas.box(0, 98, 150, HEIGHT_PX - 98, "#e3e5e9")
    canvas.box(36, 118, 78, 106, "#ffffff", edge="#2f6fb2")
    for row in range(7):
        canvas.line(46, 134 + row * 11, 84 + (row % 3) * 8, 134 + row * 11, "#b5bac2", 2)
    canvas.text(75, 230, "1", 12, "#3b424c", align="center")
    canvas.box(290, 114, 850, HEIGHT_PX - 114, "#ffffff")
    canvas.area(((340, 150), (362, 138), (384, 150), (362, 186)), "#3d8b57")
    canvas.text(396, 142, "Green Paper", 24, "#2c6a41", bold=True)
    canvas.text(396, 172, "Printing company, Rua da Moeda 14, 1200-275 Lisboa", 12, "#59626d")
    canvas.text(1090, 142, "INVOICE", 24, "#1f2328", bold=True, align="right")
    canvas.text(1090, 174, f"No. {number}", 14, "#1f2328", align="right")
    canvas.text(340, 222, "Bill to", 12, "#59626d")
    for row, words in enumerate(
        ("Bluefin Bikes Lda", "Clara Hoffman", "Rua do Alecrim 40, 2nd floor", "1200-018 Lisboa")
    ):
        canvas.text(340, 240 + row * 19, words, 14, bold=row == 0)
    for row, (label, value) in enumerate(dates):
        canvas.text(810, 240 + row * 22, label, 13, "#59626d")
        canvas.text(1090, 240 + row * 22, value, 14, align="right")
    _invoice_table(canvas, rows, sums)
    canvas.paragraph(340, 640, 740, foot, 13, "#3b424c")
    canvas.text(
        340, 700, "Green Paper, VAT no. PT 509 441 220, office@greenpaper.example, phone 21 555 01 38", 11, "#7b838e"
    )
    if stamp:
        canvas.text(470, 520, stamp, 54, "#d98a8a", bold=True, angle=-12)
    return canvas


def _invoice_table(
    canvas: Canvas, rows: tuple[tuple[str, str, str, str], ...], sums: tuple[tuple[str, str], ...]
) -> None:
    canvas.box(340, 348, 750, 30, "#eaf3ec")
    columns = ((352, "left"), (780, "right"), (920, "right"), (1078, "right"))
    for (x, align), words in zip(columns, ("Description", "Quantity", "Unit price", "Amount EUR"), strict=True):
        canvas.text(x, 355, words, 13, "#2c6a41", bold=True, align=align)
    for number, row in enumerate(rows):
        y = 390 + number * 34
        for (x, align), words in zip(columns, row, strict=True):
            canvas.text(x, y, words, 14, align=align)
        canvas.line(340, y + 25, 1090, y + 25)
    for number, (label, value) in enumerate(sums):
        y = 486 + number * 27
        last = number == len(sums) - 1
        if last:
            canvas.box(760, y - 6, 330, 32, "#eaf3ec")
        canvas.text(776, y, label, 15 if last else 14, bold=last)
        canvas.text(1078, y, value, 15 if last else 14, align="right", bold=last)


def article() -> Canvas:
    """A newspaper's page about a night train."""
    canvas = Canvas("#ffffff")
    browser(
        canvas,
        ("Night trains return", "Bluefin Bikes wiki"),
        "atlantic-courier.example/travel/night-trains-return",
        clock="13:52",
    )
    canvas.box(0, 100, WIDTH_PX, 52, "#123047")
    canvas.text(60, 112, "The Atlantic Courier", 24, "#ffffff", font=SERIF, bold=True)
    for number, section in enumerate(("News", "Travel", "Science", "Food", "Weather")):
        canvas.text(640 + number * 96, 118, section, 14, "#ffffff" if section == "Travel" else "#b9c7d3")
    canvas.text(60, 172, "TRAVEL", 12, "#b2452f", bold=True)
    canvas.text(60, 192, "Night trains return to the Iberian coast", 34, font=SERIF, bold=True)
    canvas.text(60, 240, "By Helena Prado, 13 October 2026, 4 minutes to read", 13, "#59626d")
    canvas.fade(60, 272, 720, 150, "#1d2b4f", "#c77b52")
    canvas.area(((60, 422), (60, 392), (260, 350), (420, 384), (600, 342), (780, 388), (780, 422)), "#172033")
    canvas.box(140, 384, 520, 26, "#30405f", radius=5)
    for x in range(156, 640, 36):
        canvas.box(x, 390, 20, 10, "#f3d57a")
    canvas.text(60, 428, "The new coaches on a test run near Nazaré.", 12, "#59626d")
    _article_text(canvas)
    _most_read(canvas)
    return canvas


def _article_text(canvas: Canvas) -> None:
    y = canvas.paragraph(
        60,
        456,
        720,
        "From 14 December a sleeper will again connect Lisbon with San Sebastián, three nights a week. "
        "The journey takes eleven hours; the cheapest berth costs 49 euros, a cabin for two 138 euros.",
        16,
        font=SERIF,
    )
    y = canvas.paragraph(
        60,
        y + 12,
        720,
        "Tickets go on sale on 2 November. Bicycles travel free in the first coach, but each train has room for "
        "only eight of them, so the railway asks for a reservation.",
        16,
        font=SERIF,
    )
    canvas.paragraph(
        60,
        y + 12,
        720,
        "The line from Porto to Vigo stays closed until the spring, because a bridge near Viana has to be repaired. "
        "“We lost ten years,” says the director of the railway, Tomás Vidal.",
        16,
        font=SERIF,
    )


def _most_read(canvas: Canvas) -> None:
    canvas.line(830, 180, 830, HEIGHT_PX)
    canvas.text(860, 180, "MOST READ", 12, "#b2452f", bold=True)
    titles = (
        "1  Storm warning for the Azores",
        "2  Five soups for cold evenings",
        "3  Museum of harbour cranes reopens",
        "4  Why your coffee got dearer",
        "5  Ferry to Barreiro: new timetable",
    )
    for row, title in enumerate(titles):
        canvas.text(860, 210 + row * 36, title, 15, font=SERIF)
        canvas.line(860, 236 + row * 36, 1220, 236 + row * 36)


_BUDGET = (
    ("Trade fair in Hamburg", "7,400", "Oscar"),
    ("Posters and flyers", "3,100", "Clara"),
    ("Online advertising", "5,500", "Oscar"),
    ("Reserve", "2,500", "Laura"),
)


def slide() -> Canvas:
    """A slide of the budget review in a presentation program."""
    canvas = Canvas("#d5d8dd")
    window(canvas, "budget-review-q4.odp — Lectern", clock="15:02")
    canvas.box(0, 60, WIDTH_PX, 40, "#f3f4f6")
    for number, name in enumerate(("File", "Edit", "View", "Insert", "Format", "Slide", "Slide Show", "Help")):
        canvas.text(18 + number * 76 + (24 if name == "Help" else 0), 71, name, 13, "#3b424c")
    canvas.box(0, 100, 190, HEIGHT_PX - 100, "#eceef1")
    for number in range(5):
        y = 116 + number * 108
        canvas.box(38, y, 136, 84, "#ffffff", edge="#2f6fb2" if number == 2 else "#c9ced6")
        canvas.text(18, y + 4, str(number + 1), 12, "#59626d")
        canvas.box(48, y + 10, 70, 6, "#1d5d78")
        for row in range(3 + number % 2):
            canvas.box(48, y + 26 + row * 12, 104 - (row * 17 + number * 9) % 40, 4, "#c3c8cf")
    canvas.box(236, 126, 998, 560, "#ffffff", edge="#b7bcc4")
    canvas.box(236, 126, 998, 10, "#1d5d78")
    canvas.text(290, 168, "Autumn campaign: what we spend", 36, "#12394a", bold=True)
    canvas.text(290, 220, "Budget review, 14 October 2026, all amounts in euros", 16, "#59626d")
    canvas.box(290, 262, 620, 40, "#1d5d78")
    for x, words, align in ((308, "Item", "left"), (700, "Amount", "right"), (760, "Who", "left")):
        canvas.text(x, 272, words, 16, "#ffffff", bold=True, align=align)
    for row, (item, amount, who) in enumerate((*_BUDGET, ("Total", "18,500", ""))):
        y = 302 + row * 46
        canvas.box(290, y, 620, 46, "#f2f6f8" if row % 2 else "#ffffff")
        bold = item == "Total"
        canvas.text(308, y + 13, item, 16, bold=bold)
        canvas.text(700, y + 13, amount, 16, align="right", bold=bold)
        canvas.text(760, y + 13, who, 16)
    canvas.line(290, 486, 910, 486, "#1d5d78", 2)
    for number, (share, color) in enumerate(((7.4, "#1d5d78"), (3.1, "#5fa3b8"), (5.5, "#e0a458"), (2.5, "#b9c0c8"))):
        height = share * 30
        canvas.box(960 + number * 58, 532 - height, 44, height, color)
    canvas.line(950, 532, 1194, 532, "#59626d")
    canvas.text(290, 576, "Last year we spent 16,200. Approved by Laura Brandt on 6 October.", 16)
    canvas.text(290, 612, "Open question: do we need the second banner?", 16, "#b2452f")
    canvas.text(1206, 656, "3", 14, "#59626d", align="right")
    canvas.box(190, 712, WIDTH_PX - 190, HEIGHT_PX - 712, "#f7f8f9")
    canvas.text(
        210, 724, "Notes: ask Robert for the advertising numbers of September before the meeting.", 13, "#59626d"
    )
    return canvas


WINDOWS: dict[str, Callable[[], Canvas]] = {
    "code": code,
    "invoice_open": invoice_open,
    "invoice_paid": invoice_paid,
    "chat": chat,
    "article": article,
    "slide": slide,
    "booking_porto": booking_porto,
    "booking_coimbra": booking_coimbra,
    "calendar": calendar,
    "map": street_map,
    "mail": mail,
}
