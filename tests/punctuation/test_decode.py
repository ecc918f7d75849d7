from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from textclean.punctuation.decode import (
    LONE_HALF_PENALTY_Q8,
    PRINTED_HALF_PENALTY_Q8,
    Quotations,
    other_halves,
    rivals,
    schedule,
    with_margins,
)
from textclean.punctuation.labels import CLOSING, OPENING
from textclean.punctuation.pairs import Odds

#: By what the odds of a half rise whose other half is printed.
GAINED = LONE_HALF_PENALTY_Q8 - PRINTED_HALF_PENALTY_Q8
IMPOSSIBLE = Odds(-5_000, -5_000)


def choose(odds_of: list[Odds], pairs: list[tuple[int, int]], gains: list[int]) -> Quotations:
    best = rivals(odds_of, pairs, gains)
    gaining = [(*pair, gain) for pair, gain in zip(pairs, gains, strict=True) if gain > 0]
    return with_margins(odds_of, gaining, best, schedule(odds_of, gaining, best))


def test_pairs_that_gain_most_are_chosen() -> None:
    chosen = choose([IMPOSSIBLE] * 4, [(0, 1), (0, 3), (2, 3)], [300, 500, 400])
    assert chosen.closed_by == [1, -1, 3, -1]
    assert chosen.opened_by == [-1, 0, -1, 2]
    # Both pairs lead over the one that would have taken in both by what they gain more.
    assert chosen.margins == [-200, -200, -100, -100]


def test_a_slot_may_close_one_quotation_and_open_the_next() -> None:
    chosen = choose([IMPOSSIBLE] * 3, [(0, 1), (1, 2)], [300, 200])
    assert chosen.quotes == [OPENING, OPENING + CLOSING, CLOSING]


def test_half_a_quotation_must_be_surer_than_a_pair() -> None:
    unsure, sure = Odds(LONE_HALF_PENALTY_Q8 - 1, -5_000), Odds(LONE_HALF_PENALTY_Q8 + 1, -5_000)
    assert choose([unsure], [], []).quotes == [0]
    assert choose([sure], [], []).quotes == [OPENING]


def test_nothing_is_chosen_that_does_not_gain() -> None:
    chosen = choose([IMPOSSIBLE] * 2, [(0, 1)], [-20])
    assert (chosen.quotes, chosen.margins) == ([0, 0], [20, 20])


@given(st.data())
def test_no_other_set_of_pairs_gains_more(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 6))
    every = list(combinations(range(size), 2))
    pairs = sorted(data.draw(st.lists(st.sampled_from(every), unique=True, max_size=7)))
    gains = data.draw(st.lists(st.integers(-50, 200), min_size=len(pairs), max_size=len(pairs)))
    chosen = choose([IMPOSSIBLE] * size, pairs, gains)
    gain_of = dict(zip(pairs, gains, strict=True))
    reached = sum(
        gain_of[first, second] for first, second in enumerate(chosen.closed_by) if second >= 0
    )
    best = 0
    for count in range(len(pairs) + 1):
        for some in combinations(pairs, count):
            if all(one[1] <= other[0] for one, other in pairwise(some)):
                best = max(best, sum(gain_of[pair] for pair in some))
    assert reached == best


def raised(line: str, *odds: tuple[int, int]) -> dict[int, tuple[int, int]]:
    """Which slots (`|`), by their odds, are halves of printed quotes, and what they gain by it."""
    places = []
    squeezed = ""
    for piece in line.split("|")[:-1]:
        squeezed += piece
        places.append(len(squeezed))
    squeezed += line.split("|")[-1]
    found = other_halves(squeezed + "\n", places, [Odds(*each) for each in odds])
    return {
        slot: (opens - odds[slot][0], closes - odds[slot][1])
        for slot, (opens, closes) in found.items()
    }


SURE, UNSURE = (-5_000, PRINTED_HALF_PENALTY_Q8 + 1), (-5_000, PRINTED_HALF_PENALTY_Q8 - 1)


def test_a_printed_quote_takes_the_likeliest_slot_for_its_other_half() -> None:
    assert raised("深刻领悟“两个确立|的决定性|意义", SURE, UNSURE) == {0: (0, GAINED)}
    assert raised("深刻领悟“两个确立|的决定性|意义", (-5_000, 100), (-5_000, 200)) == {
        1: (0, GAINED)
    }
    assert raised("深化|放管服”改革", (100, -5_000)) == {0: (GAINED, 0)}
    assert raised("“甲|乙”丙|丁”", SURE, (300, -5_000)) == {1: (GAINED, 0)}


def test_quotes_that_pair_in_print_have_no_other_half_to_find() -> None:
    assert raised("要|坚持“一国|两制”方针|不变", SURE, SURE, SURE) == {}
    assert raised("他说：“这叫“一举|两得”。”|大家都笑了", SURE, SURE) == {}
    assert raised("深刻领悟“两个确立|的决定性意义", UNSURE) == {}


def test_what_closes_a_quotation_stands_before_the_next_one_opens() -> None:
    assert raised("增强“四个意识、|坚定“四个自信”，做到|维护", UNSURE, SURE) == {}
    assert raised("“四个意识|、“四个自信”", SURE) == {0: (0, GAINED)}


def test_the_other_half_is_not_looked_for_on_another_line() -> None:
    assert other_halves("深刻领悟“两个确立\n的决定性意义\n", [15], [Odds(*SURE)]) == {}
