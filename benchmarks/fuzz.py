"""The promises on random strings and random files: how many were tried, and what broke.

    python -m benchmarks.fuzz [--strings N] [--documents N] [--seed S] [--seconds T]

Both are tried in batches, 10,000 strings or 400 files, each with a seed of its own: S, S + 1, … A
line is printed for each, so a campaign that was broken off goes on with the next seed.

Strings are cut, mutated and mixed from the seeds, all examples of rules, marks, markup, controls,
bidirectional marks and any Unicode (`tests/random_texts.py`); where gold data is beside the
project, from that too. Asked of each: do the edits lead to the text and back, in order and without
overlap; does a second cleaning change nothing; is what is protected untouched; in tier `safe`, are
all digits and Han characters kept; does `clean_many` say the same?

Documents are files of all formats, compressions and encodings (`tests/random_folders.py`), forty a
folder. Each folder goes through `run` and `undo`, `dedup` and `undo`, `fix --record` and `undo
--record`: every file must come back, and what `fix` wrote must be clean.

A fault is printed with what makes it again; then the command ends with 1.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

from click.testing import CliRunner

from tests.folders import contents
from tests.promises import broken
from tests.random_folders import content, random_folder
from tests.random_texts import random_config, random_text
from textclean import Config, clean, clean_many
from textclean.cli import commands
from tools.command import command

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
FILES = 40
#: How many of each have a seed, and how many strings go through one configuration: a plan of rules
#: is made for each.
STRINGS, DOCUMENTS, ALIKE = 10_000, 400, 4
#: Half the strings are cut out of longer ones, at any place, to this many characters.
CUT = 8, 80


def gold_texts() -> tuple[str, ...]:
    """The strings of the gold data that is beside the project, if it is."""
    return tuple(
        value
        for path in sorted(GOLD.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        for value in json.loads(line).values()
        if isinstance(value, str) and len(value) > 8
    )


class Strings(NamedTuple):
    """What became of a batch of strings."""

    tried: int
    faults: int
    lengths: tuple[int, ...]


def strings(count: int, seed: int) -> Iterator[tuple[str, Config]]:
    """Random strings, each with the configuration it is cleaned with."""
    chance, gold, config = random.Random(seed), gold_texts(), Config()
    for number in range(count):
        if number % ALIKE == 0:
            config = random_config(chance)
        text = random_text(chance, gold)
        if chance.random() < 0.5:
            at = chance.randint(0, max(0, len(text) - CUT[0]))
            text = text[at : at + chance.randint(*CUT)]
        yield text, config


def try_strings(count: int, seed: int, until: float) -> Strings:
    """A batch of strings; stops when the time is over."""
    faults = 0
    batch: list[str] = []
    lengths: list[int] = []
    for text, config in strings(count, seed):
        if time.monotonic() > until:
            break
        lengths.append(len(text))
        try:
            said = list(broken(text, config))
        except Exception as error:
            said = [f"{type(error).__name__}: {error}"]
        for fault in said:
            print(f"{fault}\n  clean({text!r}, {chosen(config)})", flush=True)
        faults += bool(said)
        if len(lengths) % 50 == 0:
            batch.append(text)
    alone = [clean(text) for text in batch]
    for one, other in zip(alone, clean_many(batch, workers=2), strict=True):
        if (one.text, one.columns) != (other.text, other.columns):
            faults += 1
            print(f"clean_many says otherwise\n  {one.original!r}")
    return Strings(len(lengths), faults, tuple(sorted(lengths)))


def chosen(config: object) -> str:
    """The options of a configuration that are not as by default."""
    default = type(config)()
    return ", ".join(
        f"{name}={value!r}"
        for name, value in vars(config).items()
        if not name.startswith("_") and value != getattr(default, name, None)
    )


def call(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(commands, [str(word) for word in words], catch_exceptions=True)
    error = result.exception
    if error is not None and not isinstance(error, SystemExit):
        return 99, repr(error)
    return result.exit_code, result.stderr


def try_documents(count: int, seed: int, until: float, work: Path) -> tuple[int, int, int]:
    """How many files and texts were tried, and how many faults there were."""
    chance, files, texts, faults = random.Random(seed), 0, 0, 0
    reasons: Counter[str] = Counter()
    number = 0
    while files < count and time.monotonic() < until:
        here = work / f"{number:05}"
        texts += random_folder(here / "in", FILES, chance)
        tier = chance.choice(("safe", "suggested"))
        said = list(folder_faults(here, tier, reasons, number % 5 == 0))
        for fault in said:
            print(f"{fault}\n  seed {seed}, folder {number}, tier {tier}", flush=True)
        faults += len(said)
        files += FILES
        number += 1
        if not said:
            remove(here)
    for reason, times in reasons.most_common():
        print(f"refused, with nothing changed: {times} {reason}")
    return files, texts, faults


def folder_faults(here: Path, tier: str, reasons: Counter[str], page: bool) -> Iterator[str]:
    given = {name: content(name, data) for name, data in contents(here / "in").items()}
    os.chdir(here)
    for verb in "run", "dedup":
        # The page takes as long as the rest; it changes nothing, and one in five is made.
        options = ("--tier", tier, "--report" if page else "--no-report") if verb == "run" else ()
        code, said = call(verb, "in", "-o", f"{verb}-out", *options)
        refused = _refused(code, said, given, reasons)
        if code not in (0, 2):
            yield f"{verb} ends with {code}: {said[-2000:]}"
            continue
        code, said = call("undo", f"{verb}-out", "-o", f"{verb}-back")
        if code:
            yield f"undo of {verb} ends with {code}: {said[-2000:]}"
            continue
        yield from _other(verb, here / f"{verb}-back", given, refused)
    code, said = call("fix", "in", "--tier", tier, "--record", "record.jsonl")
    _refused(code, said, given, reasons)
    if code not in (0, 2):
        yield f"fix ends with {code}: {said[-2000:]}"
        return
    fixed = contents(here / "in")
    call("fix", "in", "--tier", tier)
    for name, data in contents(here / "in").items():
        if data != fixed[name]:
            yield f"fixed again, {name} changes"
            (here / "in" / name).write_bytes(fixed[name])
    if Path("record.jsonl").exists():
        code, said = call("undo", "--record", "record.jsonl")
        if code:
            yield f"undo --record ends with {code}: {said[-2000:]}"
    yield from _other("fix", here / "in", given, set())


def _refused(code: int, said: str, given: dict[str, object], reasons: Counter[str]) -> set[str]:
    """The files that a command names as failed."""
    names: set[str] = set()
    for line in said.splitlines() if code == 2 else ():
        for name in given:
            if f"{name}:" in line:
                names.add(name)
                reasons[line.split(f"{name}:", 1)[1].strip()[:60]] += 1
    return names


def _other(verb: str, folder: Path, given: dict[str, object], refused: set[str]) -> Iterator[str]:
    back = {name: content(name, data) for name, data in contents(folder).items()}
    for name, data in given.items():
        if name not in back and name not in refused:
            yield f"{verb}: {name} does not come back"
        elif name in back and back[name] != data:
            yield f"{verb}: {name} comes back as another"


def remove(folder: Path) -> None:
    import shutil

    os.chdir(folder.parent)
    shutil.rmtree(folder)


def batches(count: int, size: int, seed: int) -> Iterator[tuple[int, int]]:
    """How many each batch has, and its seed."""
    for number, begin in enumerate(range(0, count, size)):
        yield min(size, count - begin), seed + number


@command
def main(
    strings: Annotated[int, "random strings"] = 10_000,
    documents: Annotated[int, "random files"] = 400,
    seed: Annotated[int, "of the first batch; the next has the next"] = 1,
    seconds: Annotated[float, "after which neither goes on"] = 3600.0,
) -> None:
    until = time.monotonic() + seconds
    all_faults = 0
    tried = 0
    for count, own in batches(strings, STRINGS, seed):
        if time.monotonic() > until:
            break
        done, faults, lengths = try_strings(count, own, until)
        tried, all_faults = tried + done, all_faults + faults
        tenths = ", ".join(str(lengths[done * tenth // 10]) for tenth in (1, 5, 9)) if done else ""
        print(
            f"{done:,} strings with seed {own}: {faults} at fault; in all {tried:,}; "
            f"characters at 1, 5 and 9 tenths: {tenths}",
            flush=True,
        )
    tried = texts = 0
    for count, own in batches(documents, DOCUMENTS, seed):
        if time.monotonic() > until:
            break
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
            (Path(work) / "textclean.toml").write_text("")
            files, more, faults = try_documents(count, own, until, Path(work))
            os.chdir(ROOT)
        tried, texts, all_faults = tried + files, texts + more, all_faults + faults
        print(
            f"{files:,} files with seed {own}: {faults} faults; in all {tried:,} with {texts:,} "
            "texts",
            flush=True,
        )
    sys.exit(bool(all_faults))


if __name__ == "__main__":
    main()
