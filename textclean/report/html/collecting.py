"""The report of files that are fixed in place: texts are collected as they go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from textclean.corpus.decided import passage_names
from textclean.corpus.decisions import Decisions
from textclean.corpus.files import CheckedFile
from textclean.corpus.output_folder import allowed_bits
from textclean.engine.rule import Rule
from textclean.report.html.page import page_html, require_jinja, write_page
from textclean.report.html.sampling import MOST_OF_A_TEXT, Budget
from textclean.report.html.summary import DocumentFigures, Figures
from textclean.report.html.texts import ReportText, line_breaks
from textclean.report.language import Language


class Collector:
    """Takes in the parts of files, as far as a page has room, and writes the report.

    Args:
        path: where it is written.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """

    def __init__(self, path: Path) -> None:
        require_jinja()
        self._path = path
        self._texts: list[ReportText] = []
        self._budget = Budget()
        self._left_out: dict[str, str] = {}
        self._rules: Counter[str] = Counter()
        # Characters and edits of each file.
        self._files: dict[str, list[int]] = {}
        # Nobody may read the page who may not read all of them.
        self._allowed = 0o777

    def add(self, part: CheckedFile) -> None:
        """Take in a part of a file."""
        name = part.file.source.name
        figures = self._files.setdefault(name, [0, 0])
        self._allowed &= allowed_bits(part.file.source)
        self._rules += part.edits_by_rule()
        for (passage, cleaned), called in zip(part.texts, passage_names(part.file), strict=True):
            figures[0] += len(passage.text)
            figures[1] += len(cleaned.columns)
            offered = cleaned.suggestions
            if part.file.has_records and not cleaned.columns and not offered:
                continue
            line = passage.line if part.file.has_records else None
            text = ReportText(
                called, name, line, passage.text, cleaned.columns, suggestions=offered,
                characters=len(passage.text), breaks=line_breaks(passage.text),
            ).shortened(MOST_OF_A_TEXT)  # fmt: skip
            if self._budget.take(len(text.columns) + len(offered), len(text.text)):
                self._texts.append(text)
            else:
                self._left_out[name] = "no more room"

    def write(
        self, rules: Mapping[str, Rule], language: Language, decisions: Decisions | None
    ) -> None:
        """Write the report."""
        documents = [
            DocumentFigures(name, characters, edits, 0)
            for name, (characters, edits) in self._files.items()
        ]
        page = page_html(
            Figures(documents, self._rules), self._texts, {}, rules,
            language=language, left_out=list(self._left_out.items()), decisions=decisions,
        )  # fmt: skip
        write_page(self._path, page, narrowest=self._allowed)
