"""Signs that are content where they stand and decoration elsewhere: what each of them folds to.

A point between digits is part of a number, elsewhere a mark. The same holds of a dash, of a colon,
of a star; of ``<`` and ``=`` in code; of ``#`` behind a letter; of an underscore and of capitals in
an identifier. Markup that is left of HTML says nothing.

The functions read code points and return integers, so that `kernels.folding` compiles the very code
that `fold` runs. What kind of sign a code point is they look up in a table.
"""

from __future__ import annotations

from functools import cache
from typing import Any

#: Signs whose fold depends on what stands beside them.
POINT, DASH, COMMA, COLON, SLASH, STAR, ANGLE, EQUAL, BANG, AMPERSAND, BAR, HASH = range(1, 13)
UNDERSCORE, BULLET, CAPITAL = range(13, 16)
#: What else is looked for beside them; a unit ends a number or a time: a dash behind it is a range.
SMALL, DIGIT, SPACE, BREAK, UNIT, BACKTICK = range(16, 22)
_KINDS = (
    (POINT, ".．·•"),
    (DASH, "-－−﹣–—―~～〜"),
    (COMMA, ",，、；;"),
    (COLON, ":：∶"),
    (SLASH, "/／∕"),
    (STAR, "*＊∗"),
    (ANGLE, "<＜>＞"),
    (EQUAL, "=＝"),
    (BANG, "!！"),
    (AMPERSAND, "&＆"),
    (BAR, "|｜"),
    (HASH, "#＃"),
    (UNDERSCORE, "_＿"),
    (BULLET, "■□"),
    (CAPITAL, "".join(map(chr, [*range(0x41, 0x5B), *range(0xFF21, 0xFF3B)]))),
    (SMALL, "".join(map(chr, [*range(0x61, 0x7B), *range(0xFF41, 0xFF5B)]))),
    (DIGIT, "0123456789０１２３４５６７８９"),
    (SPACE, " \t\u3000\xa0"),
    (BREAK, "\n\r"),
    (UNIT, "年月日时点分秒号周天岁人元度级期届章条款页千万百亿%％℃"),
    (BACKTICK, "`"),
)
#: All of them.
SIGNS = frozenset("".join(signs for kind, signs in _KINDS if kind <= CAPITAL))
# Element names of HTML that stand in scraped text; other names between angles may be code.
_ELEMENTS = [
    "p",
    "br",
    "b",
    "i",
    "u",
    "em",
    "strong",
    "span",
    "div",
    "a",
    "font",
    "td",
    "tr",
    "th",
    "table",
    "tbody",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "sub",
    "sup",
    "hr",
    "img",
    "center",
    "section",
    "small",
    "big",
    "pre",
    "code",
]
# Characters of an element with its attributes, of its name, and of the name of an entity.
_LONGEST_ELEMENT, _LONGEST_NAME, _LONGEST_ENTITY = 200, 8, 9
# Characters of a name in code, stars of a mask, and marks of quotes at the start of a line: longer
# runs are none, for to look through one for each of its characters takes the square of its length.
# Of 28,000 names with an underscore in news, laws and technical articles the longest has 57, of
# 11,900 runs of stars behind a digit, there and in source code, the longest 14.
_LONGEST_RUN = 64
# "amp", "lt" and "gt", as `_hash` has them.
_AMP, _LT, _GT = 138096, 2868, 2548


def _hash(name: str) -> int:
    """A name of ASCII letters and digits as an integer, as the functions below read one."""
    value = 0
    for character in name:
        value = value * 64 + (ord(character) & 63)
    return value


@cache
def tables() -> tuple[bytes, list[int]]:
    """For each code point below 65,536 its kind, and the names of elements as integers."""
    kinds = bytearray(0x10000)
    for kind, signs in _KINDS:
        for sign in signs:
            kinds[ord(sign)] = kind
    return bytes(kinds), sorted(map(_hash, _ELEMENTS))


def kind_at(codes: Any, at: Any, begin: Any, end: Any, kinds: Any) -> Any:
    """The kind of a character; 0 outside of the text."""
    if at < begin or at >= end:
        return 0
    code = int(codes[at])
    return int(kinds[code]) if code < 0x10000 else 0


def is_mark(codes: Any, at: Any, end: Any, kinds: Any) -> Any:
    """Whether a sign folds to nothing by what follows on it alone, as most points and commas do.

    The arguments are those of `sign`.
    """
    kind = kinds[codes[at]]
    if kind != COMMA and kind != POINT and kind != COLON:
        return False
    if at + 1 == end or codes[at + 1] >= 0x10000:
        return True
    after = kinds[codes[at + 1]]
    return after != DIGIT and after != BREAK


