"""Protected spans: what no rule may touch, because it is not prose.

Code, formulas, addresses, paths, markup and front matter are found by their syntax; a writer can
protect anything else by switches (`textclean.text.switches`). Each pattern is tried only on text
that holds the few characters it cannot do without, so prose costs next to nothing. No pattern looks
further for what closes a span than it must: quantifiers are possessive or bounded, and what may be
left open is paired by hand, so that time stays linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from textclean.text.blocks import BLANK_CLASS, BlockKind, front_matter, split_blocks
from textclean.text.classes import BREAK_CLASS, HAN_CLASS, INVISIBLE_CLASS, MARK_CLASS, run_start
from textclean.text.memo import remembered
from textclean.text.patterns import pattern
from textclean.text.switches import MARK, Switches

# One of these is in every protected span but front matter and bare names of hosts.
_SYNTAX = "`~<&[/@\\:${"
# Literals, which the pattern compiler scans for faster than `in` does.
_MAILTO = pattern("mailto:")
_DATA = pattern("data:")
_WWW = pattern(r"www\.")
_SLASHES = pattern("://")
_OF_URLS = (_WWW, _SLASHES, _DATA, _MAILTO)
_LABEL_END = pattern(r"\]:")
_INVISIBLE = pattern(f"[{INVISIBLE_CLASS}]*+")
_BACKTICKS = pattern("`+")
_BLANK_LINE = pattern(rf"(?>\r\n|[{BREAK_CLASS}])[{BLANK_CLASS}]*+[{BREAK_CLASS}]")
_COMMENT = pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ELEMENT_TAG = pattern(
    r"<(?:(script|style|pre|code|kbd|svg|math)\b[^<>]*+"
    r"|/(script|style|pre|code|kbd|svg|math)\s*+)>",
    re.IGNORECASE,
)
# Between < and > an address may hold any character but a space.
_AUTOLINK = pattern(r"<[A-Za-z][A-Za-z0-9+.-]{1,15}:[^<>\s]++>")
_TAG = pattern(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>\n]*)?/?>|<![A-Z][^<>\n]*>|<\?[^<>\n]*\?>")
_ENTITY = pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# RFC 3986's characters, but no quote: what follows an address is more often prose than address.
# An address may follow Chinese without a space; \b would not see that it begins there.
_URL = pattern(
    r"(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z0-9+.-]{1,15}://|www\.|mailto:|data:)"
    r"[A-Za-z0-9._~:/?#\[\]@!$&()*+,;=%|-]++"
)
_TOP_LEVEL = r"(?:com|cn|org|net|gov|edu|io|info|cc|tv|me|dev|hk|tw|uk|eu|de|jp)\b"
_DOMAIN = pattern(rf"\.{_TOP_LEVEL}", re.ASCII)
_HOST = pattern(
    r"(?<![\w@.-])(?:[A-Za-z0-9][A-Za-z0-9-]*+\.)+"
    rf"{_TOP_LEVEL}"
    r"(?::\d{1,5}\b)?(?:[/?#][A-Za-z0-9._~:/?#@!$&()*+,;=%|-]*+)?",
    re.ASCII,
)
_EMAIL = pattern(
    r"(?<![A-Za-z0-9._%+-])[.%+-]*+([A-Za-z0-9_][A-Za-z0-9._%+-]*+@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)++)"
)
_AT = pattern("@")
_ASCII = pattern("[!-~]*+")
_PRINTABLE = "".join(map(chr, range(ord("!"), ord("~") + 1)))
# Matched from where the run of path characters around a slash begins.
_PATH_CHARACTERS = "A-Za-z0-9_.@+~:-"
_PATH_START = pattern(rf"[{_PATH_CHARACTERS}]*+\Z")
_PATH = pattern(
    r"[A-Za-z]:/[A-Za-z0-9_.()/~$-]*"  # C:/folder
    r"|(?:~|\.{1,2})?/[A-Za-z0-9_][A-Za-z0-9_.@+-]*(?:/[A-Za-z0-9_.@+-]*)*"  # /a, ./a, ~/a
    r"|[A-Za-z0-9_.@+-]{1,255}(?:/[A-Za-z0-9_.@+-]{1,255}){0,30}"  # a/b/c.txt
    r"/[A-Za-z0-9_@+-]{0,255}\.[A-Za-z][A-Za-z0-9]{0,7}\b"
    r"|[A-Za-z0-9_.@+-]*[A-Za-z][A-Za-z0-9_.@+-]*(?:/[A-Za-z0-9_.@+-]+){2,}/?",
    re.ASCII,
)
# A folder's name may be in any script; a file's, too, where an extension shows its end.
_PART = r"[^\\/:*?\"<>|\s,;!，。；：！？“”]{1,80}"
_WINDOWS_PATH = pattern(
    rf"[A-Za-z]:\\++(?:{_PART}\\++)*+(?:{_PART}?\.[A-Za-z][A-Za-z0-9]{{0,4}}(?![A-Za-z0-9]))?"
    r"[A-Za-z0-9_.()~$-]*+"
    r"|\\\\[A-Za-z0-9_.-]++\\[A-Za-z0-9_.$\\-]++"
)
_LINK_TARGET = pattern(
    r"\]\((?:[^()\s<>]++|\([^()\s]*+\))*+(?:[ \t]++(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*+\)"
    r"|\]\(<[^<>\n]*>[^()\n]*\)"
)
# The label of a footnote [^1]: has prose behind it, any other a target and perhaps a title.
_REFERENCE = pattern(
    rf"^[{INVISIBLE_CLASS}]*+([ \t]{{0,3}}\[(?:\^[^\]\n]+\]:|[^\]\n^][^\]\n]*\]:"
    r"(?:[ \t]*+\S++(?:[ \t]++(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))(?=[ \t\r]*+$))?)?))",
    re.MULTILINE,
)
_WIKI_LINK = pattern(r"\[\[[^\[\]|\n]{1,200}(?=\]\]|\|)")
_TEMPLATE = pattern(r"\{\{[^{}\n]*+\}\}|\{%[^{}\n]*+\}")
# TeX. Prose has dollars and brackets, too, but with Chinese between them; formulas have that only
# in \text{…}. The quantifiers never give back, so no formula is read twice.
_PROSE = HAN_CLASS + MARK_CLASS
_IN_FORMULA = (
    rf"(?>\\(?:text[a-z]*+|mbox)\{{[^{{}}$\n]*+\}}|\\[^()\[\]\n{_PROSE}]|[^$\\\n{_PROSE}])"
)
_IN_DISPLAY = _IN_FORMULA.replace(r"\n", "")
_MATHS = pattern(
    rf"\$\$(?:{_IN_DISPLAY})++\$\$"
    rf"|(?<![$\\])\$(?![\s$])(?:{_IN_FORMULA})++(?<!\s)\$(?![0-9０-９$])"
)
_TEX = pattern(
    rf"(?<!\\)(?:\\\((?:{_IN_FORMULA})++\\\)|\\\[(?:{_IN_DISPLAY})++\\\])"
    rf"|\\[A-Za-z]++\*?(?:\[[^\[\]\n{_PROSE}]*+\])?(?:\{{[^{{}}\n{_PROSE}]*+\}})++"
)
_REFERENCE_USE = pattern(r"\]\[[^\]\n]*\]")
_TRAILING = ".,;:!?'\""


def protected_spans(text: str) -> list[tuple[int, int]]:
    """The spans of `text` that no rule may edit: sorted, disjoint, not empty."""
    return list(_protected_spans(text))


@remembered(2, longest=40_000)  # the engine asks, and so do the finders that it runs
def _protected_spans(text: str) -> list[tuple[int, int]]:
    held = {char for char in _SYNTAX if char in text}
    domain = _DOMAIN.search(text)
    if not (held or domain or (not text[:1].isalnum() and front_matter(text))):
        return []
    spans: list[tuple[int, int]] = []
    # One character is found many times as fast as two: each question begins with one.
    colon, slash = ":" in held, "/" in held
    if colon and "l" in text:
        spans += switches_of(text).protected
    if not text[:1].isalnum() and (matter := front_matter(text)):
        spans.append(matter)
    if "`" in held or ("~" in held and "~~~" in text):
        spans += _fences(text)
        spans += _inline_code(text, spans)
    if "<" in held:
        spans += _elements(text)
        for markup in (_COMMENT, _AUTOLINK, _TAG):
            spans += (match.span() for match in markup.finditer(text))
    if "&" in held:
        spans += (match.span() for match in _ENTITY.finditer(text))
    if "[" in held:
        for link in (_LINK_TARGET, _REFERENCE_USE):
            spans += (match.span() for match in link.finditer(text))
        if _LABEL_END.search(text):
            spans += (match.span(1) for match in _REFERENCE.finditer(text))
        if "[[" in text:
            spans += (match.span() for match in _WIKI_LINK.finditer(text))
    if "{" in held and ("{{" in text or "{%" in text):
        spans += (match.span() for match in _TEMPLATE.finditer(text))
    if "$" in held:
        spans += (match.span() for match in _MATHS.finditer(text))
    signs = [_DOMAIN] if domain else []
    if "@" in held:
        signs.append(_AT)
    if (
        ("w" in text and _WWW.search(text))
        or (colon and slash and (_SLASHES.search(text) or _DATA.search(text)))
        or (colon and "@" in held and _MAILTO.search(text))
    ):
        signs += _OF_URLS
    if signs:
        spans += _addresses(text, signs)
    if slash:
        spans += _paths(text)
    if "\\" in held:
        spans += (_address(match) for match in _WINDOWS_PATH.finditer(text))
        spans += (match.span() for match in _TEX.finditer(text))
    return _merge(spans)


def _addresses(text: str, signs: Sequence[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    """Addresses of the kinds whose `signs` are given: each address has one, and none holds a
    character that is not printable ASCII, so only the runs of those around signs are searched.
    """
    urls, hosts = _SLASHES in signs, _DOMAIN in signs
    done = 0
    for at in sorted(match.start() for sign in signs for match in sign.finditer(text)):
        if at < done:
            continue
        run = run_start(text, at, _PRINTABLE), _ASCII.match(text, at).end()  # type: ignore[union-attr]
        done = run[1]
        written = text[run[0] : done]
        if urls and (":" in written or "www." in written):
            for match in _URL.finditer(text, *run):
                yield _address(match)
        if "@" in written:
            for match in _EMAIL.finditer(text, *run):
                yield match.span(1)
        if hosts and "." in written:
            for match in _HOST.finditer(text, *run):
                yield _address(match)


def _paths(text: str) -> Iterator[tuple[int, int]]:
    last = 0
    slash = text.find("/")
    while slash >= 0:
        start = _PATH_START.search(text, max(last, slash - 80), slash).start()  # type: ignore[union-attr]
        match = _PATH.match(text, start)
        if match and match.end() > slash:
            yield _address(match)
            last = match.end()
        slash = text.find("/", max(last, slash + 1))


def switches_of(text: str) -> Switches:
    """What a writer switched off in a text."""
    if MARK not in text:
        return Switches()
    code = list(_fences(text))
    code += _inline_code(text, code)
    return Switches(text, sorted(code))


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Fenced code, from its first visible character."""
    for block in split_blocks(text):
        if block.kind is BlockKind.FENCE:
            invisible = _INVISIBLE.match(text, block.start)
            yield invisible.end() if invisible else block.start, block.end


