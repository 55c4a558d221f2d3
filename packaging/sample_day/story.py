"""The script of the sample day: who speaks when and where, and when and where each picture was taken.

Only data and the small records that hold it. No drawing, no sound, no files.
"""

from __future__ import annotations

from dataclasses import dataclass

DAY = "2026-10-14"
OFFSET = "+01:00"  # Europe/Lisbon in October, summer time still on
SEED = 20261014
SAMPLE_RATE_HZ = 16_000


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a talker; `gap_s` is the silence of this conversation before it."""

    talker: str
    text: str
    gap_s: float = 0.4


@dataclass(frozen=True, slots=True)
class Conversation:
    """Lines spoken one after the other by people who sit together; starts at `start_s` of the recording."""

    topic: str
    ask: str
    start_s: float
    lines: tuple[Line, ...]
    facts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a talker sits: azimuth counter-clockwise from the array's x axis, distance from its centre."""

    voice: str
    azimuth_deg: float
    distance_m: float = 1.3


@dataclass(frozen=True, slots=True)
class Recording:
    """One sound file: its microphones, its seats, what is said, and the room it is said in."""

    file: str
    positions_m: tuple[tuple[float, float, float], ...]
    seats: dict[str, Seat]
    conversations: tuple[Conversation, ...]
    questions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    room_m: tuple[float, float, float] = (6.2, 4.8, 2.7)
    rt60_s: float = 0.3
    tail_s: float = 1.2
    snr_db: float = 38.0