def sign(codes: Any, at: Any, begin: Any, end: Any, kinds: Any, elements: Any, equals: Any) -> Any:
    """What the sign at a place folds to, 0 for nothing, and where to go on reading.

    Args:
        codes: the code points of a text.
        at: where the sign stands.
        begin, end: the bounds of the text.
        kinds, elements: as `tables` has them.
        equals: whether an ``=`` stands anywhere in the text.
    """
    kind = kind_at(codes, at, begin, end, kinds)
    before = kind_at(codes, at - 1, begin, end, kinds)
    after = kind_at(codes, at + 1, begin, end, kinds)
    if kind == CAPITAL:
        code = int(codes[at])
        small = code + 0x20 if code < 0x80 else code - 0xFEE0 + 0x20
        return (small - 0x20 if _in_identifier(codes, at, begin, end, kinds) else small), at + 1
    # A number may be parted at the end of a line.
    if before == BREAK and kind_at(codes, at - 2, begin, end, kinds) == DIGIT:
        before = DIGIT
    if after == BREAK and kind_at(codes, at + 2, begin, end, kinds) == DIGIT:
        after = DIGIT
    if before == DIGIT and after == DIGIT:
        if kind == POINT:
            return 0x2E, at + 1
        if kind == COLON:
            return 0x3A, at + 1
        if kind == SLASH:
            return 0x2F, at + 1
        if kind == COMMA:
            return (0 if _groups_thousands(codes, at, begin, end, kinds) else 0x2C), at + 1
    if kind == DASH:
        return _dash(codes, at, begin, end, kinds, equals)
    if kind == STAR:
        return _star(codes, at, begin, end, kinds, equals)
    if kind == ANGLE:
        return _angle(codes, at, begin, end, kinds, elements)
    if kind == AMPERSAND:
        return _entity(codes, at, begin, end, kinds)
    if kind == EQUAL:
        last = at + 1
        while kind_at(codes, last, begin, end, kinds) == EQUAL:
            last += 1
        if last - at >= 3:
            return 0, last
        return 0x3D, at + 1
    if kind == BANG:
        opens = at == begin or before == SPACE or before == BREAK
        opens = opens or (at > begin and codes[at - 1] == 0x28)
        return (0x21 if after == EQUAL or (opens and _is_letter(after)) else 0), at + 1
    if kind == BAR:
        return (0x7C if before == BAR or after == BAR else 0), at + 1
    if kind == HASH:
        return (0x23 if _is_letter(before) and not _is_name(after) else 0), at + 1
    if kind == UNDERSCORE:
        inner = _is_name(before) and before != UNDERSCORE and _is_name(after)
        return (0x5F if inner and after != UNDERSCORE else 0), at + 1
    if kind == SLASH:
        return (0x2F if equals and _is_operator(codes, at, begin, end, kinds) else 0), at + 1
    if kind == BULLET:
        return (0 if at == begin or before == BREAK else int(codes[at])), at + 1
    return 0, at + 1


def _is_letter(kind: Any) -> Any:
    return kind == CAPITAL or kind == SMALL


def _is_name(kind: Any) -> Any:
    return kind == CAPITAL or kind == SMALL or kind == DIGIT or kind == UNDERSCORE


def _in_identifier(codes: Any, at: Any, begin: Any, end: Any, kinds: Any) -> Any:
    """Whether a letter belongs to a name in code: one with an underscore, or behind a backtick."""
    inner = 0
    first = at
    while at - first < _LONGEST_RUN and _is_name(kind_at(codes, first - 1, begin, end, kinds)):
        first -= 1
        inner += kind_at(codes, first, begin, end, kinds) == UNDERSCORE
    last = at
    while last - first < _LONGEST_RUN and _is_name(kind_at(codes, last + 1, begin, end, kinds)):
        last += 1
        inner += kind_at(codes, last, begin, end, kinds) == UNDERSCORE
    if last - first >= _LONGEST_RUN:
        return False
    # Underscores around a word are emphasis.
    inner -= kind_at(codes, first, begin, end, kinds) == UNDERSCORE
    inner -= last > at and kind_at(codes, last, begin, end, kinds) == UNDERSCORE
    return inner > 0 or kind_at(codes, first - 1, begin, end, kinds) == BACKTICK


def _groups_thousands(codes: Any, at: Any, begin: Any, end: Any, kinds: Any) -> Any:
    """Whether just three digits follow on a comma."""
    if codes[at] != 0x2C and codes[at] != 0xFF0C:
        return False
    last = at + 1
    while kind_at(codes, last, begin, end, kinds) == DIGIT:
        last += 1
    return last - at == 4


