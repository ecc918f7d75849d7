"""How many badly extracted pages the filters of a public corpus throw away, and after repair.

    python benchmarks/filters.py [--corpus FOLDER] [--show]

The conditions are those by which FineWeb-2 keeps a Chinese page: the steps of its pipeline
(``fineweb-2-pipeline.py`` of huggingface/fineweb-2: repetition as in Gopher, quality as in FineWeb
and Gopher) with the thresholds and words of its ``configs/cmn_Hani.yml``, written anew from what
these say; what they leave open is as datatrove has it by default. Words are jieba's. Two steps are
left out: identification of the language, which needs a model, and deduplication.

Asked of every text: whether it passes as it was extracted, after the other cleaners and after
textclean. Texts, of those that pass as they were printed: the pages of ``gold/ocr.jsonl`` and
``gold/ocr_real.jsonl``; articles of held-out prose damaged as in `language_model`. And pages that
a filter is for, which repair must not let through: lists of headlines, menus, price lists, words
repeated for search engines, made here (headlines and words come from the held-out prose).
"""

from __future__ import annotations

import logging
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from common import CORPUS, Corpus, rows
from figures import Figure
from language_model import NOISE_SEED, damaged, prose, systems
from ocr import PRINTED, REAL, ours

from tools.command import command

# Thresholds of configs/cmn_Hani.yml, in the order in which the pipeline asks.
DUPLICATE_LINES = 0.287
TOP_GRAMS = {2: 0.256, 3: 0.201, 4: 0.171}
DUPLICATE_GRAMS = {5: 0.198, 6: 0.182, 7: 0.167, 8: 0.154, 9: 0.14, 10: 0.127}
LINES_WITH_STOPS = 0.106
BREAKS_A_WORD = 0.178
WORD_LENGTH = (1, 5)
WORDS_WITH_LETTERS = 0.735
STOP_WORDS = frozenset("的年在月是和日了於·為有被人中为他與後也而由")
# Of the pipeline itself, and by default of datatrove.
DUPLICATE_CHARACTERS = 0.1
STOP_WORDS_AT_LEAST = 2
WORDS = (50, 100_000)
SIGNS_A_WORD = 0.1
BULLETS, ELLIPSES = 0.9, 0.3
#: Marks that end a sentence; datatrove's list holds those of many scripts, these occur in Chinese.
STOPS = tuple(".!?\"'。！？”’．…｡﹒﹖﹗‼⁇⁈⁉")

#: Documents of the corpus that are damaged, and lists that are made, of each kind.
ARTICLES, LISTS = 60, 15


