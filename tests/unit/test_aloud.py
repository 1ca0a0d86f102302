"""Reading aloud without a voice: the track, the choice of a voice, speeds and packages."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlater.library.spoken import Speech, speech_of
from readlater.ui.aloud.packages import command
from readlater.ui.aloud.track import Phase, Track
from readlater.ui.aloud.voices import (
    SPEEDS,
    Voice,
    choose,
    keeping,
    kept_for,
    locale_of,
    rate,
    speaking,
)

SPEECH = speech_of("<p>One. Two.</p><p>Three. Four.</p><p>Five.</p>", "en", article=7, title="T")
TRACK = Track(SPEECH, 0, Phase.SPEAKING)
VOICES = [
    Voice("English (Caribbean)", "en-US"),
    Voice("English (America)+Adam", "en-US"),
    Voice("English (America)", "en-US"),
    Voice("English (Great Britain)", "en-GB"),
    Voice("German", "de-DE"),
    Voice("Chinese (Cantonese)", "yue-HK"),
    Voice("Chinese (Mandarin, latin as English)", "zh-CN"),
    Voice("Norwegian Bokmål", "nb-NO"),
    Voice("Klingon", ""),
]


def words(track: Track) -> str:
    return track.sentence.text if track.sentence else ""


def test_sentences_follow_each_other_to_the_end() -> None:
    heard, track = [], TRACK
    while track.is_speaking:
        heard.append(words(track))
        track = track.heard()
    assert heard == ["T", "One.", "Two.", "Three.", "Four.", "Five."]
    assert track.phase is Phase.ENDED
    assert track.sentence is None
    assert words(track.playing()) == "T"  # from the beginning


def test_a_pause_keeps_the_sentence_and_hears_nothing() -> None:
    paused = TRACK.heard().paused()
    assert paused.phase is Phase.PAUSED
    assert paused.heard() == paused
    assert words(paused.playing()) == "One."
    assert Track().paused() == Track() == Track().playing() == Track().stepped(1)


def test_a_step_goes_to_the_neighbour_and_keeps_the_silence() -> None:
    assert words(TRACK.stepped(2)) == "Two."
    assert TRACK.stepped(-1) == TRACK
    assert TRACK.paused().stepped(1).phase is Phase.PAUSED
    last = replace(TRACK, at=5)
    assert last.stepped(1).phase is Phase.ENDED
    assert words(last.stepped(1).stepped(-1)) == "Five."


@pytest.mark.parametrize(
    ("at", "way", "expected"),
    [(0, 1, "One."), (1, 1, "Three."), (2, 1, "Three."), (4, -1, "Three."), (3, -1, "One."),
     (2, -1, "One."), (1, -1, "T"), (0, -1, "T"), (5, 1, "")],
)  # fmt: skip
def test_a_paragraph_is_skipped_or_begun_anew(at: int, way: int, expected: str) -> None:
    assert words(replace(TRACK, at=at).skipped(way)) == expected


@given(st.lists(st.sampled_from(["play", "pause", "next", "back", "skip", "unskip", "heard"])))
def test_no_way_leads_out_of_the_speech(deeds: list[str]) -> None:
    track = TRACK
    for deed in deeds:
        track = {
            "play": track.playing,
            "pause": track.paused,
            "next": lambda track=track: track.stepped(1),
            "back": lambda track=track: track.stepped(-1),
            "skip": lambda track=track: track.skipped(1),
            "unskip": lambda track=track: track.skipped(-1),
            "heard": track.heard,
        }[deed]()
        assert 0 <= track.at <= len(SPEECH.sentences)
        assert (track.sentence is None) == (track.phase is Phase.ENDED)


def test_an_article_without_words_is_not_played() -> None:
    empty = Track(Speech(1, "", ()), 0, Phase.PAUSED)
    assert not empty.playing().is_speaking
    assert empty.skipped(1) == empty


def test_the_time_that_is_left_shrinks_with_the_way_and_the_speed() -> None:
    assert TRACK.left_s(1) > TRACK.heard().left_s(1) > 0
    assert TRACK.left_s(2) == pytest.approx(TRACK.left_s(1) / 2)
    assert Track().left_s(1) == 0


@pytest.mark.parametrize(
    ("language", "more", "expected"),
    [
        ("en", {"likely": "US"}, "English (America)"),
        ("en-GB", {"likely": "US"}, "English (Great Britain)"),
        ("en", {"system": "en_GB", "likely": "US"}, "English (Great Britain)"),
        ("en", {"kept": "English (Caribbean)", "likely": "US"}, "English (Caribbean)"),
        ("en", {"kept": "English (America)+Adam"}, "English (America)+Adam"),
        ("en", {"kept": "A voice that went", "likely": "GB"}, "English (Great Britain)"),
        ("de-AT", {}, "German"),
        ("zh-TW", {}, "Chinese (Mandarin, latin as English)"),
        ("zh", {"likely": "CN"}, "Chinese (Mandarin, latin as English)"),
        ("no", {}, "Norwegian Bokmål"),
        ("nn-NO", {}, "Norwegian Bokmål"),
    ],
)
def test_the_voice_of_a_language(language: str, more: dict[str, str], expected: str) -> None:
    chosen = choose(VOICES, language, **more)
    assert chosen is not None
    assert chosen.name == expected


@pytest.mark.parametrize("language", ["th", "", "xx-YY"])
def test_no_voice_is_better_than_one_of_another_language(language: str) -> None:
    assert choose(VOICES, language) is None
    assert choose([], "en") is None


def test_plain_voices_come_before_their_variants() -> None:
    names = [voice.name for voice in speaking(VOICES, "en")]
    assert names == [
        "English (America)",
        "English (America)+Adam",
        "English (Caribbean)",
        "English (Great Britain)",
    ]


def test_qt_has_no_locale_for_mandarin() -> None:
    assert locale_of("Chinese (Mandarin, latin as Pinyin)", "C") == "zh-CN"
    assert locale_of("Klingon", "C") == ""
    assert locale_of("German", "de_DE") == "de-DE"


def test_a_voice_is_remembered_for_its_language() -> None:
    kept = keeping((), "en-GB", "Mary")
    kept = keeping(kept, "de", "Hans=2")
    assert kept_for(kept, "en") == "Mary"
    assert kept_for(kept, "de-AT") == "Hans=2"
    assert kept_for(keeping(kept, "en", "Bob"), "en-US") == "Bob"
    assert kept_for(kept, "fr") == ""


@pytest.mark.parametrize("engine", ["speechd", "sapi", "winrt", "darwin", "macos", "flite"])
def test_every_engine_has_a_rate_for_each_speed(engine: str) -> None:
    rates = [rate(engine, speed) for speed in SPEEDS]
    assert rates == sorted(rates)
    assert all(-1 <= value <= 1 for value in rates)
    assert rate(engine, 1.0) == 0


def test_twice_as_fast_is_twice_the_words_of_espeak() -> None:
    assert 170 + rate("speechd", 2.0) * (449 - 170) == pytest.approx(340)
    assert 170 + rate("speechd", 0.5) * (170 - 80) == pytest.approx(85)
    assert 3 ** rate("sapi", 2.0) == pytest.approx(2)


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ('ID=debian\nVERSION_ID="12"', "apt install"),
        ('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"', "apt install"),
        ("ID=fedora", "dnf install"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"', "dnf install"),
        ("# a comment\nID=arch", "pacman -S"),
        ("ID=manjaro\nID_LIKE=arch", "pacman -S"),
        ('ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"', "zypper install"),
        ("ID=nixos", ""),
        ('ID="unfinished', ""),
        ("", ""),
    ],
)
def test_the_command_that_brings_a_voice(text: str, tool: str) -> None:
    found = command(text)
    assert (tool in found) if tool else found == ""
    assert not found or "speech-dispatcher" in found