def _dash(codes: Any, at: Any, begin: Any, end: Any, kinds: Any, equals: Any) -> Any:
    """A dash: between numbers a range, before a number its sign, between operands an operator."""
    last = at
    while kind_at(codes, last, begin, end, kinds) == DASH:
        last += 1
    before = kind_at(codes, at - 1, begin, end, kinds)
    after = kind_at(codes, last, begin, end, kinds)
    if after == BREAK and before == DIGIT:
        after = kind_at(codes, last + 1, begin, end, kinds)
    if before == BREAK and kind_at(codes, at - 2, begin, end, kinds) == DIGIT:
        before = DIGIT
    if after == DIGIT:
        if before == DIGIT or before == UNIT:
            return 0x7E, last
        code = int(codes[at])
        minus = code == 0x2D or code == 0xFF0D or code == 0x2212 or code == 0xFE63
        opens = at == begin or before == BREAK or _is_letter(before)
        return (0x2D if minus and last == at + 1 and not opens else 0), last
    if equals and last == at + 1 and _is_operator(codes, at, begin, end, kinds):
        return 0x2D, last
    return 0, last


def _star(codes: Any, at: Any, begin: Any, end: Any, kinds: Any, equals: Any) -> Any:
    """A star: of a masked number (``138****1234``, ``138***``) a placeholder, ``x`` each."""
    last = at
    while last - at <= _LONGEST_RUN and kind_at(codes, last, begin, end, kinds) == STAR:
        last += 1
    first = at
    while at - first <= _LONGEST_RUN and kind_at(codes, first - 1, begin, end, kinds) == STAR:
        first -= 1
    if last - first > _LONGEST_RUN:
        return 0, last
    masked = kind_at(codes, last, begin, end, kinds) == DIGIT or last - first >= 3
    if masked and kind_at(codes, first - 1, begin, end, kinds) == DIGIT:
        return 0x78, at + 1
    if equals and last - first == 1 and _is_operator(codes, at, begin, end, kinds):
        return 0x2A, at + 1
    return 0, at + 1


def _is_operator(codes: Any, at: Any, begin: Any, end: Any, kinds: Any) -> Any:
    """Whether a sign stands between spaces and operands, as in a text with ``=`` in it."""
    if kind_at(codes, at - 1, begin, end, kinds) != SPACE:
        return False
    if kind_at(codes, at + 1, begin, end, kinds) != SPACE:
        return False
    if at - 2 < begin or at + 2 >= end:
        return False
    left, right = int(codes[at - 2]), int(codes[at + 2])
    if not (_is_name(kind_at(codes, at - 2, begin, end, kinds)) or left == 0x29 or left == 0x5D):
        return False
    return _is_name(kind_at(codes, at + 2, begin, end, kinds)) or right == 0x28


def _angle(codes: Any, at: Any, begin: Any, end: Any, kinds: Any, elements: Any) -> Any:
    """An angle: of an element of HTML nothing, nor at the start of a line; else an operator."""
    if codes[at] == 0x3C or codes[at] == 0xFF1C:
        place = at + 1
        if kind_at(codes, place, begin, end, kinds) == SLASH:
            place += 1
        name = 0
        first = place
        while place - first <= _LONGEST_NAME and _is_name(kind_at(codes, place, begin, end, kinds)):
            code = int(codes[place])
            name = name * 64 + ((code | 0x20 if 0x41 <= code <= 0x5A else code) & 63)
            place += 1
        for element in elements:
            if name == element:
                while place < min(end, at + _LONGEST_ELEMENT) and codes[place] != 0x3C:
                    if codes[place] == 0x3E:
                        return 0, place + 1
                    place += 1
        return 0x3C, at + 1
    first = at - 1
    while at - first <= _LONGEST_RUN:
        before = kind_at(codes, first, begin, end, kinds)
        if before == BREAK or first < begin:
            return 0, at + 1
        if before != SPACE and codes[first] != 0x3E:
            break
        first -= 1
    return 0x3E, at + 1


def _entity(codes: Any, at: Any, begin: Any, end: Any, kinds: Any) -> Any:
    """An ampersand, or an entity of HTML: the sign that it stands for, nothing for a mark."""
    name = 0
    place = at + 1
    if place < end and codes[place] == 0x23:
        place += 1
    while place <= at + _LONGEST_ENTITY and _is_name(kind_at(codes, place, begin, end, kinds)):
        name = name * 64 + (int(codes[place]) & 63)
        place += 1
    if place >= end or codes[place] != 0x3B or place < at + 3:
        return 0x26, at + 1
    if name == _AMP:
        return 0x26, place + 1
    if name == _LT:
        return 0x3C, place + 1
    return (0x3E if name == _GT else 0), place + 1
