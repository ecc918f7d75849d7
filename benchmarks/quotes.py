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

from common import held_out, score_files

from textclean.punctuation.quote_defects import find_defects
from textclean.punctuation.quote_repairs import Action, candidates
from textclean.punctuation.quote_reranker import judge
from tools.training.quotes import damaged

BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)


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
        bands[max(band for band in BANDS if confidence >= band), good] += 1
        if not good and show > 0:
            show -= 1
            bare = damage.paragraph.bare
            found = candidates(damage.paragraph, defects[0], damage.known)
            print(
                f"  {confidence:.2f} said {best.action.name} "
                f"{bare[max(0, best.gap - 12) : best.gap]}|{bare[best.gap : best.gap + 12]}  was "
                f"{damage.action.name} {bare[max(0, damage.gap - 12) : damage.gap]}|"
                f"{bare[damage.gap : damage.gap + 12]} "
                f"{'' if any(map(damage.is_right, found)) else '(no candidate)'}"
            )
        if tried.total() >= most:
            break
    total = tried.total()
    print(
        f"{path.name}: {total} damages, {right.total() / max(1, total):.3f} undone; by kind: "
        + ", ".join(f"{a.name.lower()} {right[a]}/{tried[a]}" for a in Action)
    )
    print(
        "  as the rules propose: "
        + ", ".join(
            f"{a.name.lower()} {proposed[a, True]}/{proposed[a, True] + proposed[a, False]} right"
            for a in Action
        )
    )
    seen = seen_right = 0
    for band in reversed(BANDS):
        seen += bands[band, True] + bands[band, False]
        seen_right += bands[band, True]
        print(
            f"  confidence ≥ {band:.2f}: precision {seen_right / max(1, seen):.3f}, "
            f"recall {seen_right / max(1, total):.3f}"
        )


if __name__ == "__main__":
    score_files(__doc__, score, 800)
