"""Pages that are no text: what a broken font map or a wrong encoding leaves of a whole page.

A PDF whose fonts do not say which characters their glyphs are gives ``(cid:12)``, private-use
characters, or letters of scripts that nobody mixes in one word (``ܚߟؔ౒Ͻ``). A single such place is a
lost character. A page of them is a picture of text, and OCR must read it. Other broken maps give
Chinese characters, all of them wrong (`wrong_characters`).
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.text.classes import BREAK_CLASS, HAN_CLASS, occurrences
from textclean.text.kinds.wrong_characters import has_wrong_characters
from textclean.text.memo import recalled
from textclean.text.mojibake import SIGNS, misreadings
from textclean.text.patterns import pattern

#: Letters that Chinese prose has none of, but for words of another language: each run a script.
_SCRIPTS = (
    "\u0250-\u02af", "\u0370-\u03ff", "\u0400-\u052f", "\u0530-\u058f", "\u0590-\u05ff",
    "\u0600-\u06ff\u0750-\u077f", "\u0700-\u074f", "\u0780-\u07bf", "\u07c0-\u07ff",
    "\u0800-\u08ff", "\u0900-\u097f", "\u0980-\u09ff", "\u0a00-\u0a7f", "\u0a80-\u0aff",
    "\u0b00-\u0b7f", "\u0b80-\u0bff", "\u0c00-\u0c7f", "\u0c80-\u0cff", "\u0d00-\u0d7f",
    "\u0d80-\u0dff", "\u0e00-\u0e7f", "\u0e80-\u0eff", "\u0f00-\u0fff", "\u1000-\u109f",
    "\u10a0-\u10ff", "\u1200-\u139f", "\u13a0-\u13ff", "\u1400-\u167f", "\u1680-\u16ff",
    "\u1700-\u177f", "\u1780-\u17ff", "\u1800-\u18af", "\u1900-\u1cff",
)  # fmt: skip
_FOREIGN = "".join(_SCRIPTS)
#: Characters that stand for none.
_NONE = "\ufffd\ufffc\ue000-\uf8ff\x80-\x84\x86-\x9f\x01-\x08\x0e-\x1a\x7f"
#: Words with letters of two scripts, and signs that are no characters.
_MIXED = pattern(
    "|".join(f"[{one}](?=[{_FOREIGN}])[^{one}]" for one in _SCRIPTS)
    + rf"|[{_NONE}]|\(cid:[0-9]{{1,5}}\)"
)
SUSPECTS = f"{_NONE}{_FOREIGN}{SIGNS}"
#: Of 锟斤拷 one character in three is a suspect, of the other kinds more; prose has few.
_NEAR, _BEHIND = 4, 3
_DENSE = pattern(
    f"[{SUSPECTS}](?:[^{SUSPECTS}{BREAK_CLASS}]{{0,{_NEAR}}}+[{SUSPECTS}]){{{_BEHIND}}}"
)
_SUSPECT = pattern(f"[{SUSPECTS}]")
#: So few kinds of suspects are looked for one by one in texts longer than this.
_FEW, _SHORT = 4, 400
_VISIBLE = pattern(r"\S")
_GLYPH = pattern(r"\(cid:[0-9]{1,5}\)")
_WORD = pattern(f"[{_FOREIGN}{_NONE}]+")
_LINE = pattern(f"[^{BREAK_CLASS}]+")
#: What a line between two such lines has not, if it is a page number or a rest of theirs.
_WORDS = pattern(f"[{HAN_CLASS}]{{4}}")
#: Signs of it in a page at least, and how large a share of what is to be seen they are.
_FEWEST, _SHARE = 20, 0.3


def unreadable_pages(text: str, held: str | None = None) -> list[tuple[int, int]]:
    """The stretches of whole lines that are no text, in order: mostly none, or all of it.

    Args:
        held: characters among which are all suspects that the text holds, if these are known.
    """
    if held is not None and not _may_be_dense(text, held) and "(cid:" not in text:
        return _wrong_page(text)
    return _pages(text)


@recalled(1_000_000)
def _pages(text: str) -> list[tuple[int, int]]:
    if "(cid:" not in text and not _DENSE.search(text):
        return _wrong_page(text)
    bad = _unreadable_spans(text)
    if sum(end - start for start, end in bad) < _FEWEST:
        return []
    return [*_regions(text, bad)]


def _may_be_dense(text: str, held: str) -> bool:
    """Whether suspects may stand so near to each other: most texts have none, or single ones."""
    if len(text) <= _SHORT or not held:
        return len(held) > 0
    # To compile the class takes as long as to clean a page.
    suspects = set(held) - {"\u3000"}  # paragraphs begin with two
    if len(suspects) <= _FEW and not _are_near(text, suspects):
        return False
    suspects = set(_SUSPECT.findall(held))
    return len(suspects) > _FEW or _are_near(text, suspects)


def _are_near(text: str, characters: set[str]) -> bool:
    """Whether so many of some characters stand as near to each other as those of a page do."""
    places = sorted(at for char in characters for at in occurrences(text, char))
    reach = _BEHIND * (_NEAR + 1)
    return any(last - at <= reach for at, last in zip(places, places[_BEHIND:], strict=False))


def _wrong_page(text: str) -> list[tuple[int, int]]:
    """All of a text, from its first line to its last, if its characters are all wrong."""
    if not has_wrong_characters(text):
        return []
    return [(len(text) - len(text.lstrip()), len(text.rstrip()))]


def _unreadable_spans(text: str) -> list[tuple[int, int]]:
    """What stands for no character: sorted and disjoint."""
    spans = [match.span() for match in _GLYPH.finditer(text)]
    spans += [match.span() for match in _WORD.finditer(text) if _MIXED.search(text, *match.span())]
    # What can be read again for certain is no picture of text.
    spans += [(each.start, each.end) for each in misreadings(text) if not each.exact]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _regions(text: str, bad: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Runs of lines of which so much is unreadable; between two of them only what has no words."""
    first = last = -1
    at = signs = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        unreadable = 0
        while at < len(bad) and bad[at][0] < end:
            unreadable += bad[at][1] - bad[at][0]
            at += 1
        if unreadable and unreadable >= _SHARE * len(_VISIBLE.findall(text, start, end)):
            first = start if signs == 0 else first
            last = end
            signs += unreadable
        elif signs and _WORDS.search(text, start, end):
            if signs >= _FEWEST:
                yield first, last
            signs = 0
    if signs >= _FEWEST:
        yield first, last
