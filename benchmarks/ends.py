"""How well lost full stops are put back, on prose of documents held out, and what is left alone.

    python benchmarks/ends.py [--corpus FOLDER] [--paragraphs N] [--show N]

From every paragraph of the documents that `tools.training.ends` holds out three are
made: one without its last mark (P044 should put it back), one cut off between two characters (it
should not), one with a title glued on (P045 should report it, P044 stay away). Each is judged by
the rules themselves, with a paragraph that is whole behind it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

from common import CORPUS, NAMES, Corpus, Names, Paragraphs, Show, files, held_out, ratio

from textclean import Config, check
from textclean.text.classes import MARK_CLASS, has_han
from tools.command import command

RULES = Config(select=("P044", "P045"))
BEHIND = "\n\n会议还研究了其他事项。"


def score(path: Path, most: int, show: int) -> None:
    """Print the figures of a file."""
    random = Random(7)
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for document in held_out(path):
        title = document[0]
        titled = 6 <= len(title) <= 30 and title[-1] not in "。！？："
        for line in document:
            if len(line) <= 40 or line[-1] != "。":
                continue
            cases = {"lost": line[:-1]}
            cut = random.randrange(20, len(line))
            if not any(char in MARK_CLASS or not has_han(char) for char in line[cut - 1 : cut + 1]):
                cases["cut"] = line[:cut]
            if titled:
                cases["glued"] = line + title
            made.update(cases.keys())
            for kind, text in cases.items():
                edits = check(text + BEHIND, RULES)
                rules = {edit.rule for edit in edits if edit.start <= len(text)}
                found.update(f"{rule} {kind}" for rule in rules)
                if show > 0 and kind == "cut" and "P044" in rules:
                    show -= 1
                    print(f"  full stop behind a cut: …{text[-40:]}|{line[cut : cut + 8]}")
        if made["lost"] >= most:
            break
    right, wrong = found["P044 lost"], found["P044 cut"] + found["P044 glued"]
    print(
        f"{path.name}: full stops put back {right}/{made['lost']}; put behind a cut "
        f"{found['P044 cut']}/{made['cut']}, behind a glued title "
        f"{found['P044 glued']}/{made['glued']}; precision {ratio(right, right + wrong):.3f}\n"
        f"  glued titles reported {found['P045 glued']}/{made['glued']}; reported though a "
        f"sentence {found['P045 lost']}/{made['lost']}, though cut "
        f"{found['P045 cut']}/{made['cut']}"
    )


@command
def main(
    corpus: Corpus = CORPUS, paragraphs: Paragraphs = 2_000, names: Names = NAMES, show: Show = 0
) -> None:
    for path in files(corpus, names):
        score(path, paragraphs, show)


if __name__ == "__main__":
    main()
