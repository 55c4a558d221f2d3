"""What one does with a place: give it a name of one's own, call it otherwise, take the name away.

Role: widgets; what the user says is told as signals. A name of one's own belongs to a spot and what is around it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.buttons import build_button, build_choice, build_field
from app.ui.people_view_model import Detail, Entry
from app.ui.refill import refill
from app.ui.words import count_words
from ingest.own_places import RADIUS_M, OwnPlace
from memory.clues import SPOT_DIGITS, Clue, Spot

_LONGEST_NAME = 100


class PlacePanel(QWidget):
    """The verbs on one place.

    Signals:
        kept: A name, its position (latitude and longitude in degrees) and how many metres around it.
        changed: Another name for an own place, and how many metres around it.
        excluded: Whether nothing is to be kept at this place any more.
        removed: The own name is to be taken away.
        spot_chosen: Number of the spot that a name would be for.
    """

    kept = Signal(str, object, float)
    changed = Signal(str, float)
    removed = Signal()
    excluded = Signal(bool)
    spot_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("This place"))
        self._own: OwnPlace | None = None
        self._spots: Sequence[Spot] = ()
        self._shown: tuple[Clue, OwnPlace | None] | None = None
        self.name = build_field(
            self.tr("Name of your own"),
            hint=self.tr("A name of your own, for example Home or Grandma's garden"),
            longest=_LONGEST_NAME,
            do=self._on_save,
        )
        self.save = build_button(self.tr("Save"), name=self.tr("Save the name of this place"), do=self._on_save)
        self.home = build_button(self.tr("This is home"), name=self.tr("Call this spot Home"), do=self._on_home)
        self.spots = build_choice(self.tr("Which spot"), view_name=self.tr("Spots"), n_letters=8, has_tip=True)
        self.spots.currentIndexChanged.connect(self._on_spot)
        self.radius = build_choice(
            self.tr("How far it reaches"), view_name=self.tr("Distances"), n_letters=8, has_tip=True
        )
        self.exclude = build_button(
            self.tr("Keep nothing here"),
            name=self.tr(
                "Keep no photo of this place from now on, and no sound and no screen while one of its wireless networks"
                " says that the computer is there; what was kept stays"
            ),
        )
        self.exclude.setCheckable(True)
        self.exclude.clicked.connect(self.excluded)
        self.remove = build_button(
            self.tr("Remove the name"),
            name=self.tr("Take this name away; what was taken here is named after the town again"),
            do=self.removed.emit,
        )
        self.unknown = QLabel(self.tr("Where this lies is not known, so it cannot be shown on the map."))
        self.unknown.setProperty("role", "soft")
        self.unknown.setWordWrap(True)
        self._arrange()

    def _arrange(self) -> None:
        naming, where = QHBoxLayout(), QHBoxLayout()
        for row in (naming, where):
            row.setSpacing(8)
        naming.addWidget(self.name, 1)
        naming.addWidget(self.save)
        naming.addWidget(self.home)
        where.addWidget(self.spots, 3)
        where.addWidget(self.radius, 2)
        where.addWidget(self.exclude)
        where.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(naming)
        layout.addLayout(where)
        layout.addWidget(self.unknown)

    def show_place(self, entry: Entry, detail: Detail, own: OwnPlace | None) -> None:
        """Show a place; what is being typed stays while the place is the same."""
        self._own = own
        self._offer_spots(detail.spots, anew=self._shown is None or self._shown[0] != entry.clue)
        if self._shown != (entry.clue, own):
            self._shown = (entry.clue, own)
            self.name.setText(own.name if own is not None else "")
            self._offer_radii(RADIUS_M if own is None else own.radius_m)
        is_somewhere = own is not None or bool(detail.spots)
        for widget in (self.name, self.save, self.radius):
            widget.setVisible(is_somewhere)
        self.home.setVisible(own is None and is_somewhere)
        self.spots.setVisible(own is None and is_somewhere)
        for button in (self.save, self.home):
            button.setEnabled(own is not None or self.spots.currentIndex() >= 0)
        self.remove.setVisible(own is not None)
        self.exclude.setVisible(own is not None)
        self.exclude.setChecked(own is not None and own.is_excluded)
        self.unknown.setVisible(detail.is_read and not is_somewhere)

    def _offer_spots(self, spots: Sequence[Spot], *, anew: bool) -> None:
        if list(spots) == list(self._spots):
            return
        self._spots = spots
        words = self.tr("Around {lat:.4f}, {lon:.4f}: {moments}")
        rows = [
            (
                f"{spot.lat:.{SPOT_DIGITS}f} {spot.lon:.{SPOT_DIGITS}f}",  # finer, its middle moves with every photo
                words.format(lat=spot.lat, lon=spot.lon, moments=count_words(spot.n_moments)),
            )
            for spot in spots
        ]
        self.spots.blockSignals(True)
        refill(self.spots, rows, anew=anew)
        self.spots.blockSignals(False)

    def _offer_radii(self, radius_m: float) -> None:
        radii = [
            (RADIUS_M, self.tr("a house, 150 m")),
            (500.0, self.tr("some streets, 500 m")),
            (2000.0, self.tr("a village, 2 km")),
            (10_000.0, self.tr("a town, 10 km")),
        ]
        if radius_m not in [each for each, _words in radii]:
            radii.append((radius_m, self.tr("around it, {n} m").format(n=f"{radius_m:g}")))
        self.radius.clear()
        for each, words in radii:
            self.radius.addItem(words, each)
        self.radius.setCurrentIndex([each for each, _words in radii].index(radius_m))

    @property
    def spot(self) -> int:
        """Number of the spot that a name would be for; -1 while none is chosen."""
        return self.spots.currentIndex()

    def choose_spot(self, n: int) -> None:
        """A spot was chosen on the map."""
        self.spots.setCurrentIndex(n)

    def _on_spot(self, n: int) -> None:
        if n >= 0:
            self.save.setEnabled(True)
            self.home.setEnabled(True)
            self.spot_chosen.emit(n)

    def _on_home(self) -> None:
        self.name.setText(self.tr("Home"))
        self._on_save()

    def _on_save(self) -> None:
        name = " ".join(self.name.text().split())
        radius_m = float(self.radius.currentData() or RADIUS_M)
        if not name:
            self.name.setFocus()
        elif self._own is not None:
            self.changed.emit(name, radius_m)
        elif self._spots and self.spots.currentIndex() >= 0:
            spot = self._spots[self.spot]
            self.kept.emit(name, (spot.lat, spot.lon), radius_m)
