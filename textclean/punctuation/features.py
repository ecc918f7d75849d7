"""What the model looks at around a slot, and the features of one line after another.

Around a slot stand characters (`a1` is the one before it, `b1` the one behind), and boundaries:
other slots, printed marks, the line's edges. Between the slot and the nearest boundary either side
lies a piece, often all that a lost pair of quotes enclosed. Then there are the quotes that are
there, how thickly marks and slots stand in the line, and where the slot stands on the chain of
lines of one width. `textclean.punctuation.arrays.features` finds the same numbers in arrays.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, compress

from textclean.models.hashing import FNV_BASIS, MASK, STEP, feature_table
from textclean.punctuation import labels
from textclean.punctuation.line_grid import PER_LINE_COUNT, chain_codes
from textclean.text.patterns import pattern

#: Columns of a slot, in the order in which both implementations compute them.
COLUMNS: tuple[str, ...] = (
    # Characters before and behind; a line feed beyond the line's edge.
    "a1", "a2", "a3", "a4", "a5", "a6", "b1", "b2", "b3", "b4", "b5", "b6",
    # What the slot is: 0, or the code of the mark that is there.
    "kind",
    # The nearest boundary before (its kind, its distance) and the one before that; then behind.
    "before", "near", "before2", "far", "behind", "next", "behind2", "beyond",
    # The same distances, bounded more tightly.
    "near8", "next8", "near6", "next6",
    # The pieces' hashes; their far ends and what stands beyond them.
    "left", "right", "left_end", "left_out1", "left_out2", "right_end", "right_out1", "right_out2",
    # The nearest printed quotes before and behind: which (0 none, 1 opening), how far.
    "quote", "quote_far", "quote2", "quote2_far",
    # Of a hundred characters of the line, how many are pauses (times 2) and slots.
    "pauses", "slots",
    # Place on the chain of lines, with and without the number of lines; place in the line.
    "chain", "chain_any", "from_start", "from_end",
    # How far the sentence reaches to either side, how far the clause set off by ； (`reach`).
    "since", "until", "since_semi", "until_semi",
    # Semicolons in the line, before (times 3) and behind, up to two.
    "semis",
    # Which run from here on stands before 等, which ends a list: counted from 1, 0 for none near.
    "etc",
)  # fmt: skip

#: When features apply: the pieces are short enough to know, their ends near enough to see.
CONDITIONS: tuple[str, ...] = (
    "", "left", "right", "left near", "right near", "left end", "right end"
)  # fmt: skip

#: A piece is hashed whole if it has at most so many characters; its end is looked at up to here.
LONGEST_PIECE, LONGEST_LOOK = 12, 14
#: Distances are told apart up to these.
NEAR, FAR, NEAREST, CLOSEST, EDGE_NEAR, QUOTE_STEPS = 15, 31, 8, 6, 6, 7
#: Distances within the sentence are told apart by their bits, up to so many.
MOST_BITS = 8
MOST_SEMIS = 2
#: A list's end is looked for among so many runs.
ETC, MOST_ETC = "等", 5


def _grams() -> list[str]:
    """Runs of characters before, behind and across the slot."""
    before = ["a1", "a2", "a3", "a4", "a5", "a6"]
    behind = ["b1", "b2", "b3", "b4", "b5", "b6"]
    across = [
        (1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (3, 2), (2, 3), (3, 3), (4, 2), (2, 4),
    ]  # fmt: skip
    return [
        *(" ".join(before[:n]) for n in range(1, 7)),
        *(" ".join(behind[:n]) for n in range(1, 7)),
        *(" ".join(before[:n] + behind[:m]) for n, m in across),
    ]


FEATURES = feature_table(
    [
        *_grams(),
        "a2", "b2", "a2 a3", "b2 b3", "a2 b1", "a1 b2",
        "kind", "kind a1", "kind b1", "kind a1 b1", "kind before near behind next",
        "before near", "behind next", "before near8 behind next8", "near a1", "next b1",
        "before near a1", "behind next b1", "before near b1", "behind next a1",
        "before near before2 far", "behind next behind2 beyond",
        "before before2 behind behind2 near6 next6",
        "left before ? left", "right behind ? right", "left b1 ? left", "right a1 ? right",
        "left ? left", "right ? right",
        "behind right_out1 right_out2 ? right near", "a1 right_out1 ? right near",
        "a1 a2 right_out1 right_out2 ? right near", "b1 right_out1 next ? right near",
        "before left_out1 left_out2 ? left near", "b1 left_out1 ? left near",
        "b1 b2 left_out1 left_out2 ? left near", "a1 left_out1 near ? left near",
        "right_end right_out1 ? right end", "right_end right_out1 a1 b1 ? right end",
        "left_end left_out1 ? left end", "left_end left_out1 a1 b1 ? left end",
        "quote quote2", "quote quote_far quote2 quote2_far", "quote quote2 kind before behind",
        "pauses", "slots", "pauses slots", "pauses kind", "pauses before behind",
        "chain", "chain_any", "chain_any pauses", "chain_any before behind", "chain_any a1",
        "chain_any b1", "chain_any quote", "chain_any a1 b1", "chain_any near8 next8",
        "from_start from_end",
        "since until", "semis since_semi until_semi", "since_semi until_semi before behind",
        "semis b1 b2", "semis a1 a2", "since_semi b1 b2", "semis since_semi a1 b1",
        "etc", "etc before near8 behind next8", "etc a1 b1", "etc left_out1 right_out1",
        "near8 next8 before2 far behind2 beyond",
    ],
    COLUMNS,
    CONDITIONS,
    first=1,
)  # fmt: skip

#: Line feeds around a line, so that looking over its edge needs no care.
PADDING = 16
_MARKED = pattern("[，；。、：？！“”（）《》]")
_STOPS = pattern("[。？！]")
_SEMIS = pattern("；")
_QUOTES = pattern("[“”]")


class _Widths(dict[str, int]):
    """Columns of characters, as they come."""

    def __missing__(self, character: str) -> int:
        self[character] = columns = labels.width(ord(character))
        return columns


_WIDTHS = _Widths()


def line_columns(
    line: str, places: Sequence[int], kinds: Sequence[int], chain: Sequence[int]
) -> Iterator[tuple[list[int], tuple[bool, ...]]]:
    """The columns of each slot of one folded and squeezed line, and which conditions hold there.

    Args:
        chain: of each slot its code on the line's chain (`line_chain`).
    """
    size = len(line)
    edge = ord(labels.EDGE)
    codes = [edge] * PADDING + list(map(ord, line)) + [edge] * PADDING
    marks = [-1, *(mark.start() for mark in _MARKED.finditer(line)), size]
    inner = (labels.BOUNDARIES[codes[mark + PADDING]] for mark in marks[1:-1])
    types = [labels.EDGE_BOUNDARY, *inner, labels.EDGE_BOUNDARY]
    runs = [place for place, kind in zip(places, kinds, strict=True) if not kind]
    quotes = [-1, *(mark.start() for mark in _QUOTES.finditer(line)), size]
    pauses = sum(labels.FIRST_PAUSE <= kind <= labels.LAST_PAUSE for kind in types)
    stops = [-1, *(mark.start() for mark in _STOPS.finditer(line)), size]
    semis = [mark.start() for mark in _SEMIS.finditer(line)]
    parts = sorted(stops + semis)
    lists = [index for index, run in enumerate(runs) if line[run : run + 1] == ETC]
    thickness = max(size, 1)
    pauses = min(pauses * 200 // thickness, 12)
    density = min(len(runs) * 100 // thickness, 15)
    for place, kind, code in zip(places, kinds, chain, strict=True):
        # A mark in question stands between what is before the slot and what is behind it.
        back = place + (kind > 0)
        at = place + PADDING
        characters = codes[at - 1 : at - 7 : -1]
        behind_at = back + PADDING
        followers = codes[behind_at : behind_at + 6]
        # Boundaries before: a printed mark or another slot, whichever is nearer.
        index = bisect_left(marks, place) - 1
        to_mark = place - marks[index] - 1
        run = bisect_left(runs, place) - 1
        to_run = place - runs[run] if run >= 0 else size + 1
        second = place - runs[run - 1] if run >= 1 else size + 1
        near, before, far, before2 = _boundaries(to_mark, types[index], to_run, second)
        # And behind.
        index = bisect_left(marks, back)
        to_mark = marks[index] - back
        run = bisect_right(runs, place)
        to_run = runs[run] - back if run < len(runs) else size + 1
        second = runs[run + 1] - back if run + 1 < len(runs) else size + 1
        following, behind, beyond, behind2 = _boundaries(to_mark, types[index], to_run, second)
        left_at, right_at = at - near, behind_at + following
        left = piece_hash(codes[at - 1 : left_at - 1 : -1]) if near <= LONGEST_PIECE else FNV_BASIS
        right = piece_hash(codes[behind_at:right_at]) if following <= LONGEST_PIECE else FNV_BASIS
        left_out1, right_out1 = codes[left_at - 1], codes[right_at]
        index = bisect_left(quotes, place) - 1
        quote, quote_far = _quote(line, quotes[index]), (place - quotes[index]) // 4
        index = bisect_left(quotes, back)
        quote2, quote2_far = _quote(line, quotes[index]), (quotes[index] - back) // 4
        sentence, part = bisect_left(stops, place), bisect_left(parts, place)
        sentence2, part2 = bisect_left(stops, back), bisect_left(parts, back)
        semis_before = bisect_left(semis, place)
        semis_behind = len(semis) - bisect_left(semis, back)
        here = bisect_left(runs, back)
        index = bisect_left(lists, here)
        etc = lists[index] - here + 1 if index < len(lists) else MOST_ETC + 1
        yield (
            [
                *characters, *followers, kind,
                before, min(near, NEAR), before2, min(far, FAR),
                behind, min(following, NEAR), behind2, min(beyond, FAR),
                min(near, NEAREST), min(following, NEAREST),
                min(near, CLOSEST), min(following, CLOSEST),
                left, right,
                codes[left_at], left_out1, codes[left_at - 2] if left_out1 != edge else edge,
                codes[right_at - 1], right_out1,
                codes[right_at + 1] if right_out1 != edge else edge,
                quote, min(quote_far, QUOTE_STEPS), quote2, min(quote2_far, QUOTE_STEPS),
                pauses, density,
                code, (code - 1) % PER_LINE_COUNT + 1 if code else 0,
                min(place, EDGE_NEAR), min(size - back, EDGE_NEAR),
                reach(place - stops[sentence - 1] - 1), reach(stops[sentence2] - back),
                reach(place - parts[part - 1] - 1), reach(parts[part2] - back),
                3 * min(semis_before, MOST_SEMIS) + min(semis_behind, MOST_SEMIS),
                etc if etc <= MOST_ETC else 0,
            ],
            (
                True,
                0 < near <= LONGEST_PIECE, 0 < following <= LONGEST_PIECE,
                near <= LONGEST_LOOK, following <= LONGEST_LOOK,
                0 < near <= LONGEST_LOOK, 0 < following <= LONGEST_LOOK,
            ),
        )  # fmt: skip


def piece_hash(codes: Iterable[int]) -> int:
    """The hash of a piece, from its code points."""
    h = FNV_BASIS
    for code in codes:
        h = (h ^ code) * STEP & MASK
    return h


def _boundaries(
    to_mark: int, mark_kind: int, to_run: int, second: int
) -> tuple[int, int, int, int]:
    """The nearest boundary (distance, kind), and the one beyond it if that one is a slot."""
    if to_run > to_mark:
        return to_mark, mark_kind, to_mark, mark_kind
    kind = labels.SLOT_BOUNDARY + 8 * (to_mark == to_run)
    if second < to_mark:
        return to_run, kind, second, labels.SLOT_BOUNDARY
    return to_run, kind, to_mark, mark_kind


def reach(distance: int) -> int:
    """A distance within a sentence, by its bits."""
    return min(distance.bit_length(), MOST_BITS)


def _quote(line: str, place: int) -> int:
    """1 for an opening quote at a place, 2 for a closing one, 0 for the line's edge."""
    if not 0 <= place < len(line):
        return 0
    return 1 if line[place] == "“" else 2


def line_chain(line: str, places: Sequence[int], kinds: Sequence[int]) -> list[int]:
    """The code of each slot on its line's chain (`chain_codes`); 0 for present marks."""
    runs = [place for place, kind in zip(places, kinds, strict=True) if not kind]
    if len(runs) < 2:
        return [0] * len(places)
    reached = list(accumulate(map(_WIDTHS.__getitem__, line), initial=0))
    at_run = set(runs)
    behind_marks = {
        end
        for end in map(re.Match.end, _MARKED.finditer(line))
        if end < len(line) and end not in at_run and ord(line[end]) not in labels.BOUNDARIES
    }
    nodes = sorted(at_run | behind_marks)
    is_slot = [int(node in at_run) for node in nodes]
    # A slot is itself one column wide.
    columns = [
        reached[node] + slots for node, slots in zip(nodes, accumulate(is_slot), strict=True)
    ]
    of_run = compress(chain_codes(columns, is_slot, reached[-1] + len(runs)), is_slot)
    return [0 if kind else next(of_run) for kind in kinds]
