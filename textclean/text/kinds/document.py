"""The kind of a document: its register, its script, and the habits of its writer.

All is counted, nothing is guessed from a file's name. A habit that a document keeps by itself is
evidence against an edit, so rules about spaces and marks ask here before they call one a slip.
"""

from __future__ import annotations

import re
from enum import StrEnum
from string import ascii_letters
from typing import NamedTuple

from textclean.text.classes import COMMON_HAN_CLASS, KANA_CLASS, ascii_of
from textclean.text.memo import computed, recalled
from textclean.text.patterns import pattern
from textclean.text.variants import simplified_only
from textclean.text.variants import traditional as traditional_forms


class Register(StrEnum):
    """What a document is written in, as far as it decides which rules can be believed."""

    #: Modern Chinese: news, reports, laws, fiction; also what is too short to tell.
    PROSE = "prose"
    #: Speech written down, where words are said again and a space may be a pause.
    SPOKEN = "spoken"
    #: Chinese of before the twentieth century, and what is written like it.
    CLASSICAL = "classical"
    #: Chinese among code, formulas, links and Latin names.
    TECHNICAL = "technical"


class Script(StrEnum):
    """Which characters a document is written in."""

    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"
    MIXED = "mixed"
    #: Too little that only one of the two has.
    EITHER = "either"


class Border(StrEnum):
    """What stands beside Chinese at a border that some writers space and others do not."""

    LETTER = "letter"
    DIGIT = "digit"
    CODE = "code"
    FORMULA = "formula"
    #: A quotation, title or parenthesis, on its outer side.
    BRACKET = "bracket"


class Habit(NamedTuple):
    """How often a document sets a space at borders of one sort, and how often not."""

    spaced: int
    tight: int

    @property
    def is_spaced(self) -> bool:
        """Whether the spaces are the writer's own: enough of them, and hardly any left out."""
        return self.spaced >= _FEWEST_BORDERS and self.spaced >= 9 * self.tight

    @property
    def is_tight(self) -> bool:
        """Whether the writer sets no space there."""
        return self.tight >= _FEWEST_BORDERS and self.tight >= 9 * self.spaced


