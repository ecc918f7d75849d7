"""The compiled search beside the reference: the same texts go, for the same reasons."""

from __future__ import annotations

from random import Random

import pytest

from tests.dedup.passages import misread, seed_paragraphs
from tests.dedup.reference.engine import removals_by_reference
from tests.dedup.verdicts import holds
from tests.seeds import TEXTS
from textclean.dedup import deduplicate
from textclean.text.blocks import split_blocks

pytestmark = pytest.mark.usefixtures("implementation")


def planted(seed: int) -> list[str]:
    random = Random(seed)
    texts = list(seed_paragraphs())
    for paragraph in seed_paragraphs(60):
        kind = random.randrange(6)
        if kind == 0:
            texts.append(misread(paragraph, random))
        elif kind == 1:
            texts.append(misread(paragraph, random, 0.05))
        elif kind == 2:
            texts.append(paragraph[: round(len(paragraph) * random.uniform(0.4, 0.8))])
        elif kind == 3:
            texts.append(paragraph[round(len(paragraph) * random.uniform(0.2, 0.6)) :])
        elif kind == 4:
            texts.append(random.choice(texts)[:80] + paragraph)
        else:
            texts.append(paragraph.replace("1", "7").replace("2", "5"))
    random.shuffle(texts)
    return texts


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_copies_go_as_the_reference_says(seed: int) -> None:
    texts = planted(seed)
    found, expected = deduplicate(texts), removals_by_reference(texts)
    assert len(expected) > 50
    assert found.removals == expected
    assert all(holds(texts, removal) for removal in found.removals)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_seeds_lose_what_the_reference_says(text: str) -> None:
    texts = [text[block.start : block.end] for block in split_blocks(text)]
    found = deduplicate(texts)
    prose = [r for r in found.removals if not texts[r.index].lstrip().startswith("#")]
    assert prose == removals_by_reference(texts)
