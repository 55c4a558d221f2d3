"""What is said about each setting: its name, a sentence, its group, and its choices in words."""

from __future__ import annotations

from enum import StrEnum

from app.ui.words import translate


class SettingGroup(StrEnum):
    """Cards of the settings, in order."""

    WINDOW = "window"
    PERSON = "person"
    ANSWERS = "answers"
    RECORDING = "recording"
    SCREEN = "screen"
    OTHER = "other"


def group_words(group: SettingGroup) -> str:
    """The heading of a card."""
    return {
        SettingGroup.WINDOW: translate("settings", "The window"),
        SettingGroup.PERSON: translate("settings", "You"),
        SettingGroup.ANSWERS: translate("settings", "Answers"),
        SettingGroup.RECORDING: translate("settings", "Recording sound"),
        SettingGroup.SCREEN: translate("settings", "What of the screen is never kept, and how much is"),
        SettingGroup.OTHER: translate("settings", "More"),
    }[group]


def title_words(key: str) -> str:
    """The name of a setting; one that nobody has named yet is called by its key."""
    return {
        "appearance": translate("settings", "Appearance"),
        "language": translate("settings", "Language"),
        "own_name": translate("settings", "Your name"),
        "zone": translate("settings", "Time zone"),
        "profile": translate("settings", "Set of models"),
        "evidence_tokens": translate("settings", "Length of the evidence"),
        "idle_unload_s": translate("settings", "Models leave the working memory after"),
        "event_titles": translate("settings", "Better titles for events"),
        "raw_channels": translate("settings", "Sound of each microphone, once separated"),
        "microphone": translate("settings", "Microphone"),
        "channels": translate("settings", "Channels of the microphone"),
        "array": translate("settings", "Places of the microphones"),
        "screen_excluded_apps": translate("settings", "Applications that are never kept"),
        "screen_excluded_titles": translate("settings", "Titles of windows that are never kept"),
        "screen_excluded_addresses": translate("settings", "Addresses that are never kept"),
        "unknown_place": translate("settings", "When it is not known where the computer is"),
        "screen_budget_gb": translate("settings", "Room for pictures of the screen"),
        "watched_folders": translate("settings", "Watched folders"),
        "on_close": translate("settings", "Closing the window while something is recorded"),
        "desktop_keys": translate("settings", "Keys that work in every program"),
        "notify": translate("settings", "Notifications"),
    }.get(key, key.replace("_", " ").capitalize())


def about_words(key: str) -> str:
    """A sentence on what a setting does."""
    return {
        "appearance": translate("settings", "Light, dark or high contrast, or as the desktop has it."),
        "language": translate("settings", "Of the window. It takes effect at the next start."),
        "own_name": translate("settings", "A voice that you name “me” gets this name. From the next start on."),
        "zone": translate(
            "settings",
            "In which times are read and shown, like Europe/Lisbon; empty is the computer’s. From the next start on.",
        ),
        "profile": translate(
            "settings", "Which models listen, read and answer; see below what each needs. From the next start on."
        ),
        "evidence_tokens": translate(
            "settings",
            "Most tokens of evidence that the language model reads for an answer: more is slower. "
            "From the next start on.",
        ),
        "idle_unload_s": translate(
            "settings", "Seconds without use; the next use loads them again. From the next start on."
        ),
        "event_titles": translate(
            "settings",
            "While nobody needs the computer, the language model names events in words of their moments. "
            "It stops when you come back.",
        ),
        "raw_channels": translate(
            "settings",
            "What becomes of an array recording’s channels once its directions are separated. "
            "The directions and the mixed sound always stay.",
        ),
        "microphone": translate("settings", "What was recorded with last; empty is the system’s own choice."),
        "channels": translate("settings", "How many of them are recorded; 0 leaves it to the program."),
        "array": translate(
            "settings",
            "A preset’s name or a geometry as JSON; empty where it is not known. "
            "The bar above sets it when you record.",
        ),
        "screen_excluded_apps": translate(
            "settings",
            "Parts of names with semicolons between them. No picture is kept while one can be seen; "
            "private windows of browsers and Madeleine itself never are.",
        ),
        "screen_excluded_titles": translate(
            "settings", "Parts of titles with semicolons between them, like payroll; diary."
        ),
        "screen_excluded_addresses": translate(
            "settings",
            "Parts of addresses, like bank.example. An address is known once a picture was read: "
            "until then the picture lies on the disk, then it is deleted.",
        ),
        "unknown_place": translate(
            "settings",
            "Counts while there are places where nothing is kept and which a wireless network tells; "
            "a cable or a hotspot tells none.",
        ),
        "screen_budget_gb": translate(
            "settings", "When it is full the oldest pictures go; their words stay and are found."
        ),
        "watched_folders": translate("settings", "What comes into them is imported while this window is open."),
        "on_close": translate("settings", "Ends the recording, or lets it go on with a sign in the tray."),
        "notify": translate("settings", "Whether the desktop tells what happens while the window is not in front."),
        "desktop_keys": translate(
            "settings",
            "Ctrl+Alt+M remembers this, Ctrl+Alt+P pauses for 15 minutes or goes on. "
            "A Wayland desktop asks first, and may give other keys: F1 shows them.",
        ),
    }.get(key, "")


def choice_words(key: str, value: str) -> str:
    """A choice of a setting in words."""
    words = {
        ("appearance", "system"): translate("settings", "As the desktop"),
        ("appearance", "light"): translate("settings", "Light"),
        ("appearance", "dark"): translate("settings", "Dark"),
        ("appearance", "contrast-light"): translate("settings", "High contrast, light"),
        ("appearance", "contrast-dark"): translate("settings", "High contrast, dark"),
        ("language", "system"): translate("settings", "As the desktop"),
        ("language", "en"): "English",
        ("language", "de"): "Deutsch",
        ("profile", "default"): translate("settings", "default: works everywhere"),
        ("profile", "larger"): translate("settings", "larger: better, slower, needs the model hub once"),
        ("event_titles", "off"): translate("settings", "Never"),
        ("event_titles", "mains"): translate("settings", "On mains power"),
        ("event_titles", "always"): translate("settings", "On battery too"),
        ("unknown_place", "pause"): translate("settings", "Record nothing"),
        ("unknown_place", "record"): translate("settings", "Record as elsewhere"),
        ("desktop_keys", "on"): translate("settings", "On"),
        ("desktop_keys", "off"): translate("settings", "Off"),
        ("on_close", "ask"): translate("settings", "Ask me"),
        ("on_close", "quit"): translate("settings", "Ends it"),
        ("on_close", "tray"): translate("settings", "Goes on in the tray"),
        ("notify", "on"): translate("settings", "On"),
        ("notify", "off"): translate("settings", "Off"),
        ("raw_channels", "keep"): translate("settings", "Keep"),
        ("raw_channels", "drop"): translate("settings", "Let go at once"),
    }.get((key, value))
    if words is None and key == "raw_channels":
        return translate("settings", "Keep for {n} days").format(n=value.split()[0])
    return value if words is None else words


def unit_words(key: str) -> str:
    """What the numbers of a setting count, to stand behind them."""
    return {
        "idle_unload_s": translate("settings", " s"),
        "evidence_tokens": translate("settings", " tokens"),
        "screen_budget_gb": translate("settings", " GB"),
    }.get(key, "")


def value_words(key: str, value: str | int) -> str:
    """A value as a person reads it."""
    if value == "":
        return translate("settings", "empty")
    return choice_words(key, value) if isinstance(value, str) else f"{value}{unit_words(key)}"
