"""Lines of pages taken out of a corpus: what goes, what stays, and the way back."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpus.paragraphs import PARAGRAPHS
from textclean import clean_corpus
from textclean.corpus.pipeline import Corpus
from textclean.corpus.record import pack_text, unpack_text
from textclean.engine import parallel

PROSE = [text for text in PARAGRAPHS if "\n" not in text and len(text) > 60 and "。" in text]
LINES = [
    "首页 > 新闻 > 国内",
    "责任编辑：张三",
    "责任编辑:张三",
    "版权所有 未经书面许可不得转载",
    "【广告】限时优惠，全场五折起",
    "来源：新华社",
    "来源：人民网",
    "和平路12号",
    "关注公众号，获取更多内容。",
    "版权声明：本网站所刊载的所有内容，包括文字、图片、音频，均受著作权法保护，未经授权不得转载。",
]
BREAKS = ["\n", "\n\n", "\r\n", " \n", "\n　　", "\n\n\n"]


@st.composite
def corpora(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Documents that stood on pages alike, some of them copies or parts of others."""
    count = draw(st.integers(3, 7))
    head, foot = (draw(st.lists(st.sampled_from(LINES), max_size=3, unique=True)) for _ in "ab")
    ad = draw(st.sampled_from(LINES))
    documents = []
    for number in range(count):
        of = draw(st.sampled_from([number, number, number, 0]))
        body = PROSE[of * 4 : of * 4 + draw(st.integers(1, 4))]
        body.insert(draw(st.integers(0, len(body))), ad)
        lines = [*draw(st.sampled_from([head, head, []])), *body]
        lines += draw(st.sampled_from([foot, foot, []]))
        breaks = draw(st.lists(st.sampled_from(BREAKS), min_size=len(lines), max_size=len(lines)))
        mark = draw(st.sampled_from(["", "", "\ufeff"]))
        documents.append(
            (f"{number}.txt", mark + "".join(map("".join, zip(lines, breaks, strict=True))))
        )
    return documents


def lines_removed(corpus: Corpus) -> list[tuple[str, str]]:
    return [(one.document, one.text) for one in corpus.removals if one.kind == "boilerplate"]


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(
    corpora(),
    st.sampled_from(["paragraph", "document"]),
    st.sampled_from(["safe", "suggested"]),
    st.sampled_from(["best", "first", "longest"]),
)
def test_what_goes_has_a_survivor_and_comes_back_and_nothing_goes_twice(
    corpus: list[tuple[str, str]], unit: Any, tier: Any, keep: Any
) -> None:
    options: dict[str, Any] = {"boilerplate": "remove", "unit": unit, "tier": tier, "keep": keep}
    once = clean_corpus(corpus, **options)
    originals = dict(corpus)
    spans: dict[str, list[tuple[int, int]]] = {}
    for one in once.removals:
        assert originals[one.document][one.start : one.end] == one.text
        spans.setdefault(one.document, []).append((one.start, one.end))
    for one in once.removals:
        stays = originals[one.survivor_document][one.survivor_start : one.survivor_end]
        assert stays == one.survivor_text
        gone = spans.get(one.survivor_document, [])
        assert not any(a <= one.survivor_start and one.survivor_end <= b for a, b in gone)
    for places in spans.values():
        places.sort()
        assert all(a[1] <= b[0] for a, b in pairwise(places))
    for document in once.cleaned:
        row = pack_text(document.remainder, document.columns, document.order)
        assert unpack_text(row, document.text) == document.original
    again = clean_corpus(once.documents, **options)
    assert again.documents == once.documents
    assert again.removals == []


def pages(count: int, separator: str = "\n\n") -> list[tuple[str, str]]:
    return [
        (
            f"{number}.txt",
            separator.join([LINES[0], *PROSE[number * 3 : number * 3 + 3], LINES[1], LINES[3]])
            + "\n",
        )
        for number in range(count)
    ]


