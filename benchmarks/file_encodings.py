"""Files in other encodings: how many are read as they were written, and how many refused.

Files are slices of held-out texts, 200 characters and more, in four encodings; Traditional ones for
Big5 are made by OpenCC. A file that is read as something else is wrong; one that is refused, naming
`--encoding`, is not.

    python benchmarks/file_encodings.py
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from common import CORPUS, Corpus, Names, files, held_out

from textclean import Config
from textclean.corpus.formats.encoding import decode
from textclean.errors import DocumentError
from tools.command import command

NAMES = ("news", "reports", "health", "tech", "laws")
ENCODINGS = (
    "gb18030", "gbk, Traditional", "big5", "cp950", "utf-8", "utf-16-le", "utf-16-be",
    "utf-16-le, Traditional",
)  # fmt: skip

Count = Annotated[int, "files of each encoding"]
Length = Annotated[int, "characters of a file, at least; three times as many at most"]
Seed = Annotated[int, "which slices are drawn"]
Show = Annotated[int, "errors to print of each encoding"]


def texts(corpus: Path, names: Names) -> Iterator[str]:
    """Held-out documents, put together by file."""
    for path in files(corpus, names):
        yield "\n".join(line for document in held_out(path) for line in document)


def main(
    corpus: Corpus = CORPUS,
    names: Names = NAMES,
    count: Count = 2_000,
    length: Length = 200,
    seed: Seed = 1,
    show: Show = 0,
) -> None:
    """Print a line for each encoding."""
    from opencc import OpenCC

    traditional = OpenCC("s2t.json").convert
    every = list(texts(corpus, names))
    print(f"{'encoding':<26}{'files':>7}{'right':>8}{'share':>8}{'refused':>9}{'wrong':>7}")
    for encoding in ENCODINGS:
        draw = random.Random(seed)
        codec, _, script = encoding.partition(", ")
        counts: Counter[str] = Counter()
        shown = 0
        while counts["files"] < count:
            text = draw.choice(every)
            at = draw.randrange(max(1, len(text) - length))
            text = text[at : at + draw.randrange(length, 3 * length)]
            if script or codec in ("big5", "cp950"):
                text = traditional(text)
            try:
                raw = text.encode(codec)
            except UnicodeEncodeError:
                if codec == "utf-8":
                    raise
                # What the encoding lacks was never in such a file.
                raw = text.encode(codec, "ignore")
                text = raw.decode(codec)
            if len(text) < length:
                continue
            counts["files"] += 1
            try:
                content, name = decode(Path("a.txt"), raw, Config())
                kind = "right" if content == text else "wrong"
            except DocumentError as error:
                kind, name = "refused", str(error)
            counts[kind] += 1
            if kind != "right" and shown < show:
                shown += 1
                print(f"  {kind} {name}: {text[:60]!r}")
        total = counts["files"]
        print(
            f"{encoding:<26}{total:>7}{counts['right']:>8}{counts['right'] / total:>8.4f}"
            f"{counts['refused']:>9}{counts['wrong']:>7}"
        )


if __name__ == "__main__":
    command(main)()
