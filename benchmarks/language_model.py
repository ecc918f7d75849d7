"""Does cleaner text make a better model? Bits a character after training on damaged text.

    python benchmarks/language_model.py [--characters N] [--order 5]

A model of characters, 5-grams with modified Kneser-Ney smoothing (Chen and Goodman 1999), is
trained on the same damaged text as it is, after autocorrect, after ftfy, after the usual recipe
(spaces between Chinese deleted, single line breaks joined, marks full-width) and after textclean at
tier ``suggested``, and last on the text as it was printed. Each says how many bits it needs for a
character of clean text that none of them saw. All share one set of characters, so that their
chances are comparable; breaks between paragraphs stand before characters and are not counted.

Damaged text is of two kinds. *Made*: held-out prose of five registers with the noise that slots are
trained with (`tools.training.noise`, another seed), set in lines of a width that each document
draws. *Read*: what real engines made of printed and real pages (``gold/ocr*.jsonl``); of a page
that several engines read, all readings.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np
import numpy.typing as npt
from common import CORPUS, Corpus, files, held_out, rows
from figures import Figure
from ocr import PRINTED, REAL, crude, others, ours

from textclean import Config, Tier, clean
from textclean.punctuation.labels import FOLDING
from tools.command import command
from tools.training.noise import noisy

Array = npt.NDArray[np.int64]
Bits = npt.NDArray[np.float64]

REGISTERS = ("news", "reports", "health", "tech", "laws")
SUGGESTED = Config(tier=Tier.SUGGESTED)
NOISE_SEED = 31_415
#: Characters of clean text that are drawn together for an interval.
STRETCH = 1_000
#: Characters of a line, as books and newspapers set them.
WIDTHS = (18, 42)
_CANNOT_BEGIN = frozenset("”’，。；：、？！）》】」』〉…—")
#: Characters that the noise may lose in a row, at most.
_FARTHEST = 8
#: Characters of clean text that a page's truth shares with a document which is therefore left out.
SHARED_RUN = 30


class _Order(NamedTuple):
    """The grams of one length, by number: from context and character to a chance."""

    #: Context's number times the size of the alphabet, plus the last character; sorted.
    keys: Array
    #: By gram: its count (of the longest) or of how many grams it ends, less the discount.
    discounted: Bits
    #: By context: the sum of counts, and the share that is left for shorter contexts.
    totals: Bits
    left: Bits


class Model(NamedTuple):
    """Chances of characters by what stands before them."""

    alphabet: int
    orders: list[_Order]

    def bits(self, codes: Array) -> Bits:
        """What each character of a text costs, in bits."""
        chance = np.full(codes.size, 1.0 / self.alphabet)
        # The number of the context of each character, -1 where training never saw it.
        contexts = np.zeros(codes.size, np.int64)
        for order in self.orders:
            known = contexts >= 0
            known[known] &= order.totals[contexts[known]] > 0
            wanted = contexts[known] * self.alphabet + codes[known]
            at = np.searchsorted(order.keys, wanted)
            hit = at < order.keys.size
            hit[hit] = order.keys[at[hit]] == wanted[hit]
            count = np.zeros(wanted.size)
            count[hit] = order.discounted[at[hit]]
            total, left = order.totals[contexts[known]], order.left[contexts[known]]
            chance[known] = count / total + left * chance[known]
            grams = np.full(codes.size, -1, np.int64)
            grams[np.flatnonzero(known)[hit]] = at[hit]
            # The context of the next character is the gram that ends here.
            contexts = np.concatenate(([-1], grams[:-1]))
        return -np.log2(chance)


def train(codes: Array, alphabet: int, order: int = 5) -> Model:
    """The model of a text, given as numbers of characters below ``alphabet``."""
    keys: list[Array] = []
    counts: list[Array] = []
    #: By length: of each gram the number of the gram without its first character.
    shorter: list[Array] = []
    grams = np.zeros(codes.size, np.int64)
    last = np.zeros(codes.size, np.int64)
    for length in range(1, order + 1):
        # Of a gram that begins before the text there is none.
        start = length - 1
        context = grams[start - 1 : -1] if length > 1 else grams
        found, first, number, count = np.unique(
            context * alphabet + codes[start:],
            return_index=True, return_inverse=True, return_counts=True,
        )  # fmt: skip
        keys.append(found)
        counts.append(count)
        shorter.append(last[start:][first] if length > 1 else np.zeros(found.size, np.int64))
        grams = np.full(codes.size, -1, np.int64)
        grams[start:] = number
        last = grams
    orders = []
    contexts = 1
    for length in range(order):
        count = counts[length]
        if length < order - 1:
            count = np.bincount(shorter[length + 1], minlength=keys[length].size)
        orders.append(_discounted(keys[length], count, keys[length] // alphabet, contexts))
        contexts = keys[length].size
    return Model(alphabet, orders)


def _discounted(keys: Array, count: Array, context: Array, contexts: int) -> _Order:
    """Counts less the three discounts of modified Kneser-Ney smoothing, and what they leave."""
    seen = np.maximum(1, np.bincount(np.minimum(count, 5), minlength=5)[1:5])
    ratio = seen[0] / (seen[0] + 2 * seen[1])
    of_three = np.arange(1, 4) - ratio * np.arange(2, 5) * seen[1:] / seen[:-1]
    # Few counts can make a discount that is none; each must leave something.
    discounts = np.concatenate(([0], np.where(of_three > 0, of_three, ratio)))
    off = discounts[np.minimum(count, 3)]
    totals = np.bincount(context, weights=count, minlength=contexts)
    left = np.bincount(context, weights=off, minlength=contexts)
    left = np.divide(left, totals, out=np.ones(contexts), where=totals > 0)
    return _Order(keys, count - off, totals, left)


def costs(texts: dict[str, str], clean_text: str, order: int = 5) -> dict[str, Bits]:
    """What each character of clean text costs after training on each text, breaks left out."""
    letters = sorted({*clean_text, *"".join(texts.values())})
    number = np.zeros(0x110000, np.int64)
    number[[ord(letter) for letter in letters]] = np.arange(len(letters))

    def coded(text: str) -> Array:
        codes: Array = number[np.frombuffer(text.encode("utf-32-le"), np.uint32)]
        return codes

    held = coded(clean_text)
    counted = held != number[ord("\n")]
    result = {}
    for name, text in texts.items():
        result[name] = train(coded(text), len(letters), order).bits(held)[counted]
    return result


def paragraphs_of(text: str) -> str:
    """A paragraph a line: no empty ones, no spaces around them."""
    return "\n".join(line for line in map(str.strip, text.split("\n")) if line)


def damaged(document: Sequence[str], seed: int) -> str:
    """A document as it comes out of a PDF: the noise's spaces and lost marks, in lines."""
    noise = noisy("\n".join(document), seed)
    places = noise.places[noise.kinds == 0]
    text = _unfolded(noise.codes.tolist(), "\n".join(document))
    pieces = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    width = random.Random(seed).randint(*WIDTHS)
    return "\n".join(
        part for line in " ".join(pieces).split("\n") if line for part in _wrapped(line, width)
    )


