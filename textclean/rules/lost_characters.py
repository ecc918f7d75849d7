"""Family C, lost characters: the holes that an encoding leaves where it has no code."""

from __future__ import annotations

from collections.abc import Iterator

from textclean.engine.rule import Proposal, Stage, View, rule
from textclean.engine.triggers import starting_with_any
from textclean.punctuation.bylines import belongs, names_roles
from textclean.punctuation.evidence import Evidence, may_be_hole, spaces_of
from textclean.punctuation.prose_lines import ANY_MARK
from textclean.text.classes import HAN_CLASS, MARK_CLASS, SPACE_CLASS
from textclean.text.edit import Tier
from textclean.text.kinds.spaces import is_listed
from textclean.text.patterns import pattern

_CHINESE = HAN_CLASS + MARK_CLASS
_GAP = pattern(f"(?<=[{_CHINESE}])[{SPACE_CLASS}]{{1,4}}(?=[{_CHINESE}])")


@rule(
    "C104",
    Tier.REPORT,
    stage=Stage.PUNCTUATION,
    trigger=starting_with_any(" \u3000", r"(?<=[^\x00-\x7f].) {0,3}(?=[^\x00-\x7f])"),
    reason="Where an encoding has no code for a character, a space is left. What stands beside "
    "such a hole hardly ever meets elsewhere, as what stands beside the end of a printed line does."
    " Only the source knows the character; nothing is joined over its place.",
    reason_zh="编码不收的字常只留下一个空格。空格两侧的字在别处极少相连，与排版换行处不同。"
    "所缺之字只能查原件，其处不删不连。",
    examples=[
        ("主治鼠 恶疮，口眼 斜，小儿惊痫，大人癫疾。", " "),
        ("人参、 、白术同用，水煎温服。", " "),
    ],
    counter_examples=[
        "各级卫生健康部门要进一步加强组织领 导，压实工作责任，把各项措施落到实处。",
        "茯苓 人参 白术各三两，水煎服。",
        "姓名： ，年龄： ，",
    ],
)
def lost_character(view: View) -> Iterator[Proposal]:
    """Spaces that stand for characters, in a text where they do, as one group."""
    text = view.text
    places = [*_places(view)]
    for start, end in places:
        evidence = f"one of {len(places)} spaces where a character seems lost"
        yield Proposal(start, end, text[start:end], evidence, group=places[0][0])


def _places(view: View) -> Iterator[tuple[int, int]]:
    """The spaces of a text that stand for characters, as far as can be told."""
    text = view.text
    spaces, everywhere = view.once(spaces_of), view.once(Evidence).holes
    if not (everywhere or spaces.strange) or spaces.divide_clauses:
        yield from spaces.between_pauses
        return
    apart = {start for start, _ in spaces.set_apart}
    for match in _GAP.finditer(text):
        start, end = match.span()
        first, _ = view.line_bounds(start)
        if first in apart or not view.of_line(ANY_MARK.search, start):
            continue
        line = view.of_line(str, start)
        low, high = start - first, end - first
        if text[start - 1] in MARK_CLASS or text[end] in MARK_CLASS:
            # What stands behind a mark alone is a verse, a number, a gloss: set apart on purpose.
            is_hole = (everywhere or text[end] in MARK_CLASS) and may_be_hole(view, start, end)
        else:
            is_hole = (
                everywhere
                and not is_listed(line, low, high)
                and not belongs(line, low, high, roles=view.of_line(names_roles, start))
            )
        if is_hole:
            yield start, end
