"""Placeholders: found, typed, rebuilt; what is taken for one and is none; how fast.

    python benchmarks/placeholders.py [--corpus FOLDER] [--megabytes N] [--show]

Scores against ``benchmarks/gold/placeholders.jsonl`` (hand-made truth for the first part of seed
002). With a folder of clean prose (``tech.txt`` and ``news.txt``, or ``.xz``; by default the one
beside the project, if it is there) also false placeholders on N megabytes of each, every one shown,
and the speed on it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from common import CORPUS, GOLD, Corpus, files, ratio, rows, seconds, seeds, spread
from figures import Figure

from textclean.placeholders import Placeholder, find
from textclean.placeholders.kinds import classify
from tools.command import command
from tools.training.corpus import documents

ROUNDS = 7


def measure() -> Iterator[Figure]:
    """Detection, types and forms against the truth."""
    gold = rows(GOLD / "placeholders.jsonl")
    yield from scores(gold, find(seeds()[gold[0]["file"]]), False)


def scores(
    gold: Sequence[dict[str, Any]], found: Sequence[Placeholder], say: bool, show: bool = False
) -> list[Figure]:
    """Detection, types and forms against the truth (all of one text), printed if asked for."""
    last = max(row["end"] for row in gold)
    by_place = {(each.start, each.end): each for each in found if each.start < last}
    truth = {(row["start"], row["end"]): row for row in gold}
    hits = by_place.keys() & truth.keys()
    precision, recall = len(hits) / len(by_place), len(hits) / len(truth)
    f1 = 2 * len(hits) / (len(by_place) + len(truth))
    typed = listed = changed = kept = 0
    right = half = 0.0
    misses: Counter[str] = Counter()
    for place in sorted(hits):
        row, mine = truth[place], by_place[place]
        exact = mine.type == row["type"]
        typed += exact
        else_typed = mine.type in row["also_types"]
        listed += exact or else_typed
        if not (exact or else_typed):
            misses[f"{row['type']} as {mine.type}"] += 1
        wanted = {row["canonical"], *row["also_canonical"]}
        if row["canonical"] != row["text"]:
            changed += 1
            if mine.canonical in wanted:
                right += 1
            elif wanted & {each.text for each in mine.candidates}:
                right += 0.5
                half += 1
            if show and mine.canonical != row["canonical"]:
                print(f"  {row['text']}: {mine.canonical}, not {row['canonical']}")
        else:
            kept += mine.canonical == row["text"]
    others = len(hits) - changed
    figures = [
        Figure(f"placeholders, {name}", "figure", value, bar=bar)
        for name, value, bar in (
            ("detection F1", f1, 0.97), ("type", listed / len(hits), 0.96),
            ("form put back", ratio(right, changed), 0.85),
            ("left alone", ratio(kept, others), 0.995),
        )
    ]  # fmt: skip
    if not say:
        return figures
    print(f"detection: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} (aim 0.97)")
    print(
        f"type: {listed / len(hits):.3f} (aim 0.96), {typed / len(hits):.3f} by the first answer "
        f"alone; {dict(misses)}"
    )
    print(
        f"canonical: {ratio(right, changed):.3f} of {changed} that changed (aim 0.85; "
        f"{half:.0f} only among the candidates), {ratio(kept, others):.4f} of {others} others "
        "left as they are (aim 0.995)"
    )
    return figures


def false_ones(path: Path, size: int) -> None:
    """Print every placeholder found where there are none, and the speed."""
    texts: list[str] = []
    octets = 0
    for document in documents(path):
        texts.append("\n".join(document))
        octets += len(texts[-1].encode())
        if octets >= size:
            break
    characters = sum(map(len, texts))
    found: list[tuple[str, Placeholder]] = []
    took = seconds(
        lambda: found.extend((text, each) for text in texts for each in find(text)),
        time.process_time,
    )
    for text, each in found:
        around = text[max(0, each.start - 12) : each.end + 12].replace("\n", "¶")
        print(f"  {each.confidence:.2f} {each.type} [{each.text}] {around}")
    print(
        f"{path.name}: {characters:,} characters, {len(found)} placeholders of 0.5 or more, "
        f"{100_000 * ratio(len(found), characters):.2f} in 100,000 (at most 1); "
        f"{octets / 1e6 / took:.1f} MB/s (aim 5)"
    )


@command
def main(
    corpus: Corpus = CORPUS,
    megabytes: float = 10,
    show: Annotated[bool, "print each wrong form"] = False,
) -> None:
    gold = rows(GOLD / "placeholders.jsonl")
    text = seeds()[gold[0]["file"]]
    scores(gold, find(text), True, show)
    rates = []
    for _ in range(ROUNDS):
        classify.cache_clear()  # as if it were read for the first time
        rates.append(len(text.encode()) / 1e6 / seconds(lambda: find(text), time.process_time))
    print(f"seed 002: {spread(rates)} MB/s, median of {ROUNDS} (aim 1)")
    for path in files(corpus, ("tech", "news")):
        false_ones(path, int(megabytes * 1e6))


if __name__ == "__main__":
    main()
