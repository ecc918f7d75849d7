"""Characters that Simplified prose, or a word, does not have: most often another one, misread.

The standard of 2013 has 8,105 characters, rare names and sciences included. What is outside it, in
running Simplified text, is a character that OCR or a keyboard table put in the place of a common
one (疛住了 for 守住了). Which one it was cannot be told from the character, so it is only shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textclean.engine.rule import Proposal, Stage, View, rule
from textclean.rules.script import is_simplified, may_be_name
from textclean.text.classes import is_han
from textclean.text.edit import Tier
from textclean.text.variants import standard_characters, traditional

# Strokes that serve as separators; zero as in 二〇二一年, and the sign that repeats a character,
# which no list of characters has.
_STROKES = frozenset("丨丶丿亅乛〇々")


@rule(
    "C102",
    Tier.REPORT,
    stage=Stage.SCRIPT,  # behind the family's own: stray Traditional characters are repaired first
    reason="A character outside the 8,105 of the standard list, in Simplified prose, is most often "
    "another one, misread.",
    reason_zh="简体正文中出现《通用规范汉字表》以外的字，多半是识别或录入之误。",
    examples=[
        ("全市卫生健康系统广大党员干部疛住了疫情防控的第一道防线。", "疛"),
        ("政府规疛了下一步的工作重点，各单位要认真落实。", "疛"),
    ],
    counter_examples=[
        "全市卫生健康系统广大党员干部守住了疫情防控的第一道防线。",
        "乾务镇的毕昇纪念馆展出了䴙䴘标本，专家介绍了元素𬭊与𬭳。",
        "改革開放以來，中國經濟發展迅速，羣衆生活顯著提高。",
        "完善考核体系，細化考核指标，加大对均次费用的控制。",
        "市委书记陈旻昪出席会议并讲话，要求各单位认真落实。",
        "检查项目：输卵管不通丨输卵管粘连丨输卵管积水丨输卵管堵塞。",
        "東京の働く人々は辻の込み合う峠を越えて帰る。",
        "二〇二一年，全市卫生健康系统广大党员干部守住了疫情防控的第一道防线。",
    ],
)
def nonstandard_character(view: View) -> Iterator[Proposal]:
    """Each such character, but for names and what is Traditional or Japanese."""
    text = view.text
    table = traditional()
    strange = {
        character
        for character in set(text) - standard_characters() - _STROKES
        if is_han(character) and character not in table
    }
    if not strange:
        return
    for match in re.finditer(f"[{''.join(sorted(strange))}]", text):
        at = match.start()
        simplified = view.of_line(is_simplified, at)
        if simplified and not may_be_name(text, at, view.line_bounds(at)[0]):
            code = f"U+{ord(match.group()):04X}"
            evidence = f"{match.group()} ({code}) is not among the 8,105 characters of the standard"
            yield Proposal(match.start(), match.end(), match.group(), evidence)
