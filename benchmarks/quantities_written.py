"""A million random quantities, written in every form that Chinese has for them, and read back.

    python benchmarks/quantities_written.py [--count N] [--seed N] [--styled N]

Each is read as it was written (`tests/quantities/written.py` writes it, and knows what it means),
and one in ``--styled`` once more after a random style has rewritten it. Printed are the
differences: there must be none.
"""

from __future__ import annotations

import time
from collections import Counter
from random import Random

from common import options

from tests.quantities.written import FORMS, difference, in_context, random_style
from textclean.quantities import find, normalize


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=15835)
    parser.add_argument("--styled", type=int, default=5)
    parser.add_argument("--show", type=int, default=20)
    arguments = parser.parse_args()
    random = Random(arguments.seed)
    wrong: Counter[str] = Counter()
    rewritten = 0
    start = time.perf_counter()
    for turn in range(arguments.count):
        form = random.choice(FORMS)
        written = form(random)
        text, at = in_context(random, written)
        problem = difference(written, at, find(text))
        if problem is None and turn % arguments.styled == 0:
            after = normalize(text, random_style(random)).text
            rewritten += after != text
            problem = difference(written, at, find(after), len(after) - len(text))
            if problem is not None:
                problem = f"{after}: {problem}"
        if problem is not None:
            wrong[form.__name__] += 1
            if sum(wrong.values()) <= arguments.show:
                print(f"  {form.__name__}: {text}: {problem}")
    took = time.perf_counter() - start
    print(
        f"{arguments.count:,} quantities in {took:.0f} s, {rewritten:,} of them rewritten by a"
        f" style: {sum(wrong.values())} differences {dict(wrong)}"
    )


if __name__ == "__main__":
    main()
