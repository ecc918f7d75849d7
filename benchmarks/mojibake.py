"""Lines read in a wrong encoding: how many are restored exactly, and what is found in clean text.

Every kind is made of the same held-out lines, by the codecs themselves: encoded, and decoded as
something else without loss. Traditional lines are made by OpenCC. A line counts as restored if
`clean` at tier ``suggested``, with the rule of misread encodings alone, gives the line itself.

    python benchmarks/mojibake.py
    python benchmarks/mojibake.py --false-alarms --show 20
"""

from __future__ import annotations

import lzma
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

from common import CORPUS, SHARED, Corpus, Names, files, held_out

from textclean import Config, check, clean
from textclean.text.classes import is_han
from tools.command import command

NAMES = ("news", "reports", "health", "tech", "laws")
RESTORING = Config(tier="suggested", select=("C014",))
FINDING = Config(tier="suggested", select=("C014", "C106"))

#: Han characters of a line, at least.
FEWEST = 8

Lines = Annotated[int, "of each kind"]
Seed = Annotated[int, "which lines are drawn"]
Show = Annotated[int, "errors to print of each kind"]
Alarms = Annotated[bool, "count findings in clean text instead"]
Wild = Annotated[Path, "a folder of files of mixed text"]
Most = Annotated[int, "characters of clean text from each file"]


def latin1(written: bytes) -> str:
    return written.decode("latin-1")


def cp1252(written: bytes) -> str:
    """As browsers read it: the five bytes that are not defined are controls."""
    return "".join(
        chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes((byte,)).decode("cp1252")
        for byte in written
    )


def encoded(codec: str) -> Callable[[str], bytes]:
    return lambda line: line.encode(codec)


def decoded(codec: str) -> Callable[[bytes], str]:
    return lambda written: written.decode(codec)


def twice(reading: Callable[[bytes], str]) -> Callable[[bytes], str]:
    return lambda written: reading(reading(written).encode())


#: By name: the codec, the reading, and whether the lines are Traditional.
KINDS: dict[str, tuple[str, Callable[[bytes], str], bool]] = {
    "UTF-8 as Latin-1": ("utf-8", latin1, False),
    "UTF-8 as Windows-1252": ("utf-8", cp1252, False),
    "UTF-8 as Latin-1, twice": ("utf-8", twice(latin1), False),
    "UTF-8 as Windows-1252, twice": ("utf-8", twice(cp1252), False),
    "UTF-8, Traditional, as Windows-1252": ("utf-8", cp1252, True),
    "GBK as Latin-1": ("gb18030", latin1, False),
    "GBK as Windows-1252": ("gb18030", cp1252, False),
    "GBK as Windows-1252, then UTF-8 as Windows-1252": (
        "gb18030",
        lambda written: cp1252(cp1252(written).encode()),
        False,
    ),
    "GBK, Traditional, as Latin-1": ("gb18030", latin1, True),
    "Big5 as Latin-1": ("big5", latin1, True),
    "Big5 as Windows-1252": ("big5", cp1252, True),
    "UTF-8 as GBK": ("utf-8", decoded("gbk"), False),
    "UTF-8 as GB18030": ("utf-8", decoded("gb18030"), False),
    "UTF-8, Traditional, as GB18030": ("utf-8", decoded("gb18030"), True),
    "GBK as Big5": ("gbk", decoded("big5hkscs"), False),
    "Big5 as GB18030": ("big5", decoded("gb18030"), True),
}


def lines(corpus: Path, names: Names) -> Iterator[str]:
    """Held-out lines with some Chinese, of each file in turn."""
    for path in files(corpus, names):
        for document in held_out(path):
            yield from (line for line in document if sum(map(is_han, line)) >= FEWEST)


def lossless(line: str, kind: str) -> tuple[str, str] | None:
    """A line, or what of it comes through without loss, and as what a program would show that."""
    while len(line) >= FEWEST:
        if read := misread(line, kind):
            return line, read
        # Half as often as not the number of bytes is odd; else a character in the middle is lost.
        line = line[:-1] if len(line) % 8 else line[: len(line) // 2]
    return None


def misread(line: str, kind: str) -> str | None:
    """The line as a program would show it; None if it cannot come about without loss."""
    codec, reading, _ = KINDS[kind]
    try:
        written = line.encode(codec)
        return reading(written) if written.decode(codec) == line else None
    except UnicodeError:
        return None


def print_restored(corpus: Path, names: Names, count: int, seed: int, show: int) -> None:
    from opencc import OpenCC

    every = list(lines(corpus, names))
    random.Random(seed).shuffle(every)
    traditional = OpenCC("s2t.json").convert
    print(f"{'kind':<50}{'lines':>7}{'exact':>8}{'share':>8}{'wrong':>7}")
    for kind, (_, _, wants_traditional) in KINDS.items():
        exact = wrong = total = 0
        printed = 0
        for line in every:
            line = traditional(line) if wants_traditional else line
            found = lossless(line, kind)
            if found is None or sum(map(is_han, found[0])) < FEWEST:
                continue
            line, read = found
            total += 1
            done = clean(read, RESTORING)
            assert done.revert() == read
            exact += done.text == line
            if done.text not in (line, read):
                wrong += 1
            if done.text != line and printed < show:
                printed += 1
                print("   ", line[:70], "->", ascii(done.text[:70]))
            if total == count:
                break
        print(f"{kind:<50}{total:>7}{exact:>8}{exact / max(1, total):>8.4f}{wrong:>7}")


def clean_texts(corpus: Path, names: Names, most: int) -> Iterator[tuple[str, str]]:
    """Clean text in pieces, with the name of its file."""
    for path in files(corpus, names):
        size = 0
        with lzma.open(path, "rt", encoding="utf-8") as file:
            while size < most and (piece := file.read(200_000)):
                size += len(piece)
                yield path.name, piece


def print_alarms(corpus: Path, names: Names, wild: Path, most: int, show: int) -> None:
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    texts = [*clean_texts(corpus, names, most)]
    for path in sorted(wild.rglob("*.*")) if wild.exists() else ():
        try:
            texts.append((f"wild/{path.parent.name}", path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    for name, text in texts:
        sizes[name] += len(text)
        for edit in check(text, FINDING):
            counts[name] += 1
            if counts[name] <= show:
                around = text[max(0, edit.start - 12) : edit.end + 12]
                print(f"  {name} {edit.rule} {around!r} {edit.evidence} -> {edit.after!r}")
    for name, size in sizes.items():
        print(f"{name:<20}{size:>12,} characters{counts[name]:>6} findings")
    print(f"{'all':<20}{sum(sizes.values()):>12,} characters{sum(counts.values()):>6} findings")


def main(
    corpus: Corpus = CORPUS,
    names: Names = NAMES,
    lines: Lines = 4_000,
    seed: Seed = 2,
    show: Show = 0,
    false_alarms: Alarms = False,
    wild: Wild = SHARED / "wild",
    most: Most = 3_000_000,
) -> None:
    """Print a line for each kind, or what is found in clean text."""
    if false_alarms:
        print_alarms(corpus, names, wild, most, show)
    else:
        print_restored(corpus, names, lines, seed, show)


if __name__ == "__main__":
    command(main)()
