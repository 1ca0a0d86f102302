"""Short dates after the locale: `3 Nov`, `Nov 3`, `11月3日`, with the year when it is another."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Final

from PySide6.QtCore import QDate, QLocale

_WEEKDAY: Final = re.compile(r"[,،]?\s*(?<!d)d{4}(?!d)[,،]?\s*")
# The year with what ties it to its neighbours: spaces, commas, `de`, 年, `г.`.
_YEAR: Final = re.compile(
    r"(?:\s*'[^']*'\s*|[\s,،/]+)?(?<!y)y+(?:[年년]\s*|\s*'[^']*'\.?|\.(?=\s)\s*)?"
)
_PLAIN: Final = "d MMM"


def short_date(day: date, locale: QLocale, today: date) -> str:
    """A day in the order and the words of `locale`; the year only when it is not `today`'s."""
    pattern = _pattern(locale.name(), with_year=day.year != today.year)
    return locale.toString(QDate(day.year, day.month, day.day), pattern)


@cache
def _pattern(name: str, *, with_year: bool) -> str:
    """CLDR has day and month alone, Qt has not: cut weekday and year from its long format."""
    whole = QLocale(name).dateFormat(QLocale.FormatType.LongFormat)
    dated = _WEEKDAY.sub(" ", whole).replace("MMMM", "MMM").strip(" ,،")
    if with_year:
        return dated
    cut = _YEAR.sub("", dated).strip(" ,،")
    literals = re.findall(r"'[^']*'", cut)
    usual = "d" in cut and "M" in cut and all(literal == "'de'" for literal in literals)
    return cut if usual else _PLAIN
