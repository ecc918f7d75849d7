"""UTF-8, GBK or Big5, read as Latin-1 or Windows-1252: ``ä½\xa0å¥½``, ``ÄãºÃ``, ``§A¦n`` for 你好.

What is looked at is a segment: a stretch of one line whose characters all stand for bytes. UTF-8
shows itself by its structure: two characters in a row that are strictly well-formed are no chance.
GBK and Big5 have hardly any structure; there the whole segment must be strictly valid and Chinese.
A segment may have been read wrong twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from textclean.text.classes import has_han, is_han
from textclean.text.mojibake.codecs import (
    HIGH_CLASS,
    NEXT_CLASS,
    SPECIALS,
    decode,
    latin_bytes,
    latin_reading,
    read_as_latin,
)
from textclean.text.mojibake.misreading import Misreading, of
from textclean.text.patterns import pattern
from textclean.text.plausible import is_odd, plausibility, without_controls

#: What every misreading of two characters and more has: a letter or sign of Latin-1 and, right
#: behind it, another byte.
_TWO_OF_LATIN = pattern(f"[\xa1-\xb6\xb8-\xfe][@-~{HIGH_CLASS}]")
_SEGMENT = pattern(f"[{HIGH_CLASS}][\x01-\t\x0b\x0c\x0e-~{HIGH_CLASS}]*")
_HIGH = pattern(f"[{HIGH_CLASS}]")
_RUN = pattern(f"[{HIGH_CLASS}]+")
#: Two characters of UTF-8 that hardly stand so by chance: of three bytes, or one of four, or
#: several of two (Greek and Cyrillic).
_UTF8 = re.compile(
    rb"[\xe2-\xef][\x80-\xbf]{2}[ -~]{0,3}[\xe2-\xef][\x80-\xbf]{2}|\xf0[\x90-\x9f][\x80-\xbf]{2}"
    rb"|(?:[\xce-\xd1][\x80-\xbf]){4}"
)
#: Bytes of 2 that are written twice: what stands for them begins with C2 or C3, or is special.
_TWICE = re.compile(rb"(?:[\xc2\xc3][\x80-\xbf]|\xc5[\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]){5}")
#: A no-break space that became a plain one, as a byte of a character.
_LOST_SPACE = re.compile(rb"(?<=[\xe2-\xef]) (?=[\x80-\xbf])|(?<=[\xe2-\xef][\x80-\xbf]) ")
#: Characters that come singly: quotes, dashes, accents, a byte order mark. No prose has these.
_SINGLES = pattern(rf"(?:\xe2[\u20ac\x80][{NEXT_CLASS}]|\xef\xbb\xbf|[\xc2\xc3][{NEXT_CLASS}])+")
#: What may be a mark of a text in capitals, and no byte: ``“MAÇÃ”``.
_MARKS = "\xa0\xab\xbb“”‘’‚„…–—‹›"
#: Marks around a segment that need not be part of it.
_OPENING = _CLOSING = "“”‘’„«»‹›—–… \xa0"
#: A control of C1, with all bytes beside it: of Windows-1252 (it\x92s), or of no codec we know.
_WITH_CONTROL = pattern("[\xa1-\xff]*[\x80-\x84\x86-\x9f][\x80-\x84\x86-\x9f\xa1-\xff]*")
#: Han characters from which a segment of GBK or Big5 is believed.
_FEWEST = 3
#: From so many on those of GBK may be its rarer ones, with a second byte below A1.
_ENOUGH = 8
_RARE = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xfe]{2})*+[\x81-\xfe]")
#: How much better than the other one codec must do where both give Chinese.
_BETTER = 1.5
#: So often a text is taken to have been read wrong.
_DEEPEST = 3


class Reading(NamedTuple):
    """What a string was, and how it came about: the last step first."""

    decoded: str
    steps: tuple[str, ...]

    @property
    def how(self) -> str:
        """All steps, the first first, in words."""
        if len(set(self.steps)) == 1 and len(self.steps) > 1:
            return f"{self.steps[0]}, {'twice' if len(self.steps) == 2 else 'three times'}"
        return ", then ".join(reversed(self.steps))


def control_misreadings(text: str, others: Iterable[Misreading]) -> list[Misreading]:
    """Controls of C1 beside letters: bytes of something, which nobody meant as controls.

    Args:
        others: what was read wrong for certain, in order; it stays in the result.
    """
    found: list[Misreading] = []
    last = 0
    for each in others:
        found += _controls(text, last, each.start)
        found.append(each)
        last = each.end
    return [*found, *_controls(text, last, len(text))]


def _controls(text: str, start: int, end: int) -> Iterator[Misreading]:
    for match in _WITH_CONTROL.finditer(text, start, end):
        run = match.group()
        marks = latin_bytes(run).decode("cp1252", "replace")
        if len(run) == 1 and marks != "\ufffd" and _beside_letter(text, *match.span()):
            yield Misreading(*match.span(), marks, of("Windows-1252", "Latin-1"), exact=True)
        elif len(run) > 1:
            yield Misreading(*match.span(), "", "bytes of another encoding")


def _beside_letter(text: str, start: int, end: int) -> bool:
    beside = text[start - 1 : start] + text[end : end + 1]
    return any(char.isascii() and char.isalpha() for char in beside)


def latin_misreadings(text: str, places: Iterable[int]) -> Iterator[Misreading]:
    """What was read as Latin-1 or Windows-1252, in order of place.

    Args:
        places: where a letter or sign of Latin-1 stands, in order.
    """
    done = 0
    for at in places:
        match = None if at < done else _TWO_OF_LATIN.match(text, at)
        if match is None:
            continue
        start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", done, match.start())) + 1
        end = _line_end(text, match.end())
        for segment in _SEGMENT.finditer(text, max(start, done), end):
            yield from _in_segment(segment.group(), segment.start())
        done = end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    back = text.find("\r", at, end)
    return end if back < 0 else back


def _in_segment(segment: str, at: int) -> list[Misreading]:
    """What of a segment was read wrong; `at`: where it begins."""
    if len(_HIGH.findall(segment)) < _FEWEST:
        return _singles(segment, at)
    for lead, trail in _trims(segment):
        inner = segment[lead : len(segment) - trail]
        if reading := read_again(inner):
            return [_trimmed(inner, at + lead, reading)]
    found = _in_runs(segment, at) or _lossy(segment, at)
    if found or _TWICE.search(latin_bytes(segment)):
        return found
    return _singles(segment, at)


def _trims(segment: str) -> Iterator[tuple[int, int]]:
    """How many marks around a segment may be none of its bytes: none first."""
    body = segment.rstrip(" \t")
    blank = len(segment) - len(body)
    lead = len(body) - len(body.lstrip(_OPENING))
    trail = len(body) - len(body.rstrip(_CLOSING))
    yield 0, 0
    for each in dict.fromkeys(((lead, blank), (0, blank + trail), (lead, blank + trail))):
        if each != (0, 0) and sum(each) < len(segment):
            yield each


def read_again(segment: str, depth: int = 0) -> Reading | None:
    """What a whole string was before it was read as Latin-1 or Windows-1252; None if it is none,
    or cannot be told for certain.
    """
    reading = latin_reading(segment)
    if reading is None:
        return None
    written = latin_bytes(segment)
    decoded = decode(written, "UTF-8")
    if decoded is not None:
        step = of("UTF-8", reading)
        if _UTF8.search(written) and not any(map(is_odd, set(without_controls(decoded)))):
            return _verified(Reading(decoded, (step,)), segment, reading, written)
        if depth + 1 < _DEEPEST and _TWICE.search(written):
            try:
                deeper = read_again(decoded, depth + 1)
            except UnicodeEncodeError:  # other characters came out
                deeper = None
            if deeper:
                again = Reading(deeper.decoded, (step, *deeper.steps))
                return _verified(again, segment, reading, written)
    best = _chinese(written)
    if best is None:
        return None
    return _verified(Reading(best[1], (of(best[0], reading),)), segment, reading, written)


def _verified(done: Reading, segment: str, reading: str, written: bytes) -> Reading | None:
    """The reading, if its bytes read once more give the segment."""
    return done if read_as_latin(written, reading) == segment else None  # type: ignore[arg-type]


def _chinese(written: bytes) -> tuple[str, str] | None:
    """The Chinese codec whose strict decoding of bytes is Chinese, and that; None in doubt."""
    found: list[tuple[float, str, str]] = []
    for codec in ("GBK", "Big5"):
        decoded = decode(written, codec)
        if decoded is None or not _is_enough(decoded, codec):
            continue
        judged = plausibility(without_controls(decoded))
        if judged.is_chinese:
            found.append((judged.score, codec, decoded))
    found.sort(reverse=True)
    if not found or (len(found) > 1 and found[0][0] < _BETTER * found[1][0]):
        return None
    return found[0][1:]


def _is_enough(decoded: str, codec: str) -> bool:
    """Whether Chinese is no chance: in Latin text two letters with accents hardly meet twice, and
    one before a plain letter, which GBK's rarer characters look like, is everywhere.
    """
    han = set(filter(is_han, decoded))
    if codec == "GBK" and len(han) < _ENOUGH and _RARE.match(decoded.encode("gb18030")):
        return False
    return len(han) >= _FEWEST


def _trimmed(segment: str, at: int, reading: Reading) -> Misreading:
    """A misreading without what is the same on both sides."""
    decoded = reading.decoded
    tail = 0
    most = min(len(segment), len(decoded))
    while tail < most and segment[-1 - tail] == decoded[-1 - tail] and decoded[-1 - tail] < "\x80":
        tail += 1
    end = len(segment) - tail
    return Misreading(at, at + end, decoded[: len(decoded) - tail], reading.how, exact=True)


def _in_runs(segment: str, at: int) -> list[Misreading]:
    """Runs of a segment that are well-formed UTF-8, each by itself, where the whole is not.

    None if what else there is may be the rest of characters: then something is lost.
    """
    found = []
    for match in _RUN.finditer(segment):
        start, end = match.span()
        for lead, trail in _trims(match.group()):
            inner = segment[start + lead : end - trail]
            reading = read_again(inner)
            if reading and reading.steps[-1].startswith("UTF-8"):
                found.append(_trimmed(inner, at + start + lead, reading))
                break
        else:
            if not (_is_letter(match.group()) or match.group().strip(_OPENING + _CLOSING) == ""):
                return []
    return found


def _is_letter(run: str) -> bool:
    """Whether a run is one letter of another language, as in café."""
    return len(run) == 1 and run.isalpha()


def _lossy(segment: str, at: int) -> list[Misreading]:
    """UTF-8 of which something is lost, or that came through two readings at once: shown only."""
    written = latin_bytes(segment)
    if not _UTF8.search(written):
        written = _LOST_SPACE.sub(b"\xa0", written)
        if not _UTF8.search(written):
            return []
    decoded = _LOST_SPACE.sub(b"\xa0", written).decode("utf-8", "replace")
    if not has_han(decoded) and decoded.count("\ufffd") > 1:
        return []
    how = of("UTF-8", "Windows-1252" if re.search(f"[{SPECIALS}]", segment) else "Latin-1")
    end = len(segment.rstrip())
    return [Misreading(at, at + end, decoded.rstrip(), f"{how}, with bytes lost")]


def _singles(segment: str, at: int) -> list[Misreading]:
    """Characters of UTF-8 that come singly between Latin letters, a run of bytes each."""
    found = []
    for match in _RUN.finditer(segment):
        run = match.group()
        for lead, trail in _trims(run):
            inner = run[lead : len(run) - trail]
            reading = _single(inner)
            start, end = match.start() + lead, match.end() - trail
            if reading and _is_no_mark(segment, start, end):
                found.append(Misreading(at + start, at + end, reading.decoded, reading.how, True))
                break
    return found


def _single(run: str) -> Reading | None:
    """What a run of few bytes was, if no prose has such; read wrong once or twice."""
    reading = latin_reading(run)
    decoded = decode(latin_bytes(run), "UTF-8") if reading else None
    if not decoded or reading is None:
        return None
    step = of("UTF-8", reading)
    if _SINGLES.fullmatch(run):
        return Reading(decoded, (step,))
    deeper = latin_reading(decoded) if _SINGLES.fullmatch(decoded) else None
    twice = decode(latin_bytes(decoded), "UTF-8") if deeper else None
    return Reading(twice, (step, of("UTF-8", deeper))) if twice and deeper else None


def _is_no_mark(segment: str, start: int, end: int) -> bool:
    """Whether a character of two bytes is no capital with a mark or space behind it."""
    if segment[start] not in "\xc2\xc3":
        return True
    before, last = segment[start - 1 : start], segment[end - 1]
    return not before.isupper() and (last not in _MARKS or segment[end : end + 1].islower())
