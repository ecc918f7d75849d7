"""Family P, sentence ends at a paragraph's end: full stops that are gone, headings glued on.

A full stop is suggested only where the paragraph's other sentences have theirs, the last words read
as a complete sentence, and nothing in the text goes on with them. Whatever is no sentence of prose
(headings, captions, items, rows, dates, signatures, salutations, what leads in a list) stays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from textclean.engine.rule import Proposal, View, rule
from textclean.punctuation.paragraph_spans import paragraph_extents
from textclean.text.blocks import BlockKind
from textclean.text.classes import count_han, is_han, occurrences
from textclean.text.edit import Tier
from textclean.text.kinds.document import Register
from textclean.text.memo import remembered
from textclean.text.patterns import pattern

if TYPE_CHECKING:
    from textclean.layout import Continuations
    from textclean.punctuation.end_model import Remainder

#: Likelihood from which the last words are taken for a sentence, or for a heading.
SENTENCE, TITLE = 0.96, 0.6
#: And where the paragraph has no end mark at all, but is as long as this.
ALONE, LONG = 0.98, 40
#: Headings are not longer than this.
LONGEST_TITLE = 32
_FEWEST_HAN = 6
#: Characters of a tail that are looked for elsewhere in the text.
_WITNESS = 20
#: Blocks behind a paragraph that are looked at for its continuation.
_LOOKED_AT = 4
_LINE = pattern(r"[\r\n]")
_GOES_ON = "，、。；：！？”’）》,;:!?)"
_SPACES = " \t\u3000\u00a0\r\n"
#: Marks that a paragraph of prose ends with, and what may close behind them.
_MARKS, _CLOSING = "。！？…；：!?;:.．", "”’）》」』)\"'*_` \t\u3000\u00a0\r\n"
#: The share of a document's paragraphs of prose that must have one.
_HABIT = 0.8
#: What is longer is no heading.
_LONGEST_HEADING = 24
# A note to what leads in code, a sentence in brackets, a row of a table, a formula.
_INTRODUCES = pattern(r"[：:][（(][^（）()]*[）)]\Z|[。！？][）)]\Z| \| |[=＝÷]")
_POINTS_ON = pattern("(?:下面|以下|如下|下列)")
_DATE = pattern(r"[0-9xX×○〇一二三四五六七八九十]+年?[^，]{0,8}[月日号]\Z")
# A mark that extraction put on the next line.
_MARK_BELOW = pattern(r"\s*[。！？]")
_TRIGGERS = ("。", "！", "？")


class _Ending(NamedTuple):
    """The last words of a paragraph that have no end mark, and how likely they are what."""

    start: int
    end: int
    sentence: float
    title: float
    #: End marks before them in the paragraph.
    sentences: int


@rule(
    "P044",
    Tier.SUGGESTED,
    trigger=_TRIGGERS,
    reason="A sentence ends with its mark (GB/T 15834-2011 §4.1). At the end of a paragraph whose "
    "other sentences have theirs it is put back, if the last words make a complete sentence and "
    "nothing in the text goes on with them.",
    reason_zh="句末应有点号（GB/T 15834-2011 §4.1）。"
    "段中其他句子点号齐全、末句完整且别处没有下文时补句号。",
    examples=[
        (
            "全市疫苗接种工作进展顺利。截至目前，全市累计接种新冠病毒疫苗21万人次，接种率达到96%",
            "全市疫苗接种工作进展顺利。截至目前，全市累计接种新冠病毒疫苗21万人次，接种率达到96%。",
        )
    ],
    counter_examples=[
        "全市疫苗接种工作进展顺利。截至目前，全市累计接种新冠病毒疫",
        "全市疫苗接种工作进展顺利。截至目前，全市累计接种新冠病毒疫苗21万人次，",
        "全市疫苗接种工作进展顺利。具体措施如下：",
        "全力推进卫生健康事业高质量发展",
        "全市疫苗接种工作进展顺利。（记者 王庆 摄影报道）",
        "感谢各位代表的支持。\n市卫生健康委\n2021年7月30日",
        "移动支持计划任务备份，也支持手动备份，可以备份到本地，也可以备份到远程（如通过网络访问文件服务器）",
        "主要特性：\n数据保存在磁盘上。支持集群（保证服务一直在线）\n支持压缩数据\n支持增量备份",
    ],
    in_register={Register.CLASSICAL: None},
)
def missing_full_stop(view: View) -> Iterator[Proposal]:
    """``接种率达到96%`` → ``接种率达到96%。`` at a paragraph's end."""
    if view.kind.stop != "。":
        return
    for ending in view.once(_endings):
        least = SENTENCE if ending.sentences else ALONE
        if (
            ending.sentence >= least
            and _lacks_its_mark(view, ending)
            and not _MARK_BELOW.match(view.text, ending.end)
            and not _has_continuation(view, ending)
        ):
            why = f"reads as a complete sentence ({ending.sentence:.2f})"
            if ending.sentences:
                why += f"; {ending.sentences} before it have their marks"
            yield Proposal(ending.end, ending.end, "。", why, round(ending.sentence, 2))


