"""Family S: spaces that typesetting, extraction and half-width habits leave in Chinese text.

A space between two Chinese characters is never touched here: it may be what is left of a lost
mark. Tables keep all their spaces, and the spaces of Markdown's syntax (indents, list markers,
two-space line breaks) are no spaces of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import Trigger, matches, starting_with_any
from textclean.punctuation.evidence import may_be_hole
from textclean.text.blocks import BlockKind
from textclean.text.classes import CLOSING_CLASS, HAN_CLASS, OPENING_CLASS, PAUSE_CLASS, SPACE_CLASS
from textclean.text.compose import is_within
from textclean.text.edit import Tier
from textclean.text.kinds.document import Border, Register
from textclean.text.kinds.spaces import is_listed
from textclean.text.patterns import pattern

_SPACE = f"[{SPACE_CLASS}]"
_each_space = partial(starting_with_any, SPACE_CLASS)

# A clause mark follows on the line, no further away than a long sentence is long.
_GOES_ON = r"(?=[^\r\n，；。！？]{0,400}+[，；。！？])"
_OUTER_OPENING = OPENING_CLASS + "—…"
_OUTER_CLOSING = CLOSING_CLASS + "—…"


def _in_table(view: View, offset: int) -> bool:
    return is_within(view.once(_tables), offset)


def _tables(view: View) -> list[tuple[int, int]]:
    blocks = view.blocks if "|" in view.text else []
    return [(block.start, block.end) for block in blocks if block.kind is BlockKind.TABLE]


# What can end a line's prefix: the spaces behind it are Markdown's, not the text's.
_SYNTAX_END = frozenset("#>-*+|•·●○■□◆▪‣.)")
# Beside them a space is where an answer goes: 34 - 8 = ；, （　×　）.
_OPERATORS = "=＝×÷"
_VERSE = pattern("[0-9]{1,3}")
_NO_WORD = _SYNTAX_END.union(_OPERATORS)


@rule(
    "S001",
    Tier.SAFE,
    trigger=_each_space(f"(?=[{PAUSE_CLASS}{CLOSING_CLASS}])"),
    reason="No space stands before a full-width pause, stop or closing mark.",
    reason_zh="全角点号与后引号、后括号之前不留空格。",
    examples=[
        ("落实 ，完成15个中心村改造", "落实，完成15个中心村改造"),
        ("实行“两手硬、两战赢 ”", "实行“两手硬、两战赢”"),
        ("增长10.57% ）。", "增长10.57%）。"),
    ],
    counter_examples=[
        "抓住 最多跑一次 改革",
        "　　，缩进",
        "| 甲 ，| 乙 |\n|---|---|\n| 丙 ，| 丁 |",
    ],
)
def space_before_mark(view: View) -> Iterator[Proposal]:
    """``落实 ，完成`` → ``落实，完成``."""
    text = view.text
    for match in matches(_BEFORE_MARK, text):
        start, end = match.span()
        if text[start - 1] in OPENING_CLASS and text[end] in CLOSING_CLASS:
            continue  # （  ）, where an answer goes
        if text[end] == "’" and _ALPHANUMERIC.match(text, end + 1):
            continue  # the ’90s
        if text[start - 1] in _NO_WORD or _in_table(view, start):
            continue
        if text[start - 1].isdigit() and _VERSE.fullmatch(text, view.line_bounds(start)[0], start):
            continue  # the number of a verse whose first words are lost
        if not may_be_hole(view, start, end):
            yield Proposal(start, end, "", f"a space before {text[end]}")


_ALPHANUMERIC = pattern("[A-Za-z0-9]")
_BEFORE_MARK = _each_space(f"(?<=\\S.){_SPACE}*(?=[{PAUSE_CLASS}{CLOSING_CLASS}])")


@rule(
    "S002",
    Tier.SAFE,
    trigger=_each_space(f"(?<=[{PAUSE_CLASS}{OPENING_CLASS}].)(?=[^\\r\\n])"),
    reason="No space stands after a full-width pause, stop or opening mark. An ideographic "
    "space after a stop is left: a paragraph may have begun there; and so is a space before a "
    "bracket behind a stop, which sets a credit apart.",
    reason_zh="全角点号与前引号、前括号之后不留空格；句号后的全角空格可能是另起一段，不动。",
    examples=[
        ("建设主题教育， 加快推进", "建设主题教育，加快推进"),
        ("实行“ 两手硬、两战赢”", "实行“两手硬、两战赢”"),
        ("确保两战赢。 市卫生健康局", "确保两战赢。市卫生健康局"),
    ],
    counter_examples=[
        "抓住 改革机遇期",
        "完成。　　第二段",
        "完成。　第二段",
        "第一行。  \n第二行",
        "调查还在进行中。 （视频编辑：张贝龙）",
    ],
)
def space_after_mark(view: View) -> Iterator[Proposal]:
    """``，`` and a space → ``，``."""
    text = view.text
    for match in matches(_AFTER_MARK, text):
        start, end = match.span()
        if _in_table(view, start) or ("\u3000" in match.group() and text[start - 1] in _STOPS):
            continue
        if text[start - 1] in OPENING_CLASS and (text[end] in CLOSING_CLASS + _OPERATORS):
            continue
        if text[start - 1] == "：" and end - start >= 4:
            continue  # the blank of a form
        if text[start - 1] in _STOPS and text[end] in "（【":
            continue  # a credit behind the last sentence
        if not may_be_hole(view, start, end):
            yield Proposal(start, end, "", f"a space after {text[start - 1]}")


_AFTER_MARK = _each_space(f"(?<=[{PAUSE_CLASS}{OPENING_CLASS}].){_SPACE}*(?=\\S)")


@rule(
    "S003",
    Tier.SAFE,
    in_register={Register.TECHNICAL: None},  # right in 41 of 75 there: translators set such spaces
    trigger=_each_space(
        f"(?:(?<=\\S.){_SPACE}*(?=[{_OUTER_OPENING}])|(?<=[{_OUTER_CLOSING}].)){_GOES_ON}"
    ),
    reason="In running prose (a clause mark follows on the line) no space stands between a "
    "quotation, bracket, dash or ellipsis and the Chinese beside it. Titles and bylines, where a "
    "space divides, are left alone.",
    reason_zh="行文中引号、括号、破折号、省略号与相邻汉字间不留空格；"
    "标题、署名中的空格有分隔作用，不动。",
    examples=[
        (
            "全市认真落实 “人民至上、生命至上” 的理念，扛牢职责使命，勇于担当作为。",
            "全市认真落实“人民至上、生命至上”的理念，扛牢职责使命，勇于担当作为。",
        )
    ],
    counter_examples=[
        "# 聚焦“急难愁盼” 用情办好实事",
        "聚焦“急难愁盼”问题 用情办好事实事",
        "- “两手硬、两战赢”是全市卫生健康系统的目标，必须坚持。",
        "1. （一）全市认真落实各项措施，扛牢职责使命，勇于担当作为。",
        "第十二条 《最高人民法院、最高人民检察院关于办理此类案件的解释》自公布之日起施行，"
        "以前的同时废止。",
    ],
)
def space_outside_mark(view: View) -> Iterator[Proposal]:
    """Spaces on the outer side of quotes and brackets, in prose."""
    text = view.text
    for match in matches(_OUTSIDE, text):
        start, end = match.span()
        line_start, line_end = view.line_bounds(start)
        if line_end - line_start < 30 or _HEADING.match(text, line_start):
            continue
        if _LABEL.fullmatch(text, line_start, start) or "\u3000" in match.group():
            continue  # 第十二条 《…》, 店小二　（端着茶）: set apart on purpose
        if end - start > 1 and (end - start >= 4 or _in_columns(view, line_start, line_end)):
            continue  # a gutter between columns
        if text[start - 1] in "电讯" and text[end] == "（":
            continue  # 本报郑州3月5日电 （记者李明）
        if is_listed(text, start, end) or _in_table(view, start) or _is_set_off(text, start, end):
            continue
        if view.once(_spaces_brackets):
            return
        if not may_be_hole(view, start, end):
            yield Proposal(start, end, "", "a space beside a quotation or bracket in running prose")


def _spaces_brackets(view: View) -> bool:
    """Whether spaces beside quotations and brackets are the writer's own."""
    habit = view.kind.habit(Border.BRACKET)
    return habit.spaced > max(habit.tight, _FEW_SPACED)


