"""The hand-made truth of the seeds: every copy goes, and nothing else does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.seeds import ROOT, TEXTS
from textclean.dedup import RemovalKind, deduplicate
from textclean.text.blocks import split_blocks

pytestmark = pytest.mark.usefixtures("implementation")

FILES = json.loads((ROOT / "benchmarks/gold/duplicates.json").read_text(encoding="utf-8"))


def blocks_of(file: dict[str, Any]) -> list[str]:
    text = TEXTS[file["file"][:3]]
    return [text[block["start"] : block["end"]] for block in file["blocks"]]


@pytest.fixture(params=FILES, ids=lambda file: file["file"][:3])
def gold(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param  # type: ignore[no-any-return]


def test_every_exact_and_near_copy_goes(gold: dict[str, Any]) -> None:
    removed = {removal.index for removal in deduplicate(blocks_of(gold)).removals}
    assert {copy for copy, _ in gold["exact"] + gold["near"]} <= removed


def test_nothing_else_goes_but_what_is_contained(gold: dict[str, Any]) -> None:
    removed = {removal.index for removal in deduplicate(blocks_of(gold)).removals}
    assert removed <= {copy for copy, _ in gold["exact"] + gold["near"] + gold["contained"]}


def test_an_exact_copy_ends_with_its_original_or_with_what_replaces_that(
    gold: dict[str, Any],
) -> None:
    result = deduplicate(blocks_of(gold))
    survivor = {removal.index: removal.survivor for removal in result.removals}
    for copy, original in gold["exact"]:
        assert survivor[copy] == survivor.get(original, original)


def test_shared_spans_are_reported_and_their_texts_stay(gold: dict[str, Any]) -> None:
    result = deduplicate(blocks_of(gold))
    reported = {(span.first, span.second) for span in result.shared_spans}
    for pair in gold["shared_span"]:
        assert tuple(sorted(pair)) in reported
        assert set(pair) <= set(result.kept)


def test_a_copy_of_what_is_contained_goes_for_the_sake_of_the_container() -> None:
    # Block 31 is the second half of block 39; 40 repeats 31.
    result = deduplicate(blocks_of(FILES[0]))
    kinds = {removal.index: (removal.survivor, removal.kind) for removal in result.removals}
    assert kinds[31] == kinds[40] == (39, RemovalKind.CONTAINED)


@pytest.mark.parametrize("name", ["001", "002"])
def test_a_seed_that_repeats_nothing_loses_nothing(name: str) -> None:
    assert deduplicate(seed_blocks(name)).removals == []


def test_repeated_sections_go_with_their_headings() -> None:
    blocks = seed_blocks("000")
    result = deduplicate(blocks)
    headings = [r for r in result.removals if blocks[r.index].startswith("#")]
    assert len(headings) == 3
    for removal in headings:
        assert blocks[removal.index] == blocks[removal.survivor]
        assert removal.index + 1 not in result.kept
    # Of two openings of one paragraph, that which lost a character goes.
    near = [r for r in result.removals if r.kind is RemovalKind.NEAR]
    assert [(blocks[r.index][:2], blocks[r.survivor][:3]) for r in near] == [("为更", "为了更")]


def seed_blocks(name: str) -> list[str]:
    text = TEXTS[name]
    return [text[block.start : block.end] for block in split_blocks(text)]
