"""Each theme of the page can be read: WCAG 2.2 contrast of every pair that the sheet uses."""

import re

import pytest

from readlater import resources
from readlater.ui.reader.colours import colours

THEMES = ("light", "sepia", "dark", "black")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(over: str, under: str, share: float) -> str:
    """As CSS `color-mix(in srgb, …)`."""
    pairs = [(int(over[i : i + 2], 16), int(under[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


@pytest.mark.parametrize("theme", THEMES)
def test_the_text_has_seven_to_one(theme: str) -> None:
    wear = colours(theme)
    for ground in ("canvas", "surface", "raised"):
        assert contrast(wear["text"], wear[ground]) >= 7, ground
    assert contrast(mixed(wear["text"], wear["canvas"], 0.86), wear["canvas"]) >= 7  # quotations


@pytest.mark.parametrize("theme", THEMES)
def test_quiet_and_coloured_words_have_four_and_a_half(theme: str) -> None:
    wear = colours(theme)
    for words in ("quiet", "accent", "amber", "blue", "violet", "danger"):
        for ground in ("canvas", "surface", "raised"):  # code stands on surface
            assert contrast(wear[words], wear[ground]) >= 4.5, (words, ground)
    chip = mixed(wear["text"], wear["canvas"], 0.07)
    assert contrast(wear["quiet"], chip) >= 4.5
    for mark in ("mark-1", "mark-2", "mark-3", "mark-4", "accent-soft"):
        assert contrast(wear["text"], wear[mark]) >= 4.5, mark


def on_mark(theme: str) -> str:
    """The colour of highlighted words, as highlights.css says it."""
    sheet = resources.text("css/highlights.css")
    own = re.search(r"\.dark, \.black \{ --on-mark: (#[0-9a-f]{6})", sheet)
    assert own is not None
    assert ":root { --on-mark: var(--text); }" in sheet
    return own[1] if theme in ("dark", "black") else colours(theme)["text"]


@pytest.mark.parametrize("theme", THEMES)
def test_highlighted_words_have_seven_to_one(theme: str) -> None:
    # Where marks overlap the shorter covers the longer: no mixture of two ever stands under text.
    sheet = resources.text("css/highlights.css")
    marks = "".join(line for line in sheet.splitlines() if line.startswith("::highlight(mark"))
    assert "opacity" not in marks
    assert "color-mix" not in marks
    for number in (1, 2, 3, 4):
        assert f"background-color: var(--mark-{number}); color: var(--on-mark)" in sheet
        assert contrast(on_mark(theme), colours(theme)[f"mark-{number}"]) >= 7, number


@pytest.mark.parametrize("theme", THEMES)
def test_a_mark_is_told_from_the_page_and_from_its_neighbour(theme: str) -> None:
    wear = colours(theme)
    marks = [wear[f"mark-{number}"] for number in (1, 2, 3, 4)]
    for mark in marks:
        assert contrast(mark, wear["canvas"]) >= 1.12, mark
    channels = [tuple(int(m[i : i + 2], 16) for i in (1, 3, 5)) for m in marks]
    for one in range(4):
        for other in range(one):
            far = sum(abs(a - b) for a, b in zip(channels[one], channels[other], strict=True))
            assert far >= 40, (one, other)


@pytest.mark.parametrize("theme", THEMES)
def test_the_ring_of_the_focus_is_seen(theme: str) -> None:
    wear = colours(theme)
    for ground in ("canvas", "surface", "raised"):
        assert contrast(wear["accent"], wear[ground]) >= 3


def test_the_letter_of_a_site_is_read_on_its_tile() -> None:
    tiles = re.findall(r"\.tile-\d { background: (#[0-9a-f]{6})", resources.text("css/reader.css"))
    assert len(tiles) == 8
    assert all(contrast("#ffffff", tile) >= 4.5 for tile in tiles)


def test_the_sheet_names_no_colour_of_its_own() -> None:
    sheet = resources.text("css/reader.css")
    found = set(re.findall(r"#[0-9a-f]{3,8}\b", sheet)) - {"#ffffff", "#000000", "#d9d9dc"}
    tiles = set(re.findall(r"\.tile-\d { background: (#[0-9a-f]{6})", sheet))
    assert found <= tiles
