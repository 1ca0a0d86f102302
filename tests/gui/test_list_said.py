"""The words of cards: dates after the locale, the quiet line, what a row waits for."""

import re
from datetime import date

import pytest
from fakes.library import article
from PySide6.QtCore import QLocale

from readlater import words
from readlater.article import Problem, Progress, Status
from readlater.ui.models import said
from readlater.ui.models.dates import short_date

TODAY = date(2026, 11, 24)
ENGLISH = QLocale("en_GB")


@pytest.mark.parametrize(
    ("locale", "this_year", "another"),
    [
        ("en_GB", "3 Nov", "3 Nov 2019"),
        ("en_US", "Nov 3", "Nov 3, 2019"),
        ("de_DE", "3. Nov.", "3. Nov. 2019"),
        ("fr_FR", "3 nov.", "3 nov. 2019"),
        ("ja_JP", "11月3日", "2019年11月3日"),
        ("ko_KR", "11월 3일", "2019년 11월 3일"),
        ("zh_CN", "11月3日", "2019年11月3日"),
        ("hu_HU", "nov. 3.", "2019. nov. 3."),
        ("ru_RU", "3 нояб.", "3 нояб. 2019\u202fг."),
        ("lv_LV", "3 nov.", "2019. gada 3. nov."),
    ],
)
def test_dates_speak_the_language(locale, this_year, another):
    spoken = QLocale(locale)
    assert short_date(date(2026, 11, 3), spoken, TODAY) == this_year
    assert short_date(date(2019, 11, 3), spoken, TODAY) == another


def test_every_locale_says_day_and_month():
    for known in QLocale.matchingLocales(
        QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
    ):
        shown = short_date(date(2026, 11, 23), known, TODAY)
        digits = {known.toString(23), "23"}
        assert any(number in shown for number in digits), (known.name(), shown)


def test_the_quiet_line_leaves_out_what_is_not_known():
    one = article(1, url="https://www.railpost.example/x", published="2026-11-02", word_count=1610)
    assert said.quiet_line(one, ENGLISH, TODAY) == "railpost.example · 7 min · 2 Nov"
    two = article(1, site_name="Rail Post", byline="P. L.", published="", word_count=0)
    assert said.quiet_line(two, ENGLISH, TODAY).startswith("Rail Post · P. L. · ")


def test_a_japanese_article_has_a_japanese_line():
    one = article(1, byline="森田", language="ja", published="2026-10-29", word_count=1150)
    assert said.quiet_line(one, ENGLISH, TODAY).endswith("森田 · 5分 · 10月29日")


@pytest.mark.parametrize("published", ["", "yesterday", "2026-13-40", "2026-02-03T10:00:00Z"])
def test_a_date_that_is_none_does_no_harm(published):
    assert said.quiet_line(article(1, published=published), ENGLISH, TODAY)


def test_saving_says_how_far_it_is():
    row = article(1, "", status=Status.QUEUED)
    assert said.saving_line(row, None, ENGLISH) == "Waiting to be saved"
    assert said.saving_line(row, Progress(1, "fetching"), ENGLISH) == "Saving"
    pictures = Progress(1, "pictures", 2, 3)
    assert said.saving_line(row, pictures, ENGLISH) == "Saving · 2 of 3 pictures"


def test_waiting_says_why_and_until_when():
    row = article(1, "", status=Status.QUEUED, problem=Problem("timeout", {"host": "a.example"}))
    assert said.saving_line(row, None, ENGLISH) == "a.example did not answer in time."
    later = article(
        1, "", status=Status.QUEUED, problem=Problem("offline"), retry_at=1_800_000_000.0
    )
    assert "It is tried again at " in said.saving_line(later, None, ENGLISH)


def test_every_problem_has_its_sentence():
    for code, template in words.SENTENCES.items():
        names = dict.fromkeys(re.findall(r"{(\w+)}", template), "1")
        assert "{" not in said.sentence(Problem(code, names))


def test_the_host_stands_for_a_title():
    assert said.title(article(1, "", url="https://www.bakersguild.example/rye")) == (
        "bakersguild.example"
    )
    assert said.title(article(1, " A \n title ")) == "A title"
