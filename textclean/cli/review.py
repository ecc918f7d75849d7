"""``textclean review``: yes or no to each suggestion, in the terminal, kept in a file."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from textclean.cli.editor import open_in_editor
from textclean.cli.inputs import STANDARD_INPUT, CheckedFiles
from textclean.cli.options import config_options, paths_argument, rules_by_code
from textclean.cli.output import in_colour, say, trouble
from textclean.cli.questions import Question, Wanted, questions
from textclean.config import Config
from textclean.corpus.checking import CheckedPart, check_file
from textclean.corpus.decisions import Decisions, Verdict
from textclean.corpus.documents import read_file
from textclean.corpus.files import CheckedFile
from textclean.corpus.formats.compression import compression_of
from textclean.engine.rule import Rule
from textclean.errors import DocumentError
from textclean.report.language import language_in_use, tr
from textclean.report.reasons import one_line, one_line_zh
from textclean.report.review import Paint, in_sentence, plain
from textclean.text.edit import Tier
from textclean.text.visible import visible

_KEYS = "y,n,a,d,e,s,q,?"
_HELP = (
    "y - make this change",
    "n - do not make it",
    "a - make it and all later ones of this rule",
    "d - make neither it nor any later one of this rule",
    "e - open the file there in $VISUAL or $EDITOR, and look at it again",
    "s - leave it undecided",
    "q - quit; what was decided is kept",
    "? - this help",
)


@click.command("review", short_help="Say yes or no to suggestions, one by one.")
@paths_argument()
@click.option(
    "--decisions",
    "decisions_file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("decisions.json"),
    show_default=True,
    metavar="FILE",
    help="Where decisions are kept; what it has is not asked again.",
)
@click.option(
    "--rule", "codes", multiple=True, metavar="RULES", help="Only these: codes, prefixes or names."
)
@click.option(
    "--tier",
    "asked",
    multiple=True,
    type=click.Choice([tier.value for tier in Tier]),
    help="Only changes of this tier; repeatable. safe: what `fix` does anyhow.  "
    "[default: suggested, report]",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="NUMBER",
    help="Only changes that are at least so sure.",
)
@click.option("--apply", is_flag=True, help="At the end, do what `fix --decisions FILE` does.")
@click.option(
    "--record",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="With --apply: add to this file what `textclean undo --record FILE` needs.",
)
@config_options(repairs=False)
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    decisions_file: Path,
    codes: tuple[str, ...],
    asked: tuple[str, ...],
    min_confidence: float,
    apply: bool,
    record: Path | None,
    read_as: str | None,
    config: Config,
) -> int:
    """Show each suggestion in its sentence and ask whether it is to be made. Decisions are kept as
    they are made; `fix`, `run` and `dedup` obey them with --decisions, and so does --apply here.

    \b
    Answers:
      y  make it            a  make it and all later ones of the rule     s  leave it undecided
      n  do not make it     d  make none of them                          q  quit
      e  open the file there in an editor                                 ?  help

    \b
    Exit status:
      0  done, or quit
      2  a file could not be read or written

    \b
    Examples:
      textclean review article.txt
      textclean review texts/ --rule P120,Q --min-confidence 0.9
      textclean review texts/ --apply --record .textclean-undo.jsonl
      textclean fix texts/ --decisions decisions.json
    """
    if STANDARD_INPUT in paths:
        raise click.UsageError(tr("answers come from standard input, so it can be no file"))
    if record is not None and not apply:
        raise click.UsageError(tr("--record goes with --apply"))
    decisions = Decisions.read(decisions_file) if decisions_file.exists() else Decisions()
    config = decisions.configured(config)
    files = CheckedFiles(paths, config, read_as=read_as, leave_out=decisions_file)
    wanted = Wanted(config, codes, asked, min_confidence)
    session = _Session(decisions, decisions_file, wanted, rules_by_code(config))
    for part in files.parts(notes=True):
        if not _reviewed(session, part, config):
            break
    counts = session.counts
    accepted, rejected = counts[Verdict.ACCEPT], counts[Verdict.REJECT]
    say(f"{accepted} accepted, {rejected} rejected, {session.left} left undecided")
    if apply:
        from textclean.cli import fix

        names = {each.name for each in fix.command.params}
        given = {name: value for name, value in context.params.items() if name in names}
        status: int = context.invoke(
            fix.command, **{**given, "decisions": decisions, "record": record}
        )
        return status
    return 2 if files.failures else 0


class _Session:
    """Questions, answers, and the file of decisions, which is written before the next question."""

    def __init__(
        self, decisions: Decisions, path: Path, wanted: Wanted, rules: dict[str, Rule]
    ) -> None:
        self.decisions = decisions
        self.wanted = wanted
        self.counts: Counter[Verdict] = Counter()
        self.left = 0
        self._path = path
        self._rules = rules
        #: What was said of all later changes of a rule.
        self._rest: dict[str, Verdict] = {}
        self._colour = in_colour(sys.stdout)
        self._kept = True

    def ask_all(self, file: CheckedFile, *, editable: bool) -> str:
        """Ask everything that is open in a file.

        Returns:
            The last answer: ``q`` to quit, ``e`` to look at the file again after it was edited.
        """
        try:
            return self._ask_all(file, editable=editable)
        finally:
            self._keep()

    def _ask_all(self, file: CheckedFile, *, editable: bool) -> str:
        open_ = list(questions(file, self.wanted, self.decisions))
        for number, question in enumerate(open_, 1):
            rest = self._rest.get(question.rule)
            if rest is not None:
                self._decide(question, rest)
                continue
            self._keep()
            self._show(file.path, question, f"{number}/{len(open_)}")
            answer = self._answer(editable=editable)
            if answer == "q":
                self.left += len(open_) - number + 1
                return "q"
            if answer == "e" and open_in_editor(file.path, question.line):
                return "e"
            if answer in "es":
                self.left += 1
                continue
            verdict = Verdict.ACCEPT if answer in "ya" else Verdict.REJECT
            if answer in "ad":
                self._rest[question.rule] = verdict
            self._decide(question, verdict)
        return ""

    def _decide(self, question: Question, verdict: Verdict) -> None:
        self.decisions.decide_group(question.occurrences, verdict)
        self.counts[verdict] += 1
        self._kept = False

    def _keep(self) -> None:
        """Write the decisions, before the next question or the end of a file."""
        if not self._kept:
            self.decisions.write(self._path)
            self._kept = True

    def _show(self, path: Path, question: Question, number: str) -> None:
        edit = question.edits[0]
        rule = self._rules.get(edit.rule)
        name = edit.rule if rule is None else f"{rule.code} {rule.name}"
        place = f"{path}:{question.line}:{question.column}"
        print(f"\n({number}) {place}: {self._bold(name)} ({edit.tier} {edit.confidence:.2f})")
        print(f"  {in_sentence(question.text, question.edits, self._paint)}")
        reason = ""
        if rule is not None:
            reason = one_line_zh(rule) if language_in_use() == "zh" else one_line(rule)
        for said in (visible(edit.evidence), reason):
            if said:
                print(f"  = {said}")

    def _answer(self, *, editable: bool) -> str:
        while True:
            print(self._bold(f"{tr('Make this change')} [{_KEYS}]? "), end="", flush=True)
            line = sys.stdin.readline()
            answer = line.strip().lower()
            if not line:
                print()
                return "q"
            if answer == "e" and not editable:
                print(tr("This file is not one that an editor opens at a line."))
            elif answer in ("y", "n", "a", "d", "e", "s", "q"):
                return answer
            else:
                print("\n".join(map(tr, _HELP)))

    def _bold(self, text: str) -> str:
        return click.style(text, bold=True) if self._colour else text

    @property
    def _paint(self) -> Paint:
        return _painted if self._colour else plain


def _painted(text: str, inserted: bool) -> str:
    # The signs stay: a space has no colour of its own, and not everybody tells red from green.
    return click.style(plain(text, inserted), fg="green" if inserted else "red")


def _reviewed(session: _Session, part: CheckedPart, config: Config) -> bool:
    """Ask about a part of a file, again after it was edited; False: the reader quits."""
    file = part.checked
    while file is not None:
        whole = part.parts is not None and not part.parts.in_parts
        is_text = compression_of(file.path) is None and file.file.format not in _BINARY
        answer = session.ask_all(file, editable=whole and is_text)
        if answer != "e":
            return answer != "q"
        try:
            checked = check_file(read_file(file.file.source, config), config)
            if checked.error is not None:
                raise checked.error
        except DocumentError as error:
            trouble(str(error))
            return True
        file = checked.checked
    return True


_BINARY = ("parquet", "arrow")
