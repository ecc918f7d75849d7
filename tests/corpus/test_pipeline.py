from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpus.paragraphs import COMMON, PARAGRAPHS, documents
from tests.seeds import TEXTS
from textclean import clean_corpus
from textclean.config import Config
from textclean.corpus.pipeline import Corpus
from textclean.dedup import Deduplicated, Removal, RemovalKind
from textclean.engine import parallel
from textclean.errors import ConfigError, DocumentError

corpora = st.lists(documents(), max_size=4).map(
    lambda texts: [(f"{number}.txt", text) for number, text in enumerate(texts)]
)
thorough = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def restored(corpus: Corpus) -> list[tuple[str, str]]:
    """The originals from the results, the edits and the slices alone."""
    found: list[tuple[str, str]] = []
    for document in corpus.cleaned:
        text = document.text
        for start, end in document.remainder.cuts:
            assert document.original[start:end]
        moved = document.remainder.columns(document.columns)
        changes = [span[:3] for span in moved]
        changes += [(start, end, "") for start, end in document.remainder.cuts]
        at, pieces, last = 0, [], 0
        for start, end, after in sorted(changes):
            length = start - last
            assert text[at + length : at + length + len(after)] == after
            pieces += [text[at : at + length], document.original[start:end]]
            at += length + len(after)
            last = end
        found.append((document.name, "".join(pieces) + text[at:]))
    return found


@thorough
@given(corpora)
def test_cleaning_what_was_cleaned_changes_nothing(corpus):
    once = clean_corpus(corpus)
    again = clean_corpus(once.documents)
    assert again.documents == once.documents
    assert again.removals == []
    assert all(len(edits) == 0 for edits in again.edits.values())


@thorough
@given(corpora, st.sampled_from(["paragraph", "document"]))
def test_the_originals_come_back(corpus, unit):
    result = clean_corpus(corpus, Config(unit=unit))
    assert [name for name, _ in result.documents] == [name for name, _ in corpus]
    assert restored(result) == corpus


@thorough
@given(corpora)
def test_whole_documents_are_compared_once_and_for_all(corpus):
    config = Config(unit="document")
    once = clean_corpus(corpus, config)
    assert clean_corpus(once.documents, config).documents == once.documents


@thorough
@given(corpora)
def test_edits_and_removals_say_what_stands_in_the_originals(corpus):
    result = clean_corpus(corpus)
    originals = dict(corpus)
    for name, edits in result.edits.items():
        for edit in edits:
            assert originals[name][edit.start : edit.end] == edit.before
    gone = {(r.document, r.start, r.end) for r in result.removals}
    for r in result.removals:
        assert originals[r.document][r.start : r.end] == r.text
        assert originals[r.survivor_document][r.survivor_start : r.survivor_end] == r.survivor_text
        assert (r.survivor_document, r.survivor_start, r.survivor_end) not in gone


def test_a_copy_in_another_document_goes_and_says_what_stays():
    paragraph = max(COMMON, key=len)
    other = PARAGRAPHS[7]
    corpus = clean_corpus(
        [("a", f"{other}\n\n{paragraph}\n"), ("b", f"{paragraph}\n\n新的一段。\n")]
    )
    (removal,) = corpus.removals
    assert (removal.document, removal.start, removal.text) == ("b", 0, paragraph)
    assert removal.survivor_document == "a"
    assert removal.survivor_text == paragraph
    assert dict(corpus.documents)["b"] == "新的一段。\n"


def test_a_removed_block_of_the_seeds_leaves_its_neighbours_one_separator_apart():
    corpus = clean_corpus(TEXTS.items())
    assert len(corpus.removals) > 50
    for document in corpus.cleaned:
        assert "\n\n\n\n\n\n" not in document.text or "\n\n\n\n\n\n" in document.original


def test_what_is_protected_stays_however_often_it_is_there():
    block = f"<!-- textclean: off -->\n\n{COMMON[0]}\n\n<!-- textclean: on -->"
    fence = f"```\n{COMMON[1]}\n```"
    text = "\n\n".join([block, fence, block, fence, "其他内容。"]) + "\n"
    corpus = clean_corpus([("a", text), ("b", text)])
    assert corpus.documents == [("a", text), ("b", text)]
    assert corpus.removals == []


def deduplicate_by(monkeypatch, *rounds: list[tuple[str, str]]) -> None:
    """Let each round remove just these: (beginning of what goes, beginning of what stays)."""
    import textclean.dedup

    left = list(rounds)

    def scripted(documents, config, reference):
        texts = [text for blocks in documents for text in blocks]
        pairs = left.pop(0) if left else []

        def index(beginning: str) -> int:
            return next(i for i, text in enumerate(texts) if text.startswith(beginning))

        removals = [
            Removal(index(gone), index(kept), RemovalKind.NEAR, 0.8) for gone, kept in pairs
        ]
        kept = sorted({*range(len(texts))} - {removal.index for removal in removals})
        return Deduplicated(kept, removals, [], 0.7, tuple(texts))

    monkeypatch.setattr(textclean.dedup, "deduplicate_documents", scripted)