def _is_set_off(text: str, start: int, end: int) -> bool:
    """Whether a dash has spaces on both sides that stay both: a short one, 家 — 一个, or one whose
    other side is no Chinese, `name` —— 名称.
    """
    if text[end] == "—":
        return bool(_DASH_AND_SPACE.match(text, end))
    return text[start - 1] == "—" and bool(_SPACE_AND_DASH.search(text, max(0, start - 5), start))


_BRACKETS = OPENING_CLASS + CLOSING_CLASS
_DASH_AND_SPACE = pattern(rf"—(?:—{_SPACE}+[^{HAN_CLASS}{PAUSE_CLASS}{_BRACKETS}]|{_SPACE})")
_SPACE_AND_DASH = pattern(rf"(?:[^{HAN_CLASS}{PAUSE_CLASS}{_BRACKETS}]{_SPACE}+—|{_SPACE})—\Z")
#: So many quotations with spaces beside them may be an accident.
_FEW_SPACED = 2
# What heads a line: the number of an article, a speaker, an entry of a dictionary.
_LABEL = pattern(
    rf"{_SPACE}{{0,40}}+(?:[^{PAUSE_CLASS}\r\n]{{1,5}}"
    r"|第[〇○零一二三四五六七八九十百千0-9]{1,12}[编章节条款项](?:之[一二三四五六七八九十])?|【[^】\r\n]{1,20}】)"
)
_HEADING = pattern(r"\s{0,40}+#")
_OUTSIDE = _each_space(
    f"(?:(?<=[{HAN_CLASS}{PAUSE_CLASS}{CLOSING_CLASS}].){_SPACE}*(?=[{_OUTER_OPENING}])"
    f"|(?<=[{_OUTER_CLOSING}].){_SPACE}*(?=[{HAN_CLASS}])){_GOES_ON}"
)


