# ruff: noqa: E501 - one row of data a line
"""What people say, read and photograph in a generated month: pools of words with blanks.

Role: data only. Blanks are ``{who}``, ``{day}``, ``{n}``, ``{money}``, ``{name}``, ``{thing}``; who fills them decides what is
true. Nothing here is known to the code that is measured.
"""

from __future__ import annotations

PEOPLE = (
    "Anna Tom Mara Ines Jonas Priya Felix Lucia Omar Greta Noah Yuki Clara Ben Elif Marta Paul Sanne Hugo Dalia Viktor Nina"
    " Leo Aisha Rosa Emil Joana Karim Tilda Milo"
).split()
# Town, country, latitude, longitude, zone.
HOMES = (
    ("Ghent", "Belgium", 51.05, 3.72, "Europe/Brussels"),
    ("Leipzig", "Germany", 51.34, 12.37, "Europe/Berlin"),
    ("Bristol", "United Kingdom", 51.45, -2.59, "Europe/London"),
    ("Turku", "Finland", 60.45, 22.27, "Europe/Helsinki"),
    ("Lyon", "France", 45.75, 4.85, "Europe/Paris"),
)
TRIPS = (
    ("Porto", "Portugal", 41.15, -8.61, "Europe/Lisbon"),
    ("Lisbon", "Portugal", 38.72, -9.14, "Europe/Lisbon"),
    ("Bologna", "Italy", 44.49, 11.34, "Europe/Rome"),
    ("Krakow", "Poland", 50.06, 19.94, "Europe/Warsaw"),
    ("Seville", "Spain", 37.39, -5.98, "Europe/Madrid"),
)
# What is talked about at work and at home: a subject, then lines about it.
SUBJECTS: dict[str, tuple[str, ...]] = {
    "website relaunch": (
        "the landing page still loads too slowly on phones", "we should test the new checkout with five customers",
        "the designer wants larger type on the product pages", "who moves the old blog posts over",
        "the cookie banner covers the menu on small screens", "I would launch on {day}, not before",
        "search on the site finds nothing when you mistype", "let's drop the carousel, nobody clicks it",
        "the translations for the shop are half done",
    ),
    "hiring": (
        "the second candidate had the better references", "she can start on {day} at the earliest",
        "I liked how he explained his last project", "we have {n} applications for the junior post",
        "the salary band is too low for that city", "let's do one more interview with the whole team",
        "HR wants the scorecards back this week", "nobody asked about remote work, which surprised me",
    ),
    "budget": (
        "travel went over by {money} this quarter", "we can move the rest to training",
        "finance closes the books on {day}", "the licences alone cost {money} a month",
        "I would rather cut the trade fair than the interns", "the forecast assumes that nobody leaves",
        "put a line for repairs in, there was none last year", "marketing asked for the same sum again",
    ),
    "warehouse move": (
        "the new hall has {n} docks and a ramp", "the forklifts are leased until summer",
        "the landlord will paint the floor before we come", "we need the fire certificate by {day}",
        "half the shelves are bolted to the wall", "the carriers must know the new address",
        "let's count the stock twice, before and after", "the alarm company has not called back",
    ),
    "garden": (
        "the tomatoes have brown spots on their leaves", "we should cut the hedge before the birds nest",
        "the compost smells, it needs more straw", "I ordered {n} tulip bulbs",
        "the neighbour's ivy comes through the fence", "water the beans in the evening, not at noon",
        "the apple tree has to be pruned in winter", "snails ate all of the lettuce again",
    ),
    "school": (
        "the parents' evening is on {day}", "maths is going better since the tutor comes",
        "she forgot her gym bag on the bus", "the class trip costs {money} a child",
        "they are reading that book about the lighthouse", "he wants to play the trumpet in the band",
        "the canteen menu is pasta three times a week", "there is a form to sign for the vaccination",
    ),
    "car": (
        "the brakes squeal when it rains", "the garage wants {money} for the clutch",
        "the inspection runs out next month", "we could just sell it and rent one",
        "winter tyres are in the cellar at your parents", "there is a dent in the left door that I did not make",
        "the insurance asked for the mileage", "it used nine litres on the motorway",
    ),
    "health": (
        "the doctor says I should sleep more", "my knee hurts when I walk downstairs",
        "the blood test came back fine", "take the tablets with food, not before",
        "physiotherapy is on {day} at the clinic", "he stopped drinking coffee after lunch",
        "the pollen is terrible this week", "I booked the dentist for the cleaning",
    ),
    "wedding": (
        "the hall holds {n} guests, not more", "they want a band instead of a DJ",
        "the invitations go out on {day}", "who looks after grandma on the day",
        "the dress has to be taken in at the waist", "the caterer asked about allergies",
        "we could share a taxi to the church", "the photographer takes {money} for the afternoon",
    ),
    "flat": (
        "the boiler makes that noise again", "the landlord will send someone on {day}",
        "we could paint the hall in that pale green", "there is mould behind the wardrobe",
        "the neighbours upstairs are moving out", "a new kitchen tap is about {money}",
        "the window in the bathroom does not close", "the bike cellar has been broken into",
    ),
    "book club": (
        "I did not believe the ending at all", "the narrator lies from the first page on",
        "next time we read something shorter", "the chapter in the desert was the best",
        "the translation is rather stiff", "we meet at my place on {day}",
        "she writes about her mother without pity", "{n} pages about a wall, honestly",
    ),
    "photography": (
        "the light was better an hour earlier", "you need a tripod for that bridge at night",
        "I sold the old lens for {money}", "black and white suits the harbour",
        "the memory card was full after {n} shots", "the exhibition opens on {day}",
        "crop it closer, the sky says nothing", "that one is sharp only in the corner",
    ),
    "running": (
        "I did ten kilometres without stopping", "the half marathon is on {day}",
        "my shoes have {n} kilometres on them", "intervals on Tuesday nearly killed me",
        "we could run along the canal instead", "the coach says to slow down on the long ones",
        "entry is {money} with the shirt", "I lost the chip for the timing",
    ),
    "solar panels": (
        "the roof faces south-west, that is fine", "they quoted {n} panels and a battery",
        "the inverter would hang in the cellar", "the subsidy form is due on {day}",
        "in winter it will hardly pay for the fridge", "the installer wants {money} up front",
        "the chimney throws a shadow in the morning", "we can sell what we do not use",
    ),
}  # fmt: skip
FILLER = (
    "Right.", "Hm, I see.", "Sorry, could you say that again?", "Give me a second.", "That makes sense.", "Oh, really?",
    "I am not sure about that.", "Let me write that down.", "Okay, good.", "What else?", "It is cold in here.",
    "Did you sleep well?", "My phone is nearly empty.", "Ha, exactly.", "I was going to say the same.", "Maybe, yes.",
    "Can you pass me the water?", "Somebody is at the door.", "We can come back to that.", "No, no, go on.",
    "You are on mute.", "That was loud.", "Where was I?", "Good point.", "Honestly, I forgot.", "I'll think about it.",
)  # fmt: skip
ASIDES = (
    "By the way, did you see the weather for the weekend?", "The tram was late again this morning.",
    "Have you got a pen?", "There is cake in the kitchen.", "I have to leave ten minutes early.",
    "My sister called, she sends her love.", "The printer is out of paper.", "Someone parked in front of the gate.",
)  # fmt: skip
OPENINGS = (
    "So, about the {subject}.", "Let's talk about the {subject}, then.", "Shall we start with the {subject}?",
    "I wanted to ask you about the {subject}.", "Where do we stand with the {subject}?", "Okay, the {subject}.",
)  # fmt: skip
LEADS = ("", "", "", "I think ", "Honestly, ", "You know, ", "Well, ", "As far as I know, ", "By the way, ", "And ")
# Something that one person tells once, in passing, that a question can hang on.
NEWS: tuple[tuple[str, str], ...] = (
    ("I got the job at the observatory, I start in spring.", "told me about the job at the observatory"),
    ("We are having a baby, it is due in June.", "told me that a baby is on the way"),
    ("I am moving to Reykjavik for a year.", "announced the move to Reykjavik"),
    ("My brother bought a vineyard, of all things.", "talked about a brother's vineyard"),
    ("I failed the driving test again, for the third time.", "admitted failing the driving test"),
    ("They are going to tear down the old cinema.", "said that the old cinema will be torn down"),
    ("I adopted a three-legged dog from the shelter.", "told us about adopting a dog"),
    ("I finally sold the boat to a man from Riga.", "said that the boat was sold"),
    ("I am learning the cello, the neighbours suffer.", "mentioned learning the cello"),
    ("My grandmother turned one hundred last week.", "talked about a grandmother who turned one hundred"),
    ("Somebody stole my bicycle in front of the library.", "complained about the stolen bicycle"),
    ("I have been to the polar circle with a sledge.", "described the journey with a sledge"),
)
LIKES: tuple[tuple[str, str, str], ...] = (
    ("tea", "Which tea does {who} like best?", "For me it has to be {thing}, I drink nothing else."),
    ("ice cream", "What is the favourite ice cream of {who}?", "If you ever buy me ice cream: {thing}, always."),
    ("seat", "Where does {who} prefer to sit on a train?", "On trains I only ever sit {thing}, otherwise I feel sick."),
    ("music", "What music does {who} like to work to?", "I can only concentrate with {thing} in my ears."),
    ("flowers", "Which flowers does {who} love most?", "Don't bring roses, bring {thing}, those are the ones I love."),
    ("breakfast", "What does {who} want for breakfast?", "In the morning I am happy with {thing} and nothing more."),
)
LIKED = {
    "tea": ("smoked black tea", "mint from the garden", "cold jasmine"),
    "ice cream": ("pistachio", "salted caramel", "sour cherry"),
    "seat": ("by the window, facing forward", "on the aisle near the door", "in the quiet coach upstairs"),
    "music": ("Bach on the lute", "brown noise and rain", "old Cuban records"),
    "flowers": ("peonies", "cornflowers", "white ranunculus"),
    "breakfast": ("porridge with prunes", "a soft egg and rye bread", "miso soup"),
}
ARTICLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("How lighthouses got their colours", ("Paint that can be told apart at dawn", "Keepers kept a log of every storm", "Red bands against snow")),
    ("A field guide to sourdough", ("Feed the starter twice a day", "Let the dough rest in the cold overnight", "A hot stone gives a crust")),
    ("Why old bridges hum", ("Wind sheds vortices behind a cable", "Engineers hung dampers under the deck", "Some tunes are louder in frost")),
    ("Fixed rate or variable mortgage", ("Compare the effective annual rate", "What early repayment costs", "Fix for ten years or five")),
    ("The last typewriter repairer", ("He keeps springs in tobacco tins", "Ribbons come from one factory", "Apprentices no longer apply")),
    ("Glaciers seen from a kite", ("A camera under a kite sees crevasses", "Meltwater runs blue in July", "Maps made from string and patience")),
    ("Repair cafes are booming", ("Toasters are the most frequent patient", "Volunteers meet on Saturdays", "Half of all things leave working")),
    ("The grammar of birdsong", ("Warblers repeat phrases in pairs", "Young birds babble before they sing", "Cities make them sing higher")),
    ("What the deep sea tastes like", ("Divers bring up brine from cold seeps", "Salt, iron and something like fennel", "A chef makes ice of it")),
    ("Trams against traffic jams", ("A lane for trams carries more people", "Shops feared the works and profited", "Grass between the rails cools streets")),
)  # fmt: skip
WORK_APPS = ("Mail", "Firefox", "Writer", "Calc", "Slack", "Terminal", "Teams", "Figma")
DISHES = (
    "Grilled sardines", "Onion soup", "Lamb stew", "Mushroom risotto", "Fish pie", "Duck leg", "Potato dumplings",
    "Octopus salad", "Beetroot tart", "Lentil curry", "Veal schnitzel", "Cheese board", "Almond cake", "Custard tart",
    "House red", "Mineral water", "Espresso", "Cider", "Plum dumplings", "Aubergine bake",
)  # fmt: skip
GOODS = (
    "Milk 1 l", "Rye bread", "Eggs x10", "Apples 1 kg", "Butter", "Coffee beans", "Washing powder", "Lamp E27", "Paint 2.5 l",
    "Screws 4x40", "Socks", "Notebook A5", "Batteries AA", "Toothpaste", "Rice 1 kg", "Tomatoes", "Cat food", "Envelopes",
)  # fmt: skip
EATING_FIRST = ("Blue", "Old", "Little", "Golden", "Three", "Green", "White", "Copper", "Salt", "Quiet", "Red", "Iron")
EATING_LAST = (
    "Heron",
    "Anchor",
    "Mill",
    "Lantern",
    "Foxes",
    "Orchard",
    "Bell",
    "Kettle",
    "Harbour",
    "Plough",
    "Oven",
    "Stork",
)
SHOPS = (
    "Hartmann Hardware",
    "Delta Market",
    "Pinewood Books",
    "Corner Pharmacy",
    "Lumen Electric",
    "Village Grocer",
    "Atelier Nord",
    "Sport Kessler",
)
HOTELS = (
    "Hotel Miramar",
    "Residence Alba",
    "Hotel Central",
    "Pension Lindenhof",
    "Casa do Largo",
    "Grand Hotel Aurora",
)
SAINTS = (
    "St Francis",
    "St Clare",
    "the Holy Cross",
    "St Nicholas",
    "Our Lady of Mercy",
    "St Anthony",
    "St Barbara",
    "St Martin",
    "All Souls",
)
CHURCH_SIGNS = (
    "CHURCH OF {name}\nMass on Sundays 10:00",
    "{name}\nParish church, built {n}",
    "Visitors are welcome\n{name}\nNo flash please",
)
MUSEUMS = (
    "Museum of Clocks",
    "Maritime Museum",
    "Gallery of Modern Art",
    "Textile Museum",
    "Tram Museum",
    "Botanical Museum",
)
EXHIBITS = (
    "Pendulum of {n}, brass and oak", "Portrait of a ferryman, oil on canvas, {n}", "Loom from the mill, about {n}",
    "Chart of the northern coast, {n}", "Tram no. 12, in service until {n}", "Herbarium sheet, gathered {n}",
    "Do not touch the objects", "Room {n}: the workshop",
)  # fmt: skip
STREET_SIGNS = (
    "Market Square",
    "No parking 8-18 h",
    "Ferry timetable winter",
    "Harbour Street 14",
    "Viewpoint 200 m",
    "Please keep off the grass",
    "Platform 3",
    "Bakery open from 6:30",
)
GLANCES = (
    ("Weather", "Today", "Rain from 15:00\n11 degrees\nWind 20 km/h"), ("News", "Headlines", "Strike at the airport ends\nElection date set\nStorm warning"),
    ("Messages", "Family", "Did you feed the cat?\nYes, twice"), ("Maps", "Route", "17 min by bicycle\n4.2 km"),
    ("Clock", "Timer", "08:00 left"), ("Music", "Now playing", "Track 4\nSide B"), ("Bank", "Balance", "Account ending 4417\nBooked today"),
)  # fmt: skip
APPOINTMENTS = ("boiler inspection", "dentist appointment", "parents' evening", "handover of the keys", "vaccination")
LODGING = ("2 nights, double room", "Breakfast", "City tax", "Minibar", "Parking", "Late check-out")
FAREWELLS = ("Thank you, goodbye.", "All right, thanks for your help.", "Good, that is all.")
IN_MUSEUMS = ("Look at this one!", "That is older than my house.", "Shall we go on?", "I like the light in here.")
ON_WALKS = ("My feet hurt already.", "Which way now?", "There is a bakery over there.")
ORGANISATIONS = (
    "the bank",
    "the insurance",
    "the tax office",
    "the landlord",
    "the travel agency",
    "the clinic",
    "the energy supplier",
)
