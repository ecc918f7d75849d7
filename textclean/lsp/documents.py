"""An open text: what it says now, and what was found in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textclean.cleaning import clean
from textclean.config import Config
from textclean.lsp.findings import Change, Found, combined, moved
from textclean.lsp.positions import Encoding, Positions
from textclean.text.edit import Edit, Tier


class Document:
    """One text that a client has open.

    Attributes:
        path: of the file; None: it is none.
        language: what the client takes it for, such as ``markdown``.
        version: the client's number of the text.
        found: what was found, in order of place and in coordinates of the text as it is now.
        is_complete: whether that is all there is in this text.
    """

    def __init__(
        self,
        uri: str,
        path: Path | None,
        language: str,
        version: int,
        text: str,
        encoding: Encoding,
    ) -> None:
        self.uri = uri
        self.path = path
        self.language = language
        self.version = version
        self.positions = Positions(text, encoding)
        self.found: list[Found] = []
        self.is_complete = False
        # Changes since suggestions were asked for, while they are not there.
        self._since: list[Change] = []

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.positions.text

    def replace_all(self, text: str) -> None:
        """Take another text; nothing is known of it."""
        self._change(Change(0, len(self.text), len(text), 0, len(self.text)))
        self.positions = Positions(text, self.positions.encoding)

    def replace(self, start: tuple[int, int], end: tuple[int, int], new: str) -> None:
        """Replace what stands between two positions of the client, end after start."""
        low = self.positions.offset(*start)
        high = max(self.positions.offset(*end), low)
        self._change(Change(low, high, len(new), *self.positions.lines_around(low, high)))
        self.positions = self.positions.edited(low, high, new)

    def _change(self, change: Change) -> None:
        self.is_complete = False
        self.found = moved(self.found, change)
        self._since.append(change)

    def check_safe(self, config: Config) -> None:
        """Find what is repaired at tier ``safe``; suggestions stay as far as they are known."""
        edits = clean(self.text, config, tier=Tier.SAFE).edits
        self.found = combined(edits, (each.edit for each in self.found if not each.applied))

    def ask(self) -> str:
        """The text for which suggestions are looked for from now on."""
        self._since.clear()
        return self.text

    def answer(self, edits: Sequence[Edit], suggestions: Sequence[Edit]) -> None:
        """Take what was found in the text of the last `ask`: of what was changed since, nothing."""
        if not self._since:
            self.found = combined(edits, suggestions)
            self.is_complete = True
            return
        found = combined(edits, suggestions)
        for change in self._since:
            found = moved(found, change)
        # Repairs may have been found in the newer text.
        repairs = [each.edit for each in self.found if each.applied]
        self.found = combined(repairs, (each.edit for each in found if not each.applied))
