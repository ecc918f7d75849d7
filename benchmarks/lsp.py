"""How fast the language server answers a keystroke in a file of 50,000 characters.

    python benchmarks/lsp.py [--keys N] [FOLDER…]

A comma is typed between two Chinese characters, at another place each time, and the server is
driven over its protocol: milliseconds from the message until the first diagnostics of the new text
come (those that are known, moved along, or new ones already), until the comma is among them (they
are then what `check` finds at tier safe), and until the suggestions are there. Beside the clock,
the processor time of the server's process until the first answer: on a loaded machine the clock
tells of its neighbours. Bar: 100 ms for an answer.

The texts are the seeds and, where there are any, the files of each folder, one behind another.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from common import ROOT, SHARED, seeds
from figures import Figure

from tools.command import Folders, command

SIZE, KEYS = 50_000, 12
#: Milliseconds from a keystroke to an answer: nobody notices less.
BAR = 100
_TICKS = os.sysconf("SC_CLK_TCK")
#: Seconds without a message after which no more is to come for a keystroke.
_REST = 4.0


class Client:
    """A client that speaks the protocol by hand: making objects of messages would take its time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "textclean", "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self._send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
        while self._receive().get("id") != 1:
            pass
        self._send("initialized", {})

    def _send(self, method: str, params: Any, number: int | None = None) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if number is not None:
            message["id"] = number
        body = json.dumps(message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        size = 0
        while (line := self._process.stdout.readline()) != b"\r\n":
            if line.startswith(b"Content-Length:"):
                size = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self._process.stdout.read(size))
        return message

    def processor_time(self) -> float:
        """Seconds that the server's process has used."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / _TICKS

    def open(self, text: str) -> int:
        """Open a text and wait until everything is known of it; how many findings there are."""
        item = {"uri": "file:///a.txt", "languageId": "plaintext", "version": 1, "text": text}
        self._send("textDocument/didOpen", {"textDocument": item})
        self.diagnostics()
        return len(self.diagnostics()["diagnostics"])

    def diagnostics(self, version: int = 1) -> dict[str, Any]:
        """The next diagnostics of a version of the text."""
        while True:
            message = self._receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                params: dict[str, Any] = message["params"]
                if params["version"] == version:
                    return params

    def type(self, line: int, units: int, version: int) -> tuple[float, float, float, float]:
        """Milliseconds until the first answer, the comma's and all, and of the processor."""
        place = {"line": line, "character": units}
        change = {"range": {"start": place, "end": place}, "text": ","}
        used, start = self.processor_time(), time.perf_counter()
        document = {"uri": "file:///a.txt", "version": version}
        self._send("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
        first = comma = 0.0
        taken = 0.0
        for number in range(2):
            shown = self.diagnostics(version)["diagnostics"]
            now = 1000 * (time.perf_counter() - start)
            if not number:
                first, taken = now, 1000 * (self.processor_time() - used)
            if not comma and any(each["range"]["start"] == place for each in shown):
                comma = now
        return first, comma or now, now, taken

    def close(self) -> None:
        """End the server."""
        self._send("shutdown", None, 2)
        while self._receive().get("id") != 2:
            pass
        self._send("exit", None)
        self._process.wait()


def texts(folders: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    yield "seeds", "\n".join(seeds().values())
    for folder in folders or tuple(sorted((SHARED / "wild").glob("*/"))):
        files = sorted((*folder.glob("*.txt"), *folder.glob("*.md")))
        yield folder.name, "\n".join(path.read_text(encoding="utf-8") for path in files)


def places(text: str, number: int) -> Iterator[tuple[int, int]]:
    """Lines and columns between two Chinese characters, all over a text."""
    lines = text.split("\n")
    good = [
        (line, at)
        for line, content in enumerate(lines)
        for at in range(4, len(content) - 4)
        if len(content) > 30
        and all("\u4e00" <= each <= "\u9fff" for each in content[at - 4 : at + 4])
        and content.isprintable()
        and content == content.encode("utf-16-le", "replace").decode("utf-16-le")
    ]
    step = max(len(good) // (number + 1), 1)
    yield from good[step::step][:number]


class Typed(NamedTuple):
    """What was measured in a text."""

    name: str
    findings: int
    #: Milliseconds of each keystroke, by column: first, comma, suggestions, processor.
    columns: list[list[float]]


def typed(folders: tuple[Path, ...] = (), keys: int = KEYS) -> Iterator[Typed]:
    """Keystrokes in each text that is long enough; the first two fill caches."""
    for name, text in texts(folders):
        text = text.replace("\r\n", "\n").replace("\r", "\n")[:SIZE]
        if len(text) < SIZE:
            print(f"{name}: only {len(text)} characters")
            continue
        client = Client()
        findings = client.open(text)
        times = [client.type(*place, 2 + key) for key, place in enumerate(places(text, keys))]
        client.close()
        yield Typed(name, findings, [[each[at] for each in times[2:]] for at in range(4)])


def measure() -> Iterator[Figure]:
    """The server's processor time until its first answer; its clock ticks every 10 ms."""
    for name, findings, columns in typed():
        yield Figure(name, "findings", findings, "shown", form=",.0f")
        span = (min(columns[3]), max(columns[3]))
        yield Figure(
            name, "first answer, ms", statistics.median(columns[3]), "shown", "less", BAR, ".0f",
            span,
        )  # fmt: skip


@command
def main(folders: Folders = (), keys: Annotated[int, "keystrokes in each text"] = KEYS) -> None:
    print(f"{'text':10} {'first':>18} {'comma':>18} {'suggestions':>18} {'processor':>14}  (ms)")
    for name, _, columns in typed(folders, keys):
        print(f"{name:10} " + " ".join(f"{_figures(each):>18}" for each in columns))


def _figures(values: list[float]) -> str:
    return f"{statistics.median(values):.0f} (at most {max(values):.0f})"


if __name__ == "__main__":
    main()
