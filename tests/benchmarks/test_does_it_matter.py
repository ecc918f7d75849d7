"""The filters and the language model: what they count is what they say."""

from __future__ import annotations

from itertools import product

import pytest

np = pytest.importorskip("numpy", reason="needs the extra [dedup]")
pytest.importorskip("rapidfuzz", reason="needs the extra [dedup]")

lm = pytest.importorskip("language_model")

PROSE = (
    "今年春天，村里的小学搬进了新校舍。孩子们每天早上沿着河边的小路去上课，老师在门口等着他们。\n"
    "校长说，新教室是村民一起出钱修的，有的人家出了木料，有的人家出了工。大家都觉得这是一件值得的事。\n"
    "到了秋天，图书室也开了门，书是县里的图书馆送来的，一共有三千多册。放学以后，孩子们常常在那里坐到天黑。\n"
)


@pytest.mark.parametrize("order", [1, 2, 3, 5])
def test_chances_of_all_characters_sum_to_one(order: int) -> None:
    draw = np.random.default_rng(order)
    model = lm.train(draw.integers(0, 4, 300), 5, order)
    for context in product(range(5), repeat=min(order - 1, 2)):
        chances = []
        for last in range(5):
            cost = model.bits(np.array([*context, last]))
            chances.append(2 ** -cost[-1])
        assert sum(chances) == pytest.approx(1)
        assert min(chances) > 0


def test_what_training_saw_is_cheaper_than_what_it_did_not_see() -> None:
    bits = lm.costs({"same": PROSE, "other": "".join(sorted(PROSE))}, PROSE, 3)
    assert bits["same"].mean() < bits["other"].mean()


def test_breaks_are_not_counted() -> None:
    text = PROSE.replace("\n", "")
    one, two = (lm.costs({"x": text + "\n"}, text + "\n" * n, 1)["x"] for n in (1, 9))
    assert one.tolist() == pytest.approx(two.tolist())


def test_a_saving_has_an_interval_around_it() -> None:
    before = np.random.default_rng(1).random(20_000) + 4
    saved, (low, high) = lm.saving(before, before * 0.98)
    assert saved == pytest.approx(2)
    assert low == pytest.approx(2)
    assert high == pytest.approx(2)
    saved, (low, high) = lm.saving(before, before[::-1])
    assert low < saved < high


def test_damaged_text_keeps_its_digits_and_letters_and_has_lines() -> None:
    pytest.importorskip("numba", reason="noise is compiled")
    line = "2023年第3季度，公司收入约为12.5亿元，其中海外业务（API）占三成。" * 4
    text = lm.damaged([line], 3)
    assert "\n" in text
    assert "2023年" in text.replace(" ", "").replace("\n", "")
    assert "API" in text


def test_lines_do_not_begin_with_closing_marks_or_cut_numbers() -> None:
    parts = list(lm._wrapped("一二三四五六七，八九十1234567890后面", 7))
    assert parts == ["一二三四五六七，", "八九十1234567890", "后面"]


@pytest.fixture(scope="module")
def refusal() -> object:
    pytest.importorskip("jieba", reason="words are jieba's")
    from filters import refusal

    return refusal


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (PROSE, ""),
        ("", "empty"),
        (PROSE[:60], "too short or too long"),
        (PROSE.replace("。\n", "\n").replace("。", "，"), "few lines end in a stop"),
        ("首页\n关于我们\n" * 40, "lines repeated"),
        ("特价手机 " * 200, "one run of 2 words"),
        (PROSE.replace("。", "。\n\n\n\n\n"), "more breaks than words allow"),
        (
            "".join(f"{n}、{n + 1}；" for n in range(100, 400, 2)) + "的是。",
            "words without letters",
        ),
    ],
)
def test_a_text_is_thrown_away_for_its_reason(refusal: object, text: str, reason: str) -> None:
    assert refusal(text) == reason  # type: ignore[operator]


def test_paragraphs_that_were_torn_into_lines_fail_and_repaired_ones_pass(refusal: object) -> None:
    torn = "\n".join(part for line in PROSE.split("\n") for part in lm._wrapped(line, 3))
    assert refusal(torn)  # type: ignore[operator]
    assert not refusal(torn.replace("\n", ""))  # type: ignore[operator]
