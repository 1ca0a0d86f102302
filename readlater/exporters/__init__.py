"""One file per format an article is shown in, found by name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Protocol, cast

from readlater.article import Article, Extracted


class Exporter(Protocol):
    """A module of this package: `pictures` are bytes and media type by address."""

    def export(
        self,
        article: Article,
        extracted: Extracted,
        pictures: Mapping[str, tuple[bytes, str]],
    ) -> str: ...


# Of highlights, not of an article.
_OTHERS = frozenset({"highlights"})


def formats() -> tuple[str, ...]:
    """The names of an article's formats, in order: the modules of this package."""
    names = {module.name for module in pkgutil.iter_modules(__path__)}
    return tuple(sorted(names - _OTHERS))


def exporter(name: str) -> Exporter:
    """The exporter of a format; KeyError when there is none."""
    if name not in formats():
        raise KeyError(name)
    return cast("Exporter", importlib.import_module(f"{__name__}.{name}"))
