"""Several readings made one text: pages that were read by several engines, and noisy copies.

    python benchmarks/consensus.py [--gold FOLDER] [--corpus FOLDER] [--paragraphs N] [--wrong]

*Pages*: rows of ``ocr.jsonl`` and ``ocr_real.jsonl``, beside the project, that have one truth are
readings of one page. The error rate is the edit distance to the truth over its length, with runs of
line breaks folded to one, marks of one width and spaces between Chinese and Latin away. Every
reading is cleaned at the tier ``suggested``, and so is the consensus; its rate stands beside that
of the best reading. `all`: all readings; `engines`: Tesseract, RapidOCR and one reading of the
text layer, the best; `pairs`: every two readings. ``--wrong`` prints the changes of each page.

*Copies*: paragraphs of a part of the corpus that no table was counted on, each several times with
characters misread, lost and added (a third each), ideographs only or any character; what is left of
the errors in the consensus, as a share of those of one copy and of the best. Numbers are misread
like all else.

Each result is checked: every character stands in a reading, where `sources` says, and the edits
lead back to the base.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from statistics import mean
from typing import Annotated, Any

from common import CORPUS, SHARED, Corpus, files, rows
from ocr import SUGGESTED
from page_errors import plain
from rapidfuzz.distance import Levenshtein

from textclean import Consensus, clean, consensus
from textclean.text.classes import is_han
from tools.command import command
from tools.training.corpus import text_of

#: What the table of bigrams was counted on, of each file, in characters.
SEEN = 12_000_000
_WIDTHS = str.maketrans("，；：？！（）．", ",;:?!().")
_BESIDE_LATIN = re.compile(
    "(?<=[\u3400-\u9fff])[ \u3000]+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[ \u3000]+(?=[\u3400-\u9fff])"
)
#: Shares of characters in error, by copy.
COPIES = ((0.02,) * 3, (0.05,) * 3, (0.02, 0.05), (0.0, 0.1), (0.01, 0.2))


def folded(text: str) -> str:
    """A text without what is a matter of style."""
    return _BESIDE_LATIN.sub("", plain(text).translate(_WIDTHS))


def rate(text: str, truth: str) -> float:
    """Character error rate of folded texts."""
    return Levenshtein.distance(folded(text), folded(truth)) / max(1, len(folded(truth)))


def checked(readings: Mapping[str, str]) -> Consensus:
    """The consensus of some readings, of which each character stands in one.

    Raises:
        AssertionError: one does not, or the edits do not lead back.
    """
    done = consensus(readings)
    assert done.revert() == readings[done.base]
    for char, sources in zip(done.text, done.sources, strict=True):
        assert sources
        assert all(readings[name][at] == char for name, at in sources)
    return done


def pages(gold: Path) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Of each page with several readings: its name, its truth, its readings by engine."""
    by_truth: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for name in ("ocr.jsonl", "ocr_real.jsonl"):
        if (gold / name).is_file():
            for row in rows(gold / name):
                by_truth[row["truth"]].append(row)
    for truth, found in by_truth.items():
        if len(found) > 1:
            yield found[0]["id"], truth, {row["engine"]: row["noisy"] for row in found}


def choices(readings: Mapping[str, str], rates: Mapping[str, float]) -> Iterator[tuple[str, Any]]:
    """The choices of readings that are merged, by kind."""
    yield "all", tuple(readings)
    engines = [name for name in ("tesseract", "rapidocr") if name in readings]
    layers = [name for name in readings if name not in engines]
    best = sorted(layers, key=rates.__getitem__)[:1]
    yield "engines", (*engines, *best)
    for pair in combinations(readings, 2):
        yield "pairs", pair


def judge_pages(gold: Path, show: bool) -> None:
    """Print the error rates of pages with several readings."""
    found: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for name, truth, readings in pages(gold):
        rates = {
            engine: rate(clean(text, SUGGESTED).text, truth) for engine, text in readings.items()
        }
        for kind, chosen in choices(readings, rates):
            done = checked({engine: readings[engine] for engine in chosen})
            best = min(rates[engine] for engine in chosen)
            merged = rate(clean(done.text, SUGGESTED).text, truth)
            found[kind].append((best, merged))
            if kind != "pairs":
                print(
                    f"{name:34}{kind:8}{len(chosen)} readings, base {done.base:24}"
                    f"best cleaned {best:.4f}  consensus {merged:.4f}"
                )
            if show and kind == "all":
                for edit in (*done.edits, *done.suggestions):
                    print(f"    {edit.rule} {edit.before!r} > {edit.after!r}  {edit.evidence}")
    for kind, each in found.items():
        best, merged = (mean(column) for column in zip(*each, strict=True))
        worse = sum(merged > best + 0.002 for best, merged in each)
        print(
            f"{kind}: {len(each)} times, best cleaned reading {best:.4f}, consensus {merged:.4f}, "
            f"ratio {merged / best:.3f}; worse than the best by more than .002: {worse}"
        )


def unseen(path: Path, number: int) -> list[str]:
    """Paragraphs of a file behind what tables were counted on."""
    lines = text_of(path, SEEN + 4_000_000)[SEEN:].split("\n")
    long = [line for line in lines if 80 <= len(line) <= 300 and "。" in line]
    return random.Random(1).sample(long, min(number, len(long)))


def copy(text: str, share: float, pool: Sequence[str], any_: bool, rng: random.Random) -> str:
    """A text of which a share of the characters is misread, lost, or has one too many behind it."""
    made = []
    for char in text:
        if (any_ or is_han(char)) and rng.random() < share:
            made.append(rng.choice((rng.choice(pool), "", char + rng.choice(pool))))
        else:
            made.append(char)
    return "".join(made)


def judge_copies(corpus: Path, paragraphs: int) -> None:
    """Print what is left of the errors of noisy copies."""
    texts = [
        text
        for path in files(corpus, ("news", "tech", "laws"))
        for text in unseen(path, paragraphs)
    ]
    if not texts:
        return
    for any_ in (False, True):
        pool = [char for text in texts for char in text if any_ or is_han(char)]
        for shares in COPIES:
            rng = random.Random(1)
            errors = [0] * len(shares)
            left = opened = 0
            for text in texts:
                copies = [copy(text, share, pool, any_, rng) for share in shares]
                done = checked({str(number): each for number, each in enumerate(copies)})
                for number, each in enumerate(copies):
                    errors[number] += Levenshtein.distance(each, text)
                left += Levenshtein.distance(done.text, text)
                opened += len(done.suggestions)
            characters = sum(map(len, texts))
            print(
                f"{'any character' if any_ else 'ideographs':15}"
                f"{' + '.join(f'{share:.0%}' for share in shares):14}"
                f"errors {mean(errors):7.1f} in a copy, {min(errors)} in the best, {left} in the "
                f"consensus ({left / mean(errors):.3f} of one; {left / characters:.5f} of the "
                f"characters), {opened} left open"
            )


@command
def main(
    gold: Annotated[Path, "folder of the pages"] = SHARED / "gold",
    corpus: Corpus = CORPUS,
    paragraphs: Annotated[int, "of each file of the corpus"] = 100,
    wrong: Annotated[bool, "print what was changed on each page"] = False,
) -> None:
    judge_pages(gold, wrong)
    judge_copies(corpus, paragraphs)


if __name__ == "__main__":
    main()
