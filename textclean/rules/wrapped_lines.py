"""Family L inside one text: line breaks, spaces and dashes that the page made, not the writer.

The stage comes before punctuation, because what a space or mark at a line's end was is a question
about whole paragraphs. Lines torn at a mark (`“三道难关”` / `。有二`) are mended first. A blank
line between joined lines is an edit of its own between two blocks, as those that collapse blank
lines. Rules that would change the reading order are in `broken_paragraphs`, and only report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import Trigger, starting_with
from textclean.layout import right_edge
from textclean.layout.letterspacing import stray_gaps, wide_gaps
from textclean.layout.lines import runs
from textclean.layout.paragraphs import Break, breaks
from textclean.layout.running_heads import heads_by_place
from textclean.layout.torn_layer import Tear, tears
from textclean.punctuation.evidence import Evidence, spaces_of
from textclean.text.classes import HAN_CLASS, SPACE_CLASS
from textclean.text.edit import Tier
from textclean.text.kinds.document import Border
from textclean.text.patterns import pattern
from textclean.text.words import english_words

_WRAPPED = (
    "近年来，市中心医院不断完善急诊急救体系，\n"
    "建立院前院内信息共享平台，缩短患者等候时\n"
    "间。医院还与县区医院签订协议，由专家定期\n"
    "下乡坐诊，让群众在家门口就能得到优质的医\n"
    "疗服务。\n"
    "今年上半年，全市共完成家庭医生签约服务三\n"
    "十余万人次。"
)
_PAGE_NUMBER = pattern(
    rf"(?<![^\r\n])[{SPACE_CLASS}]*(一( ?)[0-9]{{1,4}}\2一)[{SPACE_CLASS}]*(?![^\r\n])"
)
_FLOWING = _WRAPPED.replace("\n", "").replace("今年", "\n今年")


@rule(
    "L001",
    Tier.SUGGESTED,
    trigger=starting_with("\n", "(?<=[^\x00-\x0c\x0e-\x1f!-/:-@\\[-`{-\x7f。！？…]\n)"),
    reason="A line that ends in mid-sentence at the width of its column was broken by the page; "
    "the paragraph goes on. Headings, captions, lists, verse and the ends of paragraphs keep their "
    "breaks. Each text is judged as a whole: by widths, indents, blank lines and by what the "
    "characters at a break say.",
    reason_zh="行在栏宽处断开而句子未完，是版面所断，段落接着往下；标题、图注、列表、诗行和段尾的"
    "换行保留。按行宽、缩进、空行和断处前后的字，就全文一并判断。",
    examples=[(_WRAPPED, _FLOWING)],
    counter_examples=[
        "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。",
        "第一行  \n第二行",
        "姓名：张三\n单位：市人民医院\n电话：12345",
        "北京市海淀区\n中关村大街一号\n张三收",
        "总体情况良好，各项工作稳步推进。\n存在的问题也不容忽视，要认真整改。",
    ],
)
def wrapped_line(view: View) -> Iterator[Proposal]:
    """Line breaks within a paragraph → nothing, or one space between Latin words."""
    text = view.text
    spans = list(runs(text, view.blocks, view.protected, 2, heads_by_place(text)))
    found = {where.start: where for where in right_edge.breaks(text, spans)}
    found |= {where.start: where for span in spans for where in breaks(text, *span)}
    if not found or view.once(_tears):
        return  # of a torn page the lines are not known yet
    for _, where in sorted(found.items()):
        if not _may_be_hole(view, where.start):
            yield from _join(text, where)


def _may_be_hole(view: View, end: int) -> bool:
    """Whether a character may have been lost at a line's end, as others were in the text.

    Its place is then a space more than the lines of the text end in.
    """
    spaces = _LAST_SPACES.match(view.text, end)
    return (
        spaces is not None
        and len(spaces.group()) > view.once(_spaces_at_ends)
        and (view.once(spaces_of).strange or view.once(Evidence).holes)
    )


def _spaces_at_ends(view: View) -> int:
    """How many spaces most lines of a text end in."""
    counts = Counter(len(match.group()) for match in _LINE_END.finditer(view.text))
    return max(counts, key=lambda number: (counts[number], -number), default=0)


_LAST_SPACES = pattern(rf"[{SPACE_CLASS}]+(?=[\r\n])")
_LINE_END = pattern(rf"(?<=[^\s])[{SPACE_CLASS}]*(?=[\r\n])")
_WORD_BEFORE = pattern(r"[A-Za-z0-9,.;:!?)%'’]\Z")
_WORD_BEHIND = pattern(r"[A-Za-z0-9($'‘]")
_HYPHENED = pattern(r"[a-z]{2}-\Z")
_GOES_ON = pattern(r"[a-z]{2}")
# From the first line break to the last, where there are two.
_BREAK = r"(?:\r\n|[\r\n])"
_BLANK = pattern(rf"{_BREAK}[{SPACE_CLASS}]*+(?:{_BREAK}[{SPACE_CLASS}]*+)*{_BREAK}")


def _join(text: str, where: Break) -> Iterator[Proposal]:
    """The edits that join two lines; a blank line between them belongs to neither block."""
    start, end, probability, width = where
    before, behind = text[max(0, start - 3) : start], text[end : end + 2]
    if _HYPHENED.search(before) and _GOES_ON.match(behind):
        start, after = start - 1, ""
    else:
        latin = _WORD_BEFORE.search(before[-1:]) and _WORD_BEHIND.match(behind)
        digits = before[-1:].isdigit() and behind[:1].isdigit()
        after = " " if latin and not digits else ""
    why = f"a full line of {width:.0f} columns, whose paragraph goes on"
    yield from _put(text, start, end, after, why, probability)


def _put(
    text: str, start: int, end: int, after: str, why: str, confidence: float
) -> Iterator[Proposal]:
    """The edits that put something in place of a break; a blank line in it is of neither block."""
    gap = _BLANK.search(text, start, end)
    first, last = gap.span() if gap else (start, end)
    for low, high, put in ((start, first, ""), (first, last, after), (last, end, "")):
        if low < high:
            yield Proposal(low, high, put, why, confidence, end)


@rule(
    "L002",
    Tier.SUGGESTED,
    trigger=(
        starting_with(" ", "(?<=[^\x00-\x7f].)[^\x00-\x7f]{1,5} +(?=[^\x00-\x7f])"),
        starting_with(
            "\u3000",
            "(?<=[^\x00-\x7f\u3000].)[^\x00-\x7f\u3000]{1,5}[ \u3000]+(?=[^\x00-\x7f\u3000])",
        ),
    ),
    reason="A tokenizer and the text layer of a scanned page have a space between words, a "
    "justified line between characters; they say nothing. Such a line is known by words and marks "
    "that stand alone as only sentences have them, by characters that are words without the spaces,"
    " or by its neighbours. Titles, bylines, lists and names keep their spaces.",
    reason_zh="分词程序和扫描件文字层的词间有空格，两端对齐的行被空格撑开，都无意义。虚词和标点独立、"
    "去掉空格即成词的行，或与之相邻的行，空格全删；标题、署名、清单、人名的空格保留。",
    examples=[
        ("高 龄 、 有 脑 梗 史", "高龄、有脑梗史"),
        (
            "加 强 社会 保障 和 服务 。 稳 步 实施 企 业 职工 基本 养老 保险 全 国 统",
            "加强社会保障和服务。稳步实施企业职工基本养老保险全国统",
        ),
        (
            "市气象台 昨天 发布 了 大风 预警 ， 提醒 市民 减少 外出 。",
            "市气象台昨天发布了大风预警，提醒市民减少外出。",
        ),
        (
            "加强组织领导。\n- 领 导 干部 要 加强 学习 ， 提高 认识 。",
            "加强组织领导。\n- 领导干部要加强学习，提高认识。",
        ),
    ],
    counter_examples=[
        "记者 陈志强 通讯员 刘芳",
        "首页 要闻 时政 财经 健康 视频 客户端",
        "大美汝州 王 庆 摄",
        "甲 乙 丙 丁 戊 己 庚 辛",
        "抓住 最多跑一次 改革机遇期 提高效能",
        "赵 钱 孙 李 周 吴 郑 王",
        "茯苓 人参 白术各三两，水煎服。",
    ],
)
def wide_set_line(view: View) -> Iterator[Proposal]:
    """Spaces between the words or characters of a line that has one between any two → nothing."""
    for start, end in wide_gaps(view.text, view.once(spaces_of).set_apart):
        yield Proposal(start, end, "", "a line whose words are set apart", 0.95)


@rule(
    "L003",
    Tier.SUGGESTED,
    trigger=starting_with(" ", r"(?<=[^\x00-$&-/:-@\[-`{-\x7f].)(?=[^\x00-/:-@\[-`{-\x7f])"),
    reason="Who sets a space between Chinese and digits or Latin letters sets it throughout. Where "
    "a text mostly has none, extraction has put in the others, from what the page shows as a "
    "narrow gap.",
    reason_zh="汉字与数字、西文之间若留空格，应通篇如此；全文多半不留而少数有的，是提取时把版面的窄隙"
    "当成了空格。",
    examples=[
        (
            "全市16个区县的22家医院共有医生5000人，占47%以上，4 位专家带队，20 多天完成了手术。",
            "全市16个区县的22家医院共有医生5000人，占47%以上，4位专家带队，20多天完成了手术。",
        )
    ],
    counter_examples=[
        "使用 Python 3 编写，在 Linux 上运行，约 20 行代码，耗时 3 秒。",
        "新的 Model 3 支持 3D 显示，2021年立项，2023年上线，共3天，需要 600KW 的 CPU 功率。",
        "2 结果\n全市16个区县22家医院共5000人，占47%以上",
        "2020-08-10 11:20 来源：江南网 阅读 1.2万 评论 36",
        "表现为1、听力下降 2、耳鸣，全市16个区县的22家医院有医生5000人，占47%以上，20多天做完。",
        "一、受贿犯罪 2011年11月，被告人在任16个月，12次收受5家单位钱款47万元，占80%以上。",
        "我们使用 Vite 构建，2021年立项，2023年上线，共3天完成迁移，比 Webpack 省下20多分钟。",
    ],
    options={"latin_space": "keep"},
    enabled=lambda config: config.latin_space == "keep",
)
def stray_space(view: View) -> Iterator[Proposal]:
    """``20 多家`` → ``20多家`` in a text that has no such spaces elsewhere."""
    text = view.text
    for start, end in stray_gaps(text):
        if _divides(view, start, end):
            continue
        before = text[max(0, start - _WORD_REACH) : start][::-1]
        letters = _LETTERS_BEHIND.match(text, end) or _LETTERS_BEFORE.match(before)
        habit = view.kind.habit(Border.LETTER if letters else Border.DIGIT)
        if habit.spaced <= habit.tight and not _TWO_NUMBERS.search(
            text, max(0, start - 8), end + 1
        ):
            yield Proposal(start, end, "", "the text has no space there elsewhere", 0.9)


def _divides(view: View, start: int, end: int) -> bool:
    """Whether a space stands where something begins: behind a heading or a number, before a date.

    一、受贿犯罪 2011年11月，宾馆反馈 2008年3月14日, 优点：1 房间大.
    """
    text = view.text
    return bool(
        _YEAR.match(text, end)
        or _ITEM.search(text, max(0, start - 3), end)
        or _NEXT_ITEM.match(text, end)
        or _HEAD.fullmatch(text, view.line_bounds(start)[0], start)
    )


_YEAR = pattern("[12][0-9]{3}年")
_ITEM = pattern(r"：[0-9]{1,2} \Z")
# 听力下降 2、耳鸣 3、眩晕: the number of an item; 5、6 are two numbers.
_NEXT_ITEM = pattern(r"[0-9]{1,2}[、．）)](?![0-9])")
_HEAD = pattern(rf"[（(]?[一二三四五六七八九十]{{1,3}}[、.）)][{HAN_CLASS}]{{1,12}}+")
# 3D, 600KW and Model 3 are no numbers but words.
_WORD_REACH = 24
_LETTERS_BEHIND = pattern("[!-~]*?[A-Za-z]")
_LETTERS_BEFORE = pattern("[!-~]*?[A-Za-z]|[!-~]+ [!-~]*?[A-Za-z]")
# 容积3 十多层, C++98 多了: a number and another word.
_TWO_NUMBERS = pattern(
    r"(?:[0-9] +[一二三四五六七八九十两廿卅]|[A-Za-z][+#_./-]*[0-9.]+ +[多余几来])\Z"
)


@rule(
    "L004",
    Tier.SUGGESTED,
    trigger=Trigger(rf"一 ?[0-9]{{1,4}} ?一(?![^{SPACE_CLASS}\r\n])"),
    reason="A page's number stands between two dashes (GB/T 9704-2012 §7.5: — 21 —), which "
    "recognition takes for the numeral 一. On a line of its own such a number is a page's. Hyphens "
    "stay: word processors print - 21 -.",
    reason_zh="页码左右各放一条一字线（GB/T 9704-2012 7.5），常被识别成“一”。"
    "独占一行的这种数字是页码。连字符不动：文字处理软件的页码就是“- 21 -”。",
    examples=[
        ("三、存在的问题\n\n一 21 一\n\n今年以来，", "三、存在的问题\n\n— 21 —\n\n今年以来，"),
        ("进一步加强建设。\n一24一", "进一步加强建设。\n— 24 —"),
    ],
    counter_examples=[
        "第三条 国家保护。\n- 17 -\n第四条 国家保护。",
        "进一步加强建设。\n－24－",
        "进一步加强建设。\n—24—\n其他事项见附件。",
        "全年完成一 21 一类项目",
        "— 21 —\n今年以来，",
        "得分\n21-24\n-3",
        "一24一",
        "一 21 —\n今年以来，",
    ],
)
def page_number_dashes(view: View) -> Iterator[Proposal]:
    """``一24一`` on a line of its own → ``— 24 —``."""
    text = view.text
    for match in _PAGE_NUMBER.finditer(text):
        number = f"— {match.group(1).strip('一 ')} —"
        if match.group(1) != text.strip():
            yield Proposal(*match.span(1), number, "a page's number on a line of its own", 0.9)


_BROKEN_WORD = pattern(
    r"(?<![A-Za-z-])([A-Za-z][a-z]+)(-(?:\r\n|[\r\n])[ \t]{0,3})([a-z]{2,})(?![A-Za-z-])"
)


@rule(
    "L005",
    Tier.SUGGESTED,
    trigger=starting_with("-", r"(?<=[a-z].)(?:\r\n|[\r\n])[ \t]{0,3}[a-z]{2}"),
    reason="A hyphen at a line's end divides an English word where what both halves make is one: "
    "in a list of words, or elsewhere in the text without a hyphen.",
    reason_zh="行末连字符两侧拼合后是英文单词（见于词表，或在文中别处不带连字符出现）的，是排版断词，应当拼合。",
    examples=[
        ("The infor-\nmation system is ready.", "The information system is ready."),
        ("该刊提出 manage-\nment 的概念。", "该刊提出 management 的概念。"),
        (
            "Phlogisticated air. He weighed the phlogisti-\ncated air again.",
            "Phlogisticated air. He weighed the phlogisticated air again.",
        ),
    ],
    counter_examples=[
        "This is a well-\nknown method.",
        "A state-of-the-\nart system.",
        "# Infor-\nmation",
        "options: -\nall of them",
    ],
)
def hyphenated_word(view: View) -> Iterator[Proposal]:
    """``infor-`` / ``mation`` → ``information``."""
    text = view.text
    for match in _BROKEN_WORD.finditer(text):
        joined = (match.group(1) + match.group(3)).lower()
        if text[view.line_bounds(match.start())[0]] in "#|":
            continue
        if joined in english_words() or joined in view.once(_english_words_here):
            yield Proposal(*match.span(2), "", f"{joined} is a word", 0.9)


def _english_words_here(view: View) -> frozenset[str]:
    """The longer English words of a text, in small letters."""
    return frozenset(word.lower() for word in _LONG_WORD.findall(view.text))


_LONG_WORD = pattern("(?<![A-Za-z-])[A-Za-z]{6,}(?![A-Za-z-])")


_TORN = (
    "本办法规定了档案（\n纸质、\n电子、\n实物等）\n的保管期限，\n"
    "自2\n0\n2\n1\n年 7\n月 1\n日起施行，\n"
    "由县、\n市、\n省三级主管部门负责，\n并按3\n.\n2条（\n附录）\n抽查。"
)
_WHOLE = (
    "本办法规定了档案（纸质、电子、实物等）的保管期限，自2021年 7月 1日起施行，"
    "由县、市、省三级主管部门负责，并按3.2条（附录）抽查。"
)


@rule(
    "L006",
    Tier.SUGGESTED,
    trigger=(
        starting_with("\n", "(?<=[、（《“‘〔]\n)"),
        starting_with("\n", "(?<=[、（《“‘〔][ \r]\n)"),
        starting_with("\n", r"[^\r\n]{1,2}\r?\n[^\r\n]{1,2}\r?\n"),
        starting_with("\n", r"[0-9A-Za-z(][!-~]{0,7} \r?\n"),
    ),
    reason="The text layer that old recognition left in a scanned page comes with a break between "
    "any two digits and behind every comma. A page is known by that: most of its commas and list "
    "commas end lines, or numbers stand in pieces with their points on lines of their own. Digits "
    "are put beside digits, marks behind what they mark, units behind their numbers; where a "
    "number may be two, a clause's among them, the break stays.",
    reason_zh="旧式识别软件留在扫描件里的文字层，数字逐个断行，逗号、顿号、前括号之后必断。"
    "全页多半如此方予认定；数字与数字、标点与所属文字、量词与数目相接。分不清是一个数还是"
    "两个数（如紧跟条款号）时，保留换行。",
    examples=[(_TORN, _WHOLE)],
    counter_examples=[
        "苹果、\n香蕉、\n葡萄、\n橙子",
        "5\n3\n4\n/\n2\n1\n3\n/\n5",
        "春风又绿江南岸，\n明月何时照我还。\n停车坐爱枫林晚，\n霜叶红于二月花。",
    ],
)
def torn_line(view: View) -> Iterator[Proposal]:
    """``１⏎９⏎９⏎４⏎年`` → ``1994年``, ``长度、⏎质量、⏎面积`` → ``长度、质量、面积``."""
    for start, end, within, after in view.once(_tears):
        why = "a number or word in pieces" if within else "a line torn at a mark"
        yield from _put(view.text, start, end, after, f"{why}, as on the whole page", 0.95)


def _tears(view: View) -> Sequence[Tear]:
    """The breaks within torn lines that touch nothing protected."""
    return [
        tear
        for tear in tears(view.text)
        if not any(start < tear.end and tear.start < end for start, end in view.protected)
    ]
