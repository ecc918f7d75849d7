"""Everything that is trained or counted for textclean: ``python -m tools.training NAME FOLDER…``.

Folders hold clean prose (`tools.training.corpus`); without ``-o`` the file that the package reads
is written. The same folders, options and versions of numpy and numba give the same file.
``textclean/models/data/README.md`` says what the files in the package were made with.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType

from textclean.errors import TextcleanError
from tools.training.corpus import Split

COMMANDS = {
    "slots": "models/data/slots.bin: what a space was; --stage for one of its four networks",
    "quotes": "models/data/quotes.bin: which change mends a lone quote",
    "quote-reranker": "prints the thirteen weights of punctuation/quote_reranker.py",
    "ends": "models/data/ends.bin: whether last words are a sentence, broken off, a title",
    "seams": "models/data/seams.bin: whether one text goes on in another",
    "clauses": "models/data/clauses.bin: whether a last clause breaks off; needs seams.bin",
    "encoder": "models/data/encoder.bin: how well two texts suit each other",
    "bigrams": "models/data/bigrams.bin: which characters meet inside a paragraph",
    "boilerplate": "models/data/boilerplate.bin: words that serve for many events",
    "unquoted-words": "punctuation/data/quotable.txt: words that print does put in quotes",
    "contexts": "placeholders/data/*.txt: what stands around redacted numbers and names",
    "words": "text/data/*words.txt and the tables of doublings",
    "characters": "text/data/*.txt: tables of characters, from OpenCC and Unihan",
    "idioms": "prints candidates for quantities/data/idioms.txt",
    "followers": "benchmarks/data/characters.json: which characters follow which",
}


def parser_of(name: str, command: ModuleType) -> argparse.ArgumentParser:
    """The options of a command, as its module declares them.

    Every command reads folders. What its module may say, besides ``run(options)``:

    - ``OUTPUT``: what it writes unless ``-o`` says otherwise, a file or a folder;
    - ``SHIPPED``: the `Split` by which the shipped weights were trained, for ``--split``;
    - ``OPTIONS``: further options, with what `argparse` is to know of each.
    """
    parser = argparse.ArgumentParser(
        prog=f"python -m tools.training {name}",
        description=command.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="of clean prose")
    if output := getattr(command, "OUTPUT", None):
        parser.add_argument("-o", "--output", type=Path, default=output, help="%(default)s")
    if shipped := getattr(command, "SHIPPED", None):
        parser.add_argument(
            "--split", type=Split, choices=(Split.LINE, shipped), default=Split.LINE,
            help=f"what is held out: by first lines, or as for the shipped weights ({shipped})",
        )  # fmt: skip
    for option, known in getattr(command, "OPTIONS", {}).items():
        parser.add_argument(option, **known)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or list all; returns the exit code."""
    name, *rest = (sys.argv[1:] if arguments is None else arguments) or [""]
    if name not in COMMANDS:
        print(__doc__, *(f"  {each:<16}{line}" for each, line in COMMANDS.items()), sep="\n")
        return 0 if name in ("", "-h", "--help") else 2
    try:
        command = import_module(f"tools.training.{name.replace('-', '_')}")
    except ImportError as error:
        print(f"error: {name} needs {error.name}: pip install {error.name}", file=sys.stderr)
        return 2
    options = parser_of(name, command).parse_args(rest)
    try:
        command.run(options)
    except TextcleanError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    output = getattr(options, "output", None)
    if output is not None and output.is_file():
        data = output.read_bytes()
        print(f"{output}: {len(data):,} bytes, sha256 {sha256(data).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
