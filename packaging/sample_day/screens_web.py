"""Paints the windows of the sample day that live in a browser or a planner: two bookings, a calendar, a map."""

from __future__ import annotations

from dataclasses import dataclass

from paint import HEIGHT_PX, WIDTH_PX, Canvas, browser, window


@dataclass(frozen=True, slots=True)
class Stay:
    """What one booking page says."""

    hotel: str
    street: str
    number: str
    pin: str
    arrive: tuple[str, str]
    leave: tuple[str, str]
    room: str
    prices: tuple[tuple[str, str], ...]
    cancel: str
    sky: tuple[str, str]
    clock: str


def booking_porto() -> Canvas:
    """The hotel for the first two nights."""
    return _booking(
        Stay(
            hotel="Casa do Rio, Porto",
            street="Rua da Ribeira Negra 22, 4050-509 Porto",
            number="7340-2291",
            pin="4186",
            arrive=("Friday, 23 October 2026", "from 15:00"),
            leave=("Sunday, 25 October 2026", "until 11:00"),
            room="Double room with river view, 2 nights, 2 adults, breakfast included",
            prices=(
                ("2 nights x 86.00 EUR", "172.00 EUR"),
                ("City tax", "8.00 EUR"),
                ("Total, pay at the hotel", "180.00 EUR"),
            ),
            cancel="Free cancellation until 21 October 2026, 18:00.",
            sky=("#7fb2dd", "#f3c89b"),
            clock="15:38",
        )
    )


def booking_coimbra() -> Canvas:
    """The hotel for the third night: the near-duplicate, with a number that differs in two digits."""
    return _booking(
        Stay(
            hotel="Quinta da Ponte, Coimbra",
            street="Estrada da Ponte 5, 3040-100 Coimbra",
            number="7340-2219",
            pin="9052",
            arrive=("Sunday, 25 October 2026", "from 16:00"),
            leave=("Monday, 26 October 2026", "until 10:30"),
            room="Twin room with garden view, 1 night, 2 adults, no breakfast",
            prices=(
                ("1 night x 64.00 EUR", "64.00 EUR"),
                ("City tax", "2.00 EUR"),
                ("Total, already paid", "66.00 EUR"),
            ),
            cancel="This booking cannot be cancelled or changed.",
            sky=("#9cc6a5", "#e8e0b5"),
            clock="15:44",
        )
    )


def _booking(stay: Stay) -> Canvas:
    canvas = Canvas("#ffffff")
    browser(
        canvas, (f"Booking {stay.number}", "Inbox (6)"), f"roomfinch.example/my-trips/{stay.number}", clock=stay.clock
    )
    canvas.box(0, 100, WIDTH_PX, 56, "#20456b")
    canvas.text(60, 114, "roomfinch", 24, "#ffffff", bold=True)
    for number, name in enumerate(("Stays", "My trips", "Messages", "Help")):
        canvas.text(760 + number * 100, 120, name, 14, "#ffffff" if name == "My trips" else "#b9cadb")
    canvas.disc(1206, 128, 15, "#e0a458")
    canvas.text(1206, 120, "C", 14, "#ffffff", align="center", bold=True)
    canvas.box(60, 176, 780, 46, "#e6f4ea", edge="#9fd0ae", radius=6)
    canvas.text(80, 191, "Your booking is confirmed. We sent the details to clara.hoffman@mail.example.", 14, "#1f5b34")
    _picture(canvas, stay.sky)
    canvas.text(310, 244, stay.hotel, 24, bold=True)
    canvas.text(310, 278, stay.street, 14, "#59626d")
    canvas.text(310, 304, "Guest: Clara Hoffman", 14)
    canvas.text(310, 328, "Phone of the hotel: see your messages", 13, "#59626d")
    for x, label, (day, hour) in ((60, "Check-in", stay.arrive), (450, "Check-out", stay.leave)):
        canvas.box(x, 408, 376, 82, "#f7f8fa", edge="#dfe3e8", radius=6)
        canvas.text(x + 18, 420, label, 13, "#59626d")
        canvas.text(x + 18, 440, day, 16, bold=True)
        canvas.text(x + 18, 464, hour, 14)
    canvas.text(60, 514, "Room", 16, bold=True)
    canvas.text(60, 540, stay.room, 14)
    canvas.text(60, 580, "Price", 16, bold=True)
    for row, (label, amount) in enumerate(stay.prices):
        bold = row == len(stay.prices) - 1
        canvas.text(60, 606 + row * 26, label, 15 if bold else 14, bold=bold)
        canvas.text(826, 606 + row * 26, amount, 15 if bold else 14, bold=bold, align="right")
        canvas.line(60, 628 + row * 26, 826, 628 + row * 26)
    canvas.text(60, 700, "Cancellation", 16, bold=True)
    canvas.text(60, 726, stay.cancel, 14)
    _booking_side(canvas, stay)
    return canvas


