"""What a rule is, and what it sees of a text.

A rule is one pure function, decorated with all there is to know about it: code, name, tier, stage,
reason (English and Chinese), examples and counter-examples. The tests, ``textclean rules CODE``
and ``docs/rules.md`` are built from the decoration; there is no second place to edit.

A function sees a `View` and yields `Proposal` objects (or `BulkProposal`) in its coordinates; it
never touches the string. The engine drops what falls on a protected span and settles what overlaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from textclean.engine.resolve import hits
from textclean.engine.triggers import Trigger, literal
from textclean.text.blocks import Block, split_blocks
from textclean.text.classes import is_han, line_end, occurrences
from textclean.text.edit import Tier
from textclean.text.kinds.clauses import Language, language_at
from textclean.text.kinds.document import KANA, DocumentKind, Register, has_letters, kind_of
from textclean.text.kinds.unreadable import unreadable_pages
from textclean.text.memo import computed
from textclean.text.protect import protected_spans, switches_of

if TYPE_CHECKING:
    from textclean.config import Config
    from textclean.text.switches import Switches


Answer = TypeVar("Answer")


class Stage(IntEnum):
    """The order in which families run; each works on the text that the last one left."""

    #: Before there is one text: where several readings of it are merged (`textclean.consensus`).
    READINGS = -1
    #: Before all else: what was read in a wrong encoding, which is no text before it is read again.
    ENCODINGS = 0
    #: HTML's entities in prose, which are protected from all other stages.
    ENTITIES = 1
    #: So that all others see one alphabet.
    CHARACTERS = 2
    SCRIPT = 3
    #: Wrapped lines: what a mark or space at a line's end was is asked of whole paragraphs.
    LAYOUT = 4
    PUNCTUATION = 5
    #: After punctuation: a space is the evidence for a lost mark.
    SPACING = 6
    REPETITION = 7
    QUANTITIES = 8
    PLACEHOLDERS = 9
    #: Rules of the user's own and of plug-ins, unless they say otherwise.
    OWN = 10


#: What stands between the readings in an example of a rule that is asked about several.
READINGS_SEPARATOR = "‖"

#: The stage in which the rules of a family run, unless a rule says otherwise.
STAGES = {
    "N": Stage.READINGS,
    "C": Stage.CHARACTERS,
    "T": Stage.SCRIPT,
    "L": Stage.LAYOUT,
    "P": Stage.PUNCTUATION,
    "S": Stage.SPACING,
    "R": Stage.REPETITION,
    "Q": Stage.QUANTITIES,
    "X": Stage.PLACEHOLDERS,
    "U": Stage.OWN,
}


class Proposal(NamedTuple):
    """What a rule would change in a view; a mere finding proposes the text that is there."""

    start: int
    end: int
    after: str
    evidence: str
    confidence: float = 1.0
    #: Proposals of one rule with the same key stand or fall together.
    group: int | None = None


class BulkProposal(NamedTuple):
    """One change at many places, for the rules that find thousands: a list instead of objects."""

    starts: list[int]
    #: Characters that are replaced at each place.
    length: int
    after: str
    evidence: str
    #: Whether Han stands directly on a side of each.
    beside_han: bool = False


class View:
    """A text as a stage sees it, with what rules ask about it, computed once and on demand."""

    __slots__ = ("__dict__", "alphabet", "config", "text")

    def __init__(
        self, text: str, protected: Sequence[tuple[int, int]] | None, config: Config
    ) -> None:
        self.text = text
        if protected is not None:
            self.protected = protected
        #: Of kana, suspects (`unreadable_pages`) and the characters that rules look for by
        #: themselves, all that the text holds, and perhaps more; None if that is not known.
        self.alphabet: str | None = None
        self.config = config
        self._line = 1, 0  # the bounds that were asked for last
        self._answers: dict[Any, Any] = {}

    @computed
    def protected(self) -> Sequence[tuple[int, int]]:
        """Sorted, disjoint spans that no rule edits; the engine enforces it."""
        return protected_spans(self.text, self.alphabet)

    @computed
    def unreadable(self) -> list[tuple[int, int]]:
        """The stretches of whole lines that are no text, in order."""
        return unreadable_pages(self.text, self.alphabet)

    @computed
    def switches(self) -> Switches:
        """What the writer switched off: the engine keeps rules from it."""
        return switches_of(self.text)

    @computed
    def kind(self) -> DocumentKind:
        """What kind of text it is: register, script, house style."""
        return kind_of(self.text)

    @computed
    def has_kana(self) -> bool:
        """Whether there are kana at all."""
        if self.alphabet is None:
            return self.kind.has_kana
        return any(char in self.text for char in KANA.findall(self.alphabet))

    @computed
    def has_other_languages(self) -> bool:
        """Whether there are letters or kana at all: without them every clause is Chinese."""
        return has_letters(self.text) or self.has_kana

    @computed
    def blocks(self) -> list[Block]:
        """The blocks of the text: paragraphs, headings, lists, tables, fences …"""
        return split_blocks(self.text)

    def once(self, question: Callable[[View], Answer]) -> Answer:
        """The answer to a question about the text that several rules ask: computed once."""
        answers: dict[Callable[[View], Answer], Answer] = self._answers
        if question not in answers:
            answers[question] = question(self)
        return answers[question]

    def of_line(self, question: Callable[[str], Answer], offset: int) -> Answer:
        """The answer to a question about the line that holds an offset: asked once a line.

        A line may be as long as the text: what asks each place about all of it takes the square.
        """
        start, end = self.line_bounds(offset)
        answers: dict[tuple[Callable[[str], Answer], int], Answer] = self._answers
        key = question, start
        if key not in answers:
            answers[key] = question(self.text[start:end])
        return answers[key]

    def places_of(self, is_sought: Callable[[str], object]) -> list[int] | None:
        """Every offset of the characters that are sought, if it is known that they are few kinds.

        None where nobody looked, or they are many: then a scan for them all is faster.
        """
        if self.alphabet is None:
            return None
        kinds = [char for char in dict.fromkeys(self.alphabet) if is_sought(char)]
        if len(kinds) > _FEW:
            return None
        return sorted(at for char in kinds for at in occurrences(self.text, char))

    def line_bounds(self, offset: int) -> tuple[int, int]:
        """Start and end of the line that holds an offset, without its line break."""
        start, end = self._line
        if not start <= offset <= end:
            start = self.text.rfind("\n", 0, offset) + 1
            start = max(start, self.text.rfind("\r", start, offset) + 1)
            self._line = start, end = start, line_end(self.text, offset)
        return start, end


_FEW = 5


Finder = Callable[[View], Iterable[Proposal | BulkProposal]]


@dataclass(frozen=True)
class Rule:
    """A detector and everything that is said of it."""

    code: str
    name: str
    tier: Tier
    stage: Stage
    reason: str
    reason_zh: str
    #: (before, after) under a configuration that selects and applies just this rule; for a rule
    #: that only reports, (text, what it finds).
    examples: tuple[tuple[str, str], ...]
    #: Texts in which this rule finds nothing.
    counter_examples: tuple[str, ...]
    find: Finder
    #: Text in which none of these has a match has no finding. Empty: always run.
    triggers: tuple[Trigger, ...]
    #: Configuration that the examples need (options that are off by default).
    options: tuple[tuple[str, str], ...] = ()
    #: Whether the rule can propose anything under a configuration (options that are off).
    enabled: Callable[[Config], bool] | None = None
    #: The languages whose clauses it edits; None: all.
    languages: frozenset[Language] | None = None
    #: Its tier in a register in which it was found right less often; None: it is not asked there.
    in_register: tuple[tuple[Register, Tier | None], ...] = ()
    #: A question with an empty answer where the rule has nothing to find; None: there is none.
    given: Callable[[View], object] | None = None

    def may_find(self, text: str) -> bool:
        """False where the rule has nothing to find in `text`; at most a scan for each trigger."""
        return not self.triggers or any(trigger.found_in(text) for trigger in self.triggers)

    def proposals(self, view: View) -> list[Proposal | BulkProposal]:
        """What the rule proposes in clauses of its languages, and where it is not switched off."""
        proposals = list(self.find(view))
        if proposals and self.languages is not None and view.has_other_languages:
            proposals = _in_languages(view, proposals, self.languages)
        if proposals and (off := view.switches.off_for(self.code)):
            proposals = _within(
                proposals,
                lambda start, end: not hits(start, end, off) or view.switches.is_switch(start, end),
            )
        return proposals

    def tier_in(self, register: Register, tier: Tier) -> Tier | None:
        """The tier in a register of a rule that elsewhere has `tier`; None: it is not asked."""
        for lower, lowered in self.in_register:
            if lower is register:
                return lowered if lowered is None or lowered.rank > tier.rank else tier
        return tier

    @computed
    def by_character(self) -> bool:
        """Whether the triggers are single characters or classes: then what makes a text worth a
        look is its characters alone, wherever they stand.
        """
        return bool(self.triggers) and all(trigger.by_character for trigger in self.triggers)

    @property
    def of_readings(self) -> bool:
        """Whether it is asked where readings are merged, and never about one text.

        Its examples have `READINGS_SEPARATOR` between the readings.
        """
        return self.stage is Stage.READINGS

    @property
    def family(self) -> str:
        """The letter of the code: C, T, P, S, R …"""
        return self.code[0]


def _in_languages(
    view: View, proposals: Sequence[Proposal | BulkProposal], languages: frozenset[Language]
) -> list[Proposal | BulkProposal]:
    """The proposals whose places lie in clauses of some languages."""
    text = view.text
    # Beside Chinese there is no other language but Japanese.
    settled = not view.has_kana and Language.CHINESE in languages

    def stays(start: int, end: int) -> bool:
        # The common block is tested without a call.
        if settled and (
            "\u4e00" <= text[start - 1 : start] <= "\u9fff"
            or "\u4e00" <= text[end : end + 1] <= "\u9fff"
            or is_han(text[start - 1 : start])
            or is_han(text[end : end + 1])
        ):
            return True
        return language_at(text, start, end) in languages

    return _within(proposals, stays, beside_han=settled)


def _within(
    proposals: Sequence[Proposal | BulkProposal],
    stays: Callable[[int, int], bool],
    *,
    beside_han: bool = False,
) -> list[Proposal | BulkProposal]:
    """The proposals whose places are to stay; a group goes where one of it goes.

    Args:
        beside_han: whether every place stays that has Han beside it.
    """
    kept: list[Proposal | BulkProposal] = []
    fallen: set[int] = set()
    for proposal in proposals:
        if isinstance(proposal, BulkProposal):
            if beside_han and proposal.beside_han and proposal.starts:
                kept.append(proposal)
                continue
            length = proposal.length
            starts = [start for start in proposal.starts if stays(start, start + length)]
            if starts:
                kept.append(proposal._replace(starts=starts))
        elif stays(proposal.start, proposal.end):
            kept.append(proposal)
        elif proposal.group is not None:
            fallen.add(proposal.group)
    if not fallen:
        return kept
    return [each for each in kept if isinstance(each, BulkProposal) or each.group not in fallen]


_RULES: dict[str, Rule] = {}
#: The families whose rules are about written Chinese, unless a rule says otherwise.
_OF_CHINESE = "TPS"
_CHINESE = frozenset({Language.CHINESE})


def rule(
    code: str,
    tier: Tier,
    stage: Stage | None = None,
    *,
    reason: str,
    reason_zh: str,
    examples: Sequence[tuple[str, str]],
    counter_examples: Sequence[str],
    trigger: str | Trigger | Sequence[str | Trigger] = (),
    options: dict[str, str] | None = None,
    enabled: Callable[[Config], bool] | None = None,
    any_language: bool | None = None,
    in_register: Mapping[Register, Tier | None] | None = None,
    given: Callable[[View], object] | None = None,
) -> Callable[[Finder], Rule]:
    """Register the decorated function as the rule `code`. Its name is the rule's, with dashes.

    Args: those of `define`.

    Raises:
        ValueError: another rule has the code.
    """
    build = define(
        code, tier, stage, reason=reason, reason_zh=reason_zh, examples=examples,
        counter_examples=counter_examples, trigger=trigger, options=options, enabled=enabled,
        any_language=any_language, in_register=in_register, given=given,
    )  # fmt: skip

    def register(find: Finder) -> Rule:
        if code in _RULES:
            raise ValueError(f"the code {code} is taken by {_RULES[code].name}")
        _RULES[code] = build(find)
        return _RULES[code]

    return register


def define(
    code: str,
    tier: Tier,
    stage: Stage | None = None,
    *,
    reason: str,
    reason_zh: str,
    examples: Sequence[tuple[str, str]],
    counter_examples: Sequence[str],
    trigger: str | Trigger | Sequence[str | Trigger] = (),
    options: dict[str, str] | None = None,
    enabled: Callable[[Config], bool] | None = None,
    any_language: bool | None = None,
    in_register: Mapping[Register, Tier | None] | None = None,
    given: Callable[[View], object] | None = None,
) -> Callable[[Finder], Rule]:
    """Make a `Rule` of the decorated function, without registering it: what plug-ins do.

    Args:
        stage: by default that of the family, the code's letter; of a letter that is not ours
            `Stage.OWN`.
        trigger: strings or `Trigger` objects; text that holds none is never shown to the function.
        options: the configuration that the examples need.
        enabled: whether the rule can propose anything under a configuration.
        any_language: whether it edits clauses of other languages than Chinese, too; by default
            the families of script, punctuation and spacing do not, all others do.
        in_register: the tier in registers in which the rule was found right less often
            (``docs/benchmarks.md``); None: it is not asked there. A configuration that names the
            rule in `tiers` overrides this.
        given: a question that several rules ask (`View.once`); where its answer is empty the rule
            finds nothing and is not asked, nor is the register.
    """
    triggers = (trigger,) if isinstance(trigger, str | Trigger) else trigger
    anywhere = code[0] not in _OF_CHINESE if any_language is None else any_language

    def build(find: Finder) -> Rule:
        return Rule(
            code, find.__name__.replace("_", "-"), tier,
            STAGES.get(code[0], Stage.OWN) if stage is None else stage,
            reason, reason_zh, tuple(examples), tuple(counter_examples), find,
            tuple(literal(each) if isinstance(each, str) else each for each in triggers),
            tuple((options or {}).items()), enabled,
            None if anywhere else _CHINESE, tuple((in_register or {}).items()), given,
        )  # fmt: skip

    return build


#: The rules of all modules that were imported, by code; `textclean.rules.all_rules` has them all.
registered_rules: Mapping[str, Rule] = MappingProxyType(_RULES)
