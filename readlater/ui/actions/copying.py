"""Whole articles on the clipboard as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from readlater.article import Article, Extracted, Status

if TYPE_CHECKING:
    from readlater.ui.actions.doing import Doing, Ids
    from readlater.ui.actions.situation import Situation

# More than a book of them is an export, not a paste.
MOST_COPIED: Final = 100
_BETWEEN: Final = "\n---\n\n"


def can_copy(now: Situation) -> bool:
    """Whether something selected has a text, and it is little enough for the clipboard."""
    return now.ready and now.count <= MOST_COPIED


def copy_articles(deeds: Doing, ids: Ids) -> None:
    """Copy the articles that have a text, each with its title and source; a rule between them."""
    reading = deeds.library.reading

    def work() -> list[str]:
        from readlater.exporters import exporter

        found = [a for _, a in reading.articles(ids) if a and a.status is Status.READY]
        texts: list[tuple[Article, Extracted]] = [(a, reading.extracted(a.id)) for a in found]
        return [exporter("markdown").export(a, text, {}) for a, text in texts]

    def use(copied: list[str]) -> None:
        if not copied:
            return
        QGuiApplication.clipboard().setText(_BETWEEN.join(copied))
        many = _tr("%Ln articles copied as Markdown", len(copied))
        deeds.say(_tr("Article copied as Markdown") if len(copied) == 1 else many)

    deeds.jobs.run(work, use, deeds.fail)


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Copying", text, "", count)
