"""What property tests draw from: any Unicode, and text like that which the rules look for."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.seeds import TEXTS
from textclean import Config, Tier
from textclean.rules import all_rules

RULES = all_rules()

#: Any string of Unicode scalar values.
any_text = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60)

#: What the rules and the protected spans look for.
PIECES = [
    "抓住", "最多跑一次", "改革", "卫生健康", "医", "疗", "王庆", "(助理)", "f(x)", "（一）",
    "12,345", "10:30", "1:100", "2021年", "xx", "xx.x%", "５３", "Ａ", "PCR", "and the", "Word",
    ",", ";", ":", "!", "?", "(", ")", "（", "）", '"', "“", "”", "。", "，", "、", "；", "：",
    "…", "...", "。。。", "——", "--", "－－", "—", "-", "·", " ", "  ", "\t", "　", "　　",
    "\n", "\r\n", "\n\n", "\r", "\ufeff", "\u200b", "\u200d", "\u00ad", "\u00a0", "\u2028",
    "\x0c", "\x01", "\ufffd", "⋯", "⼈", "⺠", "\uf9dd", "細", "來", "國", "發展", "乾", "㎡",
    "½", "①", "10³", "`", "```", "~~~", "```\n", "# ", "- ", "1. ", "1)", "> ",
    "| 甲 | 乙 |\n|---|---|\n", "**", "_", "[链接](", "](", "http://a.cn/b,c", "a@b.cn", "<b>",
    "</b>", "<!--", "-->", "<", ">", "&nbsp;", "/usr/a,b", "C:\\x", "---\na: b\n---\n",
    "textclean: off", "textclean: on", "<!-- textclean: off P -->\n", "% textclean: off-line S\n",
    "# textclean: off-next-line\n", "为为", "门门诊诊", "列入列入", "人人",
    "全覆盖、全覆盖、", "\\", "@", "👨\u200d👩", "نم", "あ", "疛", "𠀀", "\U0002f800", "=", "+",
    "*", "[", "]", ".", "。 ", " ，",
]  # fmt: skip

#: Text made of what the rules and the protected spans look for, in any order.
damaged_text = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


@st.composite
def seed_text(draw: st.DrawFn) -> str:
    """A cut of a seed, with pieces put in."""
    text = draw(st.sampled_from(list(TEXTS.values())))
    start = draw(st.integers(0, len(text) - 1))
    cut = text[start : start + draw(st.integers(0, 300))]
    for piece in draw(st.lists(st.sampled_from(PIECES), max_size=4)):
        at = draw(st.integers(0, len(cut)))
        cut = cut[:at] + piece + cut[at:]
    return cut


texts = st.one_of(damaged_text, seed_text(), any_text)


@st.composite
def configs(draw: st.DrawFn) -> Config:
    """Any selection of rules, any tiers for them, any options."""
    codes = sorted({rule.code for rule in RULES} | {rule.family for rule in RULES})
    tiers = st.sampled_from([Tier.SAFE, Tier.SUGGESTED, Tier.REPORT])
    return Config(
        select=tuple(draw(st.lists(st.sampled_from(codes), max_size=5))),
        ignore=tuple(draw(st.lists(st.sampled_from(codes), max_size=3))),
        tier=draw(st.sampled_from([Tier.SAFE, Tier.SUGGESTED])),
        tiers=draw(st.dictionaries(st.sampled_from(codes), tiers, max_size=2)),
        latin_space=draw(st.sampled_from(["keep", "add", "remove"])),
        indent=draw(st.sampled_from(["keep", "drop"])),
        blank_lines=draw(st.sampled_from(["keep", "collapse"])),
    )
