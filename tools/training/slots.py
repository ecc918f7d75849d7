"""The slot model (`textclean.punctuation.model`), stage after stage.

1. *Slots*: the hashed network that scores each slot by itself.
2. *Windows*: the dense network, which scores each slot by itself too.
3. *Lexicon*: which terms the same prose quotes.
4. *Pairs*: the network that scores pairs of slots, on what both make of other prose.

Prose is made noisy anew for every pass, with fixed seeds. At the end the scores on held-out prose
are printed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from textclean.models.mlp import DenseWeights, HashedWeights
from textclean.models.mlp_arrays import hashes
from textclean.punctuation import slot_weights
from textclean.punctuation.arrays.features import Columns
from textclean.punctuation.arrays.pairs import PairColumns, Runs, candidates, with_unspaced
from textclean.punctuation.arrays.scoring import Scorer, SlotScorer, runs_of
from textclean.punctuation.arrays.windows import Windows, token_table
from textclean.punctuation.decisions import decide_slots
from textclean.punctuation.features import FEATURES
from textclean.punctuation.labels import CLASSES, CLOSING, EDGE, LABELS, MARKS, OPENING
from textclean.punctuation.slot_weights import Lexicon, Networks, read_networks
from tools.command import Folders
from tools.training.corpus import ByPlace, Register, chunks, most_alike, read_registers, rich
from tools.training.dense import DenseTrainer
from tools.training.lexicon import count_quoted
from tools.training.measures import measure
from tools.training.mlp import Trainer
from tools.training.noise import Noisy, noisy

Array = npt.NDArray[Any]

Stage = Literal["slots", "windows", "lexicon", "pairs"]
STAGES: tuple[Stage, ...] = get_args(Stage)
#: How often a register is learnt from in a pass, or which share of it; those not named once. Small
#: registers are repeated (each time with other noise), large ones with few quotes are cut short.
SHARES: Mapping[str, float] = {"laws": 0.25, "tech": 0.3, "reports": 3, "health": 3}
#: Paragraphs rich in rare marks are learnt from so many times more.
RICH_SHARE = 2
#: The same for the dense network, which learns more slowly and must not forget what is rare.
WINDOW_SHARES: Mapping[str, float] = {"laws": 0.08, "tech": 0.1, "reports": 4, "health": 4}
WINDOW_RICH_SHARE = 4
#: Of the largest register, this share is learnt from once more: the documents most like `MODEL`.
MODEL, ALIKE = "reports", 0.2
SLOT_BITS, SLOT_WIDTH = 18, 32
#: Tokens of their own; numbers in an embedding; hidden units.
CHARACTERS, EMBEDDING, UNITS, UNITS2 = 4_000, 32, 192, 64
PAIR_BITS, PAIR_WIDTH, PAIR_PASSES = 17, 16, 3
#: A slot that lost a quote or a semicolon counts so much more than another.
RARE_IMPORTANCE = 1.5
#: Seeds of the noise: for counting, for a pass, for what is held out.
COUNTING, PASS, HELD_OUT = 1_000, 9_973, 7

_STARTED = time.monotonic()
_QUOTES = MARKS[OPENING - 1] + MARKS[CLOSING - 1]
_QUOTED = np.array([quote_class > 0 for quote_class in CLASSES])
_SEMICOLON = np.array(["；" in label for label in LABELS])
_RARE = _QUOTED | _SEMICOLON


def run(
    folders: Folders,
    output: Path = slot_weights.WEIGHTS,
    split: ByPlace = "line",
    passes: Annotated[int, "over the prose"] = 2,
    window_passes: Annotated[int, "of the dense network"] = 2,
    share: Annotated[
        tuple[str, ...], "NAME=FACTOR, how often a file is learnt from in a pass"
    ] = (),
    stage: Annotated[tuple[Stage, ...], "only these, the others being in the file"] = STAGES,
) -> None:
    """Train on the folders given, write the weights, print scores on what was held out.

    Raises:
        DocumentError: there is no prose.
        WeightsError: the output does not hold the networks of the other stages.
    """
    shares = {name: float(factor) for name, factor in (each.split("=") for each in share)}
    registers = read_registers(folders, split)
    texts = [(register.name, register.slots) for register in registers]
    portions = _portions(texts, {**SHARES, **shares}, RICH_SHARE)
    networks = {} if set(stage) == set(STAGES) else slot_weights.read(output)
    if "slots" in stage:
        networks["slots"] = _train_slots(portions, passes)
        slot_weights.write(output, networks)
    if "windows" in stage:
        portions = _portions(texts, {**WINDOW_SHARES, **shares}, WINDOW_RICH_SHARE)
        pattern = next((text for name, text in texts if name == MODEL), "")
        portions += chunks(most_alike(texts[0][1], pattern, ALIKE) if pattern else "")
        networks["windows"] = _train_windows(portions, window_passes)
        slot_weights.write(output, networks)
    if "lexicon" in stage:
        networks["lexicon"] = terms = count_quoted(text for _, text in texts)
        _say(f"lexicon: {len(terms.hashes)} terms")
        slot_weights.write(output, networks)
    if "pairs" in stage:
        texts = [(register.name, register.pairs) for register in registers]
        portions = _portions(texts, {**SHARES, **shares}, RICH_SHARE)
        slots, windowed, lexicon = (networks[name] for name in ("slots", "windows", "lexicon"))
        assert isinstance(slots, HashedWeights)
        assert isinstance(windowed, DenseWeights)
        assert isinstance(lexicon, Lexicon)
        networks["pairs"] = _train_pairs(portions, SlotScorer(slots, windowed), lexicon)
        slot_weights.write(output, networks)
    _say(f"{output}: {output.stat().st_size / 1e6:.1f} MB")
    _score(registers, read_networks(output))


def _say(message: str) -> None:
    print(f"[{time.monotonic() - _STARTED:6.0f} s] {message}", flush=True)


def _portions(
    texts: Sequence[tuple[str, str]], shares: Mapping[str, float], rich_share: int
) -> list[str]:
    """The chunks of a pass, each register as often as its share says."""
    portions: list[str] = []
    for number, (name, text) in enumerate(texts):
        share = shares.get(name, 1.0)
        if share < 1:
            portions += chunks(text[: int(len(text) * share)])
        else:
            portions += [chunk for chunk in chunks(text) for _ in range(round(share))]
        if number == 0:
            rare = "\n\n".join(rich(other) for _, other in texts)
            portions += [chunk for chunk in chunks(rare) for _ in range(rich_share)]
    return portions


def _hashed(noise: Noisy) -> Array:
    """The features of all slots of noisy prose: [features, slots]."""
    batches = Columns(noise.codes, noise.places, noise.kinds).batches()
    return np.concatenate([hashes(FEATURES, *each) for each in batches], axis=1)


def _train_slots(portions: Sequence[str], passes: int) -> HashedWeights:
    def learnt(noise: Noisy) -> tuple[Array, Array, Array]:
        known = noise.labels >= 0
        labels = noise.labels[known]
        return _hashed(noise)[:, known], labels, np.where(_RARE[labels], RARE_IMPORTANCE, 1.0)

    trainer = Trainer(SLOT_BITS, SLOT_WIDTH, len(LABELS), seed=0)
    return _train_hashed("slots", trainer, portions, passes, _hashed, learnt)


def _train_hashed(
    name: str, trainer: Trainer, portions: Sequence[str], passes: int,
    features: Callable[[Noisy], Array],
    learnt: Callable[[Noisy], tuple[Array, Array, Array]],
) -> HashedWeights:  # fmt: skip
    """Count the features of all portions, then learn in passes, each of other noise."""
    for number, portion in enumerate(portions):
        if number == 0 or portion is not portions[number - 1]:
            trainer.count(features(noisy(portion, COUNTING + number)))
    share = trainer.select()
    _say(f"{name}: rows for {share:.3f} of all features seen")
    for number in range(passes):
        seeded = enumerate(portions, PASS * (number + 1))
        losses = [trainer.fit(*learnt(noisy(portion, seed))) for seed, portion in seeded]
        _say(f"{name}: pass {number + 1}, mean loss {np.mean(losses):.4f}")
    return trainer.weights()


def _train_windows(portions: Sequence[str], passes: int) -> DenseWeights:
    counts = np.bincount(noisy("\n\n".join(portions[:1]), COUNTING).codes, minlength=0x110000)
    counts[ord(EDGE)] = 0
    characters = np.argsort(-counts, kind="stable")[:CHARACTERS]
    characters = characters[counts[characters] > 0]
    table = token_table(characters)
    trainer = DenseTrainer(characters, EMBEDDING, UNITS, UNITS2, len(LABELS), seed=2)

    def learnt(noise: Noisy) -> tuple[Array, Array, Array]:
        slots = Columns(noise.codes, noise.places, noise.kinds)
        around = Windows(noise.codes, noise.places, noise.kinds, slots.chain, table)
        batches = [around.of(number, each) for number, (each, _) in enumerate(slots.batches())]
        known = noise.labels >= 0
        return np.concatenate(batches)[known], noise.labels[known], _importance(noise)[known]

    order = np.random.default_rng(5)
    for number in range(passes):
        losses: list[float] = []
        for count, index in enumerate(order.permutation(len(portions))):
            noise = noisy(portions[index], PASS * (number + 11) + int(index))
            done = (number * len(portions) + count, passes * len(portions))
            losses.append(trainer.fit(*learnt(noise), done))
            if (count + 1) % 10 == 0:
                _say(f"windows: {count + 1} of {len(portions)}, {np.mean(losses[-10:]):.4f}")
        _say(f"windows: pass {number + 1}, mean loss {np.mean(losses):.4f}")
    around, _, _ = learnt(noisy(portions[-1], HELD_OUT))
    return trainer.weights(around[:20_000])


def _importance(noise: Noisy, gain: float = 100.0) -> Array:
    """Of each slot: more in lines that lost many rare marks for their length, less in others."""
    edges = np.flatnonzero(noise.codes == ord(EDGE))
    line = np.searchsorted(edges, noise.places)
    lengths = np.diff(np.concatenate([[-1], edges]))
    rare = (0.5 * _QUOTED + _SEMICOLON)[noise.labels] * (noise.labels >= 0)
    lost = np.bincount(line, weights=rare, minlength=edges.size)
    of_line = np.clip(0.4 + gain * lost / np.maximum(lengths, 20), 0.4, 5.0)
    importance: Array = of_line[line].astype(np.float32)
    return importance


def _candidates(noise: Noisy, scorer: SlotScorer, lexicon: Lexicon) -> tuple[Array, Array]:
    """Pairs of slots of noisy prose: their features [features, pairs], which were quotations."""
    scores = scorer.scores(noise.codes, noise.places, noise.kinds)
    runs = with_unspaced(noise.codes, runs_of(noise.codes, noise.places, noise.kinds, scores))
    pairs = candidates(runs)
    hashed = np.concatenate(PairColumns(noise.codes, runs, lexicon).hashed(pairs), axis=1)
    quotations = _quotations(noise, runs)
    found = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    return hashed, np.array([int(pair in quotations) for pair in found])


def _quotations(noise: Noisy, runs: Runs) -> set[tuple[int, int]]:
    """Which runs lost the two quotes of one quotation, as indices of runs."""
    # What stands at each place of a quote or a line's end: a printed mark, or a run's lost quotes.
    # A run comes before the mark that stands behind it.
    events: list[tuple[int, int, int, str]] = []
    for mark in _QUOTES + EDGE:
        for place in np.flatnonzero(noise.codes == ord(mark)).tolist():
            events.append((place, 1, -1, mark))
    vanished = set(noise.vanished.tolist())
    labels = np.where(runs.slots >= 0, noise.labels[runs.slots], -1).tolist()
    for run, (place, label) in enumerate(zip(runs.places.tolist(), labels, strict=True)):
        if runs.slots[run] < 0 and place in vanished:
            vanished.remove(place)
            events.append((place, 0, run, _QUOTES[0]))
        if label >= 0 and CLASSES[label]:
            quotes = "".join(mark for mark in LABELS[label] if mark in _QUOTES)
            events.append((place, 0, run, quotes))
    events += [(place, 0, -1, _QUOTES[0]) for place in vanished]
    events.sort()
    found: set[tuple[int, int]] = set()
    opened: list[int] = []
    for _, _, run, marks in events:
        for mark in marks:
            if mark == EDGE:
                opened.clear()
            elif mark == _QUOTES[0]:
                opened.append(run)
            elif opened:
                first = opened.pop()
                if first >= 0 and run >= 0:
                    found.add((first, run))
    return found


def _train_pairs(portions: Sequence[str], scorer: SlotScorer, lexicon: Lexicon) -> HashedWeights:
    def learnt(noise: Noisy) -> tuple[Array, Array, Array]:
        hashed, true = _candidates(noise, scorer, lexicon)
        return hashed, true, np.ones(true.size)

    trainer = Trainer(PAIR_BITS, PAIR_WIDTH, 2, seed=1)
    return _train_hashed(
        "pairs", trainer, portions, PAIR_PASSES, lambda noise: learnt(noise)[0], learnt
    )


def _score(registers: Sequence[Register], networks: Networks) -> None:
    """Print how well each register's held-out prose is decided: slot by slot, and with pairs."""
    model = Scorer(networks)
    for register in registers:
        text = next(chunks(register.held_out), "")
        if not text:
            continue
        noise = noisy(text, HELD_OUT)
        slots = noise.slots()
        scored = model.score(slots)
        known = (noise.labels >= 0) & (noise.kinds == 0)
        alone = np.array([*scored.scores]).argmax(1)
        together = np.array([each.label for each in decide_slots("", slots, scored).in_order()])
        true = [LABELS[label] for label in noise.labels[known]]
        _say(f"{register.name}: {measure([LABELS[label] for label in alone[known]], true)}")
        _say(f"{register.name}, paired: {measure(list(together[known]), true)}")
