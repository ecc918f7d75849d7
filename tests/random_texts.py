"""Random strings like those that break things, by a seed: for fuzzers, which need no shrinking."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.repetitions import BRACKETS, MARKS, PAIRS, SPECIAL
from tests.seeds import TEXTS
from tests.strategies import PIECES
from textclean import Config
from textclean.rules import all_rules

_RULES = all_rules()
EXAMPLES = tuple(
    text
    for rule in _RULES
    for text in (*(before for before, _ in rule.examples), *rule.counter_examples)
    if text
)
LINES = tuple(line for text in TEXTS.values() for line in text.splitlines() if line.strip())
_BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
_PARTS = (*MARKS, *PAIRS, *SPECIAL, *PIECES, *_BIDI)
_STYLES = (None, "gbt15835", "gbt15835-symbols")


def _pieces(chance: random.Random) -> str:
    return "".join(chance.choices(_PARTS, k=chance.randint(1, 16)))


def _code_points(chance: random.Random) -> str:
    """Any Unicode but surrogates, mostly of a few blocks."""
    blocks = ((0x4E00, 0x9FFF), (0, 0x2FF), (0x2000, 0x30FF), (0xF900, 0xFFFF), (0x10000, 0x10FFFF))
    return "".join(
        chr(chance.randint(*chance.choice(blocks))) for _ in range(chance.randint(1, 40))
    )


def _example(chance: random.Random) -> str:
    one, other = chance.choice(EXAMPLES), chance.choice(EXAMPLES)
    at, until = chance.randint(0, len(one)), chance.randint(0, len(other))
    return one[:at] + other[until:] if chance.random() < 0.5 else one[:at] + other + one[at:]


def _line(chance: random.Random) -> str:
    return chance.choice(LINES)[: chance.randint(20, 300)]


def _block(chance: random.Random) -> str:
    open_, close = chance.choice(BRACKETS)
    mark = chance.choice(("- ", "1. ", "# ", "> ", "    ", "```\n", "| ", "", "\t", "\n\n"))
    return f"{mark}{open_ * chance.randint(0, 3)}{_any(chance)}{close * chance.randint(0, 3)}\n"


def _any(chance: random.Random) -> str:
    return chance.choices(_MAKERS, weights=(4, 2, 5, 5))[0](chance)


_MAKERS: tuple[Callable[[random.Random], str], ...] = (_pieces, _code_points, _example, _line)


def mutated(text: str, chance: random.Random) -> str:
    """A text with some of its characters gone, doubled, swapped, or with pieces put in."""
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        at, kind = chance.randint(0, len(text)), chance.random()
        if kind < 0.4:
            text = text[:at] + chance.choice(_PARTS) + text[at:]
        elif kind < 0.6:
            text = text[:at] + text[at + chance.randint(1, 4) :]
        elif kind < 0.8:
            end = at + chance.randint(1, 8)
            text = text[:end] + text[at:end] + text[end:]
        else:
            text = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
    return text


def random_text(chance: random.Random, more: tuple[str, ...] = ()) -> str:
    """A text of up to some hundred characters.

    Args:
        more: texts of others to be mutated, too.
    """
    kind = chance.random()
    if more and kind < 0.2:
        return mutated(chance.choice(more)[:400], chance)
    if kind < 0.7:
        return mutated(_any(chance), chance)
    if kind < 0.85:
        return _any(chance) + _any(chance)
    return "".join(_block(chance) for _ in range(chance.randint(1, 5)))


def random_config(chance: random.Random) -> Config:
    """A tier, and sometimes options, a style, a choice of rules."""
    tier = chance.choice(("safe", "safe", "suggested"))
    if chance.random() < 0.6:
        return Config(tier=tier)
    codes = [rule.code for rule in _RULES]
    return Config(
        tier=tier,
        style=chance.choice(_STYLES),
        select=tuple(chance.sample(codes, 12)) if chance.random() < 0.2 else (),
        ignore=tuple(chance.sample(codes, 3)) if chance.random() < 0.3 else (),
        latin_space=chance.choice(("keep", "add", "remove")),
        indent=chance.choice(("keep", "drop")),
        blank_lines=chance.choice(("keep", "collapse")),
    )
