"""Records with planted copies, in files; and folders to work in whose steps are small."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("numba", reason="needs the extra [dedup]")

from tests.dedup.passages import misread, seed_paragraphs
from textclean.corpus import kept_outcomes, whole_results
from textclean.engines.disk.folder import WorkFolder

#: Has the steps of a run be of so many texts.
SetSize = Callable[[int], None]


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> SetSize:
    """Sets how many texts a step is of."""

    def set_size(size: int) -> None:
        monkeypatch.setattr(WorkFolder, "together", size)
        monkeypatch.setattr(whole_results, "_KEPT_BYTES", size * 100)
        monkeypatch.setattr(kept_outcomes, "TOGETHER", size)

    return set_size


def documents(seed: int, count: int = 120) -> list[str]:
    """Paragraphs and longer documents; copies exact, misread, cut, with other numbers, and more."""
    random = Random(seed)
    paragraphs = seed_paragraphs()
    found: list[str] = []
    while len(found) < count:
        chosen = random.sample(paragraphs, random.choice([1, 1, 1, 2, 4]))
        whole = "\n".join(chosen)
        found.append(whole)
        kind = random.randrange(9)
        if kind == 0:
            found.append(misread(whole, random))
        elif kind == 1:
            found.append(whole.replace("，", ","))
        elif kind == 2:
            found += ["\n".join(chosen[:size]) for size in range(1, len(chosen))]
        elif kind == 3:
            found.append("".join(random.choice("123456789") if c.isdigit() else c for c in whole))
        elif kind == 4:
            found.append(whole[: len(whole) * 9 // 10])
        elif kind == 5:
            found += [whole] * random.randint(1, 3)
        elif kind == 6:
            found.append(random.choice(["", "好。", "　"]))
    random.shuffle(found)
    return found


def write_jsonl(path: Path, texts: Sequence[str]) -> Path:
    """Records of some texts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = (json.dumps({"id": n, "text": t}, ensure_ascii=False) for n, t in enumerate(texts))
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path
