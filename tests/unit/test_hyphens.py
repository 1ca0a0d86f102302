import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlater.pipeline.hyphens import MARK, divided
from readlater.pipeline.sanitize import sanitize


def shown(html: str, language: str) -> str:
    return divided(html, language).replace(MARK, "-")


@pytest.mark.parametrize(
    ("language", "word", "wanted"),
    [
        ("en", "internationalization", "inter-na-tion-al-iz-a-tion"),
        ("en-GB", "understanding", "under-stand-ing"),
        ("de", "Schifffahrtsgesellschaft", "Schiff-fahrts-ge-sell-schaft"),
        ("fr", "merveilleusement", "mer-veilleu-se-ment"),
        ("ru", "международный", "меж-ду-на-род-ный"),
    ],
)
def test_words_are_divided_by_their_language(language: str, word: str, wanted: str) -> None:
    made = shown(f"<p>{word}</p>", language)
    assert made.replace("-", "") == f"<p>{word}</p>"
    assert made == f"<p>{wanted}</p>"


@pytest.mark.parametrize("language", ["", "ja", "ar", "xx", "x" * 40])
def test_other_languages_stay_as_they_are(language: str) -> None:
    html = "<p>internationalization 国際化 التدويل</p>"
    assert divided(html, language) == html


@pytest.mark.parametrize(
    "html",
    [
        "<pre><code>internationalization</code></pre>",
        "<h2>Internationalization</h2>",
        '<p><a href="https://understanding.example/understanding">short</a></p>',
        "<table><tr><td>understanding</td></tr></table>",
        "<p>&nbsp;&amp;&lt;</p>",
    ],
)
def test_code_headings_tables_and_addresses_are_left_alone(html: str) -> None:
    assert divided(html, "en") == html


def test_what_follows_code_is_divided_again() -> None:
    made = shown("<p><code>understanding</code> understanding</p>", "en")
    assert made == "<p><code>understanding</code> under-stand-ing</p>"


def test_words_of_another_language_are_left_alone() -> None:
    other = '<div lang="de"><div>understanding</div> understanding</div>'
    assert shown(f"{other}<p>understanding</p>", "en") == f"{other}<p>under-stand-ing</p>"
    assert shown('<p lang="en-US">understanding</p>', "en-GB").count("-stand-") == 1


@settings(deadline=None)  # the dictionary is loaded on the way
@given(st.text(max_size=300))
def test_only_marks_are_added(text: str) -> None:
    clean = sanitize(f"<p>understanding {text}</p><ul><li>{text}")
    made = divided(clean, "en")
    assert made.replace(MARK, "") == clean
    assert re.sub(r"<[^>]*>", "", made) == re.sub(r"<[^>]*>", "", clean)
