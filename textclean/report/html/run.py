"""The report of a run: from the records in its folder to `report.html` beside them."""

from __future__ import annotations

from pathlib import Path
from stat import S_IMODE

from textclean.config import Config
from textclean.corpus.decisions import Decisions
from textclean.corpus.names import REPORT, RUN
from textclean.report.html.data import suggest
from textclean.report.html.page import page_html, require_jinja, write_page
from textclean.report.html.records import read_run
from textclean.report.html.sampling import MOST_BYTES
from textclean.report.html.summary import figures_of_run
from textclean.report.language import Language
from textclean.rules.others import rules_for


def write_run_report(
    folder: Path,
    *,
    language: Language,
    path: Path | None = None,
    decisions: Decisions | None = None,
    most_bytes: int = MOST_BYTES,
) -> Path:
    """Write the report of the run that wrote a folder: where it was written.

    Args:
        path: where to write it; None: into the folder.
        decisions: that the run obeyed; the page begins with them.
        most_bytes: as for `read_run`.

    Raises:
        MissingExtraError: Jinja2 is not installed.
        RecordError: the folder holds no run, or one that did not end.
    """
    require_jinja()
    run = read_run(folder, most_bytes)
    config = run.config or Config()
    if run.config is not None:
        suggest(run.texts, config)
    rules = {rule.code: rule for rule in rules_for(config)}
    page = page_html(
        figures_of_run(run.summary),
        run.texts,
        run.rows,
        rules,
        language=language,
        left_out=run.left_out,
        decisions=decisions,
    )
    path = path or folder / REPORT
    # Nobody may read it who may not read the records.
    write_page(path, page, narrowest=S_IMODE((folder / RUN).stat().st_mode))
    return path
