"""What a caller can choose: the threshold, what stays, ids, a reference, no verification."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dedup.passages import misread, seed_paragraphs
from textclean.config import Config
from textclean.dedup import Deduplicated, RemovalKind, Twin, deduplicate, deduplicate_documents
from textclean.dedup.records import InReference
from textclean.errors import ConfigError, MissingExtraError

LONG = [text for text in seed_paragraphs(150) if 80 < len(text) < 300][:30]
NUMBERED = (
    "截至{}日，全市累计确诊病例{}例，治愈出院{}例，疫情防控取得阶段性胜利，各项工作有序推进。"
)
SPACED = LONG[0].replace(",", " , ", 1)
ALIKE = [LONG[0], SPACED, LONG[0].replace(",", "，")]


@pytest.mark.parametrize("others", [[], LONG[5:]], ids=["alone", "among others"])
@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        ("first", 0),
        ("longest", 1),
        (lambda text: text.count("，"), 2),
        (lambda text: text == LONG[0], 0),
    ],
)
def test_what_stays_is_chosen(keep: Any, kept: int, others: list[str]) -> None:
    found = deduplicate([*ALIKE, *others], keep=keep)
    assert [index for index in found.kept if index < 3] == [kept]
    assert {one.survivor for one in found.removals if one.index < 3} == {kept}


def test_what_says_more_stays_even_if_it_is_not_the_first() -> None:
    found = deduplicate([LONG[1][:-15], LONG[1], *LONG[5:]], keep="first")
    assert found.kept[0] == 1


def test_a_wrong_choice_is_named() -> None:
    with pytest.raises(ConfigError, match="keep: 'last' is not one of best, first, longest"):
        deduplicate(ALIKE, keep="last")  # type: ignore[call-overload]
    with pytest.raises(ConfigError, match="threshold: 2 is not in"):
        deduplicate(ALIKE, threshold=2)
    with pytest.raises(ConfigError, match="unit: 'lines'"):
        deduplicate(ALIKE, unit="lines")  # type: ignore[call-overload]


def test_arguments_win_over_the_configuration() -> None:
    config = Config(keep="longest", threshold=0.9, unit="document")
    assert deduplicate(ALIKE, config).kept == [1]
    assert deduplicate(ALIKE, config, keep="first").kept == [0]
    assert deduplicate(ALIKE, config).threshold == 0.9
    assert deduplicate(ALIKE, config, threshold=0.5).threshold == 0.5
    headings = ["## 一、总体要求", "## 一、总体要求"]
    assert deduplicate(headings, config).kept == [0]
    assert deduplicate(headings, config, unit="paragraph").kept == [0, 1]


def test_the_lower_the_threshold_the_more_is_found() -> None:
    random = Random(5)
    copies = []
    for every in (40, 20, 12, 8):
        for text in LONG[:8]:
            spoilt = list(text)
            for at in range(every // 2, len(spoilt), every):
                spoilt[at] = random.choice("龘靐齉齾爩鱻麤")
            copies.append("".join(spoilt))
    counts = [len(deduplicate([*LONG, *copies], threshold=t).removals) for t in (0.95, 0.7, 0.4)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


@pytest.mark.parametrize("threshold", [0.95, 0.7, 0.5, 0.2])
def test_at_every_threshold_what_says_something_else_stays(threshold: float) -> None:
    texts = [NUMBERED.format(*numbers) for numbers in ((3, 12, 7), (3, 13, 7), (4, 12, 8))]
    found = deduplicate([*texts, *LONG], threshold=threshold)
    assert found.kept[:3] == [0, 1, 2]
    # Plain MinHash does not care.
    plain = deduplicate([*texts, *LONG], threshold=threshold, verify=False)
    assert not plain.twins
    if threshold < 0.7:
        assert sum(one.index < 3 for one in plain.removals) == 2


def test_plain_minhash_says_so() -> None:
    found = deduplicate([*ALIKE, *LONG[5:]], verify=False)
    assert not found.verified
    assert "not verified" in repr(found)
    assert "not verified" not in repr(deduplicate(ALIKE))


def test_plain_minhash_removes_by_jaccard_alone() -> None:
    from textclean.dedup.fold import fold, jaccard, shingles

    random = Random(3)
    texts = [*LONG, *(misread(text, random) for text in LONG[:10])]
    found = deduplicate(texts, verify=False, threshold=0.6)
    assert len(found.removals) >= 8
    sets = [shingles(fold(text)) for text in texts]
    for one in found.removals:
        assert one.score == pytest.approx(jaccard(sets[one.index], sets[one.survivor]))
        assert one.score >= 0.6
        assert one.kind in (RemovalKind.NEAR, RemovalKind.EXACT)


def test_ids_name_texts_in_all_of_the_result() -> None:
    texts = [
        *ALIKE,
        LONG[1],
        LONG[1][:-15],
        *LONG[5:],
        NUMBERED.format(1, 2, 3),
        NUMBERED.format(1, 2, 4),
    ]
    ids = [f"n{number}" for number in range(len(texts))]
    plain, named = deduplicate(texts), deduplicate(texts, ids=ids)
    assert named.kept == [ids[index] for index in plain.kept]
    assert [one.index for one in named.removals] == [ids[one.index] for one in plain.removals]
    assert named.groups() == [[ids[index] for index in group] for group in plain.groups()]
    assert named.labels.tolist() == plain.labels.tolist()
    assert list(named.twins) == [
        Twin(ids[a], ids[b], differences) for a, b, differences in plain.twins
    ]
    removed = named.removals[0].index
    assert named.explain(removed).startswith(f"{removed} -> n0 exact") or removed in named.explain(
        removed
    )
    assert named.text("n3") == LONG[1]
    assert [span.first for span in named.shared_spans] == [
        ids[span.first] for span in plain.shared_spans
    ]
    assert named == deduplicate(texts, ids=ids) != plain
    with pytest.raises(KeyError):
        named.explain("n999")


def test_ids_are_one_each_and_different() -> None:
    with pytest.raises(ValueError, match="ids: there are 2 for 3 texts"):
        deduplicate(ALIKE, ids=["a", "b"])
    with pytest.raises(ValueError, match=r"ids\[2\]: 'a' is the id of texts\[0\], too"):
        deduplicate(ALIKE, ids=["a", "b", "a"])


def test_copies_of_the_reference_go_and_the_reference_stays() -> None:
    texts = [LONG[0], LONG[1], LONG[1].replace(",", "，"), LONG[2][:-15], LONG[3], *LONG[10:]]
    reference = [LONG[1], LONG[1], LONG[2], "别的。", LONG[0].replace(",", "，")]
    found = deduplicate(texts, reference=reference)
    own = len(texts)
    assert [(one.index, one.survivor) for one in found.removals] == [
        (0, own + 4), (1, own), (2, own), (3, own + 2)
    ]  # fmt: skip
    assert found.texts == tuple(texts)
    assert found.reference == tuple(reference)
    assert found.groups() == [[own, 1, 2], [own + 2, 3], [own + 4, 0]]
    assert found.text(own + 2) == LONG[2]
    assert f"against {len(reference)}" in repr(found)
    labels = found.labels.tolist()
    assert labels[1] == labels[2] >= len(found.kept)
    assert labels[4] == 0


def test_copies_in_the_reference_alone_are_nobodys_business() -> None:
    reference = [*ALIKE, NUMBERED.format(1, 2, 3), NUMBERED.format(1, 2, 4)]
    found = deduplicate(LONG[10:], reference=reference)
    assert found.removals == []
    assert not found.twins


def test_twins_in_the_reference_are_listed() -> None:
    found = deduplicate([NUMBERED.format(1, 2, 3), *LONG], reference=[NUMBERED.format(1, 2, 4)])
    assert [(twin.first, twin.second) for twin in found.twins] == [(0, len(LONG) + 1)]


@pytest.mark.parametrize("keep", ["best", "first", "longest", len])
@pytest.mark.parametrize("unit", ["paragraph", "document"])
def test_the_reference_stays_whatever_is_kept(keep: Any, unit: Any) -> None:
    for others in ([], LONG[5:]):
        found = deduplicate([SPACED, *others], keep=keep, unit=unit, reference=[LONG[0]])
        assert [tuple(one)[:2] for one in found.removals] == [(0, 1 + len(others))]


def test_an_earlier_result_is_a_reference_of_what_it_kept() -> None:
    earlier = deduplicate([*ALIKE, *LONG[1:9]], ids=[f"e{n}" for n in range(11)])
    found = deduplicate([LONG[9], LONG[1], LONG[0]], ids=["a", "b", "c"], reference=earlier)
    assert found.kept == ["a"]
    assert [one.survivor for one in found.removals] == ["e3", earlier.kept[0]]
    plain = deduplicate([LONG[9], LONG[1]], reference=deduplicate([*ALIKE, *LONG[1:9]]))
    assert [(one.index, one.survivor) for one in plain.removals] == [(1, 2 + 3)]


def test_without_ids_of_their_own_texts_of_the_reference_are_in_the_reference() -> None:
    found = deduplicate([LONG[1], LONG[2]], ids=["a", "b"], reference=[LONG[0], LONG[1]])
    assert [one.survivor for one in found.removals] == [InReference(1)]
    assert "InReference(index=1)" in found.explain("a")


def test_headings_above_what_goes_for_the_reference_stay_within_their_document() -> None:
    texts = ["# 一、总体要求", LONG[0], "# 一、总体要求", LONG[1]]
    found = deduplicate(texts, reference=[LONG[1], LONG[2]])
    assert [one.index for one in found.removals if one.survivor < 4] in ([], [2])
    assert 0 in found.kept
    assert 1 in found.kept


def test_documents_have_a_reference_of_documents() -> None:
    found = deduplicate_documents(
        [[LONG[0], LONG[1]], [LONG[2]]], reference=[[LONG[3]], [LONG[4], LONG[1]]]
    )
    assert [tuple(one)[:2] for one in found.removals] == [(1, 5)]
    assert found.kept == [0, 2]
    assert deduplicate_documents([], reference=[[LONG[1]]]).kept == []


_RANDOM = Random(1)
POOL = [*LONG[:6], *(misread(text, _RANDOM) for text in LONG[:6]), *(t[:-9] for t in LONG[:6])]
SOME = st.lists(st.sampled_from(POOL), max_size=8)


@settings(max_examples=25, deadline=None)
@given(SOME, SOME)
def test_with_a_reference_every_text_goes_or_stays_and_no_copy_of_it_stays(
    texts: list[str], others: list[str]
) -> None:
    found = deduplicate(texts, reference=others)
    assert sorted([*found.kept, *(one.index for one in found.removals)]) == list(range(len(texts)))
    survivors = {one.survivor for one in found.removals}
    assert survivors <= {*found.kept, *range(len(texts), len(texts) + len(others))}
    assert not {*others} & {texts[index] for index in found.kept}
    assert found == deduplicate(texts, reference=others, threads=2)
    # Each is removed for a text that it is removed for alone, too.
    for one in found.removals:
        assert deduplicate([found.text(one.index)], reference=[found.text(one.survivor)]).removals


@pytest.fixture(scope="module")
def found() -> Deduplicated:
    texts = [*ALIKE, LONG[1], LONG[1][:-15], LONG[2], *LONG[5:12]]
    return deduplicate(texts)


def test_labels_say_which_text_stays_for_each(found: Deduplicated) -> None:
    assert found.labels.dtype.kind == "i"
    stays = [found.kept[label] for label in found.labels]
    assert {i: s for i, s in enumerate(stays) if i != s} == {
        one.index: one.survivor for one in found.removals
    }


def test_kinds_are_counted(found: Deduplicated) -> None:
    kinds = found.by_kind()
    assert kinds["exact"] == 2  # type: ignore[index]
    assert kinds[RemovalKind.CONTAINED] == 1
    assert sum(kinds.values()) == len(found.removals)
    assert found.duplicate_ratio == 3 / 13
    assert deduplicate([]).duplicate_ratio == 0


def test_the_result_with_another_threshold_is_that_of_another_search() -> None:
    random = Random(9)
    texts = [*LONG, *(misread(misread(text, random), random) for text in LONG[:10])]
    options: list[dict[str, Any]] = [
        {}, {"keep": "first"}, {"ids": [f"n{n}" for n in range(len(texts))]},
        {"reference": LONG[:2]}, {"verify": False}, {"keep": len}, {"unit": "document"},
    ]  # fmt: skip
    for chosen in options:
        first = deduplicate(texts, **chosen)
        for threshold in (0.95, 0.5):
            again = first.rethreshold(threshold)
            assert again == deduplicate(texts, threshold=threshold, **chosen)
            assert again.threshold == threshold
    with pytest.raises(ConfigError):
        first.rethreshold(0)


def test_a_pickled_result_can_be_searched_again_unless_a_function_chose() -> None:
    texts = [*ALIKE, *LONG[5:]]
    copy = pickle.loads(pickle.dumps(deduplicate(texts)))
    assert copy.rethreshold(0.9) == deduplicate(texts, threshold=0.9)
    choose: Callable[[str], int] = lambda text: len(text)  # noqa: E731
    result = deduplicate(texts, keep=choose)
    copy = pickle.loads(pickle.dumps(result))
    assert copy == result
    with pytest.raises(ValueError, match="call `deduplicate`"):
        copy.rethreshold(0.9)


def test_a_table_says_of_each_text_what_it_is_a_copy_of(found: Deduplicated) -> None:
    pytest.importorskip("pyarrow")
    table = found.to_arrow()
    assert table.num_rows == len(found.texts)
    columns = table.to_pydict()
    assert list(columns) == [
        "textclean_cluster_id", "textclean_survivor", "textclean_kind", "textclean_score",
        "minhash_cluster_id", "minhash_cluster_size",
    ]  # fmt: skip
    assert columns["textclean_cluster_id"] == found.labels.tolist()
    for one in found.removals:
        assert columns["textclean_survivor"][one.index] == one.survivor
        assert columns["textclean_kind"][one.index] == str(one.kind)
        assert columns["textclean_score"][one.index] == one.score
    for index in found.kept:
        assert columns["textclean_survivor"][index] is None
    assert columns["minhash_cluster_size"][:6] == [3, 3, 3, 2, 2, 1]
    assert columns["minhash_cluster_id"][5] == -1
    assert columns["minhash_cluster_id"][0] == columns["minhash_cluster_id"][1] != -1
    assert deduplicate([]).to_arrow().num_rows == 0


def test_a_table_begins_with_the_ids() -> None:
    pytest.importorskip("pyarrow")
    texts = [LONG[1], LONG[2], LONG[2]]
    table = deduplicate(texts, ids=["a", "b", "c"]).to_arrow()
    assert table.column_names[0] == "id"
    assert table["id"].to_pylist() == ["a", "b", "c"]
    assert table["textclean_survivor"].to_pylist() == [None, None, "b"]
    table = deduplicate(texts, ids=["a", "b", "c"], reference=[LONG[1]]).to_arrow()
    assert table["textclean_survivor"].to_pylist() == ["reference[0]", None, "b"]
    assert table["minhash_cluster_size"].to_pylist() == [2, 2, 2]


def test_a_table_names_the_extra_that_it_needs(
    found: Deduplicated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"textclean-zh\[arrow\]"):
        found.to_arrow()


@pytest.mark.parametrize("keep", ["best", "first", "longest", lambda text: -len(text)])
def test_in_a_crowd_of_copies_what_stays_is_chosen_as_elsewhere(keep: Any) -> None:
    text = next(text for text in LONG if len(text) > 150)
    random = Random(1)
    crowd = [f"{text[:at]} {text[at:]}" for at in range(30)]
    crowd += [misread(text, random, rate=0.01) for _ in range(150)]
    found = deduplicate([*crowd, *LONG[5:]], keep=keep)
    kept = [index for index in found.kept if index < len(crowd)]
    assert len(kept) <= 0.3 * len(crowd)
    if keep == "first":
        assert kept[0] == 0
    against = deduplicate([*crowd, *LONG[5:]], keep=keep, reference=[text])
    assert len([index for index in against.kept if index < len(crowd)]) <= 0.3 * len(crowd)
    assert sum(one.survivor >= len(against.texts) for one in against.removals) >= 0.5 * len(crowd)


def test_bad_arguments_are_named() -> None:
    texts = ["甲", "乙"]
    for wrong, arguments, message in (
        (TypeError, {"ids": 7}, "ids: expected an iterable, got int"),
        (TypeError, {"ids": [[1], [2]]}, r"ids\[0\]: list is not hashable"),
        (TypeError, {"config": 5}, "config: expected a Config or a mapping, got int"),
        (TypeError, {"threads": "2"}, "threads: expected a number, got str"),
        (TypeError, {"threads": True}, "threads: expected a number, got bool"),
        (ValueError, {"threads": 0}, "threads: 0 is less than 1"),
        (ConfigError, {"config": {"threshhold": 0.5}}, "threshold"),
    ):
        with pytest.raises(wrong, match=message):
            deduplicate(texts, **arguments)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="keep: its values cannot be put in order"):
        deduplicate(["甲乙", "甲 乙"], unit="document", keep=lambda text: 1 if " " in text else "1")
    with pytest.raises(KeyError, match="x"):
        deduplicate(texts).text("x")  # type: ignore[arg-type]


def test_a_configuration_may_be_a_mapping() -> None:
    assert deduplicate(["甲", "甲"], {"unit": "document"}).kept == [0]
