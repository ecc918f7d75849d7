"""Random edits of random texts, as spans: what the arithmetic of edits is tested with."""

from __future__ import annotations

from hypothesis import strategies as st

from textclean.text.edit import Cause, Edit, Span, Tier


def cause(
    evidence: str = "", rule: str = "P001", tier: Tier = Tier.SAFE, confidence: float = 1.0
) -> Cause:
    return Cause(rule, tier, confidence, evidence)


def edits_of(spans: list[Span], text: str) -> list[Edit]:
    """The spans as edits of the text that they are made on."""
    return [
        Edit(start, end, text[start:end], after, *why[:4], group, why[4])
        for start, end, after, why, group in spans
    ]


@st.composite
def spans_of(
    draw: st.DrawFn, text: str, alphabet: str, name: str, *, grouped: bool = False
) -> list[Span]:
    """Sorted, disjoint edits of `text`, at most one to an offset, each a change.

    The evidence of each is `name` and a number of its own.
    """
    spans: list[Span] = []
    at = 0
    while at <= len(text) and draw(st.booleans()):
        start = at + draw(st.integers(0, 3))
        end = start + draw(st.integers(0, 3))
        if end > len(text):
            break
        after = draw(st.text(alphabet=alphabet, max_size=3))
        group = draw(st.sampled_from([None, 0, 1, 2])) if grouped else None
        if after != text[start:end]:
            spans.append((start, end, after, cause(f"{name}{len(spans)}"), group))
        at = max(end, start + 1)
    return spans
