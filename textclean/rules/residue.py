"""Family C: what scraping and wrong encodings leave of a character.

An entity is protected wherever it stands: only its own rule replaces it, in a stage of its own,
and only in text that is no markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from textclean.engine.rule import Proposal, Stage, View, rule
from textclean.engine.triggers import Trigger, one_of
from textclean.rules.context import is_spoken_of
from textclean.text.classes import HAN_CLASS
from textclean.text.edit import Tier
from textclean.text.kinds.unreadable import SUSPECTS
from textclean.text.patterns import pattern
from textclean.text.plausible import is_odd
from textclean.text.protect import entities_in_prose

_LIGATURE = one_of("\ufb00-\ufb06")


@rule(
    "C012",
    Tier.SAFE,
    trigger=_LIGATURE,
    reason="Fonts set some pairs of letters as one glyph, which Unicode has only for the sake of "
    "old encodings; no search finds the word.",
    reason_zh="字体把某些字母对排成连字，Unicode只为兼容旧编码而收；留在文中检索不到。",
    examples=[("该公司的ﬁnancial报告", "该公司的financial报告"), ("eﬃcient ﬂow", "efficient flow")],
    counter_examples=["financial报告", "Æsop 与 Œuvre"],
)
def ligature(view: View) -> Iterator[Proposal]:
    """``ﬁ`` → ``fi``."""
    for match in _LIGATURE.pattern.finditer(view.text):
        letters = unicodedata.normalize("NFKC", match.group())
        yield Proposal(*match.span(), letters, f"a ligature, U+{ord(match.group()):04X}")


# A text with tags, links, fences or headings is rendered before it is read.
_MARKUP = pattern(r"<[/!A-Za-z][^<>\n]*>|\]\(|```|~~~|^#{1,6} |^[ \t]*\|.*\|", re.MULTILINE)
_ON_ENTITIES = pattern("实体|實體|转义|轉義|HTML|XML|Unicode|编码|編碼|字符", re.IGNORECASE)
_NO_TAG = pattern(f"[ 0-9=.{HAN_CLASS}]")
_SHOWN_TAG = pattern("&lt;[/!A-Za-z]")
_ENTITY = pattern("&#?[A-Za-z0-9]+;")
_ENTITY_BEHIND = pattern("#?[A-Za-z0-9]+;")
_AMPERSAND = pattern("&(?:amp|#0*38|#[xX]0*26);")
_TWICE = pattern("&(?:amp|#0*38|#[xX]0*26);#?[A-Za-z0-9]+;")
_FEWEST_TWICE = 2


@rule(
    "C013",
    Tier.SUGGESTED,
    stage=Stage.ENTITIES,
    trigger="&",
    reason="An entity of HTML stands for a character; in text that is not HTML any more nobody "
    "reads it as that. Code, markup and text that speaks of entities keep theirs.",
    reason_zh="HTML实体代表一个字符，文本脱离网页后应还原为该字符。代码、标记文本和讨论实体的文字不动。",
    examples=[
        ("他说&ldquo;你好&rdquo;，然后回家。", "他说“你好”，然后回家。"),
        ("公司的R&amp;D投入&mdash;&mdash;占营收的5%。", "公司的R&D投入——占营收的5%。"),
        ("差异有统计学意义（P &lt; 0.05）。", "差异有统计学意义（P < 0.05）。"),
        ("&#20013;&#22269;", "中国"),
        ("他说&amp;ldquo;你好&amp;rdquo;，&amp;#x7136;后回家。", "他说“你好”，然后回家。"),
    ],
    counter_examples=[
        "<p>他说&ldquo;你好&rdquo;</p>",
        "空格的实体写作&nbsp;，引号写作&quot;。",
        "在 Markdown 里写`&nbsp;`得到空格",
        "# 标题\n\n首行缩进&emsp;&emsp;两格",
        "用&lt;b&gt;加粗",
        "写成&amp;nbsp;才会原样显示",
        "AT&T;是一家公司",
        "  &nbsp;&nbsp;全市推进落实责任",
    ],
)
def entity(view: View) -> Iterator[Proposal]:
    """``&ldquo;`` → ``“``, ``&nbsp;`` → a space."""
    text = view.text
    entities = entities_in_prose(text)
    if not entities or _MARKUP.search(text):
        return
    speaks: dict[tuple[int, int], tuple[bool, bool]] = {}
    for start, end in entities:
        end = _escaped_twice(view, start, end)
        written = text[start:end]
        char = _unescape(written)
        if char != written and _ENTITY.fullmatch(char):
            char = _unescape(char)
        line = view.line_bounds(start)
        if line not in speaks:
            speaks[line] = (
                bool(_ON_ENTITIES.search(text, *line)),
                bool(_SHOWN_TAG.search(text, *line)),
            )
        of_entities, shows_tags = speaks[line]
        if char == written or not _is_meant(char, text, end):
            continue
        if char.isspace() and _indents_code(text, line[0], start):
            continue
        if is_spoken_of(text, start, end) or of_entities:
            continue
        if char in "<>" and shows_tags:
            continue
        yield Proposal(start, end, char, f"the entity of {char}", 0.95)


def _escapes_twice(view: View) -> bool:
    return len(_TWICE.findall(view.text)) >= _FEWEST_TWICE


def _escaped_twice(view: View, start: int, end: int) -> int:
    """Where an entity ends whose ampersand was escaped once more: ``&amp;ldquo;``.

    In a text that escapes only one so, it may be shown on purpose.
    """
    if not _AMPERSAND.fullmatch(view.text, start, end):
        return end
    behind = _ENTITY_BEHIND.match(view.text, end)
    if behind is None or not view.once(_escapes_twice):
        return end
    return behind.end()


def _is_meant(char: str, text: str, end: int) -> bool:
    """Whether a character can stand where its entity is, without a meaning for any markup."""
    if char == "&":
        return not _ENTITY_BEHIND.match(text, end)
    if char in "<>":
        return bool(_NO_TAG.match(text, end))
    if char == "\ufffd":  # what stands for no character
        return False
    return char in "\"'" or (not char.isascii() and char.isprintable()) or char.isspace()


def _unescape(entities: str) -> str:
    import html  # loaded when there is something to read

    return html.unescape(entities)


def _indents_code(text: str, line: int, at: int) -> bool:
    """Whether a space at a place of a line is one of those that would make code of it."""
    lead = _LEAD.match(text, line)
    return lead is not None and at < lead.end() and len(_unescape(lead.group())) >= _CODE_INDENT


_LEAD = pattern(r"(?:\s|&(?:nbsp|ensp|emsp|thinsp|#160|#[xX][aA]0);)++")
#: CommonMark: a line indented by so many spaces is code.
_CODE_INDENT = 4


# A writer's quotes that hold a string of a program, or a class of a regular expression.
_STRAIGHT_QUOTE = pattern("(?<![A-Za-z])'|\"|`")
_ESCAPES = pattern(r"(?<!\\)(?:\\u[0-9A-Fa-f]{4})+")
_ON_ESCAPES = pattern("正则|正則|regex|JSON", re.IGNORECASE)


@rule(
    "C015",
    Tier.SUGGESTED,
    trigger="\\",
    reason="An escape of JSON or of a program stands for a character; in prose nobody reads it as "
    "that. Code, strings and text that speaks of escapes keep theirs.",
    reason_zh="\\uXXXX是JSON或程序中的转义，代表一个字符，在正文中应还原。代码、字符串和讨论转义的文字不动。",
    examples=[
        ("标题：\\u4e2d\\u56fd\\u4eba\\u6c11", "标题：中国人民"),
        ("他说\\u201c\\u4f60\\u597d\\u201d。", "他说“你好”。"),
        ("it\\u2019s fine \\ud83d\\ude00", "it’s fine 😀"),
    ],
    counter_examples=[
        '{"title": "\\u4e2d\\u56fd"}',
        "标题写成'\\u4e2d\\u56fd'即可",
        "匹配[\\u4e00-\\u9fa5]之间的汉字",
        "用`\\u4e2d`表示“中”",
        "转义为\\u4e2d\\u56fd",
        "\\\\u4e2d\\\\u56fd",
        "路径是C:\\u4e2d\\a",
        "\\u0000与\\ud800",
    ],
)
def unicode_escape(view: View) -> Iterator[Proposal]:
    """``\\\\u4e2d\\\\u56fd`` → ``中国``."""
    text = view.text
    counted = quotes = 0  # up to where the straight quotes of the last line are counted
    for match in _ESCAPES.finditer(text):
        start, end = match.span()
        if view.of_line(_ON_ENTITIES.search, start) or view.of_line(_ON_ESCAPES.search, start):
            continue
        line, _ = view.line_bounds(start)
        if counted < line:
            counted, quotes = line, 0
        quotes += len(_STRAIGHT_QUOTE.findall(text, counted, start))
        counted = start
        if quotes % 2:
            continue
        if text[start - 1 : start] in ("[", "-", "^") or text[end : end + 1] in ("]", "-"):
            continue
        units = bytes.fromhex(match.group().replace("\\u", ""))
        decoded = units.decode("utf-16-be", "replace")
        if "\ufffd" in decoded or decoded.isascii() or any(map(is_odd, decoded)):
            continue
        yield Proposal(start, end, decoded, "an escape of JSON", 0.95)


@rule(
    "C109",
    Tier.REPORT,
    trigger=("(cid:", one_of(SUSPECTS), Trigger(f"[{HAN_CLASS}]{{8}}")),
    reason="A page is no text: its fonts do not say which characters their glyphs are, or say it "
    "wrongly, or it was read in a wrong encoding. Nothing is edited in it: OCR, or the file read "
    "again, has it.",
    reason_zh="整页不是文字：字体没有字形与字符的对应表或对应错误，或以错误的编码读入。其中不作任何改动，应重新识别"
    "（OCR）或重读原件。",
    examples=[
        (
            "(cid:12)(cid:13)(cid:15)(cid:12) (cid:7)\n(cid:12)(cid:18)(cid:13)",
            "(cid:12)(cid:13)(cid:15)(cid:12) (cid:7)\n(cid:12)(cid:18)(cid:13)",
        ),
        (
            "ܚߟؔ ౒ϽѺ෿ܚߟ , ؔ౒ϽѺ෿.\nϽѺ෿ܚߟؔ ౒ϽѺ෿ܚߟؔ",
            "ܚߟؔ ౒ϽѺ෿ܚߟ , ؔ౒ϽѺ෿.\nϽѺ෿ܚߟؔ ౒ϽѺ෿ܚߟؔ",
        ),
    ],
    counter_examples=[
        "门诊大楼(cid:3427)(cid:512)已经启用",
        "语言列表：العربية、हिन्दी、ไทย、Русский、한국어、ελληνικά、עברית",
        "Он сказал, что приедет завтра утром. 这是俄语。",
        "α、β、γ与Σ(x)，长5μm",
    ],
)
def no_text(view: View) -> Iterator[Proposal]:
    """A page of ``(cid:12)`` is reported as a whole."""
    for start, end in view.unreadable:
        evidence = "the text layer is not Chinese: run OCR"
        yield Proposal(start, end, view.text[start:end], evidence)
