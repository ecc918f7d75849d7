"""The deduplication and the cleaning on Spark, where the texts lie on many machines.

`deduplicate` removes what `textclean.deduplicate` would remove of the same texts in one memory. The
kernels and the functions that decide are the same; Spark brings together what they must see. Why
the result is equal stands in `deduplication`. Each module answers one question:

- `deduplication`: what is done in which order? (`deduplicate`)
- `cleaning`: what becomes of each document? (`clean`)
- `nodes`: which texts are compared at all, and by what are they found?
- `prefixes`: which texts begin or end another one?
- `crowds`: which texts of hot bands are settled before there are pairs?
- `pairs`: which texts share bands and anchors?
- `verdicts`: what is a pair?
- `rounds`: which pairs of groups are compared? `leaders`: what is asked of these where they lie.
- `components`: which texts hang together? Joins, again and again.
- `decisions`: what stays of those that hang together?
- `headings`: which headings go with all that stands under them?
- `lines`: how many documents have a line?
- `streams`: batches of Arrow in, whole groups out. `tables`: what is kept between two steps, where?

The functions that run on executors take and give batches of Arrow and import no PySpark.
"""

from textclean.engines.spark.cleaning import clean
from textclean.engines.spark.deduplication import deduplicate

__all__ = ["clean", "deduplicate"]
