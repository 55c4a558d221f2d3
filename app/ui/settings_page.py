"""The page of the settings: a row for each, found by what is typed above them; models and privacy below.

Role: what the window sees of the settings. Most who open the window do not open this page: its cards are made when it
is first entered, one in each turn of the event loop, so that the window is never held up by them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.ui.commands import fold
from app.ui.models_controller import ModelsController
from app.ui.pages import Page
from app.ui.section import Section, SectionPage, build_words
from app.ui.settings_controller import SettingsController
from app.ui.task_runner import TaskRunner
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.engine import Engine
    from app.ui.models_section import ModelsSection
    from app.ui.privacy_section import PrivacySection
    from app.ui.setting_row import SettingRow
    from app.ui.settings_spec import SettingSpec
    from app.ui.words import Trouble

MODELS = "models"  # no setting is called so
PROFILES = ("default", "larger")  # the third of ``weights.toml`` is for tests


class SettingsPage(Page):
    """What can be chosen, and what it means. Changes hold at once, without a button to keep them."""

    key = "settings"
    more_keys = ("Ctrl+,",)
    needs_moments = False
    appearance_changed = Signal(str)
    model_remove_wanted = Signal(object)  # a ``ModelState``: it is asked before
    model_came = Signal()
    incognito_wanted = Signal()
    library_wanted = Signal()

    models: ModelsSection  # there once ``is_built``
    privacy: PrivacySection

    def __init__(self, runner: TaskRunner, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.title = self.tr("Settings")
        self.line_hint = self.tr("Search, or ask a question and press Enter")
        self.setAccessibleName(self.title)
        self._runner = runner
        self._engine: Engine | None = None
        self.controller = SettingsController(runner, self)
        self.model_controller = ModelsController(runner, self)
        self.rows: dict[str, SettingRow] = {}
        self.is_built = False
        self._todo: deque[Callable[[], None]] | None = None
        self._sections: list[Section] = []
        self._wanted = ""  # a setting to go to once it is there
        self.search = QLineEdit()
        self.search.setProperty("role", "field")
        self.search.setPlaceholderText(self.tr("Find a setting"))
        self.search.setAccessibleName(self.tr("Find a setting"))
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)  # files are for the window
        for button in self.search.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Clear the field"))
        self.search.textChanged.connect(self._on_search)
        self.nothing = build_words(self.tr("No setting is called like that."), role="soft")
        self.cards = SectionPage(self.tr("Cards of the settings"), head=(self.search, self.nothing))
        self.nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.cards)
        self.controller.kept.connect(self._on_kept)
        self.controller.refused.connect(self._on_refused)
        self.controller.raw_rule_told.connect(lambda _rule: self.show_settings())
        self.controller.troubled.connect(self.troubled)
        self.model_controller.came.connect(self.model_came)

    # building ----------------------------------------------------------------------------------------------------
    def _begin(self) -> None:
        """Plan the cards; they follow one by one."""
        from app.ui.settings_spec import list_specs
        from app.ui.settings_words import SettingGroup

        self._todo = deque()
        specs = list_specs(PROFILES)
        for group in SettingGroup:
            mine = [spec for spec in specs if spec.group is group]
            if mine:
                self._todo.append(partial(self._add_group, group, mine))
        self._todo += [self._add_models, self._add_privacy]
        QTimer.singleShot(0, self, self._build_next)

    def _build_next(self) -> None:
        if self._todo:
            self._todo.popleft()()
            QTimer.singleShot(0, self, self._build_next)
            return
        self.is_built = True
        if self.search.text():
            self._on_search(self.search.text())
        if self._wanted and self._wanted != MODELS:
            self.show_setting(self._wanted)

    def _add_group(self, group: object, specs: list[SettingSpec]) -> None:
        from app.ui.setting_row import SettingRow
        from app.ui.settings_words import SettingGroup, group_words

        assert isinstance(group, SettingGroup)
        section = Section(group_words(group))
        for spec in specs:
            row = self.rows[spec.key] = SettingRow(spec)
            row.changed.connect(self._on_changed)
            row.library_wanted.connect(self.library_wanted)
            section.add_found(row, row.searched)
        self._add(section)
        self.show_settings()

    def _add_models(self) -> None:
        from app.ui.models_section import ModelsSection

        self.models = ModelsSection(self.model_controller)
        self.models.remove_wanted.connect(self.model_remove_wanted)
        self.models.filled.connect(lambda: self.show_models() if self._wanted == MODELS else None)
        self._add(self.models)
        self.model_controller.read()

    def _add_privacy(self) -> None:
        from app.ui.privacy_section import PrivacySection

        self.privacy = PrivacySection(self._runner)
        self.privacy.incognito_wanted.connect(self.incognito_wanted)
        self._add(self.privacy)
        if self._engine is not None:
            self.privacy.set_engine(self._engine)
            self.privacy.look()

    def _add(self, section: Section) -> None:
        self._sections.append(section)
        self.cards.add(section)

    # what every page hears ---------------------------------------------------------------------------------------
    def set_engine(self, engine: Engine) -> None:
        """See ``Page``."""
        self._engine = engine
        self.controller.set_engine(engine)
        self.model_controller.set_engine(engine)
        if self.is_built:
            self.privacy.set_engine(engine)
        self.show_settings()
        self.appearance_changed.emit(engine.settings.appearance)

    def enter(self) -> None:
        """See ``Page``: another program may have changed something."""
        if self._todo is None:
            self._begin()
        elif self.is_built:
            self.show_settings()
            self.model_controller.read()
            self.privacy.look()
        self.search.setFocus()

    def takes(self, question: str) -> bool:
        """See ``Page``: questions are for the first page."""
        return False

    def focus_content(self) -> None:
        """See ``Page``."""
        self.search.setFocus()

    def step_back(self) -> bool:
        """See ``Page``: show all again."""
        was_searched = bool(self.search.text())
        self.search.clear()
        return was_searched

    # settings ----------------------------------------------------------------------------------------------------
    def show_settings(self) -> None:
        """Show what holds now."""
        settings = self.controller.settings
        if settings is not None:
            for key, row in self.rows.items():
                row.show_value(getattr(settings, key))

    def take_settings(self) -> None:
        """Somebody changed one, maybe with the command line; the row that is being worked at is left alone."""
        settings = self.controller.settings
        if settings is not None:
            for key, row in self.rows.items():
                if not row.control.hasFocus():
                    row.show_value(getattr(settings, key))
            self.appearance_changed.emit(settings.appearance)

    def show_models(self) -> None:
        """Go to the models, at once or as soon as they are there."""
        is_there = self.is_built and bool(self.models.rows)
        self._wanted = "" if is_there else MODELS
        self.search.clear()
        if is_there:
            self.cards.show_top(self.models)
            self.models.focus_first()

    def show_incognito(self) -> None:
        """Incognito has begun or ended."""
        if self.is_built:
            self.privacy.show_incognito()

    def show_setting(self, key: str) -> None:
        """Go to one setting, at once or as soon as it is there."""
        self._wanted = "" if self.is_built else key
        self.search.clear()
        row = self.rows.get(key)
        if row is not None and self.is_built:
            row.control.setFocus()
            self.cards.show_widget(row)

    def _on_changed(self, key: str, text: str) -> None:
        settings = self.controller.settings
        if key == "raw_channels":
            self.controller.choose_raw_channels(text)
        elif key == "screen_budget_gb" and settings is not None and int(text) < settings.screen_budget_gb:
            self.show_settings()
            self.controller.lower_budget(int(text))
        else:
            self.controller.change(key, text)

    def _on_kept(self, key: str) -> None:
        row, settings = self.rows[key], self.controller.settings
        row.show_trouble(None)
        if settings is not None:
            row.show_value(getattr(settings, key))

    def _on_refused(self, key: str, trouble: Trouble) -> None:
        self.rows[key].show_trouble(trouble)

    def _on_search(self, typed: str) -> None:
        parts = fold(typed).split()
        shown = [section.filter(parts) for section in self._sections]
        self.nothing.setVisible(self.is_built and not any(shown))
