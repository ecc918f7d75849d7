"""Protected spans: what no rule may touch, because it is not prose.

Code, formulas, addresses, paths, markup and front matter are found by their syntax; a writer can
protect anything else by switches (`textclean.text.switches`). Each pattern is tried only on text
that holds the few characters it cannot do without, so prose costs next to nothing. No pattern looks
further for what closes a span than it must: quantifiers are possessive or bounded, and what may be
left open is paired by hand, so that time stays linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from textclean.text.addresses import addresses, may_hold_host
from textclean.text.blocks import BLANK_CLASS, fences, front_matter
from textclean.text.classes import (
    BREAK_CLASS,
    HAN_CLASS,
    INVISIBLE_CLASS,
    MARK_CLASS,
    ascii_of,
    has_han,
)
from textclean.text.compose import is_within
from textclean.text.kinds.lines import (
    SIGNS_OF_CODE,
    boxed_lines,
    code_lines,
    inline_data,
    rows_of_fields,
)
from textclean.text.kinds.unreadable import unreadable_pages
from textclean.text.memo import recalled
from textclean.text.mojibake import misreadings
from textclean.text.patterns import pattern
from textclean.text.switches import MARK, Switches

#: One of these is in every protected span but bare names of hosts.
_ASCII_SIGNS = "\"$&'(+,-/:;<=>@[\\]`{|}~\x1b"
_WIDE_SIGNS = "（│┃║"
_OF_PROSE = frozenset(",(（")
_SIGN = pattern(f"[{re.escape(_ASCII_SIGNS)}{_WIDE_SIGNS}]")
_SHORT = 400
_INVISIBLE = pattern(f"[{INVISIBLE_CLASS}]*+")
_BACKTICKS = pattern("``*+")
_BLANK_LINE = pattern(rf"[{BREAK_CLASS}](?:(?<=\r)\n)?+[{BLANK_CLASS}]*+[{BREAK_CLASS}]")
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
_LINK_TARGET = pattern(
    r"\]\((?:[^()\s<>]++|\([^()\s]*+\))*+"
    r"(?:[ \t]++(?:\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'))?[ \t]*+\)"
    r"|\]\(<[^<>\n]*>[^()\n]*\)"
)
# The label of a footnote [^1]: has prose behind it, any other a target and perhaps a title.
_REFERENCE = pattern(
    rf"[{INVISIBLE_CLASS}]*+([ \t]{{0,3}}\[(?:\^[^\]\n]+\]:|[^\]\n^][^\]\n]*\]:"
    r"(?:[ \t]*+\S++(?:[ \t]++(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))(?=[ \t\r]*+$))?"
    r"|[ \t]*+\r?\n[ \t]*+[^\s.#/]*[.#/]\S*+(?=[ \t\r]*+$))?))",  # the target on the next line
    re.MULTILINE,
)
_WIKI_LINK = pattern(r"\[\[[^\[\]|\n]{1,200}(?=\]\]|\|)")
_TEMPLATE = pattern(r"\{\{[^{}\n]*+\}\}|\{%[^{}\n]*+\}")
# TeX. Prose has dollars and brackets, too, but with Chinese between them; formulas have that only
# in \\text{…}, or where nothing else can be meant: $中,文$, but not $5，后来$6. The quantifiers
# never give back, so no formula is read twice.
_IN_FORMULA = (
    rf"(?>\\(?:text[a-z]*+|mbox|operatorname|mathrm|mathbf)\{{[^{{}}$\n]*+\}}"
    rf"|\\[^()\[\]\n{HAN_CLASS}]|[^$\\\n{HAN_CLASS}])"
)
_IN_DISPLAY = _IN_FORMULA.replace(r"\n", "")
_MATHS = pattern(
    rf"\$(?:\$(?:{_IN_DISPLAY})++\$\$"
    rf"|(?<![$\\]\$)(?![\s$])(?:{_IN_FORMULA})++(?<!\s)\$(?![0-9０-９$]))"
)
_CHINESE_MATHS = pattern(
    r"\$(?:(?<![$\\0-9A-Za-z]\$)(?![\s$0-9])[^$\s，。；：！？]{1,80}+\$(?![0-9０-９$])"
    r"|(?<![$\\]\$)\$[^$\n]{1,400}+\$\$(?!\$))"
)
_DISPLAY_END = pattern(r"\$\$[ \t]*(?=\r?$)", re.MULTILINE)
_IN_TEX = HAN_CLASS + MARK_CLASS
_TEX = pattern(
    rf"\\(?:(?<!\\\\)(?:\((?:{_IN_FORMULA})++\\\)|\[(?:{_IN_DISPLAY})++\\\])"
    rf"|[A-Za-z]++\*?(?:\[[^\[\]\n{_IN_TEX}]*+\])?(?:\{{[^{{}}\n{_IN_TEX}]*+\}})++"
    # Commands whose arguments are keys and names, in whatever script.
    r"|(?:[a-zA-Z]*ref|label|[a-z]*cite[a-z]*|input|include[a-z]*|usepackage|documentclass|begin|end"
    r"|url|href|bibliography(?:style)?|newcommand|graphicspath)\*?(?:\[[^\[\]\n]*+\])?\{[^{}\n]*+\})"
)
_ENVIRONMENT = pattern(
    r"\\(begin|end)\{((?:equation|align|gather|multline|eqnarray|displaymath|math|cases|array|tabular"
    r"|[bBpvV]?matrix|split|verbatim|lstlisting|minted|tikzpicture)\*?)\}"
)
# A face holds no letter of prose, and a sign that prose has not within brackets. Its limbs are
# signs, its hands may be letters at full width: Ｏ(∩_∩)Ｏ. The arm before it is read backwards.
_LIMB = r"[^\s\w，。！？、；：“”‘’（）()&;]"
_ARM = pattern(rf"[Ａ-Ｚａ-ｚ]?+{_LIMB}{{0,8}}+")
_INSIDE = {opening: pattern(rf"[{opening}]([^()（）\n]{{2,14}}+)[)）]") for opening in "(（"}
_LIMBS = pattern(rf"[Ａ-Ｚａ-ｚ]?+(?:{_LIMB}{{1,8}}+(?:[ \t]{_LIMB}{{2,6}}+)?)?")
_FACE_SIGN = pattern("」∠|[∩°□ωДд∀´｀`＾^ಠಥ╯╰▽△≧≦￣¯ˇ•ᴗ◕‿益ﾟ゜╥⊙☆★♡]|[><;:T=-][_.o-][<>;:T=-]")
_CONTAINER_MARKS = ("???", "!!!", "===", ":::")
_CONTAINER = pattern(
    r"([ \t]*+(?:(?:\?\?\?\+?|!!!|===[!+]?)[ \t]++[\w-]*+[ \t]*+\"?|:{3,}+[ \t]*+\{?[\w-]*+))"
    r"(?:(?<=\")[^\"\r\n]*+(\"))?"
)
_REFERENCE_USE = pattern(r"\]\[[^\]\n]*\]")
# What colours a terminal: the control character says what the rest is.
_ESCAPE = pattern(r"\x1b\[[0-9;]*+[A-Za-z]")
# =CHOOSE(A1;"今天";"明天"), f("北京", 3): a call whose arguments are strings and other fields.
_QUOTED = r"\"[^\"\r\n]{0,80}+\""
_ARGUMENTS = pattern(
    rf"\((?<=[A-Za-z0-9_]\()(?:[!#-'*-~]++ ?)*?(?:{_QUOTED}[,;]|[,;] ?{_QUOTED})"
    rf"(?:{_QUOTED}|[!#-'*-~]| (?![{HAN_CLASS}]))*+\)"
)


def protected_spans(text: str, alphabet: str | None = None) -> list[tuple[int, int]]:
    """The spans of `text` that no rule may edit: sorted, disjoint, not empty.

    Args:
        alphabet: characters among which are all that pages without text and misread encodings are
            known by (`SUSPECTS`) and the text holds, if these are known.
    """
    others, entities = _spans(text, alphabet)
    return merge_spans(others + entities) if entities else list(others)


def protected_beside(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of a text is protected if some spans of it, sorted and disjoint, were plain characters.

    Bytes that were read in a wrong encoding may look like code, or be part of some.
    """
    parts: list[str] = []
    last = 0
    for start, end in sorted(spans):
        parts += text[last:start], _PLAIN * (end - start)
        last = max(last, end)
    return protected_spans("".join((*parts, text[last:])))


