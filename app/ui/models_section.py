"""The card of the models: a row for each, with what it needs, and buttons to fetch, check, try and remove it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.models_desk import ModelState, can_measure
from app.ui.buttons import build_button
from app.ui.models_controller import Doing, ModelsController
from app.ui.models_words import loss_words, measured_words, state_words, task_words
from app.ui.section import Section, build_words
from app.ui.storage_words import size_words
from app.ui.theme import scaled_font
from app.ui.words import Trouble, translate


class ModelRow(QWidget):
    """One model."""

    pull_wanted = Signal(str)
    verify_wanted = Signal(str)
    measure_wanted = Signal(str)
    remove_wanted = Signal(str)
    stop_wanted = Signal()

    def __init__(self, state: ModelState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        name, title = state.model.id, state.model.title
        self.setAccessibleName(title)
        self.searched = f"{title} {task_words(state.model.task)} {state.model.licence} {state.model.task}"
        self.title = build_words()
        self.title.setFont(scaled_font(self.font(), 1.0, bold=True))
        self.about = build_words(role="soft")
        self.measured = build_words(role="soft")
        self.said = build_words()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress with {model}").format(model=title))
        self.pull = build_button(self.tr("Fetch"), name=self.tr("Fetch {model}").format(model=title))
        self.verify = build_button(self.tr("Check"), name=self.tr("Read every byte of {model}").format(model=title))
        self.measure = build_button(
            self.tr("Measure"), name=self.tr("Measure the speed of {model}").format(model=title)
        )
        self.remove = build_button(self.tr("Remove…"), name=self.tr("Remove {model} from the disk").format(model=title))
        self.stop = build_button(self.tr("Cancel"), name=self.tr("Stop what is done with {model}").format(model=title))
        for button, signal in (
            (self.pull, self.pull_wanted),
            (self.verify, self.verify_wanted),
            (self.measure, self.measure_wanted),
            (self.remove, self.remove_wanted),
        ):
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit(name))
        self.stop.clicked.connect(self.stop_wanted)
        self._arrange()

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.pull, self.verify, self.measure, self.remove, self.stop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.setSpacing(3)
        for widget in (self.title, self.about, self.measured, self.said, self.progress):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def show_state(self, state: ModelState, doing: Doing | None, said: Trouble | None) -> None:
        """Show how it stands, what is being done to it and what came of the last thing that was."""
        self.state = state
        model = state.model
        used = self.tr("used") if state.is_used else self.tr("not used by the chosen set")
        self.title.setText(f"{task_words(model.task)}: {model.title} ({used})")
        loss = loss_words(model.task) if state.is_used and not state.is_here else ""
        self.about.setText(" ".join(part for part in (state_words(state) + ".", loss) if part))
        self.measured.setText(measured_words(state.measured))
        self.measured.setVisible(can_measure(model))
        is_mine = doing is not None and doing.model == model.id
        words = doing.words if doing is not None and is_mine else said.line if said else ""
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.progress.setVisible(is_mine)
        share = doing.share if doing is not None else None
        self.progress.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self.progress.setValue(round(1000 * share))
        is_free, is_ours = doing is None, not model.bundled
        self.pull.setVisible(is_ours and not state.is_here)
        self.verify.setVisible(is_ours and state.is_here)
        self.measure.setVisible(can_measure(model) and state.is_here)
        self.remove.setVisible(is_ours and state.state != "missing")
        for button in (self.pull, self.verify, self.measure, self.remove):
            button.setEnabled(is_free)
        self.stop.setVisible(is_mine)


class ModelsSection(Section):
    """All models."""

    remove_wanted = Signal(object)  # a ``ModelState``: it is asked before
    filled = Signal()  # there is a row for each model

    def __init__(self, controller: ModelsController, parent: QWidget | None = None) -> None:
        super().__init__(
            translate("models", "Models"),
            translate(
                "models",
                "They work on this computer, without a network. Only “Fetch” uses it: each file comes from the model "
                "hub or the Python package index, and is used only if every byte is the one that is known. All "
                "memories of this computer share them.",
            ),
            parent=parent,
        )
        self._controller = controller
        self.pull_all = build_button("", name=self.tr("Fetch all that are missing"), role="primary")
        self.pull_all.clicked.connect(lambda: controller.pull_all([each.model.id for each in controller.lacking]))
        self.pull_all.hide()
        self.add_row(self.pull_all)
        self.rows: dict[str, ModelRow] = {}
        controller.changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        """Show all rows; of new ones make one, and the others in the next turns of the event loop."""
        controller, is_made = self._controller, False
        self._show_lacking(controller.lacking, is_free=controller.doing is None)
        for state in controller.states:
            name = state.model.id
            if name not in self.rows:
                if is_made:
                    QTimer.singleShot(0, self, self._on_changed)
                    return
                self._add_row(state)
                is_made = True
            self.rows[name].show_state(state, controller.doing, controller.said.get(name))
        if is_made:
            QTimer.singleShot(0, self, self.filled.emit)

    def focus_first(self) -> None:
        """Go to what fetches something, where something is missing."""
        buttons = [self.pull_all, *(row.pull for row in self.rows.values())]
        wanted = next((each for each in buttons if each.isVisible() and each.isEnabled()), None)
        if wanted is not None:
            wanted.setFocus()

    def _show_lacking(self, lacking: Sequence[ModelState], *, is_free: bool) -> None:
        """One button for all that is missing; a single one has its own."""
        words = self.tr("Fetch all {n} that are missing ({size})").format(
            n=len(lacking), size=size_words(sum(each.n_bytes for each in lacking))
        )
        self.pull_all.setText(words)
        self.pull_all.setAccessibleName(words)
        self.pull_all.setVisible(len(lacking) > 1)
        self.pull_all.setEnabled(is_free)

    def _add_row(self, state: ModelState) -> None:
        row = ModelRow(state)
        row.pull_wanted.connect(self._controller.pull)
        row.verify_wanted.connect(self._controller.verify)
        row.measure_wanted.connect(self._controller.measure)
        row.remove_wanted.connect(lambda name: self.remove_wanted.emit(self.rows[name].state))
        row.stop_wanted.connect(self._controller.stop)
        self.rows[state.model.id] = row
        self.add_found(row, row.searched)