def _picture(canvas: Canvas, sky: tuple[str, str]) -> None:
    canvas.fade(60, 242, 226, 146, *sky)
    canvas.box(60, 338, 226, 50, "#4f7d9b")
    for number, color in enumerate(("#c96f4a", "#e2b36b", "#b5533f", "#d9c6a0", "#a85d52")):
        height = 46 + (number * 17) % 34
        canvas.box(72 + number * 42, 338 - height, 40, height, color)
        for row in range(2):
            canvas.box(80 + number * 42, 346 - height + row * 20, 8, 11, "#f5ecd9")
            canvas.box(98 + number * 42, 346 - height + row * 20, 8, 11, "#f5ecd9")


def _booking_side(canvas: Canvas, stay: Stay) -> None:
    canvas.box(880, 176, 340, 250, "#f7f8fa", edge="#dfe3e8", radius=8)
    canvas.text(904, 196, "Booking number", 13, "#59626d")
    canvas.text(904, 216, stay.number, 22, bold=True)
    canvas.text(904, 258, "PIN code", 13, "#59626d")
    canvas.text(904, 278, stay.pin, 16, bold=True)
    canvas.button(904, 318, 292, "Send a message to the hotel", fill="#20456b", color="#ffffff")
    canvas.button(904, 358, 292, "Print the confirmation")
    canvas.text(904, 444, "More for your trip", 16, bold=True)
    for row, words in enumerate(
        ("Trains to Porto and Coimbra", "Car rental", "Restaurants nearby", "Ask for an early check-in")
    ):
        canvas.text(904, 474 + row * 28, words, 14, "#20456b")


_DAYS = ("Mon 12", "Tue 13", "Wed 14", "Thu 15", "Fri 16", "Sat 17", "Sun 18")
_EVENTS = (  # day, from hour, to hour, title, second line, colour
    (0, 16.0, 17.0, "Dentist", "Dr Sousa", "#c0563b"),
    (0, 10.0, 11.0, "Print check", "Green Paper", "#3d8b57"),
    (1, 9.5, 10.0, "Stand-up", "", "#2f6fb2"),
    (1, 18.5, 19.75, "Yoga Graça", "bring mat", "#7c5aa6"),
    (2, 9.5, 10.0, "Stand-up", "", "#2f6fb2"),
    (2, 15.0, 16.0, "Budget review", "small room", "#2f6fb2"),
    (2, 19.5, 20.5, "Daniel arrives", "Oriente 19:52", "#c0563b"),
    (3, 8.0, 10.0, "Boiler repair", "Aqua Serviços", "#c0563b"),
    (3, 14.0, 15.5, "Interview", "Ines Alves", "#2f6fb2"),
    (4, 8.0, 8.75, "Batteries", "Peter", "#2f6fb2"),
    (4, 13.0, 14.0, "Lunch Marta", "Café Oliva", "#7c5aa6"),
    (5, 10.5, 11.25, "Apartment", "Mr Keller", "#c0563b"),
    (5, 11.5, 12.0, "Fetch cake", "order 57", "#7c5aa6"),
    (6, 12.0, 15.0, "Grandma 84", "Sintra", "#7c5aa6"),
)