_RUN = _each_space(r"(?<=\S.)[ \u3000]+(?=\S)")


@rule(
    "S004",
    Tier.SAFE,
    any_language=True,
    trigger=_RUN,
    reason="A run of spaces inside a line says no more than one; lines set in columns, and tables, "
    "are left alone.",
    reason_zh="行内连续空格并为一个；成列排版的行和表格不动。",
    examples=[
        ("记者 陈成成   通讯员 林永谊", "记者 陈成成 通讯员 林永谊"),
        ("抓住机遇期  提高效能", "抓住机遇期 提高效能"),
    ],
    counter_examples=[
        "  　缩进的段落",
        "姓名    年龄    单位\n张三    三十    医院",
        "第一行  \n第二行",
        "左栏的文字到这里          右栏的文字在这里",
        "-   列表项",
        "完成。　　第二段",
    ],
)
def run_of_spaces(view: View) -> Iterator[Proposal]:
    """Two spaces or more inside a line → the first of them."""
    text = view.text
    in_columns = cache(partial(_in_columns, view))
    for match in matches(_RUN, text):
        start, end = match.span()
        if text[start - 1] in _SYNTAX_END or text[start - 1] in _STOPS:
            continue
        if end - start >= 4 or match.group() == "\u3000\u3000":
            continue  # a gutter, or two fields set apart
        if in_columns(*view.line_bounds(start)) or _CHOICE.match(text, end):
            continue
        if text[start - 1] in "（(" and text[end] in "）)":
            continue  # （　　　）, where an answer goes
        if text[start - 1] in "?!:,;" and text[end].isascii():
            continue  # a typist's two spaces between English sentences
        if _TERM.fullmatch(text, view.line_bounds(start)[0], start):
            continue  # a term and, set apart, what it means
        if _is_alone(text, start - 1) or _is_alone(text, end):
            continue  # 第一章　总　　则, 年   月   日: a word spread out
        if _BETWEEN_HAN.match(text, start) and view.kind.habit(Border.LETTER).is_spaced:
            continue  # 使用  命令: what stood there, set off like all that is Latin, is lost
        if _in_table(view, start):
            continue
        yield Proposal(start + 1, end, "", f"{end - start} spaces in a row")


