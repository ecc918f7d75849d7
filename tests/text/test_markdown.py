"""An independent parser of Markdown as the judge: cleaning leaves what is no prose as it was.

Structure, code, formulas, link targets and HTML are read off with markdown-it-py before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from tests.seeds import ROOT
from textclean import Config, Tier, clean

WILD = ROOT.parent / "shared" / "wild"


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"inline_definitions": True})
    parser.enable(["table", "strikethrough"])
    parser.use(front_matter_plugin).use(footnote_plugin).use(admon_plugin)
    return parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)


def skeleton(text: str) -> list[tuple[str, ...]]:
    """All of a document but its prose: blocks in order, and what is no text within them."""
    return list(_parts(_parser().parse(text)))


_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)


def _parts(tokens: list[Token]) -> Iterator[tuple[str, ...]]:
    for token in tokens:
        if token.type in ("text", "softbreak", "text_special", "paragraph_open", "paragraph_close"):
            continue
        if token.type == "inline":
            yield from _parts(token.children or [])
            continue
        target = token.attrs.get("href") or token.attrs.get("src") or token.meta.get("url") or ""
        content = token.content if token.type != "image" else ""
        if token.type == "html_block":  # between its tags is prose
            content = " ".join(_TAG.findall(content))
        yield token.type, token.tag, str(target), content.strip("\n")


_PROSE = st.sampled_from(
    [
        "全市推进,落实责任;", "会议强调:要坚持", "真的吗?", "太好了!", "(一)加强领导", "领 导",
        "他说\"好\"。", "抓住 最多跑一次 改革", "，，", "。 ", "...", "--", "　", "Python 3", "5,6",
        "“两个确立 的", "中文 , 英文", "见附件(一).", "ｆｕｌｌ", "１２３", "－", "，", " ", "为为",
    ]
)  # fmt: skip
_LITERAL = st.sampled_from(
    [
        "`f(a,b);中文,乙`", "$v_1,v_2,…,v_n$", "$a,b$", "$中,文$", "[链接,甲](a_(b),c.md)",
        '[题](https://a.cn/甲,乙 "题,名")', "![图,一](img,1.png)", "<https://a.cn/b,c?d=甲>",
        "https://zh.wikipedia.org/wiki/宋,元", "<br/>", '<span class="a,b">丙</span>',
        "[甲,乙][丙,丁]", "**粗,体**", "*斜;体*", "~~删,去~~", "[^1]", "&nbsp;", "\\*", "a@b.cn",
    ]
)  # fmt: skip
_LINE = st.lists(st.one_of(_PROSE, _LITERAL.map(" {} ".format)), min_size=1, max_size=6).map(
    "".join
)
_BLOCK = st.one_of(
    _LINE,
    _LINE.map("# {}".format),
    st.lists(_LINE, min_size=1, max_size=3).map(lambda each: "\n".join(f"- {x}" for x in each)),
    st.lists(_LINE, min_size=1, max_size=3).map(lambda each: "\n".join(f"1. {x}" for x in each)),
    _LINE.map("> {}".format),
    _LINE.map("```text\n{}\n```".format),
    _LINE.map("正文,如下:\n\n    for i in f(甲,乙): print(i,\"{}\")".format),
    _LINE.map("$$\nx_1,x_2\\text{{甲,乙}};{}\n$$".format),
    st.sampled_from(["[丙,丁]: ch08.html#使用--宏,乙", "[丙]: <a b,甲.md> '题,名'"]),
    st.just("[甲]:\nch08.html#使用--宏,丙"),
    _LINE.map("| 甲,乙 | 丙 |\n|---|---|\n| {} | 戊,己 |".format),
    _LINE.map("<div>\n{}\n</div>".format),
    _LINE.map("<!-- {} -->".format),
)  # fmt: skip
_DOCUMENT = st.lists(_BLOCK, min_size=1, max_size=5).map("\n\n".join)


@given(_DOCUMENT)
@pytest.mark.parametrize("tier", [Tier.SAFE, Tier.SUGGESTED])
def test_what_is_no_prose_stays_as_it_was(tier: Tier, text: str) -> None:
    assert skeleton(clean(text, Config(tier=tier)).text) == skeleton(text)


@pytest.mark.skipif(not WILD.is_dir(), reason="the real texts are not there")
@pytest.mark.parametrize("kind", ["laws", "oiwiki", "trpl", "weekly"])
def test_real_documents_keep_their_structure(kind: str) -> None:
    paths: list[Path] = sorted((WILD / kind).glob("*.md"))
    for path in paths[::4]:
        text = path.read_text(encoding="utf-8")
        if '=== "' in text:  # tabs of content, which the parser takes for indented code
            continue
        cleaned = clean(text, Config(tier=Tier.SUGGESTED)).text
        assert skeleton(cleaned) == skeleton(text), path.name