def calendar() -> Canvas:
    """The week from 12 to 18 October."""
    canvas = Canvas("#ffffff")
    window(canvas, "Week 42 — Almanac", clock="15:57")
    canvas.box(0, 60, 210, HEIGHT_PX - 60, "#f3f4f6")
    canvas.text(20, 80, "October 2026", 16, bold=True)
    for column, name in enumerate("MTWTFSS"):
        canvas.text(30 + column * 25, 112, name, 12, "#59626d", align="center")
    for day in range(1, 32):
        cell = day + 2  # 1 October 2026 is a Thursday
        x, y = 30 + (cell % 7) * 25, 134 + (cell // 7) * 24
        if day == 14:
            canvas.disc(x, y + 7, 11, "#2f6fb2")
        canvas.text(x, y, str(day), 12, "#ffffff" if day == 14 else "#1f2328", align="center")
    canvas.text(20, 300, "Calendars", 14, bold=True)
    for row, (name, color) in enumerate(
        (("Work", "#2f6fb2"), ("Home", "#c0563b"), ("Printing", "#3d8b57"), ("Friends", "#7c5aa6"))
    ):
        canvas.box(20, 328 + row * 27, 14, 14, color, radius=3)
        canvas.text(42, 326 + row * 27, name, 14)
    canvas.text(230, 74, "12 to 18 October 2026", 20, bold=True)
    canvas.button(1080, 70, 80, "Today")
    canvas.button(1170, 70, 90, "Week")
    left, top, column_px, hour_px = 270, 142, 143, 50
    for number, name in enumerate(_DAYS):
        x = left + number * column_px
        if number == 2:
            canvas.box(x, 112, column_px, HEIGHT_PX - 112, "#f0f6fd")
        canvas.text(
            x + column_px / 2, 118, name, 14, "#2f6fb2" if number == 2 else "#1f2328", bold=True, align="center"
        )
        canvas.line(x, 112, x, HEIGHT_PX)
    for hour in range(8, 21):
        line_y = top + (hour - 8) * hour_px
        canvas.line(left, line_y, WIDTH_PX, line_y)
        canvas.text(left - 10, line_y - 7, f"{hour}:00", 11, "#7b838e", align="right")
    for day, start, end, title, second, color in _EVENTS:
        x, event_y = left + day * column_px + 4, top + (start - 8) * hour_px + 1
        height = (end - start) * hour_px - 2
        canvas.box(x, event_y, column_px - 8, height, color, radius=4)
        clock = f"{int(start)}:{round(start % 1 * 60):02d} "
        canvas.text(x + 7, event_y + 4, clock + title, 12, "#ffffff", bold=True)
        if second:
            canvas.text(x + 7, event_y + 21, second, 12, "#ffffff")
    return canvas


_BLOCKS = ((420, 120, 190, 130), (640, 110, 230, 110), (900, 130, 300, 90), (430, 290, 150, 190), (620, 260, 250, 150))
_BLOCKS_SOUTH = (
    (910, 270, 160, 210),
    (1100, 260, 160, 220),
    (440, 530, 170, 200),
    (650, 460, 210, 120),
    (890, 540, 190, 180),
)


def street_map() -> Canvas:
    """The way from the office to the apartment."""
    canvas = Canvas("#eef0ea")
    window(canvas, "Rua do Vale Verde 27 — Wayfarer Maps", clock="16:58")
    canvas.clip(380, 60, WIDTH_PX - 380, HEIGHT_PX - 60)
    for x, y, w, h in _BLOCKS + _BLOCKS_SOUTH:
        canvas.box(x, y, w, h, "#e0ddd3", radius=4)
    canvas.area(((650, 600), (860, 590), (872, 800), (640, 800)), "#c5e3bd")
    canvas.area(((1110, 520), (1280, 500), (1280, 800), (1130, 800)), "#b4d5ea")
    roads = (
        ((380, 270), (620, 250), (880, 245), (1280, 235)),
        ((380, 500), (630, 505), (880, 520), (1100, 500), (1280, 480)),
        ((620, 60), (612, 280), (632, 520), (625, 800)),
        ((885, 60), (888, 260), (878, 520), (880, 800)),
        ((1085, 60), (1085, 260), (1095, 500), (1110, 800)),
        ((630, 430), (880, 425)),
    )
    for road in roads:
        canvas.path(road, "#cfcabd", 17)
    for road in roads:
        canvas.path(road, "#ffffff", 14)
    canvas.path(((560, 690), (626, 690), (632, 506), (878, 520), (887, 246), (1085, 241), (1085, 180)), "#2f6fb2", 6)
    canvas.disc(560, 690, 9, "#ffffff", edge="#2f6fb2")
    canvas.disc(1085, 172, 13, "#c0392b", edge="#ffffff")
    canvas.disc(1085, 172, 5, "#ffffff")
    labels = (
        (690, 534, "Avenida do Norte", 0),
        (905, 216, "Rua do Vale Verde", 0),
        (598, 400, "Rua do Alecrim", -86),
        (892, 470, "Rua dos Anjos", -88),
        (700, 690, "Jardim Azul", 0),
        (1150, 640, "Doca Velha", 0),
    )
    for x, y, words, angle in labels:
        canvas.text(x, y, words, 13, "#59626d", angle=angle)
    for x, y, words in (
        (930, 400, "City Library"),
        (1116, 150, "Vale Verde 27"),
        (688, 340, "Pharmacy Sol"),
        (470, 600, "Bluefin Bikes"),
    ):
        canvas.disc(x, y + 8, 5, "#7c5aa6")
        canvas.text(x + 10, y, words, 13, "#3f3160", bold=True)
    canvas.unclip()
    _route(canvas)
    canvas.text(1262, 778, "500 m", 12, "#59626d", align="right")
    canvas.line(1180, 772, 1262, 772, "#59626d", 2)
    return canvas


def _route(canvas: Canvas) -> None:
    canvas.box(0, 60, 380, HEIGHT_PX - 60, "#ffffff")
    canvas.line(380, 60, 380, HEIGHT_PX)
    for y, words in ((78, "Bluefin Bikes, Rua do Alecrim 40"), (122, "Rua do Vale Verde 27")):
        canvas.box(44, y, 316, 36, "#eef0f3", radius=6)
        canvas.text(58, y + 10, words, 14)
    canvas.disc(24, 96, 6, "#ffffff", edge="#2f6fb2")
    canvas.disc(24, 140, 6, "#c0392b")
    for number, (name, minutes) in enumerate(
        (("Walk", "31 min"), ("Tram", "14 min"), ("Bicycle", "11 min"), ("Car", "17 min"))
    ):
        x = 20 + number * 88
        canvas.box(x, 178, 80, 52, "#e3eef9" if name == "Walk" else "#ffffff", edge="#c9ced6", radius=6)
        canvas.text(x + 40, 185, name, 13, "#59626d", align="center")
        canvas.text(x + 40, 205, minutes, 14, align="center", bold=True)
    canvas.text(20, 252, "31 min on foot, 2.4 km", 20, "#1f5b34", bold=True)
    steps = (
        ("Start at Rua do Alecrim 40", "0 m"),
        ("Go north on Rua do Alecrim", "650 m"),
        ("Turn right into Avenida do Norte", "720 m"),
        ("Turn left into Rua dos Anjos", "580 m"),
        ("Pass the City Library on the right", ""),
        ("Turn right into Rua do Vale Verde", "430 m"),
        ("Number 27 is on the left", "20 m"),
    )
    for row, (words, distance) in enumerate(steps):
        y = 296 + row * 42
        canvas.disc(28, y + 9, 4, "#2f6fb2")
        canvas.text(46, y, words, 14)
        canvas.text(360, y + 1, distance, 12, "#7b838e", align="right")
        canvas.line(46, y + 29, 360, y + 29)
    canvas.text(20, 606, "By tram: line 24 from Largo do Norte, every 9 minutes,", 13, "#3b424c")
    canvas.text(20, 626, "get off at City Library.", 13, "#3b424c")
    canvas.button(20, 664, 150, "Start", fill="#2f6fb2", color="#ffffff")
    canvas.button(182, 664, 178, "Save this route")
