"""Real OCR and PDF pages before and after cleaning: mean character error rate by engine.

    python benchmarks/ocr.py [--pages FILE] [--part all|develop|held] [--show ID] [--classes]
    python benchmarks/ocr.py --joins [--pages FILE] [--corpus FOLDER] [--wrong]

Reads ``gold/ocr.jsonl`` of the data beside the project, if it is there: pages printed from real
prose and read by real engines, with their truth. The character error rate is the edit distance to
the truth over the truth's length, with runs of line breaks and the spaces around them folded to
one break. Each page is one document of `clean_corpus`, cleaned at the tier ``suggested``; beside it
stand the page as it was read, autocorrect, ftfy and the crude baseline that deletes spaces between
Chinese, makes marks full-width and joins every single line break. A third of the pages, chosen by
a hash of their names, is held out: what is developed looks at the others.

``--classes`` says what is left after cleaning: which kinds of characters are wrong, in thousandths
of the truth's length.

``--joins``: how often a join of two lines is right, by confidence, which decides the tier of L001.
On the pages whose order survived (character error rate without spaces of at most .16) each line
break of the page is found again in the truth by alignment, and is one there or not. And on clean
prose, a paragraph a line, which has nothing to join: joins in ten thousand characters, twenty
documents to a text.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Any, Literal

from common import CORPUS, SHARED, Corpus, rows
from rapidfuzz.distance import Levenshtein

from textclean import Config, Tier, clean, clean_corpus
from tools.command import command
from tools.training.corpus import text_of

PAGES = SHARED / "gold" / "ocr.jsonl"
ENGINES = ("pymupdf", "pdftotext-raw", "tesseract", "rapidocr", "pdftotext-layout", "pdfminer")
SUGGESTED = Config(tier=Tier.SUGGESTED)
#: What of the rules `--joins` looks at: first characters, then L001.
CHARACTERS = Config(select=("C", "T"), tier=Tier.SUGGESTED)
REFLOW = Config(select=("L001",), tier=Tier.SUGGESTED)

_HAN = "\u3400-\u9fff"
_CHINESE = _HAN + "\u3000-\u303f\uff00-\uffef“”‘’…—·"
_FULL = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_BETWEEN = re.compile(f"(?<=[{_CHINESE}])[ \t\u3000]+(?=[{_CHINESE}])")
_MARK = re.compile(f"(?<=[{_HAN}])[,;:?!()]|[,;:?!()](?=[{_HAN}])")
_SINGLE = re.compile(r"[ \t\u3000]*(?<!\n)\n(?!\n)[ \t\u3000]*")
_BREAKS = re.compile(r"\s*\n\s*")


def fold(text: str) -> str:
    """Runs of line breaks and the spaces around them as one break."""
    return _BREAKS.sub("\n", text).strip()


def error_rate(text: str, truth: str) -> float:
    """Character error rate, line breaks folded."""
    truth = fold(truth)
    return Levenshtein.distance(fold(text), truth) / max(1, len(truth))


def marks(text: str) -> str:
    """Spaces between Chinese away, marks full-width."""
    return _MARK.sub(lambda match: _FULL[match.group()], _BETWEEN.sub("", text))


def crude(text: str) -> str:
    """The crude baseline: `marks`, and every single line break joined."""
    return _BETWEEN.sub("", _SINGLE.sub("", marks(text)))


def ours(page: dict[str, Any]) -> str:
    """A page after the whole pipeline, as the only document of its corpus."""
    return clean_corpus([(page["id"], page["noisy"])], SUGGESTED, workers=1).documents[0][1]


def others() -> dict[str, Callable[[str], str]]:
    """The other cleaners that are installed."""
    found: dict[str, Callable[[str], str]] = {}
    for name, module, function in (
        ("autocorrect", "autocorrect_py", "format"), ("ftfy", "ftfy", "fix_text")
    ):  # fmt: skip
        try:
            found[name] = getattr(import_module(module), function)
        except ImportError:
            print(f"{name} is not installed: pip install -e .[bench]")
    return found


def is_held(page: dict[str, Any]) -> bool:
    """Whether a page is of the third that is held out."""
    return zlib.crc32(page["id"].encode()) % 3 == 0


def classes(text: str, truth: str) -> dict[str, float]:
    """Wrong characters by kind, in thousandths of the truth's length."""
    text, truth = fold(text), fold(truth)
    wrong: dict[str, float] = defaultdict(float)
    for tag, start, end, low, high in Levenshtein.opcodes(text, truth):
        if tag == "equal":
            continue
        for char in text[start:end] if tag == "delete" else truth[low:high]:
            if char == "\n":
                kind = "break left" if tag == "delete" else "break lost"
            elif char in " \t\u3000":
                kind = "space left" if tag == "delete" else "space lost"
            elif char.isalnum():
                kind = f"character {tag}"
            else:
                kind = f"mark {tag}"
            wrong[kind] += 1000 / len(truth)
    return wrong


def table(found: dict[str, dict[str, list[float]]]) -> None:
    """Print mean rates: a line for each engine."""
    names = list(found)
    print(f"{'engine':18}{'pages':>6}" + "".join(f"{name:>13}" for name in names) + "   ratio")
    ratios = []
    for engine in ENGINES:
        pages = len(found["ours"][engine])
        if not pages:
            continue
        means = {name: sum(found[name][engine]) / pages for name in names}
        ratios.append(means["ours"] / means["crude"])
        figures = "".join(f"{mean:13.4f}" for mean in means.values())
        print(f"{engine:18}{pages:6}{figures}{ratios[-1]:8.3f}")
    print(f"mean ratio of ours to crude over the engines: {sum(ratios) / len(ratios):.3f}\n")


