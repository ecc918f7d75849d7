"""Torn text layers: pages with one character, number or clause a line, put together again.

The layers that old recognition left in scanned standards come out of an extractor with a break
between any two digits or letters and behind every comma and opening bracket. One such line says
nothing (a table's cell, a page's number); a page is known by how it breaks: most of its commas and
of its list commas (、) end lines, which no column does, or numbers are in pieces with their points
and strokes on lines of their own.

Put together is what cannot be two lines: what cannot begin or end one, digits beside digits, a unit
behind its number. Where a clause's number follows a number (``5``, ``0``, ``0``, ``4``, ``.``,
``1``), the clauses before it show where it begins, or the break stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from textclean.layout.bigrams import continues
from textclean.layout.lines import NEVER_FIRST, NEVER_LAST
from textclean.text.classes import CLOSING_CLASS, HAN_CLASS, SPACE_CLASS, is_han
from textclean.text.memo import remembered
from textclean.text.patterns import pattern

_LINE = pattern(r"[^\r\n]*[^\s][^\r\n]*")
_GAP = pattern(r"\r\n|[\r\n]")
_GAP_WITH_BLANK = pattern(rf"(?:\r\n|[\r\n])(?:[{SPACE_CLASS}]*(?:\r\n|[\r\n]))?")
_ASCII = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
_JOINTS = r".．/／:：\-－%％~～—一"
#: A piece of a number or word on a line of its own; such a line that is a mark within one.
_PIECE = pattern(rf"[{_ASCII}{_JOINTS}]{{1,2}}\Z")
_JOINT = pattern(r"[.．/／:：]\Z")
_OF_NUMBER = pattern(rf"[{_ASCII}.．/／:：\-－%％~～]")
_DIGIT = pattern("[0-9０-９]")
_SMALL = pattern("[a-zａ-ｚ]")
_PAUSES = "，、"
#: Marks that end a torn line besides pauses, if nearly all of them on the page do.
_OTHERS = "；：" + CLOSING_CLASS
#: Ends of lines on a page that is torn at its marks, of either pause, and their least share of all
#: such marks. In three torn pages of a standard the share is .8 to 1, in wrapped prose .05, in
#: verse the list comma has none.
_FEWEST, _SHARE = 3, 0.7
#: Lines that end in an opening bracket and are as good, since no column has any.
_OPEN = 2
#: Pieces on lines in a row that make a torn number; such numbers on a page torn within numbers.
_PIECES, _NUMBERS = 3, 3
#: A number or word and a space on a line of its own, and such lines on a page that is torn at them;
#: marks beside which there is no space.
_SPACED = pattern("[0-9A-Za-z(][!-~]{0,7} \\Z")
_WORDS = 6
_LATIN = pattern("[0-9A-Za-z.,/()%-]")
_TIGHT = frozenset("./(-")
#: How much the characters at a break between Han must say, in eighths of a bit (`bigrams`).
_WORD = 12
#: What counts: behind a number it is no beginning of a line.
_UNITS = frozenset("年月日时分秒元天个届世度点千万亿米克吨号条章节页根名人次")
#: A heading set wide, and a label such as 示例：, begin a line.
_SET_WIDE = pattern(rf"[{HAN_CLASS}][{SPACE_CLASS}][{HAN_CLASS}](?:[{SPACE_CLASS}]|\Z)")
_LABEL = pattern(r"[^\s，。；：、（）“”]{1,4}[：:]")
#: What is behind a sentence's end, and brackets around that.
_SENTENCE_END = pattern(r"[。！？][”’）》」』】]*\Z")
_CLAUSE = pattern(rf"([0-9０-９]{{1,2}}(?:[.．][0-9０-９]{{1,2}})*)[{SPACE_CLASS}]+[{HAN_CLASS}]")
_HALF = str.maketrans("０１２３４５６７８９．", "0123456789.")
_ITEM = pattern(r"[（(][一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十]{1,3}、")
#: Lines whose pieces may make a clause's number.
_AHEAD = 12
#: Lines behind the end of a sentence that may be nothing but the quotes and brackets it closes.
_BEHIND = 8


class Tear(NamedTuple):
    """A break within a line, from the end of its first part to the start of the second."""

    start: int
    end: int
    #: Whether it is within a number or a word.
    within: bool
    #: What belongs in its place: nothing, or one space.
    after: str = ""


class _Signs(NamedTuple):
    """How a page breaks."""

    #: Marks behind which lines are torn.
    marks: frozenset[str]
    #: Whether numbers are in pieces.
    numbers: bool
    #: Whether a line that ends in a number or Latin word and a space goes on, as no other does.
    spaced: bool


@remembered(64, longest=40_000)
def tears(text: str) -> Sequence[Tear]:
    """The breaks within lines of a torn page, from top to bottom; none where it is not torn."""
    lines = [match.span() for match in _LINE.finditer(text)]
    bodies = [text[start:end].strip() for start, end in lines]
    signs = _signs(bodies, _ends_in_spaces([text[start:end] for start, end in lines]))
    if not signs.marks and not signs.numbers and not signs.spaced:
        return ()
    gap = _GAP_WITH_BLANK if _blank_between(text, lines) else _GAP
    found: list[Tear] = []
    clause = _clause_ahead(bodies, 0) if bodies else ()
    certain = _certain(bodies)
    piece = False  # whether the line so far ends in pieces
    last = 0  # where it begins
    for at in range(len(bodies) - 1):
        line, following = bodies[at], bodies[at + 1]
        ahead = _clause_ahead(bodies, at + 1)
        if _JOINT.match(line[-1:]) or (ahead in certain and _OF_NUMBER.match(line[-1:])):
            ahead = ()  # within a number, or that clause begins elsewhere
        within, after = False, ""
        if signs.spaced and text[lines[at][1] - 1] == " " and line and following:
            within = bool(_LATIN.match(line[-1]) and _LATIN.match(following[0]))
            after = "" if line[-1] in _TIGHT or following[0] in _TIGHT else " "
        between = gap.fullmatch(text, lines[at][1], lines[at + 1][0])
        torn = bool(line and following and between)
        if torn and within:
            pass
        elif torn and signs.numbers and _is_dash(line, following, piece):
            within = piece = True
        elif torn and signs.numbers and all(map(_OF_NUMBER.match, (line[-1], following[0]))):
            # A letter and a clause's number, a number and the next clause's: 500 and 4.1.2.
            within = not ahead or not (
                _SMALL.match(line[-1]) or len(ahead) > 1 or _begins(ahead, clause)
            )
            piece = within and (piece or len(line) <= 2)
            torn = within
        elif torn:
            counted = signs.numbers and _DIGIT.match(line[-1]) and is_han(following[0])
            if counted:
                within = torn = following[0] in _UNITS or (
                    (piece or len(line) == 1)
                    and not _SET_WIDE.match(following)
                    and continues(line[-1], following[0]) >= 0
                )
            else:
                before = "".join(bodies[max(last, at - _BEHIND) : at + 1])
                torn = _goes_on(before, following, signs)
            piece = False
        if torn:
            start, end = lines[at]
            low = start + len(text[start:end].rstrip())
            other, stop = lines[at + 1]
            found.append(Tear(low, stop - len(text[other:stop].lstrip()), within, after))
        else:
            piece = False
            last = at + 1
            clause = ahead or clause
    return tuple(found)


def _blank_between(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether an extractor put a blank line behind most lines."""
    gaps = [text.count("\n", one[1], two[0]) for one, two in pairwise(lines)]
    return 2 * sum(count > 1 for count in gaps) > len(gaps)


