"""Real OCR and PDF pages before and after cleaning: mean character error rate by engine.

    python benchmarks/ocr.py [--pages FILE] [--part all|develop|held] [--show ID] [--classes]

Reads ``gold/ocr.jsonl`` of the data beside the project, if it is there: pages printed from real
prose and read by real engines, with their truth. The character error rate is the edit distance to
the truth over the truth's length, with runs of line breaks and the spaces around them folded to
one break. Each page is one document of `clean_corpus`, cleaned at the tier ``suggested``; beside it
stand the page as it was read, autocorrect, ftfy and the crude baseline that deletes spaces between
Chinese, makes marks full-width and joins every single line break. A third of the pages, chosen by
a hash of their names, is held out: what is developed looks at the others.

``--classes`` says what is left after cleaning: which kinds of characters are wrong, in thousandths
of the truth's length.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from common import SHARED, options, rows
from rapidfuzz.distance import Levenshtein

from textclean import Config, Tier, clean_corpus

PAGES = SHARED / "gold" / "ocr.jsonl"
ENGINES = ("pymupdf", "pdftotext-raw", "tesseract", "rapidocr", "pdftotext-layout", "pdfminer")
SUGGESTED = Config(tier=Tier.SUGGESTED)

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


def table(rows: dict[str, dict[str, list[float]]]) -> None:
    """Print mean rates: a line for each engine."""
    names = list(rows)
    print(f"{'engine':18}{'pages':>6}" + "".join(f"{name:>13}" for name in names) + "   ratio")
    ratios = []
    for engine in ENGINES:
        values = {name: rows[name][engine] for name in names}
        if not values["ours"]:
            continue
        means = {name: sum(value) / len(value) for name, value in values.items()}
        ratio = means["ours"] / means["crude"]
        ratios.append(ratio)
        print(
            f"{engine:18}{len(values['ours']):6}"
            + "".join(f"{means[name]:13.4f}" for name in names)
            + f"{ratio:8.3f}"
        )
    print(f"mean ratio of ours to crude over the engines: {sum(ratios) / len(ratios):.3f}\n")


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--pages", type=Path, default=PAGES)
    parser.add_argument("--part", choices=("all", "develop", "held", "each"), default="each")
    parser.add_argument("--show", default="", help="print the cleaned text of this page")
    parser.add_argument(
        "--classes", action="store_true", help="print what kinds of errors are left"
    )
    parser.add_argument("--by-page", action="store_true", help="print the rates of each page")
    arguments = parser.parse_args()
    if not arguments.pages.is_file():
        print(f"{arguments.pages} is not there: nothing measured")
        return
    pages = rows(arguments.pages)
    if arguments.show:
        for page in pages:
            if page["id"].startswith(arguments.show):
                print(ours(page))
        return
    parts = {
        "all": pages,
        "develop": [page for page in pages if not is_held(page)],
        "held": [page for page in pages if is_held(page)],
    }
    peers = others()
    for part in parts if arguments.part == "each" else [arguments.part]:
        found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        left: dict[str, list[dict[str, float]]] = defaultdict(list)
        for page in parts[part]:
            cleaned = ours(page)
            results = {"noisy": page["noisy"], "crude": crude(page["noisy"]), "ours": cleaned}
            results |= {name: format_(page["noisy"]) for name, format_ in peers.items()}
            rates = {name: error_rate(text, page["truth"]) for name, text in results.items()}
            for name, rate in rates.items():
                found[name][page["engine"]].append(rate)
            left[page["engine"]].append(classes(cleaned, page["truth"]))
            if arguments.by_page:
                print(f"{page['id']:32}" + "".join(f" {n} {r:.4f}" for n, r in rates.items()))
        print(f"{part}: mean character error rate of {len(parts[part])} pages")
        table(found)
        if arguments.classes:
            for engine in ENGINES:
                if sums := left[engine]:
                    kinds = sorted({kind for wrong in sums for kind in wrong})
                    means = {k: sum(w.get(k, 0) for w in sums) / len(sums) for k in kinds}
                    print(engine, ", ".join(f"{k} {v:.1f}" for k, v in means.items()))
            print()


if __name__ == "__main__":
    main()
