"""The tables of words and doublings in ``textclean/text/data``, from a dictionary and prose.

    pip download --no-deps --no-binary :all: jieba==0.42.1

``--edited`` names the files (without ``.txt``) that an editor has read: only they say what is never
doubled. Nothing is held out.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textclean.text import words as tables
from tools.command import Folders
from tools.training.corpus import files, register, stripped_text
from tools.training.tables import Dictionary, grouped, jieba_words, write

OUTPUT = Path(tables.__file__).parent / "data"
NAMES = {"nr", "nrt", "nrfg", "ns", "nt"}
NUMERALS = "〇一二三四五六七八九十百千万亿零两"

# A word is in the table when a dictionary has it, and the corpus has it this often …
WORD_COUNT = 5
# … and this many times as often as its two characters would meet by chance.
WORD_LIFT = 2.0
# A character can be said to be never doubled when it is seen so often …
CHARACTER_COUNT = 2_000
# … and doubled in at most this share of its places.
DOUBLED_SHARE = 2e-5
# … beside a word, where one of one character may follow (人体体内), this often, and never doubled;
BESIDE_COUNT = 20_000
# or, where it makes no word on either side, in this share of what chance would give: even edited
# text has slips of the pen (的的, 和和).
CHANCE_SHARE = 0.01
PHRASE_COUNT = 2_000
# Word before, word after (with no ideograph before). Where both are words, 发展 and 展望 just met.
PLACES = ((False, False), (True, False), (False, True))

Codes = NDArray[np.int64]


def listed_words(archive: Path) -> set[str]:
    """jieba's words of two to four ideographs that are not names."""
    return {
        word
        for word, count, tag in jieba_words(archive)
        if len(word) in (2, 3, 4)
        and tag not in NAMES
        and int(count) >= 3
        and all(map(is_ideograph, word))
    }


def codes(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)


def grams(points: Codes, length: int) -> Counter[int]:
    """How often each run of `length` ideographs occurs; 16 bits a character."""
    han = (points >= 0x3400) & (points <= 0x9FFF)
    last = len(points) - length + 1
    packed = np.zeros(last, dtype=np.int64)
    keep = np.ones(last, dtype=bool)
    for at in range(length):
        packed = packed * 65536 + points[at : at + last]
        keep &= han[at : at + last]
    found, counts = np.unique(packed[keep], return_counts=True)
    return Counter(dict(zip(found.tolist(), counts.tolist(), strict=True)))


def pack(word: str) -> int:
    """A run of characters as `grams` counts it."""
    number = 0
    for character in word:
        number = number * 65536 + ord(character)
    return number


def doubled(text: str, length: int) -> list[int]:
    """Where a run of `length` ideographs stands twice in a row."""
    twice = re.finditer(f"(?=([\u3400-\u9fff]{{{length}}})\\1)", text)
    return [match.start() for match in twice]


def is_ideograph(character: str) -> bool:
    """Whether a character is what the counts here are of; False for the empty string."""
    return "\u3400" <= character <= "\u9fff"


def run(
    folders: Folders, dictionary: Dictionary, output: Path = OUTPUT, edited: tuple[str, ...] = ()
) -> None:
    """Write the tables."""
    known = listed_words(dictionary)

    single: Counter[int] = Counter()
    pairs: Counter[int] = Counter()
    triples: Counter[int] = Counter()
    edited_pairs: Counter[int] = Counter()
    edited_single: Counter[int] = Counter()
    texts: dict[str, str] = {}
    for path in files(folders):
        name = register(path)
        texts[name] = text = stripped_text(path)
        points = codes(text)
        ones, twos = grams(points, 1), grams(points, 2)
        single.update(ones)
        pairs.update(twos)
        triples.update(grams(points, 3))
        if not edited or name in edited:
            edited_single.update(ones)
            edited_pairs.update(twos)
    total = sum(single.values())

    def is_used(word: str) -> bool:
        if len(word) == 3:
            return triples[pack(word)] >= WORD_COUNT
        count = pairs[pack(word)]
        chance = single[ord(word[0])] * single[ord(word[1])] / total
        # 的 is everywhere: 标的 is a word, whatever chance says.
        return count >= WORD_COUNT and (count >= WORD_LIFT * chance or "的" in word)

    used = {word for word in known if len(word) < 4 and is_used(word)}
    words = {word for word in used if len(word) == 2}

    # Of each doubled character: whether it makes a word with what is before it, and after it.
    places: dict[tuple[bool, bool], Counter[str]] = {place: Counter() for place in PLACES}
    phrases: set[str] = set()
    # 高高兴兴, 家家户户: the pairs (高兴, 家户) that Chinese does double character by character.
    spread = {
        word[::2] for word in known if len(word) == 4 and word[0] == word[1] and word[2] == word[3]
    }
    for name, text in texts.items():
        if edited and name not in edited:
            continue
        twice = doubled(text, 1)
        starts = set(twice)
        spread.update(text[at : at + 4 : 2] for at in twice if at + 2 in starts)
        for at in twice:
            place = (text[at - 1 : at + 1] in words, text[at + 1 : at + 3] in words)
            if place == (False, True) and is_ideograph(text[at - 1 : at]):
                continue  # it may end a word that no list has (卒中中心): never proposed
            if place in places:
                places[place][text[at]] += 1
        phrases.update(text[at : at + 2] for at in doubled(text, 2))
    edited_total = sum(edited_single.values())

    def undoubled(place: tuple[bool, bool]) -> str:
        chosen = []
        for code, count in sorted(edited_single.items()):
            found = places[place][chr(code)]
            if place == (False, False):
                chance = CHANCE_SHARE * count * count / edited_total
                never = count >= CHARACTER_COUNT and found <= max(DOUBLED_SHARE * count, chance)
            else:
                never = count >= BESIDE_COUNT and not found
            if never and chr(code) not in NUMERALS:
                chosen.append(chr(code))
        return "".join(chosen)

    whole = {
        word
        for word in words
        if edited_pairs[pack(word)] >= PHRASE_COUNT
        and word not in phrases
        and not set(word) & set(NUMERALS)
    }
    longer = [word for word in used if len(word) == 3 and (word[:2] in whole or word[1:] in whole)]
    write(output / "words.txt", grouped(words))
    write(output / "undoubled_characters.txt", [undoubled(place) for place in PLACES])
    write(output / "undoubled_words.txt", grouped(whole))
    write(output / "longer_words.txt", grouped(longer))
    write(output / "reduplicated.txt", grouped(pair for pair in spread if pair[0] != pair[1]))
