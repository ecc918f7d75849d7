"""Family N: what several readings of one text decide (`textclean.consensus`).

These rules are asked where readings are merged, and find nothing in one text alone. In their
examples ``‖`` stands between the readings; what is changed is the reading that is best as language.
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.consensus.codes import (
    ADDED,
    BREAK,
    LINE,
    LOST,
    MARK,
    MISREAD,
    OPEN,
    SPACE,
    TIERS,
    WORDS,
)
from textclean.engine.rule import Proposal, View, rule


@rule(
    MISREAD,
    TIERS[MISREAD],
    reason="Other readings of this text have another character here, and are to be believed: more "
    "of them stand together, or they have been right more often, and the text reads better so.",
    reason_zh="同一文本的其他识读结果此处为另一个字，且更可信：更多结果一致，或在本页上更可靠，也更通顺。",
    examples=[
        (
            "患者可考虑党试洗碗，以控制其症状。‖患者可老虑尝试洗碗，以控刮其症状。",
            "患者可考虑尝试洗碗，以控制其症状。",
        ),
        (
            "离开了高品体就不存在，质量因此不变。‖离开了商品体就不存在，质景因此不变。",
            "离开了商品体就不存在，质量因此不变。",
        ),
    ],
    counter_examples=[
        "全市新增床位320张，投入使用。‖全市新增床位820张，投入使用。",
        "患者可考虑尝试洗碗，以控制其症状。‖患者可考虑尝试洗碗，以控制其症状。",
    ],
)
def misread_character(view: View) -> Iterator[Proposal]:
    """``党试`` → ``尝试`` where other readings have it."""
    yield from ()


@rule(
    LOST,
    TIERS[LOST],
    reason="Other readings of this text have characters here that this one lost.",
    reason_zh="同一文本的其他识读结果此处多出文字，本结果漏识。",
    examples=[
        (
            "联合声明强调卡塔尔必须无条执行决定。‖联合声明强调卡塔尔必颈无条件执行决走。",
            "联合声明强调卡塔尔必须无条件执行决定。",
        ),
    ],
    counter_examples=["发展前景十分广阔。‖发展前景十分广阔。"],
)
def lost_in_a_reading(view: View) -> Iterator[Proposal]:
    """``无条执行`` → ``无条件执行``."""
    yield from ()


@rule(
    ADDED,
    TIERS[ADDED],
    reason="This reading has characters here that the others have not: a speck that was read.",
    reason_zh="本识读结果此处多出其他结果没有的文字，多为污点误识。",
    examples=[
        (
            "作出一系列重要批彩示和讲话。‖作出一糸列重要批示和进话。",
            "作出一系列重要批示和讲话。",
        ),
    ],
    counter_examples=["作出一系列重要批示。‖作出一系列重要批示。"],
)
def added_in_a_reading(view: View) -> Iterator[Proposal]:
    """``批彩示`` → ``批示``."""
    yield from ()


@rule(
    MARK,
    TIERS[MARK],
    reason="Two or more independent readings of this text have another mark here, or none.",
    reason_zh="同一文本有两个以上独立的识读结果此处为另一标点，或无标点。",
    examples=[
        (
            "用来表示长度、质量.时间。‖用来表示长度、质量、时闻。‖用来表未长度、质量、时间。",
            "用来表示长度、质量、时间。",
        ),
    ],
    counter_examples=[
        "表示长度、质量、时间。‖表示长度、质量.时间。",
        "会议指出,要落实责任。‖会议指出，要落实责任。",
    ],
)
def mark_outvoted(view: View) -> Iterator[Proposal]:
    """``质量.时间`` → ``质量、时间`` against two."""
    yield from ()


@rule(
    LINE,
    TIERS[LINE],
    reason="A line that this reading lost stands in another one, between what both have.",
    reason_zh="本识读结果漏掉的一行，见于另一结果，且上下文两者一致，可补回原位。",
    examples=[
        (
            "物的有用性使物成为使用价值。\n这种有用性不是飘忽不定的。\n它决定于商品体的厲性，\n"
            "离幵了商品体就不存茬。‖物的有用性使物成为使用价值。\n它决定于商品体的属性，\n"
            "离开了商品体就不存在。",
            "物的有用性使物成为使用价值。\n这种有用性不是飘忽不定的。\n它决定于商品体的属性，\n"
            "离开了商品体就不存在。",
        ),
    ],
    counter_examples=[
        "物的有用性使物成为使用价值。\n它决定于商品体的属性。\n13"
        "‖13\n物的有用性使物成为使用价值。\n它决定于商品体的属性。",
    ],
)
def lost_line(view: View) -> Iterator[Proposal]:
    """A line comes back."""
    yield from ()


@rule(
    OPEN,
    TIERS[OPEN],
    reason="Readings of this text differ here, and neither their reliability nor language decides "
    "between them; the evidence has all candidates.",
    reason_zh="各识读结果此处不一致，可靠性与语言都不足以裁定；依据中列出全部候选。",
    examples=[
        ("全市新增床位320张，投入使用。‖全市新增床位820张，投入使用。", "3"),
    ],
    counter_examples=["全市新增床位320张。‖全市新增床位320张。"],
)
def readings_differ(view: View) -> Iterator[Proposal]:
    """``320`` in one, ``820`` in another."""
    yield from ()


@rule(
    SPACE,
    TIERS[SPACE],
    reason="Two or more independent readings of this text have a space here and this one has none, "
    "or the other way round.",
    reason_zh="同一文本有两个以上独立的识读结果此处有空格而本结果没有，或相反。",
    examples=[
        (
            "用 Git 命 令提交修改内容。‖用 Git 命令提父修改内容。‖用 Git 命令提交修攻内容。",
            "用 Git 命令提交修改内容。",
        ),
    ],
    counter_examples=[
        "请用 Git 命 令提交修改的内容。‖请用 Git 命令提交修改的内容。",
        "请用 Git 命\n令提交内容。‖请用 Git 命令提交内容。‖请用 Git 命令提交内容。",
    ],
)
def space_outvoted(view: View) -> Iterator[Proposal]:
    """A space against two readings that have none."""
    yield from ()


@rule(
    BREAK,
    TIERS[BREAK],
    reason="Another reading of this text has the characters on both sides of this line break side "
    "by side, or a space apart in one line, and breaks where sentences end: the break is the "
    "page's, or the program's. Breaks behind the end of a sentence stay, those behind the number "
    "of a heading, and those of a text that the other has in one line.",
    reason_zh="同一文本的另一识读结果中，此换行两侧的字紧接或在同一行内只隔一个空格，而句末仍换行："
    "换行是版面或程序所致。句末、标题编号后的换行保留；另一结果全文不分行时不据以改动。",
    examples=[
        (
            "第一章 商品\n物的有用性使物成为使用价值，但这种有用\n性不是飘忽不定的。\n"
            "它决定于商品体的属性。"
            "‖第一章 商品\n物的有用性使物成为使用价值，但这种有用性不是飘忽不定的。\n"
            "它决定于商品体的属牲。",
            "第一章 商品\n物的有用性使物成为使用价值，但这种有用性不是飘忽不定的。\n"
            "它决定于商品体的属性。",
        ),
        (
            "常用命令如下。\ngit log\n查看提交的历史记录\n命令可以缩写。\n其余从略。"
            "‖常用命令如下。\ngit log 查看提交的历史记录\n命令可以缩写。\n其余从咯。",
            "常用命令如下。\ngit log 查看提交的历史记录\n命令可以缩写。\n其余从略。",
        ),
    ],
    counter_examples=[
        "床前明月光，\n疑是地上霜。‖床前明月光，疑是地上霜。",
        "第一章 商品\n物的有用性使物成为使用价值。\n它决定于商品体的属性。"
        "‖第一章 商品物的有用性使物成为使用价值。它决定于商品体的属牲。",
    ],
)
def broken_in_a_reading(view: View) -> Iterator[Proposal]:
    """A line break between characters that another reading has side by side."""
    yield from ()


@rule(
    WORDS,
    TIERS[WORDS],
    reason="Another reading of this text has a space where print sets one: between Latin words or "
    "digits, behind the number of a heading, before a leader and behind it, in a page number "
    "between dashes, at a slash beside digits. Of a reading that sees spaces beside Chinese marks, "
    "too, they say nothing.",
    reason_zh="同一文本的另一识读结果在此处有空格，且印刷上通常空开：外文词或数字之间，标题编号之后，"
    "目录引导点前后，两横线之间的页码，数字旁的斜线处。该结果在中文标点旁也有空格的，不据以改动。",
    examples=[
        (
            "用户运行gitcommit命令，提交修改的内容。‖用户运行 git commit 命令，提父修改的内容。",
            "用户运行git commit命令，提交修改的内容。",
        ),
        (
            "第一章总则......1\n第二章物的效用......12"
            "‖第一章 总则...... 1\n第二章 物的效川...... 12",
            "第一章 总则...... 1\n第二章 物的效用...... 12",
        ),
    ],
    counter_examples=[
        "请运行gitcommit命令，提交内容。‖请运行 git commit 命令， 提父内容。",
    ],
)
def words_run_together(view: View) -> Iterator[Proposal]:
    """``gitcommit`` → ``git commit``."""
    yield from ()
