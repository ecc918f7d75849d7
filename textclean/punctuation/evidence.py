"""What a text bears out: whether its spaces stand for marks, for ends of printed lines, for lost
characters, or are its writer's.

The slot model judges a slot by its line and takes every line for damaged. Whether the text has lost
marks is known from all of its slots. What an extraction lost, it lost all over a text: every few
words a space stands for the end of a printed line, a comma, a quote. Who sets a space in a sentence
of his own sets a handful, and in a line that has its marks one is mostly the writer's. So a loss
shows in a rate, of the text or of a paragraph, and a single space is evidence only where there is
hardly more text than it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from textclean.engine.rule import View
from textclean.layout.bigrams import knows, meets
from textclean.punctuation.certainty import ByKind, Finding, Kind
from textclean.punctuation.prose_lines import Line, lines_of_prose, slotted_lines
from textclean.punctuation.straight_quotes import STRAIGHT
from textclean.text.classes import (
    CLOSING_CLASS,
    HAN_CLASS,
    OPENING_CLASS,
    PAUSE_CLASS,
    SPACE_CLASS,
    ascii_of,
    count_han,
    is_han,
)
from textclean.text.kinds.spaces import (
    BEFORE_HOLE,
    BEHIND_HOLE,
    Joints,
    Spaces,
    is_listed,
    is_strange,
)
from textclean.text.memo import Memory, computed
from textclean.text.patterns import pattern
from textclean.text.variants import fold_table
from textclean.text.words import is_word

_PAUSES = frozenset({Kind.PAUSE, Kind.LIKELY_PAUSE})
_QUOTES = frozenset({Kind.QUOTES, Kind.LIKELY_QUOTES})
_MARKS = _PAUSES | _QUOTES
_SPACES = frozenset({Kind.SPACE, Kind.LIKELY_SPACE})
_BRACKETS = frozenset(OPENING_CLASS + CLOSING_CLASS + "()[]{}'")
#: Spaces beside these are for the rules of spacing.
_NO_BREAKS = _BRACKETS | {".", "—"}
#: Of spaces between Chinese characters that were less surely ends of lines, four in ten were not.
_SURE_OF_SPACE, _SURE_AMONG_PAUSES = 0.8, 0.9
#: A line of so few characters that has no stop is a headline.
_LONGEST_HEADLINE = 80
_IS_SENTENCE = pattern("[。；]|[…：，,;][”’」』）)]?\\s*\\Z")
_LONGEST_SLOGAN = 30
#: A term has a space on its other side, too.
_LONGEST_TERM = 8
_TERM = pattern(rf"[{HAN_CLASS}]{{1,{_LONGEST_TERM}}}[{SPACE_CLASS}]+\S")
_TERM_BEFORE = pattern(rf"[{SPACE_CLASS}][{HAN_CLASS}]{{1,{_LONGEST_TERM}}}\Z")
#: Latin words, numbers and signs so near are for fields, names and code.
_NEAR = 5
_NO_PROSE = pattern("[!-~]")
_IN_SLOGAN = pattern("[“‘「『][^“”‘’「」『』，。；！？]*\\Z")
_TO_END_OF_SLOGAN = pattern(f"[^“”‘’「」『』，。；！？]{{0,{_LONGEST_SLOGAN}}}[”’」』]")
_START = attrgetter("start")

#: Spaces in a thousand Chinese characters. Of press, health, laws, reports and technical articles
#: nine in ten documents have less than 5; scanned newspapers that lost their marks have 60 to 150.
_OF_TEXT, _OF_PARAGRAPH = 8, 40
#: So many spaces in a paragraph prove something; so few in a short text leave room for doubt.
_FEWEST, _FEW = 3, 6
#: Of so many spaces one is inside a word where lines were printed, but for a short text's.
_SPACES_OF_A_BREAK, _SHORT = 64, 300
#: Fewer spaces say nothing of who set them.
_FEWEST_PAUSES = 8
#: A line whose words are set apart has so many spaces between them.
_FEWEST_SET_APART = 2


class Losses(NamedTuple):
    """The spaces of a text that may stand for something, and how much text there is."""

    #: Chinese characters, marks among them.
    han: int
    #: Spaces in sentences that are no matter of layout or style.
    spaces: int
    #: Those of them inside words: ends of printed lines.
    breaks: int

    @property
    def throughout(self) -> bool:
        """Whether the text as a whole has lost marks."""
        return 1000 * self.spaces >= _OF_TEXT * self.han

    @property
    def of_print(self) -> bool:
        """Whether it lost them from print, where quotes are lost, too, and lines end inside words:
        not where the spaces are what somebody sets who types no commas.
        """
        return self.throughout and (
            _SPACES_OF_A_BREAK * self.breaks >= self.spaces
            or (self.han <= _SHORT and self.spaces <= _FEW)
        )

    def within(self, han: int, spaces: int) -> bool:
        """Whether a paragraph of the text has lost marks, with so many characters and spaces."""
        return spaces >= _FEWEST and 1000 * spaces >= _OF_PARAGRAPH * han


def spaces_of(view: View) -> Spaces:
    """What the spaces of a text are by its characters: a question for `View.once`."""
    return Spaces(view.text, meets)


class Evidence:
    """What the slot model finds in a text, and what of it the text bears out: a question for
    `View.once`.
    """

    def __init__(self, view: View) -> None:
        self._text, self._spaces = view.text, view.once(spaces_of)
        lines = slotted_lines(self._text)
        if lines and max([line.slots for line in lines]) >= _FEWEST_SET_APART:
            apart = {start for start, _ in self._spaces.set_apart}
            lines = [line for line in lines if line.start not in apart]
        #: The lines of prose that have a slot between Chinese characters, and whose words are not
        #: set apart.
        self.lines = lines_of_prose(lines, view.text) if lines else lines
        self._styled = view.config.latin_space != "keep"

    @computed
    def findings(self) -> list[tuple[int, LineFindings]]:
        """What the model finds in each line, and where that starts."""
        return _findings(self.lines, styled=self._styled)

    @computed
    def losses(self) -> Losses:
        """What the text has lost, by its spaces."""
        signs = [line.signs for _, line in self.findings]
        # What is not ASCII is Chinese, near enough, and counted ten times as fast.
        han = len(self._text) - len(ascii_of(self._text))
        return Losses(
            han, sum([each.spaces for each in signs]), sum([each.breaks for each in signs])
        )

    @computed
    def _unmarked(self) -> Joints:
        """What the spaces between Chinese characters join that the model takes for nothing."""
        return self._spaces.joints_of([*chain(*[line.signs.joined for _, line in self.findings])])

    @computed
    def holes(self) -> bool:
        """Whether the text has holes: its spaces stand for characters that were lost.

        Lost marks look the same to the characters beside them. In prose of today the model tells;
        of what it was not trained on it knows nothing.
        """
        if self._spaces.strange:
            return self._spaces.are_holes(self._spaces.joints)
        marks = sum([line.signs.marks for _, line in self.findings])
        return self._unmarked.seen >= marks and self._spaces.are_holes(self._unmarked)

    @computed
    def credible(self) -> list[tuple[int, ByKind]]:
        """The findings that the text bears out, with their lines' offsets.

        None where the spaces stand for lost characters, or for the pauses of who speaks. Of a text
        or line that is not like the prose of today the model can only say that nothing stood in a
        place, and that not surely; nor elsewhere, where neither the place nor the other spaces of
        the text speak for the end of a printed line.
        """
        if not self.findings or self.holes:
            return []
        if self.losses.spaces >= _FEWEST_PAUSES and self._spaces.divide_clauses:
            return []
        return [
            (start, self._with_joints(line, line.borne_out(self.losses)))
            for start, line in self.findings
            if line.by_kind
        ]

    def _with_joints(self, line: LineFindings, by_kind: ByKind) -> ByKind:
        if not by_kind:
            return by_kind
        is_odd = self._spaces.strange or is_strange(line.text, meets)
        if not is_odd and (self._unmarked.wraps or Kind.SPACE not in by_kind):
            return by_kind

        def weigh(finding: Finding) -> Finding | None:
            if is_odd and (finding.kind in _MARKS or is_listed(line.text, *finding[1:3])):
                return None
            if finding.kind is not Kind.SPACE:
                return finding
            is_sure = not is_odd and self._spaces.meet(*line.beside(finding))
            return finding if is_sure else finding._replace(kind=Kind.LIKELY_SPACE)

        return _weighed(by_kind, weigh)


def _findings(lines: Sequence[Line], *, styled: bool) -> list[tuple[int, LineFindings]]:
    if not lines:
        return []
    from textclean.punctuation.findings import find_runs  # the model is loaded for slots only

    by_text = {line.text: line for line in lines}
    found = FINDINGS[styled].results(
        [line.text for line in lines],
        lambda texts: map(
            LineFindings, texts, find_runs([by_text[t] for t in texts], styled=styled)
        ),
    )
    return list(zip([line.start for line in lines], found, strict=True))


def may_be_hole(view: View, start: int, end: int) -> bool:
    """Whether a space beside a mark may stand for a character that was lost.

    So it is where the spaces between Chinese stand for such, unless many marks have a space beside
    them; and in doubt where nothing is known of these, but the text is strange or the character
    beside the space is rare.
    """
    before, behind = view.text[start - 1], view.text[end]
    if before in BEFORE_HOLE and behind in BEHIND_HOLE:
        return True
    beside = before if is_han(before) else behind
    if not is_han(beside):
        return before in PAUSE_CLASS and behind in PAUSE_CLASS and view.once(Evidence).holes
    spaces = view.once(spaces_of)
    if spaces.set_before_marks if is_han(before) else spaces.set_behind_marks:
        return False
    if spaces.strange or not _is_known(beside):
        return not spaces.joints.wraps
    return spaces.has_holes and view.once(Evidence).holes


@lru_cache(4_096)
def _is_known(char: str) -> bool:
    return knows(char.translate(fold_table()))


class _Signs(NamedTuple):
    """What a line's findings say of its text."""

    #: Spaces that may be traces of a loss, and those of them inside words.
    spaces: int
    breaks: int
    #: Spaces between Chinese characters that the model takes for marks; and what those join that it
    #: takes for nothing, and that divide no items.
    marks: int
    joined: list[str]