@rule(
    "P045",
    Tier.REPORT,
    trigger=_TRIGGERS,
    reason="The last words of a paragraph, without a mark, read as a heading: that of what "
    "follows, glued on when the page was read. The place to split is before them.",
    reason_zh="段末无点号的文字像是标题，应是下文的标题在识别时粘连到本段；应在其前断开。",
    examples=[("家政员定期上门，为老人提供全天候服务。开创医养结合新格局", "开创医养结合新格局")],
    counter_examples=["家政员定期上门，为老人提供全天候服务。", "开创医养结合新格局"],
)
def glued_heading(view: View) -> Iterator[Proposal]:
    """A heading at the end of a paragraph is reported; it gets no full stop."""
    text = view.text
    for start, end, _, title, sentences in view.once(_endings):
        if sentences and title >= TITLE and end - start <= LONGEST_TITLE:
            why = f"reads as a heading ({title:.2f}): split before it"
            yield Proposal(start, end, text[start:end], why, round(title, 2))


def _endings(view: View) -> list[_Ending]:
    """The paragraphs that end without a mark, and how."""
    text = view.text
    endings: list[_Ending] = []
    for extent in paragraph_extents(text, view.blocks):
        if extent.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
            paragraph = text[extent.start : extent.end].rstrip(_SPACES)
            if paragraph and _may_end(paragraph[-1]) and (ending := _ending(paragraph)):
                start, end = extent.start + ending.start, extent.start + ending.end
                endings.append(ending._replace(start=start, end=end))
    return endings


@lru_cache(4_000)
def _may_end(char: str) -> bool:
    return is_han(char) or char.isdigit() or char in "%％xX×”）℃"


@remembered(4_000)
def _ending(paragraph: str) -> _Ending | None:
    """How a paragraph ends, with offsets that count from its start; None if nothing is amiss."""
    rest = _unmarked(paragraph)
    if rest is None:
        return None
    from textclean.punctuation.end_model import likelihood

    start, end, sentences = rest
    sentence, _, title = likelihood(paragraph[start:end], not sentences)
    return _Ending(start, end, sentence, title, sentences)


def _unmarked(paragraph: str) -> Remainder | None:
    """The last words of a paragraph (`remainder`) if they may be a sentence that lost its mark."""
    from textclean.punctuation.end_model import remainder

    rest = remainder(paragraph, 0, len(paragraph))
    start, end, sentences = rest
    words = paragraph[start:end]
    if (
        (not sentences and not _is_long_sentence(words))
        or words.endswith("等")  # of what, says the next word
        or count_han(words) < _FEWEST_HAN
        or words[0] in "（(【[*#-—·●"
        or _LINE.search(paragraph, max(0, start - 1))
        or words.count("“") > words.count("”")
        or sum(map(words.count, "（(")) != sum(map(words.count, "）)"))
        or _INTRODUCES.search(words)
        or _DATE.search(words[-16:])
    ):
        return None
    return rest


class _Last(NamedTuple):
    """How a paragraph ends."""

    end: int
    marked: bool
    #: Whether it is longer, or put together better, than headings and short items are.
    prose: bool
    #: Whether it may be a heading or an item of a list: it has no sentence.
    item: bool


def _lacks_its_mark(view: View, ending: _Ending) -> bool:
    """Whether paragraphs here end with marks: those of the document, and those beside this one."""
    text = view.text
    if _POINTS_ON.search(text, ending.start, ending.end):
        return False  # what leads in a list, code or a figure
    paragraphs = view.once(_lasts)
    prose = [each.marked for each in paragraphs if each.prose and each.end != ending.end]
    if sum(prose) < _HABIT * len(prose):
        return False
    at = bisect_left(paragraphs, ending.end, key=attrgetter("end"))
    # A heading may stand on either side, two or what is longer are a list.
    for side in (paragraphs[at + 1 : at + 3], paragraphs[max(0, at - 2) : at][::-1]):
        items = list(takewhile(lambda each: each.item, side))
        if len(items) > 1 or any(each.prose for each in items):
            return False
    return True


def _lasts(view: View) -> list[_Last]:
    """How the paragraphs and items of a text end."""
    text = view.text
    lasts = []
    for extent in paragraph_extents(text, view.blocks):
        if extent.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST):
            paragraph = text[extent.start : extent.end].rstrip(_SPACES)
            bare = paragraph.rstrip(_CLOSING)
            if bare:
                prose = len(bare) > _LONGEST_HEADING or "，" in bare or "。" in bare
                end = extent.start + len(paragraph)
                marked = bare[-1] in _MARKS
                lasts.append(_Last(end, marked, prose, not marked and "。" not in bare))
    return lasts


def _is_long_sentence(words: str) -> bool:
    """Whether all there is of a paragraph is too long, and too well put together, for an item."""
    return len(words) >= LONG and words.count("，") > 1 and words[-1] not in "）”"


def _has_continuation(view: View, ending: _Ending) -> bool:
    """Whether the text goes on with the words elsewhere, or may do so in the next paragraphs."""
    text = view.text
    tail = text[max(ending.start, ending.end - _WITNESS) : ending.end]
    for at in occurrences(text, tail):
        behind = at + len(tail)
        if behind != ending.end and behind < len(text) and text[behind] not in "。！？\r\n":
            return True
    first = bisect_left(view.blocks, ending.end, key=_start_of)
    following = islice(view.blocks, first, first + _LOOKED_AT)
    if any(
        block.kind is BlockKind.PARAGRAPH and text[block.start] in _GOES_ON for block in following
    ):
        return True
    at = bisect_left(view.blocks, ending.end, key=attrgetter("end"))
    return at in view.once(_continuations)


def _continuations(view: View) -> Continuations:
    """The blocks that go on in another, as the joining of broken paragraphs sees it."""
    from textclean.layout import Continuations

    return Continuations([view.text[block.start : block.end] for block in view.blocks])


_start_of = attrgetter("start")