def _unfolded(codes: Sequence[int], printed: str) -> str:
    """The noise folds digits, Latin letters and widths: the printed characters in their places."""
    letters: list[str] = []
    at = 0
    for code in codes:
        for place in range(at, min(at + _FARTHEST, len(printed))):
            if FOLDING.get(ord(printed[place]), ord(printed[place])) == code:
                letters.append(printed[place])
                at = place + 1
                break
        else:
            letters.append(chr(code))
    return "".join(letters)


def _wrapped(line: str, width: int) -> Iterator[str]:
    """Lines of a width: no closing mark begins one, no number or Latin word is cut."""
    start = 0
    while start < len(line):
        end = start + width
        while end < len(line) and (
            line[end] in _CANNOT_BEGIN or (line[end - 1 : end + 1].isascii() and line[end] != " ")
        ):
            end += 1
        yield line[start:end].strip(" ")
        start = end


def prose(corpus: Path, characters: int) -> tuple[list[list[str]], list[list[str]]]:
    """Held-out documents to train on and to measure on, as many characters of each register."""
    parts: tuple[list[list[str]], list[list[str]]] = ([], [])
    for path in files(corpus, REGISTERS):
        most = characters / len(REGISTERS)
        sizes = [0, 0]
        for number, document in enumerate(held_out(path)):
            which = number % 4 == 0  # every fourth is measured on
            if sizes[which] < (most / 4 if which else most):
                sizes[which] += sum(map(len, document))
                parts[which].append(document)
    return parts


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(map(paragraphs_of, texts))


