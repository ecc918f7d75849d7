"""Whether a text has lost marks: by its spaces between Chinese characters, and how dense they are.

What an extraction lost, it lost all over a text: every few words a space stands for the end of a
printed line, a comma, a quote. Who sets a space in a sentence of his own sets a handful, and in a
line that has its marks one is mostly the writer's. So a loss shows in a rate, of the text or of a
paragraph, and a single space is evidence only where there is hardly more text than it.
"""

from __future__ import annotations

from typing import NamedTuple

#: Spaces in a thousand Chinese characters. Of press, health, laws, reports and technical articles
#: nine in ten documents have less than 5; scanned newspapers that lost their marks have 60 to 150.
_OF_TEXT, _OF_PARAGRAPH = 8, 40
#: So many spaces in a paragraph prove something; so few in a short text leave room for doubt.
_FEWEST, _FEW = 3, 6
#: Of so many spaces one is inside a word where lines were printed, but for a short text's.
_SPACES_OF_A_BREAK, _SHORT = 64, 300


class Losses(NamedTuple):
    """The spaces of a text that may stand for something, and how much text there is.

    Attributes:
        han: the Chinese characters of the text, its marks among them.
        spaces: the spaces in sentences that are no matter of layout or style.
        breaks: those of them inside words: ends of printed lines.
    """

    han: int
    spaces: int
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
