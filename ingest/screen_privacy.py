"""What of a screen is never kept: chosen applications and titles, private windows, Madeleine's own.

Role: pure rules over what is where on the desktop, in the safe direction: whatever can be seen of such a window, in
front or behind, keeps its whole monitor from being kept. Reasons name no window, for a gap must not tell what it hides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.screen import Box, View, Window

HIDDEN = "something that is never kept was on the screen"
OWN = "Madeleine's own window was in front"
OWN_SOMEWHERE = "Madeleine's own window was open, and this desktop does not tell where: minimise or close it"

# What browsers write into the title of a private window, in the languages they come in. Sources: the strings of
# Firefox ("browser-window-titles"), Chromium ("IDS_BROWSER_WINDOW_TITLE_..."), Edge ("InPrivate" everywhere) and
# GNOME Web. Where a page is only called like that, it is not kept either: the safe direction.
PRIVATE_TITLES = (
    "private browsing", "private window", "private tab", "incognito", "inprivate",
    "privater modus", "privates fenster", "inkognito", "navigation privée", "fenêtre privée",
    "navegación privada", "ventana privada", "incógnito", "navigazione anonima", "navigazione in incognito",
    "finestra anonima", "navegação privativa", "navegação privada", "navegação anónima", "janela anônima", "anônima",
    "privénavigatie", "privénavigeren", "privévenster", "tryb prywatny", "okno prywatne", "przeglądanie prywatne",
    "privat surfning", "privat fönster", "privat browsing", "privat vindue", "privat nettlesing", "privat vindu",
    "yksityinen selaus", "yksityinen ikkuna", "anonymní prohlížení", "anonymní okno", "anonymní",
    "súkromné prehliadanie", "privát böngészés", "inkognitó", "gizli gezinti", "gizli pencere", "gizli mod",
    "приватный просмотр", "приватное окно", "инкогнито", "приватний перегляд", "приватне вікно", "анонімний перегляд",
    "поверително сърфиране", "инкогнито", "ιδιωτική περιήγηση", "ανώνυμη περιήγηση", "navigare privată",
    "privatno pregledavanje", "anoniman način", "zasebno brskanje", "privataus naršymo", "privaatne sirvimine",
    "navegació privada", "incògnit", "プライベートブラウジング", "プライベートウィンドウ", "シークレット",
    "隐私浏览", "隐私窗口", "无痕", "隱私瀏覽", "隱私視窗", "無痕", "사생활 보호", "시크릿", "사적인 창",
    "تصفح خاص", "التصفح المتخفي", "نافذة خاصة", "גלישה פרטית", "גלישה בסתר", "duyệt riêng tư", "ẩn danh",
    "penjelajahan pribadi", "samaran", "गुप्त", "निजी ब्राउज़िंग", "การเรียกดูแบบส่วนตัว", "ไม่ระบุตัวตน",
)  # fmt: skip
_PRIVATE_MARKS = ("(private)", "[private]", "(privat)", "(privé)", "(privado)", "(privato)")
_PRIVATE_APPS = ("tor browser",)


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What the user never wants kept.

    Attributes:
        apps: Parts of names of applications.
        titles: Parts of titles of windows.
        addresses: Parts of addresses of pages; known only once the words of a picture were read.
    """

    apps: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    @classmethod
    def parse(cls, apps: str, titles: str, addresses: str = "") -> Exclusions:
        """Read them from what a person wrote: parts of names with semicolons between them."""
        return cls(tuple(_split(apps)), tuple(_split(titles)), tuple(_split(addresses)))

    def excludes_page(self, address: str | None, window: str | None) -> bool:
        """Whether nothing of a page may be kept, by the address that was read on it or that its title tells."""
        told = fold(f"{address or ''} {window or ''}")
        return any(part in told for part in self.addresses)

    def excludes(self, window: Window) -> bool:
        """Whether nothing of this window may ever be kept."""
        app, title = fold(window.app), fold(window.title)
        return (
            any(part in app for part in (*self.apps, *_PRIVATE_APPS))
            or any(part in title for part in (*self.titles, *self.addresses, *_FOLDED_TITLES))
            or title.endswith(_PRIVATE_MARKS)
        )

    def judge(self, view: View, box: Box) -> str | None:
        """Why nothing of a monitor may be kept now, or None."""
        if view.veto:
            return view.veto
        main = view.main_window(box)
        for window in view.windows:
            if (window.app or window.title) and self.excludes(window) and view.seen_px(window, box):
                return HIDDEN
        if any(window.is_own and not window.is_placed for window in view.windows):
            return OWN_SOMEWHERE
        return OWN if main is not None and main.is_own else None


def list_own(view: View, box: Box) -> list[Box]:
    """Where Madeleine's own windows can be seen on a monitor beside others: painted over before anything is kept."""
    return [part for window in view.windows if window.is_own for part in view.seen(window, box)]


def fold(text: str) -> str:
    """A text as it is compared: no case, no invisible marks, one form of each letter."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if unicodedata.category(c) != "Cf")


def _split(text: str) -> Iterable[str]:
    return (folded for part in text.split(";") if (folded := fold(part.strip())))


_FOLDED_TITLES = tuple(dict.fromkeys(fold(title) for title in PRIVATE_TITLES))
