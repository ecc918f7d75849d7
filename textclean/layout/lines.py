"""Lines as they were printed: their widths and indents, and which of them are never joined.

Widths are in columns; a full-width character has two. Spaces beside Chinese have none, because
extraction inserts them and justified setting stretches them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textclean.text.blocks import Block, BlockKind
from textclean.text.classes import (
    CLOSING_CLASS,
    HAN_CLASS,
    MARK_CLASS,
    OPENING_CLASS,
    PAUSE_CLASS,
    SPACE_CLASS,
    has_han,
)
from textclean.text.memo import remembered
from textclean.text.patterns import pattern

#: Columns of a printed line: shorter ones are verse or a table's, longer ones are not wrapped.
LEAST_WIDTH = 17.0
MOST_WIDTH = 140.0
#: What cannot begin a line (GB/T 15834-2011 §5.1), and what cannot end one.
NEVER_FIRST = frozenset(PAUSE_CLASS + CLOSING_CLASS)
NEVER_LAST = frozenset(OPENING_CLASS)

_LINE = pattern(r"[^\r\n]*+(?:\r\n|[\r\n]|\Z)")
_WIDE = f"{HAN_CLASS}{MARK_CLASS}\u3000-\u303f\uff01-\uff60"
_NARROW_SPACE = pattern(rf"(?<=[{_WIDE}])[{SPACE_CLASS}]+|[{SPACE_CLASS}]+(?=[{_WIDE}])")
_FULL_WIDTH = pattern(f"[{_WIDE}—…“”‘’·\u2460-\u2473\u25a0-\u25ff]")
_MARK = pattern(f"[{PAUSE_CLASS}{OPENING_CLASS}{CLOSING_CLASS}]")
_MARKS_MEET = pattern(
    f"[{PAUSE_CLASS}{CLOSING_CLASS}](?=[{PAUSE_CLASS}{OPENING_CLASS}{CLOSING_CLASS}])"
)
_CAPITAL = pattern("[A-Z@%&]")
_ALPHANUMERIC = pattern("[A-Za-z0-9]")
# The smallest piece that is never broken: a word, a number, or a character with its marks.
_UNIT = pattern(
    rf"[{OPENING_CLASS}]*(?:[A-Za-z0-9.,%/:+~-]+|[^{OPENING_CLASS}]?)[{PAUSE_CLASS}{CLOSING_CLASS}]*"
)
_SYNTAX = pattern(
    r"[ \t]{0,3}(?:#{1,6}[ \t]|>|\||[-*+•●○■□◆▪‣][ \t]|<[A-Za-z/!]|={4,}|-{4,}|\*{4,})"
)
# A number that stands alone, between dashes perhaps: the page's.
_PAGE_NUMBER = pattern(
    r"[—–―－\-·•.一|\s]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*[/／]\s*[0-9]{1,4})?(?:\s*页)?"
    r"(?:\s*[,，/／]?\s*共\s*[0-9０-９]{1,4}\s*页)?[—–―－\-·•.一|\s]*\Z"
)
_MARKDOWN_BREAK = pattern(r"\S  \Z")
# A running head: a date and what day it was, the number of a sheet, a volume, a chapter and a page.
_RUNNING_HEAD = pattern(
    r"(?:.{0,20}\d{4}年\d{1,2}月\d{1,2}日[ \u3000]*星期.{0,16}|.{0,24}第[ ]?\d{1,3}[ ]?版.{0,12}"
    r"|.{0,12}第[ ]?\d{1,4}[ ]?卷[ \u3000]*第[ ]?\d{1,3}[ ]?期.{0,40}"
    r"|(?:第[一二三四五六七八九十0-9]{1,3}[章编卷]|附录[一二三四五六七八九十A-Z]?)[ \u3000]*"
    r"[^，。；：？！]{1,20}?[ \u3000]*\d{1,4})\Z"
)
# A page's number and a title, on one line with a wide gap; the number of a standard.
_HEAD_AND_NUMBER = pattern(
    r"(?:\d{1,4}[ \u3000]{3,}[^\s\d][^，。；：？！]{1,24}"
    r"|[^\s\d][^，。；：？！]{1,24}[ \u3000]{3,}\d{1,4}"
    r"|[A-Z]{2,4}(?:[/／ ]?[TZ])?[ ]?\d{3,5}(?:[.．]\d{1,2})?[ ]?[-—–－一][ ]?(?:\d{2}|\d{4}))\Z"
)
# What a browser prints around an article: the page's title, the way there, the hour.
_BROWSER = pattern(
    r"(?:[^，。；]*_[^_，。；]{1,12}_[^_，。；]{1,16}|首页[ >].{0,80}"
    r"|[^，。；]{0,12}\d{4}[-/]\d{1,2}[-/]\d{1,2} ?\d{1,2}:\d{2}[^，。；]{0,60}|【打印】.{0,20})\Z"
)
_ADDRESS = pattern(r"\S*://\S+(?:\s+[0-9/]+)?\s*\Z|https?://")
#: What begins a paragraph, heading or caption by its form.
_BEGINS = pattern(
    r"[（(][一二三四五六七八九十0-9]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十百0-9]{1,4}[编章节条]"
    r"|[0-9]{1,2}(?:[、．]|\.(?![0-9])[^0-9%])"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){1,2}[ \t\u3000]*[^0-9\s亿万多个%％]"
    r"|[图表][ \t]*[0-9]{1,2}(?![0-9]|所示|显示|中|可)|图为"
    r"|摘[ \t\u3000]*要[：:]|关键词[：:]|【|——|[①-⑳]"
    r"|(?:本报|新华社|特约)?(?:记者|通讯员|实习生|首席记者)[ \t\u3000]?[^，。、：]{2,12}\Z"
    r"|[问答][：:]|责编[：:]|责任编辑[：:]|来源[：:]"
)
#: Lines whose measures are remembered, since each round of cleaning asks again.
_REMEMBERED = 4_000


class PrintedLine(NamedTuple):
    """A line of text without the spaces at its ends, with its measures."""

    start: int
    end: int
    #: Columns before the text.
    indent: int
    #: Columns from the margin to the line's end: with full-width marks, and with close-set marks.
    edge: float
    least_edge: float
    #: Columns of the first piece that is never broken.
    unit: float
    #: Blank lines before it.
    blanks: int
    #: Whether its form is that of a beginning: a heading, a caption, an item.
    begins: bool


def columns(text: str) -> float:
    """The width of a piece of one line, in columns."""
    body = _NARROW_SPACE.sub("", text)
    return len(body) + len(_FULL_WIDTH.findall(body)) + 0.3 * len(_CAPITAL.findall(body))


def _close_set(text: str) -> float:
    """Columns that a line may lack because marks that meet, or end it, are set close."""
    return (
        len(_MARKS_MEET.findall(text)) + bool(_MARK.match(text[:1])) + bool(_MARK.match(text[-1:]))
    )


def runs(
    text: str,
    blocks: Sequence[Block],
    protected: Sequence[tuple[int, int]],
    least: int,
    alone: Sequence[tuple[int, int]] = (),
) -> Iterator[tuple[int, int]]:
    """The spans of consecutive lines of prose, between tables, code, headings and page numbers.

    Args:
        text: the text.
        blocks: its blocks.
        protected: its protected spans.
        least: the least number of lines of a run.
        alone: the spans of lines that belong to no run.
    """
    shut = sorted(
        [
            (block.start, block.end)
            for block in blocks
            if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST)
        ]
        + [span for span in protected if "\n" in text[span[0] : span[1]]]
        + list(alone)
    )
    starts = [span[0] for span in shut]
    first = last = count = 0
    for begin, raw in _raw_lines(text):
        body = raw.strip(SPACE_CLASS)
        if not body:
            continue
        at = bisect_right(starts, begin) - 1
        ends = (
            len(body) > MOST_WIDTH  # a paragraph that was never wrapped
            or (at >= 0 and shut[at][1] > begin)
            or stands_alone(raw)
        )
        if not ends:
            if not count:
                first = begin
            last = begin + len(raw)
            count += 1
            if raw.endswith("  ") and _MARKDOWN_BREAK.search(raw):
                behind = last + (2 if text.startswith("\r\n", last) else 1)
                ends = bool(text[behind : behind + 1].strip())
        if ends:
            if count >= least:
                yield first, last
            count = 0
    if count >= least:
        yield first, last


def lines_of(text: str, start: int, end: int) -> list[tuple[int, str, int]]:
    """The lines of a run: the offset of each, its text, and the number of blank lines before it."""
    lines = []
    blanks = 0
    for begin, raw in _raw_lines(text[start:end]):
        if raw.strip(SPACE_CLASS):
            lines.append((start + begin, raw, blanks))
            blanks = 0
        else:
            blanks += 1
    return lines


def _raw_lines(text: str) -> Iterator[tuple[int, str]]:
    """The offset and the text of each line, all spaces included."""
    if "\r" in text:
        for match in _LINE.finditer(text):
            yield match.start(), match.group().rstrip("\r\n")
        return
    begin = 0
    for raw in text.split("\n"):
        yield begin, raw
        begin += len(raw) + 1


def is_page_number(body: str) -> bool:
    """Whether a line, without the spaces at its ends, is a number that stands alone."""
    return bool(_PAGE_NUMBER.match(body))


def is_running_head(body: str) -> bool:
    """Whether a line has the form of a page's head: a title and a number, a date, an issue."""
    return bool(_RUNNING_HEAD.match(body) or _HEAD_AND_NUMBER.match(body))


