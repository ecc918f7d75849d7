"""How often a join of two lines is right, by confidence: what decides the tier of L001.

    python benchmarks/reflow.py [--pages FILE] [--corpus FOLDER] [--show]

On the pages of ``gold/ocr.jsonl`` whose order survived (character error rate without spaces of at
most .16): each line break of the page is found again in the truth by alignment, and is one there
or not. And on clean prose, a paragraph a line, which has nothing to join: joins in ten thousand
characters, twenty documents to a text.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from common import CORPUS, SHARED, options, rows
from rapidfuzz.distance import Levenshtein

from textclean import Config, Tier, clean
from tools.training.corpus import text_of

CHARACTERS = Config(select=("C", "T"), tier=Tier.SUGGESTED)
REFLOW = Config(select=("L001",), tier=Tier.SUGGESTED)
BREAKS = "\n\x0c"
SPACES = " \t\u3000\r"


def squeezed(text: str) -> tuple[str, set[int]]:
    """A text without its spaces and breaks, and where the breaks were."""
    kept: list[str] = []
    breaks: set[int] = set()
    for char in text:
        if char in BREAKS:
            breaks.add(len(kept))
        elif char not in SPACES:
            kept.append(char)
    return "".join(kept), breaks


def places(text: str, truth: str) -> dict[int, int]:
    """Offsets of one squeezed text in another, where they are known."""
    found: dict[int, int] = {}
    for tag, start, end, low, _ in Levenshtein.opcodes(text, truth):
        if tag == "equal":
            found.update((start + step, low + step) for step in range(end - start + 1))
    return found


def judge(noisy: str, truth: str, show: bool) -> Counter[tuple[str, bool]]:
    """Joins and breaks kept, by confidence ('kept' for the latter), and whether each is right."""
    text = clean(noisy, CHARACTERS).text
    squeezed_text, breaks = squeezed(text)
    squeezed_truth, borders = squeezed(truth)
    where = places(squeezed_text, squeezed_truth)
    joined = {
        len(squeezed(text[: edit.start])[0]): edit
        for edit in clean(text, REFLOW).edits
        if "\n" in edit.before
    }
    result: Counter[tuple[str, bool]] = Counter()
    for at in breaks:
        if not 0 < at < len(squeezed_text) or at not in where:
            continue
        border = where[at] in borders
        edit = joined.get(at)
        right = border if edit is None else not border
        result["kept" if edit is None else f"{int(edit.confidence * 20) / 20:.2f}", right] += 1
        if show and not right:
            around = squeezed_text[max(0, at - 12) : at], squeezed_text[at : at + 12]
            print("  kept" if edit is None else f"  joined {edit.confidence}", *around)
    return result


def main() -> None:
    parser = options(__doc__, CORPUS)
    parser.add_argument("--pages", type=Path, default=SHARED / "gold" / "ocr.jsonl")
    parser.add_argument("--characters", type=int, default=2_000_000, help="of each file")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    arguments = parser.parse_args()
    if arguments.pages.is_file():
        totals: Counter[tuple[str, bool]] = Counter()
        for page in rows(arguments.pages):
            if page["cer_nospace"] <= 0.16:
                totals += judge(page["noisy"], page["truth"], arguments.show)
        for name in sorted({name for name, _ in totals}):
            right, wrong = totals[name, True], totals[name, False]
            print(f"{name:6}{right + wrong:6} right {right / (right + wrong):.3f}")
        right = sum(count for (name, good), count in totals.items() if good and name != "kept")
        wrong = sum(count for (name, good), count in totals.items() if not good and name != "kept")
        missed = totals["kept", False]
        print(
            f"joins: precision {right / (right + wrong):.4f}, recall {right / (right + missed):.4f}"
        )
    for path in sorted(arguments.corpus.glob("*.txt*")):
        documents = text_of(path, arguments.characters).split("\n\n")
        joins = 0
        for at in range(0, len(documents), 20):
            joins += len(clean("\n\n".join(documents[at : at + 20]), REFLOW).edits)
        print(
            f"{path.name}: {10_000 * joins / arguments.characters:.3f} joins in 10,000 characters"
        )


if __name__ == "__main__":
    main()
