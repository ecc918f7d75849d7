"""Real paragraphs for the tests of this folder, and the noise that copies of them pick up."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.seeds import TEXTS


def seed_paragraphs() -> list[str]:
    """Paragraphs of the seeds between 20 and 200 characters, each once."""
    found: dict[str, None] = {}
    for text in TEXTS.values():
        for part in text.split("\n\n"):
            if 20 <= len(part.strip("\n")) <= 200:
                found[part.strip("\n")] = None
    return list(found)


PARAGRAPHS = seed_paragraphs()
#: Few enough that documents drawn from them repeat each other.
COMMON = PARAGRAPHS[::40]

_NOISE = {",": "，", "，": ",", "。": ".", "的": "", "了": "了了", "“": "", "(": "（"}


@st.composite
def noisy_paragraphs(draw: st.DrawFn) -> str:
    """A paragraph, as it is or as a bad copy: marks changed, spaces come, its end lost."""
    text = draw(st.sampled_from(COMMON))
    for place in draw(st.lists(st.integers(0, len(text) - 1), max_size=4)):
        character = text[place : place + 1]
        text = text[:place] + _NOISE.get(character, character + " ") + text[place + 1 :]
    if draw(st.integers(0, 5)) == 0:
        text = text[: draw(st.integers(5, len(text)))]
    return text


BLOCKS = st.one_of(
    noisy_paragraphs(),
    st.sampled_from(
        [
            "## 聚焦重点 用情办好民生实事",
            "```\nprint(1,2)\n```",
            "<!-- textclean: off -->",
            "<!-- textclean: on -->",
            "- 第一,要加强领导\n- 第二,要落实责任",
            "| 年份 | 数量 |\n| --- | --- |\n| 2020 | 35 |",
            "---",
            "https://example.com/a/b",
            "\x0c",
        ]
    ),
)
SEPARATORS = st.sampled_from(
    ["\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\r\n\r\n", "\n \n", "\n\u3000\n"]
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A text of several blocks, some of them copies of others."""
    text = draw(st.sampled_from(["", "", "\n", "\ufeff", "---\ntitle: 报告\n---\n\n"]))
    for block in draw(st.lists(BLOCKS, max_size=7)):
        text += block + draw(SEPARATORS)
    return text if draw(st.booleans()) else text.rstrip("\n")
