"""The benchmarks' own machinery: record, page, plots, and the two that say whether it matters."""

import sys

from tests.seeds import ROOT

# They are called as programs, and import each other by name.
if str(ROOT / "benchmarks") not in sys.path:
    sys.path.append(str(ROOT / "benchmarks"))
