"""Family C: characters that extraction leaves in place of the ones that were printed.

Each rule maps a closed set of characters; never NFKC over the whole text, which would break ``½``,
``①``, ``10³`` and the units ``㎡`` that the quantities' rules need.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, partial

from textclean.engine.resolve import hits
from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import Trigger, one_of, starting_with
from textclean.rules.context import in_foreign_brackets
from textclean.text.classes import (
    HAN_CLASS,
    ODD_SPACE_CLASS,
    SEPARATOR_CLASS,
    STRAY_BYTES,
    is_chinese,
    is_han,
)
from textclean.text.compose import is_within
from textclean.text.edit import Tier
from textclean.text.kinds.document import Script
from textclean.text.patterns import pattern


@cache
def _name_of(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char, 'control character').lower()}"


def _replace_each(trigger: Trigger, view: View, after: str) -> Iterator[Proposal]:
    """Each character that a trigger finds, replaced."""
    for match in trigger.pattern.finditer(view.text):
        yield Proposal(*match.span(), after, _name_of(match.group()))


@rule(
    "C001",
    Tier.SAFE,
    trigger="\ufeff",
    reason="A byte order mark is no part of the text; joined files carry them in the middle.",
    reason_zh="字节顺序标记不是正文，文件拼接后常留在文中。",
    examples=[("\ufeff健康中国", "健康中国"), ("甲文件。\ufeff乙文件。", "甲文件。乙文件。")],
    counter_examples=["健康中国"],
)
def byte_order_mark(view: View) -> Iterator[Proposal]:
    """U+FEFF goes."""
    for match in re.finditer("\ufeff\ufeff*", view.text):
        yield Proposal(*match.span(), "", "a byte order mark")


_ZERO_WIDTH = one_of("\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u180e\ufff9-\ufffb")
_RIGHT_TO_LEFT = pattern("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
# Scripts that shape or break words by zero-width characters: Arabic, the Indic and South-East
# Asian ones, Mongolian.
_SHAPING = pattern("[\u0600-\u109f\u1700-\u1aff\ua800-\uabff\U00010a00-\U00011fff]")
_IS_BIDI = pattern("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@rule(
    "C002",
    Tier.SAFE,
    trigger=_ZERO_WIDTH,
    reason="Zero-width and direction characters are invisible, break search and come from web "
    "pages. Where a script or an emoji is shaped by them they stay.",
    reason_zh="零宽字符和方向控制符不可见，妨碍检索，多来自网页；文字或表情靠其成形处保留。",
    examples=[("健康\u200b中国", "健康中国"), ("\u200e北京\u2060市", "北京市")],
    counter_examples=["👨\u200d👩\u200d👧一家三口", "نمی\u200cخواهم 是波斯语", "❤\ufe0f"],
)
def zero_width(view: View) -> Iterator[Proposal]:
    """U+200B, U+2060, bidirectional marks and the like go."""
    text = view.text
    directed = bool(_IS_BIDI.search(text) and _RIGHT_TO_LEFT.search(text))
    for match in _ZERO_WIDTH.pattern.finditer(text):
        start, end = match.span()
        char = match.group()
        before, behind = text[start - 1 : start] if start else "", text[end : end + 1]
        if _SHAPING.match(before) or _SHAPING.match(behind):
            continue
        if char == "\u200d" and _is_symbol(before) and _is_symbol(behind):
            continue
        if directed and _IS_BIDI.match(char):
            continue
        yield Proposal(start, end, "", _name_of(char))


def _is_symbol(char: str) -> bool:
    return bool(char) and (unicodedata.category(char) in ("So", "Sk", "Mn") or char in "♀♂⚕")


_CONTROL = one_of("\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f")


@rule(
    "C003",
    Tier.SAFE,
    trigger=_CONTROL,
    reason="Control characters show nothing and mean nothing in prose; tabs and line breaks stay.",
    reason_zh="控制字符在正文中无意义；制表符与换行保留。",
    examples=[("健康\x01中国\x7f", "健康中国")],
    counter_examples=[
        "甲\t乙\n丙\r\n丁",
        "æ\x88\x91ä»¬ç\x9a\x84å·¥ä½\x9c",
        "it\x92s",
        "7KLV\x03UHSRUW\x03LV\x03IRU\x03WKH\x03V\\VWHP",
    ],
)
def control_character(view: View) -> Iterator[Proposal]:
    """C0 and C1 controls go, but for the numbers of glyphs that L008 reports."""
    from textclean.layout.offset_fonts import offset_stretches

    glyphs = [(start, end) for start, end, *_ in offset_stretches(view.text)]
    return (
        proposal
        for proposal in _replace_each(_CONTROL, view, "")
        if not hits(proposal.start, proposal.end, glyphs)
    )


@rule(
    "C004",
    Tier.SAFE,
    trigger="\u00ad",
    reason="A soft hyphen marks where a word might break; what is left of it only breaks search.",
    reason_zh="软连字符只标可断处，留在文中妨碍检索。",
    examples=[("inter\u00adnational 合作", "international 合作")],
    counter_examples=["COVID-19疫情"],
)
def soft_hyphen(view: View) -> Iterator[Proposal]:
    """U+00AD goes."""
    for match in re.finditer("\u00ad\u00ad*", view.text):
        yield Proposal(*match.span(), "", "a soft hyphen")


_ODD_SPACE = one_of(ODD_SPACE_CLASS)


@rule(
    "C005",
    Tier.SAFE,
    trigger=_ODD_SPACE,
    reason="No-break and typographic spaces look like a space and are not one to a program.",
    reason_zh="不换行空格等外观为空格，程序却不认作空格。",
    examples=[("王庆\u00a0摄", "王庆 摄"), ("增长\u200910%", "增长 10%")],
    counter_examples=["　　全角空格缩进"],
)
def odd_space(view: View) -> Iterator[Proposal]:
    """No-break, en, em, thin … spaces → a plain space, each."""
    return _replace_each(_ODD_SPACE, view, " ")


_SEPARATOR = one_of(SEPARATOR_CLASS)


@rule(
    "C006",
    Tier.SAFE,
    trigger=_SEPARATOR,
    reason="Form feeds and Unicode's line and paragraph separators end a line; as a line break "
    "every program sees that.",
    reason_zh="换页符与Unicode行、段分隔符都表示行终，统一为换行。",
    examples=[
        ("第一行\u2028第二行", "第一行\n第二行"),
        ("第一页\x0c第二页", "第一页\n第二页"),
        ("第一行\u2028\n第二行", "第一行\n第二行"),
    ],
    counter_examples=["第一行\n第二行\r\n第三行"],
)
def line_separator(view: View) -> Iterator[Proposal]:
    """U+2028, U+2029, U+0085, VT, FF and FS to RS → the text's own line break."""
    newline = "\r\n" if "\r\n" in view.text else "\n"
    for match in _SEPARATOR.pattern.finditer(view.text):
        start, end = match.span()
        beside = view.text.startswith(("\r", "\n"), end)  # it ends no line that is not ended
        yield Proposal(start, end, "" if beside else newline, _name_of(match.group()))


