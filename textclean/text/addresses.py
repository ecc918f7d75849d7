"""Addresses: of the web, of mail, of files. What Chinese they hold is theirs, and no prose.

An address has a sign (``://``, ``@``, ``.com``, a slash or backslash) that is looked for first. A
web page's name may be in Chinese, and so may a folder's or a file's: then it goes on to where its
own characters end, which is as far as can be told from prose that follows without a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import ascii_letters, digits

from textclean.text.classes import HAN_CLASS, KANA_CLASS, run_start
from textclean.text.memo import remembered
from textclean.text.patterns import pattern

# Literals, which the pattern compiler scans for faster than `in` does.
_MAILTO = pattern("mailto:")
_DATA = pattern("data:")
_WWW = pattern(r"www\.")
_SLASHES = pattern("://")
_OF_URLS = (_WWW, _SLASHES, _DATA, _MAILTO)
# RFC 3986's characters, but no quote: what follows an address is more often prose than address.
# An address may follow Chinese without a space; \b would not see that it begins there.
_URL = pattern(
    r"(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z0-9+.-]{1,15}://"  # then a host, perhaps in Chinese
    r"|(?:www\.|mailto:|data:)(?=[A-Za-z0-9]))[A-Za-z0-9._~:/?#\[\]@!$&()*+,;=%|-]*+"
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
#: One of these is in every line that holds an address; those with a scheme may have no other.
_SIGN = pattern(rf"[/@\\.](?:(?<!\.)|{_TOP_LEVEL})", re.ASCII)
_SIGN_OR_URL = pattern(
    rf"[/@\\.wdm](?:(?<=[/@\\])|(?<=\.){_TOP_LEVEL}|(?<=w)ww\.|(?<=d)ata:|(?<=m)ailto:)", re.ASCII
)
_ASCII = pattern("[!-~]*+")
_PRINTABLE = "".join(map(chr, range(ord("!"), ord("~") + 1)))
# Matched from where the run of path characters around a slash begins.
_PATH_CHARACTERS = f"{ascii_letters}{digits}_.@+~:-"
_PATH = pattern(
    r"[A-Za-z]:/[A-Za-z0-9_.()/~$-]*"  # C:/folder
    r"|(?:~|\.{1,2})?/[A-Za-z0-9_][A-Za-z0-9_.@+-]*(?:/[A-Za-z0-9_.@+-]*)*"  # /a, ./a, ~/a
    r"|[A-Za-z0-9_.@+-]{1,255}(?:/[A-Za-z0-9_.@+-]{1,255}){0,30}"  # a/b/c.txt
    r"/[A-Za-z0-9_@+-]{0,255}\.[A-Za-z][A-Za-z0-9]{0,7}\b"
    r"|[A-Za-z0-9_.@+-]*[A-Za-z][A-Za-z0-9_.@+-]*(?:/[A-Za-z0-9_.@+-]+){2,}/?",
    re.ASCII,
)
# A folder's name may be in any script; a file's, too, where an extension shows its end.
_PART = r"[^\\/:*?\"<>|\s;!，。；：！？“”]{1,80}"
_BACKSLASH = pattern(r"\\(?:(?<=[A-Za-z]:\\)|\\[A-Za-z0-9_.-])")
_WINDOWS_PATH = pattern(
    rf"[A-Za-z]:\\++(?:{_PART}\\++)*+(?:{_PART}?\.[A-Za-z][A-Za-z0-9]{{0,4}}(?![A-Za-z0-9]))?"
    r"[A-Za-z0-9_.()~$-]*+"
    r"|\\\\[A-Za-z0-9_.-]++\\[A-Za-z0-9_.$\\-]++"
)
# Behind a slash or the like an address may go on in Chinese.
_GOES_ON = "/=_%-"
_EAST_ASIAN = HAN_CLASS + KANA_CLASS
_CHINESE_PAGE = pattern(rf"[{_EAST_ASIAN}][{_EAST_ASIAN}A-Za-z0-9,()_%./~-]{{0,120}}")
_OF_PAGES = pattern(r"[/_%(]")
#: Longer, and without a mark of addresses, it is the sentence that goes on.
_LONGEST_NAME = 12
# A run that may be a path with Chinese names, and how such a path ends or begins.
_NO_PATH = r"\s\\:*?\"'<>|`，。；：！？“”‘’…、"
_RUN_BEHIND = pattern(f"[^{_NO_PATH}]*")
_FILE_NAME = pattern(
    r"[^/]*+(?:/[^/]{1,80}+)*?/[^/]{0,80}\.[A-Za-z][A-Za-z0-9]{0,7}(?![A-Za-z0-9])"
)
_FROM_ROOT = pattern(r"(?:~|\.{1,2})?/[A-Za-z0-9_.-]+/")
_REACH = 300


def may_hold_host(text: str) -> bool:
    """Whether a text has the ending of a host's name, ``.com``."""
    return _DOMAIN.search(text) is not None


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """The spans of addresses in a text, in no order; they may overlap."""
    slash = "/" in text
    urls = bool(
        ("w" in text and _WWW.search(text))
        or (slash and ":" in text and (_SLASHES.search(text) or _DATA.search(text)))
        or ("@" in text and _MAILTO.search(text))
    )
    if not (slash or urls or "@" in text or "\\" in text or may_hold_host(text)):
        return
    # No address goes over the end of a line, and most lines have none.
    sign = _SIGN_OR_URL if urls else _SIGN
    end = 0
    while match := sign.search(text, end):
        at = match.start()
        start = text.rfind("\n", end, at) + 1 or end
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        for low, high in _of_line(text[start:end], urls):
            yield start + low, start + high


