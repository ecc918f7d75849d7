"""Protected spans: every kind beside its double in prose, switches, what is left open, and time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import texts
from textclean.text.protect import protected_spans


def _protected(text: str) -> list[str]:
    return [text[start:end] for start, end in protected_spans(text)]


@given(texts)
def test_spans_are_sorted_disjoint_and_not_empty(text: str) -> None:
    spans = protected_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < behind[0] for before, behind in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        # Inline code: a run of backticks pairs with the next of its length in the paragraph.
        ("运行`ls,甲`命令", ["`ls,甲`"]),
        ("用``a`b,``表示", ["``a`b,``"]),
        ("甲`a,\n乙,`丙", ["`a,\n乙,`"]),
        # Fences, closed or not, with blank lines in them.
        ("甲,乙\n```\n丙,丁\n\n戊,己\n```\n庚,辛", ["```\n丙,丁\n\n戊,己\n```"]),
        ("~~~ text\n甲,乙\n~~~", ["~~~ text\n甲,乙\n~~~"]),
        ("> ```\n> 甲,乙\n> ```\n", ["> ```\n> 甲,乙\n> ```"]),
        ("甲\n```\n乙,丙\n\n丁", ["```\n乙,丙\n\n丁"]),
        # Front matter.
        ("---\ntitle: 甲,乙\n---\n丙,丁", ["---\ntitle: 甲,乙\n---"]),
        ("+++\ntitle = '甲,乙'\n+++\n丙", ["+++\ntitle = '甲,乙'\n+++"]),
        # Tags, elements whose content is no prose, comments, entities.
        ('<a href="x" title="甲,乙">丙,丁</a>', ['<a href="x" title="甲,乙">', "</a>"]),
        ("甲<br/>乙", ["<br/>"]),
        ("<pre>甲,乙</pre>丙,丁", ["<pre>甲,乙</pre>"]),
        ("<SCRIPT>甲,\n乙</script >丙", ["<SCRIPT>甲,\n乙</script >"]),
        ("<code>甲<b>乙,</b></code>丙", ["<code>甲<b>乙,</b></code>"]),
        ("甲<!-- 乙,\n\n丙 -->丁", ["<!-- 乙,\n\n丙 -->"]),
        ("甲<!-- 乙,丙", ["<!-- 乙,丙"]),
        (
            "甲<!DOCTYPE html>乙<?xml version='1.0'?>丙",
            ["<!DOCTYPE html>", "<?xml version='1.0'?>"],
        ),
        ("甲&nbsp;乙&#12288;丙&#x3000;丁", ["&nbsp;", "&#12288;", "&#x3000;"]),
        # Addresses, with Chinese right beside them.
        ("见https://a.cn/b,c?d=e;f 甲", ["https://a.cn/b,c?d=e;f"]),
        ("网址：www.gov.cn/甲", ["www.gov.cn/"]),
        ("写信给mailto:a@b.cn。", ["mailto:a@b.cn"]),
        ("图data:image/png;base64,iVBO。", ["data:image/png;base64,iVBO"]),
        ("邮箱zhang.san+a@mail.gov.cn,电话", ["zhang.san+a@mail.gov.cn"]),
        ("见example.com/a:b,乙", ["example.com/a:b"]),
        ("见a.gov.cn:8080/x;乙", ["a.gov.cn:8080/x"]),
        # What belongs to the sentence is not part of the address.
        ("(见http://a.cn/b).", ["http://a.cn/b"]),
        ("(见http://a.cn/b_(c)),", ["http://a.cn/b_(c)"]),
        ("http://a.cn/!?,.", ["http://a.cn/"]),
        # Paths.
        ("放在/usr/local/a,b中", ["/usr/local/a"]),
        ("改./a/b.txt,再改../c", ["./a/b.txt", "../c"]),
        ("在~/work:甲", ["~/work"]),
        ("见docs/rules.md:甲", ["docs/rules.md"]),
        ("放在src/textclean/text,", ["src/textclean/text"]),
        (r"打开C:\Users\a,乙", [r"C:\Users\a"]),
        (r"共享\\server\share,乙", [r"\\server\share"]),
        ("见C:/a/b,乙", ["C:/a/b"]),
        # Links: the target, not the words.
        ("见[甲,乙](https://a.cn/b,c)丙", ["](https://a.cn/b,c)"]),
        ('见[甲](a_(b).md "题,名")丙', ['](a_(b).md "题,名")']),
        ("见[甲](<甲 乙,.md>)丙", ["](<甲 乙,.md>)"]),
        ("见[甲,乙][丙,丁]", ["][丙,丁]"]),
        ("[甲,乙]: a.md\n", ["[甲,乙]: a.md"]),
        # Formulas.
        ("设$x_1,x_2;n$为", ["$x_1,x_2;n$"]),
        (r"则\(a,b\)为", [r"\(a,b\)"]),
    ],
)
def test_what_is_no_prose_is_protected(text: str, spans: list[str]) -> None:
    assert _protected(text) == spans


@pytest.mark.parametrize(
    "text",
    [
        "聚焦重点,我市分批推进;力争早接:好!",
        # Marks that only look like the beginning of something.
        "甲`乙,丙",
        "甲`乙,\n\n丙`丁",
        "甲`乙,\n\u200b\u3000\n丙`丁",
        "甲``乙`丙",
        "甲 ``` 乙,丙",
        "---\n甲,乙\n---\n",
        "正文\n\n---\ntitle: 甲\n---",
        "---\ntitle: 甲,乙\n",
        "++\n甲 = 乙\n++",
        "3<5,甲>乙",
        "甲 < 乙,丙 > 丁",
        "<全市,卫生>",
        "A&B;甲",
        "甲&乙;丙",
        "R&D,甲",
        "甲://乙,丙",
        "他说data: 甲,乙",
        "www.,甲",
        "小数3.5,约翰.史密斯,甲",
        "v1.2.3,甲",
        "a@b,甲",
        "@张三,甲@乙",
        "2021/7/8,甲",
        "1/2,甲/乙,和/或",
        "km/h,甲",
        "甲\\乙,丙",
        "比分C:甲",
        "[甲,乙](丙,丁",
        "[甲,乙] (丙)",
        "(甲)[乙]",
        "甲[乙,丙]丁",
        "[]甲,乙",
        "收入$5,支出$6",
        "{甲,乙}",
        "{{甲,乙}",
        "~~甲,乙~~",
        "<>甲,乙",
        "上午10:30,甲",
        "后缀.cn,甲",
        "他用COVID-19/HIV,甲",
        "http:甲,乙",
        "甲\\(乙,丙",
        "价格是$5，后来$6。",
        "正文textclean: 甲",
        "textclean: offset",
        "用 textclean: off 可以关闭",
        "正文，textclean: off\n甲,乙",
    ],
)
def test_prose_is_not_protected(text: str) -> None:
    assert _protected(text) == []


_SWITCHED = "<!-- textclean: off -->\n甲,乙\n\n丙,丁\n<!-- textclean: on -->"


def test_switches_protect_what_stands_between_them() -> None:
    assert _protected(f"前,文\n{_SWITCHED}\n后,文") == [_SWITCHED]
    assert _protected(f"{_SWITCHED}\n中,间\n{_SWITCHED}") == [_SWITCHED, _SWITCHED]


@pytest.mark.parametrize(
    "mark", ["\ufeff", "\ufeff\ufeff", "\u200b", "\u2060\u200e", "\u00ad", "\x01"]
)
@pytest.mark.parametrize(
    "syntax",
    [
        "```\n甲,乙\n```",
        "---\ntitle: 甲\n---",
        "+++\ntitle = 甲\n+++",
        "[甲,乙]: a.md",
        "<!-- textclean: off -->\n甲\n<!-- textclean: on -->",
    ],
)
def test_a_mark_at_the_head_of_a_text_hides_nothing_and_stays_open_to_repair(
    mark: str, syntax: str
) -> None:
    assert _protected(f"{mark}{syntax}\n丙,丁") == [syntax]


@pytest.mark.parametrize("mark", ["\ufeff", "\u200b", "\x01"])
def test_a_mark_at_the_head_of_a_line_opens_and_closes_no_other_fence(mark: str) -> None:
    fence = f"```\n甲,乙\n{mark}```"
    assert _protected(f"前,文\n{mark}{fence}\n后,文\n\n{mark}{fence}\n末") == [fence, fence]


def test_backticks_of_a_fence_never_pair_with_those_of_prose() -> None:
    text = "甲`乙,\n```\n丙`丁\n```\n戊,`己"
    assert _protected(text) == ["```\n丙`丁\n```"]


_CODE = st.lists(st.sampled_from(["`", "``", "```x", "甲", "\n", "\n\n", ",", "\r\n"]), max_size=14)


@given(_CODE.map("".join).filter(lambda text: "```" not in text))
def test_code_pairs_as_a_reader_pairs_it(text: str) -> None:
    expected: list[tuple[int, int]] = []
    offset = 0
    for paragraph in _paragraphs(text):
        runs: list[tuple[int, int]] = []
        for at, char in enumerate(paragraph):
            if char == "`" and runs and runs[-1][1] == at:
                runs[-1] = runs[-1][0], at + 1
            elif char == "`":
                runs.append((at, at + 1))
        while runs:
            start, end = runs.pop(0)
            closing = [run for run in runs if run[1] - run[0] == end - start]
            if closing:
                expected.append((offset + start, offset + closing[0][1]))
                runs = [run for run in runs if run > closing[0]]
        offset += len(paragraph)
    merged: list[tuple[int, int]] = []
    for span in expected:
        if merged and merged[-1][1] == span[0]:
            merged[-1] = merged[-1][0], span[1]
        else:
            merged.append(span)
    assert protected_spans(text) == merged


def _paragraphs(text: str) -> list[str]:
    """The text cut behind every blank line."""
    paragraphs = [""]
    for line in text.splitlines(keepends=True):
        paragraphs[-1] += line
        if not line.strip():
            paragraphs.append("")
    return paragraphs


# What, repeated, makes a pattern that looks ahead or gives back take the square of the time, or
# more. Nothing is timed: at this length such a pattern would not come to an end.
_REPEATED = [
    "(", "[", "`", "<", "/", ".", "@", " ", "-", "\\", "$", "~", "&", "{", "|", ":", "*", "#",
    "a.", "a/", "1/", "a@a.", "](", "](<", "][", "[[", "]: ", "<pre>", "<a ", "</", "<!-", "&a",
    "&#", "$a", "$$", "\\(", "\\\\(a", "\\[", "\\\\[a", "\\a{", "\\a[", "{{", "{%", "C:\\",
    "\\\\a", "a://", "www.", "a)", "| ", "- ", "\n ", "` ", "~\n", ">", "_ ", "textclean: off ",
    "textclean:  ", "<!-- textclean:", "<!-- textclean: off-next-line -->\n\n",
    "textclean: off P\n", "% textclean: off P ", "<!-- textclean: off-line -->", "%", "#", "\u200b",
    "\ufeff\n",
]  # fmt: skip
_BEFORE = [
    "",
    "a@",
    "http://",
    "[",
    "](",
    "`a",
    "<!--",
    "---\na: b\n",
    "+++\n[",
    "$",
    "| ",
    "```\n",
]


@pytest.mark.parametrize("repeated", _REPEATED)
def test_no_repetition_takes_more_than_linear_time(repeated: str) -> None:
    for before in _BEFORE:
        text = before + repeated * (30_000 // len(repeated))
        assert all(end <= len(text) for _, end in protected_spans(text))


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
def test_front_matter_that_is_never_closed_is_given_up(break_: str) -> None:
    # Two ways to read each line break would make two to the power of lines.
    assert protected_spans(f"---{break_}a: b{break_}" + break_ * 5_000) == []