# Small, vertical and half-width forms of marks, and what they are forms of. Left out: ﹒ (as often
# a · as a .) and half-width katakana.
_FORMS = {
    "﹐": "，", "﹑": "、", "﹔": "；", "﹕": "：", "﹖": "？", "﹗": "！", "﹘": "—",
    "﹙": "（", "﹚": "）", "﹝": "〔", "﹞": "〕", "﹟": "#", "﹠": "&", "﹡": "*", "﹢": "+",
    "﹣": "-", "﹤": "<", "﹥": ">", "﹦": "=", "﹨": "\\", "﹩": "$", "﹪": "%", "﹫": "@",
    "︐": "，", "︑": "、", "︒": "。", "︓": "：", "︔": "；", "︕": "！", "︖": "？", "︰": "：",
    "︵": "（", "︶": "）", "︽": "《", "︾": "》", "︿": "〈", "﹀": "〉", "﹁": "「", "﹂": "」",
    "﹃": "『", "﹄": "』", "︻": "【", "︼": "】", "︹": "〔", "︺": "〕",
    "｡": "。", "｢": "「", "｣": "」", "､": "、", "･": "·",
}  # fmt: skip
_FORM = one_of("".join(_FORMS))


@rule(
    "C008",
    Tier.SAFE,
    trigger=_FORM,
    reason="Small, vertical and half-width forms of marks stand in Unicode for old encodings only; "
    "the mark itself is meant.",
    reason_zh="小写、竖排、半角的标点形式只为兼容旧编码而设，应写标点本身。",
    examples=[
        ("互联网﹢医疗", "互联网+医疗"),
        ("医改﹐医疗﹐医药", "医改，医疗，医药"),
        ("《关于适用﹤婚姻法﹥的解释》", "《关于适用〈婚姻法〉的解释》"),
    ],
    counter_examples=["互联网+医疗", "㎡", "％"],
)
def compatibility_mark(view: View) -> Iterator[Proposal]:
    """``﹢`` → ``+``, ``﹐`` → ``，``."""
    text = view.text
    places = view.places_of(_FORMS.__contains__)
    for at in [m.start() for m in _FORM.pattern.finditer(text)] if places is None else places:
        if not in_foreign_brackets(text, at):  # （︶︿︶）
            yield Proposal(at, at + 1, _form(view, at), _name_of(text[at]))


