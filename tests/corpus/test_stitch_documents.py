from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.folders import contents, put, records, rows
from tests.seeds import SEEDS
from tests.seeds import TEXTS as SEED_TEXTS
from textclean import clean_corpus
from textclean.config import Config
from textclean.corpus.run import run
from textclean.corpus.undo import undo

SUGGESTED = Config(tier="suggested")
TAIL = "全市图书馆去年接待读者一百二十万人次，比前年增长两成；延长开放时间，推进总分馆制建"
HEAD = "设，让居民在家门口就能借到新书。馆里还为老人准备了放大镜和靠椅。"
FLOOD = "入汛以来，水利部门对沿河三十六座水闸逐一检查，发现的问题都已登记在册。"
CAPTION = "工人在检修水闸"
BROKEN = f"{FLOOD}\n\n{TAIL}\n\n{CAPTION}\n\n{HEAD}\n"
WHOLE = f"{FLOOD}\n\n{TAIL}{HEAD}\n\n{CAPTION}\n"

# A page with a blank line behind every line, which joining makes a text of paragraphs.
_CUT = "全市图书馆去年接待读者一百二十万人次，比前年增长两成；延长开放时间，推进总分馆制建"
_REST = "设，让居民在家门口就能借到新书。馆里还为老人准备了放大镜和靠椅。"
_OTHER = "跨江大桥合龙以后，施工单位将转入桥面铺装，预计明年上半年具备通"
_CODE = "```\n推进总分馆制建\n```"
_LATER = "\u3000\u3000车条件。届时,两岸居民往来时间将由四十分钟缩短到八分钟。"
PIECES = st.sampled_from(
    [
        TAIL,
        HEAD,
        FLOOD,
        CAPTION,
        "## 丰收时节",
        _OTHER,
        _LATER,
        _CODE,
        "<!-- textclean: off -->",
        "<!-- textclean: on -->",
        "— 12 —",
    ]
)
TEXTS = st.lists(PIECES, max_size=9).flatmap(
    lambda pieces: st.lists(
        st.sampled_from(["\n\n", "\n\n", "\r\n\r\n", "\n \n\n", "\n"]),
        min_size=len(pieces),
        max_size=len(pieces),
    ).map(lambda gaps: "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=True)))
)
thorough = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])


def test_a_broken_paragraph_is_joined_and_what_stood_between_follows_it():
    corpus = clean_corpus([("a", BROKEN)], SUGGESTED)
    assert corpus.documents == [("a", WHOLE)]
    (stitch,) = corpus.stitches
    assert (stitch.document, stitch.text, stitch.head_text) == ("a", TAIL, HEAD)
    assert BROKEN[stitch.start : stitch.end] == TAIL
    assert BROKEN[stitch.head_start : stitch.head_end] == HEAD
    assert stitch.joined


def test_at_the_safe_tier_it_is_written_down_and_nothing_is_moved():
    corpus = clean_corpus([("a", BROKEN)])
    assert corpus.documents == [("a", BROKEN)]
    (stitch,) = corpus.stitches
    assert (stitch.text, stitch.head_text, stitch.joined) == (TAIL, HEAD, False)


@pytest.mark.parametrize(
    "config", [Config(ignore=("L",)), Config(ignore=("L101",), tier="suggested")]
)
def test_where_the_rule_is_ignored_nothing_is_looked_for(config):
    corpus = clean_corpus([("a", BROKEN)], config)
    assert corpus.documents == [("a", BROKEN)]
    assert corpus.stitches == []


def test_the_rule_can_be_given_another_tier():
    config = Config(tiers={"L101": "safe"})
    assert clean_corpus([("a", BROKEN)], config).documents == [("a", WHOLE)]


def test_copies_go_before_paragraphs_are_joined():
    text = f"{TAIL}\n\n{TAIL}\n\n{HEAD}\n\n{HEAD}\n"
    corpus = clean_corpus([("a", text)], SUGGESTED)
    assert corpus.documents == [("a", f"{TAIL}{HEAD}\n")]
    assert [removal.text for removal in corpus.removals] == [TAIL, HEAD]


def test_joined_paragraphs_that_are_copies_are_found():
    corpus = clean_corpus([("a", f"{TAIL}{HEAD}\n"), ("b", BROKEN)], SUGGESTED)
    assert corpus.documents == [("a", f"{TAIL}{HEAD}\n"), ("b", f"{FLOOD}\n\n{CAPTION}\n")]


def test_what_is_protected_is_not_moved():
    text = f"{TAIL}\n\n<!-- textclean: off -->\n\n{HEAD}\n\n<!-- textclean: on -->\n\n{FLOOD}\n"
    assert clean_corpus([("a", text)], SUGGESTED).documents == [("a", text)]


