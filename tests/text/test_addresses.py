"""Addresses: what is passed over, because an address holds it already, would add nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from textclean.text import addresses as module
from textclean.text.addresses import addresses

_PIECES = [
    "http://", "https://", "www.", "a", "b9", "x.y", ".com", ".cn", ".", "/", "/", "(", ")", ")",
    ":", "@", "C:/", "C:\\", "\\\\", "-", "_", "中", "文", "data:", "mailto:", "[", "]", "~", "./",
    "../", ".txt", ".c", "，", "#", "?", "=", "%", " ", "a@b.com",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_no_path_and_no_host_is_missed_beside_an_address(text: str) -> None:
    covered = {place for start, end in addresses(text) for place in range(start, end)}
    alone = [*module._paths(text, [])]
    alone += [module._page(text, match) for match in module._HOST.finditer(text)]
    assert all(covered.issuperset(range(start, end)) for start, end in alone)


@given(st.lists(st.sampled_from([*_PIECES, "\n", "\r\n"]), max_size=30).map("".join))
def test_addresses_end_with_their_lines(text: str) -> None:
    assert all("\n" not in text[start:end] for start, end in addresses(text))
