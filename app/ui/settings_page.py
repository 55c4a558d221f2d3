"""The page of the settings: a row for each, found by what is typed above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.ui.commands import fold
from app.ui.models_controller import ModelsController
from app.ui.models_section import ModelsSection
from app.ui.pages import Page
from app.ui.privacy_section import PrivacySection
from app.ui.section import Section, SectionPage, build_words
from app.ui.setting_row import SettingRow
from app.ui.settings_controller import SettingsController
from app.ui.settings_spec import list_specs
from app.ui.settings_words import SettingGroup, group_words
from app.ui.task_runner import TaskRunner
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.engine import Engine
    from app.ui.words import Trouble

PROFILES = ("default", "larger")  # the third of ``weights.toml`` is for tests


class SettingsPage(Page):
    """What can be chosen, and what it means. Changes hold at once, without a button to keep them."""

    key = "settings"
    more_keys = ("Ctrl+,",)
    needs_moments = False
    appearance_changed = Signal(str)
    model_remove_wanted = Signal(object)  # a ``ModelState``: likewise
    model_came = Signal()
    incognito_wanted = Signal()
    library_wanted = Signal()
    raw_rule_wanted = Signal(str)  # what is let go cannot be brought back: the workspace asks first

    def __init__(self, runner: TaskRunner, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.title = self.tr("Settings")
        self.line_hint = self.tr("Search, or ask a question and press Enter")
        self.setAccessibleName(self.title)
        self.controller = SettingsController(runner, self)
        self.search = QLineEdit()
        self.search.setProperty("role", "field")
        self.search.setPlaceholderText(self.tr("Find a setting"))
        self.search.setAccessibleName(self.tr("Find a setting"))
        self.search.setClearButtonEnabled(True)
        for button in self.search.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Clear the field"))
        self.search.textChanged.connect(self._on_search)
        self.nothing = build_words(self.tr("No setting is called like that."), role="soft")
        self.rows = {spec.key: SettingRow(spec) for spec in list_specs(PROFILES)}
        self.cards = SectionPage(self.tr("Cards of the settings"), head=(self.search, self.nothing))
        self._sections: list[Section] = []
        self.model_controller = ModelsController(runner, self)
        self.models = ModelsSection(self.model_controller)
        self.privacy = PrivacySection(runner)
        self._build_sections()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.cards)
        self.nothing.hide()
        self._connect()

    def _build_sections(self) -> None:
        for group in SettingGroup:
            rows = [row for row in self.rows.values() if row.spec.group is group]
            if rows:
                section = Section(group_words(group))
                for row in rows:
                    section.add_found(row, row.searched)
                self._sections.append(section)
        self._sections += [self.models, self.privacy]
        for section in self._sections:
            self.cards.add(section)

    def _connect(self) -> None:
        for row in self.rows.values():
            row.changed.connect(self._on_changed)
            row.library_wanted.connect(self.library_wanted)
        self.controller.kept.connect(self._on_kept)
        self.controller.refused.connect(self._on_refused)
        self.models.remove_wanted.connect(self.model_remove_wanted)
        self.model_controller.came.connect(self.model_came)
        self.privacy.incognito_wanted.connect(self.incognito_wanted)

    # what every page hears ---------------------------------------------------------------------------------------
    def set_engine(self, engine: Engine) -> None:
        """See ``Page``."""
        self.controller.set_engine(engine)
        self.model_controller.set_engine(engine)
        self.privacy.set_engine(engine)
        self.show_settings()
        self.appearance_changed.emit(engine.settings.appearance)

    def enter(self) -> None:
        """See ``Page``: another program may have changed them."""
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

    def show_setting(self, key: str) -> None:
        """Go to one setting."""
        self.search.clear()
        row = self.rows.get(key)
        if row is not None:
            row.control.setFocus()
            self.cards.show_widget(row)

    def _on_changed(self, key: str, text: str) -> None:
        if key == "raw_channels" and text != "keep":
            self.show_settings()  # until it is so, the row shows what holds
            self.raw_rule_wanted.emit(text)
        else:
            self.controller.change(key, text)

    def _on_kept(self, key: str) -> None:
        row, settings = self.rows[key], self.controller.settings
        row.show_trouble(None)
        if settings is not None:
            row.show_value(getattr(settings, key))
            if key == "appearance":
                self.appearance_changed.emit(settings.appearance)

    def _on_refused(self, key: str, trouble: Trouble) -> None:
        self.rows[key].show_trouble(trouble)

    def _on_search(self, typed: str) -> None:
        parts = fold(typed).split()
        shown = [section.filter(parts) for section in self._sections]
        self.nothing.setVisible(not any(shown))
