"""Characters that are one character in another guise: radicals, compatibility forms, Traditional.

The tables lie in ``textclean/text/data/`` (its README names their sources) and are read when first
asked for. What may *change* a text (`traditional`) is kept apart from what only serves to *compare*
texts (`fold_table`): the second may be wrong about a word, the first may not.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from textclean.text.lexicon_files import read_lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

# Not importlib.resources: importing it takes longer than everything else that `check` does.
_DATA = Path(__file__).parent / "data"

KANGXI = range(0x2F00, 0x2FD6)
#: Kangxi radicals that NFKC takes for the forms of Traditional text; both scripts have the shapes.
TWO_FORMS = MappingProxyType({"戶": "户", "靑": "青"})


@cache
def radicals() -> Mapping[str, str]:
    """Radicals as PDF tools extract them, with the ideograph that each of them looks like.

    Kangxi radicals (U+2F00-2FD5) by NFKC; the supplement (U+2E80-2EF3), which NFKC leaves alone, by
    Unicode's Equivalent_Unified_Ideograph. ⻚ is 页 and ⾴ is 頁: a radical's script stays.
    """
    table = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in KANGXI}
    table.update(_pairs("radicals.txt"))
    return MappingProxyType(table)


@cache
def standard_characters() -> frozenset[str]:
    """The 8,105 characters of 通用规范汉字表 (2013), the standard for Simplified Chinese."""
    return frozenset(_read("standard.txt"))


@cache
def traditional() -> Mapping[str, str]:
    """Traditional characters that can only stand for one character of the standard.

    Not in it: characters that the standard has itself (乾, 著, 瞭, 徵), that have two forms in it
    (噁: 恶 or 𫫇), or none.
    """
    return MappingProxyType(_pairs("traditional.txt"))


#: Characters that Simplified text has, too, in other words, and what they are Traditional for.
SHARED = "著着乾干瞭了藉借叁三於于夥伙徵征昇升麼么麽么陞升釐厘甦苏祕秘剋克蒐搜氾泛脩修"


@cache
def shared_forms() -> Mapping[str, str]:
    """Characters of both scripts, with the Simplified form that some of their words have.

    饼乾 is 饼干, but 乾坤 stays: the word decides (`words.is_script_word`).
    """
    return MappingProxyType(dict(zip(SHARED[::2], SHARED[1::2], strict=True)))


def traditional_class() -> str:
    """The inside of a regular expression's class that finds every key of `traditional`.

    It finds some characters more that the standard does not have, for the sake of few ranges:
    whoever uses it looks the character up.
    """
    return _read("traditional_class.txt")


@cache
def simplified_only() -> frozenset[str]:
    """Characters of the standard that no Traditional text has: 国 is one; 后, 里 and 面 are not."""
    return frozenset(_read("simplified_only.txt"))


@cache
def fold_table() -> Mapping[int, int]:
    """Every Traditional character and the first of its Simplified forms, for ``str.translate``.

    One to one, so that offsets stay; idempotent. For comparing texts only: it takes 乾坤 to 干坤.
    """
    pairs = _pairs("traditional.txt") | _pairs("traditional_fold.txt")
    return MappingProxyType({ord(key): ord(value) for key, value in pairs.items()})


def _read(name: str) -> str:
    return read_lexicon(_DATA / name).replace("\n", "")


def _pairs(name: str) -> dict[str, str]:
    text = _read(name)
    return dict(zip(text[::2], text[1::2], strict=True))
