"""Which texts hang together? The connected components of a graph, by joins, again and again.

After Kiveris and others, *Connected Components in MapReduce and Beyond* (2014): each text is linked
with the least of its neighbours, first by the greater ones, then by all, until every component is a
star. Each round is a table of its own, so that no plan grows with the rounds, and what a lost
executor had is read again and not worked out again.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812

from textclean.engines.spark.tables import Tables


def components(edges: DataFrame, tables: Tables, name: str = "links") -> DataFrame:
    """Of each ``node`` in a graph the ``component``: the least node of those that hang together.

    Args:
        edges: of ``goes`` and ``stays``; no node has one to itself.
        name: of the tables of the rounds.
    """
    pairs = edges.select(
        F.greatest("goes", "stays").alias("high"), F.least("goes", "stays").alias("low")
    ).distinct()
    links, seen = tables.write(pairs, f"{name}0"), None
    for number in count(1):
        state = _fingerprint(links)
        if state == seen:
            break
        seen = state
        links = tables.write(_star(links), f"{name}{number}")
    stars = links.select(F.col("high").alias("node"), F.col("low").alias("component"))
    centres = links.select(F.col("low").alias("node"), F.col("low").alias("component"))
    return stars.union(centres.distinct())


def _star(links: DataFrame) -> DataFrame:
    """One round."""
    back = links.select(F.col("low").alias("high"), F.col("high").alias("low"))
    both = links.union(back)
    least = both.groupBy("high").agg(F.min("low").alias("least"))
    least = least.select("high", F.least("high", "least").alias("least"))
    greater = both.join(least, "high").filter("low > high")
    large = greater.select(F.col("low").alias("high"), F.col("least").alias("low")).distinct()
    least = large.groupBy("high").agg(F.min("low").alias("least"))
    joined = large.join(least, "high")
    others = joined.select(F.col("low").alias("high"), F.col("least").alias("low"))
    return others.union(least).filter("high != low").distinct()


def _fingerprint(links: DataFrame) -> Any:
    """Equal for equal links."""
    return links.agg(F.count("*"), F.sum(F.xxhash64("high", "low").cast("decimal(38,0)"))).first()
