"""All benchmarks, or some parts: measures, records, and writes ``docs/benchmarks.md``.

    python -m benchmarks [PART…]        measure, record, write the page and its plots
    python -m benchmarks --quick        compare with the record; status 1 if something fell
    python -m benchmarks --page         write the page, its plots and ``docs/seeds.md`` only
    python -m benchmarks --output NAME  record what a command of ``outputs.py`` prints

The parts are listed in ``parts.py``. What needs the data beside the project (``../shared``) is
skipped with a line where they are not there. ``--quick`` takes under two minutes: qualities may not
fall below the recorded ones, ratios of processor times not by more than a third.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import click
import page
import seed_page
from figures import Figure, read_record, worse, write_record
from outputs import OUTPUTS, read_outputs, record_output
from parts import PARTS, Measure, is_ready


def measured(name: str, measure: Measure) -> list[Figure]:
    """The figures of a part, printed as they come."""
    print(f"\n== {name}: {PARTS[name].says}", flush=True)
    figures = []
    for figure in measure():
        print(f"  {figure.row:58} {figure.column:24} {figure}", flush=True)
        figures.append(figure)
    return figures


def key_of_quick(name: str) -> str:
    """What the quick form is recorded as: where it looks at less it is recorded for itself."""
    part = PARTS[name]
    return name if part.quick is part.measure else f"{name}, quick"


def compare(names: list[str]) -> list[str]:
    """What has become worse than the record, of those parts that have a quick form."""
    record = read_record()
    lines: list[str] = []
    for name in names:
        quick = PARTS[name].quick
        if quick is None:
            continue
        recorded = record.get(key_of_quick(name))
        figures = measured(name, quick)
        if recorded is None:
            print(f"  {name}: nothing recorded")
            continue
        fallen = worse(figures, recorded)
        if fallen and any(figure.kind == "ratio" for figure in figures):
            # A machine that others load can spoil one measurement: what fell twice has fallen.
            again = worse(measured(name, quick), recorded)
            kept = {line.split(":")[0] for line in again}
            fallen = [line for line in fallen if line.split(":")[0] in kept]
        lines += (f"{name}: {line}" for line in fallen)
    return lines


def record_part(name: str) -> None:
    """Measure and record a part and its quick form; say which figures miss their bars."""
    part = PARTS[name]
    figures = measured(name, part.measure)
    write_record({name: figures})
    if part.quick and key_of_quick(name) != name:
        write_record({key_of_quick(name): measured(name, part.quick)})
    for figure in figures:
        if figure.misses_bar:
            print(f"  misses its bar: {figure.name} {figure}")


@click.command(help=__doc__)
@click.argument("names", nargs=-1, metavar="PART…", type=click.Choice([*PARTS]))
@click.option("--quick", is_flag=True, help="compare with the record")
@click.option("--page", "only_page", is_flag=True, help="write the page from the record only")
@click.option(
    "--output",
    "outputs",
    multiple=True,
    type=click.Choice([*OUTPUTS]),
    help="record what a command prints, and write the page only",
)
def main(names: tuple[str, ...], quick: bool, only_page: bool, outputs: tuple[str, ...]) -> None:
    for name in outputs:
        record_output(name)
    chosen = [*(names or PARTS)]
    if quick:
        fallen = compare(chosen)
        print("\n" + ("\n".join(["worse than recorded:", *fallen]) if fallen else "nothing fell"))
        sys.exit(bool(fallen))
    if not only_page and not outputs:
        for name in chosen:
            if not is_ready(PARTS[name]):
                print(f"{name}: skipped, it reads data beside the project that are not there")
                continue
            try:
                record_part(name)
            except ModuleNotFoundError as error:
                print(f"{name}: skipped, {error.name} is not installed")
    page.write(read_record(), read_outputs())
    seed_page.write()


if __name__ == "__main__":
    main()