def _inline_code(text: str, fences: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Code spans outside of `fences`: a fence's backticks never pair with those of the prose.

    A run of backticks pairs with the next run of the same length, but never over a blank line.
    """
    if "`" not in text:
        return []
    spans: list[tuple[int, int]] = []
    last = 0
    for start, end in [*sorted(fences), (len(text), len(text))]:
        if start > last:
            runs = [match.span() for match in _BACKTICKS.finditer(text, last, start)]
            if len(runs) > 1:
                breaks = [match.start() for match in _BLANK_LINE.finditer(text, last, start)]
                spans += _pairs(runs, breaks)
        last = max(last, end)
    return spans


def _pairs(runs: list[tuple[int, int]], breaks: list[int]) -> Iterator[tuple[int, int]]:
    following: dict[int, int] = {}  # by length: the nearest run behind the one looked at
    closing: list[int | None] = [None] * len(runs)
    for at in range(len(runs) - 1, -1, -1):
        start, end = runs[at]
        closing[at] = following.get(end - start)
        following[end - start] = at
    at = 0
    while at < len(runs):
        start, end = runs[at]
        close = closing[at]
        at += 1
        if close is None:
            continue
        place = bisect_left(breaks, end)
        if place == len(breaks) or breaks[place] >= runs[close][0]:
            yield start, runs[close][1]
            at = close + 1


def _elements(text: str) -> Iterator[tuple[int, int]]:
    """Elements whose content is no prose, from tag to tag."""
    tags = list(_ELEMENT_TAG.finditer(text))
    last = {(tag.group(2) or "").lower(): tag.start() for tag in tags}
    start, name = -1, ""
    for tag in tags:
        if not name and tag.group(1) and last.get(tag.group(1).lower(), -1) > tag.start():
            start, name = tag.start(), tag.group(1).lower()
        elif name and name == (tag.group(2) or "").lower():
            yield start, tag.end()
            name = ""


def _address(match: re.Match[str]) -> tuple[int, int]:
    """An address without the marks behind it that belong to the sentence around it."""
    start, end = match.span()
    address = match.group()
    unopened = address.count(")") - address.count("(")
    while end > start:
        last = address[end - start - 1]
        if last == ")" and unopened > 0:
            unopened -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return start, end


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
