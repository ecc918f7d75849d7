"""Which words serve for many events."""

from __future__ import annotations

import pytest

from tests.tables import cases
from textclean.placeholders.boilerplate import GRAM, hash_of, telling


@cases
def test_what_is_written_of_many_events_tells_of_none(formula: str):
    assert telling(formula) == frozenset()


@pytest.mark.parametrize(
    "words", ["苗木嫁接后浇透定根水并覆上遮阳网", "潜艇官兵把缆绳一圈圈盘在甲板上"]
)
def test_words_of_one_event_tell_of_it(words):
    assert len(telling(words)) > len(words) // 2


def test_digits_letters_and_slots_part_words():
    assert telling("苗木嫁接后1浇透定根") == frozenset()
    assert all(len(gram) == GRAM for gram in telling("苗木嫁接后浇透定根水x并覆上遮阳网遮阴"))


def test_hashes_are_what_the_table_was_written_with():
    assert hash_of("居民消费价格") == 9513707816714205253
