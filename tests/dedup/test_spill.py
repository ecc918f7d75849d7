"""What is kept on disk between two steps comes back as what is kept in memory."""

from __future__ import annotations

import pytest

pytest.importorskip("numba", reason="needs the extra [dedup]")

import numpy as np

from tests.corpus.paragraphs import PARAGRAPHS
from textclean.dedup.shared_lines import SharedLines, line_name
from textclean.dedup.spill import PartStore, Rows


@pytest.mark.parametrize("on_disk", [False, True])
@pytest.mark.parametrize("kind", [np.uint32, np.uint64])
def test_rows_come_back_whole_in_whatever_order_they_were_written(on_disk, kind):
    table = np.arange(3 * 10).reshape(3, 10).astype(kind) * kind(0x9E3779B1)
    rows = Rows(3, 10, kind, on_disk=on_disk)
    for place in (range(7, 10), range(4), range(4, 7)):
        rows.put(place, table[:, place.start : place.stop])
    assert [rows.row(number).tolist() for number in range(len(rows))] == table.tolist()
    rows.clear()


@pytest.mark.parametrize("on_disk", [False, True])
def test_parts_have_what_ends_in_the_same_bits(on_disk):
    values = np.arange(1000, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    store = PartStore(on_disk=on_disk)
    store.split(values[:600], 8)
    store.split(values[600:], 8)
    parts = [store.joined(part) for part in range(len(store))]
    assert all((part % 8 == number).all() for number, part in enumerate(parts))
    assert sorted(np.concatenate(parts).tolist()) == sorted(values.tolist())
    store.clear()


@pytest.mark.parametrize("on_disk", [False, True])
def test_lines_counted_in_parts_have_the_same_counts(on_disk):
    header = "中华人民共和国国家卫生健康委员会"
    texts = [f"{header}\n{text}\n  {header}\n" for text in PARAGRAPHS]
    texts += [PARAGRAPHS[0], "", "\n\n"]
    for store in (None, PartStore(on_disk=on_disk)):
        shared = SharedLines(texts, store)
        assert shared.documents(line_name(header)) == len(PARAGRAPHS)
        assert shared.documents(line_name(PARAGRAPHS[0])) == 2
        assert shared.documents(line_name(PARAGRAPHS[1])) == 1
        assert shared.documents("没有这一行") == 1
