"""What the decision knows of language, in arrays: which characters join, which are taken for one
another, which say the opposite, and which English words there are.

Joins are those of ``joins.bin``: how much likelier two characters meet than by chance, in eighths
of a bit; words of two characters join, however rare.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textclean.dedup.kernels.evidence.gaps import FIELDS, MARK
from textclean.dedup.verify import DIGITS
from textclean.models.hashing import MASK, SEAMS, STEP
from textclean.models.linear import Model, Templates
from textclean.text.lexicon import (
    CONTRASTS,
    FREQUENT_SURNAMES,
    NEGATIONS,
    OPPOSITE_WORDS,
    OPPOSITES,
    ORGANISATIONS,
    PLACES,
)
from textclean.text.lexicon_files import read_lexicon
from textclean.text.words import all_words

_DATA = Path(__file__).parents[1] / "data"
#: How often ideographs stand beside each other (`tools.training.joins`).
JOINS = Model("joins", b"TCJOINS1", 1)
#: Whether something is lost between two stretches (`tools.training.gaps`), and how it is told: by
#: n-grams across the place, of either side, and by pairs that see through one character.
GAPS = Model("gaps", b"TCGAPS01", 1)
GAP_BITS = 24
_LEFT, _RIGHT = range(MARK), range(MARK + 1, FIELDS)
_ACROSS = ((1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (3, 2), (2, 3))
_FIELDS = (
    *((*_LEFT[:left], MARK, *_RIGHT[:right]) for left, right in _ACROSS),
    *((*_LEFT[:size], MARK) for size in (1, 2)),
    *((MARK, *_RIGHT[:size]) for size in (1, 2)),
    (_LEFT[1], MARK, _RIGHT[0]),
    (_LEFT[0], MARK, _RIGHT[1]),
    (MARK,),
)
GAP_TEMPLATES = Templates.of(
    SEAMS, ((number * STEP & MASK, fields) for number, fields in enumerate(_FIELDS, 1))
)
#: The first character of an entry that says how frequent the second is by itself, in quarters of a
#: bit; such a code point is in no text.
ALONE = 0xD800
#: What a word of two characters says at least, and a pair with a character that is in no prose.
WORD, UNKNOWN = 24, -40
#: The logarithm of the number of pairs that were counted, in eighths of a bit, and what brings the
#: smoothed count of a pair that was never seen to nothing.
_PAIRS = 204 + 11
#: Kinds of characters: flags.
HAN, LETTER, DIGIT, NUMERAL, NEGATION, SURNAME, PLACE, SIGN = (1 << bit for bit in range(8))
_HASH_BITS = 15
#: Bits of a row, and of the table of pairs.
ROW_BITS, _PAIR_BITS = 13, 20
#: English words that deny.
DENIALS = [
    "not",
    "no",
    "never",
    "cannot",
    "without",
    "nor",
    "neither",
    "unless",
    "except",
    "none",
    "nothing",
    "hardly",
    "dont",
    "doesnt",
    "didnt",
    "isnt",
    "arent",
    "wasnt",
    "werent",
    "wont",
    "cant",
    "couldnt",
    "shouldnt",
    "wouldnt",
    "mustnt",
    "hasnt",
    "havent",
    "hadnt",
    "neednt",
]

#: Words of two characters that laws and forms are thick with, and words that say in what case or
#: how much something holds: who adds one says something else.
RULES = "应当 不得 责令 依照 本法 本条 处以 予以 罚款 规定 依法 法规 之日 法院".split()
SCOPES = (
    "等 再 又 仅 只 均 皆 共 约 近 超 副 原 前 后 将 曾 已 可 须 应 或 及 和 与 首 "
    "擅自 变相 部分 可能 基本 一般 主要 以上 以下 以内 以外 故意 过失 严重 重大 直接 间接 再次 "
    "首次 全部 除外 仅限 至少 至多 最多 最少 大约 左右 行政 法定 临时 机关 不含 以及 缓期 全体 "
    "优先 公开 单独 联合 同时 可以 必须 一律 有权"
).split()


class Language(NamedTuple):
    """Tables, by code points below 65,536."""

    #: The row of each character; 0 for those that clean prose hardly has.
    rows: NDArray[np.uint16]
    #: How frequent a character is, in quarters of a bit.
    alone: NDArray[np.int8]
    #: Pairs, by their rows, in a table of open addresses, and what each says.
    pairs: NDArray[np.int32]
    joins: NDArray[np.int8]
    kinds: NDArray[np.uint8]
    #: A bit for each series of which a character is a member.
    contrasts: NDArray[np.uint64]
    #: Pairs that are taken for one another, both characters in one integer, sorted.
    confusions: NDArray[np.int64]
    #: Hashes of English words, and of those that deny, in tables of open addresses.
    words: NDArray[np.int64]
    denials: NDArray[np.int64]
    #: Words of two characters with which the names of organisations end, as `confusions`.
    organisations: NDArray[np.int64]
    #: Words of two characters that turn a statement round, in the same way.
    opposites: NDArray[np.int64]
    #: Words of rules, and words of scope, those of one character by themselves.
    rules: NDArray[np.int64]
    scopes: NDArray[np.int64]
    #: `GAP_TEMPLATES`, as `Templates` has them, and the indices of `GAPS` in a table of open
    #: addresses with the weight of each.
    gap_seeds: NDArray[np.int64]
    gap_starts: NDArray[np.int64]
    gap_fields: NDArray[np.int64]
    gaps: NDArray[np.int32]
    gap_weights: NDArray[np.int8]


@cache
def language() -> Language:
    """The tables, read when first asked for."""
    rows, alone, pairs_met, joins = _joins()
    contrasts = np.zeros(0x10000, np.uint64)
    for number, group in enumerate((*CONTRASTS, *OPPOSITES)):
        contrasts[[ord(character) for character in group]] |= np.uint64(1 << number)
    pairs = read_lexicon(_DATA / "confusions.txt").split()
    english = read_lexicon(_DATA / "common_english.txt").split()
    return Language(
        rows,
        alone,
        pairs_met,
        joins,
        _kinds(),
        contrasts,
        _packed(pairs + [pair[::-1] for pair in pairs]),
        _table([*english, *DENIALS]),
        _table(DENIALS),
        _packed(ORGANISATIONS),
        _packed(OPPOSITE_WORDS),
        _packed(RULES),
        np.array(
            sorted(
                ord(word[0]) << 16 | ord(word[1]) if len(word) > 1 else ord(word) for word in SCOPES
            ),
            np.int64,
        ),
        np.array(GAP_TEMPLATES.seeds[0], np.int64),
        np.array(GAP_TEMPLATES.starts, np.int64),
        np.array(GAP_TEMPLATES.fields, np.int64),
        *_open_table(*_entries(GAPS)),
    )


@cache
def language_record() -> np.void:
    """The same for compiled loops: one pointer, where each array by itself is seven arguments of
    every function that is compiled."""
    tables = language()
    fields = [(name, table.dtype, table.shape) for name, table in tables._asdict().items()]
    record = np.zeros(1, np.dtype(fields, align=True))
    for name, table in tables._asdict().items():
        record[name] = table
    held: np.void = record[0]
    return held


def _entries(model: Model) -> tuple[Any, Any]:
    """The indices of a table of weights, and the weights."""
    indices, weights = model.weights.items()
    return np.array(indices), np.frombuffer(weights, np.int8)


def _packed(pairs: Any) -> NDArray[np.int64]:
    return np.array(sorted(ord(one) << 16 | ord(other) for one, other in pairs), np.int64)


def unseen(one: Any, other: Any) -> Any:
    """What it says that two characters were never seen beside each other.

    Args:
        one, other: how frequent they are, in quarters of a bit.
    """
    return -np.clip(2 * (one + other) + _PAIRS, 0, -UNKNOWN)


def _joins() -> tuple[Any, Any, Any, Any]:
    indices, values = _entries(JOINS)
    ones, others = indices >> 16, indices & 0xFFFF
    single = ones == ALONE
    known = others[single]
    rows = np.zeros(0x10000, np.uint16)
    rows[known] = np.arange(1, len(known) + 1)
    # What is never met is rarer than anything that is.
    alone = np.full(0x10000, values[single].min(), np.int8)
    alone[known] = values[single]
    ones, others, values = ones[~single], others[~single], values[~single]
    words = np.array([(ord(word[0]), ord(word[1])) for word in all_words()])
    words = words[(rows[words] > 0).all(axis=1)]
    keys = _keys(rows, ones, others)
    of_words = _keys(rows, words[:, 0], words[:, 1])
    keys = np.concatenate([keys, of_words])
    values = np.concatenate([values, np.full(len(of_words), WORD, np.int8)])
    order = np.lexsort([-values.astype(np.int64), keys])
    keys, values = keys[order], values[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return rows, alone, *_open_table(keys[first], values[first])


def _keys(rows: Any, ones: Any, others: Any) -> Any:
    return rows[ones].astype(np.int64) << ROW_BITS | rows[others].astype(np.int64)


def _open_table(keys: Any, values: Any) -> tuple[Any, Any]:
    """Keys in open addresses, -1 where there is none, and their values."""
    size = 1 << _PAIR_BITS
    table, held = np.full(size, -1, np.int32), np.zeros(size, np.int8)
    slots = keys * 40503 & (size - 1)
    left = np.arange(len(keys))
    while len(left):
        free = left[table[slots[left]] < 0]
        # Of several keys for one slot the last stays.
        table[slots[free]] = keys[free]
        held[slots[free]] = values[free]
        left = left[table[slots[left]] != keys[left]]
        slots[left] = (slots[left] + 1) & (size - 1)
    return table, held


def _kinds() -> NDArray[np.uint8]:
    kinds = np.full(0x10000, SIGN, np.uint8)
    for code in range(0x80, 0x10000):
        if 0xD800 <= code < 0xE000 or chr(code).isalnum():
            kinds[code] = 0
    kinds[0x3400:0xA000] = HAN
    kinds[0xF900:0xFB00] = HAN
    kinds[ord("〇")] = HAN
    kinds[[*range(0x41, 0x5B), *range(0x61, 0x7B)]] = LETTER
    for flag, characters in (
        (DIGIT, "0123456789./~:,-%‰"),
        (NUMERAL, [c for c in DIGITS if "\u3000" < c <= "\u9fff"]),
        (NEGATION, NEGATIONS),
        (SURNAME, FREQUENT_SURNAMES),
        (PLACE, PLACES),
    ):
        places = [ord(character) for character in characters]
        kinds[places] |= np.uint8(flag)
        kinds[places] &= np.uint8(~SIGN & 0xFF)
    return kinds


def word_hash(word: str) -> int:
    """The hash of an English word in small letters: as `evidence.english.is_known` computes it."""
    value = 0
    for character in word:
        value = (value * 131 + ord(character)) & 0xFFFFFFFF
    return value


def _table(words: list[str]) -> NDArray[np.int64]:
    """Hashes in open addresses; -1 where there is none."""
    table = np.full(1 << _HASH_BITS, -1, np.int64)
    for value in sorted({word_hash(word) for word in words}):
        slot = value & (len(table) - 1)
        while table[slot] >= 0:
            slot = (slot + 1) & (len(table) - 1)
        table[slot] = value
    return table
