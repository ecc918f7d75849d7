"""Documents that are versions of others: what stays, what is lost, at every length; and trees of
documents that begin with one another.
"""

from __future__ import annotations

import pickle

import pytest

from tests.corpus.paragraphs import PARAGRAPHS
from textclean import deduplicate
from textclean.dedup import Deduplicated, RemovalKind

PROSE = [text for text in PARAGRAPHS if "\n" not in text and len(text) > 60 and "。" in text]
OWN = "另据了解，县里准备明年再拨一笔专门的经费，用来修村口那座旧桥。"


def text_of(size: int, start: int = 0) -> str:
    """Prose of about so many characters."""
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < size:
        paragraphs.append(PROSE[start + len(paragraphs)])
    return "\n".join(paragraphs)[:size]


def of(*texts: str) -> Deduplicated:
    return deduplicate(texts, unit="document")


@pytest.mark.parametrize("size", [150, 198, 202, 300, 600, 1900, 2100, 5000])
def test_a_part_goes_for_the_whole_at_every_length(size: int) -> None:
    whole = text_of(size)
    part = whole[: size * 3 // 5]
    (removal,) = of(part, whole).removals
    assert (removal.index, removal.survivor, removal.lost) == (0, 1, ())
    assert removal.kind is RemovalKind.CONTAINED


@pytest.mark.parametrize("size", [150, 198, 202, 300, 600, 1900, 2100, 5000])
def test_an_updated_version_stays_for_the_old_one_at_every_length(size: int) -> None:
    old = text_of(size)
    (removal,) = of(old, f"{old}\n{OWN}").removals
    assert (removal.index, removal.survivor, removal.lost) == (0, 1, ())


def test_what_a_document_may_lose_grows_with_its_length() -> None:
    """It is nothing up to 200 folded characters, and never jumps."""
    more = "\n".join(PROSE[40:43])
    sizes = range(150, 700, 25)
    goes = [
        0 in {removal.index for removal in of(text_of(size) + OWN, text_of(size) + more).removals}
        for size in sizes
    ]
    assert goes == sorted(goes)
    assert (goes[0], goes[-1]) == (False, True)
    least = next(size for size, gone in zip(sizes, goes, strict=True) if gone)
    assert 225 < least < 400


def test_what_a_document_alone_says_stands_with_its_removal() -> None:
    shared = text_of(1500).split("\n")
    old = "\n".join([*shared[:3], OWN, *shared[3:]])
    new = "\n".join([*shared, *PROSE[40:44]])
    result = of(old, new)
    (removal,) = result.removals
    assert tuple(removal) == (0, 1, removal.kind, removal.score)
    (passage,) = removal.lost
    assert passage.text == OWN.rstrip("。") == old[passage.start : passage.end]
    assert f"lost {passage.start}:{passage.end} {passage.text}" in result.explain(0)
    assert pickle.loads(pickle.dumps(result)).removals[0].lost == removal.lost
    table = pytest.importorskip("pyarrow") and result.to_arrow().to_pydict()
    assert table["textclean_lost"] == [[passage._asdict()], None]
    named = deduplicate([old, new], unit="document", ids=["old", "new"])
    assert named.removals[0].lost == removal.lost


def test_a_replaced_paragraph_is_lost_and_a_misread_one_is_not() -> None:
    paragraphs = text_of(2500).split("\n")
    assert len(paragraphs[2]) > 60
    replaced = [*paragraphs[:2], PROSE[50], *paragraphs[3:]]
    misread = [text.replace("的", "旳") for text in paragraphs]
    newer = "\n".join([*paragraphs, *PROSE[40:44]])
    (removal,) = of("\n".join(replaced), newer).removals
    lost = "".join(passage.text for passage in removal.lost)
    assert len(lost) > 0.8 * len(PROSE[50])
    assert lost[:20] in PROSE[50]
    (removal,) = of("\n".join(misread), newer).removals
    assert removal.lost == ()


def test_nothing_is_lost_by_paragraphs_and_tables_of_them_have_no_such_column() -> None:
    pytest.importorskip("pyarrow")
    result = deduplicate([PROSE[0], PROSE[0].replace("，", ",")])
    assert result.removals[0].lost == ()
    assert "textclean_lost" not in result.to_arrow().column_names


def test_a_reversed_statement_keeps_both_versions() -> None:
    old = text_of(900) + "\n会议决定同意这家企业继续在当地生产，并要求各部门配合。"
    new = old.replace("决定同意", "决定不同意") + f"\n{PROSE[45]}"
    assert of(old, new).removals == []


@pytest.mark.parametrize("threads", [1, 2])
def test_of_a_chain_of_versions_the_last_stays(threads: int) -> None:
    paragraphs = PROSE[:40]
    chain = ["\n".join(paragraphs[:n]) for n in range(4, 41)]
    result = deduplicate(chain, unit="document", threads=threads)
    assert result.kept == [36]
    assert {removal.survivor for removal in result.removals} == {36}
    assert all(removal.lost == () for removal in result.removals)
    for removal in result.removals:
        near = removal.score < 1 and removal.kind is RemovalKind.NEAR
        assert near or (removal.kind, removal.score) == (RemovalKind.CONTAINED, 1.0)


def test_of_a_tree_the_leaves_stay() -> None:
    trunk = "\n".join(PROSE[:4])
    branches = ["\n".join(PROSE[start : start + 8]) for start in (10, 20, 30)]
    leaves = [f"{trunk}\n{branch}" for branch in branches]
    inner = [f"{trunk}\n{branch[: len(branch) // 2]}" for branch in branches]
    result = of(trunk, *inner, *leaves)
    assert result.kept == [4, 5, 6]
    assert [removal.survivor for removal in result.removals[1:]] == [4, 5, 6]


def test_the_first_stays_where_either_says_enough_of_the_other() -> None:
    long = text_of(1200)
    for part, kept in ((long[:1100], 0), (long[:700], 1)):
        assert deduplicate([part, long], unit="document", keep="first").kept == [kept]
        assert deduplicate([long, part], unit="document", keep="first").kept == [0]
    assert deduplicate([long], unit="document", reference=[long[:700]]).kept == [0]
    assert deduplicate([long[:700]], unit="document", reference=[long]).kept == []
