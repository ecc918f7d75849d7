"""Names of values in their places: [姓名], {{name}}, ${amount}, <PERSON_1>.

Only words that name a value are tags. In a document on templates or markup (code beside it, tags of
control) they are its subject, and so they are where prose does not touch them.
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.placeholders.fields import CHINESE_TAGS, tagged
from textclean.placeholders.placeholder import MaskKind
from textclean.placeholders.run import Run
from textclean.text.classes import COMMON_HAN_CLASS
from textclean.text.patterns import pattern

# Wider than names of values are, and a tenth as long to compile: `tagged` knows these.
_WORD = r"[^\W\d][\w.-]{0,24}"
_TAG = pattern(
    rf"\{{\{{[ ]?(?P<double>{_WORD})[ ]?\}}\}}|\$\{{(?P<dollar>{_WORD})\}}|"
    rf"\[(?P<square>{_WORD})\](?!\()|［(?P<wide>{_WORD})］|【(?P<lens>{_WORD})】"
    rf"|(?<![A-Za-z0-9_])<(?P<angle>{_WORD})>|＜(?P<wide_angle>{_WORD})＞"
    rf"|(?<![$\{{])\{{(?P<brace>[^\W0-9A-Za-z_]{{2,8}})\}}(?!\}})"
)
#: 【 opens headlines and bylines, too: what a scan for tags asks first.
LENS = pattern(
    f"【(?:(?:请|此处|在此)*(?:填写|填入|输入))?(?:[^\x00-\x7f，。】]{{1,4}})?(?:{'|'.join(CHINESE_TAGS)})】"
)
_TO_FILL = pattern("(?:请|此处|在此)*(?:填写|填入|输入)")
_NUMBER = pattern(r"[_-]?[0-9]{1,3}\Z")
#: What says that templates or code are the subject.
_TECHNICAL = pattern(
    r"```|~~~|\{%|`[^`\n]{1,80}`|</[A-Za-z]|模板语法|插值|变量名?|占位符语法|\b(?:Vue|React|Jinja|HTML|XML|shell|Shell|bash|JSON"
    r"|YAML|SQL|Python|JavaScript|Rust|Java|Markdown)\b|标签|数组|泛型|字符串|函数|参数|组件"
)

#: 【时间】3月5日: in such a text the words in brackets are labels, and values follow.
_LABEL = pattern(
    rf"(?m)^[ \t\u3000]*【[{COMMON_HAN_CLASS}]{{2,6}}】[ \t]*"
    rf"(?![与和及于在向对的由将被系是同，])[{COMMON_HAN_CLASS}0-9：:]"
)
_VALUE = pattern(rf"[ \t]*[：:]|[ \t]+[{COMMON_HAN_CLASS}0-9]|[0-9]")
_OPENS_LINE = pattern(r"(?:\A|[\r\n])[ \t\u3000]*\Z")


def find_tags(text: str) -> Iterator[Run]:
    """The tags of `text`, typed by what they name."""
    technical: bool | None = None
    labels = _LABEL.search(text) is not None
    for match in _TAG.finditer(text):
        group = match.lastgroup or ""
        asked = _TO_FILL.match(match[group])
        word = _NUMBER.sub("", match[group][asked.end() if asked else 0 :])
        kind = tagged(word)
        if kind is None:
            continue
        if (labels and group == "lens") or _labels(text, *match.span()):
            continue
        ascii_word = word.isascii()
        upper = ascii_word and word.isupper()
        # <name> is markup; <PERSON>, <姓名> are not. [name] is a link or an index.
        if group in ("angle", "square") and ascii_word and not upper:
            continue
        if group == "angle" and upper and word in ("A", "B", "I", "P", "URL", "ID", "NUM"):
            continue
        if technical is None:
            technical = bool(_TECHNICAL.search(text))
        if technical:
            return
        mask = MaskKind.BLANK if asked else MaskKind.TAG
        yield Run(*match.span(), "[", 0.85, mask, kind)


def _labels(text: str, start: int, end: int) -> bool:
    """Whether the word in brackets is the label of a value behind it: [时间] 2020年."""
    opens_line = _OPENS_LINE.search(text, max(0, start - 6), start)
    return opens_line is not None and _VALUE.match(text, end) is not None
