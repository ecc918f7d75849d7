"""What says that a witness tells of the same event as a paragraph, and not of one like it.

Daily reports, notices and tables in words are alike but for their values. That a witness has the
words proves nothing, then, even where nothing contradicts it. Proof is what is not redacted, what
both have, and what is rare:

- a date with its day, if its year is not redacted;
- a session by its two numbers (第十三届…第二十五次会议);
- a number of four significant digits that is no year, article or telephone;
- a title (《…》) whose words are unusual;
- words that prose does not use again and again (`boilerplate`), many of them and a good share of
  all that is there; fewer are enough where the name of a place is among them.

What other witnesses have in the same words with other values is a formula and proves nothing.
The constants were read off one half of the news and laws that the table of boilerplate was not
counted on; the figures of the other half stand in ``docs/benchmarks.md``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from textclean.placeholders import gazetteer
from textclean.placeholders.alignment import Alignment, Paragraph, fold
from textclean.placeholders.boilerplate import GRAM, telling
from textclean.text.patterns import pattern

#: Unusual grams, squared, by all grams: from here on words alone prove the event, and from here on
#: where a place is named. Twins have a few unusual words among many usual ones.
UNUSUAL = 3.0
UNUSUAL_WITH_PLACE = 1.5
#: Unusual grams in a title.
_LEAST_IN_TITLE = 3
#: Significant digits of a number that hardly anything else has by chance.
_SIGNIFICANT = 4
#: Characters of unusual words that evidence quotes, at most.
_QUOTED = 16

_NUMERAL = "[0-9０-９一二三四五六七八九十百零〇]+"
_DATE = pattern(
    r"(?:[12][0-9]{3}年)?(?<![0-9])[0-9]{1,2}月[0-9]{1,2}[日号]"
    "|(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号]"
)
_SESSION = pattern(f"({_NUMERAL}届)[^，。；、\n]{{0,30}}?({_NUMERAL}次)")
_NUMBER = pattern(
    r"(?<![0-9A-Za-z第.．,，/-])[1-9][0-9]*(?:[,，][0-9]{3})*(?:[.．][0-9]+)?"
    "(?![0-9A-Za-z条号年届-])(?!.{0,6}(?:热线|电话|平台))"
)
_TELEPHONE = pattern("(?:电话|热线|拨打|传真|邮编|邮政编码|账号|卡号)[^，。；]{0,8}$")
_TITLE = pattern("[《〈]([^《》〈〉\n]{6,80})[》〉]")
_HAN = pattern(f"[\u4e00-\u9fff]{{{GRAM},}}")


class Grams(NamedTuple):
    """Grams of ideographs in a folded text."""

    #: The offset of each unusual gram, each gram once.
    unusual: Sequence[int]
    #: How many grams there are, usual ones, too.
    total: int


def grams_of(folded: str) -> Grams:
    """The grams of a folded text; digits, letters and slots part them."""
    unusual: dict[str, int] = {}
    total = 0
    known = telling(folded)
    for match in _HAN.finditer(folded):
        for at in range(match.start(), match.end() - GRAM + 1):
            total += 1
            gram = folded[at : at + GRAM]
            if gram in known:
                unusual.setdefault(gram, at)
    return Grams(tuple(unusual.values()), total)


def proof_of_event(
    paragraph: Paragraph, alignment: Alignment, formulas: Collection[str] = ()
) -> str:
    """What of a paragraph proves that the witness tells of its event; empty if nothing does.

    Args:
        paragraph: the paragraph.
        alignment: how it lies on the witness.
        formulas: grams that also stand in the same words with other values.
    """
    return (
        next(_definite(paragraph, alignment), "")
        or _unusual_title(paragraph, alignment, formulas)
        or _unusual_words(paragraph, alignment, formulas)
    )


def agreeing_grams(
    paragraph: Paragraph, alignment: Alignment, formulas: Collection[str] = ()
) -> tuple[list[int], int]:
    """Offsets of the unusual grams that the witness has, too, and the number of all grams."""
    folded, places = paragraph.folded.text, alignment.places
    grams = grams_of(folded)
    agreeing = [
        at
        for at in grams.unusual
        if places[at] >= 0
        and places[at + GRAM - 1] - places[at] == GRAM - 1
        and min(places[at : at + GRAM]) >= 0
        and folded[at : at + GRAM] not in formulas
    ]
    return agreeing, grams.total


def is_unusual(agreeing: int, total: int, *, with_place: bool = False) -> bool:
    """Whether so many unusual grams among so many prove an event."""
    least = UNUSUAL_WITH_PLACE if with_place else UNUSUAL
    return agreeing * agreeing >= least * total > 0


def _definite(paragraph: Paragraph, alignment: Alignment) -> Iterator[str]:
    """Dates, sessions and numbers that both have."""
    text = paragraph.text
    for match in _DATE.finditer(text):
        start, end = match.span()
        if _is_shared(paragraph, alignment, start, end) and not _lacks_year(paragraph, start):
            yield match.group()
    for match in _SESSION.finditer(text):
        if all(_is_shared(paragraph, alignment, *match.span(group)) for group in (1, 2)):
            yield match.group()
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        digits = "".join(char for char in match.group() if char.isdecimal())
        if (
            len(digits.rstrip("0")) >= _SIGNIFICANT
            and not _TELEPHONE.search(text, max(0, start - 12), start)
            and _is_shared(paragraph, alignment, start, end)
        ):
            yield match.group()


def _lacks_year(paragraph: Paragraph, start: int) -> bool:
    """Whether the year before a date is redacted: 7月1日 is in every year."""
    before = paragraph.text[:start].rstrip()
    end = paragraph.start + len(before.removesuffix("年").rstrip())
    return before.endswith("年") and any(slot.end == end for slot in paragraph.slots)


def _is_shared(paragraph: Paragraph, alignment: Alignment, start: int, end: int) -> bool:
    """Whether ``paragraph.text[start:end]`` holds no slot, and the witness has all of it."""
    inside = [
        place
        for at, place in zip(paragraph.folded.places, alignment.places, strict=True)
        if start <= at < end
    ]
    return bool(inside) and min(inside) >= 0


def _unusual_title(paragraph: Paragraph, alignment: Alignment, formulas: Collection[str]) -> str:
    if "《" not in paragraph.text and "〈" not in paragraph.text:
        return ""
    agreeing, _ = agreeing_grams(paragraph, alignment, formulas)
    places = [paragraph.folded.places[at] for at in agreeing]
    for match in _TITLE.finditer(paragraph.text):
        start, end = match.span(1)
        low, high = paragraph.start + start, paragraph.start + end
        if any(slot.start < high and slot.end > low for slot in paragraph.slots):
            continue
        if sum(start <= place < end for place in places) >= _LEAST_IN_TITLE:
            return match.group()
    return ""


def _unusual_words(paragraph: Paragraph, alignment: Alignment, formulas: Collection[str]) -> str:
    agreeing, total = agreeing_grams(paragraph, alignment, formulas)
    if not is_unusual(len(agreeing), total):
        if not is_unusual(len(agreeing), total, with_place=True):
            return ""
        if not names_place(paragraph.folded.text):
            return ""
    return longest_stretch(paragraph.folded.text, agreeing)


def names_place(folded: str) -> bool:
    """Whether a province or city of the gazetteer is named in a folded text, or a county as one.

    Many counties are words, too (共和国).
    """
    for at in range(len(folded) - 1):
        name = folded[at : at + gazetteer.place_at(folded, at)]
        if name and (gazetteer.rank(name) < 2 or name[-1] in "县区市旗"):
            return True
    return False


def longest_stretch(folded: str, grams: Sequence[int]) -> str:
    """The longest stretch that grams at these offsets cover; of equal ones the first."""
    longest = (0, 0)
    start = end = -1
    for at in sorted(grams):
        if at > end:
            start = at
        end = at + GRAM
        if end - start > longest[1] - longest[0]:
            longest = start, end
    return folded[longest[0] : min(longest[1], longest[0] + _QUOTED)]


def grams_in(text: str) -> tuple[frozenset[str], int]:
    """The unusual grams of lines of a text, and how many grams these lines have."""
    folded = [fold(line).text for line in text.split("\n")]
    total = sum(len(match.group()) - GRAM + 1 for line in folded for match in _HAN.finditer(line))
    return frozenset().union(*map(telling, folded)), total
