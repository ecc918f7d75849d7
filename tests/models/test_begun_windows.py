"""A window scored from its beginning on has the score of the whole window."""

from __future__ import annotations

from textclean.layout.seam_model import JOIN, MODEL, Tail, head_of, join_score, tail_of

TAILS = ["", "推", "推进总分馆制建", "据统计，“十四五”期间，全市共有120", "他说：“我们（包括"]
HEADS = ["", "设", "设，让居民在家门口就能借到新书。", "个村通了水”，他说。", "设在镇上）都去。"]


def test_a_window_scored_from_its_beginning_has_the_score_of_the_whole() -> None:
    weights = MODEL.weights
    tails: list[Tail] = list(map(tail_of, TAILS))
    for _ in range(2):  # the second time from what is remembered
        for tail in tails:
            for head in map(head_of, HEADS):
                window = (*tail.symbols, tail.open, *head.symbols, head.closed)
                assert join_score(tail, head) == weights.score(window, JOIN)
