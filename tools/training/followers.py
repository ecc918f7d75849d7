"""The characters of the benchmark of deduplication: which follow which, how often.

For each of the commonest characters of the first file, those that follow it most often, and
cumulative counts on a scale of a thousand. Digits count as one character, ``#``; everything that is
neither an ideograph nor one of ``，。、“”：；`` is passed over. Only counts of pairs are kept, so
nothing of the prose can be read out of it.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from itertools import accumulate, pairwise
from pathlib import Path

from tools.command import Folders
from tools.training.corpus import files, stripped_text
from tools.training.tables import write

OUTPUT = Path(__file__).parents[2] / "benchmarks" / "data" / "characters.json"
CHARACTERS = 1600
FOLLOWERS = 24
_KEPT = re.compile("[^一-鿿，。、“”：；#]")


def run(folders: Folders, output: Path = OUTPUT) -> None:
    """Write the counts."""
    text = stripped_text(files(folders)[0], 12_000_000)
    text = _KEPT.sub("", re.sub("[0-9０-９]+(?:[.．][0-9０-９]+)?", "#", text))
    common = {character for character, _ in Counter(text).most_common(CHARACTERS)}
    follow: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one, other in pairwise(text):
        if one in common and other in common:
            follow[one][other] += 1
    model = {}
    for character in sorted(follow):
        chosen = follow[character].most_common(FOLLOWERS)
        total = sum(count for _, count in chosen)
        shares = [max(1, round(1000 * count / total)) for _, count in chosen]
        cumulative = " ".join(map(str, accumulate(shares)))
        model[character] = ["".join(other for other, _ in chosen), cumulative]
    table = json.dumps(model, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    write(output, table.encode("utf-8"))
