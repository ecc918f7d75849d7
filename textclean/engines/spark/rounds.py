"""Which pairs of groups are compared? As `dedup.leaders` says, but where the texts are apart.

What hangs together by candidates grows with the corpus until most of it is one group: of 395,000
paragraphs of news 30,000. So no step here asks for a whole group. Each asks for a text and its
candidates, which are few, and is a join or the work on what one text is compared with:

- Which text of a pair is kept rather is said by the two.
- A text leads that is behind no other one; what goes for it is settled. That is a round.
- What is left is compared with what its settled candidates went for.
- What was settled on evidence that does not count, by what the texts are like and unlike, is
  compared with all its candidates after all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812

from textclean.config import Config
from textclean.dedup.leaders import FEWEST, ROUNDS
from textclean.engines.spark import leaders
from textclean.engines.spark.tables import Tables, together
from textclean.engines.spark.verdicts import EDGES, UNLIKE

#: Gives pairs their texts: ``one_text``, ``one_lines`` and the others.
WithTexts = Callable[[DataFrame], DataFrame]


def with_many(pairs: DataFrame, tables: Tables) -> DataFrame | None:
    """The pairs, and whether a text of them has so many candidates that they are compared in
    rounds: ``crowded``. None: no text has.
    """
    ends = pairs.select(F.explode(F.array("one", "other")).alias("node"))
    counts = ends.groupBy("node").count().filter(F.col("count") >= FEWEST)
    many = tables.write(counts.select("node"), "many")
    if many.isEmpty():
        return None
    for side in ("one", "other"):
        of_side = many.select(F.col("node").alias(side), F.lit(True).alias(f"{side}_many"))
        pairs = pairs.join(of_side, side, "left")
    crowded = F.col("one_many").isNotNull() | F.col("other_many").isNotNull()
    return tables.write(pairs.select("one", "other", crowded.alias("crowded")), "pairs")


def compare_by_leaders(
    pairs: DataFrame, others: DataFrame, with_texts: WithTexts, tables: Tables, config: Config
) -> DataFrame:
    """The verdicts on crowded pairs, but for those that do not matter: rows of `verdicts.EDGES`.

    Args:
        pairs: all, as `with_many` gives them.
        others: the verdicts on those that are not crowded.
    """

    def compared(frame: DataFrame, name: str) -> DataFrame:
        work = partial(leaders.led, config=config)
        return tables.mapped(together(with_texts(frame), "other"), work, EDGES, name)

    crowded = pairs.filter("crowded").select("one", "other")
    alive = tables.mapped(
        with_texts(crowded), partial(leaders.ordered, config=config), leaders.ORDERED, "ordered"
    ).withColumn("free", F.lit(True))
    found, settled = others, None
    spared = alive.filter("not free")
    for number in range(ROUNDS):
        if alive.isEmpty():
            break
        behind = alive.select(F.col("other").alias("one")).distinct()
        verdicts = compared(alive.join(behind, "one", "left_anti"), f"led{number}")
        found = found.union(verdicts)
        gone = _led(verdicts)
        settled = gone if settled is None else settled.union(gone)
        left = alive.join(behind, "one", "left_semi").select("one", "other")
        for side in ("one", "other"):
            gone_side = gone.select(F.col("node").alias(side), F.lit(True).alias(f"{side}_gone"))
            left = left.join(gone_side, side, "left")
        free = F.col("one_gone").isNull() & F.col("other_gone").isNull()
        left = tables.write(left.select("one", "other", free.alias("free")), f"left{number}")
        alive, spared = left.filter("free"), spared.union(left.filter("not free"))
    found = found.union(compared(alive, "alive"))
    if settled is None:
        return found
    spared = tables.write(spared.select("one", "other"), "spared")
    more = tables.write(_left_behind(spared, settled, pairs), "more")
    found = found.union(compared(more, "behind"))
    lost = _lost(found, settled, tables)
    if lost is None:
        return found
    again = _both_ways(spared).join(lost, "node", "left_semi")
    again = _lower_first(again, "node", "beside")
    return found.union(compared(again, "again"))


def _led(verdicts: DataFrame) -> DataFrame:
    """The texts that are settled, and the ``leader`` that each goes for."""
    gone = verdicts.filter(F.col("kind") == leaders.LED)
    return gone.select(F.col("goes").alias("node"), F.col("stays").alias("leader"))


def _both_ways(pairs: DataFrame) -> DataFrame:
    one = pairs.select(F.col("one").alias("node"), F.col("other").alias("beside"))
    return one.union(pairs.select(F.col("other").alias("node"), F.col("one").alias("beside")))


def _lower_first(pairs: DataFrame, one: str, other: str) -> DataFrame:
    return pairs.select(
        F.least(one, other).alias("one"), F.greatest(one, other).alias("other")
    ).distinct()


def _left_behind(spared: DataFrame, settled: DataFrame, pairs: DataFrame) -> DataFrame:
    """The pairs of each text that is left and what a candidate of it went for."""
    left = _both_ways(spared).join(settled, "node", "left_anti")
    left = left.join(settled.withColumnRenamed("node", "beside"), "beside")
    left = _lower_first(left.filter("node != leader"), "node", "leader")
    # None of them was spared, for neither is settled: what was a pair was compared.
    return left.join(pairs.select("one", "other"), ["one", "other"], "left_anti")


def _lost(found: DataFrame, settled: DataFrame, tables: Tables) -> DataFrame | None:
    """The texts that are settled on evidence that does not count; None, if there are none."""
    strong = found.filter((F.col("kind") > UNLIKE) & ~F.col("weak"))
    nodes = settled.select("node")
    doubtful = nodes.join(strong.select(F.col("goes").alias("node")), "node", "left_anti")
    doubtful = tables.write(doubtful, "doubtful")
    if doubtful.isEmpty():
        return None
    goes = F.col("goes").alias("node")
    weak = found.filter(F.col("kind") > UNLIKE).select(goes, "stays").join(doubtful, "node")
    ends = weak.select(F.explode(F.array("node", "stays")).alias("centre")).distinct()
    columns = [one.name for one in EDGES]

    def of_each_end(frame: DataFrame) -> DataFrame:
        ends = F.explode(F.array("goes", "stays")).alias("node")
        return frame.select(ends, *columns)

    unlike = of_each_end(found.filter(F.col("kind") == UNLIKE))
    unlike = unlike.join(ends.withColumnRenamed("centre", "node"), "node")
    unlike = unlike.withColumnRenamed("node", "centre")
    beside = F.when(F.col("goes") == F.col("centre"), F.col("stays")).otherwise(F.col("goes"))
    members = unlike.select("centre", beside.alias("node"))
    members = members.union(ends.select("centre", F.col("centre").alias("node"))).distinct()
    like = of_each_end(found.filter(F.col("kind") > UNLIKE)).join(members, "node")
    evidence = unlike.select("centre", *columns).union(like.select("centre", *columns))
    formula = tables.mapped(
        together(evidence, "centre"), leaders.formulas, leaders.FORMULAS, "formulas"
    )
    weak = weak.join(formula, "node", "left_anti")
    weak = weak.join(formula.withColumnRenamed("node", "stays"), "stays", "left_anti")
    return doubtful.join(weak.select("node"), "node", "left_anti")