def _form(view: View, at: int) -> str:
    char = view.text[at]
    if char in "﹤﹥" and is_within(view.once(_small_brackets), at):
        return "〈" if char == "﹤" else "〉"
    return _FORMS[char]


def _small_brackets(view: View) -> list[tuple[int, int]]:
    """Where ﹤ and ﹥ stand around a title, and are no signs of less and more."""
    return [match.span() for match in _SMALL_BRACKETS.finditer(view.text)]


_SMALL_BRACKETS = pattern(rf"﹤[{HAN_CLASS}（）()、]{{2,40}}+﹥")


# The first as a literal: those are scanned fastest.
_MIDLINE = pattern("\u22ef\u22ef*")


@rule(
    "C009",
    Tier.SAFE,
    trigger="\u22ef",
    reason="⋯ is a mathematical operator; beside Chinese it stands for the ellipsis.",
    reason_zh="“⋯”是数学运算符，在汉语旁应为省略号。",
    examples=[("医生⋯⋯护士", "医生……护士")],
    counter_examples=["1+2+⋯+n", "x₁, x₂, ⋯, xₙ"],
)
def midline_ellipsis(view: View) -> Iterator[Proposal]:
    """``⋯⋯`` → ``……``."""
    text = view.text
    for match in _MIDLINE.finditer(text):
        start, end = match.span()
        before, behind = text[start - 1 : start], text[end : end + 1]
        beside = is_chinese if end - start > 1 else is_han
        if beside(before) or beside(behind):
            yield Proposal(start, end, "…" * (end - start), "a mathematical operator")


_RADICAL = pattern("[\u2e80-\u2fdf]+")
_ON_RADICALS = pattern("字从|部首|偏旁|字根|康熙字典|radical", re.IGNORECASE)


@rule(
    "C010",
    Tier.SAFE,
    trigger=one_of("\u2e80-\u2fdf"),
    reason="Fonts in PDF files map characters to the radicals that look like them; no search "
    "finds them there. Text about radicals is left alone.",
    reason_zh="PDF字体常把汉字映射为同形部首，检索不到。讨论部首的文字不动。",
    examples=[
        ("县⼈⺠医院", "县人民医院"),
        ("客⼾信息", "客户信息"),
        ("⻓江流域", "长江流域"),
        ("⽹络", "网络"),
    ],
    counter_examples=["部首⼈的写法", "县人民医院"],
)
def radical(view: View) -> Iterator[Proposal]:
    """``⼈⺠`` → ``人民``."""
    from textclean.text.variants import TWO_FORMS, radicals

    table = radicals()
    is_on_radicals = cache(partial(_ON_RADICALS.search, view.text))
    for match in _RADICAL.finditer(view.text):
        if not is_on_radicals(*view.line_bounds(match.start())):
            plain = "".join(table.get(char, char) for char in match.group())
            if not TWO_FORMS.keys().isdisjoint(plain) and (
                view.kind.script is not Script.TRADITIONAL
            ):
                plain = "".join(TWO_FORMS.get(char, char) for char in plain)
            yield Proposal(*match.span(), plain, "radicals that stand for characters")


