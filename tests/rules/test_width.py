"""Letters, digits and the marks between them at full width."""

from __future__ import annotations

from tests.rules.printed import comes_back, stays

test_what_was_printed_comes_back = comes_back(__name__)
test_what_is_right_stays = stays(__name__)
