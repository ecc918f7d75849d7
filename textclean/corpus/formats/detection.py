"""Which encoding some bytes are in: by strict trial, and by the characters that come out.

Every encoding that reads all of the bytes is a candidate. What it makes of them is judged as
Chinese (`textclean.text.plausible`): a wrong one gives rare characters without words. One must be
convincing, and all others far from it; in doubt charset-normalizer is asked, if it is installed,
and nobody believed who is alone. A wrong reading is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from textclean.corpus.formats.stray import Label, decode_as, is_faithful, strays_of
from textclean.text.plausible import Plausibility, plausibility

#: Codecs of one name: programs differ in what they call Big5.
_FAMILIES = {
    "utf-16": ("utf-16-le", "utf-16-be"),
    "gb18030": ("gbk", "gb18030"),
    "big5": ("cp950", "big5hkscs"),
}
#: Characters that are looked at, of the runs that are not ASCII.
_SAMPLE = 6_000
#: The least score of a reading that is believed (clean texts of 200 characters have 0.9 to 1.6,
#: wrong readings 0.6 at most), and the most that another may have of it.
_CONVINCING, _RIVAL = 0.7, 0.6
#: Han characters from which the score says something, by itself and with a second voice.
_FEWEST, _FEWEST_WITH_VOICE = 16, 6
#: The most characters that stand for none, of all that are looked at.
_MOST_ODD = 0.005
#: Characters of several bytes for each byte that is none's: in UTF-8, whose structure shows
#: what belongs together, and in others, where one stray byte may join with the next.
_PER_STRAY_UTF8, _PER_STRAY = 20, 200
_RUN = re.compile(r"[^\x00-\x7f]+")
_ASCII_TEXT = re.compile(r"[\t\n\r -~]+")
#: Of what charset-normalizer says.
_VOICES = {
    "gb18030": ("gb18030", "gbk", "gb2312"),
    "big5": ("big5", "cp950", "big5hkscs"),
    "utf-16": ("utf_16", "utf_16_le", "utf_16_be"),
}


class Candidate(NamedTuple):
    """A reading of the bytes."""

    family: str
    label: Label
    content: str
    judged: Plausibility

    @property
    def score(self) -> float:
        """How good it is as Chinese: 2 at most."""
        odd = self.judged.odd > _MOST_ODD * max(200, self.judged.han)
        return 0.0 if odd or not self.judged.is_common else self.judged.score


class Detected(NamedTuple):
    """What was found out."""

    #: The reading that is believed.
    found: Candidate | None
    #: Otherwise the encoding that it may be, if there is one.
    likely: str | None


def detect(raw: bytes) -> Detected:
    """The encoding of bytes that are not valid UTF-8 and have no byte order mark."""
    if found := _utf8_with_strays(raw):
        return Detected(found, None)
    candidates = sorted(_candidates(raw), key=lambda each: -each.score)
    if found := _settled(raw, candidates):
        return Detected(found, None)
    if not candidates and b"\0" not in raw:
        for codec in ("gb18030", "cp950"):
            each = _with_strays(raw, codec)
            candidates += [each] if each else []
        candidates.sort(key=lambda each: -each.score)
        if found := _settled(raw, candidates):
            return Detected(found, None)
    likely = candidates and candidates[0].score > _CONVINCING / 2
    return Detected(None, candidates[0].family if likely else None)


def _settled(raw: bytes, candidates: list[Candidate]) -> Candidate | None:
    """The candidate that is certain: candidates are in order of their scores."""
    if not candidates:
        return None
    best, *others = candidates
    rival = max((each.score for each in others), default=0.0)
    if best.family == "utf-16" and _is_ascii_as_utf16(best, raw):
        return best
    if best.score < _CONVINCING or best.judged.han < _FEWEST_WITH_VOICE:
        return None
    if best.judged.han >= _FEWEST and rival <= _RIVAL * best.score:
        return best
    return best if _second_voice(raw) == best.family else None


def _is_ascii_as_utf16(best: Candidate, raw: bytes) -> bool:
    """Whether it is text of ASCII for the most part, in two bytes each."""
    content = best.content
    plain = sum(map(len, _ASCII_TEXT.findall(content)))
    return len(content) >= _FEWEST and plain > 0.9 * len(content) and best.judged.odd == 0


def _candidates(raw: bytes) -> Iterator[Candidate]:
    zero = b"\0" in raw
    for family, codecs in _FAMILIES.items():
        if len(raw) % 2 if family == "utf-16" else zero:
            continue
        for codec in codecs:
            label = Label(codec)
            try:
                content = decode_as(raw, label)
            except UnicodeDecodeError:
                continue
            if "\0" in content or not is_faithful(raw, content, label):
                continue
            if family == "big5":
                label, content = _by_unicode(raw, label, content)
            yield Candidate(family, label, content, _judged(content))
            if family != "utf-16":
                break


def _by_unicode(raw: bytes, label: Label, content: str) -> tuple[Label, str]:
    """The reading by Unicode's table of Big5, where it differs from Microsoft's in bullets and
    slashes alone. What else they differ in (～, ￥, ⊙) is hardly ever what Unicode's has.
    """
    plain = Label("big5")
    try:
        other = decode_as(raw, plain)
    except UnicodeDecodeError:
        return label, content
    if content != other == content.translate(_BULLETS) and is_faithful(raw, other, plain):
        return plain, other
    return label, content


_BULLETS = {0x2027: 0x2022, 0x2215: 0xFF0F}


def _judged(content: str) -> Plausibility:
    """What speaks for a content: the first of what is not ASCII."""
    sample: list[str] = []
    length = 0
    for match in _RUN.finditer(content):
        sample.append(match.group()[: _SAMPLE - length])
        length += len(sample[-1])
        if length >= _SAMPLE:
            break
    return plausibility("\n".join(sample))


def _utf8_with_strays(raw: bytes) -> Candidate | None:
    """UTF-8 in which few bytes are none."""
    return None if b"\0" in raw else _with_strays(raw, "utf-8", _PER_STRAY_UTF8)


def _with_strays(raw: bytes, codec: str, per_stray: int = _PER_STRAY) -> Candidate | None:
    label = Label(codec, strays=True)
    content = decode_as(raw, label)
    strays = strays_of(content)
    wide = sum(map(len, _RUN.findall(content))) - strays
    if wide < per_stray * strays or not is_faithful(raw, content, label):
        return None
    return Candidate(codec, label, content, _judged(content)._replace(odd=0))


def _second_voice(raw: bytes) -> str | None:
    """What charset-normalizer takes the bytes for, if it is installed."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    best = from_bytes(raw[: 1 << 16]).best()
    name = best.encoding if best else ""
    return next((family for family, names in _VOICES.items() if name in names), None)