_COMPATIBILITY = one_of("\uf900-\ufa6d\ufa70-\ufad9\U0002f800-\U0002fa1d")


@rule(
    "C011",
    Tier.SAFE,
    trigger=_COMPATIBILITY,
    reason="Compatibility ideographs are second codes for characters that have one (Unicode "
    "Standard, Annex 15).",
    reason_zh="兼容汉字是同一汉字的重复编码。",
    examples=[("\uf9dd水郡", "利水郡"), ("人\uf983", "人旅")],
    counter_examples=["利水郡", "\ufa0e"],
)
def compatibility_ideograph(view: View) -> Iterator[Proposal]:
    """U+F900 to U+FAD9 and U+2F800 on → the character they decompose to."""
    for match in _COMPATIBILITY.pattern.finditer(view.text):
        plain = unicodedata.normalize("NFC", match.group())
        yield Proposal(*match.span(), plain, _name_of(match.group()))


_UNREADABLE = Trigger("[\ufffd\ufffc\ue000-\uf8ff\U000f0000-\U0010fdff\U0010ff00-\U0010fffd]+")
# Which glyph of its font a reader of PDF could not find a character for.
_GLYPHS = starting_with("(", r"cid:[0-9]{1,5}\)(?:\(cid:[0-9]{1,5}\))*+")


@rule(
    "C101",
    Tier.REPORT,
    trigger=(_UNREADABLE, _GLYPHS),
    reason="A replacement or private-use character, or the number of a glyph, stands where a "
    "character was lost; only the source knows which.",
    reason_zh="替换符、私用区字符和字形编号表示原字已失，只能查原件。",
    examples=[
        ("医院门诊\ufffd楼", "\ufffd"),
        ("\ue5e5健康", "\ue5e5"),
        ("门诊大楼(cid:3427)(cid:512)已经启用", "(cid:3427)(cid:512)"),
    ],
    counter_examples=["医院门诊大楼", "编号(cid)与(a:1)"],
)
def unreadable_character(view: View) -> Iterator[Proposal]:
    """Private-use, replacement and object characters and numbers of glyphs are reported."""
    for match in _UNREADABLE.pattern.finditer(view.text):
        evidence = ", ".join(f"U+{ord(char):04X}" for char in match.group()[:8])
        yield Proposal(*match.span(), match.group(), evidence)
    for match in _GLYPHS.pattern.finditer(view.text):
        yield Proposal(*match.span(), match.group(), "glyphs of a PDF without a character")


_STRAY = one_of(STRAY_BYTES)


@rule(
    "C110",
    Tier.REPORT,
    trigger=_STRAY,
    reason="A byte of the file is part of no character in its encoding; it is kept as it is, and "
    "only the source knows what it was.",
    reason_zh="文件中有一个字节在其编码下不成字符，原样保留；原为何字只能查原件。",
    examples=[("医院门诊\U0010fee9楼", "\U0010fee9")],
    counter_examples=["医院门诊大楼", "医院门诊\ufffd楼"],
)
def stray_byte(view: View) -> Iterator[Proposal]:
    """What stands for a byte that the file's encoding does not read is reported."""
    for match in re.finditer(f"[{STRAY_BYTES}]+", view.text):
        written = bytes(ord(char) & 0xFF for char in match.group()[:8])
        yield Proposal(*match.span(), match.group(), f"bytes of no character: {written.hex(' ')}")
