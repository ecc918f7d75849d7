"""What is done to the quantities of clean prose: edits by rule and style, each proven once more.

    python benchmarks/quantity_edits.py [--corpus FILE] [--megabytes N] [--sample N] [--only NAME]

The rules run as `clean` runs them at `safe` and at `suggested`, the styles as `normalize` does.
Clean prose has little to repair, so nearly every edit of a rule is one to look at. Every edit is
made alone in its text and read by `find`: one that only tidies must leave every quantity its kind,
value, unit, bound and precision; one that puts a torn number together must keep its digits, and
give one quantity with a unit or a magnitude, or a date. What does not, even with the edits beside
it, is printed as a proof that fails, and so is an edit that alters an idiom: there must be none of
either. But an idiom that `find` takes for a number passes any proof: ``--sample`` prints so many of
the edits, drawn at random, for somebody to read, of one rule or style where ``--only`` names it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Annotated, NamedTuple

from common import CORPUS, SEEDS

from textclean import Config, Edit, Tier, clean
from textclean.quantities import Kind, Quantity, Style, find, normalize
from tools.command import command
from tools.training.corpus import text_of

NEWS = CORPUS / "news.txt.xz"
PROSE = NEWS if NEWS.exists() else SEEDS
#: UTF-8 has some 2.7 bytes for a character of this prose.
BYTES_A_CHARACTER = 2.7
RULES = ("Q0",)
STYLES = {
    "gbt15835": Style(name="gbt15835"),
    "symbols and thousands": Style(name="symbols", units="symbol", grouping="comma"),
    "figures": Style(name="figures", numerals="digits"),
}
#: The rules that put together what was read as several numbers.
TORN = frozenset(("Q003", "Q004", "Q005", "Q006", "Q007", "Q008"))
#: Characters on either side that are read with an edit, and printed with it.
REACH, SHOWN = 60, 16
_meaning = attrgetter("kind", "value_text", "unit", "bound", "precision")


class Case(NamedTuple):
    """The edits of one group, and where they come from: a rule at a tier, or a style."""

    source: str
    text: str
    edits: list[Edit]

    @property
    def start(self) -> int:
        """Where the first edit begins."""
        return self.edits[0].start

    @property
    def end(self) -> int:
        """Where the last edit ends."""
        return self.edits[-1].end

    def shown(self) -> str:
        """A line for a reader."""
        low, high = max(0, self.start - SHOWN), self.end + SHOWN
        before, behind = self.text[low : self.start], self.text[self.end : high]
        was, done = self.text[self.start : self.end], self.done(self.start, self.end)
        return f"{self.source}: {before}【{was}→{done}】{behind}".replace("\n", "¶")

    def done(self, low: int, high: int) -> str:
        """``text[low:high]`` with the edits made."""
        pieces = []
        for edit in self.edits:
            pieces += [self.text[low : edit.start], edit.after]
            low = edit.end
        return "".join(pieces) + self.text[low:high]


def cases(text: str) -> Iterator[Case]:
    """What the rules at both tiers and the styles make of a document."""
    for tier in (Tier.SAFE, Tier.SUGGESTED):
        for edit in clean(text, Config(tier=tier, select=RULES)).edits:
            if edit.tier is tier:
                yield Case(f"{edit.rule} {tier}", text, [edit])
    for name, style in STYLES.items():
        for edit in normalize(text, style).edits:
            yield Case(name, text, [edit])


def grouped(found: list[Case]) -> Iterator[Case]:
    """Cases with the edits that stand or fall together in one."""
    groups: dict[tuple[str, int], Case] = {}
    for case in found:
        (edit,) = case.edits
        if edit.group is None:
            yield case
        elif (case.source, edit.group) in groups:
            groups[case.source, edit.group].edits.append(edit)
        else:
            groups[case.source, edit.group] = case
    yield from groups.values()


def problem(case: Case, others: Sequence[Case]) -> str | None:
    """Why the edits of a case prove wrong, alone and with those of others; None if they do not."""
    text = case.text
    low = max(text.rfind("\n", 0, case.start) + 1, case.start - REACH)
    stop = text.find("\n", case.end)
    high = min(stop if stop >= 0 else len(text), case.end + REACH)
    was = find(text[low:high])
    for quantity in was:
        if quantity.kind is Kind.IDIOM and _alters(case, low, quantity):
            return f"alters the idiom {quantity.text}"
    if case.edits[0].rule in TORN:
        return _not_whole(case, low, high)
    near = [e for o in others if o.source == case.source for e in o.edits]
    near = sorted(e for e in near if low <= e.start and e.end <= high)
    for edits in (case.edits, near):
        now = find(case._replace(edits=edits).done(low, high))
        if list(map(_meaning, was)) == list(map(_meaning, now)):
            return None
    return f"read as {[q.text for q in now]}, not {[q.text for q in was]}"


def _not_whole(case: Case, low: int, high: int) -> str | None:
    """Why a number that was put together is none."""
    after = case.done(low, high)
    if case.edits[0].rule not in ("Q004", "Q008") and _digits(case.text[low:high]) != _digits(
        after
    ):
        return "alters digits"
    at = case.start - low
    for quantity in find(after):
        if quantity.start <= at < quantity.end:
            has_meaning = quantity.unit or quantity.precision or quantity.kind != Kind.INTEGER
            return None if has_meaning else f"gives but {quantity.text}"
    return "gives no quantity"


def _alters(case: Case, low: int, quantity: Quantity) -> bool:
    """Whether an edit changes more than spaces of a quantity in ``text[low:]``."""
    start, end = low + quantity.start, low + quantity.end
    return any(
        edit.start < end and start < edit.end and bool(edit.before.strip() or edit.after)
        for edit in case.edits
    )


def _digits(text: str) -> list[int]:
    return [int(character) for character in text if character.isdecimal()]


@command
def main(
    corpus: Annotated[Path, "prose: a file, or a folder"] = PROSE,
    megabytes: float = 10.0,
    sample: Annotated[int, "edits to print, drawn at random"] = 0,
    only: Annotated[str, "the rule or style to print them of"] = "",
    show: Annotated[int, "failing proofs to print"] = 40,
) -> None:
    characters = int(megabytes * 1e6 / BYTES_A_CHARACTER)
    paths = sorted(corpus.glob("*.txt")) if corpus.is_dir() else [corpus]
    counts: Counter[str] = Counter()
    failing: list[str] = []
    drawn: dict[bytes, str] = {}
    for path in paths:
        for document in text_of(path, characters).split("\n\n"):
            found = list(grouped(list(cases(document))))
            for case in found:
                counts[case.source] += 1
                if said := problem(case, found):
                    failing.append(f"  {case.shown()}: {said}")
                if sample and only in case.source:
                    line = case.shown()
                    drawn[blake2b(line.encode(), digest_size=8).digest()] = line
    for source, number in sorted(counts.items()):
        print(f"{source}: {number:,}")
    print(f"proofs that fail: {len(failing)} (none)", *failing[:show], sep="\n")
    for key in sorted(drawn)[:sample]:
        print(drawn[key])


if __name__ == "__main__":
    main()
