"""Family P, single marks: half-width pauses and stops in Chinese become full-width.

Here a mark becomes the same mark in its Chinese form (GB/T 15834-2011), by what stands around it;
which mark was lost or misread is another question. Everything that is syntax stays: numbers, times,
ratios, code, Latin sentences, Markdown, list markers. The rest of the
family is in `brackets_and_quotes`, `ellipsis_and_dash`, `ocr_marks` and the files about lost marks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, partial

from textclean.engine.rule import BulkProposal, Proposal, View, rule
from textclean.engine.triggers import starting_with
from textclean.rules.context import (
    BESIDE,
    BETWEEN,
    MENTION_OPENINGS,
    WITHIN,
    belongs_to_token,
    in_chinese_sentence,
    in_foreign_brackets,
    in_latin_sentence,
    is_foreign_letter,
    is_latin,
    is_number_like,
    is_spoken_of,
    left_of,
    may_hold_latin_words,
    near_small_vowels,
    outside_references,
    right_of,
    why_chinese,
)
from textclean.text.classes import (
    CLOSING_CLASS,
    COMMON_HAN_CLASS,
    HAN_CLASS,
    PAUSE_CLASS,
    SPACE_CLASS,
    is_chinese,
    is_han,
    occurrences,
)
from textclean.text.compose import is_within
from textclean.text.edit import Tier
from textclean.text.patterns import pattern
from textclean.text.words import is_word

_HAN = f"[{COMMON_HAN_CLASS}]"
# ;) and ;-} are faces.
_NO_FACE = {",": "", ";": r"(?!-?[)}]|>[)）])"}
# Pauses that have Han directly on a side, and the others; what begins a line has no left side.
_BESIDE_HAN, _APART = (
    {half: pattern(f"{half}{face}{where}") for half, face in _NO_FACE.items()}
    for where in (
        f"(?:(?<={_HAN}.)|(?<=[^\r\n].)(?={_HAN}))",
        f"(?<!{_HAN}.)(?:(?!{_HAN})|(?<![^\r\n].))",
    )
)
_BETWEEN_HAN = pattern(f"(?<={_HAN}).(?={_HAN})")

#: Spaces between Chinese characters from which on a line counts as damaged.
_MANY_SPACES = 3
_BETWEEN_CHINESE = pattern(rf"(?<=[{HAN_CLASS}{PAUSE_CLASS}]) +(?=[{HAN_CLASS}])")
_CLAUSE = pattern("[，；。,;]")
_STRINGS = pattern(r'"[,;] ?"')
# Not where a list goes on: 100, 200, 300, 100, 200等.
_THOUSANDS = pattern(
    ", ?[0-9] ?[0-9] ?[0-9](?: ?,[0-9] ?[0-9] ?[0-9])*+(?! ?[0-9]|[等和与及]|[,，] ?[0-9])"
)
_DIGIT = pattern("[0-9] ?\\Z")


def _divides_chinese(view: View, at: int) -> str | None:
    """Why a pause is Chinese that has no Han directly beside it; None if it is not surely."""
    text = view.text
    if at and text[at - 1] in CLOSING_CLASS and not may_hold_latin_words(view):
        return BETWEEN  # the most frequent case
    if is_spoken_of(text, at, at + 1):
        return None
    if is_number_like(text, at - 1) and is_number_like(text, at + 1):
        return None
    if text[at] == "," and _THOUSANDS.match(text, at) and _DIGIT.search(text, max(0, at - 2), at):
        return None  # 2 ,350, 5, 600: one number, torn, or two
    if _STRINGS.match(text, at - 1):
        return None  # "张三", "city": data
    left, right = left_of(view, at), right_of(view, at + 1)
    if left.edge:
        return None
    if left.chinese or right.chinese:
        return why_chinese(view, at, left, right)
    if in_foreign_brackets(text, at):
        return None
    numbers = is_number_like(text, at - 1) or is_number_like(text, at + 1)
    if not numbers and is_foreign_letter(left.char) and is_foreign_letter(right.char):
        return None
    return WITHIN if in_chinese_sentence(view, left.at) else None


@rule(
    "P001",
    Tier.SAFE,
    trigger=",",
    reason="A comma between Chinese clauses is full-width (GB/T 15834-2011 §5.1); OCR and PDF "
    "extraction often leave the half-width form.",
    reason_zh="汉语句内的逗号应为全角（GB/T 15834-2011 §5.1），识别和提取常留下半角形式。",
    examples=[
        ("聚焦重点,我市分批推进,力争早接", "聚焦重点，我市分批推进，力争早接"),
        ("承接医疗救治工作,6名专家巡回指导", "承接医疗救治工作，6名专家巡回指导"),
        ("接种率53.89%,同比增长", "接种率53.89%，同比增长"),
        ("居民健康素养达到xx.x%,xx家医院挂牌", "居民健康素养达到xx.x%，xx家医院挂牌"),
        ("**以项目为契机,打造高地**", "**以项目为契机，打造高地**"),
        ("开展CT,磁共振检查", "开展CT，磁共振检查"),
    ],
    counter_examples=[
        "累计12,345人次",
        "面积2 ,350平方米，利润为5, 600元。",
        "I love 北京, and my brother loves 上海.",
        "调用f(a, b)即可",
        "使用 Word, Excel 和 PPT",
        "`甲,乙`之间",
        "见https://a.cn/b,c",
        'He said, "你好", and left.',
    ],
)
def fullwidth_comma(view: View) -> Iterator[Proposal | BulkProposal]:
    """``,`` → ``，``."""
    return _pauses(view, ",", "，")


@rule(
    "P002",
    Tier.SAFE,
    trigger=";",
    reason="A semicolon between Chinese clauses is full-width (GB/T 15834-2011 §5.1).",
    reason_zh="汉语分句之间的分号应为全角（GB/T 15834-2011 §5.1）。",
    examples=[
        ("建设母婴室15处;有序推进卫生创建", "建设母婴室15处；有序推进卫生创建"),
        ("对上与知名医疗机构对接;对下覆盖村卫生室", "对上与知名医疗机构对接；对下覆盖村卫生室"),
    ],
    counter_examples=[
        "int a; int b; // 计数",
        "甲&nbsp;乙",
        "a;b;c",
        "笑脸;)真好;-}是的",
        "运行show tables;可以看到",
    ],
)
def fullwidth_semicolon(view: View) -> Iterator[Proposal | BulkProposal]:
    """``;`` → ``；``."""
    return _pauses(view, ";", "；")


def _pauses(view: View, half: str, full: str) -> Iterator[Proposal | BulkProposal]:
    text = view.text
    beside = [match.start() for match in _BESIDE_HAN[half].finditer(text)]
    others: list[int] = []
    if len(beside) < text.count(half):
        others = [match.start() for match in _APART[half].finditer(text)]
    beside, others = outside_references(view, beside), outside_references(view, others)
    if half == ";":
        beside = [
            at
            for at in beside
            if not text[at - 1].isascii()
            or not _COMMAND.search(text, max(0, at - _CLAUSE_REACH), at)
        ]
    foreign = {
        at
        for low, high in near_small_vowels(view)
        for at in beside[bisect_left(beside, low) : bisect_left(beside, high)]
        if not _BETWEEN_HAN.match(text, at) and in_latin_sentence(view, at)
    }
    if foreign:
        beside = [at for at in beside if at not in foreign]
    yield BulkProposal(beside, 1, full, BESIDE, beside_han=True)
    for at in others:
        if why := _divides_chinese(view, at):
            yield Proposal(at, at + 1, full, why)


# show tables; select * from t;
_COMMAND = pattern(r"[A-Za-z_]+ [A-Za-z0-9_.*, ]*[A-Za-z0-9_]\Z")

_SHORTCODE = pattern(r":[a-z+-][a-z0-9_+-]*:")
_CLOSING_QUOTES = ("”", "’", "」", "』")
_STRAIGHT = pattern(r"\"[A-Za-z][\w. -]*\Z")


@rule(
    "P003",
    Tier.SAFE,
    trigger=":",
    reason="A colon after Chinese is full-width (GB/T 15834-2011 §5.1). With a space beside it, or "
    "between clauses of a line that has lost marks, it is left alone: it may be a misread "
    "semicolon, or the syntax of a list of settings.",
    reason_zh="汉语后的冒号应为全角。旁边有空格的，或在丢失标点的段落中的不动：它可能是误识的分号，"
    "或是配置语法。",
    examples=[
        ("来源:新华社", "来源：新华社"),
        ("开封:全力推动中医药事业发展", "开封：全力推动中医药事业发展"),
        ("电话:0371-12345", "电话：0371-12345"),
        ("Q:为什么要接种?", "Q：为什么要接种?"),
        ("**重点:**做好防控", "**重点：**做好防控"),
    ],
    counter_examples=[
        "上午10:30开会",
        "比例尺为1:100的图",
        "各类会议上作典型经验交流 :持续深化医共体内涵建设",
        "工作 高楼镇卫生院迁建工程等 项目顺利实施 ,启动万松院区门 诊楼扩建工程:社会力量办医有成效",
        "标题: 总结",
        "[链接]: https://a.cn",
        "| 甲 |\n|:-:|\n| 乙 |",
        "真好:)大家笑了",
        "加油:smile:吧",
        "std::中文",
        '后面没有":"，看见:0.0',
    ],
)
def fullwidth_colon(view: View) -> Iterator[Proposal]:
    """``:`` → ``：``."""
    text = view.text
    shortcodes = {at for m in _SHORTCODE.finditer(text) for at in (m.start(), m.end() - 1)}
    for at in outside_references(view, occurrences(text, ":")):
        if at not in shortcodes and (why := _colon(view, at)):
            yield Proposal(at, at + 1, "：", why)


def _colon(view: View, at: int) -> str | None:
    text = view.text
    before, behind = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if is_han(before) and is_han(behind):
        return None if view.of_line(_has_lost_marks, at) else BETWEEN
    if is_spoken_of(text, at, at + 1):
        return None
    if before in (*SPACE_CLASS, ":", "") or behind in (*SPACE_CLASS, ":", "/", "\\"):
        return None
    if text.startswith("0.0", at + 1) and not text[at + 4 : at + 5].isdigit():
        return None  # 0.0 is a face, :0.0 a display
    if behind == "(" and view.of_line(_last_closed, at) < at - view.line_bounds(at)[0]:
        return None  # :( is a face
    if behind == ")" or (behind in ("(", "-", "D", "P") and not is_chinese(text[at + 2 : at + 3])):
        return None
    if is_number_like(text, at - 1) and is_number_like(text, at + 1):
        return None
    left, right = left_of(view, at), right_of(view, at + 1)
    if left.edge or left.char in "]|" or right.char == "|":
        return None
    if belongs_to_token(text, at) and not left.chinese:
        return None  # http:、https:
    if is_latin(before) and (
        in_foreign_brackets(text, at) if behind in _CLOSING_QUOTES else _is_quoted(text, at)
    ):
        return None  # “Depends:” is quoted to the letter
    return why_chinese(view, at, left, right) if left.chinese or right.chinese else None


def _is_quoted(text: str, at: int) -> bool:
    """Whether what ends at `at` is all that stands between straight quotation marks."""
    return text.startswith('"', at + 1) and bool(_STRAIGHT.search(text, max(0, at - 40), at))


def _last_closed(line: str) -> int:
    """Where the last closing parenthesis stands; -1 if there is none."""
    return line.rfind(")")


def _has_lost_marks(line: str) -> bool:
    """Whether a line of clauses has spaces where marks may have been: the colon may be another."""
    return (
        line.count(" ") >= _MANY_SPACES
        and _CLAUSE.search(line) is not None
        and len(_BETWEEN_CHINESE.findall(line)) >= _MANY_SPACES
    )


@rule(
    "P004",
    Tier.SAFE,
    trigger="!",
    reason="An exclamation mark that ends a Chinese sentence is full-width.",
    reason_zh="汉语句末的叹号应为全角。",
    examples=[
        ("争取早日凯旋!”他说", "争取早日凯旋！”他说"),
        ("为你点赞!", "为你点赞！"),
        ("真的吗?!", "真的吗?！"),
    ],
    counter_examples=[
        "如图![示意图](a.png)",
        "当a != b时",
        "Hello!",
        "5!等于120",
        "!important 样式",
    ],
)
def fullwidth_exclamation(view: View) -> Iterator[Proposal]:
    """``!`` → ``！``."""
    return _ends(view, "!", "！")


@rule(
    "P005",
    Tier.SAFE,
    trigger="?",
    reason="A question mark that ends a Chinese sentence is full-width.",
    reason_zh="汉语句末的问号应为全角。",
    examples=[
        ("问我最多的就是饿不饿?累不累?", "问我最多的就是饿不饿？累不累？"),
        ("你用的是Windows 10?那好", "你用的是Windows 10？那好"),
    ],
    counter_examples=[
        "What is 北京? It is a city.",
        "见http://a.cn/?q=1",
        "搜索?q=中文",
        "a ? b : c",
    ],
)
def fullwidth_question(view: View) -> Iterator[Proposal]:
    """``?`` → ``？``."""
    return _ends(view, "?", "？")


_QUERY = pattern(r"[\w-]+=")
_OPERATORS = ("[", "=", "×", "÷", "+", "*", "/", "^")
_BEGINNINGS = MENTION_OPENINGS + "，、；："
# Where no sentence can end ? stands for a character that an encoding has lost.
_LOST = pattern(
    rf"\?(?:(?<=[{_BEGINNINGS}]\?)\?*+(?=[{HAN_CLASS}])"
    r"|(?<!\?\?)\?++[，、；])"  # one alone searches for a character; a long run is read once
)


def _lines_of_lost(view: View) -> list[tuple[int, int]]:
    """Lines in which ``?`` stands for lost characters."""
    return [view.line_bounds(match.start()) for match in _LOST.finditer(view.text)]


def _ends_chinese(view: View, half: str, at: int) -> str | None:
    """Why a ``!`` or ``?`` ends a Chinese sentence; None if it does not, or not surely."""
    text = view.text
    if text[at + 1 : at + 2] in _OPERATORS or is_spoken_of(text, at, at + 1):
        return None  # ?×3-4=20
    if half == "?" and _QUERY.match(text, at + 1):
        return None
    if text[at - 1 : at] in _WRAPPERS and text[at + 1 : at + 2] in _WRAPPERS:
        return None  # **!** is spoken of
    left, right = left_of(view, at), right_of(view, at + 1)
    if left.direct and left.char in _BEGINNINGS:
        return None  # nothing has begun that could end: ，?像, 「?loppy」
    if half == "?" and is_within(view.once(_lines_of_lost), at):
        return None
    if not left.direct and right.direct and is_latin(right.char):
        return None  # !False
    if left.edge or (not left.direct and text[at - 1] in SPACE_CLASS and not left.chinese):
        return None
    if left.chinese:
        if in_latin_sentence(view, at):
            return None
        return BETWEEN if is_han(left.char) and (right.chinese or right.edge) else BESIDE
    if in_foreign_brackets(text, at):
        return None
    # n!, 5!
    if half == "!" and _VARIABLE.search(text, max(0, at - 2), at):
        return None
    if half == "!" and is_number_like(text, at - 1) and not right.edge:
        return None
    if is_latin(left.char) and not (half == "?" and _asks(text, left.at)):
        return None  # Yahoo!, println!, empty?: the mark may belong to the word
    if (right.chinese or right.edge) and in_chinese_sentence(view, left.at):
        return WITHIN
    return None


def _asks(text: str, at: int) -> bool:
    """Whether the clause before `at` has a word that asks."""
    return bool(_ASKING.search(text, max(0, at - _CLAUSE_REACH), at))


_CLAUSE_REACH = 40
_ASKING = pattern(
    "(?:[吗嗎呢谁誰哪几幾么麼]|怎|如何|是否|为何|為何|何[时時处處]|多少|难道|難道|为啥|"
    "(.)[不没沒]\\1|[是能会會]不[是能会會])[^，。；！？,;\r\n]*\\Z"
)
_WRAPPERS = ("*", "_", "~", '"', "'")
_VARIABLE = pattern(r"(?<![A-Za-z])[a-z]\Z")


def _ends(view: View, half: str, full: str) -> Iterator[Proposal]:
    for at in occurrences(view.text, half):
        if why := _ends_chinese(view, half, at):
            yield Proposal(at, at + 1, full, why)


#: A dot of no Latin word, number or ellipsis, behind what may end a sentence.
_STOP = pattern(rf"(?<=[{HAN_CLASS}{CLOSING_CLASS}%％0-9])\.(?:(?![.\w])|(?=[{COMMON_HAN_CLASS}]))")
#: What a heading or an item is counted by.
_COUNTED = pattern(
    rf"(?:^|[{PAUSE_CLASS}{SPACE_CLASS}.,;:])[（(【]?[一二三四五六七八九十0-9]{{1,3}}[）)】]?\Z"
)
_NUMBER = pattern(r"([图表式章节第条项款件注例]?)([0-9]+(?:\.[0-9]+)?)\Z")
#: A clause before a stop inside a line and the next one: longer than a name or a setting.
_CLAUSE_BEFORE = pattern(
    rf"(?:[{COMMON_HAN_CLASS}0-9%％（）“”《》\"]"
    r"|(?<=[0-9])\.(?=[0-9])|\.(?=[”\"])){5}\Z"
)
_CLAUSE_BEHIND = pattern(
    rf"[”’」』）\"]? ?[“《（]?([{COMMON_HAN_CLASS}]{{2}})([{COMMON_HAN_CLASS}]{{2}})?"
)
_DOMAIN = pattern(rf"(?:中国|公司|网络|政务|公益|集团)(?:的|[^{COMMON_HAN_CLASS}]|\Z)")
#: How a line ends whose stops are dots, and what may stand behind the last.
_BEHIND_LAST = f"[”’」』）*_{SPACE_CLASS}]*"
_DOT_AT_END = pattern(rf"(?<=[{COMMON_HAN_CLASS}{CLOSING_CLASS}%％])\.{_BEHIND_LAST}\Z")
_TO_END = pattern(rf"{_BEHIND_LAST}(?=[\r\n]|\Z)")
#: What ends a clause and no name, and what begins one.
_LAST = "了的着过吗呢吧啊呀说"
_FIRST = "我你他她它这那此该其但而并且若如因所从在当对为今"


@rule(
    "P011",
    Tier.SUGGESTED,
    trigger=starting_with(".", r"(?<=[^\x00-$&-/:-\x7f].)(?![.0-9A-Za-z_])"),
    reason="A full stop that ends a Chinese sentence is 。; a dot behind Chinese may also number a "
    "heading or be a misread ·, so this is only suggested, and inside a line only where words "
    "stand on both sides or the line itself ends with such a stop.",
    reason_zh="汉语句末的句点应为“。”；汉字后的点也可能是序号或误识的间隔号，故只作建议；行中的点，"
    "只有两侧都是词语或该行也以句点结尾时才改。",
    examples=[
        ("全市医疗救治工作圆满完成.", "全市医疗救治工作圆满完成。"),
        ("工业生产稳步回升.居民收入继续增加.", "工业生产稳步回升。居民收入继续增加。"),
        ("完成率达到95%.下一步继续推进.", "完成率达到95%。下一步继续推进。"),
        ("请见附件（一）.谢谢.", "请见附件（一）。谢谢。"),
    ],
    counter_examples=[
        "一.加强领导",
        "（一）.加强组织领导，落实各项责任。",
        "约翰.史密斯",
        "会议会见了美国前总统约翰.史密斯和夫人。",
        "共计3.5万",
        "见a.cn.",
        "等等...",
        "主要措施有1.加强领导2.落实责任。",
        "请访问新闻网站.中国的主页。",
    ],
)
def fullwidth_stop(view: View) -> Iterator[Proposal]:
    """``.`` → ``。``."""
    text = view.text
    has_dots = cache(partial(_has_dots, text))
    for match in _STOP.finditer(text):
        at = match.start()
        low, high = view.line_bounds(at)
        if _COUNTED.search(text[max(low, at - 8) : at]):
            continue
        if _TO_END.match(text, at + 1):
            is_stop = at >= _SHORTEST and (
                all(map(is_han, text[at - 4 : at]))
                or _has_stops(text, low, at, has_dots(low, high))
            )
            why = "ends a line of Chinese"
        else:
            is_stop = _ends_sentence(text, low, at, has_dots(low, high))
            why = "between two clauses"
        if is_stop and in_chinese_sentence(view, at):
            yield Proposal(at, at + 1, "。", why, 0.9)


_SHORTEST = 8


def _has_dots(text: str, start: int, end: int) -> bool:
    """Whether a line ends its sentences with dots."""
    return text.find("。", start, end) < 0 and bool(_DOT_AT_END.search(text, start, end))


def _has_stops(text: str, low: int, high: int, has_dots: bool) -> bool:
    dots = _STOP.finditer(text, low, high)
    return any(_ends_sentence(text, low, dot.start(), has_dots) for dot in dots)


def _ends_sentence(text: str, low: int, at: int, has_dots: bool) -> bool:
    """Whether a dot inside a line ends a sentence: it stands between clauses, not in a name."""
    behind = _CLAUSE_BEHIND.match(text, at + 1)
    if behind is None or not _CLAUSE_BEFORE.search(text, max(low, at - 5), at):
        return False
    if _DOMAIN.match(text, at + 1):
        return False
    before = text[at - 1]
    if before.isdigit():
        number = _NUMBER.search(text, max(low, at - 12), at)
        return has_dots and number is not None and not number[1] and _is_amount(number[2])
    if not is_han(before):
        return has_dots or behind[2] is not None
    ends = before in _LAST or is_word(text[at - 2 : at])
    begins = behind[1][0] in _FIRST or is_word(behind[1])
    return (ends or begins) if has_dots else (ends and begins and behind[2] is not None)


def _is_amount(number: str) -> bool:
    """Whether a number before a dot can hardly be that of an item in a line."""
    return "." in number or int(number) > 20
