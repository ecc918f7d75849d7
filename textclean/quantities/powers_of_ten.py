"""Numbers with a power of ten written out: 1.5×10⁵, 3.0×10^8, 10⁻³, 2e9."""

from __future__ import annotations

from textclean.quantities import units
from textclean.quantities.numerals import MOST_DIGITS, Number, scale
from textclean.text.patterns import pattern

#: Figures set high, and their signs.
SUPERSCRIPTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
#: With what a power begins behind its number.
FIRST = frozenset("×xX*＊✕eE^的") | SUPERSCRIPTS
_TO_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻−－负{}", "0123456789+----  ")
_HIGH = "(?P<high>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})(?![⁰¹²³⁴⁵⁶⁷⁸⁹])"
_CARET = "\\^(?P<caret>[-+−－]?[0-9]{1,4}(?![0-9])|\\{[-+−－]?[0-9]{1,4}\\})"
_TIMES = pattern(f"[ ]?[×xX*＊✕][ ]?10(?:{_HIGH}|{_CARET})")
_OF_TEN = pattern(f"{_HIGH}|{_CARET}")
_IN_WORDS = pattern("的(?P<words>[-−－负]?[0-9]{1,3})(?:次[方幂]|方(?![案面式法向位便块]))")
# 5E2 is a name; 1.08E9 and 1E-5 are numbers.
_EXPONENT = pattern(
    r"(?:e|E(?=[-+])|(?<=\.[0-9])E|(?<=\.[0-9]{2})E|(?<=\.[0-9]{3})E)(?P<exponent>[-+]?[0-9]{1,4})"
    r"(?![0-9_:]|[.．][0-9])"
)


def read_power(text: str, start: int, end: int, number: Number) -> tuple[Number | None, int] | None:
    """The number in ``text[start:end]`` times the power of ten behind it, and where that ends.

    None where there is no power; no number in its place where it is too large to be one.
    """
    following = text[end : end + 1]
    if following == "的":
        match = _IN_WORDS.match(text, end) if text[start:end] == "10" else None
        base = Number(number.value / 10, 0)
    elif following in SUPERSCRIPTS or following == "^":
        match = _OF_TEN.match(text, end) if text[start:end] == "10" else None
        base = Number(number.value / 10, 0)  # of ten itself
    elif following in ("e", "E"):
        match, base = _EXPONENT.match(text, end), number
    else:
        match, base = _TIMES.match(text, end), number
    if match is None:
        return None
    behind = text[match.end() : match.end() + 1]
    is_letter = following in "eE的" and behind.isascii() and behind.isalpha()
    if is_letter and units.match(text, match.end()) is None:
        return None  # 9e3d9a; but 1×10⁵CFU
    written = next(group for group in match.groups() if group).translate(_TO_FIGURES)
    power = int(written.strip())
    if abs(power) > MOST_DIGITS:
        return None, match.end()
    return scale(base, power), match.end()
