"""Family C: text that was read in another encoding than it was written in.

What was read wrong is found in `textclean.text.mojibake`, and is protected from all other rules:
what they would take for odd characters is what it can be read again by. Here it is read again, in a
stage before all others, where nothing is lost; or shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from textclean.engine.rule import Proposal, Stage, View, rule
from textclean.engine.triggers import one_of
from textclean.rules.context import is_spoken_of
from textclean.text.edit import Tier
from textclean.text.mojibake import MISREADING_SIGNS, SIGNS, Misreading, misreadings
from textclean.text.patterns import pattern

#: A line that speaks of encodings shows what wrong ones look like.
_ON_ENCODINGS = pattern("乱码|亂碼|编码|編碼|[Mm]ojibake|[Ee]ncoding|锘|UTF-?8", 0)


def _in_prose(view: View, *, exact: bool) -> Iterator[Misreading]:
    """The misreadings of a text that are not shown on purpose."""
    text = view.text
    for each in misreadings(text):
        if each.exact is not exact or text[each.start - 1 : each.start] == "`":
            continue
        if exact or not is_spoken_of(text, each.start, each.end):
            first, last = view.of_line(_on_encodings, each.start)
            line, _ = view.line_bounds(each.start)
            if line + first > each.start and line + last < each.end:
                yield each


def _on_encodings(line: str) -> tuple[float, float]:
    """Where a line first has spoken of encodings, and where it last begins to."""
    spoken = list(_ON_ENCODINGS.finditer(line))
    return (spoken[0].end(), spoken[-1].start()) if spoken else (math.inf, -math.inf)


@rule(
    "C014",
    Tier.SUGGESTED,
    stage=Stage.ENCODINGS,
    trigger=one_of(MISREADING_SIGNS),
    reason="Text that was read in another encoding than it was written in. Its bytes, written back "
    "and read right, are Chinese, or strictly well-formed; read wrong once more they give the very "
    "characters that stand here, so nothing is lost.",
    reason_zh="文字以错误的编码读入，成了乱码；还原为字节再以正确编码读出，即为原文，且可逐字还原回乱码，"
    "没有信息丢失。",
    examples=[
        ("标题：ä½\xa0å¥½ï¼Œä¸–ç•Œ", "标题：你好，世界"),
        ("ÎÒÃÇµÄ¹¤×÷Íê³ÉÁË", "我们的工作完成了"),
        ("§Ú­Ìªº¤u§@§¹¦¨¤F", "我們的工作完成了"),
        ("鎴戜滑鐨勫伐浣滃畬鎴愶紝", "我们的工作完成，"),
        ("扂蠅腔馱釬酕俇賸", "我们的工作做完了"),
        ("itâ€™s a cafÃ© in Paris", "it’s a café in Paris"),
        ("the company\x92s report", "the company’s report"),
    ],
    counter_examples=[
        "“Beyoncé”……她在 São Paulo 唱《Für Elise》，nǐ hǎo",
        "参会人员······如下，气温20°±2°，©2020 «été»",
        "重庆珞璜电厂，璀璨瑰宝，涓涓细流",
        "乱码“ä½\xa0å¥½”是把UTF-8读成了Latin-1",
        "输出为`ä½\xa0å¥½`，应为你好",
        "浣犲ソ锛屼笘鐣\ufffd",
    ],
)
def mojibake(view: View) -> Iterator[Proposal]:
    """``ä½\xa0å¥½`` → ``你好``."""
    for each in _in_prose(view, exact=True):
        yield Proposal(each.start, each.end, each.decoded, each.how, 0.95)


@rule(
    "C106",
    Tier.REPORT,
    trigger=one_of(SIGNS),
    reason="Text that was read in another encoding than it was written in, and of which something "
    "is lost; the source, read again, has it right. The evidence shows what can be read still.",
    reason_zh="文字以错误的编码读入，成了乱码，且有字节丢失；应以正确编码重读原件。依据中列出尚可读出的内容。",
    examples=[
        ("标题：ä½ å¥½ï¼Œä¸–ç•Œ", "ä½ å¥½ï¼Œä¸–ç•Œ"),
        ("一级医院锟斤拷锟斤拷名单", "锟斤拷锟斤拷"),
        ("浣犲ソ锛屼笘鐣\ufffd", "浣犲ソ锛屼笘鐣\ufffd"),
        ("鍋ュ悍涓浗琛屽姩锛氭瘡澶╅敾鐐间竴灏忔椂", "鍋ュ悍涓浗琛屽姩锛氭瘡澶╅敾鐐间竴灏忔椂"),
    ],
    counter_examples=[
        "“Beyoncé”……她在 São Paulo 唱《Für Elise》，nǐ hǎo",
        "参会人员······如下，气温20°±2°，©2020 «été»",
        "重庆珞璜电厂，璀璨瑰宝，涓涓细流，这水有点烫",
        "常见乱码有`锟斤拷`和“烫烫烫”",
    ],
)
def misread_encoding(view: View) -> Iterator[Proposal]:
    """``浣犲ソ锛屼笘鐣�`` is reported, with 你好，世界 as evidence."""
    for each in _in_prose(view, exact=False):
        evidence = f"{each.how}: {each.decoded!r}" if each.decoded else each.how
        yield Proposal(each.start, each.end, view.text[each.start : each.end], evidence)