def _in_columns(view: View, start: int, end: int) -> bool:
    """Whether a line is set in columns, or may be, since the next or the one before is."""
    text = view.text
    if len(_WIDE_GAP.findall(text[start:end].strip())) > 2:
        return True
    behind = end + (2 if text.startswith("\r\n", end) else 1)
    before = start - (2 if text.endswith("\r\n", 0, start) else 1)
    return any(
        _GAP_INSIDE.match(text, *view.line_bounds(at))
        for at in (behind, before)
        if 0 <= at < len(text)
    )


def _is_alone(text: str, at: int) -> bool:
    """Whether the character at `at` has a space or a line's end on both sides."""
    return (not at or text[at - 1].isspace()) and text[at + 1 : at + 2].strip() == ""


_TERM = pattern(r"[ \t]*+[!-~]{2,24}+")
_BETWEEN_HAN = pattern(f"(?<=[{HAN_CLASS}])  (?=[{HAN_CLASS}])")
_GAP_INSIDE = pattern(rf"{_SPACE}*+[^\r\n]*?[^\s][ \u3000]{{2,}}[^\s]")
_CHOICE = pattern(r"[A-Z][.．、]")
_WIDE_GAP = pattern(r"[ \u3000]{2,}")
_STOPS = "。！？"


@rule(
    "S005",
    Tier.SAFE,
    any_language=True,
    trigger=_each_space(rf"(?=[\r\n]|\Z)(?!(?<=\S  )\r?\n{_SPACE}*\S)"),
    reason="Spaces at a line's end are invisible. Two of them before a line that goes on are "
    "Markdown's line break and stay.",
    reason_zh="行尾空格不可见；续行之前的两个空格是Markdown换行，保留。",
    examples=[
        ("健康中国 \n建设", "健康中国\n建设"),
        ("健康中国　\n\n第二段", "健康中国\n\n第二段"),
        ("**第一行**   \r\n第二行", "**第一行**  \r\n第二行"),
    ],
    counter_examples=[
        "**第一行**  \n第二行",
        "**第一行**  \r\n第二行",
        "第一行\n第二行",
        "<div>\n　\n健康中国\n</div>",
    ],
)
def trailing_space(view: View) -> Iterator[Proposal]:
    """Spaces before a line break or the end of the text go."""
    text = view.text
    for match in matches(_TRAILING, text):
        start, end = match.span()
        breaks = match.group().endswith("  ") and not _BLANK_NEXT.match(text, end)
        if breaks and text[start - 1 : start] not in ("", "\r", "\n"):
            end -= 2
        if start < end and not _keeps_html(text, start, end):
            yield Proposal(start, end, "", "spaces at a line's end")


def _keeps_html(text: str, start: int, end: int) -> bool:
    """Whether wide spaces are all that a line of an HTML block has: CommonMark ends such a block at
    an empty line, which this is not.
    """
    if text[start - 1 : start] not in ("\r", "\n") or text[start:end].isascii():
        return False
    block = _BLOCK_BEFORE.split(text[max(0, start - _LONGEST_BLOCK) : start])[-1]
    return block.lstrip().startswith("<")


