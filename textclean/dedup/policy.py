"""What may be removed at all.

Only prose and headings ever are. The lines of a list, a table or a fence repeat because such lines
do, and what surrounds them counts on them being there. A heading names what stands under it, so it
is removed with all of that or not at all. How alike two texts are is not asked here; how long a
copy must be is the configuration's (``min_copy``, ``min_copy_across``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textclean.dedup.fold import fold
from textclean.dedup.preference import KeepBy, preference
from textclean.dedup.records import Removal, RemovalKind
from textclean.text.blocks import BlockKind, block_kind, heading_level
from textclean.text.words import is_word

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE})
_HOLDERS = frozenset({BlockKind.LIST, BlockKind.HEADING})
_SENTENCE_MARKS = "。！？!?；;…"
_CLAUSE_END = re.compile(f"[{_SENTENCE_MARKS}，,：:]")
# 被调查人供述和, …所产生的. As the end of a word (目的, 温和) they say nothing.
_GOES_ON = frozenset("的和与及或且")
#: The first and the last of characters that only prose opens with, after an indent and a number:
#: ideographs and 、。《》「」, letters, ！（）， ：；？ —“” … (. `is_prose` holds of all of them.
PROSE_OPENINGS = ("、\u9fff", "AZ", "az", "！／", "：？", "—”", "……", "((")
#: Folded characters that no title has.
TITLE = 50


class Section(NamedTuple):
    """A heading and the bounds of what stands under it, as indices of blocks."""

    heading: int
    level: int
    end: int


def is_prose(text: str) -> bool:
    """Whether a block is running text, the only kind whose copies go on their own."""
    return block_kind(text) in _PROSE


def holds_prose(text: str) -> bool:
    """Whether a block that is no prose may say what a paragraph says, so that the paragraph may go
    for it: an item of a list or a heading that is as long as a sentence. It stays itself.
    """
    return block_kind(text) in _HOLDERS


def may_be_contained(
    text: str, length: int, min_length: int, *, cut: bool, tail: bool, broken: bool
) -> bool:
    """Whether a paragraph is the head or tail of another, cut off, and not a title it begins with.

    A title has no stop, hardly a comma, hardly ever breaks off, and is shorter than `TITLE`.

    Args:
        text: the contained paragraph.
        length: how many folded characters of the containing one it takes up.
        min_length: folded characters from which a sentence, whole or begun, counts; below it only
            what was cut within a number or a Latin word.
        cut: whether that is so.
        tail: whether it is the tail, and not the head.
        broken: whether it `breaks_off`.
    """
    if cut:
        # Complete in itself, so its last number is another one: 增长3。 增长30%。
        return tail or not is_complete(text)
    has_sentence = length >= TITLE or broken or _CLAUSE_END.search(text) is not None
    return has_sentence and length >= min_length


def is_complete(text: str) -> bool:
    """Whether a text ends with the mark of a sentence."""
    return text.rstrip()[-1:] in _SENTENCE_MARKS


def breaks_off(last: str, after: str) -> bool:
    """Whether a text ends within a word, or with what something must follow on: hardly a title.

    Args:
        last: its last two folded characters.
        after: the two that stand behind them in the whole, or one where that ends.
    """
    if is_word(last):
        return False
    return last[-1:] in _GOES_ON or (is_word(last[-1:] + after[:1]) and not is_word(after))


def sections(texts: Sequence[str], among: Iterable[int], end: int) -> list[Section]:
    """The sections of one document: deepest headings first.

    Args:
        among: the indices of its blocks that may be headings, in order.
        end: the index after its last block.
    """
    closed: list[Section] = []
    open_sections: list[tuple[int, int]] = []
    for index in among:
        if "#" not in texts[index] or not (level := heading_level(texts[index])):
            continue
        while open_sections and open_sections[-1][1] >= level:
            closed.append(Section(*open_sections.pop(), index))
        open_sections.append((index, level))
    closed += [Section(*section, end) for section in open_sections]
    return sorted(closed, key=lambda section: (-section.level, section.heading))


def repeated_headings(
    texts: Sequence[str],
    among: Iterable[int],
    end: int,
    removed: set[int],
    keep: KeepBy = "best",
) -> list[Removal]:
    """The headings of one document that are removed because everything under them is.

    Of headings with the same fold and level at least one stays. A heading with nothing under it
    but other headings stays.

    Args:
        among, end: as of `sections`.
        removed: indices of the texts that are removed.
        keep: which of several copies stays.
    """
    removals: list[Removal] = []
    headings: set[int] = set()  # removed ones

    def is_empty(section: Section) -> bool:
        under = range(section.heading + 1, section.end)
        stay = any(index not in removed and index not in headings for index in under)
        return not stay and not removed.isdisjoint(under)

    alike: defaultdict[tuple[int, str], list[Section]] = defaultdict(list)  # deepest first
    for section in sections(texts, among, end):
        if name := fold(texts[section.heading]):
            alike[section.level, name].append(section)
    for same in alike.values():
        empty = {section.heading for section in same if is_empty(section)}
        if not empty or len(same) < 2:
            continue
        order = preference(texts, [section.heading for section in same], keep)
        survivor = next((heading for heading in order if heading not in empty), order[0])
        losers = [heading for heading in order if heading in empty and heading != survivor]
        removals += [Removal(heading, survivor, RemovalKind.EXACT, 1.0) for heading in losers]
        headings.update(losers)
    return removals
