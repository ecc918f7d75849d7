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
from collections.abc import Callable
from functools import partial
from pathlib import Path

import chinese2digits
import cn2an
from common import CORPUS, DATA, SEEDS, by_turns, options, spread
from wetext import Normalizer

from textclean import Config, check, clean
from textclean.quantities import find, normalize
from tools.training.corpus import text_of

STAY = DATA / "quantities_stay.tsv"
BESIDE = CORPUS / "news.txt.xz"
# How many times as fast as a peer, and how many MB/s, the project asks for.
BARS = {"cn2an.transform": 20, "wetext": 200}
LEAST_SPEED = 3.0

Transform = Callable[[str], str]


def read_prose(path: Path, characters: int) -> str:
    if path.is_dir():
        text = "\n".join(text_of(file) for file in sorted(path.glob("*.txt")))
        return (text * (characters // len(text) + 1))[:characters]
    return text_of(path, characters)


def stays(transform: Transform) -> tuple[int, list[str]]:
    """How many strings a tool leaves as they are, or as the table allows; and what it did."""
    kept, wrong = 0, []
    for line in STAY.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        before, _, allowed = line.partition("\t")
        try:
            after = transform(before)
        except Exception as problem:  # a peer may refuse a string: it is not kept
            after = f"{type(problem).__name__}"
        if after == before or after in allowed.split("|"):
            kept += 1
        else:
            wrong.append(f"{before} → {after}")
    return kept, wrong


def paragraphs(transform: Callable[[str], object]) -> Callable[[str], object]:
    def over(text: str) -> None:
        for line in text.split("\n"):
            if line:
                try:
                    transform(line)
                except Exception:
                    continue

    return over


def main() -> None:
    parser = options(__doc__, BESIDE if BESIDE.exists() else SEEDS)
    parser.add_argument("--megabytes", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--show", action="store_true", help="print what each tool changed")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")

    to_figures = Normalizer(lang="zh", operator="itn")
    to_chinese = Normalizer(lang="zh", operator="tn")
    only_quantities, contradictions = Config(select=("Q",)), Config(select=("Q02",))

    def by_default(text: str) -> str:
        return clean(text, only_quantities).text

    def by_standard(text: str) -> str:
        return normalize(text, style="gbt15835").text

    def cn2an_figures(text: str) -> str:
        return str(cn2an.transform(text, "cn2an"))

    def chinese_digits(text: str) -> str:
        return str(chinese2digits.takeNumberFromString(text)["replacedText"])

    total = sum(not line.startswith("#") for line in STAY.read_text("utf-8").splitlines())
    tools: dict[str, Transform] = {
        "textclean, default": by_default,
        "textclean, gbt15835": by_standard,
        "wetext, to figures": to_figures.normalize,
        "cn2an, to figures": cn2an_figures,
        "chinese2digits": chinese_digits,
        "wetext, to Chinese": to_chinese.normalize,
        "cn2an, to Chinese": lambda text: str(cn2an.transform(text, "an2cn")),
    }
    print(f"strings that must stay, of {total}:")
    for name, transform in tools.items():
        kept, wrong = stays(transform)
        print(f"  {name}: {kept}")
        if arguments.show or (wrong and name.startswith("textclean")):
            print("".join(f"    {line}\n" for line in wrong), end="")

    text = read_prose(arguments.corpus, int(arguments.megabytes * 1e6 / 2.7))
    ours: dict[str, Callable[[str], object]] = {
        "find": find,
        "default rules": by_default,
        "default rules by paragraphs": paragraphs(by_default),
        "normalize": by_standard,
        "normalize, unit symbols": lambda text: normalize(text, style="gbt15835-symbols"),
        "reports": lambda text: check(text, contradictions),
    }
    peers: dict[str, tuple[Callable[[str], object], str]] = {
        "cn2an.transform": (paragraphs(cn2an_figures), text[: len(text) // 10]),
        "wetext": (paragraphs(to_figures.normalize), text[: len(text) // 150]),
    }
    jobs = {name: (job, text) for name, job in ours.items()} | peers
    # Of processor time: none of the tools starts threads.
    times = by_turns(
        {name: partial(*job) for name, job in jobs.items()}, arguments.rounds, time.process_time
    )
    rates = {
        name: [len(jobs[name][1].encode("utf-8")) / 1e6 / took for took in times[name]]
        for name in jobs
    }
    print(f"\nspeed on {len(text.encode('utf-8')) / 1e6:.1f} MB of {arguments.corpus.name}, MB/s:")
    for name, values in rates.items():
        bar = f" (at least {LEAST_SPEED:g})" if name in ours else ""
        print(f"  {name}: {spread(values, '.4g')}{bar}")
    for peer, bar in BARS.items():
        for name in ours:
            ratios = [a / b for a, b in zip(rates[name], rates[peer], strict=True)]
            aim = f" (at least {bar})" if name == "default rules" else ""
            print(f"  {name} against {peer}: {statistics.median(ratios):.1f}{aim}")


if __name__ == "__main__":
    main()