def _ends_in_spaces(rows: Sequence[str]) -> bool:
    """Whether numbers and Latin words end in a space on lines of their own, and few others do."""
    full = [row for row in rows if row.strip()]
    words = sum(bool(_SPACED.match(row)) for row in full)
    return words >= _WORDS and 2 * sum(row[-1] == " " for row in full) < len(full)


def _signs(lines: Sequence[str], spaced: bool) -> _Signs:
    """How a page breaks, by its lines."""
    ends = [line[-1] for line in lines if line]
    text = "".join(lines)
    opening = sum(end in NEVER_LAST for end in ends)
    shares = {mark: ends.count(mark) / max(1, text.count(mark)) for mark in _PAUSES + _OTHERS}
    pauses = [ends.count(mark) >= _FEWEST and shares[mark] >= _SHARE for mark in _PAUSES]
    marks: frozenset[str] = frozenset()
    if all(pauses) or (any(pauses) and opening >= _OPEN):
        marks = frozenset(mark for mark, share in shares.items() if share >= _SHARE)
    return _Signs(marks, _numbers_in_pieces(lines, bool(marks)), spaced)


def _numbers_in_pieces(lines: Sequence[str], at_marks: bool) -> bool:
    """Whether the numbers of a page are in pieces, a point or stroke on a line of its own."""
    numbers = pieces = 0
    joints: set[str] = set()
    for at, line in enumerate([*lines, ""]):
        if line and _PIECE.match(line):
            pieces += 1
            inside = 0 < at < len(lines) - 1 and lines[at - 1] and lines[at + 1]
            if _JOINT.match(line) and inside:
                sides = lines[at - 1][-1], lines[at + 1][0]
                if all(_OF_NUMBER.match(side) for side in sides):
                    joints.add(line.translate(_HALF))
        else:
            numbers += pieces >= _PIECES
            pieces = 0
    return numbers >= (1 if at_marks else _NUMBERS) and (at_marks or len(joints) >= 2)


