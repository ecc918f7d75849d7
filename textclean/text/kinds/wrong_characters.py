"""Pages whose characters are Chinese and all of them wrong: a font map that is shifted or mixed up.

Such a page is characters by chance. Prose has many of the frequent ones, and of its pairs of
neighbours many are words: of 2,036 pages and pieces of prose, lists and classics the fewest were 43
in a thousand (annals before Christ), on pages of wrong characters at most 18. The first question is
answered by a few lines; the words are read only where it is not.
"""

from __future__ import annotations

from itertools import pairwise

from textclean.text.classes import HAN_CLASS, is_han
from textclean.text.patterns import pattern
from textclean.text.variants import fold_table
from textclean.text.words import is_word

#: The most frequent characters of prose, old and new, in both scripts.
_FREQUENT = frozenset(
    "的一是不了在有人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可"
    "主发發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着著等部"
    "度家电電力里如水化高自二理起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应"
    "應开開它合还還因由其些然前外天政四日那社义義事平形相全表间間样樣与與关關各重新线線内內数數"
    "正心反你明看原又么利比或但质質气氣第向道命此变變条條只没沒结結解问問意建月公无無系"
)
#: The most frequent of all, and among how many characters there is one of them: in prose among 15
#: or so, by chance among 700.
_MOST_FREQUENT, _EVERY, _FIRST_SEEN = "的一在是和", 60, 1_000
#: Characters in the middle of a text that are looked at first, and the frequent ones among them
#: with which it is prose: most has 60 and more, chance gives 16.
_FIRST, _PROSE = 200, 30
#: Characters that are looked at then; pairs of neighbours that are judged, at least; the share of
#: words among them under which a page is no text.
_SEEN, _FEWEST, _WORDS = 1_500, 150, 0.03
#: Pairs in a run of characters, on average and at least: lists of names have two.
_IN_RUN = 4
_HAN_RUN = pattern(f"[{HAN_CLASS}]+")


def has_wrong_characters(text: str) -> bool:
    """Whether a text is Chinese characters by chance."""
    if len(text) <= _FEWEST or text.isascii():
        return False
    begin = text[:_FIRST_SEEN]
    if sum(map(begin.count, _MOST_FREQUENT)) * _EVERY >= len(begin):
        return False
    middle = len(text) // 2
    sample = text[middle - _FIRST // 2 : middle + _FIRST // 2]
    if sum(map(_FREQUENT.__contains__, sample)) >= _PROSE:
        return False
    pairs = [
        one + two
        for one, two in pairwise(text[:_SEEN].translate(fold_table()))
        if is_han(one) and is_han(two)
    ]
    runs = len(_HAN_RUN.findall(text, 0, _SEEN))
    if len(pairs) < max(_FEWEST, _IN_RUN * runs) or 2 * len(set(pairs)) < len(pairs):
        return False  # too few, a list, or the same again and again
    return sum(map(is_word, pairs)) < _WORDS * len(pairs)
