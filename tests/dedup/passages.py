"""Real paragraphs for the tests of deduplication, and the damage that makes copies of them."""

from __future__ import annotations

from functools import cache
from random import Random

from tests.seeds import TEXTS
from textclean.dedup.fold import fold
from textclean.text.blocks import BlockKind, split_blocks


@cache
def seed_paragraphs(min_length: int = 30) -> tuple[str, ...]:
    """The different paragraphs of the seeds of `min_length` folded characters or more."""
    found: dict[str, str] = {}
    for text in TEXTS.values():
        for block in split_blocks(text):
            paragraph = text[block.start : block.end]
            folded = fold(paragraph)
            if block.kind is BlockKind.PARAGRAPH and len(folded) >= min_length:
                found.setdefault(folded, paragraph)
    return tuple(found.values())


def misread(text: str, random: Random, rate: float = 0.02) -> str:
    """Some ideographs read as others, some marks lost, some spaces put in."""
    others = [c for c in text if "一" <= c <= "鿿"]
    result: list[str] = []
    for character in text:
        if "一" <= character <= "鿿" and random.random() < rate:
            result.append(random.choice(others))
        elif character in "，。、；：“”,;:" and random.random() < 0.2:
            result.append(random.choice(["", " "]))
        else:
            result.append(character + (" " if random.random() < 0.02 else ""))
    return "".join(result)
