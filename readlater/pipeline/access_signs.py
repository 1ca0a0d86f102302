"""The signs of access, each one small function from the facts of a page to a reason."""

from __future__ import annotations

import re
from collections.abc import Callable

from readlater.article import Access, Evidence
from readlater.pipeline import phrases
from readlater.pipeline.blocks import size
from readlater.pipeline.delivered import CUT, WHOLE, Delivered, Offer, Sign
from readlater.pipeline.phrases import Force, OnPage

# What is shorter than this beside a wall or an error page is no article.
_FEW_WORDS = 40
# So few are no text of their own beside a dialog.
_A_SENTENCE = 12
_ENDS = re.compile(r"[.!?…。！？」』”\"'’»«)\]）؟।۔:*]\s*$")
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|‥)[\s\"”»]*$")
_SENTENCE = re.compile(r"[.!?…。！？؟।۔]")
_QUOTE = 120
_ASKS_FOR = frozenset({"subscribe", "register", "sign_in", phrases.WITHHELD})
_REFUSED = frozenset({401, 403, 405, 429, 503})


def _robots(page: Delivered) -> Sign | None:
    """Words of a robot check, surer in a title, beside a refusal or where little else stands."""
    if page.page_words > 300 or page.words > 150:
        return None
    in_title = _phrases(phrases.ROBOT, page.title)
    found = in_title or _phrases(phrases.ROBOT, page.page_text)
    if not found:
        return None
    sure = bool(in_title) or len(found) > 1 or page.words < 60 or page.status in _REFUSED
    quote = _line_with(f"{page.title}\n{page.page_text}", found[0])
    return Sign(Access.BOT_WALL, 3 if sure else 1, Evidence("robot_check", quote=quote))


def _challenge(page: Delivered) -> Sign | None:
    """The markup of a service that checks for robots, where no article stands."""
    if not page.challenge or page.words >= _FEW_WORDS or page.page_words > 150:
        return None
    if page.password_field:
        return None  # a login form has such a check too
    return Sign(Access.BOT_WALL, 2.5, Evidence("robot_markup", quote=page.challenge))


def _consent(page: Delivered) -> Sign | None:
    """The words of a consent dialog where no article stands, or all through what stands."""
    asked = [o.text for o in page.offers if "consent" in o.hits or o.reason == "consent"]
    text = "\n".join([*asked, page.page_text])
    found = _phrases("consent", text)
    if not found:
        return None
    nothing_else = page.words < _A_SENTENCE and page.page_words <= 400
    inside = len(_phrases("consent", page.text)) if page.words < 600 else 0
    if not nothing_else and not (inside >= 2 and inside * 60 >= page.words):
        return None
    return Sign(
        Access.CONSENT_WALL, 3, Evidence("consent_dialog", quote=_line_with(text, found[0]))
    )


def _login(page: Delivered) -> Sign | None:
    if page.words >= 150:
        return None
    asks = any(o.inside and o.hits & {"sign_in", "register"} for o in page.offers)
    titled = bool(_phrases("sign_in", page.title, weak=True)) and len(page.title) < 40
    if page.words >= _FEW_WORDS and not (titled and page.password_field):
        return None
    if not (page.password_field or asks or titled):
        return None
    return Sign(Access.SIGN_IN, 3 if page.password_field else 2, Evidence("login_form"))


def _status(page: Delivered) -> Sign | None:
    if page.status < 400:
        return None
    says = Access.UNKNOWN if page.status in {404, 410} or page.status >= 500 else CUT
    return Sign(says, 1, Evidence("status", count=page.status))


def _error(page: Delivered) -> Sign | None:
    """The page says that something is wrong; in a longer text it may speak of something else."""
    if page.words > 60:
        return None
    titled = _phrases(phrases.ERROR, page.title)
    found = titled or _phrases(phrases.ERROR, page.page_text)
    if not found:
        return None
    quote = _line_with(f"{page.title}\n{page.page_text}", found[0])
    sure = bool(titled) or page.words < _FEW_WORDS or page.status >= 400
    return Sign(Access.UNKNOWN, 3 if sure else 1.5, Evidence("error_page", quote=quote))


def _nothing(page: Delivered) -> Sign | None:
    if page.words >= 12:
        return None
    return Sign(Access.UNKNOWN, 2, Evidence("no_text"))


def _no_sentence(page: Delivered) -> Sign | None:
    """Names of pages, labels and the like are no article."""
    if not 12 <= page.words < 200 or not page.text:
        return None
    lines = page.text.split("\n")
    if any(size(line) > 45 and _SENTENCE.search(line) for line in lines):
        return None
    if any(size(line) > 120 for line in lines):
        return None
    return Sign(Access.UNKNOWN, 2, Evidence("no_sentence", count=page.words))


def _video(page: Delivered) -> Sign | None:
    if not page.video or page.words >= _FEW_WORDS:
        return None
    return Sign(Access.UNKNOWN, 2, Evidence("only_video", count=page.words))


