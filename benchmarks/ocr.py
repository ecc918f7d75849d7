"""OCR and PDF pages before and after cleaning: error rates by engine and by kind of document.

    python benchmarks/ocr.py [--pages FILE…] [--part all|develop|held] [--show ID] [--classes]
    python benchmarks/ocr.py --joins [--pages FILE] [--corpus FOLDER] [--wrong]

Reads ``gold/ocr.jsonl`` (pages printed from real prose and read by real engines) and
``gold/ocr_real.jsonl`` (readings of real documents) of the data beside the project, if they are
there, and prints each apart. Rates are mean character error rates, plain and with what houses set
in their own way folded (`page_errors`): of the page as it was read, after autocorrect, ftfy and the
crude baseline (spaces between Chinese deleted, marks full-width, every single line break joined),
after `clean` at ``safe`` and at ``suggested``, and as the only document of `clean_corpus`. Then the
pages on which ``safe`` is worse than the page as read by more than .002, or `clean_corpus` worse
than `clean` or than the page by more than .005; stitches, and which of them the truth does not
have; and wrong places by kind: repaired, missed, newly broken. A third of the printed pages, chosen
by a hash of their names, is held out (``--part``): what is developed looks at the others.

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
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Any, Literal

from common import CORPUS, SHARED, Corpus, rows
from figures import Figure
from page_errors import FOLDS, changes, error_rate, loose, plain
from rapidfuzz.distance import Levenshtein

from textclean import Config, Tier, clean, clean_corpus
from textclean.corpus.pipeline import Corpus as CleanedCorpus
from textclean.corpus.stitch_documents import CorpusStitch
from tools.command import command
from tools.training.corpus import text_of

PRINTED, REAL = SHARED / "gold" / "ocr.jsonl", SHARED / "gold" / "ocr_real.jsonl"
SUGGESTED = Config(tier=Tier.SUGGESTED)
#: What of the rules `--joins` looks at: first characters, then L001.
CHARACTERS = Config(select=("C", "T"), tier=Tier.SUGGESTED)
REFLOW = Config(select=("L001",), tier=Tier.SUGGESTED)

#: Error rates by system and page.
Rates = dict[str, dict[str, float]]

_HAN = "\u3400-\u9fff"
_CHINESE = _HAN + "\u3000-\u303f\uff00-\uffef“”‘’…—·"
_FULL = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_BETWEEN = re.compile(f"(?<=[{_CHINESE}])[ \t\u3000]+(?=[{_CHINESE}])")
_MARK = re.compile(f"(?<=[{_HAN}])[,;:?!()]|[,;:?!()](?=[{_HAN}])")
_SINGLE = re.compile(r"[ \t\u3000]*(?<!\n)\n(?!\n)[ \t\u3000]*")


def marks(text: str) -> str:
    """Spaces between Chinese away, marks full-width."""
    return _MARK.sub(lambda match: _FULL[match.group()], _BETWEEN.sub("", text))


def crude(text: str) -> str:
    """The crude baseline: `marks`, and every single line break joined."""
    return _BETWEEN.sub("", _SINGLE.sub("", marks(text)))


def ours(page: dict[str, Any]) -> str:
    """A page after the whole pipeline, as the only document of its corpus."""
    return _whole(page).documents[0][1]


def _whole(page: dict[str, Any]) -> CleanedCorpus[str]:
    return clean_corpus([(page["id"], page["noisy"])], SUGGESTED, workers=1)


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
    text, truth = plain(text), plain(truth)
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


def table(rates: Rates, pages: list[dict[str, Any]], by: str) -> None:
    """Print mean rates: a line for each engine or kind of document, and one for all."""
    groups: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        # Printed pages have their kind in their names: d012-news-pdftotext-layout.
        groups[page.get(by) or page["id"].split("-")[1]].append(page["id"])
    print(f"{by:26}{'pages':>6}" + "".join(f"{name:>12}" for name in rates))
    for group, names in [*sorted(groups.items()), ("all", [page["id"] for page in pages])]:
        means = (sum(rate[name] for name in names) / len(names) for rate in rates.values())
        print(f"{group:26}{len(names):6}" + "".join(f"{mean:12.4f}" for mean in means))
    print()


def wrong_stitches(page: dict[str, Any], stitches: Iterable[CorpusStitch[str]]) -> Iterator[str]:
    """Joins whose seam is not in the truth, looked at without spaces and widths."""
    truth = _letters(page["truth"])
    for one in stitches:
        seam = _letters(one.text)[-5:] + _letters(one.head_text)[:5]
        if one.joined and seam not in truth:
            yield f"{one.confidence:.3f} …{one.text.strip()[-12:]} | {one.head_text.strip()[:12]}…"


def _letters(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def measure() -> Iterator[Figure]:
    """Mean error rates by engine: printed pages as they stand, real ones folded (see `FOLDS`)."""
    works: dict[str, Callable[[str], str]] = {"as read": str, **others(), "crude": crude}
    works["safe"] = lambda text: clean(text).text
    works["suggested"] = lambda text: clean(text, SUGGESTED).text
    for name, path, fold in (("printed", PRINTED, plain), ("real", REAL, loose)):
        rates: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for page in rows(path):
            found = {system: work(page["noisy"]) for system, work in works.items()}
            found["whole corpus"] = ours(page)
            for system, text in found.items():
                rate = error_rate(text, page["truth"], fold)
                for engine in (page["engine"], "all engines"):
                    rates[f"{name}, {engine}"][system].append(rate)
        for row, by_system in sorted(rates.items()):
            yield Figure(row, "pages", len(by_system["as read"]), "shown", form=".0f")
            for system, some in by_system.items():
                own = system in ("safe", "suggested", "whole corpus")
                mean = sum(some) / len(some)
                yield Figure(row, system, mean, "quality" if own else "shown", "less")


def compare(name: str, pages: list[dict[str, Any]], by_class: bool, by_page: bool) -> None:
    """Print everything about some pages, before and after."""
    print(f"== {name}: {len(pages)} pages")
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    peers = others()
    joined, wrong = 0, []
    for page in pages:
        key, noisy = page["id"], page["noisy"]
        done = _whole(page)
        joined += sum(one.joined for one in done.stitches)
        wrong += [f"{key}: {seam}" for seam in wrong_stitches(page, done.stitches)]
        texts["as read"][key] = noisy
        for peer, format_ in peers.items():
            texts[peer][key] = format_(noisy)
        texts["crude"][key] = crude(noisy)
        texts["safe"][key] = clean(noisy).text
        texts["suggested"][key] = clean(noisy, SUGGESTED).text
        texts["corpus"][key] = done.documents[0][1] if done.documents else ""
    truths = {page["id"]: page["truth"] for page in pages}
    for title, fold in FOLDS.items():
        rates = {
            system: {key: error_rate(text, truths[key], fold) for key, text in found.items()}
            for system, found in texts.items()
        }
        print(f"mean character error rate, {title}")
        table(rates, pages, "engine")
        table(rates, pages, "kind")
        worse(rates)
        if by_page:
            for key in truths:
                print(f"{key:40}" + "".join(f" {n} {rate[key]:.4f}" for n, rate in rates.items()))
    print(f"stitches: {joined}, of which {len(wrong)} are not in the truth")
    for line in wrong if by_page else ():
        print(f"    {line}")
    places(texts, truths)
    if by_class:
        for page in pages:
            left = classes(texts["corpus"][page["id"]], page["truth"])
            print(page["id"], ", ".join(f"{kind} {value:.1f}" for kind, value in left.items()))
    print()


def worse(rates: Rates) -> None:
    """Print the pages that cleaning made worse."""
    for system, other, most in (
        ("safe", "as read", 0.002), ("suggested", "as read", 0.005),
        ("corpus", "as read", 0.005), ("corpus", "suggested", 0.005),
    ):  # fmt: skip
        bad = [key for key, rate in rates[system].items() if rate > rates[other][key] + most]
        print(f"{system} worse than {other} by more than {most}: {len(bad)} {' '.join(bad)}")
    print()


def places(texts: dict[str, dict[str, str]], truths: dict[str, str]) -> None:
    """Print the wrong places that `clean_corpus` repaired, missed or made, by kind."""
    total: Counter[tuple[str, str]] = Counter()
    for key, truth in truths.items():
        total += changes(texts["as read"][key], texts["corpus"][key], truth)
    print(f"{'places':22}{'repaired':>10}{'missed':>10}{'new':>10}")
    for kind in sorted({kind for kind, _ in total}):
        print(f"{kind:22}" + "".join(f"{total[kind, n]:10}" for n in ("repaired", "missed", "new")))


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
    pages: tuple[Path, ...] = (PRINTED, REAL),
    part: Literal["all", "develop", "held", "each"] = "all",
    show: Annotated[str, "print the cleaned text of this page"] = "",
    classes: Annotated[bool, "print what kinds of errors are left"] = False,
    by_page: Annotated[bool, "print the rates of each page, and its wrong stitches"] = False,
    joins: Annotated[bool, "judge joins of lines instead"] = False,
    corpus: Corpus = CORPUS,
    characters: Annotated[int, "of each file of the corpus"] = 2_000_000,
    wrong: Annotated[bool, "print each wrong join"] = False,
) -> None:
    for path in pages:
        if not path.is_file():
            print(f"{path} is not there: nothing measured")
            continue
        every = rows(path)
        if show:
            print(*(ours(page) for page in every if page["id"].startswith(show)), sep="\n")
        elif joins:
            if path != REAL:
                judge_joins(every, corpus, characters, wrong)
        else:
            parts = {
                "all": every,
                "develop": [page for page in every if not is_held(page)],
                "held": [page for page in every if is_held(page)],
            }
            for name in ("develop", "held") if part == "each" else (part,):
                compare(f"{path.stem}, {name}", parts[name], classes, by_page)


if __name__ == "__main__":
    main()
