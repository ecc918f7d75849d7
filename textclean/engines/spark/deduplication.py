"""`deduplicate` on Spark: which texts of a frame go, and what stays for each.

The removals are those of `textclean.deduplicate` on the same texts in the order of their ids,
however the frame is cut into partitions, on however many machines. That rests on this:

- What is known of one text (its fold, sketch, worth) is worked out by the same kernels.
- What asks for all texts with one key sees all of them, brought together by a shuffle: equal folds,
  bands, anchors, ends; the lines of documents are counted by Spark.
- What asks for two texts, the verdict on a pair, asks for nothing else. Which pairs of a group are
  compared (`dedup.leaders`) is decided in the same rounds, each of which asks for a text and its
  candidates.
- What is decided in an order is decided in that order: bands one after another; and for which text
  others go (`dedup.graph`) by components. Edges lead nowhere else, and of a text that hangs on weak
  evidence all that it is unlike comes with it, so a component is decided by the same function as if
  there were no others.
- Ties go by the order of ids, which `node`, a number of each text, keeps.

Digests of 64 bits are taken for what they name, as they mostly are in memory.

Nothing of the corpus is brought to the driver but, of paragraphs, the headings. What bounds a task
is the largest crowd of one band and the largest component, with their texts, in the memory of one
worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial, reduce
from typing import Any

import numpy as np
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F  # noqa: N812
from pyspark.sql import types as T  # noqa: N812
from pyspark.sql.pandas.types import from_arrow_schema

from textclean.config import Config, config_of
from textclean.dedup.candidates import SHARED
from textclean.dedup.containers import Missing
from textclean.dedup.crowds import CROWD
from textclean.dedup.inputs import SKIP_HINT, require
from textclean.dedup.prefix_suffix import MAX_WHOLES
from textclean.dedup.records import RemovalKind
from textclean.engines.spark import (
    crowds,
    decisions,
    headings,
    lines,
    nodes,
    pairs,
    prefixes,
    rounds,
    verdicts,
)
from textclean.engines.spark.components import components
from textclean.engines.spark.streams import is_whole, least_end, near_from
from textclean.engines.spark.tables import Tables, together

_WHOLE_NUMBERS = (T.ByteType, T.ShortType, T.IntegerType, T.LongType)
# By the numbers that `comparing` has for them.
_KINDS = (RemovalKind.EXACT, RemovalKind.NEAR, RemovalKind.CONTAINED, RemovalKind.CARRIED)


def deduplicate(
    df: DataFrame,
    text: str = "text",
    id: str = "id",
    config: Config | Mapping[str, Any] | None = None,
    *,
    folder: str | None = None,
    missing: Missing = "refuse",
    **options: Any,
) -> DataFrame:
    """Find the copies among the texts of a frame: what goes, for what.

    Args:
        df: is read up to three times and must hold the same rows each time.
        text: the column of texts. With ``unit="document"`` each is a document by itself, else they
            are the paragraphs of one document, in the order of their ids.
        id: the column of ids, all different and none of them null: integers, or what else Spark can
            sort. Strings are in the order of their code points.
        config, options: as for `textclean.clean`; `threshold`, `unit`, `keep`, `min_copy` and
            `min_copy_across` count.
        folder: where tables are kept meanwhile, and the result: a folder that all executors see.
            None: Spark's folder of checkpoints; or, with a master on this machine, one for
            temporary files, which goes with this process.
        missing: ``"refuse"`` null for a text, or ``"skip"``: it stays, and is a copy of nothing.

    Returns:
        A row for each text that goes: its id, that of its ``survivor``, ``kind`` and ``score`` as
        `dedup.Removal` has them, and ``lost``, which only long texts have: structs of ``start`` and
        ``end``, in characters of the text that goes, and ``text``.

    Raises:
        ConfigError: an option does not exist or does not fit.
        TypeError: a text is null.
        ValueError: a column is missing, an id is null or there twice, `missing` is no choice, or
            there is no folder.
        MissingExtraError: a package of the extra ``[dedup]`` is not installed here.
    """
    require()
    if missing not in ("refuse", "skip"):
        raise ValueError(f"missing: {missing!r} is not one of refuse, skip")
    for column in (text, id):
        if column not in df.columns:
            raise ValueError(f"the frame has no column {column!r}")
    tables = Tables(df.sparkSession, folder)
    search = _Search(tables, config_of(config, options))
    removals = search.removals(df.select(F.col(id).alias("id"), F.col(text).alias("text")), missing)
    removals = tables.write(removals.withColumnRenamed("id", id), "removals")
    tables.drop_all_but("removals")
    return removals


class _Search:
    """The steps, each of which leaves a table."""

    def __init__(self, tables: Tables, config: Config) -> None:
        self.tables, self.config, self.whole = tables, config, is_whole(config)

    def removals(self, source: DataFrame, missing: Missing) -> DataFrame:
        texts = self.texts(source, missing)
        found = self.nodes(texts)
        near = found.filter(F.col("length") >= max(near_from(self.config), 1))
        settled = self.tables.empty(verdicts.EDGES)
        ends = None
        if self.whole:
            settled = self.trees(found)
            near = _without(near, settled, verdicts.SETTLED)
        else:
            ends = self.ends(found, near)
        met, hot = self.met_in_bands(near)
        crowded, met_in_crowds = self.crowds(near, hot)
        candidates = self.candidates(near, met, met_in_crowds, crowded, ends)
        earlier = settled.union(crowded)
        compared = self.members(found, candidates, earlier)
        edges = self.compared(compared, candidates).union(earlier)
        edges = self.tables.write(edges.filter(F.col("kind") >= verdicts.UNLIKE), "edges")
        return self.of_all(texts, compared, source, self.decided(compared, edges))

    def texts(self, source: DataFrame, missing: Missing) -> DataFrame:
        """All texts, with the nodes that stand for them."""
        numbers = isinstance(source.schema["id"].dataType, _WHOLE_NUMBERS)
        if source.filter(F.col("id").isNull()).limit(1).count():
            raise ValueError("an id is null")
        if numbers:
            numbered = source.select(F.col("id").cast("long").alias("node"), "text")
        else:
            ids = source.select("id").orderBy("id")
            ids = ids.withColumn("node", F.monotonically_increasing_id())
            self.ids = self.tables.write(ids, "ids")
            numbered = source.join(self.ids, "id").select("node", "text")
        self.numbered = numbered
        config = self.config
        described = self.tables.mapped(
            numbered, partial(nodes.described, config=config), nodes.DESCRIBED
        )
        ordered = described.repartition("fold").sortWithinPartitions("fold", "node")
        texts = self.tables.mapped(
            ordered, partial(nodes.represented, config=config), nodes.REPRESENTED, "texts"
        )
        self._check(texts if numbers else self.ids, "node" if numbers else "id")
        if missing == "refuse":
            null = texts.filter(F.col("role") == nodes.MISSING).select("node").first()
            if null is not None:
                name = null.node
                if not numbers:
                    name = self.ids.filter(F.col("node") == name).first()["id"]
                raise TypeError(f"the text of id {name!r}: expected a string, got None{SKIP_HINT}")
        return texts

    def _check(self, frame: DataFrame, name: str) -> None:
        twice = frame.groupBy(name).count().filter("count > 1").first()
        if twice is not None:
            raise ValueError(f"id {twice[0]!r} is the id of {twice[1]} texts")

    def nodes(self, texts: DataFrame) -> DataFrame:
        """The texts that are compared, with the lines of documents that others have, too."""
        found = texts.filter((F.col("stands") == F.col("node")) & (F.col("role") > nodes.APART))
        if not self.whole:
            return found.withColumn("lines", F.lit(None).cast(_type_of_lines()))
        long = found.filter(F.col("length") >= least_end(self.config)).select("node", "text")
        own = self.tables.mapped(long, lines.named_lines, lines.LINE)
        own = self.tables.write(own, "lines")
        counted = own.groupBy("line").agg(F.count("*").alias("documents")).filter("documents > 1")
        shared = own.join(counted, "line").groupBy("node")
        shared = shared.agg(F.collect_list(F.struct("line", "documents")).alias("lines"))
        return self.tables.write(found.join(shared, "node", "left"), "nodes")

    def _named_ends(self, found: DataFrame, wholes: DataFrame, sides: list[str]) -> DataFrame:
        """Which texts begin or end another one: ``part``, ``whole`` and ``side``."""
        long = found.filter(F.col("length") >= least_end(self.config))
        asked: list[DataFrame] = []
        for number, side in enumerate(sides):
            sizes = long.groupBy(side).agg(F.collect_set("length").alias("sizes"))
            sizes = sizes.filter(F.size("sizes") > 1)
            of_side = F.lit(number).cast("byte").alias("side")
            one = wholes.select("node", side).join(sizes, side).select("node", of_side, "sizes")
            asked.append(one)
        texts = reduce(DataFrame.union, asked).join(wholes.select("node", "text"), "node")
        named = self.tables.mapped(
            texts, partial(prefixes.named_ends, config=self.config), prefixes.END
        )
        return named.join(long.select("fold", F.col("node").alias("part")), "fold")

    def ends(self, found: DataFrame, near: DataFrame) -> DataFrame:
        """The paragraphs that are the head or tail of others, each with the longest of these."""
        named = self._named_ends(found, near, ["head", "tail"])
        sizes = found.select(F.col("node").alias("whole"), "length", F.col("fold").alias("of"))
        unsigned = F.col("of").bitwiseXOR(F.lit(-(1 << 63)))
        order = Window.partitionBy("part").orderBy(F.desc("length"), unsigned, "whole", "side")
        ranked = named.join(sizes, "whole").withColumn("rank", F.row_number().over(order))
        chosen = ranked.filter(F.col("rank") <= MAX_WHOLES)
        return self.tables.write(
            chosen.select(
                F.col("part").alias("one"), F.col("whole").alias("other"), F.lit(True).alias("part")
            ),
            "ends",
        )

    def trees(self, found: DataFrame) -> DataFrame:
        """What is settled among the documents that begin others."""
        named = self._named_ends(
            found, found.filter(F.col("length") >= least_end(self.config)), ["head"]
        )
        members = named.select(F.explode(F.array("part", "whole")).alias("node")).distinct()
        ordered = together(found.join(members, "node").select("head", "node", "text"), "head")
        return self.tables.mapped(
            ordered, partial(prefixes.settled_trees, config=self.config), verdicts.EDGES, "trees"
        )

    def met_in_bands(self, near: DataFrame) -> tuple[DataFrame, DataFrame]:
        """The pairs of bands, and what lies in hot ones."""
        keys = near.select("node", F.posexplode("bands").alias("band", "key"))
        code = F.shiftleft(F.col("band").cast("long"), 32).bitwiseOR(_unsigned("key"))
        met = self.tables.mapped(
            together(keys.select(code.alias("code"), "node"), "code", "node"),
            pairs.met_in_bands, pairs.MET, "met_in_bands",
        )  # fmt: skip
        hot = met.filter("hot >= 0").select(F.col("hot").alias("code"), F.col("one").alias("node"))
        return met.filter("hot < 0"), hot

    def crowds(self, near: DataFrame, hot: DataFrame) -> tuple[DataFrame, DataFrame]:
        """What is settled in the crowds of hot bands, one after another; and their pairs."""
        band = F.shiftright("code", 32).cast("int")
        bands = sorted(row[0] for row in hot.select(band).distinct().collect())
        settled = self.tables.empty(verdicts.EDGES)
        if not bands:
            return settled, self.tables.empty(pairs.MET)
        near = near.select("node", "text", "form", "lines", "fold", "bands")
        near = near.join(hot.select("node").distinct(), "node", "left_semi")
        near = self.tables.write(near, "hot")
        for number in bands:
            members = hot.filter(band == number)
            for kind in (verdicts.SETTLED, verdicts.FORMULA):
                members = _without(members, settled, kind)
            crowded = members.groupBy("code").count().filter(F.col("count") > CROWD)
            members = members.join(crowded.select("code"), "code").join(
                near.select("node", "text", "form", "lines"), "node"
            )
            found = self.tables.mapped(
                together(members, "code"), partial(crowds.settled_crowds, config=self.config),
                verdicts.EDGES, f"crowds{number}",
            )  # fmt: skip
            settled = settled.union(found)
        formula = _marked(settled, verdicts.FORMULA).withColumn("formula", F.lit(True))
        left = _without(hot, settled, verdicts.SETTLED).join(formula, "node", "left")
        left = left.withColumn("formula", F.coalesce("formula", F.lit(False)))
        left = left.join(near.select("node", "fold", "bands"), "node")
        met = self.tables.mapped(together(left, "code", "node"), pairs.met_in_crowds, pairs.MET)
        return settled, met

    def candidates(
        self,
        near: DataFrame,
        met: DataFrame,
        met_in_crowds: DataFrame,
        crowded: DataFrame,
        ends: DataFrame | None,
    ) -> DataFrame:
        """The pairs to compare, and the ends: ``one``, ``other`` and ``part``."""
        left = _without(near, crowded, verdicts.SETTLED)
        anchors = left.select(F.explode("anchors").alias("key"), "node")
        anchors = anchors.select(_unsigned("key").alias("code"), "node")
        in_anchors = self.tables.mapped(
            together(anchors, "code", "node"), pairs.met_in_anchors, pairs.MET
        )
        met = met.union(met_in_crowds).union(in_anchors).groupBy("one", "other")
        met = met.agg(F.sum("often").alias("often"), F.sum("late").alias("late"))
        met = met.filter(F.col("often") + F.col("late") >= SHARED)
        formula = _marked(crowded, verdicts.FORMULA)
        for side in ("one", "other"):
            met = _without(met, crowded, verdicts.SETTLED, side)
            mark = formula.select(F.col("node").alias(side), F.lit(True).alias(f"{side}_formula"))
            met = met.join(mark, side, "left")
        counts = F.col("one_formula").isNull() & F.col("other_formula").isNull()
        met = met.filter(F.col("often") + F.when(counts, F.col("late")).otherwise(0) >= SHARED)
        found = met.select("one", "other", F.lit(False).alias("part"))
        return self.tables.write(found if ends is None else found.union(ends), "candidates")

    def members(self, found: DataFrame, candidates: DataFrame, edges: DataFrame) -> DataFrame:
        """The texts of pairs and of edges: from here on only these are read."""
        of_pairs = candidates.select(F.explode(F.array("one", "other")).alias("node"))
        of_edges = edges.select(F.explode(F.array("goes", "stays")).alias("node"))
        found = found.select("node", "role", "text", "lines")
        members = found.join(of_pairs.union(of_edges).distinct(), "node", "left_semi")
        return self.tables.write(members, "members")

    def compared(self, found: DataFrame, candidates: DataFrame) -> DataFrame:
        """The verdicts on the pairs."""

        def with_texts(pairs: DataFrame) -> DataFrame:
            for side in ("one", "other"):
                of = (F.col(name).alias(f"{side}_{name}") for name in ("text", "lines"))
                pairs = pairs.join(found.select(F.col("node").alias(side), *of), side)
            return pairs

        def compared(pairs: DataFrame, name: str) -> DataFrame:
            work = partial(verdicts.compared, config=self.config)
            return self.tables.mapped(with_texts(pairs), work, verdicts.EDGES, name)

        pairs = candidates.filter(~F.col("part")).select("one", "other")
        marked = rounds.with_many(pairs, self.tables)
        if marked is None:
            return compared(candidates, "verdicts")
        alone = marked.filter(~F.col("crowded")).select("one", "other", F.lit(False).alias("part"))
        edges = rounds.compare_by_leaders(
            marked, compared(alone, "verdicts"), with_texts, self.tables, self.config
        )
        return edges if self.whole else edges.union(compared(candidates.filter("part"), "parts"))

    def decided(self, found: DataFrame, edges: DataFrame) -> DataFrame:
        """The nodes that go."""
        links = edges.filter(F.col("kind") > verdicts.UNLIKE).select("goes", "stays")
        parts = self.tables.write(components(links, self.tables), "components")
        schema = from_arrow_schema(decisions.COMPONENT)

        texts = parts.join(found.select("node", "role", "text", "lines"), "node")
        of_goes = parts.withColumnRenamed("node", "goes")
        of_stays = parts.withColumnRenamed("node", "stays")
        ours = edges.join(of_goes, "goes")
        # Of what is unlike each side is told, but for two of one component once.
        unlike = edges.filter(F.col("kind") == verdicts.UNLIKE)
        theirs = unlike.join(of_stays, "stays").join(
            of_goes.withColumnRenamed("component", "first"), "goes", "left"
        )
        theirs = theirs.filter(~F.col("component").eqNullSafe(F.col("first")))
        rows = _shaped(texts, schema).union(_shaped(ours, schema)).union(_shaped(theirs, schema))
        return self.tables.mapped(
            together(rows, "component"), partial(decisions.decided, config=self.config),
            decisions.GONE, "gone",
        )  # fmt: skip

    def of_all(
        self, texts: DataFrame, found: DataFrame, source: DataFrame, gone: DataFrame
    ) -> DataFrame:
        """The removals of all texts, by their ids."""
        gone = gone.withColumnRenamed("node", "stands")
        all_gone = texts.select("node", "stands", "length", "level").join(gone, "stands", "left")
        goes = F.col("survivor").isNotNull() | (F.col("node") != F.col("stands"))
        removed = all_gone.filter(goes).select(
            "node", "length",
            F.coalesce("survivor", "stands").alias("survivor"),
            F.coalesce("kind", F.lit(0)).alias("kind"),
            F.coalesce("score", F.lit(1.0)).alias("score"),
        )  # fmt: skip
        removed = self.tables.write(removed, "removed")
        least = decisions.least_losing(self.config)
        losing = removed.filter((F.col("kind") > 0) & (F.col("length") >= least))
        losing = (
            losing.select("node", "survivor")
            .join(self.numbered, "node")
            .join(
                found.select(F.col("node").alias("survivor"), F.col("text").alias("survivor_text")),
                "survivor",
            )
        )
        lost = self.tables.mapped(
            losing.select("node", "text", "survivor_text"),
            partial(decisions.lost, config=self.config), decisions.LOST,
        )  # fmt: skip
        removed = removed.drop("length").join(lost, "node", "left")
        if not self.whole:
            removed = removed.union(self.headings(texts, removed))
        kind = F.element_at(F.array(*map(F.lit, map(str, _KINDS))), F.col("kind").cast("int") + 1)
        removed = removed.withColumn("kind", kind)
        names = source.schema["id"].dataType
        for column in ("node", "survivor"):
            if isinstance(names, _WHOLE_NUMBERS):
                removed = removed.withColumn(column, F.col(column).cast(names))
            else:
                ids = self.ids.withColumnRenamed("node", column)
                removed = removed.join(ids, column).drop(column).withColumnRenamed("id", column)
        return removed.select(F.col("node").alias("id"), "survivor", "kind", "score", "lost")

    def headings(self, texts: DataFrame, removed: DataFrame) -> DataFrame:
        """The headings that go with all that stands under them."""
        titles = texts.filter("level > 0").select("node", "text").orderBy("node").collect()
        gone: list[tuple[int, int]] = []
        if len(titles) > 1:
            goes = removed.select("node", F.lit(True).alias("goes"))
            marked = texts.select("node").join(goes, "node", "left")
            marked = marked.select("node", F.coalesce("goes", F.lit(False)).alias("goes"))
            numbers = np.array([row.node for row in titles], np.int64)
            under = self.tables.mapped(
                marked, partial(headings.under_headings, headings=numbers), headings.UNDER
            )
            counts = {
                row.heading: (row.stay > 0, row.go > 0)
                for row in under.groupBy("heading")
                .agg(F.sum("stay").alias("stay"), F.sum("go").alias("go"))
                .collect()
            }
            gone = headings.repeated(
                [
                    headings.Heading(row.node, row.text, *counts.get(number, (False, False)))
                    for number, row in enumerate(titles, 1)
                ],
                self.config,
            )
        rows = [(node, survivor, 0, 1.0, None) for node, survivor in gone]
        return self.tables.frame(rows, removed.schema)


def _type_of_lines() -> T.DataType:
    return from_arrow_schema(decisions.COMPONENT)["lines"].dataType


def _unsigned(name: str) -> Any:
    """A column of 32 bits without a sign, in 64."""
    return F.col(name).cast("long").bitwiseAND(F.lit(0xFFFFFFFF))


def _shaped(frame: DataFrame, schema: T.StructType) -> DataFrame:
    """The columns of a schema; null where the frame has none."""
    have = set(frame.columns)
    columns = (F.col(one.name) if one.name in have else F.lit(None) for one in schema)
    return frame.select(
        *(
            column.cast(one.dataType).alias(one.name)
            for column, one in zip(columns, schema, strict=True)
        )
    )


def _marked(settled: DataFrame, kind: int) -> DataFrame:
    """The nodes that are settled, or of a formula."""
    return settled.filter(F.col("kind") == kind).select(F.col("goes").alias("node"))


def _without(frame: DataFrame, settled: DataFrame, kind: int, name: str = "node") -> DataFrame:
    """The rows but those of nodes that are settled, or of a formula."""
    marked = _marked(settled, kind).withColumnRenamed("node", name)
    return frame.join(marked, name, "left_anti")
