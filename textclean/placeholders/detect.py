"""`find`: every placeholder of a text, typed and rebuilt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from textclean.placeholders.context_odds import context
from textclean.placeholders.kinds import classify
from textclean.placeholders.masks import Run, find_letters, find_names, find_numbers, find_runs
from textclean.placeholders.placeholder import NAMES, Placeholder
from textclean.placeholders.structure import may_be_eaten, rebuild
from textclean.text.patterns import pattern
from textclean.text.protect import protected_spans

#: How far other placeholders are looked for: what is redacted once is redacted again nearby.
_NEAR = 600
#: Runs of this form count as others: 2 of them make a doubtful one likely.
_PLAIN = 0.5
_GATE = pattern("[xX×＊*□#]")
_LETTER_GATE = pattern(r"[A-Z][总主新某省县镇乡村同先女市]")


def find(text: str, minimum: float = 0.5) -> list[Placeholder]:
    """Everything in `text` that was redacted, in order of place.

    Args:
        text: the unit of context: a run is judged by others near it.
        minimum: the confidence below which nothing is returned. 某某 and 某县 in a text without
            other redaction lie below 0.5: they are how people write, too.

    Returns:
        Placeholders with offsets in code points of `text`, disjoint.
    """
    return _found(text, _runs(text), minimum)


def find_eaten(text: str, minimum: float = 0.5) -> list[Placeholder]:
    """Those of `find` that something may be put back into; the others cost little.

    Args:
        text: as for `find`.
        minimum: as for `find`.
    """
    found = _found(text, _runs(text), minimum, may_be_eaten)
    return [each for each in found if each.changed]


def _found(
    text: str,
    runs: Sequence[Run],
    minimum: float,
    wanted: Callable[[str, str, int], bool] | None = None,
) -> list[Placeholder]:
    strong = [run.start for run in runs if run.form >= _PLAIN]
    found: list[Placeholder] = []
    for run in runs:
        if wanted is not None and not wanted(text[run.start : run.end], text, run.end):
            continue
        others = _others(run, strong)
        # What a unit or a name's suffix behind it may add at most; cheaper than asking.
        if _raised(run.form, others, fits=True) < minimum:
            continue
        placeholder = _placeholder(text, run, others)
        if placeholder.confidence >= minimum:
            found.append(placeholder)
    return found


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
    kept: list[Run] = []
    for run in runs:
        at = bisect_left(starts, run.end) - 1
        if at >= 0 and protected[at][1] > run.start:
            continue
        if kept and kept[-1].end > run.start:
            continue
        kept.append(run)
    return kept


def _others(run: Run, strong: Sequence[int]) -> int:
    """How many plain runs stand near this one, itself left out."""
    low = bisect_left(strong, run.start - _NEAR)
    high = bisect_left(strong, run.end + _NEAR)
    return high - low - (run.form >= _PLAIN)


def _raised(form: float, others: int, *, fits: bool) -> float:
    """A run's likelihood with what is around it taken into account."""
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