_BLOCK_BEFORE = pattern(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
#: An HTML block that is looked at; contrived ones are longer.
_LONGEST_BLOCK = 4_000


_TRAILING = _each_space(rf"(?<!{_SPACE}.){_SPACE}*(?=[\r\n]|\Z)")
_BLANK_NEXT = pattern(rf"(?>\r\n|\r|\n|\Z){_SPACE}*(?:[\r\n]|\Z)")

# Between Chinese and Latin letters or digits, and the spaces there.
_SEAM, _GAP = (
    pattern(
        f"(?<=[{HAN_CLASS}]){between}(?=[A-Za-z0-9])|(?<=[A-Za-z0-9]){between}(?=[{HAN_CLASS}])"
    )
    for between in ("", f"{_SPACE}+")
)


@rule(
    "S006",
    Tier.SAFE,
    reason="A house style: one space between Chinese and Latin letters or digits.",
    reason_zh="一种体例：汉字与西文、数字之间加一空格。",
    examples=[("完成CT检查15例", "完成 CT 检查 15 例")],
    counter_examples=["完成检查，15。", "完成 CT 检查"],
    options={"latin_space": "add"},
    enabled=lambda config: config.latin_space == "add",
)
def add_latin_space(view: View) -> Iterator[Proposal]:
    """``完成CT检查`` → ``完成 CT 检查``, where ``latin_space`` is ``add``."""
    for match in _SEAM.finditer(view.text):
        yield Proposal(match.start(), match.start(), " ", "latin_space = add")


@rule(
    "S007",
    Tier.SAFE,
    trigger=Trigger(f"[A-Za-z0-9]{_SPACE}|{_SPACE}[A-Za-z0-9]"),
    reason="A house style: no space between Chinese and Latin letters or digits.",
    reason_zh="一种体例：汉字与西文、数字之间不留空格。",
    examples=[("完成 CT 检查 15 例", "完成CT检查15例")],
    counter_examples=[
        "Hello World",
        "1. 第一项",
        "# 1 总则",
        "| 甲 1 | 乙 |\n|---|---|\n| 丙 2 | 丁 |",
    ],
    options={"latin_space": "remove"},
    enabled=lambda config: config.latin_space == "remove",
)
def remove_latin_space(view: View) -> Iterator[Proposal]:
    """``完成 CT 检查`` → ``完成CT检查``, where ``latin_space`` is ``remove``."""
    text = view.text
    for match in _GAP.finditer(text):
        start, end = match.span()
        line_start, _ = view.line_bounds(start)
        numbered = start - line_start <= 40 and _NUMBERED.match(text, line_start, start)
        if not numbered and not _in_table(view, start):
            yield Proposal(start, end, "", "latin_space = remove")


_NUMBERED = pattern(rf"{_SPACE}*(?:#{{1,6}}[ \t]+)?[0-9A-Za-z]{{1,3}}(?:[.、][0-9]{{1,3}})*\Z")


@rule(
    "S008",
    Tier.SAFE,
    any_language=True,
    trigger=Trigger(rf"(?:\A|[\r\n]){_SPACE}"),
    reason="By option: paragraphs begin at the margin. Lists, tables and quotations keep their "
    "indents, which are syntax.",
    reason_zh="按选项：段首不缩进；列表、表格、引用的缩进属语法，不动。",
    examples=[
        ("  写好深化医改精彩答卷", "写好深化医改精彩答卷"),
        ("　　近年来，我市", "近年来，我市"),
    ],
    counter_examples=["- 甲\n  - 乙", "近年来，我市"],
    options={"indent": "drop"},
    enabled=lambda config: config.indent == "drop",
)
def drop_indent(view: View) -> Iterator[Proposal]:
    """Leading spaces of paragraphs' lines go, where ``indent`` is ``drop``."""
    for block in view.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            for match in _INDENT.finditer(view.text, block.start, block.end):
                yield Proposal(*match.span(), "", "indent = drop")


_INDENT = pattern(rf"(?:(?<=[\r\n])|(?<![\s\S])){_SPACE}+(?=\S)")


@rule(
    "S009",
    Tier.SAFE,
    any_language=True,
    trigger=Trigger(rf"(?:\n{_SPACE}*|\A{_SPACE}*)\r?\n{_SPACE}*\r?\n"),
    reason="By option: one blank line between blocks.",
    reason_zh="按选项：段间只留一个空行。",
    examples=[("第一段\n\n\n\n第二段", "第一段\n\n第二段")],
    counter_examples=["第一段\n\n第二段", "```\n甲\n\n\n乙\n```"],
    options={"blank_lines": "collapse"},
    enabled=lambda config: config.blank_lines == "collapse",
)
def collapse_blank_lines(view: View) -> Iterator[Proposal]:
    """Runs of blank lines → one, where ``blank_lines`` is ``collapse``."""
    for match in _BLANK_RUN.finditer(view.text):
        yield Proposal(*match.span(1), "", "blank_lines = collapse")


_BLANK_RUN = pattern(rf"(?:\n{_SPACE}*\r?\n|\A{_SPACE}*\r?\n)((?:{_SPACE}*\r?\n)+)")
