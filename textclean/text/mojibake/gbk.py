"""UTF-8 read as GBK: ``浣犲ソ`` for 你好.

Three bytes of UTF-8 are a character and a half of GBK. Where a number of bytes is odd, or GBK has
no character for two of them, something was lost on the way: ``�``, ``?``, or nothing at all. UTF-8
says where each character begins, so that only the damaged ones are in doubt; of those, two bytes of
three leave 64 characters at most, and the word decides, if it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from textclean.text.classes import PAUSE_CLASS, is_han
from textclean.text.mojibake.codecs import gbk_bytes
from textclean.text.mojibake.misreading import Misreading, of
from textclean.text.patterns import pattern
from textclean.text.plausible import common_characters, plausibility, without_controls
from textclean.text.variants import fold_table
from textclean.text.words import is_word

#: What a first byte of three of UTF-8 and its second look like in GBK: every misreading begins so.
FIRSTS = "".join(
    bytes((first, second)).decode("gbk", "ignore")
    for first in (0xE2, 0xE3, *range(0xE4, 0xEA), 0xEF)
    for second in range(0x80, 0xC0)
) + bytes((0xF0, 0x9F)).decode("gbk")
_HOW = of("UTF-8", "GBK")
_SPACES_BEFORE = pattern(r"聽(?:[ -~聽]*)\Z")
#: Bytes of UTF-8: whole characters, or beginnings and ends of such whose rest is lost.
_PIECE = re.compile(
    rb"[\x00-\x7f]|[\xc2\xc3\xce\xcf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xf0[\x90-\x9f][\x80-\xbf]{2}"
    rb"|([\xe1-\xef][\x80-\xbf]?|[\x80-\xbf]{1,2}|[\x81-\xfe])"
)
#: What the first six characters of a misreading have: two whole ones of UTF-8.
_TWO_WHOLE = re.compile(
    rb"(?:[\xe1-\xef][\x80-\xbf]{2}|\xf0\x9f[\x80-\xbf]{2}|\xc2[\xa0-\xbf])"
    rb"[ -~]{0,24}[\xe1-\xef][\x80-\xbf]{2}"
)
#: Characters that are looked at first, and bytes that may be broken before the two.
_WINDOW, _REACH = 30, 6
#: One of these is at its beginning, whole or with its last byte lost.
_BEGINS = re.compile(
    rb"[\xe1-\xef][\x80-\xbf](?:[\x80-\xbf]|[\xe1-\xef?\xff])|\xf0\x9f|\xc2[\xa0-\xbf]"
)

#: Damaged characters in a row from which on a text is of another kind.
_MOST_BROKEN = 2
#: Han characters from which on strictly well-formed bytes are no chance: of 10 million characters
#: of clean text none are. Fewer must make a word, and come out of rare characters.
_FEWEST = 5
#: After so many characters it is asked whether a long line is still one that was read wrong.
_LOOK = 64
#: Characters that are read at first, and pieces at their end that what follows may change.
_FIRST_LENGTH, _UNSURE = 4 * _LOOK, 4
#: The least share of characters that are whole, for what is only shown.
_WHOLE_SHARE = 0.6


class _Piece(NamedTuple):
    """A character of UTF-8, or what is left of it."""

    #: Where its bytes begin and end, counted from the first.
    start: int
    end: int
    #: The character; empty if bytes of it are lost.
    char: str
    #: What is left of those.
    part: bytes = b""

    @property
    def is_sure(self) -> bool:
        """Whether it is a whole character of three bytes or more: others come by chance."""
        return bool(self.char) and self.end - self.start > 2

    @property
    def options(self) -> tuple[str, ...]:
        """What a damaged character may have been."""
        return _options(self.part)


def gbk_misreadings(text: str, places: Iterable[int]) -> Iterator[Misreading]:
    """What of a text is UTF-8 that was read as GBK, in order of place.

    Args:
        places: where one of `FIRSTS` stands, in order.
    """
    done = 0
    for at in places:
        if at >= done:
            found, done = _from(text, at)
            if found:
                yield found


def _from(text: str, start: int) -> tuple[Misreading | None, int]:
    """What begins at a place with the likeness of a first byte, and where to look next: what is
    none as a whole is none in part.
    """
    # Enough for nearly all rare characters of clean text.
    if not _BEGINS.match(b"".join(map(_bytes_of, text[start : start + 2]))):
        return None, start + 1
    two = _TWO_WHOLE.search(b"".join(map(_bytes_of, text[start : start + _WINDOW])))
    if two is None or two.start() > _REACH:
        return None, start + 1
    pieces, bounds = _read_from(text, start)
    if not pieces:
        return None, start + 1
    end = start + bounds[pieces[-1].end]
    whole = sum(bool(piece.char) for piece in pieces)
    if whole == len(pieces):
        decoded = "".join(piece.char for piece in pieces)
        if _is_chinese(decoded, text[start:end]):
            space = _SPACES_BEFORE.search(text, max(0, start - _WINDOW), start)
            if space:  # the likeness of a no-break space is too common to begin with
                start = space.start()
                decoded = space.group().replace("聽", "\xa0") + decoded
            return Misreading(start, end, decoded, _HOW, exact=True), end
        return None, end
    if whole < _WHOLE_SHARE * len(pieces):
        return None, start + 1
    decoded, guessed = _completed(pieces)
    if not _is_chinese(decoded.replace("\ufffd", ""), text[start:end]):
        return None, start + 1
    how = f"{_HOW}, with bytes lost"
    if guessed:
        how += f" (by the words around them: {guessed})"
    return Misreading(start, end, decoded, how), end


def _bytes_of(char: str) -> bytes:
    """The bytes of a character in GBK; FF for one that stands for lost bytes."""
    return b"\xff" if char == "\ufffd" else gbk_bytes(char)


def _read_from(text: str, start: int) -> tuple[list[_Piece], dict[int, int]]:
    """The stretch that begins at a place, and the offsets of its bytes that are between characters.

    So much of the text is read as the stretch is long, about: many may begin on one line.
    """
    length = _FIRST_LENGTH
    while True:
        written, bounds = _bytes_from(text, start, start + length)
        pieces = _pieces(written, bounds)
        stop = _stop(pieces)
        # Bytes that were not read may still change the last pieces.
        if (stop is not None and stop + _UNSURE < len(pieces)) or len(bounds) <= length:
            return _stretch(pieces, stop, bounds), bounds
        length *= 4


def _bytes_from(text: str, start: int, end: int) -> tuple[bytes, dict[int, int]]:
    """The bytes of a text from a place to where GBK ends, or to another place; and for each of
    their offsets that is between two characters the number of characters before it.
    """
    parts: list[bytes] = []
    for at in range(start, min(end, len(text))):
        part = _bytes_of(text[at])
        if not part or part in (b"\n", b"\r"):
            break
        parts.append(part)
        if len(parts) % _LOOK == 0 and not _is_going_on(parts[-_LOOK:]):
            break
    offsets = accumulate(map(len, parts), initial=0)
    return b"".join(parts), {offset: number for number, offset in enumerate(offsets)}


def _is_going_on(parts: list[bytes]) -> bool:
    """Whether bytes still look like UTF-8, or are ASCII."""
    written = b"".join(parts)
    return 2 * len(written.decode("utf-8", "ignore").encode()) > len(written)


def _pieces(written: bytes, bounds: dict[int, int]) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = 0
    while at < len(written):
        match = _PIECE.match(written, at)
        if match is None:  # a sign of lost bytes: they were the rest of what stands before
            last = pieces[-1] if pieces else None
            if last and len(last.part) == 2:
                pieces[-1] = last._replace(end=at + 1)
            else:
                pieces.append(_Piece(at, at + 1, ""))
            at += 1
            continue
        start, end = match.span()
        part = match.group()
        if match.group(1) is None:
            # E7 95 ?: the question mark stands for the third byte.
            if part == b"?" and pieces and len(pieces[-1].part) == 2 and pieces[-1].end == start:
                pieces[-1] = pieces[-1]._replace(end=end)
            else:
                pieces.append(_Piece(start, end, part.decode("utf-8", "replace")))
        else:
            if part[0] < 0xC0 and pieces and (parted := _parted(pieces[-1], end, written, bounds)):
                pieces[-1:] = parted
            else:
                pieces.append(_Piece(start, end, "", part))
        at = end
    return pieces


def _parted(last: _Piece, end: int, written: bytes, bounds: dict[int, int]) -> list[_Piece]:
    """Two pieces in place of a whole one with a rest behind it: between two characters of the text
    bytes are lost, so that its first bytes and its last are of different characters.
    """
    if not last.is_sure:
        return []
    for cut in range(last.start + 1, last.end):
        if cut in bounds and end - cut <= 2:
            head, tail = written[last.start : cut], written[cut:end]
            return [_Piece(last.start, cut, "", head), _Piece(cut, end, "", tail)]
    return []


def _options(part: bytes) -> tuple[str, ...]:
    """The common characters of which two bytes of three are known."""
    if len(part) != 2:
        return ()
    if part[0] >= 0xE1:
        every = [part + bytes((last,)) for last in range(0x80, 0xC0)]
    else:
        every = [bytes((first,)) + part for first in range(0xE4, 0xEA)]
    chars = (each.decode("utf-8", "ignore") for each in every)
    return tuple(char for char in chars if char in common_characters() or char in PAUSE_CLASS)


def _stop(pieces: list[_Piece]) -> int | None:
    """The piece at which a text of another kind begins."""
    broken = 0
    for number, piece in enumerate(pieces):
        broken = 0 if piece.char else broken + 1
        if broken > _MOST_BROKEN or piece.char == "\ufffd":
            return number
    return None


def _stretch(pieces: list[_Piece], stop: int | None, bounds: dict[int, int]) -> list[_Piece]:
    """The pieces up to where a text of another kind begins; the last ends where a character of the
    text does.
    """
    kept = pieces[:stop]
    if stop is None or pieces[stop].char:  # to the end: only what is no part of it at all goes
        while kept and (kept[-1].end not in bounds or _stands_alone(kept[-1], bounds)):
            kept.pop()
        return kept
    while kept and (kept[-1].end not in bounds or not kept[-1].is_sure):
        kept.pop()
    return kept


def _stands_alone(piece: _Piece, bounds: dict[int, int]) -> bool:
    """Whether a piece is a character of ASCII in the text, too, and no part of another."""
    return piece.char != "" and piece.char.isascii() and piece.start in bounds


def _is_chinese(decoded: str, text: str) -> bool:
    """Whether what comes out is Chinese, and what it is read from is less so."""
    after, before = map(plausibility, map(without_controls, (decoded, text)))
    if after.han < _FEWEST and not (after.is_chinese and 2 * before.common <= before.han):
        return False
    return after.is_common and after.han > 1 and 2 * before.word_share <= after.word_share


def _completed(pieces: list[_Piece]) -> tuple[str, str]:
    """What can be read, with the one character that makes a word for each damaged one; those."""
    fold = fold_table()
    chars = [piece.char for piece in pieces]
    guessed = ""
    for at, piece in enumerate(pieces):
        if piece.char:
            continue
        before = chars[at - 1] if at else ""
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        behind: tuple[str, ...] = ()
        if following:
            behind = (following.char,) if following.char else following.options
        scores = {
            option: is_word((before + option).translate(fold))
            + any(is_word((option + next_).translate(fold)) for next_ in behind)
            for option in piece.options
            if is_han(option)
        }
        best = max(scores.values(), default=0)
        winners = [option for option, score in scores.items() if score == best > 0]
        chars[at] = winners[0] if len(winners) == 1 else "\ufffd"
        guessed += winners[0] if len(winners) == 1 else ""
    return "".join(chars), guessed
