"""The promises as questions to one text: what is broken, in words. Fuzzers ask them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from textclean import Config, Edit, clean
from textclean.engine.rule import Stage
from textclean.rules import all_rules
from textclean.text.compose import apply, revert
from textclean.text.protect import protected_spans
from textclean.text.variants import fold_table, radicals

_OF_ENTITIES = frozenset(rule.code for rule in all_rules() if rule.stage is Stage.ENTITIES)
_REREAD = frozenset(rule.code for rule in all_rules() if rule.stage is Stage.ENCODINGS)


def counted(text: str) -> Counter[str]:
    """Digits and Han characters, with width and script folded."""
    plain = unicodedata.normalize("NFKC", text.translate(str.maketrans(dict(radicals()))))
    # Unicode folds the radical ⾭ to 靑, the standard of 2013 writes 青.
    folded = plain.replace("靑", "青").translate(fold_table())
    return Counter(char for char in folded if char.isdigit() or "\u3400" <= char <= "\u9fff")


def broken(text: str, config: Config) -> Iterator[str]:
    """Which promises `clean` breaks on a text; none is the right number."""
    done = clean(text, config)
    edits = list(done.edits)
    if done.original != text or apply(text, edits) != done.text:
        yield "the edits do not lead to the text"
    if done.revert() != text or revert(done.text, edits) != text:
        yield "the original does not come back"
    if any(one.end > next_one.start for one, next_one in pairwise(edits)):
        yield "edits overlap or are out of order"
    for edit in edits:
        if edit.before != text[edit.start : edit.end]:
            yield f"{edit.rule} is not written against the original"
        if edit.tier.rank > config.tier.rank:
            yield f"{edit.rule} is of tier {edit.tier}"
    if done.text != text:
        again = clean(done.text, config)
        if again.text != done.text:
            rules = {edit.rule for edit in again.edits}
            yield f"cleaned again it changes, by {', '.join(sorted(rules))}"
    # What was read in a wrong encoding is no text before it is read again.
    if not any(code in _REREAD for edit in edits for code in _codes(edit)):
        yield from _touched(text, edits)
    keeps = config.tier.rank == 0 and not config.tiers and config.style is None
    if keeps and counted(done.text) != counted(text):
        yield "digits or Han characters are not kept"


def _codes(edit: Edit) -> Iterator[str]:
    yield edit.rule
    for part in edit.parts:
        yield part.rule


def _touched(text: str, edits: list[Edit]) -> Iterator[str]:
    # Entities are protected from all rules but their own.
    spans = protected_spans(text)
    at = 0
    for edit in edits:
        if _OF_ENTITIES.intersection(_codes(edit)):
            continue
        while at < len(spans) and spans[at][1] <= edit.start:
            at += 1
        if at < len(spans) and spans[at][0] < edit.end and edit.start < edit.end:
            yield f"{edit.rule} touches what is protected"