_PLAIN = "字"


def entities_in_prose(text: str) -> list[tuple[int, int]]:
    """The spans of HTML's entities that are protected for their own sake alone: not in code, markup
    or addresses.
    """
    others, entities = _spans(text)
    return [span for span in entities if not is_within(others, span[0])]


# The engine asks, and so do the finders that it runs.
@recalled(1_000_000)
def _spans(
    text: str, alphabet: str | None = None
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """What is protected but for entities, and the entities."""
    entities = [match.span() for match in _ENTITY.finditer(text)] if "&" in text else []
    return _other_spans(text, alphabet), entities


def _signs_in(text: str, written: str) -> set[str]:
    """Which signs of protected spans a text holds: most paragraphs of prose have none.

    Args:
        written: what of the text is ASCII, if that is known, or all of it.
    """
    if len(text) <= _SHORT:
        return set(_SIGN.findall(text))
    # In a long text one character is found many times as fast as a class, and faster still among
    # the few that are ASCII.
    held = set(filter(written.__contains__, _ASCII_SIGNS))
    return held.union(filter(text.__contains__, _WIDE_SIGNS))


def _other_spans(text: str, alphabet: str | None) -> list[tuple[int, int]]:
    # What holds a string of ASCII holds it in this, too, which is short in most texts.
    written = text if len(text) <= _SHORT else ascii_of(text)
    held = _signs_in(text, written)
    host = "." in text and may_hold_host(text)
    spans = unreadable_pages(text, alphabet)
    spans = spans + [(each.start, each.end) for each in misreadings(text, alphabet)]
    if not host and held <= _OF_PROSE:  # most prose: no other question has an answer
        if not held.isdisjoint("(（"):
            spans += _unreadable(text)
        if "," in held:
            spans += rows_of_fields(text)
        return merge_spans(spans) if spans else spans

    def add_matches(*kinds: re.Pattern[str]) -> None:
        for kind in kinds:
            spans.extend(match.span() for match in kind.finditer(text))

    if ":" in held and MARK in written:
        spans += switches_of(text).protected
    if not text[:1].isalnum() and (matter := front_matter(text)):
        spans.append(matter)
    if "`" in held or ("~" in held and "~~~" in written):
        spans += _fences(text)
        spans += _inline_code(text, spans)
    if "<" in held:
        spans += _elements(text)
        add_matches(_COMMENT, _AUTOLINK, _TAG)
    if "[" in held:
        add_matches(_LINK_TARGET, _REFERENCE_USE)
        spans += (match.span(1) for match in _at_line_starts(_REFERENCE, text, ("]:",)))
        if "[[" in written:
            add_matches(_WIKI_LINK)
    if "{" in held and ("{{" in written or "{%" in written):
        add_matches(_TEMPLATE)
    if "$" in held:
        add_matches(_MATHS, _CHINESE_MATHS)
        spans += _displays(text)
    if "\\" in held:
        add_matches(_TEX)
        spans += _environments(text)
    if "(" in held or "（" in held:
        spans += _unreadable(text)
    if "(" in held and '"' in held:
        add_matches(_ARGUMENTS)
    if "\x1b" in held:
        add_matches(_ESCAPE)
    if '"' in held or (":" in held and ":::" in written):
        spans += _containers(text)
    if host or not held.isdisjoint("/@\\:"):
        spans += addresses(text)
    if not held.isdisjoint("│┃║"):
        spans += boxed_lines(text)
    if not held.isdisjoint(SIGNS_OF_CODE):
        spans += code_lines(text)
    if "{" in held or "[" in held:
        spans += inline_data(text)
    if "," in held:
        spans += rows_of_fields(text)
    return merge_spans(spans) if spans else spans


def _displays(text: str) -> Iterator[tuple[int, int]]:
    """Formulas between two lines of ``$$`` alone, whatever they hold."""
    lines: list[tuple[int, int]] = []
    for match in _DISPLAY_END.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        if not text[start : match.start()].strip(" \t>"):
            lines.append((start, match.end()))
    for (start, _), (_, end) in zip(lines[::2], lines[1::2], strict=False):
        yield start, end


def _environments(text: str) -> Iterator[tuple[int, int]]:
    """TeX's environments of formulas and of code, from ``\\begin`` to ``\\end``."""
    start, name = -1, ""
    for tag in _ENVIRONMENT.finditer(text):
        if tag.group(1) == "begin" and not name:
            start, name = tag.start(), tag.group(2)
        elif tag.group(1) == "end" and name == tag.group(2):
            yield start, tag.end()
            name = ""


def _unreadable(text: str) -> Iterator[tuple[int, int]]:
    """Faces made of characters, (╯°□°）╯, and what a reader of PDF could not decode, (cid:12)."""
    for opening, short in _INSIDE.items():
        for match in short.finditer(text) if opening in text else ():
            inside = match.group(1)
            if (inside.startswith("cid:") or _FACE_SIGN.search(inside)) and not has_han(inside):
                at = match.start()
                arm = _ARM.match(text[max(0, at - 9) : at][::-1])
                limbs = _LIMBS.match(text, match.end())
                yield at - (arm.end() if arm else 0), limbs.end() if limbs else match.end()


def _containers(text: str) -> Iterator[tuple[int, int]]:
    """What opens a container in dialects of Markdown, and the quotes around its title."""
    for match in _at_line_starts(_CONTAINER, text, _CONTAINER_MARKS):
        yield match.span(1)
        if match.group(2):
            yield match.span(2)


def _at_line_starts(
    sought: re.Pattern[str], text: str, marks: Iterable[str]
) -> Iterator[re.Match[str]]:
    """The matches where lines begin, one after another, of what has one of the `marks` in its first
    line: other lines are not tried.
    """
    starts: set[int] = set()
    written = ascii_of(text)
    for mark in marks:
        at = text.find(mark) if mark in written else -1
        while at >= 0:
            starts.add(text.rfind("\n", 0, at) + 1)
            end = text.find("\n", at)
            at = text.find(mark, end) if end >= 0 else -1
    end = 0
    for start in sorted(starts):
        if start >= end and (match := sought.match(text, start)):
            end = match.end()
            yield match


def switches_of(text: str) -> Switches:
    """What a writer switched off in a text."""
    if MARK not in text:
        return _NO_SWITCHES
    code = list(_fences(text))
    code += _inline_code(text, code)
    return Switches(text, sorted(code))


_NO_SWITCHES = Switches()


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Fenced code, from its first visible character."""
    for start, end in fences(text):
        invisible = _INVISIBLE.match(text, start)
        yield invisible.end() if invisible else start, end


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
                spans += _pairs(text, runs)
        last = max(last, end)
    return spans


def _pairs(text: str, runs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    following: dict[int, int] = {}  # by length: the nearest run behind the one looked at
    closing: list[int | None] = [None] * len(runs)
    for at in range(len(runs) - 1, -1, -1):
        start, end = runs[at]
        closing[at] = following.get(end - start)
        following[end - start] = at
    at = 0
    blank = -1  # the blank line that was found last
    while at < len(runs):
        start, end = runs[at]
        close = closing[at]
        at += 1
        if close is None:
            continue
        behind = runs[close][0]
        if blank < end:
            match = _BLANK_LINE.search(text, end, behind)
            blank = match.start() if match else -1
        if not end <= blank < behind:
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


def merge_spans(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same places as spans that are sorted and disjoint."""
    merged: list[tuple[int, int]] = []
    low = high = -1
    for start, end in sorted(spans):
        if start > high:
            if high > low:
                merged.append((low, high))
            low, high = start, end
        elif end > high:
            high = end
    if high > low:
        merged.append((low, high))
    return merged
