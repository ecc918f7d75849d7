"""Paragraphs across the breaks that a page made. Three parts:

- *Lines*: which line breaks are the page's (`lines` measures, `page_model` explains a run of them,
  `paragraphs` decides; `right_edge` for pages of short items; `torn_layer` for lines in pieces);
  `letterspacing` finds spaces that setting and OCR put between characters; `furniture` says what
  stands beside the paragraphs (`running_heads`, `headings`).
- *Blocks*: which block goes on in which (`captions` gives roles, `block_order` what the page's
  order and widths allow, `stitch_features` the evidence of a pair, `stitching` decides).
- *Columns*: side by side with a gutter (`columns`), or interleaved line by line
  (`interleaving`, `torn_page`, `numbering`).

"Does this text break off here?" has several answers, by models with training of their own:

- `seam_model.broken_score`: a block's last four characters; with `clause_model.broken_score` its
  last clause. `stitch_features.broken` and `breaks_off` are the two in nats, for joining blocks and
  for findings on them.
- `bigrams.continues`: the two characters at a line break within a run of lines.
- `punctuation.end_model`: whether a text's last words are a whole sentence, for restoring a full
  stop; where blocks are at hand, `Continuations` has a veto.
- `dedup.policy.breaks_off`: words only, for truncated copies; no model.
- `placeholders.alignment.Witness.surplus`: no judgement, only whether the line of a witness has
  more characters.

Names and weights are loaded on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textclean.layout.stitching import Continuations, Stitch, continues_elsewhere, stitch

__all__ = ["Continuations", "Stitch", "continues_elsewhere", "stitch"]


if not TYPE_CHECKING:  # so that type checkers reject a wrong name

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.stitching"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