def test_by_default_it_is_reported_and_stays() -> None:
    corpus = clean_corpus(pages(4))
    assert lines_removed(corpus) == []
    assert [(line.text, line.documents, str(line.end)) for line in corpus.boilerplate] == [
        (LINES[3], 4, "foot"),
        (LINES[1], 4, "foot"),
        (LINES[0], 4, "head"),
    ]
    originals = dict(pages(4))
    for line in corpus.boilerplate:
        for name, start, end in line.places:
            assert originals[name][start:end] == line.text


@pytest.mark.parametrize("separator", ["\n\n", "\n", "\r\n", "\n\n\n"])
@pytest.mark.parametrize("unit", ["paragraph", "document"])
def test_on_request_one_place_stays(separator: str, unit: Any) -> None:
    corpus = clean_corpus(pages(4, separator), boilerplate="remove", unit=unit, select="C006")
    texts = [text for _, text in corpus.documents]
    assert texts[0] == pages(1, separator)[0][1]
    for number in (1, 2, 3):
        body = separator.join(PROSE[number * 3 : number * 3 + 3])
        assert texts[number].rstrip("\r\n") == body
    assert len(lines_removed(corpus)) == 9
    assert {one.survivor_document for one in corpus.removals} == {"0.txt"}
    assert all(one.lost == () for one in corpus.removals)
    assert len(corpus.boilerplate) == 3  # as it was found


def test_a_line_within_a_paragraph_takes_one_break_with_it() -> None:
    texts = [f"{PROSE[3 * n]}\n{LINES[4]}\n{PROSE[3 * n + 1]}\n" for n in range(3)]
    corpus = clean_corpus(enumerate(texts), boilerplate="remove", select="C006")
    assert corpus.documents[2][1] == f"{PROSE[6]}\n{PROSE[7]}\n"


def test_what_is_switched_off_or_quoted_as_code_stays() -> None:
    documents = pages(4)
    name, text = documents[2]
    documents[2] = name, f"<!-- textclean: off -->\n\n{text}"
    corpus = clean_corpus(documents, boilerplate="remove")
    assert dict(corpus.documents)["2.txt"] == documents[2][1]
    assert {one.document for one in corpus.removals} == {"1.txt", "3.txt"}


def test_a_line_comes_back_where_the_document_that_had_it_goes() -> None:
    """The first document goes as a part of the last: the second has the line then."""
    documents = pages(4)
    whole = "\n\n".join([*PROSE[:3], *PROSE[40:44]])
    corpus = clean_corpus([*documents, ("whole", whole)], boilerplate="remove", unit="document")
    removals = {one.document: one for one in corpus.removals if one.kind != "boilerplate"}
    assert removals["0.txt"].survivor_document == "whole"
    lines = [one for one in corpus.removals if one.kind == "boilerplate"]
    assert {one.survivor_document for one in lines} == {"1.txt"}
    assert {one.document for one in lines} == {"2.txt", "3.txt"}


def test_what_a_document_alone_says_is_placed_in_its_original() -> None:
    shared = PROSE[:12]
    own = "另据了解,县里准备明年再拨一笔专门的经费,用来修村口那座旧桥。"
    old = "\n\n".join([*shared[:3], own, *shared[3:]])
    new = "\n\n".join([*shared, *PROSE[40:44]])
    corpus = clean_corpus([("old", old), ("new", new)], unit="document")
    (removal,) = corpus.removals
    assert (removal.document, removal.survivor_document) == ("old", "new")
    (passage,) = removal.lost
    assert passage.text == own.rstrip("。") == old[passage.start : passage.end]


def test_every_number_of_workers_takes_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "BATCH", 400)
    alone, together = (
        clean_corpus(pages(6), boilerplate="remove", workers=workers) for workers in (1, 2)
    )
    assert alone.documents == together.documents
    assert alone.removals == together.removals
