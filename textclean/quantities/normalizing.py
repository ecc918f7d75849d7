"""Write a text's quantities by a style: what ``textclean fix --style`` does, and nothing else."""

from __future__ import annotations

from bisect import bisect_right

from textclean.quantities.rewriting import rewritings
from textclean.quantities.styles import Style, named
from textclean.text.cleaned import Cleaned
from textclean.text.columns import EditColumns
from textclean.text.compose import rewrite as apply_spans
from textclean.text.edit import Cause, Edit, Span, Tier
from textclean.text.protect import protected_spans

#: The code of the rule that writes by a style.
STYLE_RULE = "Q010"


def evidence(before: str, after: str) -> str:
    """What an edit of style says for itself."""
    return f"{before} and {after} read the same: value, unit, bound and precision agree"


def normalize(text: str, style: str | Style = "gbt15835") -> Cleaned:
    """Write every quantity of a text by a style. What does not read back the same stays.

    Args:
        text: any string; code, addresses and whatever else is protected stays as it is.
        style: the name of a style, a TOML file with one, or a `Style`.

    Raises:
        ConfigError: there is no such style.
    """
    written_otherwise = list(rewritings(text, named(style)))
    protected = protected_spans(text) if written_otherwise else []
    starts = [start for start, _ in protected]
    spans: list[Span] = []
    for start, end, after, quantity in written_otherwise:
        at = bisect_right(starts, max(start, end - 1)) - 1
        if at >= 0 and protected[at][1] > start:
            continue
        before = quantity.text
        whole = before[: start - quantity.start] + after + before[end - quantity.start :]
        cause = Cause(STYLE_RULE, Tier.SAFE, 1.0, evidence(before, whole))
        spans.append((start, end, after, cause, None))
    written = apply_spans(text, 0, len(text), spans) if spans else text
    return Cleaned(text, written, EditColumns.from_spans(spans), _nothing)


def _nothing(original: str, columns: EditColumns) -> list[Edit]:
    return []
