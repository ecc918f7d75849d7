"""Several readings of one text: `consensus`, and what it returns.

``tokens`` and ``alignment`` lay readings on each other, ``columns`` is what each has at each place;
``base`` chooses the reading that the others mend, ``lost_lines`` what it lost whole; ``reliability``
and ``voting`` weigh the readings and how they read, ``decisions`` says what that decides.
"""

from textclean.consensus.merging import consensus
from textclean.consensus.result import Consensus, Source

__all__ = ["Consensus", "Source", "consensus"]
