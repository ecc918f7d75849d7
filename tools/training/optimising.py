"""The optimisers: AdaGrad where most weights are met seldom, Adam for networks that move whole.

Duchi, Hazan and Singer, *Adaptive subgradient methods*, 2011; Kingma and Ba, *Adam: a method for
stochastic optimization*, 2015.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tools.training.compiling import compiled

Arrays = Mapping[Any, Any]


@compiled
def adagrad(values: Any, squares: Any, at: Any, slope: Any, rate: Any) -> None:
    """Move one number of an array against its slope; `squares` sums up the squared slopes."""
    squares[at] += slope * slope
    values[at] -= rate * slope / np.sqrt(squares[at])


class Adam:
    """Moves named arrays against their slopes."""

    def __init__(self, values: Arrays, square: float = 0.999, least: float = 1e-8) -> None:
        """Take the arrays, which are changed in place.

        Args:
            square: how slowly the mean of squared slopes changes.
            least: what is added to its root.
        """
        self._values, self._square, self._least = values, square, least
        self._moments = {name: np.zeros_like(value) for name, value in values.items()}
        self._squares = {name: np.zeros_like(value) for name, value in values.items()}
        self._steps = 0

    def step(self, slopes: Arrays, rate: float) -> None:
        """Move every array."""
        self._steps += 1
        for name, slope in slopes.items():
            moment, square = self._moments[name], self._squares[name]
            moment *= 0.9
            moment += 0.1 * slope
            square *= self._square
            square += (1 - self._square) * slope * slope
            mean = moment / (1 - 0.9**self._steps)
            spread = np.sqrt(square / (1 - self._square**self._steps)) + self._least
            value = self._values[name]
            value -= rate * mean / spread
