"""How long an article takes is said by its language and script."""

import pytest

from readlater.article import Article
from readlater.pipeline.reading_time import word_count


@pytest.mark.parametrize(
    ("language", "words", "minutes"),
    [
        ("", 0, 0),
        ("", 10, 1),
        ("", 2300, 10),
        ("en-GB", 2300, 10),
        ("xx", 2300, 10),
        ("de", 1790, 10),
        ("de-AT", 1790, 10),
        ("FI", 1610, 10),
        ("ar", 1380, 10),
    ],
)
def test_minutes_by_language(language: str, words: int, minutes: int) -> None:
    held = Article(1, "https://a.example/", 0.0, language=language, word_count=words)
    assert held.reading_minutes == minutes


def test_a_text_without_spaces_is_counted_by_its_characters() -> None:
    held = Article(1, "", 0.0, language="zh", word_count=word_count("修表人走路" * 920))
    assert held.reading_minutes == 10