def compare(name: str, pages: list[dict[str, Any]], by_class: bool, by_page: bool) -> None:
    """Print the rates of some pages, before and after."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    left: dict[str, list[dict[str, float]]] = defaultdict(list)
    peers = others()
    for page in pages:
        noisy, truth = page["noisy"], page["truth"]
        cleaned = ours(page)
        results = {"noisy": noisy, "crude": crude(noisy), "ours": cleaned}
        results |= {peer: format_(noisy) for peer, format_ in peers.items()}
        rates = {title: error_rate(text, truth) for title, text in results.items()}
        for title, rate in rates.items():
            found[title][page["engine"]].append(rate)
        left[page["engine"]].append(classes(cleaned, truth))
        if by_page:
            print(f"{page['id']:32}" + "".join(f" {n} {r:.4f}" for n, r in rates.items()))
    print(f"{name}: mean character error rate of {len(pages)} pages")
    table(found)
    if by_class:
        for engine in filter(left.get, ENGINES):
            sums = left[engine]
            kinds = sorted({kind for wrong in sums for kind in wrong})
            means = {k: sum(w.get(k, 0) for w in sums) / len(sums) for k in kinds}
            print(engine, ", ".join(f"{k} {v:.1f}" for k, v in means.items()))
        print()


def squeezed(text: str) -> tuple[str, set[int]]:
    """A text without its spaces and breaks, and where the breaks were."""
    lines = [re.sub("[ \t\u3000\r]", "", line) for line in re.split("[\n\x0c]", text)]
    return "".join(lines), set(accumulate(map(len, lines[:-1])))


def judge(noisy: str, truth: str, show: bool) -> Counter[tuple[str, bool]]:
    """Joins and breaks kept, by confidence ('kept' for the latter), and whether each is right."""
    text = clean(noisy, CHARACTERS).text
    (page, breaks), (printed, borders) = squeezed(text), squeezed(truth)
    where: dict[int, int] = {}
    for tag, start, end, low, _ in Levenshtein.opcodes(page, printed):
        if tag == "equal":
            where.update((start + step, low + step) for step in range(end - start + 1))
    joined = {
        len(squeezed(text[: edit.start])[0]): edit.confidence
        for edit in clean(text, REFLOW).edits
        if "\n" in edit.before
    }
    result: Counter[tuple[str, bool]] = Counter()
    for at in breaks & where.keys() - {0, len(page)}:
        kept = at not in joined
        right = (where[at] in borders) is kept
        result["kept" if kept else f"{int(joined[at] * 20) / 20:.2f}", right] += 1
        if show and not right:
            said = "  kept" if kept else f"  joined {joined[at]}"
            print(said, page[max(0, at - 12) : at], page[at : at + 12])
    return result


def judge_joins(pages: Iterable[dict[str, Any]], corpus: Path, characters: int, show: bool) -> None:
    """Print how many joins are right on pages, and how many there are in clean prose."""
    totals: Counter[tuple[str, bool]] = Counter()
    for page in pages:
        if page["cer_nospace"] <= 0.16:
            totals += judge(page["noisy"], page["truth"], show)
    for name in sorted({name for name, _ in totals}):
        right, wrong = totals[name, True], totals[name, False]
        print(f"{name:6}{right + wrong:6} right {right / (right + wrong):.3f}")
    right, wrong = (
        sum(count for (name, good), count in totals.items() if good is which and name != "kept")
        for which in (True, False)
    )
    recall = right / (right + totals["kept", False])
    print(f"joins: precision {right / (right + wrong):.4f}, recall {recall:.4f}")
    for path in sorted(corpus.glob("*.txt*")):
        documents = text_of(path, characters).split("\n\n")
        texts = ("\n\n".join(documents[at : at + 20]) for at in range(0, len(documents), 20))
        number = sum(len(clean(text, REFLOW).edits) for text in texts)
        print(f"{path.name}: {10_000 * number / characters:.3f} joins in 10,000 characters")


@command
def main(
    pages: Path = PAGES,
    part: Literal["all", "develop", "held", "each"] = "each",
    show: Annotated[str, "print the cleaned text of this page"] = "",
    classes: Annotated[bool, "print what kinds of errors are left"] = False,
    by_page: Annotated[bool, "print the rates of each page"] = False,
    joins: Annotated[bool, "judge joins of lines instead"] = False,
    corpus: Corpus = CORPUS,
    characters: Annotated[int, "of each file of the corpus"] = 2_000_000,
    wrong: Annotated[bool, "print each wrong join"] = False,
) -> None:
    if not pages.is_file():
        print(f"{pages} is not there: nothing measured")
        return
    every = rows(pages)
    if show:
        print(*(ours(page) for page in every if page["id"].startswith(show)), sep="\n")
    elif joins:
        judge_joins(every, corpus, characters, wrong)
    else:
        parts = {
            "all": every,
            "develop": [page for page in every if not is_held(page)],
            "held": [page for page in every if is_held(page)],
        }
        for name in parts if part == "each" else [part]:
            compare(name, parts[name], classes, by_page)


if __name__ == "__main__":
    main()