def _goes_on(line: str, following: str, signs: _Signs) -> bool:
    """Whether a line of a torn page goes on in the next, which is no piece of a number."""
    before, behind = line[-1], following[0]
    if behind in NEVER_FIRST or before in NEVER_LAST or before in "[［":
        return True
    if not signs.marks or _ITEM.match(following):
        return False
    if _SENTENCE_END.search(line):
        return False
    if before in signs.marks:
        return True
    if _LABEL.match(following):
        return False
    if behind in NEVER_LAST:
        return True
    return is_han(before) and is_han(behind) and continues(before, behind) >= _WORD


def _clause_ahead(lines: Sequence[str], at: int) -> tuple[int, ...]:
    """The number of the clause that may begin with a line, its pieces put together; () if none."""
    if not _DIGIT.match(lines[at][:1]):
        return ()
    head = ""
    for line in lines[at : at + _AHEAD]:
        head += line
        if not _PIECE.match(line):
            break
    match = _CLAUSE.match(head)
    if match is None:
        return ()
    parts = match.group(1).translate(_HALF).split(".")
    return () if any(part[0] == "0" for part in parts) else tuple(map(int, parts))


def _certain(lines: Sequence[str]) -> set[tuple[int, ...]]:
    """The numbers of the clauses that begin behind a line that ends in no number."""
    return {
        ahead
        for at in range(1, len(lines))
        if not _OF_NUMBER.match(lines[at - 1][-1:]) and (ahead := _clause_ahead(lines, at))
    }


def _is_dash(line: str, following: str, piece: bool) -> bool:
    """Whether a lone 一 or — is the dash within a number, on either side of a break."""
    if line in ("一", "—"):
        return piece and bool(_DIGIT.match(following[0]))
    return following in ("一", "—") and bool(_DIGIT.match(line[-1]))


def _begins(ahead: tuple[int, ...], clause: tuple[int, ...]) -> bool:
    """Whether a number is that of the clause that follows another, or may be where none is known.

    Behind 4.1.1 that is 4.1.1.1, 4.1.2, 4.2 or 5.
    """
    if not clause:
        return True
    if ahead == (*clause, 1):
        return True
    depth = len(ahead)
    return depth <= len(clause) and ahead == (*clause[: depth - 1], clause[depth - 1] + 1)
