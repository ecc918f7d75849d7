"""`find`: every placeholder of a text, typed and rebuilt, each judged by others near it.

What is redacted once is redacted again nearby: a unit behind a run and other runs within 600
characters raise its likelihood. So a lone ``X`` in an article on Linux stays below 0.5, a lone
``x`` among thirty others does not, and 某 counts for nothing by itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from textclean.placeholders.context_odds import context
from textclean.placeholders.kinds import classify
from textclean.placeholders.masks import Run, find_letters, find_names, find_numbers, find_runs
from textclean.placeholders.placeholder import MASKS, NAMES, Placeholder
from textclean.placeholders.structure import may_be_eaten, rebuild
from textclean.text.patterns import pattern
from textclean.text.protect import protected_spans

#: Characters on either side in which other placeholders count.
_NEAR = 600
#: The likelihood by form from which a run counts for others: two make a doubtful one likely.
_PLAIN = 0.5
_GATE = pattern(f"[{MASKS}]")
_LETTER_GATE = pattern(r"[A-Z][总主新某省县镇乡村同先女市]")


def find(text: str, minimum: float = 0.5) -> list[Placeholder]:
    """Every placeholder of `text`, in order.

    Args:
        text: the unit of context: a run is judged by others near it.
        minimum: the confidence below which nothing is returned. 某某 and 某县 in a text without
            other redaction lie below 0.5: they are how people write, too.

    Returns:
        Placeholders with offsets in code points of `text`, disjoint.
    """
    return _placeholders(text, _runs(text), minimum)


def find_eaten(text: str, minimum: float = 0.5) -> list[Placeholder]:
    """Those of `find` into which characters are put back; it skips the others early."""
    placeholders = _placeholders(text, _runs(text), minimum, may_be_eaten)
    return [placeholder for placeholder in placeholders if placeholder.changed]


def _placeholders(
    text: str,
    runs: Sequence[Run],
    minimum: float,
    may_change: Callable[[str, str, int], bool] | None = None,
) -> list[Placeholder]:
    strong = [run.start for run in runs if run.form >= _PLAIN]
    placeholders: list[Placeholder] = []
    for run in runs:
        if may_change is not None and not may_change(text[run.start : run.end], text, run.end):
            continue
        others = _others(run, strong)
        # Even a unit or a name's suffix behind it would not suffice.
        if _raised(run.form, others, fits=True) < minimum:
            continue
        placeholder = _placeholder(text, run, others)
        if placeholder.confidence >= minimum:
            placeholders.append(placeholder)
    return placeholders


def _runs(text: str) -> list[Run]:
    runs: list[Run] = []
    if _GATE.search(text):
        runs += find_runs(text)
        runs += find_numbers(text)
    if _LETTER_GATE.search(text):
        runs += find_letters(text)
    if "某" in text or any(run.mask != "#" for run in runs):
        runs += find_names(text)
    if not runs:
        return []
    runs.sort(key=lambda run: (run.start, -run.end))
    protected = protected_spans(text)
    starts = [span[0] for span in protected]
    disjoint: list[Run] = []
    for run in runs:
        at = bisect_left(starts, run.end) - 1
        if at >= 0 and protected[at][1] > run.start:
            continue
        if disjoint and disjoint[-1].end > run.start:
            continue
        disjoint.append(run)
    return disjoint


def _others(run: Run, strong: Sequence[int]) -> int:
    """How many plain runs stand near a run, itself not counted."""
    low = bisect_left(strong, run.start - _NEAR)
    high = bisect_left(strong, run.end + _NEAR)
    return high - low - (run.form >= _PLAIN)


def _raised(form: float, others: int, *, fits: bool) -> float:
    """A run's likelihood, given its context and the number of others near it."""
    doubt = 1 - form
    if fits:
        doubt *= 0.6
    doubt *= (1, 0.5, 0.25, 0.12)[min(others, 3)]
    return 1 - doubt


def _placeholder(text: str, run: Run, others: int) -> Placeholder:
    start, end, mask, form = run
    own = text[start:end]
    # Spaces in a run are the scan's.
    compact = own.replace(" ", "") if " " in own else own
    around = context(text, start, end)
    kind = classify(compact, mask, around)
    rebuilt = rebuild(compact, mask, kind.type, around, text, start)
    fits = mask != "某" and kind.confidence >= (0.9 if kind.type in NAMES else 0.8)
    likely = _raised(form, others, fits=fits)
    return Placeholder(
        start,
        end,
        own,
        rebuilt.type,
        rebuilt.candidates[0].text,
        rebuilt.candidates,
        round(likely * (0.8 + 0.2 * kind.confidence), 3),
    )
