"""Work grows at most as the text, on the worst of the repetitions: counted in steps.

What an expression of `re` does counts as one step; ``benchmarks/growth.py`` measures that, too, on
all repetitions and longer texts.
"""

from __future__ import annotations

from functools import partial

import pytest

from tests.repetitions import JOBS, examples, patterns
from tests.steps import steps

#: Those that were superlinear once, and one of each kind.
WORST = (
    repr("“医"), repr("　"), repr("`"), repr("xx市"), repr("1平方米"), repr("锟斤拷"), repr("<a "),
    "nested （）", "only opened *, one closed", "counted '“{1}医'",
)  # fmt: skip
#: `stitch` compares 300 neighbours and is linear beyond; those of whole corpora load compiled
#: loops. The benchmark has them all.
FUNCTIONS = (
    "clean", "suggestions", "normalize", "placeholders", "redact", "restore", "consensus",
    "formats", "readers", "continues",
)  # fmt: skip
SHORT, TIMES = 400, 4


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """Classes of characters are compiled after so many characters that they were asked about."""
    for function in "clean", "suggestions":
        JOBS[function]("医院" * 15_000)


@pytest.mark.parametrize("pattern", WORST)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_four_times_the_text_takes_at_most_six_times_the_steps(function: str, pattern: str) -> None:
    make, work = patterns()[pattern], JOBS[function]
    for size in (SHORT, SHORT * TIMES):
        work("丙" + make(size))  # loads what is loaded once
    # Another first character: what is remembered by the text helps neither.
    few = steps(partial(work, "甲" + make(SHORT)))
    many = steps(partial(work, "乙" + make(SHORT * TIMES)))
    assert many < 1.5 * TIMES * few + 20_000


def test_places_that_stay_as_they_are_are_told_of_in_steps_by_the_length_of_the_text() -> None:
    """Each by the edit that is nearest, which was looked for among all."""
    make, work = patterns()[repr("`）`\u200b`")], JOBS["clean"]
    work("丙" + make(6_000))
    few, many = (steps(partial(work, "甲" + make(size))) for size in (1_500, 6_000))
    assert many < 6 * few


def test_the_list_is_of_many_kinds() -> None:
    assert len(patterns()) > 400
    assert len(examples()) > 1_000
