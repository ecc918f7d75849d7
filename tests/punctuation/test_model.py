from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.punctuation.networks import networks
from tests.strategies import texts
from textclean.punctuation.labels import LABELS
from textclean.punctuation.model import Model, decide, misread_marks
from textclean.punctuation.slot_weights import shipped
from textclean.punctuation.slots import find_slots
from textclean.punctuation.windows import CONTEXT, CONTEXT_TOKENS, MIDDLE, WINDOW

NETWORKS = networks()
SEEDS = Path(__file__).parents[2] / "seeds"
PIECES = (
    "抓住", "最多跑一次", "改革", " ", " ", "　", '"', '" ', "，", "、", "。", "：", "；", ",", ":",
    "“", "”", "2019年", "10.57%", "(同比)", "《规划》", "PCR", "word", "\n", "全市卫生健康系统广大",
    "医共体", "建设", "𠀀", "？", "！",
)  # fmt: skip
slotted = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@pytest.fixture(scope="module")
def small() -> Model:
    return Model(NETWORKS)


@settings(deadline=None, max_examples=200)
@given(text=st.one_of(slotted, texts), marks=st.booleans())
def test_both_ways_of_inference_agree_bit_for_bit(text: str, marks: bool) -> None:
    pytest.importorskip("numpy")
    from textclean.punctuation.arrays.model import BulkModel

    slots = find_slots(text, marks=marks)
    if not slots.places:
        return
    one, other = Model(NETWORKS).score(slots), BulkModel(NETWORKS).score(slots)
    assert list(one.scores) == list(other.scores)
    assert one.plain == other.plain
    assert one.rivals == other.rivals
    assert one.lines == other.lines
    assert one.odds_of == other.odds_of
    assert one.pairs == other.pairs
    assert one.gains == other.gains
    assert Model(NETWORKS).decide(text, slots) == BulkModel(NETWORKS).decide(text, slots)
    assert [*Model(NETWORKS).rank(slots)] == [*BulkModel(NETWORKS).rank(slots)]


def test_both_ways_decide_a_page_full_of_lost_marks_alike() -> None:
    pytest.importorskip("numpy")
    from textclean.punctuation.arrays.model import BulkModel

    page = next(SEEDS.glob("003_*.txt")).read_text(encoding="utf-8")[:8_000]
    slots = find_slots(page, marks=True)
    one, other = (each(shipped()).decide(page, slots) for each in (Model, BulkModel))
    assert one == other
    assert sum("“" in each.label for each in one) > 20


@settings(deadline=None, max_examples=60)
@given(text=slotted, least=st.integers(1, 1500))
def test_marks_are_ranked_alone_as_among_all_slots(text: str, least: int) -> None:
    assert misread_marks(text, least) == [
        each
        for each in decide(text, marks=True)
        if each.mark and each.label != each.mark and each.label_margin >= least
    ]


def test_kept_rows_of_tokens_add_up_to_what_a_product_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    np = pytest.importorskip("numpy")
    from textclean.punctuation.arrays import windows as bulk_windows

    network = bulk_windows.BulkDenseNetwork(NETWORKS.windows)
    draw = np.random.default_rng(1)
    tokens = len(NETWORKS.windows.embeddings) // NETWORKS.windows.width
    first, size = np.array(CONTEXT_TOKENS)[:, 1], np.array(CONTEXT)[:, 1].astype(int)
    window = np.empty((500, WINDOW), np.int32)
    window[:, :MIDDLE] = draw.integers(0, tokens, (500, MIDDLE))
    window[:, MIDDLE:] = first + draw.integers(0, size, (500, size.size))
    # Few windows are multiplied, many make rows; where rows are too many they are forgotten.
    one_by_one = np.concatenate([network.scores(each) for each in np.split(window, 500)])
    assert (network.scores(window) == one_by_one).all()
    monkeypatch.setattr(bulk_windows, "_MOST_KEPT", tokens - 1)
    assert (network.scores(window[:250]) == one_by_one[:250]).all()
    again = bulk_windows.BulkDenseNetwork(NETWORKS.windows)
    assert (again.scores(window) == one_by_one).all()


@settings(deadline=None, max_examples=60)
@given(first=slotted, second=slotted, marks=st.booleans())
def test_a_line_is_decided_without_regard_to_others(first: str, second: str, marks: bool) -> None:
    model = Model(NETWORKS)

    def outcome(text: str) -> list[tuple[str, str, int, int]]:
        found = model.decide(text, find_slots(text, marks=marks))
        return [(each.mark, each.label, each.class_margin, each.label_margin) for each in found]

    assert outcome(first + "\n" + second) == outcome(first) + outcome(second)


@settings(deadline=None, max_examples=100)
@given(text=slotted)
def test_quotations_are_closed_by_what_they_opened_and_do_not_overlap(text: str) -> None:
    found = Model(NETWORKS).decide(text, find_slots(text))
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
