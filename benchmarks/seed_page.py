"""``docs/seeds.md``: each seed before and after, what was found in it, what is still wrong.

    python benchmarks/seed_page.py

The page is what the program does today; a test writes it again and compares.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

from common import GOLD, ROOT, rows, seeds

from textclean import Cleaned, Config, Edit, Tier, clean
from textclean.dedup import deduplicate
from textclean.layout import stitching
from textclean.report.findings import visible
from textclean.rules.others import rules_for
from textclean.text.blocks import split_blocks

PAGE = ROOT / "docs" / "seeds.md"
SUGGESTED = Config(tier=Tier.SUGGESTED)
#: Passages shown of each seed, and characters on both sides of the edits in one.
PASSAGES, AROUND, LONGEST = 5, 14, 110
#: Places shown of what is wrong, and characters around each.
PLACES, NEAR = 12, 10
HEAD = """# The seed corpus

<!-- Written by `python -m benchmarks --page`; a test fails when it is out of date. -->

Five real documents in `seeds/`, as they came: compilations of reports, out of PDFs and scans, one
of them redacted. They were read while the rules were made, so what is found here shows what is
meant, not how far it reaches; that is what [the benchmarks](benchmarks.md) are for. In the passages
`⟦before→after⟧` is an edit at tier `suggested`; what the tables have under `safe` is applied by
default. Most counts are marks: the passages are those that show the most rules.

"""


@cache
def names() -> dict[str, str]:
    """The name of each rule, by its code."""
    return {rule.code: rule.name for rule in rules_for(Config())}


def rules_of(edit: Edit) -> Iterator[str]:
    """The rules that made an edit: several where changes fused."""
    yield from dict.fromkeys(part.rule for part in edit.parts) if edit.parts else (edit.rule,)


def counts(done: Cleaned) -> Iterator[str]:
    """A table: each rule, its edits in either tier, and what it only reports."""
    table: dict[str, Counter[str]] = {}
    for edit in chain(done.edits, done.suggestions):
        applied = edit.tier if edit.tier != "report" else "reported"
        for code in rules_of(edit):
            table.setdefault(code, Counter())[applied] += 1
    yield "| rule | | safe | suggested | reported |"
    yield "|---|---|---|---|---|"
    for code, found in sorted(table.items()):
        cells = (str(found[name] or "") for name in ("safe", "suggested", "reported"))
        yield f"| [{code}](rules.md#{code.lower()}) | {names()[code]} | {' | '.join(cells)} |"


def passages(text: str, edits: Sequence[Edit]) -> Iterator[str]:
    """Lines with edits marked: those that show most rules not shown before."""
    groups: list[list[Edit]] = []
    for edit in edits:
        last = groups[-1] if groups else None
        # What stands near each other is shown together.
        if last and edit.start - last[-1].end < AROUND and edit.end - last[0].start < LONGEST:
            last.append(edit)
        else:
            groups.append([edit])
    seen: set[str] = set()
    for _ in range(min(PASSAGES, len(groups))):
        best = max(groups, key=lambda group: len({c for e in group for c in rules_of(e)} - seen))
        new = {code for edit in best for code in rules_of(edit)}
        if new <= seen:
            return
        groups.remove(best)
        seen |= new
        yield _marked(text, best)


def _marked(text: str, edits: Sequence[Edit]) -> str:
    at = max(0, edits[0].start - AROUND)
    pieces = []
    for edit in edits:
        pieces += [text[at : edit.start], f"⟦{edit.before}→{edit.after}⟧"]
        at = edit.end
    pieces.append(text[at : at + AROUND])
    return visible(re.sub(r"\s*\n\s*", "⏎", "".join(pieces)))


def wrong_slots(name: str) -> list[str]:
    """Where the truth of lost marks and spaces has something else, in the rows of a seed."""
    from punctuation import FULL_WIDTH, SLOT, contents

    found = []
    for row in rows(GOLD / "punctuation.jsonl"):
        source = row["source"]
        if row["file"] != name:
            continue
        slots = [match.span() for match in SLOT.finditer(source)]
        true = contents(source, row["gold"], slots)
        after = contents(source, clean(source, SUGGESTED).text, slots)
        for (start, end), wanted, got in zip(slots, true, after, strict=True):
            got = (got or "").translate(FULL_WIDTH).strip(" ")
            # What has other characters was laid on each other wrongly: no slot.
            lined_up = wanted is not None and not re.search(r"\w", got + wanted)
            if lined_up and got != wanted.strip(" "):
                left, right = source[max(0, start - NEAR) : start], source[end : end + NEAR]
                found.append(f"{left}⟦{got or '∅'}, printed {wanted.strip(' ') or '∅'}⟧{right}")
    return found


def loose_tails(name: str, text: str) -> list[str]:
    """Broken paragraphs that go on nowhere and are not reported."""
    from textclean.corpus.excise import blocks_of

    texts = [text[block.start : block.end] for block in blocks_of(text)]
    for file in json.loads((GOLD / "stitches.json").read_text(encoding="utf-8")):
        if file["file"] == name:
            reported = {one.block for one in stitching.loose_ends(texts) if one.at_end}
            tails = sorted({*file["tail_without_continuation"]} - reported)
            return [visible(f"…{texts[tail].strip()[-20:]}") for tail in tails]
    return []


def section(name: str, text: str) -> Iterator[str]:
    """All that is said of a seed."""
    done = clean(text, SUGGESTED)
    safe = sum(edit.tier == "safe" for edit in done.edits)
    blocks = [text[block.start : block.end] for block in split_blocks(text)]
    copies = len(deduplicate(blocks).removals)
    yield f"## Seed {name[:3]}"
    yield ""
    yield (
        f"`seeds/{name}`: {len(text):,} characters in {len(blocks)} blocks; "
        f"{len(done.edits):,} edits, {safe:,} of them `safe`; copies among the blocks: {copies}."
    )
    yield ""
    yield from counts(done)
    yield ""
    yield "```text"
    yield from passages(text, done.edits)
    yield "```"
    yield ""
    wrong, tails = wrong_slots(name), loose_tails(name, text)
    if not wrong and not tails:
        yield "The truth, as far as there is one for this seed, has nothing that is still wrong."
        return
    if wrong:
        yield f"Still wrong: {len(wrong)} slots of the truth for lost marks (∅ is nothing):"
        yield ""
        yield "```text"
        yield from (visible(line) for line in wrong[:PLACES])
        yield "```"
    if wrong and tails:
        yield ""
    if tails:
        yield f"Broken off, and not reported: {len(tails)}."
        yield ""
        yield "```text"
        yield from tails
        yield "```"


def page() -> str:
    """The whole page."""
    sections = ("\n".join(section(name, text)) for name, text in seeds().items())
    return HEAD + "\n\n".join(sections) + "\n"


def write(path: Path = PAGE) -> None:
    """Write the page."""
    path.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
