"""Classes of characters, as the rules and the models see them.

The ``*_CLASS`` strings go inside the brackets of a regular expression.
"""

from __future__ import annotations

from textclean.text.memo import recalled
from textclean.text.patterns import pattern

#: Han characters: unified ideographs and extensions, compatibility ideographs, 〇 and 々.
#: A trigger may use ``[^\\x00-\\x7f]`` instead: the class of Han takes milliseconds to compile.
HAN_CLASS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
#: Unified ideographs of the Basic Multilingual Plane, and those of them that every font has: enough
#: where no rare character is expected, and much faster to compile.
IDEOGRAPH_CLASS = "\u3400-\u4dbf\u4e00-\u9fff"
COMMON_HAN_CLASS = "\u4e00-\u9fff"
#: Kana, full-width and half-width, without the marks among them.
KANA_CLASS = "\u3041-\u3096\u30a1-\u30fa\uff66-\uff9f"
#: Full-width marks that end or divide a clause.
PAUSE_CLASS = "，。、；：？！"
OPENING_CLASS = "“‘（《〈「『【〔〖"
CLOSING_CLASS = "”’）》〉」』】〕〗"
#: All full-width marks of GB/T 15834-2011, and what stands for them.
MARK_CLASS = PAUSE_CLASS + OPENING_CLASS + CLOSING_CLASS + "…—～·％￥"
#: Spaces inside a line, as they are after the stage of characters. (This class and those of breaks
#: name each character, so they serve for `str.strip` and `in` too.)
SPACE_CLASS = " \t\u3000"
FULL_WIDTH_DIGITS = "０１２３４５６７８９"
#: For ``str.translate``: the digits at half width.
DIGITS_TO_HALF_WIDTH = str.maketrans(FULL_WIDTH_DIGITS, "0123456789")
#: No-break and typographic spaces, which a program does not take for a space.
ODD_SPACE_CLASS = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
#: What shows nothing and takes no room: byte order marks, zero-width and direction characters, soft
#: hyphens, controls other than tabs and line breaks.
INVISIBLE_CLASS = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
)
#: What ends a line without being a line break to most programs.
SEPARATOR_CLASS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
#: What ends a line, beside ``\r\n``: all that ``str.splitlines`` knows.
BREAK_CLASS = "\r\n" + SEPARATOR_CLASS

#: What stands in a text for a byte of its file that no encoding reads, U+10FE00 and its value.
STRAY_BYTES = "\U0010fe00-\U0010feff"

_HAN = pattern(f"[{HAN_CLASS}]")
_LINE_END = pattern(r"[\r\n]|\Z")
_FAR = 4_000


def run_start(text: str, offset: int, characters: str) -> int:
    """Where the run of `characters` begins that ends at an offset."""
    reach = 64
    while True:  # a doubling window: the whole text before is never copied
        low = max(0, offset - reach)
        kept = len(text[low:offset].rstrip(characters))
        offset = low + kept
        if kept or not low:
            return offset
        reach *= 2


def is_han(char: str) -> bool:
    """Whether a character (or '') is Han; the common block is tested first."""
    return "\u4e00" <= char <= "\u9fff" or (
        char > "\u2fff"
        and (
            "\u3400" <= char <= "\u4dbf"
            or char in "\u3005\u3007"
            or "\uf900" <= char <= "\ufaff"
            or "\U00020000" <= char <= "\U0003fffd"
        )
    )


def is_chinese(char: str) -> bool:
    """Whether a character (or '') is Han or a full-width mark."""
    return "\u4e00" <= char <= "\u9fff" or (char in MARK_CLASS and char != "") or is_han(char)


def has_han(text: str) -> bool:
    """Whether a text holds a Han character."""
    return bool(_HAN.search(text))


def count_han(text: str) -> int:
    """How many Han characters a text holds."""
    return len(_HAN.findall(text))


def occurrences(text: str, sought: str) -> list[int]:
    """Every offset at which a character or string begins."""
    places: list[int] = []
    find = text.find
    at = find(sought)
    while at >= 0:
        places.append(at)
        at = find(sought, at + 1)
    return places


def line_end(text: str, at: int) -> int:
    """Where the line ends that holds an offset: before its ``\\r`` or ``\\n``."""
    # One character is found many times as fast as a class, but may be far beyond the line.
    end = text.find("\n", at, at + _FAR)
    if end < 0:
        return _LINE_END.search(text, at).start()  # type: ignore[union-attr]  # or the text's end
    carriage = text.find("\r", at, end)
    return end if carriage < 0 else carriage


def held_of(characters: str, text: str) -> str:
    """Those of some characters that a text holds."""
    if len(text) <= _SHORT:
        return "".join([char for char in characters if char in text])
    written = ascii_of(text)
    return "".join([char for char in characters if char in (written if char < "\x80" else text)])


#: In a longer text it pays to look for ASCII among what is ASCII alone.
_SHORT = 400


@recalled(1_000_000)
def ascii_of(text: str) -> str:
    """What of a text is ASCII, put together: little of Chinese, and scanned ten times as fast."""
    return text.encode("ascii", "ignore").decode("ascii")
