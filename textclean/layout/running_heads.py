"""The heads and feet of pages that are known by their place, not by their form alone.

A page's first line is its head if it is a title and a number, or stands under the page's number and
is far from full. A line that comes back at the edge of page after page is one whatever it says.
Pages are parted by form feeds; a text without is one page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from textclean.layout.lines import columns, is_page_number
from textclean.text.classes import SPACE_CLASS, is_han
from textclean.text.memo import remembered
from textclean.text.patterns import pattern

#: Characters of a head, at most.
_LONGEST = 40
#: Lines at either edge of a page among which a head is looked for.
_EDGE = 3
#: Pages on which a line comes back, at least.
_PAGES = 2
#: What makes a page of a text without form feeds: its lines, and columns of the widest, at least.
_LINES, _WIDTH = 6, 34.0
#: The share of the page's widest line that a head without a number stays under; and that one with
#: a number of one or two digits does.
_NARROW, _NOT_FULL = 0.6, 0.9
_LINE = pattern(r"[^\r\n\f]*[^\s][^\r\n\f]*")
_NUMBER = pattern("[0-9０-９]+")
_CLAUSE = pattern("[，。；？！,;?!]")
#: What may follow a number that counts, so that it is no page's or heading's.
MEASURES = (
    "个件人名家项万亿元次张所座台年月日时天岁位例户亩吨米条种类场起批支辆份套处间点多余周期号版幅册"
)
# 12  第一章 总则; 第3期 王明远等：软件包的组织方式 1035; page 1 to 9 are left to other evidence.
_NUMBER_FIRST = pattern(rf"[0-9]{{2,4}}[{SPACE_CLASS}]+(?![{MEASURES}])[^\s0-9]")
_NUMBER_LAST = pattern(
    rf"[^\s0-9].*[^\s0-9.][{SPACE_CLASS}]+(?!(?:19|20)[0-9]{{2}}\Z)[0-9]{{2,4}}\Z"
)
_PERIODICAL = pattern(r"第[ ]?[0-9]{1,3}[ ]?[期卷]|学[ ]?报|[0-9]{4}[ ]?年\Z")

Line = tuple[int, int]


@remembered(64, longest=200_000)
def heads_by_place(text: str) -> Sequence[Line]:
    """The spans of the lines that are a page's head or foot by their place, spaces included."""
    pages = [page for page in _pages(text) if page]
    found = {line for page in pages for line in _of_page(text, page)}
    if len(pages) >= _PAGES:
        found |= _returning(text, pages)
    return sorted(found)


def _pages(text: str) -> list[list[Line]]:
    """The lines of each page, without the spaces at their ends."""
    pages: list[list[Line]] = []
    start = 0
    for page in text.split("\f"):
        end = start + len(page)
        pages.append([match.span() for match in _LINE.finditer(text, start, end)])
        start = end + 1
    return pages


def _of_page(text: str, lines: Sequence[Line]) -> list[Line]:
    """The head of a page, and its foot, by a number on the line or above it."""
    found = []
    bodies = [text[start:end].strip() for start, end in lines]
    widest = max(map(columns, bodies))
    if len(lines) < _LINES or widest < _WIDTH:
        return []
    for at in (0, len(lines) - 1):
        if _may_be_head(bodies[at]) and _has_number(bodies, at, widest):
            found.append(lines[at])
    under_number = is_page_number(bodies[0]) and _may_be_head(bodies[1])
    if under_number and columns(bodies[1]) < _NARROW * widest:
        found.append(lines[1])
    return found


def _may_be_head(body: str) -> bool:
    return (
        len(body) <= _LONGEST and sum(map(is_han, body)) >= _LEAST_HAN and not _CLAUSE.search(body)
    )


_LEAST_HAN = 2


def _has_number(bodies: Sequence[str], at: int, widest: float) -> bool:
    """Whether a line is a title and a page's number."""
    body = bodies[at]
    last = _NUMBER_LAST.match(body)
    if not last and not _NUMBER_FIRST.match(body):
        return False
    if last and at == 0 and bodies[1][0] in MEASURES:
        return False  # …的总数为 13 / 个
    if _PERIODICAL.search(body):
        return True
    return columns(body) < _NOT_FULL * widest


def _returning(text: str, pages: Sequence[Sequence[Line]]) -> set[Line]:
    """The lines at the edges of pages that come back, their numbers left out."""
    edges = [
        {line: _key(text[slice(*line)].strip()) for line in {*page[:_EDGE], *page[-_EDGE:]}}
        for page in pages
    ]
    counts = Counter(key for edge in edges for key in set(edge.values()) if key)
    least = _PAGES if len(pages) <= 2 * _PAGES else _PAGES + 1
    return {line for edge in edges for line, key in edge.items() if key and counts[key] >= least}


def _key(body: str) -> str:
    """What a line has in common with its returns; '' where it is no head."""
    return _NUMBER.sub("", body).strip(f"{SPACE_CLASS}-—·") if _may_be_head(body) else ""