class DocumentKind:
    """What kind of text a document is; each answer is counted when it is first asked for.

    Attributes:
        register: see `Register`.
        script: see `Script`.
        stop: the mark that ends its sentences: ``。``, or ``．`` where a writer uses that.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._habits: dict[Border, Habit] = {}

    @computed
    def _ascii(self) -> str:
        return ascii_of(self._text)

    @property
    def _chinese(self) -> int:
        """Characters and marks that are not ASCII: nearly all of them are Chinese."""
        return len(self._text) - len(self._ascii)

    @computed
    def _particles(self) -> str:
        """The particles of classical Chinese and of speech, in order: one scan for both."""
        return "".join(_PARTICLES.findall(self._text))

    def _count(self, particles: str) -> int:
        """How many there are of some particles of classical Chinese or of speech."""
        return sum(map(self._particles.count, particles))

    @property
    def _is_classical(self) -> bool:
        """By particles of classical and of modern Chinese, no more counted than settle it."""
        if len(self._particles) < _FEWEST_PARTICLES:
            return False
        classical = self._count(_CLASSICAL)
        if classical < _FEWEST_PARTICLES:
            return False
        modern = 0
        for particle in _MODERN:
            modern += self._text.count(particle)
            if classical <= _CLASSICAL_SHARE * modern:
                return False
        return True

    @property
    def _foreign(self) -> float:
        """Letters, backticks and dollars a Chinese character; the last two count tenfold."""
        signs = self._ascii.count("`") + self._ascii.count("$")
        letters = len(self._ascii.encode().translate(None, _NO_LETTERS))
        return (letters + 10 * signs) / (self._chinese or 1)

    @computed
    def register(self) -> Register:
        """By particles, which every text of some length has, and by what is no Chinese."""
        if self._is_classical:
            return Register.CLASSICAL
        chinese = self._chinese
        if chinese >= _FEWEST_CHINESE and self._foreign >= _TECHNICAL:
            return Register.TECHNICAL
        fewest = max(_FEWEST_SPOKEN, _SPOKEN_SHARE * chinese)
        if len(self._particles) >= fewest and self._count(_SPOKEN) >= fewest:
            return Register.SPOKEN
        return Register.PROSE

    @computed
    def has_kana(self) -> bool:
        """Whether there are kana at all."""
        return bool(KANA.search(self._text))

    @computed
    def script(self) -> Script:
        """By the characters that only one of the scripts has."""
        sample = self._text[:_SAMPLE]
        simplified = sum(map(simplified_only().__contains__, sample))
        forms = traditional_forms()
        traditional = sum(map(forms.__contains__, sample))
        both = traditional + simplified
        if both < _FEWEST_PARTICLES:
            return Script.EITHER
        if traditional <= both / 20:
            return Script.SIMPLIFIED
        return Script.TRADITIONAL if simplified <= both / 20 else Script.MIXED

    @computed
    def stop(self) -> str:
        """The mark that ends its sentences."""
        return "．" if self._text.count("．") > 3 * self._text.count("。") else "。"

    def habit(self, border: Border) -> Habit:
        """How the document sets the borders of one sort."""
        habit = self._habits.get(border)
        if habit is None:
            spaced, tight = (
                sum(len(expression.findall(self._text)) for expression in either)
                for either in _BORDERS[border]
            )
            habit = self._habits[border] = Habit(spaced, tight)
        return habit

    def evidence(self) -> dict[str, str]:
        """What was decided and on what counts, for people: a line for each answer."""
        classical, modern = self._count(_CLASSICAL), sum(map(self._text.count, _MODERN))
        answers = {
            "register": f"{self.register} ({classical} classical particles, {modern} modern and "
            f"{self._count(_SPOKEN)} of speech; {self._foreign:.2f} letters and signs of code a "
            "Chinese character)",
            "script": str(self.script),
            "end of sentence": self.stop,
        }
        for border in Border:
            spaced, tight = self.habit(border)
            if spaced + tight:
                answers[f"Chinese beside {border}"] = f"{spaced} spaced, {tight} not"
        return answers


#: A border's habit shows from so many on, a register's from so many particles or characters.
_FEWEST_BORDERS = 10
_FEWEST_PARTICLES = 6
_FEWEST_CHINESE = 30
#: Particles that one of the two has and the other hardly. Over news, laws, reports, technical
#: articles and 21 + 9 classical books, a document's classical ones are at most .33 of both where it
#: is modern (one law in a hundred has .64), and .58 to .92 where it is classical.
_CLASSICAL = "之者也曰矣焉乃吾汝乎哉耳"
_MODERN = "的了是在们們这這着著过過和把被我你"
_CLASSICAL_SHARE = 1.5
#: Particles of speech: of transcripts of talks half have 1 in 100 characters and more, of press,
#: reviews, manuals and technical articles one in a thousand.
_SPOKEN = "吧吗嗎呢啊嘛呀哦哈嗯"
_FEWEST_SPOKEN, _SPOKEN_SHARE = 12, 0.008
#: Letters and signs a character: press, laws and reports have at most .09 (once .42), of technical
#: articles 19 of 20 have .15 and more.
_TECHNICAL = 0.15
_PARTICLES = pattern(f"[{_CLASSICAL}{_SPOKEN}]")
KANA = pattern(f"[{KANA_CLASS}]")
_LETTER = pattern("[A-Za-z]")
#: In a longer text it pays to look among what is ASCII alone.
_SHORT = 400
_NO_LETTERS = bytes(set(range(128)) - set(ascii_letters.encode()))
#: The script is read off so many characters.
_SAMPLE = 20_000


def _borders(first: str, last: str = "") -> tuple[tuple[re.Pattern[str], ...], ...]:
    """What finds the spaced borders between Chinese and what begins and ends so, and the others.

    Each looks for what is rarest and then to either side of it.
    """
    han, last = f"[{COMMON_HAN_CLASS}]", last or first
    return (
        (pattern(f" (?<={han} )(?={first})"), pattern(f" (?<={last} )(?={han})")),
        (pattern(f"{first}(?<={han}{first})"), pattern(f"{last}(?={han})")),
    )


_BORDERS = {
    Border.LETTER: _borders("[A-Za-z]"),
    Border.DIGIT: _borders("[0-9]"),
    Border.CODE: _borders("`"),
    Border.FORMULA: _borders("[$]"),
    Border.BRACKET: _borders("[“‘（《「『【]", "[”’）》」』】]"),
}


def has_letters(text: str) -> bool:
    """Whether a text holds letters of English at all."""
    return bool(_LETTER.search(text if len(text) <= _SHORT else ascii_of(text)))


@recalled(1_000_000)
def kind_of(text: str) -> DocumentKind:
    """The kind of a text."""
    return DocumentKind(text)
