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

from common import held_out, score_files

from textclean import Config, check
from textclean.text.classes import MARK_CLASS, has_han

RULES = Config(select=("P044", "P045"))
BEHIND = "\n\n会议还研究了其他事项。"


def score(path: Path, most: int, show: int) -> None:
    """Print the figures of a file."""
    random = Random(7)
    made: Counter[str] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for document in held_out(path):
        paragraphs = [line for line in document if len(line) > 40 and line[-1] == "。"]
        title = (
            document[0] if 6 <= len(document[0]) <= 30 and document[0][-1] not in "。！？：" else ""
        )
        for line in paragraphs:
            cases = {"lost": line[:-1]}
            cut = random.randrange(20, len(line))
            if not any(char in MARK_CLASS or not has_han(char) for char in line[cut - 1 : cut + 1]):
                cases["cut"] = line[:cut]
            if title:
                cases["glued"] = line + title
            for kind, text in cases.items():
                made[kind] += 1
                rules = {
                    edit.rule for edit in check(text + BEHIND, RULES) if edit.start <= len(text)
                }
                for rule in rules:
                    found[kind, rule] += 1
                if show > 0 and kind == "cut" and "P044" in rules:
                    show -= 1
                    print(f"  full stop behind a cut: …{text[-40:]}|{line[cut : cut + 8]}")
        if made["lost"] >= most:
            break
    right = found["lost", "P044"]
    wrong = found["cut", "P044"] + found["glued", "P044"]
    print(
        f"{path.name}: full stops put back {right}/{made['lost']}; put behind a cut "
        f"{found['cut', 'P044']}/{made['cut']}, behind a glued title "
        f"{found['glued', 'P044']}/{made['glued']}; precision {right / max(1, right + wrong):.3f}"
    )
    print(
        f"  glued titles reported {found['glued', 'P045']}/{made['glued']}; reported though a "
        f"sentence {found['lost', 'P045']}/{made['lost']}, though cut "
        f"{found['cut', 'P045']}/{made['cut']}"
    )


if __name__ == "__main__":
    score_files(__doc__, score, 2_000)
