"""SIGKILL at random moments: what is on disk then, and whether all of it comes back.

Each trial begins with the same folder, ends the command at a moment between its start and the time
that it takes when it is left alone, and looks: every file must be as it was or as it would be, what
undoes it must lead back, and a second try must come to the same end.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

FILES = 40
RECORD = ".undo.jsonl"


def start(folder: Path, *arguments: str) -> int:
    """A command in a process that has imported everything already; its number."""
    from textclean.cli import commands

    process = os.fork()
    if process:
        return process
    status = 99
    try:
        os.chdir(folder)
        nowhere = os.open(os.devnull, os.O_RDWR)
        said = os.open(folder / ".said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream, to in enumerate((nowhere, nowhere, said)):
            os.dup2(to, stream)
        sys.stdout, sys.stderr = open(1, "w"), open(2, "w")  # noqa: SIM115
        commands(list(arguments), prog_name="textclean")
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    finally:
        os._exit(status)


def finish(folder: Path, *arguments: str) -> tuple[int, str]:
    """A command that is left alone: its exit status and what it says on stderr."""
    _, status = os.waitpid(start(folder, *arguments), 0)
    return os.waitstatus_to_exitcode(status), (folder / ".said").read_text()


def texts(folder: Path, shift: int = 0) -> None:
    """Damaged texts, none a copy of another."""
    folder.mkdir()
    for number in range(FILES):
        lines = [
            f"第{number + shift}号病区第{line}床的患者在{line % 12 + 1}月出院,"
            f"医务人员 随访了{line * 7 + number}次 。\n"
            for line in range(20)
        ]
        (folder / f"{number:02}.txt").write_text("".join(lines), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """What is in a folder, by name, but for hidden files."""
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*"))}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in found.items()
        if path.is_file() and not any(part.startswith(".") for part in name.parts)
    }


class Trials:
    """A command that is killed again and again; `counts` says how often what was seen.

    Attributes:
        faults: what must not be.
    """

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.folder = folder
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self._random = random.Random(seed)

    def kill(self, end: float, *arguments: str) -> None:
        """Start a command and end it at a moment up to `end` (seconds from its start)."""
        moment = time.monotonic() + self._random.uniform(0, end)
        process = start(self.folder, *arguments)
        ended = 0
        while not ended and time.monotonic() < moment:
            time.sleep(0.0005)
            ended, _ = os.waitpid(process, os.WNOHANG)
        self.counts["killed"] += not ended
        if not ended:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)

    def seconds(self, *arguments: str) -> float:
        """How long a command takes that is left alone."""
        begin = time.monotonic()
        status, said = finish(self.folder, *arguments)
        assert status == 0, said
        return time.monotonic() - begin

    def expect(self, fits: bool, what: str) -> None:
        """Note a fault."""
        if not fits:
            self.faults.append(what)

    def leftovers(self, folder: Path) -> None:
        """Count temporary files, and remove them."""
        for path in folder.rglob(".textclean-*"):
            self.counts["temporary left"] += 1
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def fix(folder: Path, number: int, *, record: bool) -> Trials:
    """``fix``, with or without ``--record``."""
    trials = Trials(folder)
    texts(folder / "old")
    shutil.copytree(folder / "old", folder / "new")
    whole = trials.seconds("fix", "new")
    old, new = contents(folder / "old"), contents(folder / "new")
    work = folder / "work"
    for _ in range(number):
        shutil.copytree(folder / "old", work)
        (folder / RECORD).unlink(missing_ok=True)
        more = ["--record", RECORD] if record else []
        trials.kill(whole, "fix", "work", *more)
        found = contents(work)
        trials.expect(found.keys() == old.keys(), "files came or went")
        torn = [name for name in found if found[name] not in (old[name], new[name])]
        trials.expect(not torn, f"neither old nor new: {torn}")
        changed = sum(found[name] == new[name] for name in found)
        trials.counts["in the midst of the files"] += 0 < changed < len(old)
        if record:
            if (folder / RECORD).exists():
                status, said = finish(folder, "undo", "--record", RECORD)
                trials.expect(status == 0, f"undo: {said}")
            trials.expect(contents(work) == old, "undo did not bring all back")
            trials.counts["undone"] += contents(work) == old
        trials.leftovers(work)
        if not record:
            finish(folder, "fix", "work")
            trials.expect(contents(work) == new, "a second fix came to another end")
        shutil.rmtree(work)
    return trials


def run(folder: Path, number: int, *, force: bool) -> Trials:
    """``run`` into a new folder, or over an earlier run of other texts."""
    trials = Trials(folder)
    texts(folder / "old")
    texts(folder / "other", shift=100)
    from textclean.config import Config
    from textclean.corpus.run import run as warm_up

    warm_up([folder / "other"], folder / "earlier", Config())  # compiled code is loaded once
    whole = trials.seconds("run", "old", "-o", "whole")
    expected = contents(folder / "whole")
    old, other = contents(folder / "old"), contents(folder / "other")
    for _ in range(number):
        if force:
            shutil.copytree(folder / "earlier", folder / "out")
        trials.kill(whole, "run", "old", "-o", "out", *(["--force"] if force else []))
        out = folder / "out"
        trials.counts["while it was written"] += bool(list(out.glob(".textclean-new/*")))
        trials.counts["while it took its place"] += (out / ".textclean-unfinished.json").exists()
        status, said = finish(folder, "undo", "out", "-o", "back")
        if status == 0:
            found = contents(folder / "back")
            trials.expect(found in ([old, other] if force else [old]), "undo gave something else")
            trials.counts["undo: the new inputs"] += found == old
            trials.counts["undo: the earlier inputs"] += found == other
        else:
            trials.expect(not force, f"an earlier run was lost: {said}")
            trials.expect(not contents(out) if out.exists() else True, "a part of a run was left")
            trials.counts["undo: no run yet"] += 1
        again = [] if not out.exists() or not contents(out) else ["--force"]
        status, said = finish(folder, "run", "old", "-o", "out", *again)
        trials.expect(status == 0, f"again: {said}")
        trials.expect(contents(out) == expected, "a second run came to another end")
        trials.expect(not list(out.glob(".textclean-*")), "something was left in the output")
        for name in ("out", "back"):
            shutil.rmtree(folder / name, ignore_errors=True)
    return trials


#: The experiments by name.
EXPERIMENTS: dict[str, Callable[[Path, int], Trials]] = {
    "fix": lambda folder, number: fix(folder, number, record=False),
    "fix --record": lambda folder, number: fix(folder, number, record=True),
    "run": lambda folder, number: run(folder, number, force=False),
    "run --force": lambda folder, number: run(folder, number, force=True),
}
#: How often each command is killed in the tests.
KILLS = int(os.environ.get("TEXTCLEAN_KILLS", "4"))
