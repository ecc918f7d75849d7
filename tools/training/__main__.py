"""Everything that is trained or counted for textclean: ``python -m tools.training NAME FOLDER…``.

Folders hold clean prose (`tools.training.corpus`); without ``--output`` the file that the package
reads is written. The same folders, options and versions of numpy and numba give the same file.
``textclean/models/data/README.md`` says what the files in the package were made with.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from textclean.errors import TextcleanError
from tools.command import command

COMMANDS = {
    "slots": "models/data/slots.bin: what a space was; --stage for one of its four networks",
    "quotes": "models/data/quotes.bin: which change mends a lone quote",
    "quote-reranker": "prints the thirteen weights of punctuation/quote_reranker.py",
    "ends": "models/data/ends.bin: whether last words are a sentence, broken off, a title",
    "seams": "models/data/seams.bin: whether one text goes on in another",
    "clauses": "models/data/clauses.bin: whether a last clause breaks off; needs seams.bin",
    "encoder": "models/data/encoder.bin: how well two texts suit each other",
    "bigrams": "models/data/bigrams.bin: which characters meet inside a paragraph",
    "joins": "models/data/joins.bin: which ideographs stand beside each other",
    "gaps": "models/data/gaps.bin: whether something is lost between two stretches",
    "copies": "dedup/data/*.txt: what recognition confuses, English words",
    "boilerplate": "models/data/boilerplate.bin: words that serve for many events",
    "unquoted-words": "punctuation/data/quotable.txt: words that print does put in quotes",
    "contexts": "placeholders/data/*.txt: what stands around redacted numbers and names",
    "words": "text/data/*words.txt and the tables of doublings",
    "confusions": "text/data/script_, misread_ and english_words.txt",
    "characters": "text/data/*.txt: tables of characters, from OpenCC and Unihan",
    "swapped-signs": "text/data/swapped_signs.txt: GBK that was read as Big5, and the reverse",
    "idioms": "prints candidates for quantities/data/idioms.txt",
    "followers": "benchmarks/data/characters.json: which characters follow which",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or list all; returns the exit code. A command is ``run`` of its module."""
    name, *rest = (sys.argv[1:] if arguments is None else arguments) or [""]
    if name not in COMMANDS:
        print(__doc__, *(f"  {each:<16}{line}" for each, line in COMMANDS.items()), sep="\n")
        return 0 if name in ("", "-h", "--help") else 2
    try:
        run = import_module(f"tools.training.{name.replace('-', '_')}").run
        command(run).main(rest, f"python -m tools.training {name}", standalone_mode=False)
    except ImportError as error:
        print(f"error: {name} needs {error.name}: pip install {error.name}", file=sys.stderr)
    except TextcleanError as error:
        print(f"error: {error}", file=sys.stderr)
    except click.ClickException as error:
        error.show()
    else:
        return 0
    return 2


if __name__ == "__main__":
    sys.exit(main())
