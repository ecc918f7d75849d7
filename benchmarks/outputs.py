"""What commands print, recorded as they printed it: sections of ``docs/benchmarks.md``.

These take long, or print more than a table of ``figures.json`` holds; none prints text that is not
ours. With an output its command is
recorded, the date, the commit, the processor and the versions. The page shows it between
``<!-- output: NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from common import ROOT
from figures import origin_now

RECORD = ROOT / "benchmarks" / "outputs.json"
#: The commands by name, as they are typed behind ``python``.
OUTPUTS: Mapping[str, str] = {
    "check-and-fix": "benchmarks/check_and_fix.py",
    "columns": "benchmarks/columns.py",
    "consensus": "benchmarks/consensus.py",
    "dedup-loads": "benchmarks/dedup_loads.py",
    "dedup-scaling": "benchmarks/dedup.py --scaling --rounds 1 --sizes 125000,500000,1000000",
    "duplicates": "benchmarks/duplicates.py",
    "ends": "benchmarks/ends.py --paragraphs 1000",
    "file-encodings": "benchmarks/file_encodings.py",
    "implementations": "benchmarks/implementations.py",
    "mojibake": "benchmarks/mojibake.py",
    "ocr": "benchmarks/ocr.py",
    "quantities": "benchmarks/quantities.py",
    "quotes": "benchmarks/quotes.py --paragraphs 1500",
    "restoration": "benchmarks/restoration.py",
    "restoration-made": "benchmarks/restoration.py --made 500",
    "slots": "benchmarks/punctuation.py",
    "stitches": "benchmarks/stitches.py",
    "streaming": "benchmarks/streaming.py",
    "twins": "benchmarks/twins.py",
}  # fmt: skip


def read_outputs(path: Path = RECORD) -> dict[str, Any]:
    """The recorded outputs, by name; nothing if there is no record."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def record_output(name: str, path: Path = RECORD) -> None:
    """Run a command and record what it prints; a command that fails is not recorded.

    Raises:
        subprocess.CalledProcessError: the command failed.
    """
    command = OUTPUTS[name]
    done = subprocess.run(
        [sys.executable, *command.split()], cwd=ROOT, check=True, text=True, encoding="utf-8",
        stdout=subprocess.PIPE,
    )  # fmt: skip
    record = read_outputs(path)
    record[name] = {**origin_now(), "command": command, "output": done.stdout.strip("\n")}
    ordered = dict(sorted(record.items()))
    path.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