def _offer(page: Delivered) -> Sign | None:
    """An offer right after the last paragraph; the surest when it says that the rest is kept."""
    best: Sign | None = None
    for offer in page.offers:
        if not offer.after or not offer.hits & _ASKS_FOR:
            continue
        held = next(iter(_phrases(phrases.WITHHELD, offer.text)), "")
        if "newsletter" in offer.hits and not held:
            continue  # a letter is offered, not the rest of the article
        weight = (3.0 if held else 1.5) if offer.inside else 1.0 if held else 0.0
        if weight and (best is None or weight > best.weight):
            best = Sign(CUT, weight, _offer_evidence(page, offer, held))
    return best


def _offer_evidence(page: Delivered, offer: Offer, held: str) -> Evidence:
    quote = _line_with(offer.text, held)
    if page.paragraphs:
        return Evidence("paragraphs_then_prompt", quote=quote, count=page.paragraphs)
    return Evidence("ends_with_prompt" if held else "prompt_after", quote=quote)


def _ending(page: Delivered) -> Sign | None:
    last = page.last.strip()
    if not last:
        return None
    if _CUT.search(last):
        return Sign(CUT, 1.5, Evidence("ends_mid_sentence", quote=last[-_QUOTE:]))
    if not _ENDS.search(last) and size(last) > 60:
        return Sign(CUT, 1, Evidence("ends_mid_sentence", quote=last[-_QUOTE:]))
    if page.words >= 300:
        return Sign(WHOLE, 1 if page.words < 600 else 1.5, Evidence("whole_text", count=page.words))
    return Sign(WHOLE, 0.25, Evidence("whole_text", count=page.words))


def _says(page: Delivered) -> Sign | None:
    """A weak sign: 35 of 47 real pages that say "not free" were delivered whole."""
    if page.free is None:
        return None
    if page.free:
        return Sign(WHOLE, 0.5, Evidence("says_free"))
    return Sign(CUT, 1, Evidence("says_not_free"))


def _paid_part(page: Delivered) -> Sign | None:
    """Google's `hasPart` names the paid part by its class: does it stand in the page?"""
    if page.paid_words is None or page.free is not False:
        return None
    if page.paid_words == 0 and page.words < 400:
        return Sign(CUT, 1, Evidence("paid_part_missing"))
    if page.paid_words >= 150 and page.paid_words >= page.words * 0.5:
        return Sign(WHOLE, 0.5, Evidence("paid_part_came", count=page.paid_words))
    return None


def _only_summary(page: Delivered) -> Sign | None:
    """What came is the summary that the page gives of itself, and little more."""
    summary, text = phrases.fold(page.description), phrases.fold(page.text)
    if page.words >= 120 or len(summary) < 60 or len(text) > len(summary) * 1.5:
        return None
    if summary[:60] not in text:
        return None
    return Sign(CUT, 1, Evidence("only_summary", count=page.words))


def _words_missing(page: Delivered) -> Sign | None:
    said = max(page.says_words, page.data_words)
    if page.words < 8 or said < page.words * 1.6 or said - page.words < 60:
        return None
    return Sign(CUT, 1.5, Evidence("words_missing", count=page.words, of=said))


def _hidden(page: Delivered) -> Sign | None:
    if page.hidden_words < 80 or page.hidden_words < page.words * 0.5 or page.words > 300:
        return None
    return Sign(CUT, 1, Evidence("words_hidden", count=page.hidden_words))


def _short(page: Delivered) -> Sign | None:
    if page.words >= 150:
        return None
    return Sign(CUT, 0.5, Evidence("short_text", count=page.words))


def _removed(page: Delivered) -> Sign | None:
    return Sign("", 0, Evidence("blocks_removed", count=page.removed)) if page.removed else None


# To add a sign, write a function and name it here.
SIGNS: tuple[Callable[[Delivered], Sign | None], ...] = (
    _robots, _challenge, _consent, _login, _status, _error, _nothing, _no_sentence, _video, _offer,
    _ending, _says, _paid_part, _only_summary, _words_missing, _hidden, _short, _removed,
)  # fmt: skip


def _phrases(reason: str, text: str, *, weak: bool = False) -> list[str]:
    """The different phrases of a list in a text, as they stand there, in its order."""
    folded = phrases.fold(text)
    found = [
        (match.start(), match[0])
        for phrase, match in OnPage(folded, (reason,)).find(folded)
        if phrase.force is Force.STRONG or (weak and phrase.force is Force.WEAK)
    ]
    return [words for _, words in sorted(found)]


def _line_with(text: str, words: str) -> str:
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    wanted = phrases.fold(words)
    with_words = (x for x in lines if wanted and wanted in phrases.fold(x))
    return next(with_words, lines[0] if lines else "")[:_QUOTE]
