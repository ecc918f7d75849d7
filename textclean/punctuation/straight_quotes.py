"""Straight quotes that a line has: none of them was lost, so they pair as they stand."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter

from textclean.punctuation.certainty import ByKind, Finding, Kind
from textclean.text.classes import SPACE_CLASS, has_han, is_chinese, is_han
from textclean.text.patterns import pattern

#: Straight quotes, half-width and full-width.
STRAIGHT = '"＂'
QUOTE = pattern(f"[{STRAIGHT}]")
#: How sure straight quotes are that pair as they stand, and those that the model pairs, too.
_PAIRED, _PAIRED_BY_BOTH = 0.95, 0.99
#: What may stand beside a pair that encloses a quotation, on its outer side.
_BESIDE = frozenset(f"{SPACE_CLASS},;:!?.()<>[]/*-+~|&={STRAIGHT}")
#: What a quotation does not begin with, and what it does not end with.
_NO_BEGINNING = frozenset(",;.!?)，。；！？、）》”’：:")
_NO_END = frozenset("(（《“‘、，")
#: Data and code: a key, an escaped quote, an argument, the next field.
_DATA = pattern(r'[{:\[]"|"[:}\]]|\\"|[A-Za-z0-9_][(=]"|","')


def straight_pairs(line: str) -> list[tuple[int, int]]:
    """The pairs of straight quotes of a line of prose, none where one of them is in doubt.

    They alternate, enclose something that touches both, and cross no curly quotes.
    """
    places = [at for at, char in enumerate(line) if char in STRAIGHT]
    if not places or len(places) % 2 or _DATA.search(line):
        return []
    pairs = list(zip(places[::2], places[1::2], strict=True))
    borders = [-1, *places, len(line)]
    pieces = [line[start + 1 : end] for start, end in pairwise(borders)]
    outside = "".join(pieces[::2])
    if any(piece.count("“") != piece.count("”") for piece in (outside, *pieces[1::2])):
        return []
    sides = zip(pieces[:-1:2], pieces[1::2], pieces[2::2], strict=True)
    if not all(_encloses(left[-1:], inside, right[:1]) for left, inside, right in sides):
        return []
    return pairs


def _encloses(before: str, inside: str, behind: str) -> bool:
    """Whether quotes with these characters on their outer sides enclose a quotation."""
    if not inside or inside != inside.strip(SPACE_CLASS):
        return False
    if inside[0] in _NO_BEGINNING or inside[-1] in _NO_END:
        return False
    if not all(not each or is_chinese(each) or each in _BESIDE for each in (before, behind)):
        return False
    return has_han(inside) or (is_han(before) and is_han(behind))


def with_straight_quotes(line: str, by_kind: ByKind) -> ByKind:
    """The findings of a line, of whose straight quotes none goes; if these pair without doubt, the
    pairs are theirs, whatever the model makes of them.
    """
    if not QUOTE.search(line):
        return by_kind
    pairs = straight_pairs(line)
    sure: set[tuple[int, str]] = set()
    wrong: set[int | None] = set()
    for kind, findings in by_kind.items():
        for finding in findings:
            count = len(QUOTE.findall(line, finding.start, finding.end))
            halves = finding.after.count("“") + finding.after.count("”")
            if count and kind is Kind.QUOTES:
                sure.add((finding.end, finding.after))
            if count and (pairs or halves < count):
                wrong.add(finding.group)
    wrong.discard(None)
    kept: ByKind = {}
    for kind, findings in by_kind.items():
        kept[kind] = [
            finding
            for finding in findings
            if finding.group not in wrong
            and (finding.group is not None or _spares_quotes(line, finding, pairs=bool(pairs)))
        ]
    for start, end in pairs:
        both = (start + 1, "“"), (end + 1, "”")
        kind, confidence = Kind.LIKELY_QUOTES, _PAIRED
        if sure.issuperset(both):
            kind, confidence = Kind.QUOTES, _PAIRED_BY_BOTH
        is_inner = line.count("“", 0, start) > line.count("”", 0, start)
        opening, closing = "‘’" if is_inner else "“”"
        quotes = kept.setdefault(kind, [])
        quotes.append(Finding(kind, start, start + 1, opening, confidence, start))
        quotes.append(Finding(kind, end, end + 1, closing, confidence, start))
        quotes.sort(key=attrgetter("start"))
    return kept


def _spares_quotes(line: str, finding: Finding, *, pairs: bool) -> bool:
    """Whether a finding touches no straight quote, or one that may be what was read of a pause:
    only one beside a space, and not where all pair.
    """
    run = line[finding.start : finding.end]
    quotes = len(QUOTE.findall(run))
    return not quotes or (not pairs and quotes == 1 < len(run) and finding.after != "")