class LineFindings:
    """What the slot model finds in a line, weighed by the line and by what its text has lost."""

    def __init__(self, text: str, by_kind: ByKind) -> None:
        self.text, self.by_kind = text, by_kind
        self._borne_out: dict[tuple[bool, bool], ByKind] = {}

    def beside(self, finding: Finding) -> tuple[str, str]:
        """The characters beside a finding, '' at the line's edge."""
        start, end = finding.start, finding.end
        return self.text[max(0, start - 1) : start], self.text[end : end + 1]

    @computed
    def signs(self) -> _Signs:
        """What the findings say of the text."""
        spaces = breaks = marks = 0
        joined: list[str] = []
        for finding in chain(*self.by_kind.values()):
            before, behind = self.beside(finding)
            is_inside = is_word(before + behind)
            # The trace of a loss is a space and nothing else, beside no sign of style.
            if (
                self.text[finding.start : finding.end].isspace()
                and not (before.isascii() or behind.isascii())
                and _BRACKETS.isdisjoint((before, behind))
                and (is_inside or not self._is_in_slogan(finding))
            ):
                spaces += 1
                breaks += is_inside and finding.kind in _SPACES
            if is_han(before) and is_han(behind):
                if finding.kind in _MARKS:
                    marks += 1
                elif finding.kind in _SPACES and not is_listed(self.text, *finding[1:3]):
                    joined.append(before + behind)
        return _Signs(spaces, breaks, marks, joined)

    def borne_out(self, losses: Losses) -> ByKind:
        """The findings that a text bears out which has lost so much.

        Marks that it does not bear out are undecided, spaces that its writer set are no findings.
        Where marks were lost throughout, what is undecided, since the model chose another quotation
        instead, is likely.
        """
        key = losses.of_print, losses.throughout
        if key not in self._borne_out:
            weigh = _decided if losses.of_print else self._weighing(losses)
            self._borne_out[key] = _weighed(self.by_kind, weigh)
        return self._borne_out[key]

    def _weighing(self, losses: Losses) -> Callable[[Finding], Finding | None]:
        text, han = self.text, count_han(self.text)
        is_headline = han <= _LONGEST_HEADLINE and not _IS_SENTENCE.search(text)
        lossy = not is_headline and (losses.throughout or losses.within(han, self.signs.spaces))
        guessed = {
            each.group
            for each in chain(*self.by_kind.values())
            if each.kind in _QUOTES and text[each.start : each.end].strip(STRAIGHT)
        }

        def weigh(finding: Finding) -> Finding | None:
            beside = self.beside(finding)
            if finding.kind in _QUOTES:
                doubtful = finding.group in guessed
            elif finding.kind in _PAUSES:
                eats_quote = not text[finding.start : finding.end].isspace()
                is_lost = lossy and (losses.throughout or not eats_quote)
                doubtful = not is_lost or self._is_doubtful_pause(finding)
            elif finding.kind in _SPACES:
                if self._is_set(finding, is_headline=is_headline):
                    return None
                least = _SURE_AMONG_PAUSES if lossy else _SURE_OF_SPACE
                doubtful = finding.confidence < least and all(map(is_han, beside))
            else:
                doubtful = True
            if doubtful:
                return finding._replace(kind=Kind.UNDECIDED)
            if finding.kind is Kind.SPACE and not is_word("".join(beside)):
                return finding._replace(kind=Kind.LIKELY_SPACE)
            return finding

        return weigh

    def _is_set(self, finding: Finding, *, is_headline: bool) -> bool:
        """Whether a space that is taken for the end of a printed line is the writer's: in a
        headline or a slogan, beside a number or bracket.
        """
        line, low, high = self.text, finding.start, finding.end
        before, behind = self.beside(finding)
        if before.isdigit() or behind.isdigit():
            return finding.kind is Kind.LIKELY_SPACE
        if not _NO_BREAKS.isdisjoint((before, behind)):
            return True
        return not is_word(before + behind) and (
            is_headline
            or self._is_in_slogan(finding)
            or _TERM.match(line, high) is not None
            or _TERM_BEFORE.search(line[max(0, low - _LONGEST_TERM - 1) : low]) is not None
        )

    def _is_doubtful_pause(self, finding: Finding) -> bool:
        line, low, high = self.text, finding.start, finding.end
        near = line[max(0, low - _NEAR) : low] + line[high : high + _NEAR]
        return (
            _NO_PROSE.search(near) is not None
            or not _BRACKETS.isdisjoint(self.beside(finding))
            or self._is_in_slogan(finding)
        )

    def _is_in_slogan(self, finding: Finding) -> bool:
        near = self.text[max(0, finding.start - _LONGEST_SLOGAN) : finding.start]
        return bool(_IN_SLOGAN.search(near) and _TO_END_OF_SLOGAN.match(self.text, finding.end))


#: Every round asks again for lines that it left as they were, and a corpus has many lines twice.
#: Without and with a style of spaces.
FINDINGS: dict[bool, Memory[LineFindings]] = {each: Memory(4_000) for each in (False, True)}


def _weighed(by_kind: ByKind, weigh: Callable[[Finding], Finding | None]) -> ByKind:
    """Findings after they were weighed, one by one, in order of place."""
    kept: ByKind = {}
    for finding in sorted(chain(*by_kind.values()), key=_START):
        weighed = weigh(finding)
        if weighed is not None:
            kept.setdefault(weighed.kind, []).append(weighed)
    return kept


def _decided(finding: Finding) -> Finding:
    if finding.kind is not Kind.UNDECIDED or finding.group is not None:
        return finding
    return finding._replace(kind=Kind.LIKELY_PAUSE if finding.after else Kind.LIKELY_SPACE)
