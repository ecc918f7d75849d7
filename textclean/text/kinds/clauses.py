"""The language of the clause around a place: Chinese marks belong in Chinese clauses.

A Chinese document quotes English titles and sentences, cites references, and teaches Japanese. What
a comma, a quote or a space is there is that language's affair.
"""

from __future__ import annotations

import re
from enum import StrEnum

from textclean.text.classes import BREAK_CLASS, HAN_CLASS, KANA_CLASS, is_han
from textclean.text.patterns import pattern


class Language(StrEnum):
    """The language of a clause."""

    CHINESE = "Chinese"
    ENGLISH = "English"
    JAPANESE = "Japanese"


#: A clause is looked at so far to either side.
_REACH = 160
_STOPS = "。！？；"
_NO_CHINESE = pattern(rf"[^{HAN_CLASS}{KANA_CLASS}{_STOPS}{BREAK_CLASS}]*")
_SENTENCE = pattern(rf"[^{_STOPS}{BREAK_CLASS}]*")
_LINE = pattern(rf"[^{BREAK_CLASS}]*")
_KANA = pattern(f"[{KANA_CLASS}]")
_HAN = pattern(f"[{HAN_CLASS}]")
_CHINESE = pattern(f"[{HAN_CLASS}{KANA_CLASS}]")
_WORD = pattern("[A-Za-z][A-Za-z’'-]*")
_LETTERS = pattern("(?:[A-Za-z][^A-Za-z]*){3}")
#: Words that English prose is not without, and names, commands and abbreviations are.
_FUNCTION_WORDS = pattern(
    "a|about|after|all|also|an|and|any|are|as|at|be|been|before|but|by|can|could|did|do|does|for|"
    "from|had|has|have|he|her|his|how|i|if|in|into|is|it|its|may|more|most|must|my|no|not|of|on|or|"
    "our|out|over|shall|she|should|so|such|than|that|the|their|them|then|there|these|they|this|"
    "those|through|to|under|up|us|was|we|were|what|when|where|which|while|who|will|with|would|you|"
    "your|et|al|ibid|vs"
)


def language_at(text: str, start: int, end: int) -> Language:
    """The language of the clause that holds ``text[start:end]``.

    English is what has words on both sides, some of them such as only sentences and titles have,
    and no Chinese between; or a line of letters without a Chinese character. Japanese is a sentence
    in which kana are a fifth or more. All else is Chinese.
    """
    behind = text[end : end + _REACH]
    before = text[max(0, start - _REACH) : start][::-1]  # read from the place outwards
    words = _matched(_NO_CHINESE, before)[::-1], _matched(_NO_CHINESE, behind)
    if any(words) and _is_english(*words):
        return Language.ENGLISH
    if not (is_han(before[:1]) or is_han(behind[:1])):
        sides = _matched(_LINE, before), _matched(_LINE, behind)
        whole = max(map(len, sides)) < _REACH
        if whole and _LETTERS.search("".join(sides)) and not _CHINESE.search("".join(sides)):
            return Language.ENGLISH
    if _KANA.search(before) or _KANA.search(behind):
        sentence = _matched(_SENTENCE, before) + _matched(_SENTENCE, behind)
        kana = len(_KANA.findall(sentence))
        if kana > 1 and 4 * kana >= len(_HAN.findall(sentence)):
            return Language.JAPANESE
    return Language.CHINESE


def _matched(run: re.Pattern[str], text: str) -> str:
    return run.match(text).group()  # type: ignore[union-attr]  # an empty run matches, too


def _is_english(before: str, behind: str) -> bool:
    left, right = _WORD.findall(before), _WORD.findall(behind)
    if not left or not right or len(left) + len(right) < _FEWEST_WORDS:
        return False
    near = [*left[-_NEAR:], *right[:_NEAR]]
    return any(map(_FUNCTION_WORDS.fullmatch, near))


_FEWEST_WORDS = 4
_NEAR = 6


def is_english_sentence(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` lies in English from one border of a sentence to the next.

    A border is a line's end, or a mark where Chinese begins: in 支持 Word and Excel 的 there is
    none, and a gloss in parentheses is part of what it explains. The words are enough for a
    sentence, one of them before the place, and some of them only sentences have.
    """
    before = text[max(0, start - _LONGEST) : start][::-1]
    left, right = _matched(_LATIN, before)[::-1], _matched(_LATIN, text[end : end + _LONGEST])
    low, high = start - len(left), end + len(right)
    if not _is_break(text[low - 1 : low] if low else "") and _goes_on(left[:1]):
        return False
    if not _is_break(text[high : high + 1]) and _goes_on(right[-1:]):
        return False
    if _IN_CHINESE.search(left) or _IN_CHINESE.search(right):
        return False
    words = _WORD.findall(left)
    if not words:
        return False
    words += _WORD.findall(right)
    return (
        len(words) >= _FEWEST_WORDS
        and sum(word.islower() and len(word) > 1 for word in words) > 1
        and any(map(_FUNCTION_WORDS.fullmatch, words))
    )


def _is_break(char: str) -> bool:
    return char in ("", *BREAK_CLASS)


def _goes_on(char: str) -> bool:
    return char in ("", " ", "（", "）", "(", ")") or char.isalnum()


_LONGEST = 400
#: What no English sentence has: Chinese marks of other kinds, addresses, the signs of formulas.
_IN_CHINESE = pattern(r"[、《》【】「」=+]|://|\]\(|www\.")
_LATIN = pattern(f"[^{HAN_CLASS}{KANA_CLASS}{BREAK_CLASS}]*")
