"""`find`: every placeholder of a text, typed and rebuilt, each judged by others near it.

What is redacted once is redacted again nearby: a unit behind a run and other runs within 600
characters raise its likelihood. So a lone ``X`` in an article on Linux stays below 0.5, a lone
``x`` among thirty others does not, and 某 counts for nothing by itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from textclean.placeholders.blanks import find_blanks
from textclean.placeholders.context_odds import context
from textclean.placeholders.fields import COLON_BEFORE, labelled
from textclean.placeholders.identity import named
from textclean.placeholders.kinds import Classification, classify
from textclean.placeholders.masks import find_bars, find_numbers, find_partial, find_runs
from textclean.placeholders.names import find_half_names, find_letters
from textclean.placeholders.placeholder import BARS, MASKS, NAMES, Candidate, MaskKind, Placeholder
from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.placeholders.run import Run
from textclean.placeholders.somebody import find_some
from textclean.placeholders.structure import may_be_eaten, rebuild
from textclean.placeholders.tags import LENS, find_tags
from textclean.text.classes import HAN_CLASS
from textclean.text.patterns import pattern
from textclean.text.protect import protected_spans

#: Characters on either side in which other placeholders count.
_NEAR = 600
#: The likelihood by form from which a run counts for others: two make a doubtful one likely.
_PLAIN = 0.5
# One scan decides that a text has none of the finders' signs: a class, for alternatives are slower.
_GATE = pattern(rf"[{MASKS}{BARS}某_＿\[［<＜{{〔A-Z]")
#: Signs that prose has, too.
_OPEN = ("（ ", "（\u3000", "【 ", "【\u3000", "(  ", "〔 ", "〔\u3000", "〔20 ", "［ ")
_MARK = pattern(f"[{MASKS}{BARS}]")
_SIGN = pattern(r"[某_＿\[［<＜{]")
_DOUBLE = pattern(rf"([{MASKS}{BARS}])\1")
_LETTER = pattern(r"[A-Z][总主新某省县镇乡村同先女市]")


def find(text: str, minimum: float = 0.5) -> list[Placeholder]:
    """Every placeholder of `text`, in order.

    Args:
        text: the unit of context: a run is judged by others near it.
        minimum: the confidence below which nothing is returned. 某某 and 某县 in a text without
            other redaction lie below 0.5: they are how people write, too.

    Returns:
        Placeholders with offsets in code points of `text`, disjoint; those of the same value have
        the same slot.
    """
    found = _placeholders(text, _runs(text), minimum)
    return named(text, found) if found else found


def find_eaten(text: str, minimum: float = 0.5) -> list[Placeholder]:
    """Those of `find` into which characters are put back, without the names of their slots; it
    skips the others early.
    """
    placeholders = _placeholders(text, _runs(text), minimum, may_be_eaten)
    return [placeholder for placeholder in placeholders if placeholder.changed]


def _placeholders(
    text: str,
    runs: Sequence[Run],
    minimum: float,
    may_change: Callable[[str, str, int], bool] | None = None,
) -> list[Placeholder]:
    if not runs:
        return []
    strong = [run.start for run in runs if run.form >= _PLAIN]
    placeholders: list[Placeholder] = []
    for run in runs:
        if may_change is not None and (
            run.type is not None or not may_change(text[run.start : run.end], text, run.end)
        ):
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
    first = _GATE.search(text)
    # Brackets with one ordinary space are （ ）; a text without these spaces has no other blank.
    spaced = "\u3000" in text or "  " in text or "（ " in text
    spaced = spaced and any(map(text.__contains__, _OPEN))
    tagged = "【" in text and LENS.search(text) is not None
    runs: list[Run] = []
    if first is not None:
        at = first.start()
        if _MARK.search(text, at):
            runs += _marked(text)
        if _LETTER.search(text, at):
            runs += find_letters(text)
        if _SIGN.search(text, at):
            if "某" in text:
                runs += find_some(text)
            tagged = tagged or any(map(text.__contains__, "[［<＜{"))
            spaced = spaced or "_" in text or "＿" in text
    if tagged:
        runs += find_tags(text)
    if spaced:
        runs += find_blanks(text)
    return _disjoint(text, runs) if runs else []


def _marked(text: str) -> Iterator[Run]:
    yield from find_runs(text)
    if _DOUBLE.search(text):
        yield from find_numbers(text)
        yield from find_bars(text)
    yield from find_half_names(text)
    yield from find_partial(text)


def _disjoint(text: str, runs: list[Run]) -> list[Run]:
    """Runs that overlap nothing protected, and no better or earlier run."""
    runs.sort(key=lambda run: (run.start, -run.end, -run.form))
    protected = protected_spans(text)
    starts = [span[0] for span in protected]
    disjoint: list[Run] = []
    for run in runs:
        at = bisect_left(starts, run.end) - 1
        if at >= 0 and protected[at][1] > run.start:
            # A tag or a blank in brackets is protected for its own sake; what holds it is not.
            own = run.kind in (MaskKind.TAG, MaskKind.BLANK)
            if not own or protected[at][0] < run.start or protected[at][1] > run.end:
                continue
        if disjoint and disjoint[-1].end > run.start:
            if disjoint[-1].form >= run.form or disjoint[-1].form >= _PLAIN:
                continue
            disjoint.pop()
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
    start, end, mask, form = run[:4]
    own = text[start:end]
    if run.type is not None:
        likely = _raised(form, others, fits=False)
        whole = (Candidate(own, 1.0),)
        return Placeholder(start, end, own, run.type, own, whole, round(likely, 3), run.kind)
    # Spaces in a run are the scan's.
    compact = own.replace(" ", "") if " " in own else own
    around = context(text, start, end)
    kind = _by_field(text, start, compact) or classify(compact, mask, around)
    rebuilt = rebuild(compact, mask, kind.type, around, text, start)
    fits = kind.confidence >= (0.9 if kind.type in NAMES else 0.8)
    likely = _raised(form, others, fits=fits)
    return Placeholder(
        start,
        end,
        own,
        rebuilt.type,
        rebuilt.candidates[0].text,
        rebuilt.candidates,
        round(likely * (0.8 + 0.2 * kind.confidence), 3),
        MaskKind.PARTIAL if _is_partial(compact, mask) else run.kind,
    )


#: A number that names has so many marks.
_LONG = 7
_BY_FIELD = frozenset({Type.PERSON, Type.PLACE, Type.ORGANISATION, Type.ETHNICITY, Type.CODE})


def _by_field(text: str, start: int, run: str) -> Classification | None:
    """The type of a run in a field of a form: 电话：×××××××, 姓名：××."""
    before = text[start - 1 : start]
    if before in ("号", "为") and _TAIL.search(text, max(0, start - 3), start):
        return Classification(Type.CODE, 0.95)
    field = before in _FIELD_ENDS or _COLON.search(text, max(0, start - 3), start)
    if len(run) < _LONG and not field:
        return None
    kind = labelled(text, start)
    if kind is None:
        return None
    if kind in (Type.PHONE, Type.ID) and (
        len(run) >= _LONG or not _GOES_ON.match(text, start + len(run))
    ):
        return Classification(kind, 0.95)
    if kind in _BY_FIELD:
        at_line_end = not _GOES_ON.match(text, start + len(run))
        if at_line_end and COLON_BEFORE.search(text, max(0, start - 8), start):
            return Classification(kind, 0.9)
    return None


_FIELD_ENDS = ("号", "码", "话", "机", "证")
_TAIL = pattern("尾号为?\\Z")
_COLON = pattern(r"[：:|][ \t]*\Z")
_GOES_ON = pattern(rf"[{HAN_CLASS}0-9%％]")


def _is_partial(run: str, mask: str) -> bool:
    return run[0] != mask and run[0].isdecimal()
