"""Family P: a space inside a word, known by the word alone.

What the slot model says of a space (`textclean.rules.lost_marks`) needs a line of prose of some
length. A word that is cut in two is evidence by itself, in the shortest sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import starting_with
from textclean.punctuation.bylines import belongs, names_roles
from textclean.text.classes import COMMON_HAN_CLASS, PAUSE_CLASS, count_han
from textclean.text.edit import Tier
from textclean.text.kinds.document import Register
from textclean.text.lexicon import SURNAMES
from textclean.text.patterns import pattern
from textclean.text.words import is_word

_HAN = f"[{COMMON_HAN_CLASS}]"
_SPACE = starting_with(" ", r"(?<=[^\x00-\x7f]{2}.)(?=[^\x00-\x7f]{2})")
_SENTENCE = pattern("[，。；！？]")
_REACH = 120
#: Characters between spaces of a line, at least: words set apart have fewer.
_FEWEST = 6
_SPEAKER = pattern(rf" {_HAN}{{2,6}}[：:]")
#: What people are called by, before a name.
_ROLES = "者员长记任席授师生士事理总辑人"


@rule(
    "P125",
    Tier.SUGGESTED,
    trigger=_SPACE,
    in_register={Register.CLASSICAL: None},
    reason="A space cuts a word in common use in two, and neither half makes a word with the "
    "character on its other side. It goes in a line with a clause mark; the spaces of names, and "
    "of lines whose words are set apart, stay.",
    reason_zh="空格把一个常用词拆成两半，而两半与另一侧的字都不成词。行中有点号时删去；人名中的空格和逐词"
    "分开的行不动。",
    examples=[
        ("政府出台了新的优 惠政策，企业负担减轻。", "政府出台了新的优惠政策，企业负担减轻。"),
        ("这项技术已经广 泛应用于农业生产。", "这项技术已经广泛应用于农业生产。"),
        ("孩子们在操场上奔 跑。", "孩子们在操场上奔跑。"),
    ],
    counter_examples=[
        "深化改革 克难攻坚",
        "深化改革创新 新闻工作者说，大家好。",
        "大会由主任高 峰主持，书记王 牌讲话。",
        "部队参谋长 盛建忠：注意控制状态，保持高度。",
        "他 们 在 操场 上 奔 跑 。",
        "今天我们来到美丽 的西 湖边，看了很久。",
        "全国卫生健 康工作会议",
    ],
)
def space_inside_word(view: View) -> Iterator[Proposal]:
    """``优 惠政策`` → ``优惠政策``."""
    text = view.text
    for match in _SPACE.pattern.finditer(text):
        at = match.start()
        first, last = text[at - 1], text[at + 1]
        if (
            not is_word(first + last)
            or not _is_between_pieces(text, at)
            or is_word(text[at - 2 : at])
            or is_word(text[at + 1 : at + 3])
            or text[at + 2] == "国"  # no names are among the words
            or last == "的"
            or (first in SURNAMES and text[at - 2] in _ROLES)
            or _SPEAKER.match(text, at)
        ):
            continue
        low, high = view.line_bounds(at)
        low, high = max(low, at - _REACH), min(high, at + _REACH)
        line = text[low:high]
        if (
            _SENTENCE.search(line)
            and line.count(" ") * _FEWEST < count_han(line)
            and not belongs(line, at - low, at + 1 - low, roles=names_roles(line))
        ):
            yield Proposal(at, at + 1, "", f"inside the word {first}{last}", 0.9)


def _is_between_pieces(text: str, at: int) -> bool:
    """Whether a space stands between pieces of Chinese: those of one character are words or letters
    set apart, and so may be two short ones.
    """
    before, behind = text[max(0, at - 4) : at], text[at + 1 : at + 5]
    if not (_are_common(before[-2:]) and _are_common(behind[:1])):
        return False
    if not (_are_common(behind[1:2]) or behind[1:2] in tuple(PAUSE_CLASS)):
        return False
    return any(len(piece) == 4 and _are_common(piece) for piece in (before, behind))


def _are_common(characters: str) -> bool:
    """Whether all characters are common Han."""
    return all("\u4e00" <= char <= "\u9fff" for char in characters)
