"""The role of a block on its page: running prose, or a credit, page number, headline, caption.

The latter stand between the two halves of a paragraph on a printed page. They go on in nothing and
continue nothing, so a paragraph may be followed across them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from textclean.text.blocks import BlockKind, block_kind
from textclean.text.classes import IDEOGRAPH_CLASS
from textclean.text.memo import remembered
from textclean.text.patterns import pattern


class Role(StrEnum):
    """The role of a block on its page."""

    #: Running text: it may break off, and may continue what broke off.
    PROSE = "prose"
    #: A short line without a sentence: a headline, a subheading, a photo's caption.
    LINE = "line"
    #: Who wrote, photographed, edited.
    CREDIT = "credit"
    #: A page's number, with or without its dashes and words.
    PAGE_NUMBER = "page_number"
    #: A salutation, signature, address or verse: lines that end where they end.
    SET_LINES = "set_lines"
    #: Lists, tables, code, HTML, Markdown headings and whatever else has its own syntax.
    STRUCTURE = "structure"


#: Characters, spaces left out, up to which a line without marks is a headline or caption.
LONGEST_LINE = 32
_NAME = rf"[{IDEOGRAPH_CLASS}\uf900-\ufaff〇·]{{2,5}}"
_SPACES = pattern(r"[\s\u3000]+")
_MARKS = pattern(r"[，。！？；：、,!?;:…]")
_SENTENCE_END = pattern(r"[。！？!?]|……")
_PAGE_NUMBER = pattern(
    r"[-—–―－·•\[(（]*\s*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,6}|[A-D]\d{1,2})\s*(?:页|版)?"
    r"(?:\s*[/／共]\s*(?:共\s*)?\d{1,4}\s*页?)?\s*[-—–―－·•\])）]*\Z"
)
_CREDIT = pattern(
    rf"[(（【]?(?:.{{0,18}}[\s　])?(?:{_NAME}[\s　/、]+){{0,4}}{_NAME}[\s　]*[/／]?[\s　]*"
    r"(?:摄影报道|摄影|摄|供图|制图|绘|图/?文?|文/?图?|整理|编译)[)）】]?\Z"
    rf"|(?:文|图|摄影|文字|图片)[\s　]*[/／、]?[\s　]*(?:文|图|摄影?)?[\s　]+{_NAME}\Z"
)
#: What such a line begins with, or ends in before a bracket.
_FIRST_OF_CREDIT, _LAST_OF_CREDIT = frozenset("文图摄"), frozenset("道影摄图绘文理译")
_REPORTER = pattern(
    r"[(（【\[]?[^，。；！？,;!?]{0,16}?(?:记\s*者|通\s*讯\s*员|特派员|实\s*习\s*生|撰\s*稿|责任?\s*编辑?|编\s*辑|编\s*校|校\s*对|"
    r"作\s*者|来\s*源|供\s*稿|摄\s*影|摄\s*像|图\s*片|美\s*编|版\s*式|监\s*制|主\s*编|译\s*者)"
    r"(?:[\s　]*[:：/／][\s　]*|[\s　]+)\S[^，。；！？,;!?]{0,40}\Z"
)
_BRACKETED = pattern(
    r"[(（][^()（）]{0,40}(?:记者|通讯员|编辑|整理|摄|供图|来源|作者|供稿|译)[^()（）]{0,30}[)）]\Z"
)
_PICTURED = pattern(
    r"(?:[▲▼△▽●■◆]\s*|[(（]?\s*(?:上|下|左|右|中|题)?图(?:为|[:：]|[一二三四五六七八九\d]+\s*[:：]?\s))"
)
_AGENCY = pattern(
    r"[(（]?(?:新华社|中新社|本报|人民网|人民视觉|视觉中国|资料)(?:发|照片|资料图片?|图片?)[)）]?\Z"
)
_SALUTATION = pattern(r"[^，。；！？,;!?]{1,24}[:：]\Z")
_SIGNED = pattern(
    r"(?:此致|敬礼|致敬|顺颂|谨上|敬上|启)|(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日\Z"
)
_BOLD = pattern(r"(\*\*|__).+\1\Z")
_CELLS = pattern(r"\S(?:[ \u3000]{2,}|\t+)\S")
_NUMBERED = pattern(
    r"(?:第[\d一二三四五六七八九十百零〇两]+[条章节款项编篇部讲]|[(（][\d一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}[、.．]|\d{1,3}[、.．)）](?!\d)"
    r"|\d{1,2}(?:[.．]\d{1,2}){1,3}[ \u3000]+(?![\d亿万元个名人吨亩米倍年月日℃%])"
    r"|[①-⑳]|[一—–-]{2,}|[-*+•·●○■□◆▪])"
)
# A sentence's end, or brackets behind one.
_ENDED = pattern(r"(?:[。．｡！？!?；;：:…⋯]|\.(?=[^\x00-\x7f]|\Z)|[—–]{2})[\s”’』」》）)\]】*_]*\Z")
_NOTE = pattern(r"[。．｡！？!?…][”’』」]*\s*[（(【][^（）()【】]{0,40}[）)】]\s*\Z")


@remembered(1 << 10)  # rules that apply and rules that report ask for the same blocks
def role(block: str) -> Role:
    """The role of a block; anything with a sentence, and any long block, is prose."""
    text = block.strip()
    if not text:
        return Role.STRUCTURE
    bare = _SPACES.sub("", text)
    if _is_plain(text, bare):
        return Role.PROSE
    if block_kind(block.strip("\r\n")) not in (BlockKind.PARAGRAPH, BlockKind.LIST):
        return Role.STRUCTURE
    if _PAGE_NUMBER.match(text):
        return Role.PAGE_NUMBER
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(bare) <= 60 and is_credit(text):
        return Role.CREDIT
    if block_kind(block.strip("\r\n")) is BlockKind.LIST:
        return Role.STRUCTURE
    if _table_rows(lines):
        return Role.STRUCTURE
    if len(lines) == 1:
        if _SALUTATION.match(text) or (len(bare) <= 20 and _SIGNED.search(text)):
            return Role.SET_LINES
        if _PICTURED.match(text) and len(bare) <= 80:
            return Role.LINE
        if len(bare) <= LONGEST_LINE and not _MARKS.search(
            bare if bare[-1] == "、" else bare.replace("、", "")
        ):
            return Role.LINE
        return Role.PROSE
    if _BOLD.match(lines[0]):
        lines = lines[1:]  # a subheading on the paragraph's first line
    if _set_lines(lines):
        return Role.SET_LINES
    return Role.PROSE


def _is_plain(text: str, bare: str) -> bool:
    """Whether a block is one line of running text, too long for any other role: the common case."""
    return (
        len(bare) > 80
        and "\u3400" <= text[0] <= "\u9fff"
        and "。" in text
        and "|" not in text
        and len(text.splitlines()) == 1
    )


def is_credit(text: str) -> bool:
    """Whether a line only names who wrote, photographed or edited something."""
    text = text.strip()
    return "\n" not in text and bool(
        (_may_be_credit(text) and _CREDIT.match(text))
        or _REPORTER.match(text)
        or _BRACKETED.match(text)
        or _AGENCY.match(text)
    )


def _may_be_credit(text: str) -> bool:
    """Whether a line begins or ends as `_CREDIT` does: most lines do not."""
    return text[:1] in _FIRST_OF_CREDIT or text.rstrip(")）】")[-1:] in _LAST_OF_CREDIT


def begins_item(block: str) -> bool:
    """Whether a block begins with a number, a bullet or a dash: a new item, no continuation."""
    return bool(_NUMBERED.match(block.strip().lstrip("*_ ")))


def ended(block: str) -> bool:
    """Whether a block ends as a sentence or an announcement (a colon) does.

    Brackets behind a sentence's end (who reported it) belong to that end.
    """
    tail = block[-80:]
    return bool(_ENDED.search(tail) or _NOTE.search(tail))


def may_break_off(blocks: Sequence[str]) -> bool:
    """Whether any block is running text without a sentence's end; this loads no model."""
    return any(not ended(block) and role(block) is Role.PROSE for block in blocks)


def _table_rows(lines: list[str]) -> bool:
    """Whether most lines are cells set apart by wide spaces."""
    rows = sum(bool(_CELLS.search(line)) for line in lines)
    if len(lines) == 1:
        return len(_CELLS.findall(lines[0])) >= 2 and not _SENTENCE_END.search(lines[0])
    return rows >= 2 and rows * 2 > len(lines)


def _set_lines(lines: list[str]) -> bool:
    """Whether several lines are verse, an address, a letter's head: each short, none of a width.

    A hard-wrapped paragraph has lines of about one width but for its last.
    """
    lengths = [len(_SPACES.sub("", line)) for line in lines]
    if len(lines) < 2 or max(lengths) > LONGEST_LINE:
        return False
    marked = any(_MARKS.search(line) for line in lines)
    if len(lines) == 2:
        return not marked
    body = lengths[:-1]
    ends = sum(bool(_MARKS.match(line[-1])) for line in lines)
    even = max(body) - min(body) <= 2 and lengths[-1] <= max(body) + 1
    # Verse is even as well, but its lines end where its clauses do.
    return not even or max(body) < 12 or ends * 2 >= len(lines)
