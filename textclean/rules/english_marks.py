"""Family P, English sentences: full-width marks that a Chinese keyboard left there.

The only rule that makes marks half-width. It asks for a whole English sentence, from its border to
its border: a name in Chinese prose has Chinese around it, a list of names has no word that only
sentences have.
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.engine.rule import Proposal, View, rule
from textclean.engine.triggers import matches, starting_with, starting_with_any
from textclean.rules.context import is_spoken_of, may_hold_latin_words
from textclean.text.classes import HAN_CLASS, KANA_CLASS, has_han
from textclean.text.edit import Tier
from textclean.text.kinds.clauses import Language, is_english_sentence, language_at
from textclean.text.patterns import pattern

_HALF = {"，": ",", "；": ";", "：": ":", "。": ".", "！": "!", "？": "?"}
_INSIDE = f"[^（）()\r\n{HAN_CLASS}{KANA_CLASS}]"
_SINGLE_MARKS = (
    *starting_with_any("，；：", "(?<=[A-Za-z0-9%)].)"),
    *starting_with_any("。！？", "(?<=[A-Za-z0-9%)\"'’”].)"),
)
_MARKS = (
    *_SINGLE_MARKS,
    starting_with("（", rf"({_INSIDE}{{0,60}}?[A-Za-z]{_INSIDE}{{0,200}}+)）"),
)
_MAY_BE_ENGLISH = starting_with("（", r"(?=[^（）()\r\n]{0,60}[A-Za-z])")
_LETTER = pattern("[A-Za-z]")
# Kana, and the signs of formulas.
_NOT_ENGLISH = pattern(f"[{KANA_CLASS}=+]")


@rule(
    "P013",
    Tier.SUGGESTED,
    trigger=(*_SINGLE_MARKS, _MAY_BE_ENGLISH),
    any_language=True,
    reason="The marks of an English sentence are half-width and have a space behind them. "
    "Names and terms in a Chinese sentence keep Chinese marks.",
    reason_zh="英文句子用半角标点，标点后空一格；中文句子里的英文名称、术语仍用中文标点。",
    examples=[
        (
            "Please sign in first，then open the file。",
            "Please sign in first, then open the file.",
        ),
        ("Welcome back！", "Welcome back!"),
        (
            "他写道：“We learned a lot from them（and they from us），I think。”",
            "他写道：“We learned a lot from them (and they from us), I think.”",
        ),
    ],
    counter_examples=[
        "概念验证代码（PoC：proof of concept，as it is called）已经公开。",
        "打印前后各行：\n-A=after、-B=before。",
        "支持 Visual Studio for Mac，Python and so on。",
        "今天介绍几种系统。\nWindows，macOS，Linux。",
        "他说“OK”，然后走了。",
        "本品英文名为 vitamin C，可与 iron 同服。",
        "メールはmail，電話はtel。",
        "《Gone with the Wind》，《The Old Man and the Sea》。",
    ],
)
def fullwidth_mark_in_english(view: View) -> Iterator[Proposal]:
    """``first，then`` → ``first, then``."""
    if not may_hold_latin_words(view):
        return
    text = view.text
    foreign = not (has_han(text) or _NOT_ENGLISH.search(text))
    for match in matches(_MARKS, text):
        start, end = match.span()
        if is_spoken_of(text, start, end):
            continue
        # The rules of Chinese marks leave an English clause alone, and 。 and ！ behind letters.
        english = language_at(text, start, end) is Language.ENGLISH
        if not english and (text[start] not in "。！" or text[start - 1] in _QUOTES):
            continue
        if not (foreign or is_english_sentence(text, start, end)):
            continue
        why = "in an English sentence"
        if match.lastindex:
            space = " " if _LETTER.match(text, start - 1) else ""
            yield Proposal(start, start + 1, f"{space}(", why, 0.9, start)
            space = " " if _LETTER.match(text, end) else ""
            yield Proposal(end - 1, end, f"){space}", why, 0.9, start)
        else:
            space = " " if _LETTER.match(text, end) or text[end : end + 1] in _OPENING else ""
            yield Proposal(start, end, _HALF[text[start]] + space, why, 0.9)


_QUOTES = ('"', "'", "’", "”")
_OPENING = ("“", "‘", "（", "(")
