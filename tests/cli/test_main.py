"""What holds for every command: start-up, help, errors, interrupts, pipes, encodings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import DAMAGED, ENVIRONMENT, Call, Spawn
from tests.tables import cases
from textclean import __version__
from textclean.cli import commands

COMMANDS = ["check", "fix", "run", "dedup", "undo", "rules"]
# What no check of a file needs, and what would be felt at every commit.
HEAVY = {
    "concurrent.futures", "datasketch", "importlib.metadata", "multiprocessing", "numba", "numpy",
    "opencc", "pyarrow", "rapidfuzz", "regex", "rich",
}  # fmt: skip


def imported_by(script: str, folder: Path) -> set[str]:
    """The modules that are loaded when a script ends."""
    ending = "\nimport json, sys\nsys.stderr.write('\\n' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script + ending],
        capture_output=True,
        cwd=folder,
        env=ENVIRONMENT,
        check=True,
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "arguments", [["check", "a.txt"], ["fix", "a.txt"], ["fix", "--diff", "."]]
)
def test_looking_at_a_file_loads_nothing_heavy(folder: Path, arguments: list[str]) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    script = (
        "from textclean.cli import commands\n"
        f"try: commands({arguments!r}, prog_name='textclean')\n"
        "except SystemExit: pass"
    )
    loaded = imported_by(script, folder)
    assert "textclean.cleaning" in loaded
    assert loaded & HEAVY == set()
    assert {
        name for name in loaded if name.startswith(("textclean.dedup", "textclean.engines"))
    } == set()


def test_a_command_is_imported_when_it_is_called(folder: Path) -> None:
    loaded = imported_by("from textclean.cli import commands", folder)
    assert {name for name in loaded if name.startswith("textclean.c")} <= {
        "textclean.cli", "textclean.cli.output",
    }  # fmt: skip


def test_all_commands_are_there(call: Call) -> None:
    result = call("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_help_gives_examples(call: Call, name: str) -> None:
    result = call(name, "--help")
    assert result.exit_code == 0
    assert f"Examples:\n    textclean {name}" in result.stdout


@pytest.mark.parametrize("name", ["check", "fix", "run"])
def test_the_shared_options_are_the_same_everywhere(name: str) -> None:
    context = commands.make_context("textclean", ["rules"])
    command = commands.get_command(context, name)
    assert command is not None
    flags = {
        flag
        for parameter in command.params
        for flag in (*parameter.opts, *parameter.secondary_opts)
    }
    assert flags >= {
        "--select", "--ignore", "--tier", "--style", "--latin-space", "--indent", "--blank-lines",
        "--text-field", "--exclude", "--no-force-exclude", "--as", "--config", "--no-config",
        "--isolated",
    }  # fmt: skip


def test_the_version_is_told(call: Call) -> None:
    assert call("--version").stdout == f"textclean {__version__}\n"


@cases
def test_an_error_is_one_message_and_exit_status_2(
    folder: Path, call: Call, arguments: tuple[str, ...], said: str
) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    result = call(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("way", ["module", "script"])
@pytest.mark.parametrize(
    "arguments",
    [("fix", "a.txt"), ("rules",), ("run", "a.txt", "-o", "out", "--exclude", "b")],
    ids=lambda arguments: arguments[0],
)
def test_nothing_is_imported_from_the_current_folder(
    folder: Path, tmp_path: Path, way: str, arguments: tuple[str, ...]
) -> None:
    if arguments[0] == "run":
        pytest.importorskip("numba", reason="needs the extra [dedup]")
    (folder / "a.txt").write_text(DAMAGED)
    hostile = "click", "json", "multiprocessing", "numba", "numpy", "rapidfuzz", "rich"
    for name in hostile:
        (folder / f"{name}.py").write_text("open('ran', 'w').close()\nraise SystemExit(3)\n")
    script = tmp_path / "textclean"  # what an installer writes into the folder of programs
    script.write_text("from textclean.cli import main\nmain()\n")
    start = ["-m", "textclean"] if way == "module" else [str(script)]
    done = subprocess.run(
        [sys.executable, *start, *arguments],
        capture_output=True,
        cwd=folder,
        env=ENVIRONMENT,
        check=False,
    )
    assert not (folder / "ran").exists()
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_ctrl_c_exits_130_without_a_traceback(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "textclean", "check", "-"],
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Where the tests run in the background, interrupts are ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdin is not None
    assert process.stderr is not None
    # More than a pipe holds: once it is written the command has read some, and waits for the rest.
    process.stdin.write(b"a" * (1 << 20))
    process.stdin.flush()
    time.sleep(0.5)  # Python sees no signal between two reads of one call
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    errors = process.stderr.read()
    process.stdin.close()
    process.stderr.close()
    assert process.returncode == 130
    assert b"Traceback" not in errors


@pytest.mark.parametrize(
    "arguments", [("check", "a.txt"), ("fix", "--diff", "a.txt"), ("rules", "P")]
)
def test_a_reader_that_leaves_is_no_error(folder: Path, arguments: tuple[str, ...]) -> None:
    (folder / "a.txt").write_text(DAMAGED * 20_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "textclean", *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=120)
    assert b"Traceback" not in errors
    assert b"BrokenPipe" not in errors


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=["C", "C without UTF-8 mode", "ASCII streams"],
)
def test_output_is_utf_8_in_any_locale(
    folder: Path, spawn: Spawn, environment: dict[str, str]
) -> None:
    (folder / "新闻.txt").write_bytes(DAMAGED.encode())
    done = spawn("check", "新闻.txt", **environment)
    assert done.returncode == 1
    assert '新闻.txt:1:13: P001 fullwidth-comma: "," → "，"' in done.stdout.decode("utf-8")
    found = json.loads(spawn("check", "新闻.txt", "--output-format", "json", **environment).stdout)
    assert found[0]["path"] == "新闻.txt"
    assert spawn("fix", "-", stdin=DAMAGED.encode(), **environment).stdout.decode("utf-8")
    assert "逗号" in spawn("rules", "P001", **environment).stdout.decode("utf-8")


def test_results_go_to_stdout_and_all_else_to_stderr(folder: Path, spawn: Spawn) -> None:
    (folder / "a.txt").write_text(DAMAGED)
    done = spawn("check", ".", "missing.txt")
    assert len(done.stdout.splitlines()) == 1
    assert b"error: missing.txt" in done.stderr
    assert b"1 file checked" in done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
