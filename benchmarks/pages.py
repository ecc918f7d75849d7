"""Pages whose paragraphs were cut artificially, with the truth: what `stitches.py` measures on.

A page is some consecutive documents: headlines, paragraphs, captions (headlines of other
documents), credits, page numbers. A quarter of the paragraphs are cut in mid-sentence: the second
half stands beside the first (35 %), behind captions (30 %) or anywhere on the page (15 %), or one
half is gone (20 %). One cut in ten is behind a number. Captions stand behind a fifth of the whole
paragraphs too, and behind two in five of the lonely halves. Some full stops are lost, some
paragraphs stand there twice, half of the pages are damaged as the seeds are, and a fifth are
redacted.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_NEVER_LAST = "。！？；：…—“‘（《「『【"
_NEVER_FIRST = "，。、；：！？”’）》」』】…—%％"
_NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华建国文玉"


_NUMBER = re.compile(r"[0-9]+(?=[\u4e00-\u9fff])")
_PLACE = re.compile(
    "(?<![一-鿿])[一-鿿]{2}(?=[省市县区镇])|(?<=[在到从])[一-鿿]{2}(?=[省市县区镇])"
)


class Page(NamedTuple):
    """Blocks in order, the pairs that belong together, and the tails whose head is not there."""

    blocks: list[str]
    pairs: dict[int, int]
    #: Copies: the block, and the one that it repeats.
    copies: dict[int, int]
    loose: list[int]


class _Piece(NamedTuple):
    text: str
    #: A number for each cut, with "t" for its tail, "h" for its head; copies have "c" before it.
    mark: str = ""


def pages(documents: Sequence[Sequence[str]], seed: int) -> Iterator[Page]:
    """A page from every few documents; the same for the same seed."""
    rng = random.Random(seed)
    at = 0
    while at < len(documents):
        some = documents[at : at + rng.randint(2, 6)]
        at += len(some)
        yield _page(some, documents, rng)


def _page(
    some: Sequence[Sequence[str]], others: Sequence[Sequence[str]], rng: random.Random
) -> Page:
    pieces: list[_Piece] = []
    moved: list[_Piece] = []
    number = 0
    damage = rng.random() < 0.5
    redact = rng.random() < 0.2
    for document in some:
        for paragraph in document:
            place = _cut_place(paragraph, rng) if rng.random() < 0.25 else 0
            if not place:
                if rng.random() < 0.1:
                    paragraph = paragraph.rstrip("。")
                pieces.append(_Piece(paragraph))
                if len(paragraph) > 40 and rng.random() < 0.03:
                    pieces.append(_Piece(paragraph))
                if rng.random() < 0.2:
                    pieces += _between(others, rng)
                continue
            number += 1
            tail = _Piece(paragraph[:place], f"t{number}")
            head = _Piece(paragraph[place:], f"h{number}")
            fate = rng.random()
            if fate < 0.1:
                pieces.append(tail)
                if rng.random() < 0.4:
                    pieces += _between(others, rng)
            elif fate < 0.2:
                pieces.append(head)
            elif fate < 0.55:
                pieces += (tail, head)
            elif fate < 0.85:
                pieces += (tail, *_between(others, rng), head)
            else:
                pieces.append(tail)
                if rng.random() < 0.4:
                    pieces += _between(others, rng)
                moved.append(head)
            if fate >= 0.2 and rng.random() < 0.1:
                pieces.append(_Piece(tail.text, f"c{number}"))
    for head in moved:
        pieces.insert(rng.randint(0, len(pieces)), head)
    if damage:
        pieces = [piece._replace(text=_damaged(piece.text, rng)) for piece in pieces]
    if redact:
        pieces = [piece._replace(text=_redacted(piece.text)) for piece in pieces]
    marks = {piece.mark: i for i, piece in enumerate(pieces) if piece.mark}
    pairs: dict[int, int] = {}
    loose: list[int] = []
    for mark, i in marks.items():
        if mark[0] == "t":
            if (head_at := marks.get("h" + mark[1:])) is not None:
                pairs[i] = head_at
            else:
                loose.append(i)
    copies = {i: marks["t" + mark[1:]] for mark, i in marks.items() if mark[0] == "c"}
    return Page([piece.text for piece in pieces], pairs, copies, loose)


def _cut_place(paragraph: str, rng: random.Random) -> int:
    """Where a paragraph is cut: inside a sentence, not before a closing mark; 0 for nowhere."""
    if len(paragraph) < 40 or paragraph[0] in "(（":
        return 0
    numbers = [found.end() for found in _NUMBER.finditer(paragraph, 14, len(paragraph) - 6)]
    if numbers and rng.random() < 0.1:
        return rng.choice(numbers)
    for _ in range(10):
        place = rng.randint(14, len(paragraph) - 6)
        if paragraph[place - 1] not in _NEVER_LAST and paragraph[place] not in _NEVER_FIRST:
            return place
    return 0


def _between(others: Sequence[Sequence[str]], rng: random.Random) -> list[_Piece]:
    """Headlines, captions, credits, page numbers: one to three of them."""
    made: list[_Piece] = []
    for _ in range(rng.randint(1, 3)):
        kind = rng.random()
        if kind < 0.6:
            headlines = [
                headline for headline, *_ in rng.choices(others, k=9) if len(headline) < 29
            ]
            made += [_Piece(headline) for headline in headlines[:1]]
        elif kind < 0.8:
            name = rng.choice(_NAMES) + rng.choice(_GIVEN) + rng.choice(["", rng.choice(_GIVEN)])
            made.append(_Piece(rng.choice([f"记者 {name}", f"{name} 摄", f"本报记者 {name} 摄"])))
        else:
            made.append(_Piece(rng.choice(["{}", "— {} —", "第{}页"]).format(rng.randint(1, 90))))
    return made


def _damaged(text: str, rng: random.Random) -> str:
    """A text as extraction leaves it: half-width marks, lost quotes, spaces, a lost comma."""
    text = text.translate(str.maketrans("，；：！？", ",;:!?"))
    if rng.random() < 0.3:
        text = re.sub("[“”]", " ", text)
    return "".join(
        (" " if char == "," and rng.random() < 0.15 else char)
        + (" " if rng.random() < 0.02 else "")
        for char in text
    ).strip()


def _redacted(text: str) -> str:
    """A text with its digits, and the names of places that are easily told, redacted."""
    return re.sub("[0-9]", "x", _PLACE.sub("xx", text))