@pytest.mark.parametrize("off", ["off L101", "off L", "off P001"])
def test_what_is_switched_off_for_some_rules_is_not_moved(off):
    text = f"{TAIL}\n\n<!-- textclean: {off} -->\n\n{HEAD}\n\n<!-- textclean: on -->\n\n{FLOOD}\n"
    assert clean_corpus([("a", text)], SUGGESTED).documents == [("a", text)]


def test_joining_can_be_switched_off_for_a_text():
    text = f"<!-- textclean: off L101 -->\n\n{BROKEN}"
    assert clean_corpus([("a", text)], SUGGESTED).documents == [("a", text)]
    other = text.replace("L101", "P001")
    assert clean_corpus([("a", other)], SUGGESTED).documents == [
        ("a", f"<!-- textclean: off P001 -->\n\n{WHOLE}")
    ]


def test_blocks_of_two_documents_are_never_joined():
    documents = [("a", f"{FLOOD}\n\n{TAIL}\n"), ("b", f"{HEAD}\n")]
    assert clean_corpus(documents, SUGGESTED).documents == documents


def test_whole_documents_are_left_in_their_order():
    config = Config(tier="suggested", unit="document")
    assert clean_corpus([("a", BROKEN)], config).documents == [("a", BROKEN)]


@thorough
@given(st.lists(TEXTS, max_size=3))
@example([f"{_CUT}\n\n{_REST}\n\n{_OTHER}\n\n{_CUT}\n\n{_CODE}\n\n"])
# After cleaning these are wider, or no page of lines any more: a later run judges them otherwise.
@example(
    [
        f"— 12 —\n\n{_LATER}\n<!-- textclean: on -->\n\n{_OTHER}\n{_CODE}\r\n\r\n"
        f"— 12 —\n\n{_LATER}\r\n\r\n{_CUT}\n{_CUT}\r\n\r\n"
    ]
)
@example([f"{_CODE}\n\n{_CUT}\n\n{_CUT}\n \n\n{_CUT}\r\n\r\n{_REST}\n\n"])
@example([f"{_CUT}\n\n" * 5 + f"{_CUT}\n" + f"{_CUT}\n\n" * 2 + _REST])
def test_cleaning_what_was_joined_changes_nothing(texts):
    documents = [(str(number), text) for number, text in enumerate(texts)]
    once = clean_corpus(documents, SUGGESTED)
    again = clean_corpus(once.documents, SUGGESTED)
    assert again.documents == once.documents
    assert again.stitches == []


@thorough
@given(st.lists(TEXTS, min_size=1, max_size=2), st.lists(TEXTS, max_size=2))
def test_every_run_is_undone_byte_for_byte(tmp_path_factory, texts, lines):
    base = tmp_path_factory.mktemp("joined")
    named = {f"t{number}": text for number, text in enumerate(texts)}
    folder = put(base / "in", **named, **({"lines": records(*lines)} if lines else {}))
    run([folder], base / "out", SUGGESTED)
    undo(base / "out", base / "back")
    assert contents(base / "back") == contents(folder)


def test_the_seeds_come_back_byte_for_byte_from_a_run_that_joined(tmp_path):
    summary = run([SEEDS], tmp_path / "out", SUGGESTED)
    assert summary.joined == sum(row["joined"] for row in rows(tmp_path / "out" / "stitches.jsonl"))
    assert summary.joined > 0
    undone = undo(tmp_path / "out", tmp_path / "back")
    assert contents(tmp_path / "back") == contents(SEEDS)
    assert undone.altered == undone.failures == ()


def test_the_result_is_the_same_for_every_number_of_workers(tmp_path, monkeypatch):
    from textclean.engine import parallel as workers

    monkeypatch.setattr(workers, "BATCH", 2_000)
    one, two = (clean_corpus(SEED_TEXTS.items(), SUGGESTED, workers=n) for n in (1, 2))
    assert (one.documents, one.stitches) == (two.documents, two.stitches)


def test_the_row_of_a_stitch_says_where_both_halves_stand(tmp_path):
    put(tmp_path / "in", a=BROKEN)
    run([tmp_path / "in"], tmp_path / "out", SUGGESTED)
    (row,) = rows(tmp_path / "out" / "stitches.jsonl")
    assert (row["document"], row["line"], row["text"]) == ("a.txt", 3, TAIL)
    assert (row["head_line"], row["head_text"], row["joined"]) == (7, HEAD, True)
    counts = json.loads((tmp_path / "out" / "run.json").read_bytes())["counts"]
    assert (counts["joined"], counts["broken"]) == (1, 0)