def _ftfy_gently(text: str) -> str:
    import ftfy

    return ftfy.fix_text(text, fix_character_width=False, uncurl_quotes=False)


def systems() -> dict[str, Callable[[str], str]]:
    """What is done to damaged text, by name."""
    found: dict[str, Callable[[str], str]] = {"as it is": str}
    found |= others()
    if "ftfy" in found:
        found["ftfy, width and quotes kept"] = _ftfy_gently
    found["delete and join"] = crude
    found["textclean"] = lambda text: clean(text, SUGGESTED).text
    return found


def made(corpus: Path, characters: int, order: int) -> dict[str, Bits]:
    """Bits a character after training on prose that was damaged."""
    learnt, held = prose(corpus, characters)
    pages = [damaged(document, NOISE_SEED + n) for n, document in enumerate(learnt)]
    texts = {name: _joined(map(run, pages)) for name, run in systems().items()}
    texts["as printed"] = _joined("\n".join(document) for document in learnt)
    return costs(texts, _joined("\n".join(document) for document in held), order)


def read(corpus: Path, characters: int, order: int) -> dict[str, Bits]:
    """Bits a character after training on what engines read from pages."""
    pages: list[dict[str, Any]] = [*rows(PRINTED), *rows(REAL)]
    _, held = prose(corpus, characters)
    truths = "".join("".join(page["truth"].split()) for page in pages)
    seen = {truths[at : at + SHARED_RUN] for at in range(len(truths) - SHARED_RUN)}
    fresh = []
    for document in held:
        text = "".join("".join(document).split())
        starts = range(0, max(1, len(text) - SHARED_RUN))
        if not any(text[at : at + SHARED_RUN] in seen for at in starts):
            fresh.append(document)
    texts = {name: _joined(run(page["noisy"]) for page in pages) for name, run in systems().items()}
    texts["textclean, whole pages"] = _joined(map(ours, pages))
    texts["as printed"] = _joined(page["truth"] for page in pages)
    return costs(texts, _joined("\n".join(document) for document in fresh), order)


def saving(before: Bits, after: Bits) -> tuple[float, tuple[float, float]]:
    """Per cent fewer bits, and the 95 % interval: a bootstrap over stretches of the text."""
    whole = before.size // STRETCH * STRETCH
    sums = np.stack([each[:whole].reshape(-1, STRETCH).sum(1) for each in (before, after)])
    draws = np.random.default_rng(NOISE_SEED).integers(0, sums.shape[1], (1000, sums.shape[1]))
    one, other = sums[:, draws].sum(axis=2)
    low, high = np.quantile(100 * (1 - other / one), [0.025, 0.975])
    return float(100 * (1 - after.mean() / before.mean())), (float(low), float(high))


def measure(corpus: Path = CORPUS, characters: int = 1_500_000, order: int = 5) -> Iterator[Figure]:
    """Bits a character of each system, on both kinds of damaged text; of ours a quality."""
    kinds: dict[str, Callable[..., dict[str, Bits]]] = {
        "damaged prose": made, "pages that engines read": read
    }  # fmt: skip
    for kind, work in kinds.items():
        bits = work(corpus, characters, order)
        for name, cost in bits.items():
            own = name.startswith("textclean")
            yield Figure(name, kind, float(cost.mean()), "quality" if own else "shown", "less")
            if name != "as it is":
                saved, between = saving(bits["as it is"], cost)
                about = f"{kind}: fewer, %"
                yield Figure(name, about, saved, "shown", "more", None, ".2f", between)


@command
def main(
    corpus: Corpus = CORPUS,
    characters: Annotated[int, "to train on"] = 1_500_000,
    order: Annotated[int, "the longest gram"] = 5,
) -> None:
    for figure in measure(corpus, characters, order):
        print(f"{figure.column:36}{figure.row:28}{figure}")


if __name__ == "__main__":
    main()
