"""Family L, what stands on a page beside its paragraphs: reported, and kept on its lines."""

from __future__ import annotations

from collections.abc import Iterator

from textclean.engine.rule import Proposal, Stage, View, rule
from textclean.engine.triggers import Trigger, starting_with
from textclean.layout.furniture import furniture
from textclean.layout.offset_fonts import offset_stretches
from textclean.layout.torn_layer import tears
from textclean.text.edit import Tier

_PAGE = (
    "12        第一章 商品和货币\n"
    "商品首先是一个外界的对象，一个靠自己的属性来满\n足人的某种需要的物。①\n"
)


@rule(
    "L007",
    Tier.REPORT,
    trigger=(
        starting_with("\n", r"[^\S\n]*[-—–―－·第\[〔]?[^\S\n]*[0-9０-９]"),
        starting_with("\n", r"[^\S\n]*[图表①-⑳]"),
        starting_with("\n", "(?<=[0-9０-９]\n)"),
        starting_with("\n", r"[^\S\n]*(?:[第附§（(]|[一二三四五六七八九十]{1,3}[、.．]|[(\[*])"),
        starting_with(" ", r"(?<=[^\s] )[ \u3000]+[^\s]"),
        starting_with("\f", ""),
        starting_with(" ", r"(?<=[0-9] )[ \u3000]{2}[^\s0-9]"),
        starting_with("第", r"[ ]?\d{1,4}[ ]?[版卷]"),
    ),
    reason="Page numbers, running heads, notes, captions, headings, rows of tables, code and lines "
    "of contents stand between the lines of paragraphs where a page was read from top to bottom. "
    "They keep their lines, and no paragraph is joined across them within a text; who wants the "
    "running text alone can take them out. A running head is known by a number beside it, at the "
    "edge of the page, or by its return on the next page; headings, tables and code are named on "
    "pages only, which break lines inside words or have a number.",
    reason_zh="页码、边码、书眉、标题、脚注、图表题、表行、代码和目录行是版面上的东西，逐行读出时夹在正文之间。"
    "它们各占一行，正文不跨过它们相接；只要正文的，可据此剔除。",
    examples=[
        (f"{_PAGE}① 《政治经济学批判》第3页。\n", "12        第一章 商品和货币"),
        ("第一节 总论……………………………… 3\n第二节 方法……………………………… 17\n", "第一节 总论……………………………… 3"),
        ("调查结果见下图。\n图2-1 各年级阅读时间\n男生略少。", "图2-1 各年级阅读时间"),
        ("三、存在的问题\n\n— 21 —\n\n今年以来，", "— 21 —"),
        ("三、存在的问题\n\n－21－\n\n今年以来，", "－21－"),
    ],
    counter_examples=[
        "得分\n21\n24\n3\n总分\n48",
        "图书馆在三楼。\n表面光滑，没有划痕。",
        "2021年12月5日，晴。\n共收到稿件124",
    ],
)
def page_furniture(view: View) -> Iterator[Proposal]:
    """A line that is in no paragraph, and what it is."""
    text = view.text
    if tears(text):
        return  # its lines are pieces
    for start, end, kind in furniture(text):
        yield Proposal(start, end, text[start:end], str(kind), 0.9)


@rule(
    "L008",
    Tier.REPORT,
    stage=Stage.ENCODINGS,
    trigger=Trigger(r"[B-\]]{3}[^\n]{0,80}?[B-\]]{2}"),
    reason="Where a PDF's font does not say which characters its glyphs are, numbers of glyphs are "
    "read as letters: each stands 28 to 31 places before the true one in ASCII. It is reported, "
    "with the candidate, where the letters so put back make known words and as read make none; OCR "
    "has the rest.",
    reason_zh="PDF字体没有字形与字符的对应表时，字形序号被当作字符读出：每个字母都比原字母在ASCII中靠前28至31位。"
    "还原后成为已知单词、原样不成词的，连同还原结果一并报告；其余应重新识别（OCR）。",
    examples=[
        (
            "实验报告\n7KLV UHSRUW LV IRU WKH V\\VWHP RI LQIRUPDWLRQ\n第一章",
            "7KLV UHSRUW LV IRU WKH V\\VWHP RI LQIRUPDWLRQ",
        ),
        (
            "实验报告\n7KLV\x03UHSRUW\x03LV\x03IRU\x03WKH\x03V\\VWHP\n第一章",
            "7KLV\x03UHSRUW\x03LV\x03IRU\x03WKH\x03V\\VWHP",
        ),
    ],
    counter_examples=[
        "THIS REPORT IS FOR THE SYSTEM OF INFORMATION\n第一章",
        "型号为WKH-UHSRUW的设备通过HTTP、SSH和RSVP联网。",
        "MFVJKLQWERTYPLKJHGFDSA ZXCVBNMKL QWRTPLK",
        "序列：MKVLWAALLVTFLAGCQAKVEQAVETEPEPELRQQTEWQSGQRWELALGRFWDYLRWVQT",
    ],
)
def offset_font(view: View) -> Iterator[Proposal]:
    """``7KLV`` for ``This`` is reported."""
    for start, end, shift, candidate in offset_stretches(view.text):
        evidence = f"read {shift} places too early: {candidate}"
        yield Proposal(start, end, view.text[start:end], evidence, 0.95)
