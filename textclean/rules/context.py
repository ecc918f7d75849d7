"""What stands around a half-width mark, and whether that is Chinese.

A mark belongs to the prose it divides, so emphasis signs, straight quotes, spaces and other
half-width marks between it and the next character are looked through.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from textclean.engine.rule import View
from textclean.text.classes import (
    HAN_CLASS,
    SPACE_CLASS,
    ascii_of,
    count_han,
    is_chinese,
    is_han,
    run_start,
)
from textclean.text.compose import is_within
from textclean.text.patterns import pattern

_LOOKED_THROUGH = f"*_~\"'{SPACE_CLASS},;:!?"
_LEFT = pattern(f"[{_LOOKED_THROUGH}]*+\\Z")
_RIGHT = pattern(f"[{_LOOKED_THROUGH}]*+")
_WORD = pattern(r"[A-Za-z]+")
_SMALL_VOWELS = "aeiouy"
_SHORT = 400
_SMALL_VOWEL = pattern(f"[{_SMALL_VOWELS}]")
_LOWER_WORD = pattern(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])|(?<![A-Za-z])a(?![A-Za-z])")
_ENDS = pattern(r"[。！？\r\n]|[.!?](?=\s+[A-Z])")

# How far is looked at once; hardly any run of characters that are looked through is longer.
_NEAR = 16

#: How far the sentence around a mark is looked at, in characters to either side.
REACH = 60
# Small vowels of which each is so near to the next that one sentence around a mark may hold both.
_NEAR_VOWELS = pattern(
    f"[{_SMALL_VOWELS}](?:[^{_SMALL_VOWELS}]{{0,{2 * REACH - 1}}}+[{_SMALL_VOWELS}])*+"
)


#: What rules of marks say for evidence.
BETWEEN = "between Chinese characters"
BESIDE = "beside Chinese"
WITHIN = "in a sentence that is Chinese beyond doubt"


class Side(NamedTuple):
    """The nearest character to one side on the same line ('' at the line's end)."""

    char: str
    #: Whether nothing stands between it and the mark.
    direct: bool
    #: Where what is looked through begins (to the left) or ends (to the right).
    at: int

    @property
    def chinese(self) -> bool:
        """Han or a full-width mark."""
        return is_chinese(self.char)

    @property
    def edge(self) -> bool:
        """The line begins or ends here."""
        return not self.char


def left_of(view: View, offset: int) -> Side:
    """What stands before `offset`."""
    text = view.text
    start = max(0, offset - _NEAR)
    at = start + _LEFT.search(text[start:offset]).start()  # type: ignore[union-attr]
    if at == start and start:
        at = _long_run(view, at)[0]
    char = text[at - 1] if at else ""
    return Side("" if char in "\r\n" else char, at == offset, at)


def right_of(view: View, offset: int) -> Side:
    """What stands from `offset` on."""
    text = view.text
    at = _RIGHT.match(text, offset, offset + _NEAR).end()  # type: ignore[union-attr]
    if at == offset + _NEAR:
        at = _long_run(view, at)[1]
    char = text[at] if at < len(text) else ""
    return Side("" if char in "\r\n" else char, at == offset, at)


def _long_run(view: View, offset: int) -> tuple[int, int]:
    """Start and end of the run that is looked through around an offset: of each run once."""
    runs = view.once(_runs)
    place = bisect_right(runs, (offset, len(view.text))) - 1
    if place < 0 or runs[place][1] < offset:
        start = run_start(view.text, offset, _LOOKED_THROUGH)
        place += 1
        runs.insert(place, (start, _RIGHT.match(view.text, offset).end()))  # type: ignore[union-attr]
    return runs[place]


def _runs(_: View) -> list[tuple[int, int]]:
    return []


def sentence_around(text: str, offset: int) -> str:
    """The sentence that holds `offset`, as far as `REACH` characters to either side."""
    start = max(0, offset - REACH)
    end = min(len(text), offset + REACH)
    for stop in _ENDS.finditer(text, start, offset):
        start = stop.end()
    stop_behind = _ENDS.search(text, offset + 1, end)
    return text[start : stop_behind.start() if stop_behind else end]


def may_hold_latin_words(view: View) -> bool:
    """Whether a text holds a small vowel: every Latin word in small letters has one."""
    return view.once(_has_small_vowel)


def _has_small_vowel(view: View) -> bool:
    # In a longer text it pays to look among what is ASCII alone.
    written = view.text if len(view.text) <= _SHORT else ascii_of(view.text)
    return any(vowel in written for vowel in _SMALL_VOWELS)


def near_small_vowels(view: View) -> list[tuple[int, int]]:
    """Where `in_latin_sentence` may be true: disjoint spans of offsets, in order."""
    return view.once(_near_small_vowels) if may_hold_latin_words(view) else []


def _near_small_vowels(view: View) -> list[tuple[int, int]]:
    return [
        (max(0, near.start() - REACH + 1), near.end() + REACH)
        for near in _NEAR_VOWELS.finditer(view.text)
    ]


def in_latin_sentence(view: View, offset: int) -> bool:
    """Whether the sentence around `offset` is Latin with Chinese words in it.

    What tells is its words in small letters (names and abbreviations stand in Chinese prose too),
    each counted as two characters. Runs of ``x`` are redacted values, not words.
    """
    # Most Chinese has no small vowel anywhere near, or anywhere at all.
    if not may_hold_latin_words(view):
        return False
    text = view.text
    if not _SMALL_VOWEL.search(text, max(0, offset - REACH), offset + REACH):
        return False
    sentence = sentence_around(text, offset)
    words = sum(1 for word in _LOWER_WORD.findall(sentence) if word.strip("x"))
    return words > 0 and 2 * words >= count_han(sentence)


def in_chinese_sentence(view: View, offset: int) -> bool:
    """Whether the sentence around `offset` is Chinese beyond doubt: five Han characters or more,
    and two or more for every Latin word.
    """
    sentence = sentence_around(view.text, offset)
    words = sum(1 for word in _WORD.findall(sentence) if word.strip("xX"))
    return count_han(sentence) >= max(5, 2 * words)


def why_chinese(view: View, at: int, left: Side, right: Side) -> str | None:
    """Why a mark with Chinese on a side belongs to it; None in a Latin sentence."""
    if in_latin_sentence(view, at):
        return None
    return BETWEEN if left.chinese and (right.chinese or right.edge) else BESIDE


def is_number_like(text: str, offset: int) -> bool:
    """Whether the character at `offset` is a digit, or belongs to a redacted run of ``x``."""
    if not 0 <= offset < len(text):
        return False
    char = text[offset]
    if char in "0123456789":
        return True
    if char not in "xX":
        return False
    start = end = offset
    while start and text[start - 1] in "xX":
        start -= 1
    while end < len(text) and text[end] in "xX":
        end += 1
    return not (is_latin(text[start - 1 : start]) or is_latin(text[end : end + 1]))


def is_latin(char: str) -> bool:
    """Whether a character (or '') is an ASCII letter."""
    return char.isascii() and char.isalpha()


_TOKEN = pattern(r"[A-Za-z0-9_.\\/@#:+-]+\Z")
_SCHEME = "https?|ftp|file|mailto|ssh|git|data|javascript|std|npm|node|vue"
_IDENTIFIER = pattern(
    rf"(?:{_SCHEME})\Z|.*(?:[_\\/@#]|[a-z][A-Z]|::|[a-z0-9]\.[a-z])|--?[a-z]|v-[a-z]"
)


def belongs_to_token(text: str, at: int) -> bool:
    """Whether the mark at `at` ends an identifier, a scheme or an option: ``http:``, ``v-on:``."""
    token = _TOKEN.search(text, max(0, at - 40), at)
    return bool(token and _IDENTIFIER.match(token.group()))


def is_foreign_letter(char: str) -> bool:
    """Whether a character (or '') is a letter of any script but Han."""
    return char.isalpha() and not is_han(char)


# Within brackets, with pairs of their kind inside: ({x}, {y}).
_INSIDE = rf"[^{HAN_CLASS}\r\n(\[{{（“‘《「『)\]}}）”’》」』]"
_FOREIGN = rf"(?:{_INSIDE}|\{{{_INSIDE}*+\}}|\({_INSIDE}*+\)|\[{_INSIDE}*+\])*"
_OPENS = pattern(rf"[(\[{{（“‘《「『]{_FOREIGN}\Z")
_CLOSES = pattern(rf"{_FOREIGN}[)\]}}）”’》」』]")


def in_foreign_brackets(text: str, offset: int) -> bool:
    """Whether brackets or quotation marks around `offset` hold no Chinese: a formula, a citation,
    a quoted foreign sentence.
    """
    return bool(
        _CLOSES.match(text, offset + 1, offset + REACH)
        and _OPENS.search(text[max(0, offset - REACH) : offset])
    )


#: What stands before a mark that is spoken of.
MENTION_OPENINGS = "“‘「『（(《〈【"


def is_spoken_of(text: str, start: int, end: int) -> bool:
    """Whether a mark stands alone between quotation marks or brackets: “,” is a comma’s name."""
    if start and text[start - 1] in ('"', "'"):
        return text.startswith(text[start - 1], end)
    return (
        start > 0
        and text[start - 1] in MENTION_OPENINGS
        and text[end : end + 1] in ("”", "’", "」", "』", "）", ")", "》", "〉", "】")
    )


_TUPLE = pattern(r"(?=[^0-9]*[0-9])[A-Za-z0-9_.+-]+(?:, ?[A-Za-z0-9_.+-]+)+")


def is_tuple(inside: str) -> bool:
    """Whether brackets hold coordinates or identifiers with numbers: (0.0, 0.0), (hd0,1)."""
    return bool(_TUPLE.fullmatch(inside))


# The type of a document in a list of references, which has half-width marks (GB/T 7714-2015).
_REFERENCE = pattern(r"\[(?:[JMDCNRSPZGAK]|EB|DB|CP)(?:/(?:OL|CD))?\]")


def outside_references(view: View, places: list[int]) -> list[int]:
    """Those of some offsets that lie in no line of a list of references."""
    lines = view.once(_reference_lines)
    return [at for at in places if not is_within(lines, at)] if lines else places


def _reference_lines(view: View) -> list[tuple[int, int]]:
    return [view.line_bounds(match.start()) for match in _REFERENCE.finditer(view.text)]
