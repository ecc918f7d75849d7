"""How two texts differ, for people to read."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

#: Above this many characters two texts are aligned by clauses: by characters it takes too long.
_ALIGN_BY_CHARACTER = 2000
_CLAUSE = re.compile(r"[^，。；！？,;!?\n]*[，。；！？,;!?\n]?", re.DOTALL)


def difference(removed: str, survivor: str) -> str:
    """One text with marks: ``[-…-]`` stands in `removed` only, ``{+…+}`` in `survivor` only."""
    if max(len(removed), len(survivor)) <= _ALIGN_BY_CHARACTER:
        first, second = list(removed), list(survivor)
    else:
        first, second = _CLAUSE.findall(removed), _CLAUSE.findall(survivor)
    parts: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag == "equal":
            parts += first[i:j]
            continue
        if i < j:
            parts.append(f"[-{''.join(first[i:j])}-]")
        if k < m:
            parts.append(f"{{+{''.join(second[k:m])}+}}")
    return "".join(parts)