def words_of(text: str) -> list[str]:
    """The words of a text, without those of spaces alone."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    return [word for word in jieba.lcut(text) if not word.isspace()]


def repeats(text: str, words: Sequence[str]) -> str:
    """Why a text is thrown away as repetition, if it is."""
    lines = re.split("\n+", text)
    if 1 - len(set(lines)) / max(1, len(lines)) > DUPLICATE_LINES:
        return "lines repeated"
    for size, most in TOP_GRAMS.items():
        grams = Counter(zip(*(words[at:] for at in range(size)), strict=False))
        if grams:
            gram, count = grams.most_common(1)[0]
            # A gram is written with a space between its words.
            if count * (sum(map(len, gram)) + size - 1) > most * len(text):
                return f"one run of {size} words"
    for size, most in DUPLICATE_GRAMS.items():
        seen: set[tuple[str, ...]] = set()
        repeated = at = 0
        while at <= len(words) - size:
            gram = tuple(words[at : at + size])
            if gram in seen:
                repeated += sum(map(len, gram))
                at += size
            else:
                seen.add(gram)
                at += 1
        if repeated > most * len(text):
            return f"runs of {size} words repeated"
    return ""


def is_poor(text: str, words: Sequence[str]) -> str:
    """Why a text is thrown away by its lines and marks, if it is."""
    lines = [line for line in text.split("\n") if line.strip()]
    if sum(line.endswith(STOPS) for line in lines) < LINES_WITH_STOPS * len(lines):
        return "few lines end in a stop"
    twice = sum(len(line) * (count - 1) for line, count in Counter(lines).items())
    if twice > DUPLICATE_CHARACTERS * len(text.replace("\n", "")):
        return "characters in repeated lines"
    if text.count("\n") > BREAKS_A_WORD * len(words):
        return "more breaks than words allow"
    return ""


def is_odd(text: str, words: Sequence[str]) -> str:
    """Why a text is thrown away by its words, if it is."""
    spoken = [word for word in words if any(char.isalnum() for char in word)]
    if not WORDS[0] <= len(spoken) <= WORDS[1]:
        return "too short or too long"
    if not WORD_LENGTH[0] <= sum(map(len, spoken)) / len(spoken) <= WORD_LENGTH[1]:
        return "length of words"
    if max(text.count("#"), text.count("...") + text.count("…")) > SIGNS_A_WORD * len(words):
        return "signs"
    lines = text.splitlines()
    if sum(line.lstrip().startswith(("•", "-")) for line in lines) > BULLETS * len(lines):
        return "bullets"
    if sum(line.rstrip().endswith(("...", "…")) for line in lines) > ELLIPSES * len(lines):
        return "lines that break off"
    if sum(any(map(str.isalpha, word)) for word in words) < WORDS_WITH_LETTERS * len(words):
        return "words without letters"
    if sum(word in STOP_WORDS for word in words) < STOP_WORDS_AT_LEAST:
        return "no common words"
    return ""


def refusal(text: str) -> str:
    """The first condition that a text fails; empty if it is kept."""
    if not text.strip():
        return "empty"
    words = words_of(text)
    return repeats(text, words) or is_poor(text, words) or is_odd(text, words)


def lists(documents: Sequence[Sequence[str]]) -> Iterator[str]:
    """Pages that should be thrown away, made of headlines and words of some documents."""
    draw = random.Random(NOISE_SEED)
    titles = [document[0] for document in documents if len(document[0]) < 40]
    words = [word for document in documents for word in words_of(document[-1]) if len(word) > 1]
    for _ in range(LISTS):
        yield "\n".join(draw.sample(titles, 25))
        yield "\n".join(f"{draw.choice(words)} | {draw.choice(words)}" for _ in range(40))
        yield "\n".join(
            f"{draw.choice(words)}{draw.choice(words)} {draw.randint(5, 999)}元 有货"
            for _ in range(40)
        )
        few = draw.sample(words, 4)
        yield " ".join(draw.choice(few) + draw.choice(["", "公司", "价格"]) for _ in range(300))


def kinds(corpus: Path) -> dict[str, list[dict[str, Any]]]:
    """Texts by kind: pages and articles that would be kept as they were printed, and lists."""
    learnt, _ = prose(corpus, 400_000)
    articles = [each for each in learnt if 400 < sum(map(len, each)) < 6000]
    articles = random.Random(NOISE_SEED).sample(articles, min(ARTICLES, len(articles)))
    made = []
    for number, each in enumerate(articles):
        noisy = damaged(each, NOISE_SEED + number)
        made.append({"id": f"article {number}", "noisy": noisy, "truth": "\n".join(each)})
    good = {"printed pages": rows(PRINTED), "real pages": rows(REAL), "articles": made}
    found = {
        kind: [page for page in pages if not refusal(page["truth"])] for kind, pages in good.items()
    }
    junk = [{"id": f"list {n}", "noisy": text} for n, text in enumerate(lists(learnt))]
    return {**found, "lists and spam": junk}


def measure(corpus: Path = CORPUS, show: bool = False) -> Iterator[Figure]:
    """Texts kept, by kind: as extracted, after each cleaner."""
    for kind, pages in kinds(corpus).items():
        better: Literal["more", "less"] = "less" if kind == "lists and spam" else "more"
        yield Figure("texts that should be kept or not", kind, len(pages), "shown", form=".0f")
        works: dict[str, Callable[[dict[str, Any]], str]] = {
            name: lambda page, work=work: work(page["noisy"])  # type: ignore[misc]
            for name, work in systems().items()
        }
        works["textclean, whole pages"] = ours
        for name, work in works.items():
            reasons = Counter(refusal(work(page)) for page in pages)
            if show:
                print(f"{kind}, {name}: {dict(reasons)}", flush=True)
            own = name.startswith("textclean")
            about = "quality" if own else "shown"
            yield Figure(name, kind, reasons[""], about, better, form=".0f")  # type: ignore[arg-type]


@command
def main(
    corpus: Corpus = CORPUS,
    show: Annotated[bool, "print how often each condition fails"] = False,
) -> None:
    for figure in measure(corpus, show):
        print(f"{figure.column:20}{figure.row:30}{figure.value:.0f}", flush=True)


if __name__ == "__main__":
    main()
