"""The verdict on one pair of folds, without compiled loops: what the search is held to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from textclean.dedup.kernels.folding import Folds
from textclean.dedup.kernels.verdicts import Judge
from textclean.dedup.verify import MISREAD, Verdict


class Piece(NamedTuple):
    """Where in a fold another one stands, and how much of that one is there: 1 if all of it."""

    start: int
    end: int
    share: float


def folds_of(*texts: str) -> Folds:
    ends = np.cumsum([len(text) for text in texts])
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
    return Folds(codes, np.append(0, ends[:-1]), ends)


def judge_all(pairs: list[tuple[str, str]], similar: bool, *, compiled: bool) -> list[Verdict]:
    folds = folds_of(*(fold for pair in pairs for fold in pair))
    ones = np.arange(0, 2 * len(pairs), 2)
    alike = np.full(len(pairs), similar)
    out = Judge(folds, MISREAD, compiled).verdicts((ones, ones + 1), alike)
    return list(map(Verdict, out.tolist()))


def pieces_of_all(
    pairs: list[tuple[str, str]], *, misread: float = MISREAD, compiled: bool
) -> list[list[Piece]]:
    folds = folds_of(*(fold for pair in pairs for fold in pair))
    ones = np.arange(0, 2 * len(pairs), 2)
    out = Judge(folds, misread, compiled).pieces((ones, ones + 1))
    found = []
    for (_, whole), (head, tail) in zip(pairs, out.tolist(), strict=True):
        found.append([Piece(0, int(head[0]), head[1])] if head[1] >= 0 else [])
        if tail[1] >= 0:
            found[-1].append(Piece(len(whole) - int(tail[0]), len(whole), tail[1]))
    return found


def judge(first: str, second: str, *, similar: bool = True, misread: float = MISREAD) -> Verdict:
    pair = np.array([0]), np.array([1])
    alike = np.array([similar])
    [verdict] = Judge(folds_of(first, second), misread, compiled=False).verdicts(pair, alike)
    return Verdict(int(verdict))


def pieces(part: str, whole: str, *, misread: float = MISREAD) -> list[Piece]:
    return pieces_of_all([(part, whole)], misread=misread, compiled=False)[0]
