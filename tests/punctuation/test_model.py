from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.punctuation.networks import networks
from tests.seeds import TEXTS
from tests.strategies import texts
from textclean.punctuation.decisions import Decision, decide_slots
from textclean.punctuation.labels import LABELS
from textclean.punctuation.model import Scorer, decide, misread_marks
from textclean.punctuation.scoring import Scorer as PythonScorer
from textclean.punctuation.slots import Scored, Slots, find_slots

PIECES = (
    "抓住", "最多跑一次", "改革", " ", " ", "　", '"', '" ', "，", "、", "。", "：", "；", ",", ":",
    "“", "”", "2019年", "10.57%", "(同比)", "《规划》", "PCR", "word", "\n", "全市卫生健康系统广大",
    "医共体", "建设", "𠀀", "？", "！",
)  # fmt: skip
slotted = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
PYTHON_SCORER = PythonScorer(networks())


def decisions(scorer: Scorer, text: str, *, marks: bool = False) -> list[Decision]:
    slots = find_slots(text, marks=marks)
    return decide_slots(text, slots, scorer.score(slots)).in_order() if slots.places else []


def as_lists(scored: Scored) -> list[list[object]]:
    return [list(getattr(scored, name)) for name in Scored.__dataclass_fields__]


@settings(deadline=None, max_examples=200)
@given(text=st.one_of(slotted, texts), marks=st.booleans())
def test_either_implementation_comes_to_the_same_integers(
    scorer: Scorer, text: str, marks: bool
) -> None:
    slots = find_slots(text, marks=marks)
    if not slots.places:
        return
    assert as_lists(scorer.score(slots)) == as_lists(PYTHON_SCORER.score(slots))
    assert scorer.score_marks(slots) == PYTHON_SCORER.score_marks(slots)


def test_a_seed_is_decided_alike_by_either(scorer: Scorer) -> None:
    text = TEXTS["003"]
    decided = decisions(scorer, text, marks=True)
    assert len(decided) > 600
    assert decided == decisions(PYTHON_SCORER, text, marks=True)


def test_a_slot_may_stand_at_the_very_end_of_its_line(scorer: Scorer) -> None:
    places = [2, 5, 8, 11]
    nowhere = [0] * len(places)
    slots = Slots("医疗卫健康\n改革建设好\n", places, nowhere, nowhere, nowhere)
    assert [run for run in scorer.score(slots).runs if run >= 0] == [0, 1, 2, 3]


def test_a_page_full_of_lost_marks_gets_its_quotes_back() -> None:
    decided = decide(TEXTS["003"][:8_000], marks=True)
    assert sum("“" in each.label for each in decided) > 20


@settings(deadline=None, max_examples=60)
@given(text=slotted, least=st.integers(1, 1500))
def test_marks_are_ranked_alone_as_among_all_slots(text: str, least: int) -> None:
    assert misread_marks(text, least) == [
        each
        for each in decide(text, marks=True)
        if each.mark and each.label != each.mark and each.label_margin >= least
    ]


@settings(deadline=None, max_examples=60)
@given(first=slotted, second=slotted, marks=st.booleans())
def test_a_line_is_decided_without_regard_to_others(
    scorer: Scorer, first: str, second: str, marks: bool
) -> None:
    def outcome(text: str) -> list[tuple[str, str, int, int]]:
        return [
            (each.mark, each.label, each.class_margin, each.label_margin)
            for each in decisions(scorer, text, marks=marks)
        ]

    assert outcome(first + "\n" + second) == outcome(first) + outcome(second)


@settings(deadline=None, max_examples=100)
@given(text=slotted)
def test_quotations_are_closed_by_what_they_opened_and_do_not_overlap(
    scorer: Scorer, text: str
) -> None:
    found = decisions(scorer, text)
    spans = []
    for index, each in enumerate(found):
        assert each.label in LABELS
        if each.closed_by >= 0:
            assert "“" in each.label
            assert found[each.closed_by].opened_by == index
            spans.append((index, each.closed_by))
        if each.opened_by >= 0:
            assert "”" in each.label
    for (_, end), (start, _) in itertools.pairwise(spans):
        assert end <= start


def test_text_without_slots_costs_no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded() -> None:
        raise AssertionError("weights were loaded")

    monkeypatch.setattr("textclean.punctuation.model.shipped", loaded)
    assert decide("全市卫生健康系统广大党员干部闻令而动。\nNo slots here.") == []
