"""`consensus`: several readings of one text, and the one text that they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import compress, pairwise
from typing import NamedTuple

from textclean.config import Config
from textclean.consensus.base import qualities
from textclean.consensus.codes import LINE, OPEN, TIERS
from textclean.consensus.columns import Column, Columns, contested
from textclean.consensus.decisions import Change, decide
from textclean.consensus.lost_lines import lost_lines
from textclean.consensus.reliability import Reliability, doubles
from textclean.consensus.result import Consensus, Source
from textclean.consensus.spaces import decide_spaces
from textclean.consensus.tokens import Tokens, tokens_of
from textclean.engine.resolve import hits
from textclean.errors import InvalidTextError
from textclean.text.columns import EditColumns, edits_of
from textclean.text.compose import compose, project, rewrite
from textclean.text.edit import Cause, Edit, Span, Tier
from textclean.text.protect import switches_of

#: Whoever asks for a consensus wants what the readings decide.
_DEFAULT = Config(tier=Tier.SUGGESTED)
#: How sure a line is that another reading has: on the pages that were read, all were lost.
_SURE_OF_LINES = 0.95
#: What was changed lays the readings on the text anew; more than two rounds hardly find anything.
_ROUNDS = 4


def consensus(
    readings: Mapping[str, str] | Iterable[str],
    config: Config | None = None,
    *,
    base: str | None = None,
) -> Consensus:
    """One text from several readings of it: of a page by several engines, of a paragraph in copies.

    The readings are aligned character by character, also where blocks stand in another order. The
    one that is best as language is the base; the others mend it where they are to be believed: by
    how often each was right on this text, and by which of the candidates reads as Chinese. Nothing
    is put in that no reading has. Lines that the base lost come back, in place.

    Args:
        readings: the texts by name, or in any order: then they are called ``1``, ``2`` and so on.
            The order changes nothing but these names.
        config: which of the rules of family N are applied; by default up to tier ``suggested``.
        base: the name of the reading that is to be the base, whatever language says.

    Returns:
        The base with what was changed of it; `Cleaned.suggestions` has what was not decided, with
        all candidates, and `Consensus.sources` says where each character stands.

    Raises:
        InvalidTextError: a reading is no string, or holds a lone surrogate.
        ValueError: there is no reading, or none called `base`.
    """
    config = _DEFAULT if config is None else config
    if isinstance(readings, str):
        raise InvalidTextError("expected several readings, got one string")
    if not isinstance(readings, Mapping):
        readings = {str(number): text for number, text in enumerate(readings, 1)}
    if not readings:
        raise ValueError("there is no reading")
    if base is not None and base not in readings:
        raise ValueError(f"no reading is called {base!r}")
    for name, text in readings.items():
        _require_text(name, text)
    # An order that is that of the texts, so that the caller's changes nothing.
    names = sorted(readings, key=lambda name: (readings[name], name))
    return _merged(dict(readings), names, config, base)


def _require_text(name: str, text: object) -> None:
    if not isinstance(text, str):
        raise InvalidTextError(f"reading {name}: expected a string, got {type(text).__name__}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidTextError(f"reading {name}: not Unicode text: {error}") from None


class _Text(NamedTuple):
    """The text so far."""

    tokens: Tokens
    #: By character: the number of a reading that has it, and its offset there.
    origins: list[tuple[int, int]]
    #: How the base became this text.
    edits: EditColumns

    @classmethod
    def of(cls, number: int, base: Tokens) -> _Text:
        return cls(base, [(number, at) for at in range(len(base.text))], EditColumns())

    def changed(
        self, original: str, spans: Sequence[Span], origins: Sequence[Sequence[tuple[int, int]]]
    ) -> _Text:
        """The text after some edits, with the origins of what each puts in."""
        if not spans:
            return self
        after = list(self.origins)
        for span, new in zip(reversed(spans), reversed(origins), strict=True):
            after[span[0] : span[1]] = new
        text = self.tokens.text
        return _Text(
            tokens_of(rewrite(text, 0, len(text), spans)),
            after,
            compose(original, self.edits, text, spans),
        )


def _merged(
    texts: dict[str, str], names: Sequence[str], config: Config, wanted: str | None
) -> Consensus:
    readings = [tokens_of(texts[name]) for name in names]
    ranks = qualities(readings)
    order = sorted(range(len(names)), key=lambda number: (-ranks[number], number))
    chosen = order[0] if wanted is None else names.index(wanted)
    original = readings[chosen].text
    others = [number for number in order if number != chosen]
    text = _Text.of(chosen, readings[chosen])
    lines, origins = _lost_lines(readings, chosen, others, names)
    proposed: list[Span] = []
    off = _switched_off(original, LINE)
    kept = [not hits(line[0], line[1], off) for line in lines]
    lines, origins = list(compress(lines, kept)), list(compress(origins, kept))
    if _applies(config, LINE):
        text = text.changed(original, lines, origins)
    elif config.selects(LINE):
        proposed += lines
    for round_ in range(_ROUNDS):
        columns = Columns(text.tokens, readings)
        changes = [
            change
            for change in _decided(columns)
            if not hits(change.start, change.end, _switched_off(text.tokens.text, change.code))
        ]
        applied = [change for change in changes if _applies(config, change.code)]
        if not applied or round_ == _ROUNDS - 1:
            break
        text = text.changed(
            original,
            [_span(change, names, config) for change in applied],
            [[each[0] for each in change.witnesses] for change in applied],
        )
    left = [
        _span(change, names, config)
        for change in changes
        if config.selects(change.code) and not _applies(config, change.code)
    ]
    for start, end, after, cause, group in project(text.edits, text.tokens.text, left):
        is_open = cause.rule == OPEN
        proposed.append((start, end, original[start:end] if is_open else after, cause, group))
    return Consensus(
        texts, names[chosen], text.tokens.text, text.edits.packed(),
        partial(_suggest, sorted(proposed, key=lambda span: (span[0], span[1], span[3].rule))),
        _sources(columns, text, names),
    )  # fmt: skip


def _decided(columns: Columns) -> list[Change]:
    reliability = Reliability(columns)
    changes = decide(columns, contested(columns), reliability)
    changes += decide_spaces(columns, reliability, changes)
    return sorted(changes, key=lambda change: (change.start, change.end))


def _switched_off(text: str, code: str) -> Sequence[tuple[int, int]]:
    """Where a writer has switched a rule off."""
    return switches_of(text).off_for(code) if "textclean" in text else ()


def _applies(config: Config, code: str) -> bool:
    tier = config.tier_of(code, TIERS[code])
    return code != OPEN and config.selects(code) and tier.rank <= config.tier.rank


def _suggest(proposed: Sequence[Span], original: str, _: EditColumns) -> list[Edit]:
    return list(edits_of(proposed, original))


def _lost_lines(
    readings: Sequence[Tokens], chosen: int, others: Sequence[int], names: Sequence[str]
) -> tuple[list[Span], list[list[tuple[int, int]]]]:
    """The lines that the base lost, as edits of it, and where their characters stand."""
    base = readings[chosen]
    sets = doubles(Columns(base, readings))
    same = [readings[number] for number in others if sets[number] == sets[chosen]]
    spans: list[Span] = []
    origins: list[list[tuple[int, int]]] = []
    lines = lost_lines(base, same, {number: readings[number] for number in others})
    for start, end, number, low, high in lines:
        evidence = f"{names[number]} has what is lost here"
        cause = Cause(LINE, TIERS[LINE], _SURE_OF_LINES, evidence, ())
        spans.append((start, end, readings[number].text[low:high], cause, None))
        origins.append([(number, at) for at in range(low, high)])
    return spans, origins


def _span(change: Change, names: Sequence[str], config: Config) -> Span:
    tier = config.tier_of(change.code, TIERS[change.code])
    evidence = "; ".join(_said(column, names) for column in change.columns)
    cause = Cause(change.code, tier, round(change.confidence, 4), evidence, ())
    return change.start, change.end, change.after, cause, None


def _said(column: Column, names: Sequence[str]) -> str:
    """What the readings have in a column: ``尝 (B, C), 党 (A)``."""
    said = []
    for option in column.options:
        if option.witnesses:
            who = ", ".join(sorted(names[number] for number in option.witnesses))
            text = "a space" if option.text == " " else option.text or "nothing"
            said.append(f"{text} ({who})")
    return ", ".join(said)


def _sources(columns: Columns, text: _Text, names: Sequence[str]) -> list[tuple[Source, ...]]:
    """By character of the text, where it stands."""
    tokens = text.tokens
    places = [{origin} for origin in text.origins]
    for index, at in enumerate(tokens.offsets):
        for number, reading in enumerate(columns.readings):
            place = columns.places[number][index]
            if place >= 0 and reading.characters[place] == tokens.characters[index]:
                places[at].add((number, reading.offsets[place]))
    for index, (before, behind) in enumerate(pairwise(tokens.offsets)):
        if behind - before == 2 and tokens.text[before + 1] == " ":
            for number, reading in enumerate(columns.readings):
                low, high = columns.places[number][index : index + 2]
                if low >= 0 and high == low + 1:
                    offset = reading.offsets[low] + 1
                    if reading.offsets[high] == offset + 1 and reading.text[offset] == " ":
                        places[before + 1].add((number, offset))
    return [tuple(sorted(Source(names[number], at) for number, at in each)) for each in places]
