"""Makes the actions of the table: menu bar, keys, the buttons of the bars and the sheet of keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from readlater import paths
from readlater.article import Place
from readlater.library import Library
from readlater.settings import Settings
from readlater.ui.actions import (
    article,
    edit,
    file,
    go,
    help,  # noqa: A004  # the menus
    highlight,
    links,
    listen,
    pictures,
    view,
)
from readlater.ui.actions.badge import BadgeClicks
from readlater.ui.actions.deeds import Deeds
from readlater.ui.actions.situation import Situation
from readlater.ui.actions.spec import TABLE, Menu, Scope, Spec
from readlater.ui.actions.tags import tag_menu
from readlater.ui.icons import icon
from readlater.ui.views.empty import FirstStart
from readlater.ui.views.shortcuts_sheet import Section
from readlater.ui.views.state_pane import StatePane

if TYPE_CHECKING:
    from readlater.ui.jobs import Jobs
    from readlater.ui.theme import Theme
    from readlater.ui.views.window import MainWindow

# Importing them has filled the table.
MENUS: Final = (file, edit, article, view, go, highlight, links, pictures, listen, help)
# What stands in the bar over the reader, and what its last button and the list's menu hold.
_READER_BAR: Final = (
    "article.archive",
    "article.favourite",
    "article.tags",
    "article.highlight",
    "listen.read_aloud",
)
_READER_BAR_END: Final = (
    "view.outline",
    "view.highlights_panel",
    "view.typography",
    "article.open_on_the_web",
)
_CONTEXT: Final = (
    "go.into_article article.open_on_the_web edit.copy_link edit.copy_article | "
    "article.archive article.favourite article.tags | article.access article.removed "
    "article.complete article.preview article.unsay | article.fetch_again article.try_again "
    "article.stop article.edit_address article.extract_again | article.restore article.trash"
)
_MORE: Final = (
    "edit.copy_link edit.copy_markdown edit.copy_article article.all_links article.large | "
    "view.as_it_came view.side_by_side | file.print_article file.save_pdf | "
    "article.access article.removed article.complete article.preview article.unsay | "
    "article.fetch_again article.try_again article.stop article.edit_address "
    "article.extract_again | article.restore article.trash"
)


class Actions(QObject):
    """All actions on one window: made once, worn after the situation from then on."""

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        jobs: Jobs,
        theme: Theme,
        *,
        settings_file: Path | None = None,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self._single = library.settings.single_keys
        self.deeds = Deeds(
            window,
            library,
            jobs,
            theme,
            settings_file=settings_file or paths.settings_file(),
            open_url=open_url,
        )
        self._actions = {spec.id: self._make(spec) for spec in TABLE.specs}
        self._worn: Situation | None = None
        self._make_menus()
        self._fill_bars()
        self._fill_reader()
        self._badges = BadgeClicks(window.list_pane.cards, self.deeds.dialogs.show_access)
        self._connect()
        self._set_keys()
        self.refresh()
        self._wear()

    def action(self, name: str) -> QAction:
        """The action called `menu.function`."""
        return self._actions[name]

    def save_sources(self, sources: Sequence[str]) -> None:
        """Save links and files that another start, or the command line, has handed over."""
        self.deeds.intake.save_sources(sources)

    def situation(self) -> Situation:
        """What the deeds are about just now."""
        return self.deeds.situation()

    def refresh(self) -> None:
        """Enable what works now, and name each deed by what it would do."""
        now = self.situation()
        if now == self._worn:
            return
        self._worn = now
        for spec in TABLE.specs:
            action = self._actions[spec.id]
            action.setEnabled(spec.when(now))
            if spec.other is not None:
                holds = spec.other[0](now)
                action.setText(_tr(spec.other[1] if holds else spec.text))
                self._wear_one(spec, now)

    def set_single_keys(self, *, on: bool) -> None:
        """Switch the plain letters on or off."""
        self._single = on
        self._set_keys()

    def sections(self) -> list[Section]:
        """The sheet of keys: each menu with those of its deeds that have one."""
        made: list[Section] = []
        for menu in Menu:
            deeds = [
                (_tr(spec.text).rstrip("…"), keys)
                for spec in TABLE.specs
                if spec.menu is menu and (keys := _told(spec.keys_now(single=self._single)))
            ]
            made.append((_tr(menu).replace("&", ""), deeds))
        return made

    # made once

    def _make(self, spec: Spec) -> QAction:
        action = QAction(_tr(spec.text), self)
        action.setObjectName(spec.id)
        action.setIconVisibleInMenu(False)
        action.triggered.connect(lambda: spec.run(self.deeds))
        homes: dict[Scope, QWidget] = {
            Scope.WINDOW: self._window,
            Scope.LIST: self._window.list_pane.cards,
            Scope.READER: self._window.reader_pane,
        }
        if spec.scope is not Scope.WINDOW:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        homes[spec.scope].addAction(action)
        return action

    def _make_menus(self) -> None:
        bar = self._window.menuBar()
        menus = {menu: bar.addMenu(_tr(menu)) for menu in Menu}
        for spec in TABLE.specs:
            menu = menus[spec.menu]
            if spec.new_group and menu.actions():
                menu.addSeparator()
            if spec.id == "view.sort":  # the list's own menu of orders, not twice
                menu.addMenu(self._window.list_pane.sort_menu)
                continue
            menu.addAction(self._actions[spec.id])
        roles = {
            "file.settings": QAction.MenuRole.PreferencesRole,
            "file.leave": QAction.MenuRole.QuitRole,
            "help.about": QAction.MenuRole.AboutRole,
        }
        for action in self._actions.values():
            action.setMenuRole(roles.get(action.objectName(), QAction.MenuRole.NoRole))

    def _fill_bars(self) -> None:
        window = self._window
        window.bar_sidebar.add_action(self._actions["file.add"])
        window.bar_sidebar.add_space()
        bar = window.bar_reader
        for name in _READER_BAR:
            bar.add_action(self._actions[name])
        bar.add_space()
        for name in _READER_BAR_END:
            bar.add_action(self._actions[name])
        self._more = QAction(self.tr("More"), self)
        bar.add_action(self._more, menu=self._filled(QMenu(window), _MORE))

    def _fill_reader(self) -> None:
        window, deeds = self._window, self.deeds
        self.state_pane = StatePane(self._theme)
        self.state_pane.wanted.connect(deeds.on_row)
        window.reader_pane.set_state_view(self.state_pane)
        self.first_start = FirstStart(self._theme, deeds.library.folder)
        self.first_start.paste_wanted.connect(deeds.intake.paste)
        self.first_start.file_wanted.connect(deeds.dialogs.choose_files)
        self.first_start.sample_wanted.connect(deeds.read_sample)
        window.reader_pane.set_first_start(self.first_start)
        self._wired: QWidget | None = None

    def _filled(self, menu: QMenu, names: str) -> QMenu:
        for name in names.split():
            if name == "|":
                menu.addSeparator()
            else:
                menu.addAction(self._actions[name])
        return menu

    def context_menu(self) -> QMenu:
        """The menu of the selected articles: only what works."""
        self.refresh()
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        for group in _CONTEXT.split(" | "):
            working = [self._actions[n] for n in group.split() if self._actions[n].isEnabled()]
            if working and menu.actions():
                menu.addSeparator()
            menu.addActions(working)
        return menu

    # worn from then on

    def _connect(self) -> None:
        window, deeds = self._window, self.deeds
        for signal in (
            window.selection_changed,
            window.article_changed,
            window.view_changed,
            window.counted,
            deeds.changed,
            window.model.loaded,
            window.model.reloaded,
        ):
            signal.connect(lambda *_: self.refresh())
        window.article_changed.connect(self._wire_page)
        window.menu_wanted.connect(lambda at: self.context_menu().popup(at))
        window.sidebar.tag_menu.connect(lambda tag, at: tag_menu(deeds, tag).popup(at))
        window.sidebar.place_menu.connect(self._on_place_menu)
        deeds.page.wanted.connect(lambda name: self._actions[name].trigger())
        deeds.dialogs.settings_changed.connect(self._on_settings)
        self._theme.changed.connect(self._wear)

    def _wire_page(self) -> None:
        page = self._window.reader_pane.page_view
        if page is None:
            return
        if page is not self._wired:
            self._wired = page
            page.shown.connect(lambda _id: self._wire_page())  # its engine may be a new one
            page.access_clicked.connect(self.deeds.dialogs.show_access_here)
            page.removed_clicked.connect(self.deeds.dialogs.show_removed)
            self.deeds.page.wire(page)
        self.deeds.links.wire(page)
        self.deeds.pictures.wire(page)
        self.deeds.highlights.wire(page)
        self.deeds.listen.wire(page)

    def _on_place_menu(self, place: Place, at: QPoint) -> None:
        if place is Place.TRASH and self._actions["file.empty_trash"].isEnabled():
            menu = QMenu(self._window)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.addAction(self._actions["file.empty_trash"])
            menu.popup(at)

    def _on_settings(self, settings: Settings) -> None:
        self.set_single_keys(on=settings.single_keys)

    def _set_keys(self) -> None:
        for spec in TABLE.specs:
            keys = spec.keys_now(single=self._single)
            self._actions[spec.id].setShortcuts([QKeySequence(key) for key in keys])
        self._window.list_pane.cards.single_keys = self._single
        self.deeds.dialogs.single_keys = self._single
        self.deeds.dialogs.sections = self.sections()

    def _wear(self) -> None:
        now = self.situation()
        for spec in TABLE.specs:
            self._wear_one(spec, now)
        self._more.setIcon(icon("ellipsis", self._theme.colours.colour("quiet")))

    def _wear_one(self, spec: Spec, now: Situation) -> None:
        if not spec.icon:
            return
        name, hue = spec.icon, "quiet"
        if spec.other is not None and spec.other[0](now):
            name = spec.other[2]
            hue = "accent" if name == "star-filled" else "quiet"
        self._actions[spec.id].setIcon(icon(name, self._theme.colours.colour(hue)))


def _told(keys: Sequence[str]) -> tuple[str, ...]:
    """The keys worth telling: two are called Enter, and media keys say themselves what they do."""
    return tuple(key for key in keys if key != "Return" and "Media" not in key)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)
