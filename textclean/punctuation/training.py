"""Training, stage after stage: each learns from prose that those before it have not seen.

1. *Slots*: the hashed network that scores each slot by itself.

Needs numpy and numba.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from textclean.punctuation.alphabet import CLASSES, LABELS
from textclean.punctuation.bulk import BulkNetwork, slot_hash_arrays
from textclean.punctuation.fit import Trainer
from textclean.punctuation.measures import measure
from textclean.punctuation.noise import Noisy, noisy
from textclean.punctuation.prose import Register, chunks, read_registers, rich_in_quotes
from textclean.punctuation.weights import Weights, read, write

Array = npt.NDArray[Any]

STAGES = ("slots",)
#: How often a register is learnt from in a pass, or which share of it; those not named once. Small
#: registers are repeated (each time with other noise), large ones with few quotes are cut short.
SHARES: Mapping[str, float] = {"laws": 0.25, "tech": 0.3, "reports": 3, "health": 3}
#: Paragraphs that quote much are learnt from so many times more.
RICH_SHARE = 2
SLOT_BITS, SLOT_WIDTH = 18, 32
#: A slot that lost a quote counts so much more than another.
QUOTE_IMPORTANCE = 1.5
#: Seeds of the noise: for counting, for a pass, for what is held out.
COUNTING, PASS, HELD_OUT = 1_000, 9_973, 7

_QUOTED = np.array([quote_class > 0 for quote_class in CLASSES])


def train(
    folders: Sequence[Path],
    output: Path,
    *,
    passes: int,
    shares: Mapping[str, float],
    stages: Sequence[str],
) -> None:
    """Train on folders of prose, write the weights, print scores on what was held out.

    Args:
        stages: which of `STAGES` to train; networks of the others are taken from `output`.

    Raises:
        DocumentError: there is no prose.
        WeightsError: `output` does not hold the networks of the other stages.
    """
    clock = _Clock()
    registers = read_registers(folders)
    portions = _portions([(register.name, register.slots) for register in registers], shares)
    networks = {} if "slots" in stages else read(output)
    if "slots" in stages:
        networks["slots"] = _train_slots(portions, passes, clock)
        write(output, networks)
    clock.say(f"{output}: {output.stat().st_size / 1e6:.1f} MB")
    _score(registers, networks, clock)


class _Clock:
    """Says what was done when."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def say(self, message: str) -> None:
        print(f"[{time.monotonic() - self._started:6.0f} s] {message}", flush=True)


def _portions(texts: Sequence[tuple[str, str]], shares: Mapping[str, float]) -> list[str]:
    """The chunks of a pass, each register as often as its share says."""
    every = dict(SHARES) | dict(shares)
    portions: list[str] = []
    for number, (name, text) in enumerate(texts):
        share = every.get(name, 1.0)
        if share < 1:
            portions += chunks(text[: int(len(text) * share)])
        else:
            portions += [chunk for chunk in chunks(text) for _ in range(round(share))]
        if number == 0:
            rich = "\n\n".join(rich_in_quotes(other) for _, other in texts)
            portions += [chunk for chunk in chunks(rich) for _ in range(RICH_SHARE)]
    return portions


def _hashed(noise: Noisy) -> Array:
    """The features of all slots of noisy prose: [features, slots]."""
    batches = slot_hash_arrays(noise.codes, noise.places, noise.kinds)
    return np.concatenate([hashed for _, hashed in batches], axis=1)


def _train_slots(portions: Sequence[str], passes: int, clock: _Clock) -> Weights:
    trainer = Trainer(SLOT_BITS, SLOT_WIDTH, len(LABELS), seed=0)
    for number, portion in enumerate(portions):
        if number == 0 or portion is not portions[number - 1]:
            trainer.count(_hashed(noisy(portion, COUNTING + number)))
    share = trainer.select()
    clock.say(f"slots: rows for {share:.3f} of all features seen")
    for number in range(passes):
        losses = []
        for seed, portion in enumerate(portions, PASS * (number + 1)):
            noise = noisy(portion, seed)
            known = noise.labels >= 0
            labels = noise.labels[known]
            importance = np.where(_QUOTED[labels], QUOTE_IMPORTANCE, 1.0)
            losses.append(trainer.fit(_hashed(noise)[:, known], labels, importance))
        clock.say(f"slots: pass {number + 1}, mean loss {np.mean(losses):.4f}")
    weights = trainer.weights()
    noise = noisy(portions[-1], HELD_OUT)
    hashed = _hashed(noise)
    known = (noise.labels >= 0) & (noise.kinds == 0)
    exact = [
        float((scores.argmax(1) == noise.labels)[known].mean())
        for scores in (trainer.float_scores(hashed), BulkNetwork(weights).scores(hashed))
    ]
    clock.say(f"slots: exact on seen prose {exact[0]:.5f}, in integers {exact[1]:.5f}")
    return weights


def _score(registers: Sequence[Register], networks: Mapping[str, Weights], clock: _Clock) -> None:
    for register in registers:
        for number, chunk in enumerate(_few(chunks(register.held_out))):
            noise = noisy(chunk, HELD_OUT + number)
            scores = BulkNetwork(networks["slots"]).scores(_hashed(noise))
            known = (noise.labels >= 0) & (noise.kinds == 0)
            decided, true = (
                [LABELS[label] for label in labels[known]]
                for labels in (scores.argmax(1), noise.labels)
            )
            clock.say(f"{register.name}: {measure(decided, true)}")


def _few(texts: Iterator[str]) -> Iterator[str]:
    """The first of some texts."""
    yield from (text for _, text in zip(range(1), texts, strict=False))
