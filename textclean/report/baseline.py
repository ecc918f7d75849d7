"""A baseline: the findings that a project knows of and lives with, so that only new ones count.

A finding is known again by its rule, by what it changes and by the words around it in its line.
Where that line stands does not count, nor in which file, nor marks and spaces, which repairs of its
neighbours change. Of several alike as many are known as there were.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from textclean.corpus.decisions import words_beside
from textclean.errors import ConfigError
from textclean.report.findings import Finding, Located

_KEY = "textclean-baseline"
_VERSION = 1


def fingerprint(finding: Finding, text: str) -> str:
    """What a finding is known again by, as 16 hexadecimal digits."""
    left, right = words_beside(text, finding.start, finding.end)
    known_by = "\0".join((finding.code, finding.before, finding.after, left, right))
    return blake2b(known_by.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Baseline:
    """The findings of a file that are not met yet.

    Attributes:
        met: how many were.
    """

    def __init__(self, path: Path) -> None:
        """Read a baseline.

        Raises:
            ConfigError: there is none, or the file is none.
        """
        try:
            data = json.loads(path.read_bytes())
        except FileNotFoundError:
            raise ConfigError(
                f"{path}: there is no baseline; --write-baseline {path} makes one"
            ) from None
        except OSError as error:
            raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
        except ValueError:
            data = None
        self._left = Counter[str]()
        self._paths: dict[str, str] = {}
        try:
            rows: list[dict[str, Any]] = data[{_VERSION: "findings"}[data[_KEY]]]
            for each in rows:
                self._left[each["fingerprint"]] += int(each["count"])
                self._paths[each["fingerprint"]] = each["path"]
        except (KeyError, TypeError, ValueError):
            raise ConfigError(f"{path}: is no baseline of textclean") from None
        self.met = 0

    def unknown(self, found: Iterable[Located]) -> Iterator[Located]:
        """Those of the findings that are not in the baseline."""
        for each in found:
            key = fingerprint(each.finding, each.text)
            if self._left[key] > 0:
                self._left[key] -= 1
                self.met += 1
            else:
                yield each

    def gone(self, paths: Iterable[str]) -> int:
        """How many that stood in these files were not met: repaired, or no longer there."""
        looked_at = set(paths)
        return sum(count for key, count in self._left.items() if self._paths.get(key) in looked_at)


def baseline_json(found: Iterable[Located]) -> str:
    """The findings as a baseline: a line for each kind, in the order in which they were met."""
    counts: Counter[str] = Counter()
    firsts: dict[str, Finding] = {}
    for each in found:
        key = fingerprint(each.finding, each.text)
        counts[key] += 1
        firsts.setdefault(key, each.finding)
    rows = [
        json.dumps(
            {
                "fingerprint": key,
                "count": counts[key],
                "rule": finding.code,
                "path": finding.path,
                "before": finding.before,
                "after": finding.after,
            },
            ensure_ascii=False,
        )
        for key, finding in firsts.items()
    ]
    body = ",\n".join(rows)
    return f'{{"{_KEY}": {_VERSION}, "findings": [\n{body}\n]}}\n'