@remembered(4_000)
def _of_line(line: str, urls: bool) -> list[tuple[int, int]]:
    """The addresses in a line; `urls`: whether there may be any that have a scheme or ``www.``"""
    signs = [_DOMAIN] if _DOMAIN.search(line) else []
    if "@" in line:
        signs.append(_AT)
    if urls:
        signs += _OF_URLS
    found: list[tuple[int, int]] = []
    # Where all addresses are part of the one that is found.
    covered: list[tuple[int, int]] = []
    if signs:
        found += _web_addresses(line, signs, covered)
    if "/" in line:
        found += _paths(line, covered)
        if not line.isascii():
            found += _chinese_paths(line)
    if _BACKSLASH.search(line):
        found += (_trimmed(match) for match in _WINDOWS_PATH.finditer(line))
    return found


def _web_addresses(
    text: str, signs: Sequence[re.Pattern[str]], covered: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Addresses of the kinds whose `signs` are given: each address has one, and none holds a
    character that is not printable ASCII, so only the runs of those around signs are searched.

    `covered` takes up the spans in which no other address need be looked for.
    """
    urls, hosts = _SLASHES in signs, _DOMAIN in signs
    done = 0
    for at in sorted([match.start() for sign in signs for match in sign.finditer(text)]):
        if at < done:
            continue
        low, done = run_start(text, at, _PRINTABLE), _ASCII.match(text, at).end()  # type: ignore[union-attr]
        written = text[low:done]
        first = low
        if urls and (":" in written or "www." in written):
            for match in _URL.finditer(text, first, done):
                yield _page(text, match)
                start, end = match.span()
                # Where nothing that goes on into it begins before it, all that begins in it ends
                # in it; but for brackets, which what is left off behind an address depends on.
                before = text[start - 1] if start else " "
                if before not in _PATH_CHARACTERS and "(" not in text[start:end]:
                    covered.append((start, end))
                    if "." not in text[low:start]:
                        low = end
        if "@" in written:
            for match in _EMAIL.finditer(text, first, done):
                yield match.span(1)
        if hosts and text.find(".", low, done) >= 0:
            for match in _HOST.finditer(text, low, done):
                yield _page(text, match)


def _page(text: str, match: re.Match[str]) -> tuple[int, int]:
    """A web address, with the Chinese name of the page it may end in."""
    start, end = match.span()
    name = _CHINESE_PAGE.match(text, end) if text[end - 1] in _GOES_ON else None
    if name is None:
        return _trimmed(match)
    written = name.group().rstrip(",.(-")
    while written.endswith(")") and written.count(")") > written.count("("):
        written = written[:-1].rstrip(",.(-")
    if len(written) > _LONGEST_NAME and not _OF_PAGES.search(written):
        return _trimmed(match)
    return start, end + len(written)


def _paths(text: str, covered: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = at = 0
    slash = text.find("/")
    while slash >= 0:
        while at < len(covered) and covered[at][1] <= slash:
            at += 1
        if at < len(covered) and covered[at][0] <= slash:
            slash = text.find("/", covered[at][1])
            continue
        low = max(last, slash - 80)
        start = low + len(text[low:slash].rstrip(_PATH_CHARACTERS))
        match = _PATH.match(text, start)
        if match and match.end() > slash:
            yield _trimmed(match)
            last = match.end()
        slash = text.find("/", max(last, slash + 1))


def _chinese_paths(text: str) -> Iterator[tuple[int, int]]:
    """Paths with Chinese names: several slashes, and a file's ending or the root before them."""
    last = 0
    slash = text.find("/")
    while slash >= 0:
        end = _RUN_BEHIND.match(text, slash, slash + _REACH).end()  # type: ignore[union-attr]
        if not text[slash:end].isascii():
            before = _RUN_BEHIND.match(text[max(last, slash - 80) : slash][::-1])
            start = slash - len(before.group()) if before else slash
            run = text[start:end]
            inside = slash - start
            if run.count("/") > 1:
                named = _FILE_NAME.match(run)
                if named and not run[inside : named.end()].isascii():
                    yield start, start + named.end()
                elif run.endswith("/") and (root := _FROM_ROOT.search(run)):
                    yield start + root.start(), end
        last = end
        slash = text.find("/", max(end, slash + 1))


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """An address without the marks behind it that belong to the sentence around it."""
    start, end = match.span()
    address = match.group()
    if address[-1:] not in _LEFT_OFF:
        return start, end
    unopened = address.count(")") - address.count("(")
    while end > start:
        last = address[end - start - 1]
        if last == ")" and unopened > 0:
            unopened -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return start, end


_TRAILING = ".,;:!?'\""
_LEFT_OFF = frozenset((*_TRAILING, ")"))
