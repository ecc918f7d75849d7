"""Numbers in written text beside cn2an, wetext and chinese2digits: what stays, and how fast.

    pip install cn2an wetext chinese2digits
    python benchmarks/quantities_peers.py [--corpus FILE] [--megabytes N] [--rounds N]

First the strings of ``data/quantities_stay.tsv``, which nothing may change but for what a standard
makes of them without a loss: each tool is asked once for every string, the peers in the direction
from Chinese numerals to figures, which is what they are for (from figures to Chinese is shown
besides). Then speed on the same prose in one process, the tools by turns and the median of the
rounds: the peers take what they can chew in a second or so, and all is counted in bytes of UTF-8
(a megabyte is a million) a second of processor time. The rules run as `clean` runs them, with all
that it does besides. Without ``--corpus`` the prose is the corpus beside the project, or else the
seeds.
"""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import chinese2digits
import cn2an
from common import CORPUS, DATA, SEEDS, by_turns, spread
from wetext import Normalizer

from textclean import Config, check, clean
from textclean.quantities import find, normalize
from tools.command import command
from tools.training.corpus import text_of

STAY = DATA / "quantities_stay.tsv"
NEWS = CORPUS / "news.txt.xz"
PROSE = NEWS if NEWS.exists() else SEEDS
# How many times as fast as a peer, and how many MB/s, the project asks for.
BARS = {"cn2an.transform": 20, "wetext": 200}
LEAST_SPEED = 3.0
QUANTITIES, CONTRADICTIONS = Config(select=("Q",)), Config(select=("Q02",))

Transform = Callable[[str], str]


def by_default(text: str) -> str:
    return clean(text, QUANTITIES).text


def by_standard(text: str, style: str = "gbt15835") -> str:
    return normalize(text, style=style).text


def cn2an_figures(text: str, direction: str = "cn2an") -> str:
    return str(cn2an.transform(text, direction))


def chinese_digits(text: str) -> str:
    return str(chinese2digits.takeNumberFromString(text)["replacedText"])


def read_prose(path: Path, characters: int) -> str:
    if path.is_dir():
        text = "\n".join(text_of(file) for file in sorted(path.glob("*.txt")))
        return (text * (characters // len(text) + 1))[:characters]
    return text_of(path, characters)


def changes(transform: Transform, table: list[list[str]]) -> Iterator[str]:
    """The strings that a tool makes something of that the table does not allow."""
    for before, *allowed in table:
        try:
            after = transform(before)
        except Exception as problem:  # a peer may refuse a string: it is not kept
            after = f"{type(problem).__name__}"
        if after != before and after not in "|".join(allowed).split("|"):
            yield f"    {before} → {after}"


def by_paragraphs(transform: Callable[[str], object], text: str) -> None:
    for line in filter(None, text.split("\n")):
        try:
            transform(line)
        except Exception:
            continue


@command
def main(
    corpus: Annotated[Path, "prose: a file, or a folder"] = PROSE,
    megabytes: float = 3.0,
    rounds: int = 7,
    show: Annotated[bool, "print what each tool changed"] = False,
) -> None:
    warnings.simplefilter("ignore")
    to_figures = Normalizer(lang="zh", operator="itn").normalize
    tools: dict[str, Transform] = {
        "textclean, default": by_default,
        "textclean, gbt15835": by_standard,
        "wetext, to figures": to_figures,
        "cn2an, to figures": cn2an_figures,
        "chinese2digits": chinese_digits,
        "wetext, to Chinese": Normalizer(lang="zh", operator="tn").normalize,
        "cn2an, to Chinese": partial(cn2an_figures, direction="an2cn"),
    }
    lines = STAY.read_text(encoding="utf-8").splitlines()
    table = [line.split("\t", 1) for line in lines if not line.startswith("#")]
    print(f"strings that must stay, of {len(table)}:")
    for name, transform in tools.items():
        wrong = list(changes(transform, table))
        print(f"  {name}: {len(table) - len(wrong)}")
        if show or name.startswith("textclean"):
            print("".join(f"{line}\n" for line in wrong), end="")

    text = read_prose(corpus, int(megabytes * 1e6 / 2.7))
    ours: dict[str, Callable[[str], object]] = {
        "find": find,
        "default rules": by_default,
        "default rules by paragraphs": partial(by_paragraphs, by_default),
        "normalize": by_standard,
        "normalize, unit symbols": partial(by_standard, style="gbt15835-symbols"),
        "reports": partial(check, config=CONTRADICTIONS),
    }
    jobs = {name: (job, text) for name, job in ours.items()} | {
        "cn2an.transform": (partial(by_paragraphs, cn2an_figures), text[: len(text) // 10]),
        "wetext": (partial(by_paragraphs, to_figures), text[: len(text) // 150]),
    }
    # Of processor time: none of the tools starts threads.
    times = by_turns({name: partial(*job) for name, job in jobs.items()}, rounds, time.process_time)
    sizes = {name: len(given.encode("utf-8")) / 1e6 for name, (_, given) in jobs.items()}
    rates = {name: [sizes[name] / took for took in times[name]] for name in jobs}
    print(f"\nspeed on {sizes['find']:.1f} MB of {corpus.name}, MB/s:")
    for name, values in rates.items():
        bar = f" (at least {LEAST_SPEED:g})" if name in ours else ""
        print(f"  {name}: {spread(values, '.4g')}{bar}")
    for peer, least in BARS.items():
        for name in ours:
            ratios = [a / b for a, b in zip(rates[name], rates[peer], strict=True)]
            aim = f" (at least {least})" if name == "default rules" else ""
            print(f"  {name} against {peer}: {statistics.median(ratios):.1f}{aim}")


if __name__ == "__main__":
    main()