@dataclass(frozen=True, slots=True)
class Shot:
    """One photo: file name, local time, place, and the name of the scene that `photos.py` renders."""

    file: str
    time: str
    latitude: float
    longitude: float
    scene: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One screenshot: file name, local time, and the name of the window that `screens.py` paints."""

    file: str
    time: str
    window: str


CIRCLE_45MM = ((0.045, 0.0, 0.0), (0.0, 0.045, 0.0), (-0.045, 0.0, 0.0), (0.0, -0.045, 0.0))

APARTMENT = Conversation(
    topic="the new apartment",
    ask="the conversation about the new apartment",
    start_s=0.8,
    lines=(
        Line("Clara", "I think I found a new apartment. It is on the third floor and has a small balcony."),
        Line("Oscar", "That sounds lovely. How much is the rent?", 0.6),
        Line("Clara", "Nine hundred and eighty euros a month, and the landlord wants two months as a deposit.", 0.6),
        Line("Oscar", "And when will you move in?", 0.6),
        Line("Clara", "From the first of December. I will see it on Saturday, and Mister Keller opens the door.", 0.6),
        Line("Oscar", "Ask him about the heating, because my last place was very cold in winter.", 1.0),
        Line("Clara", "Good idea. The washing machine stays in the kitchen, but the fridge is broken.", 0.5),
        Line("Oscar", "Will your brother help you with the boxes?", 0.5),
        Line("Clara", "Daniel comes with a van on the second weekend of December.", 0.5),
        Line("Oscar", "I can lend you twenty boxes, they are in my cellar.", 3.2),
        Line("Clara", "Wonderful. The best news is that cats are allowed, so Pepper can come too.", 0.5),
        Line("Oscar", "Is there a tram in that street?", 0.6),
        Line("Clara", "Yes, the tram stops two minutes away, in front of the library.", 0.5),
        Line("Oscar", "Then I will come to your first dinner and bring a chocolate cake.", 3.4),
        Line("Clara", "Please do. The oven is new, so I can finally bake bread again.", 0.5),
        Line("Oscar", "Who lives next door?", 0.5),
        Line("Clara", "My neighbour will be a music teacher, so there may be a piano.", 0.5),
    ),
    facts=(
        ("nine hundred and eighty", "980"),
        ("first of december", "1st of december", "december 1"),
        ("fridge",),
        ("van",),
        ("twenty boxes", "20 boxes"),
        ("cats", "pepper"),
        ("library",),
        ("piano", "music teacher"),
    ),
)

FAIR = Conversation(
    topic="the trade fair in Hamburg",
    ask="the conversation about the trade fair in Hamburg",
    start_s=28.5,
    lines=(
        Line("Robert", "Peter, we have to plan the trade fair in Hamburg."),
        Line("Peter", "The stand costs four thousand euros, and the organiser needs the money by Friday.", 0.5),
        Line("Robert", "Is that the big stand near the entrance?", 0.5),
        Line("Peter", "No, it is the corner stand in hall seven.", 0.5),
        Line("Robert", "Then we should show the cargo bike and leave the scooter at home.", 0.5),
        Line("Peter", "The cargo bike needs new brakes first. Lena can repair them.", 3.0),
        Line("Robert", "Who stands at the table on the first day?", 0.5),
        Line("Peter", "Oscar and Laura take Tuesday, and we take Wednesday.", 0.5),
        Line("Robert", "I would like to go by night train. The tickets are cheaper until Sunday.", 0.5),
        Line("Peter", "Good, but the train needs a reservation for the bike.", 2.8),
        Line("Robert", "I will reserve it. And we should bring the blue tent for the test rides.", 0.5),
        Line("Peter", "The tent has a hole. I will borrow the white one from Martin.", 0.5),
        Line("Robert", "Now the hotel. Did you find one?", 2.6),
        Line("Peter", "Yes, I reserved the Anchor Hotel. It is ten minutes from the fair.", 0.6),
        Line("Robert", "How many rooms did you take?", 0.6),
        Line("Peter", "Three rooms for four nights, from the ninth to the thirteenth of November.", 0.6),
        Line("Robert", "And who prints the flyers?", 0.6),
        Line("Peter", "The company Green Paper. They deliver five hundred flyers next Wednesday.", 0.6),
        Line("Robert", "Perfect. Then only the poster is missing.", 0.6),
    ),
    facts=(
        ("four thousand", "4,000", "4000"),
        ("hall seven", "hall 7"),
        ("cargo bike",),
        ("brakes", "lena"),
        ("tuesday",),
        ("night train",),
        ("tent", "martin"),
        ("anchor hotel", "anchor"),
        ("three rooms", "3 rooms"),
        ("five hundred flyers", "500 flyers"),
    ),
)

STAND_UP = Conversation(
    topic="the morning stand-up of the team",
    ask="the morning stand-up",
    start_s=1.2,
    lines=(
        Line("Clara", "Good morning. Let us start with the release of the booking app."),
        Line(
            "Robert",
            "The release moves from Thursday to Monday, because the payment test still fails on older phones.",
            0.6,
        ),
        Line("Clara", "How many phones are affected?", 0.5),
        Line("Robert", "About seven percent. The fix is ready, and I will test it again tomorrow afternoon.", 0.5),
        Line(
            "Peter", "From the workshop. Forty two bikes are in repair, and twelve new batteries arrive on Friday.", 1.4
        ),
        Line("Clara", "Who receives the batteries?", 0.5),
        Line("Peter", "I do. The driver calls me at eight o'clock.", 0.5),
        Line("Clara", "On my side, the new map is finished. Laura has to decide about the colours.", 1.2),
        Line("Robert", "Laura is on holiday until the twentieth of October. You can ask Oscar instead.", 0.5),
        Line("Peter", "One more thing. The key for the storage room is now in the blue box behind the printer.", 1.6),
        Line("Clara", "Did somebody order the new sign for the front door?", 1.0),
        Line("Peter", "I ordered it yesterday. It costs sixty five euros and it comes by post.", 0.5),
        Line("Clara", "Thank you. The budget review is today at three, in the small meeting room.", 0.7),
        Line("Robert", "I will bring the numbers. See you there.", 0.6),
    ),
    facts=(
        ("monday",),
        ("payment test", "payment"),
        ("seven percent", "7 percent", "7%"),
        ("forty two", "42"),
        ("twelve", "12"),
        ("twentieth", "20th"),
        ("blue box",),
        ("sixty five", "65"),
        ("small meeting room",),
    ),
)

RECORDINGS = (
    Recording(
        file=f"{DAY}_09-30-00 stand-up.flac",
        positions_m=((0.0, 0.0, 0.0),),
        seats={
            "Clara": Seat("slt", 80.0, 0.7),
            "Robert": Seat("rms", 200.0, 0.9),
            "Peter": Seat("kal16", 320.0, 0.9),
        },
        conversations=(STAND_UP,),
        room_m=(4.2, 3.6, 2.6),
        rt60_s=0.25,
    ),
    Recording(
        file=f"{DAY}_12-35-00 lunch.flac",
        positions_m=CIRCLE_45MM,
        seats={
            "Clara": Seat("slt", 31.0),
            "Oscar": Seat("awb", 45.0),
            "Robert": Seat("rms", 133.0),
            "Peter": Seat("kal16", 147.0),
        },
        conversations=(APARTMENT, FAIR),
        questions=(
            ("What is broken in the kitchen of the new apartment?", ("fridge",)),
            ("Who can repair the brakes of the cargo bike?", ("lena",)),
            ("In which hall is our stand at the fair?", ("seven", "7")),
            ("How many boxes can Oscar lend me?", ("twenty", "20")),
        ),
    ),
)

SHOTS = (
    Shot("IMG_20261014_074211.jpg", "07:42:11", 38.71651, -9.13012, "cat"),
    Shot("IMG_20261014_080526.jpg", "08:05:26", 38.71598, -9.12934, "coffee"),
    Shot("IMG_20261014_082137.jpg", "08:21:37", 38.71390, -9.12270, "timetable"),
    Shot("IMG_20261014_102045.jpg", "10:20:45", 38.70712, -9.14552, "whiteboard"),
    Shot("IMG_20261014_121003.jpg", "12:10:03", 38.70842, -9.14437, "menu"),
    Shot("IMG_20261014_141518.jpg", "14:15:18", 38.71014, -9.13672, "parking"),
    Shot("IMG_20261014_164552.jpg", "16:45:52", 38.70705, -9.14561, "parcel"),
    Shot("IMG_20261014_172009.jpg", "17:20:09", 38.72744, -9.13489, "street_sign"),
    Shot("IMG_20261014_173240.jpg", "17:32:40", 38.72690, -9.13520, "poster"),
    Shot("IMG_20261014_181455.jpg", "18:14:55", 38.71622, -9.13105, "receipt"),
)

SCREENS = (
    Screen(f"Screenshot {DAY} 10-48-31.png", "10:48:31", "code"),
    Screen(f"Screenshot {DAY} 11-05-12.png", "11:05:12", "invoice_open"),
    Screen(f"Screenshot {DAY} 11-09-40.png", "11:09:40", "invoice_paid"),
    Screen(f"Screenshot {DAY} 11-41-07.png", "11:41:07", "chat"),
    Screen(f"Screenshot {DAY} 13-52-20.png", "13:52:20", "article"),
    Screen(f"Screenshot {DAY} 15-02-44.png", "15:02:44", "slide"),
    Screen(f"Screenshot {DAY} 15-38-15.png", "15:38:15", "booking_porto"),
    Screen(f"Screenshot {DAY} 15-44-02.png", "15:44:02", "booking_coimbra"),
    Screen(f"Screenshot {DAY} 15-57-33.png", "15:57:33", "calendar"),
    Screen(f"Screenshot {DAY} 16-58-19.png", "16:58:19", "map"),
    Screen(f"Screenshot {DAY} 19-10-26.png", "19:10:26", "mail"),
)
