"""The codes of what a consensus does, and how far each is trusted (`textclean.rules.readings`)."""

from __future__ import annotations

from textclean.text.edit import Tier

MISREAD, LOST, ADDED, MARK = "N001", "N002", "N003", "N004"
LINE, OPEN, SPACE = "N005", "N006", "N007"
BREAK, WORDS = "N008", "N009"

#: By code. A mark or a space against which two others stand may be put right by default; whatever
#: brings in or takes out a letter, an ideograph or a digit may not.
TIERS = {
    MISREAD: Tier.SUGGESTED,
    LOST: Tier.SUGGESTED,
    ADDED: Tier.SUGGESTED,
    MARK: Tier.SAFE,
    LINE: Tier.SUGGESTED,
    OPEN: Tier.REPORT,
    SPACE: Tier.SAFE,
    BREAK: Tier.SUGGESTED,
    WORDS: Tier.SUGGESTED,
}
