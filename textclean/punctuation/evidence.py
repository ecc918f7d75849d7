"""Which findings of the slot model a text bears out: marks are put back where marks were lost.

The model judges a slot by its line and takes every line for damaged. Whether the text has lost
marks is known from all of its slots (`textclean.text.kinds.losses`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from textclean.punctuation.certainty import ByKind, Finding, Kind
from textclean.punctuation.prose_lines import Line
from textclean.punctuation.straight_quotes import STRAIGHT
from textclean.text.classes import (
    CLOSING_CLASS,
    HAN_CLASS,
    OPENING_CLASS,
    SPACE_CLASS,
    count_han,
    is_han,
)
from textclean.text.kinds.losses import Losses
from textclean.text.patterns import pattern
from textclean.text.words import is_word

_PAUSES = frozenset({Kind.PAUSE, Kind.LIKELY_PAUSE})
_QUOTES = frozenset({Kind.QUOTES, Kind.LIKELY_QUOTES})
_SPACES = frozenset({Kind.SPACE, Kind.LIKELY_SPACE})
_BRACKETS = frozenset(OPENING_CLASS + CLOSING_CLASS + "()[]{}'")
#: Spaces beside these are for the rules of spacing.
_NO_BREAKS = _BRACKETS | {".", "—"}
#: Of spaces between Chinese characters that were less surely ends of lines, four in ten were not.
_SURE_OF_SPACE, _SURE_AMONG_PAUSES = 0.8, 0.9
#: A line of so few characters that has no stop is a headline.
_LONGEST_HEADLINE = 80
_IS_SENTENCE = pattern("[。；]|[…：，,;][”’」』）)]?\\s*\\Z")
_LONGEST_SLOGAN = 30
_LONGEST_TERM = 8
_TERM = pattern(rf"[{HAN_CLASS}]{{1,{_LONGEST_TERM}}}[{SPACE_CLASS}]+\S")
_TERM_BEFORE = pattern(rf"[{SPACE_CLASS}][{HAN_CLASS}]{{1,{_LONGEST_TERM}}}\Z")
#: Latin words, numbers and signs so near are for fields, names and code.
_NEAR = 5
_NO_PROSE = pattern("[!-~]")
_IN_SLOGAN = pattern("[“‘「『][^“”‘’「」『』，。；！？]*\\Z")
_TO_END_OF_SLOGAN = pattern(f"[^“”‘’「」『』，。；！？]{{0,{_LONGEST_SLOGAN}}}[”’」』]")
_START = attrgetter("start")


def losses_of(text: str, lines: Sequence[tuple[Line, ByKind]]) -> Losses:
    """What the spaces of a text say about its losses.

    Args:
        lines: the lines of prose with slots, and what was found in them.
    """
    spaces = breaks = 0
    for line, by_kind in lines:
        for kind, findings in by_kind.items():
            traces = [_beside(line.text, each) for each in findings if _is_trace(line.text, each)]
            spaces += len(traces)
            if kind in _SPACES:
                breaks += sum([is_word(before + behind) for before, behind in traces])
    # What is not ASCII is Chinese, near enough, and counted ten times as fast.
    return Losses(len(text) - len(text.encode("ascii", "ignore")), spaces, breaks)


def _is_trace(line: str, finding: Finding) -> bool:
    """Whether a slot is the trace of a loss: a space and nothing else, beside no sign of style."""
    beside = _beside(line, finding)
    return (
        line[finding.start : finding.end].isspace()
        and not any(each.isascii() or each in _BRACKETS for each in beside)
        and (is_word("".join(beside)) or not _is_in_slogan(line, finding))
    )


def borne_out(line: Line, by_kind: ByKind, losses: Losses) -> ByKind:
    """The findings of a line that the text bears out.

    Marks that it does not bear out are undecided, spaces that its writer set are no findings. Where
    marks were lost throughout, what is undecided, since the model chose another quotation instead,
    is likely.
    """
    if losses.of_print:
        return _decided(by_kind)
    text, han = line.text, count_han(line.text)
    traces = sum([_is_trace(text, each) for each in chain(*by_kind.values())])
    is_headline = han <= _LONGEST_HEADLINE and not _IS_SENTENCE.search(text)
    lossy = not is_headline and (losses.throughout or losses.within(han, traces))
    guessed = {
        each.group
        for kind_of_finding in _QUOTES
        for each in by_kind.get(kind_of_finding, ())
        if text[each.start : each.end].strip(STRAIGHT)
    }
    kept: ByKind = {}
    for finding in sorted(chain(*by_kind.values()), key=_START):
        if finding.kind in _QUOTES:
            doubtful = finding.group in guessed
        elif finding.kind in _PAUSES:
            eats_quote = not text[finding.start : finding.end].isspace()
            doubtful = (
                not lossy
                or (eats_quote and not losses.throughout)
                or _is_doubtful_pause(text, finding)
            )
        elif finding.kind in _SPACES:
            if _is_set(text, finding, is_headline=is_headline):
                continue
            least = _SURE_AMONG_PAUSES if lossy else _SURE_OF_SPACE
            doubtful = finding.confidence < least and all(map(is_han, _beside(text, finding)))
        else:
            doubtful = True
        if doubtful:
            finding = finding._replace(kind=Kind.UNDECIDED)
        elif finding.kind is Kind.SPACE and not is_word("".join(_beside(text, finding))):
            finding = finding._replace(kind=Kind.LIKELY_SPACE)
        kept.setdefault(finding.kind, []).append(finding)
    return kept


def _decided(by_kind: ByKind) -> ByKind:
    if Kind.UNDECIDED not in by_kind:
        return by_kind
    kept: ByKind = {}
    for finding in sorted(chain(*by_kind.values()), key=_START):
        if finding.kind is Kind.UNDECIDED and finding.group is None:
            likely = Kind.LIKELY_PAUSE if finding.after else Kind.LIKELY_SPACE
            finding = finding._replace(kind=likely)
        kept.setdefault(finding.kind, []).append(finding)
    return kept


def _beside(line: str, finding: Finding) -> tuple[str, str]:
    return line[max(0, finding.start - 1) : finding.start], line[finding.end : finding.end + 1]


def _is_set(line: str, finding: Finding, *, is_headline: bool) -> bool:
    """Whether a space that is taken for the end of a printed line is the writer's: in a headline or
    a slogan, beside a number or bracket.
    """
    before, behind = _beside(line, finding)
    if before.isdigit() or behind.isdigit():
        return finding.kind is Kind.LIKELY_SPACE
    if not _NO_BREAKS.isdisjoint((before, behind)):
        return True
    return not is_word(before + behind) and (
        is_headline or _is_in_slogan(line, finding) or _sets_term_apart(line, finding)
    )


def _sets_term_apart(line: str, finding: Finding) -> bool:
    """Whether there is a space on the other side of what is beside a space, too."""
    low, high = finding.start, finding.end
    return bool(
        _TERM_BEFORE.search(line[max(0, low - _LONGEST_TERM - 1) : low]) or _TERM.match(line, high)
    )


def _is_doubtful_pause(line: str, finding: Finding) -> bool:
    low, high = finding.start, finding.end
    near = line[max(0, low - _NEAR) : low] + line[high : high + _NEAR]
    beside = _beside(line, finding)
    return (
        _NO_PROSE.search(near) is not None
        or not _BRACKETS.isdisjoint(beside)
        or _is_in_slogan(line, finding)
    )


def _is_in_slogan(line: str, finding: Finding) -> bool:
    near = line[max(0, finding.start - _LONGEST_SLOGAN) : finding.start]
    return bool(_IN_SLOGAN.search(near) and _TO_END_OF_SLOGAN.match(line, finding.end))