CHAIN = [("a", "# 题\n\n甲，第一段。\n\n乙，第二段。\n"), ("b", "丙，第三段。\n")]


def test_what_was_removed_for_a_block_that_goes_too_comes_back_with_its_heading(monkeypatch):
    deduplicate_by(monkeypatch, [("# 题", "丙"), ("甲", "乙")], [("乙", "丙")])
    corpus = clean_corpus(CHAIN)
    assert corpus.documents == [("a", "# 题\n\n甲，第一段。\n"), ("b", "丙，第三段。\n")]
    assert [removal.text for removal in corpus.removals] == ["乙，第二段。"]


def test_what_came_back_is_considered_again_and_in_the_end_points_at_what_stays(monkeypatch):
    deduplicate_by(monkeypatch, [("甲", "乙")], [("乙", "丙")], [("甲", "丙")])
    corpus = clean_corpus(CHAIN)
    assert [r.text[0] + r.survivor_text[0] for r in corpus.removals] == ["甲丙", "乙丙"]
    texts = [("a", "甲，一。\n\n乙，二。\n\n丁，四。\n"), ("b", "丙，三。\n")]
    deduplicate_by(monkeypatch, [("甲", "乙")], [("乙", "丁")], [("甲", "丁")], [("丁", "丙")])
    corpus = clean_corpus(texts)
    assert [r.text[0] + r.survivor_text[0] for r in corpus.removals] == ["甲丙", "丁丙"]


def test_a_heading_stays_over_what_is_protected_though_its_prose_goes():
    fence = "```\nprint(1)\n```"
    section = f"## 附录\n\n{max(COMMON, key=len)}\n\n"
    corpus = clean_corpus([("a", f"{section}{section}{fence}\n")])
    assert [removal.text for removal in corpus.removals] == [max(COMMON, key=len)]
    assert corpus.documents[0][1].endswith(f"## 附录\n\n{fence}\n")
    # With nothing left under it the second heading goes too.
    assert clean_corpus([("a", section + section)]).documents[0][1].count("##") == 1


def test_the_order_of_documents_is_kept_and_empty_ones_with_it():
    corpus = clean_corpus([("z", ""), ("a", "\n\n"), ("m", "第一段。\n")])
    assert corpus.documents == [("z", ""), ("a", "\n\n"), ("m", "第一段。\n")]


def test_no_documents_make_an_empty_corpus():
    corpus = clean_corpus([])
    assert corpus.documents == []
    assert dict(corpus.edits) == {}
    assert corpus.removals == corpus.failures == corpus.stitches == corpus.restorations == []


def test_two_documents_of_one_name_are_refused():
    with pytest.raises(DocumentError, match="two documents are called 'a'"):
        clean_corpus([("a", "一"), ("a", "二")])


def test_an_unknown_rule_is_refused_before_any_work():
    with pytest.raises(ConfigError, match="there is no rule 'P999'"):
        clean_corpus([("a", "一")], Config(select=("P999",)))


def test_a_text_with_a_lone_surrogate_fails_alone():
    corpus = clean_corpus([("a", "卫\ud83d生"), ("b", "健康,医疗。")])
    assert [name for name, _ in corpus.failures] == ["a"]
    assert [name for name, _ in corpus.documents] == ["b"]


def test_what_was_a_copy_of_a_document_that_fails_stays(failing_rule):
    paragraph = max(COMMON, key=len)
    corpus = clean_corpus(
        [("a", f"{paragraph}\n\n{failing_rule}。"), ("b", f"{paragraph}\n\n另一段。")]
    )
    assert corpus.failures == [("a", "RuntimeError: a rule failed")]
    assert corpus.removals == []
    assert paragraph[:5] in dict(corpus.documents)["b"]


def test_progress_counts_up_to_all_documents():
    seen: list[tuple[int, int]] = []
    clean_corpus(TEXTS.items(), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (5, 5)
    assert seen == sorted(seen)


def test_the_seeds_come_out_the_same_for_every_number_of_workers(monkeypatch):
    monkeypatch.setattr(parallel, "BATCH", 5_000)
    alone = clean_corpus(TEXTS.items(), workers=1)
    together = clean_corpus(TEXTS.items(), workers=2)
    assert together.documents == alone.documents
    assert together.edits == alone.edits
    assert together.removals == alone.removals


def test_a_corpus_is_one_line_in_a_notebook() -> None:
    text = max(COMMON, key=len)
    assert repr(clean_corpus([("a", text), ("b", text)])) == (
        "<Corpus: 2 documents, 1 removals, 0 twins, 0 failures, 0 stitches, 0 restorations>"
    )
