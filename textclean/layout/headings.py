"""Which lines of a page are headings: short, alone, numbered or named as parts of texts are.

Only pages are asked (`furniture`): where each paragraph is a line, a heading is what it seems.
Lines numbered alike that stand below each other are the items of a list.
"""

from __future__ import annotations

from textclean.layout.lines import columns
from textclean.layout.running_heads import MEASURES
from textclean.text.classes import HAN_CLASS, SPACE_CLASS
from textclean.text.patterns import pattern

_NUMERAL = "一二三四五六七八九十百零〇0-9０-９"
_SPACES = f"[{SPACE_CLASS}]*"
#: By how they are numbered: 第一章, 一、, （一）, 1.2, 附录A.
_NUMBERED = {
    "chapter": pattern(rf"第[{_NUMERAL}]{{1,4}}[编章节篇回讲部]{_SPACES}"),
    "numeral": pattern(rf"[一二三四五六七八九十]{{1,3}}[、.．]{_SPACES}(?=[^\s])"),
    "bracket": pattern(rf"[（(][一二三四五六七八九十]{{1,3}}[)）]{_SPACES}(?=[^\s])"),
    "decimal": pattern(
        rf"(?:[0-9]{{1,2}}(?:[.．][0-9]{{1,2}}){{1,3}}[.．]?|§[0-9.]{{1,7}}|1?[0-9][.．、]?)"
        rf"[{SPACE_CLASS}]+(?![{MEASURES}])(?=[{HAN_CLASS}A-Z])"
    ),
    "appendix": pattern(rf"附录{_SPACES}[A-Z一二三四五六七八九十]?{_SPACES}"),
}
_NAMED = pattern(
    r"(?:摘要|提要|目录|目次|前言|引言|绪论|导言|序言?|结论|结语|结束语|后记|致谢|参考文献|附录|索引|"
    r"总则|附则|范围|规范性引用文件|术语和定义)\Z"
)
_INNER_SPACE = pattern(f"[{SPACE_CLASS}]+")
_NO_HEADING = pattern(r"[。；，！？!?;,]|[：:…]\Z")
_HAN = pattern(f"[{HAN_CLASS}A-Za-z]")
#: Characters of a heading, at most, and the share of the page's width that it stays under.
_LONGEST, _NOT_FULL = 30, 0.75


def numbering(body: str) -> str:
    """How a line is numbered as headings are; '' if it is not."""
    return next((name for name, form in _NUMBERED.items() if form.match(body)), "")


def is_heading(before: str, body: str, behind: str, width: float) -> bool:
    """Whether a line, between its neighbours without the spaces at their ends, is a heading.

    Args:
        before: the line above; '' if there is none.
        behind: the line below.
        width: columns of the page's widest line.
    """
    if len(body) > _LONGEST or _NO_HEADING.search(body) or not behind:
        return False
    if _NAMED.match(_INNER_SPACE.sub("", body)):
        return True
    kind = numbering(body)
    if not kind or not _HAN.search(body) or columns(body) >= _NOT_FULL * width:
        return False
    return kind == "chapter" or kind not in (numbering(before), numbering(behind))
