"""Spark removes what the search in memory removes, however the texts are spread."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyspark.sql import DataFrame, SparkSession

from tests.dedup.passages import misread, seed_paragraphs
from tests.dedup.test_reference import planted
from tests.engines.spark.conftest import compare
from textclean.dedup import leaders
from textclean.engines.spark import rounds
from textclean.errors import ConfigError

pytestmark = pytest.mark.spark
#: Of this seed some texts of `varied` go for a leader that does not bear it out.
SETTLED_IN_VAIN = 3


def documents(seed: int, count: int) -> list[str]:
    """Documents of several paragraphs, some of which begin others, or have most of them."""
    random = Random(seed)
    paragraphs = seed_paragraphs()
    texts = []
    for number in range(count):
        chosen = random.sample(paragraphs, random.randint(1, 5))
        whole = "\n".join(["首页 > 新闻 > 正文", *chosen, f"责任编辑：{'张李王'[number % 3]}"])
        texts.append(whole)
        kind = random.randrange(6)
        if kind == 0:
            texts.append(misread(whole, random))
        elif kind == 1:
            texts += ["\n".join(chosen[:size]) for size in range(1, len(chosen) + 1)]
        elif kind == 2:
            texts.append("\n".join(random.sample(chosen, len(chosen))))
        elif kind == 3:
            texts.append(whole[: len(whole) * 9 // 10])
        elif kind == 4:
            texts.append(whole + "\n" + random.choice(paragraphs)[:60])
    random.shuffle(texts)
    return texts


def crowded(seed: int) -> list[str]:
    """Two crowds: damaged copies of one text, and what differs in a few words from one form."""
    random = Random(seed)
    paragraphs = seed_paragraphs(100)
    one, form = paragraphs[seed % 9], paragraphs[20 + seed % 9]
    words = ["湖北", "文化", "水利", "质量", "交通", "地震", "气象", "海洋", "铁路", "邮政"]
    texts = [misread(one, random, random.choice([0.01, 0.03])) for _ in range(150)]
    for number in range(180):
        place = random.randrange(20, len(form) - 20)
        word = "".join(random.sample(words, 2))
        texts.append(f"{form[:place]}{word}{form[place + 2 :]}{number if number % 3 else ''}")
    texts += [f"{form}第{number}号" for number in range(80)]
    texts += paragraphs[30:60]
    random.shuffle(texts)
    return texts


def varied(seed: int) -> list[str]:
    """Groups of texts that differ in a word or a number, misread more and less."""
    random = Random(seed)
    paragraphs = [each for each in seed_paragraphs() if 80 <= len(each) <= 400]
    words = ["湖北", "文化", "水利", "质量", "3", "2019", "不"]
    texts = random.sample(paragraphs, 20)
    for body in random.sample(paragraphs, 5):
        forms = [body]
        for _ in range(random.randint(0, 6)):
            place = random.randrange(5, len(body) - 5)
            forms.append(body[:place] + random.choice(words) + body[place + random.randint(0, 2) :])
        shares = [0.01, 0.03, 0.06, 0.1]
        for _ in range(random.randint(8, 30)):
            texts.append(misread(random.choice(forms), random, random.choice(shares)))
        texts += [f"{body}第{number}号" for number in range(random.choice([0, 5, 20]))]
    random.shuffle(texts)
    return texts


def chapters(seed: int) -> list[str]:
    """The paragraphs of a text with headings, of which some sections stand there twice."""
    random = Random(seed)
    paragraphs = seed_paragraphs()
    sections = [
        [
            f"{'#' * random.randint(1, 3)} 第{'一二三四五六'[number % 6]}节",
            *random.sample(paragraphs, 3),
        ]
        for number in range(14)
    ]
    sections += [list(section) for section in random.sample(sections, 7)]
    sections.append(["- " + paragraphs[0], paragraphs[0], "## 另见", "# 附录"])
    return [text for section in sections for text in section]


def test_planted_copies_go_however_the_frame_is_cut(spark: SparkSession) -> None:
    # Strings for ids, in the order of their code points.
    names = [f"{'甲乙丙'[number // 700]}{number:05}" for number in range(2000)]
    texts = planted(1)
    assert compare(spark, texts, 4, names=names[: len(texts)], kind="string") > 50


def test_crowds_are_settled_as_in_memory(spark: SparkSession) -> None:
    assert compare(spark, crowded(1), 3) > 100


def test_groups_are_compared_with_what_leads_them(spark: SparkSession) -> None:
    random = Random(4)
    bodies = [each for each in seed_paragraphs() if 80 <= len(each) <= 400][:4]
    texts = [misread(body, random) for body in bodies for _ in range(40)]
    random.shuffle(texts)
    assert compare(spark, texts, 3) > 100


def test_what_is_settled_on_evidence_that_does_not_count_is_compared_after_all(
    spark: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost: list[int] = []
    find = rounds._lost

    def note(*arguments: Any) -> DataFrame | None:
        found = find(*arguments)
        lost.append(0 if found is None else found.count())
        return found

    monkeypatch.setattr(rounds, "_lost", note)
    for module in (leaders, rounds):
        monkeypatch.setattr(module, "FEWEST", 5)
    assert compare(spark, varied(SETTLED_IN_VAIN), 4, keep="longest", threshold=0.5) > 30
    assert lost[0] > 0


def test_documents_go_with_what_they_alone_say(spark: SparkSession) -> None:
    assert compare(spark, documents(1, 50), 3, unit="document") > 30


def test_sections_that_stand_there_twice_go_with_their_headings(spark: SparkSession) -> None:
    assert compare(spark, chapters(1), 5) > 20


# An example is some 50 jobs of Spark, so few of them; the profile ``thorough`` takes 100.
@settings(
    max_examples=max(4, settings.default.max_examples // 50),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    seed=st.integers(2, 10**6),
    partitions=st.integers(1, 7),
    shuffled=st.integers(1, 5),
    adaptive=st.booleans(),
    batch=st.sampled_from([1, 7, 10_000]),
    keep=st.sampled_from(["best", "first", "longest"]),
    threshold=st.sampled_from([0.5, 0.7, 0.9]),
    unit=st.sampled_from(["paragraph", "document"]),
    make=st.sampled_from([planted, crowded, varied, chapters, lambda seed: documents(seed, 30)]),
    fewest=st.sampled_from([4, 12]),
)
def test_any_partitioning_gives_the_removals_of_the_search_in_memory(
    spark: SparkSession,
    seed: int,
    partitions: int,
    shuffled: int,
    adaptive: bool,
    batch: int,
    keep: str,
    threshold: float,
    unit: str,
    make: Callable[[int], list[str]],
    fewest: int,
) -> None:
    chosen = {
        "spark.sql.shuffle.partitions": shuffled,
        "spark.sql.adaptive.enabled": adaptive,
        "spark.sql.execution.arrow.maxRecordsPerBatch": batch,
    }
    before = {name: spark.conf.get(name) for name in chosen}
    try:
        for name, value in chosen.items():
            spark.conf.set(name, str(value).lower())
        texts = make(seed)
        texts += Random(seed).sample(texts, len(texts) // 10)
        with pytest.MonkeyPatch.context() as patch:
            for module in (leaders, rounds):
                patch.setattr(module, "FEWEST", fewest)
            compare(spark, texts, partitions, seed=seed, keep=keep, threshold=threshold, unit=unit)
    finally:
        for name, value in before.items():
            spark.conf.set(name, value)


def test_what_is_missing_is_an_error_or_stays(spark: SparkSession) -> None:
    texts = [*seed_paragraphs()[:20], None, *seed_paragraphs()[:5]]
    with pytest.raises(TypeError, match="id 20: expected a string, got None"):
        compare(spark, texts, 2)
    assert compare(spark, texts, 2, missing="skip") >= 5


def test_a_frame_without_ids_of_its_own_is_refused(spark: SparkSession) -> None:
    texts = list(seed_paragraphs()[:3])
    with pytest.raises(ValueError, match="id 7 is the id of 2 texts"):
        compare(spark, texts, 2, names=[1, 7, 7])
    with pytest.raises(ValueError, match="an id is null"):
        compare(spark, texts, 2, names=[1, None, 2])
    with pytest.raises(ConfigError):
        compare(spark, texts, 2, treshold=0.5)


def test_no_texts_have_no_copies(spark: SparkSession) -> None:
    assert compare(spark, [], 1) == 0
    assert compare(spark, ["另有一段，与别的都不相同，也从没有人抄过。"], 1) == 0
