"""The checksums of the tables that come with the package, after one was changed.

python -m tools.lexicon_sums
"""

from __future__ import annotations

from textclean.text.lexicon_files import SUMS, written_sums

if __name__ == "__main__":
    SUMS.write_text(written_sums(), encoding="ascii")
    print(f"{SUMS}: written")
