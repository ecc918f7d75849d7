"""Text that was read in another encoding than it was written in: ``ä½\xa0å¥½`` for 你好.

- `codecs`: what codecs do, apart from what is likely
- `latin`: UTF-8, GBK or Big5 read as Latin-1 or Windows-1252, once or several times
- `gbk`: UTF-8 read as GBK, also where bytes are lost
- `swapped`: GBK read as Big5, and the reverse
- `lost`: 锟斤拷 and the like, which stand for nothing any more

Whether what comes out is Chinese is judged in `textclean.text.plausible`. A misreading is *exact*
if what it was is certain: the bytes, read the wrong way once more, give the very characters that
stand there.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache
from itertools import chain

from textclean.text.classes import occurrences
from textclean.text.memo import recalled
from textclean.text.mojibake.gbk import FIRSTS, gbk_misreadings
from textclean.text.mojibake.latin import control_misreadings, latin_misreadings
from textclean.text.mojibake.lost import LOST_SIGNS, lost_spans
from textclean.text.mojibake.misreading import Misreading
from textclean.text.mojibake.swapped import swapped_misreadings, swapped_signs
from textclean.text.patterns import pattern

__all__ = ["MISREADING_SIGNS", "SIGNS", "Misreading", "lost_spans", "misreadings"]

#: One of these is in every misreading but lost characters; they go inside the brackets of a class.
MISREADING_SIGNS = f"\x80-\x84\x86-\x9f\xa1-\xb6\xb8-\xfe{FIRSTS}{swapped_signs()}"
#: One of these is in every misreading.
SIGNS = MISREADING_SIGNS + LOST_SIGNS
_LATIN = "".join(map(chr, range(0x80, 0x100)))
_SIGN = pattern(f"[{MISREADING_SIGNS}]")
#: So few signs are looked for one by one.
_FEW = 8


def misreadings(text: str, held: str | None = None) -> list[Misreading]:
    """What of a text was read in a wrong encoding: in order, disjoint.

    Args:
        held: characters among which are all `SIGNS` that the text holds, if these are known.
    """
    if held is None:
        return _misreadings(text)
    signs = _signs().intersection(held)
    if not signs and not any(map(held.__contains__, LOST_SIGNS)):
        return []
    return _misreadings(text, signs)


@cache
def _signs() -> frozenset[str]:
    ranges = (range(0x80, 0x85), range(0x86, 0xA0), range(0xA1, 0xB7), range(0xB8, 0xFF))
    return frozenset(map(chr, chain(*ranges))).union(FIRSTS, swapped_signs())


@recalled(1_000_000)
def _misreadings(text: str, signs: Set[str] | None = None) -> list[Misreading]:
    found: list[Misreading] = []
    places: dict[str, list[int]] = {}
    if signs is not None and len(signs) <= _FEW:
        # A character is found many times as fast as a class.
        for char in sorted(signs):
            if at := occurrences(text, char):
                places[char] = at
    else:
        for match in _SIGN.finditer(text):
            places.setdefault(match.group(), []).append(match.start())
    if places:
        found += latin_misreadings(text, _places(places, _LATIN))
        if any(char < "\xa0" for char in places):
            found = control_misreadings(text, found)
        found += gbk_misreadings(text, _places(places, FIRSTS))
        found += swapped_misreadings(text, _places(places, swapped_signs()))
    return _with_lost(text, found)


def _places(places: Mapping[str, list[int]], signs: str) -> list[int]:
    """Where some signs stand, in order."""
    return sorted(at for char, places_ in places.items() if char in signs for at in places_)


def _with_lost(text: str, found: list[Misreading]) -> list[Misreading]:
    how = "lost characters or empty memory, read as GBK"
    found += [Misreading(*span, "", how) for span in lost_spans(text)]
    found.sort(key=lambda each: (each.start, not each.exact, -each.end))
    disjoint: list[Misreading] = []
    for each in found:
        if not disjoint or each.start >= disjoint[-1].end:
            disjoint.append(each)
    return disjoint
