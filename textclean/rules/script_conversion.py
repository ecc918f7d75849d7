"""Family T: a whole text in the other script, by OpenCC, where it is asked for.

OpenCC converts by phrases: 头发 is 頭髮, 发展 發展. It takes what it is given for the script that
it converts from: read a second time its own result goes wrong (鄰里 becomes 鄰裏, 显著 显着). So a
line is converted only if it is not yet in the script that is asked for, which cleaning twice would
find it in; and where OpenCC still would not come to rest, the line stays as it is.

Single strays in a text of the other script are another matter: `textclean.rules.script`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from operator import itemgetter

from textclean.engine.rule import Proposal, View, rule
from textclean.errors import MissingExtraError
from textclean.text.classes import KANA_CLASS
from textclean.text.edit import Tier
from textclean.text.kinds.document import Script
from textclean.text.patterns import pattern
from textclean.text.variants import simplified_only, traditional

_LINE = pattern("[^\r\n]+")
_KANA = pattern(f"[{KANA_CLASS}]")


@rule(
    "T004",
    Tier.SAFE,
    any_language=True,
    reason="The text is to be in another script: OpenCC converts it by phrases. Code, links and "
    "what else is protected stays, and so do lines that are in that script already.",
    reason_zh="按所选的OpenCC方案以词组为单位转换全文的简繁；代码、链接等受保护的部分和已是目标字体的行不动。",
    examples=[
        ("头发与发展，皇后在后面。", "頭髮與發展，皇后在後面。"),
        ("邻里之间`复杂`的关系", "鄰里之間`复杂`的關係"),
    ],
    counter_examples=["頭髮與發展，皇后在後面，鄰里之間。", "日本の国会は会議を開いた。"],
    options={"script": "s2t"},
    enabled=lambda config: config.script is not None,
)
def script_conversion(view: View) -> Iterator[Proposal]:
    """``头发`` → ``頭髮`` with ``script="s2t"``."""
    scheme = view.config.script
    if scheme is None:
        return
    conversion = _Conversion(scheme)
    evidence = f"OpenCC {scheme}"
    for line in _LINE.finditer(view.text):
        if conversion.keeps_from(line.group()):
            continue
        for start, end in _unprotected(view, *line.span()):
            before = view.text[start:end]
            after = conversion.of(before, view)
            if after != before:
                for first, last, new in _differences(before, after):
                    yield Proposal(start + first, start + last, new, evidence)


class _Conversion:
    """One of OpenCC's conversions, of what is not converted yet."""

    def __init__(self, scheme: str) -> None:
        self._convert = _converter(scheme)
        source, _, target = re.sub("p$", "", scheme).partition("2")
        self._japanese = "jp" in (source, target)
        scripts = (_script(source), _script(target))
        #: The scripts between which it converts, if they are two.
        self._scripts = None if scripts[0] is scripts[1] else scripts

    def keeps_from(self, line: str) -> bool:
        """Whether a line is Japanese, and no conversion of that is asked for."""
        return not self._japanese and bool(_KANA.search(line))

    def of(self, text: str, view: View) -> str:
        """A part of a line converted, if it is not yet; else as it is."""
        if not self._is_source(text, view):
            return text
        after = self._convert(text)
        if after == text:
            return text
        # Asked about the result, it must have nothing more to say.
        again = after if self._is_target(after) else self._convert(after)
        return after if again == after else text

    def _is_source(self, text: str, view: View) -> bool:
        if self._scripts is None:
            return True
        source, target = map(_characters, self._scripts)
        if not source.isdisjoint(text):
            return True
        return target.isdisjoint(text) and view.kind.script is not self._scripts[1]

    def _is_target(self, text: str) -> bool:
        if self._scripts is None:
            return False
        source, target = map(_characters, self._scripts)
        return source.isdisjoint(text) and not target.isdisjoint(text)


def _script(name: str) -> Script:
    return Script.SIMPLIFIED if name == "s" else Script.TRADITIONAL


@cache
def _characters(script: Script) -> frozenset[str]:
    """Characters that only text in a script has."""
    return simplified_only() if script is Script.SIMPLIFIED else frozenset(traditional())


@cache
def _converter(scheme: str) -> Callable[[str], str]:
    try:
        from opencc import OpenCC
    except ImportError:
        raise MissingExtraError("conversion of scripts", "script") from None
    convert: Callable[[str], str] = OpenCC(scheme).convert
    return convert


def _unprotected(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a line that no span is protected in."""
    behind = bisect_right(view.protected, start, key=itemgetter(1))
    for first, last in islice(view.protected, behind, None):
        if first >= end:
            break
        if first > start:
            yield start, first
        start = last
    if start < end:
        yield start, end


def _differences(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """The slices that differ, by phrases, and what they become."""
    if len(before) == len(after):
        at = 0
        while at < len(before):
            last = at
            while last < len(before) and before[last] != after[last]:
                last += 1
            if last > at:
                yield at, last, after[at:last]
            at = last + 1
        return
    from rapidfuzz.distance import Levenshtein

    for each in Levenshtein.opcodes(before, after):
        if each.tag != "equal":
            yield each.src_start, each.src_end, after[each.dest_start : each.dest_end]
