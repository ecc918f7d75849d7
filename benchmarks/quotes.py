"""How well lost and stray halves of quotes are put right, on damaged prose of documents held out.

    python benchmarks/quotes.py [--corpus FOLDER] [--paragraphs N] [--show N]

Reads the files of clean prose that `tools.training.quotes` learns from, but only the
documents that it holds out (one in twenty, by checksum), damages every paragraph with quotes in one
place, and counts how often the likeliest candidate undoes the damage: in all, by the kind of
damage, by confidence, and as the rules propose it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

from common import CORPUS, NAMES, Corpus, Names, Paragraphs, Show, files, held_out, ratio

from textclean.punctuation.quote_defects import find_defects
from textclean.punctuation.quote_repairs import Action, candidates
from textclean.punctuation.quote_reranker import judge
from tools.command import command
from tools.training.quotes import damaged

BANDS = (0.99, 0.98, 0.95, 0.9, 0.8, 0.7, 0.5, 0.0)


def score(path: Path, most: int, show: int) -> None:
    """Print the figures of a file."""
    random = Random(7)
    tried: Counter[Action] = Counter()
    right: Counter[Action] = Counter()
    proposed: Counter[tuple[Action, bool]] = Counter()
    bands: Counter[tuple[float, bool]] = Counter()
    for damage in (each for document in held_out(path) for each in damaged(document, random)):
        defects = find_defects(damage.paragraph.quotes)
        if not defects:
            continue
        ranked, likely = judge(damage.paragraph, defects[0], damage.known)
        best, confidence = ranked[0]
        good = damage.is_right(best)
        tried[damage.action] += 1
        right[damage.action] += good
        proposed[best.action, good] += likely
        bands.update((band, good) for band in BANDS if confidence >= band)
        if not good and show > 0:
            show -= 1
            bare = damage.paragraph.bare
            said, was = (
                f"{each.action.name} {bare[max(0, each.gap - 12) : each.gap]}|"
                f"{bare[each.gap : each.gap + 12]}"
                for each in (best, damage)
            )
            found = candidates(damage.paragraph, defects[0], damage.known)
            known = "" if any(map(damage.is_right, found)) else "(no candidate)"
            print(f"  {confidence:.2f} said {said}  was {was} {known}")
        if tried.total() >= most:
            break
    total = tried.total()
    undone = [f"{a.name.lower()} {right[a]}/{tried[a]}" for a in Action]
    rules = [
        f"{a.name.lower()} {proposed[a, True]}/{proposed[a, True] + proposed[a, False]} right"
        for a in Action
    ]
    print(
        f"{path.name}: {total} damages, {ratio(right.total(), total):.3f} undone; by kind: "
        f"{', '.join(undone)}\n  as the rules propose: {', '.join(rules)}"
    )
    for band in BANDS:
        hits, misses = bands[band, True], bands[band, False]
        print(
            f"  confidence ≥ {band:.2f}: precision {ratio(hits, hits + misses):.3f}, "
            f"recall {ratio(hits, total):.3f}"
        )


@command
def main(
    corpus: Corpus = CORPUS, paragraphs: Paragraphs = 800, names: Names = NAMES, show: Show = 0
) -> None:
    for path in files(corpus, names):
        score(path, paragraphs, show)


if __name__ == "__main__":
    main()