@remembered(_REMEMBERED)
def stands_alone(raw: str) -> bool:
    """Whether a line is Markdown syntax, or a page's or browser's head or foot."""
    body = raw.strip(SPACE_CLASS)
    return bool(
        "\x0c" in raw
        or _SYNTAX.match(raw)
        or is_page_number(body)
        or is_running_head(body)
        or _BROWSER.match(body)
        or _ADDRESS.match(body)
        or not (has_han(body) or _ALPHANUMERIC.search(body))
    )


def measured(begin: int, raw: str, blanks: int) -> PrintedLine:
    """The measures of a line at offset `begin` with `blanks` blank lines before it."""
    start, end, indent, edge, least_edge, unit, _, begins = _measured(raw)
    return PrintedLine(begin + start, begin + end, indent, edge, least_edge, unit, blanks, begins)


@remembered(_REMEMBERED)
def _measured(raw: str) -> PrintedLine:
    """The measures of a line at offset 0."""
    body = raw.strip(SPACE_CLASS)
    offset = raw.index(body[0])
    lead = raw[:offset].expandtabs(4)
    indent = len(lead) + lead.count("\u3000")
    edge = indent + columns(body)
    unit = _UNIT.match(body)
    assert unit is not None  # it may match nothing
    return PrintedLine(
        offset,
        offset + len(body),
        indent,
        edge,
        edge - _close_set(body),
        columns(unit.group()),
        0,
        bool(_BEGINS.match(body)),
    )
