"""`Cleaned`: what it says, what it computes only when asked, and that it travels."""

from __future__ import annotations

import pickle

from tests.text.spans import cause
from textclean.text.cleaned import Cleaned
from textclean.text.columns import EditColumns
from textclean.text.edit import Edit, Tier

_FINDING = Edit(0, 1, "甲", "甲", "C102", Tier.REPORT, 1.0, "seen")
_asked: list[str] = []


def _suggest(original: str, columns: EditColumns) -> list[Edit]:
    _asked.append(original)
    return [_FINDING]


def _cleaned() -> Cleaned:
    columns = EditColumns.from_spans([(1, 2, "，", cause("beside"), None)])
    return Cleaned("甲,乙", "甲，乙", columns, _suggest)


def test_it_has_the_text_the_original_and_the_edits_between() -> None:
    done = _cleaned()
    (edit,) = done.edits
    assert (edit.start, edit.end, edit.before, edit.after) == (1, 2, ",", "，")
    assert done.changed
    assert done.revert() == done.original
    assert repr(done) == "<Cleaned: 3 characters, 1 edits>"


def test_what_was_not_edited_has_not_changed() -> None:
    same = Cleaned("甲", "甲", EditColumns.from_spans([]), _suggest)
    assert not same.changed
    assert list(same.edits) == []
    assert same.revert() == "甲"


def test_suggestions_are_computed_once_and_only_when_asked_for() -> None:
    _asked.clear()
    done = _cleaned()
    assert done.revert() == "甲,乙"
    assert _asked == []
    assert done.suggestions == [_FINDING]
    assert done.suggestions == [_FINDING]
    assert _asked == ["甲,乙"]


def test_it_survives_pickling_before_and_behind_the_first_look_at_suggestions() -> None:
    done = _cleaned()
    for _ in range(2):
        again = pickle.loads(pickle.dumps(done))
        assert (again.original, again.text) == (done.original, done.text)
        assert again.columns == done.columns
        assert again.suggestions == [_FINDING]
        assert done.suggestions
