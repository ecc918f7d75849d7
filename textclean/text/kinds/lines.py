"""Lines that are no prose by what they hold: code without a fence, rows of fields, drawn tables.

A line of code is one in which nothing Chinese is left when its strings and comments are taken out,
and what is left is put together as programs are. Rows of fields are lines of one length in commas,
whose fields are short. A line in doubt is prose: then the rules about marks decide, mark by mark.
"""

from __future__ import annotations

from collections.abc import Iterator

from textclean.text.classes import HAN_CLASS, KANA_CLASS, PAUSE_CLASS, line_end
from textclean.text.memo import remembered
from textclean.text.patterns import pattern

# A line that begins as code may, up to the first sign of it; a line of Chinese prose does not.
_SIGN = r"(){}\[\];=\"'>$"
_BEGINNING = rf"[ \t]*+(?=[!-~])[^\r\n{_SIGN}]*+[{_SIGN}]"
_FIRST_LINE, _LINES = pattern(_BEGINNING), pattern("\n" + _BEGINNING)
_STRING = pattern(r"\"(?:[^\"\\\r\n]|\\.)*+\"|'(?:[^'\\\r\n]|\\.)*+'")
_COMMENT = pattern(
    r"(?:^|(?<=[\s;,{}()]))(?://|#(?!include|define|if|end|\w{3}\b)|/\*|--[ \t]|%[ \t]).*"
)
_CHINESE = pattern(f"[{HAN_CLASS}{KANA_CLASS}]")
_MARKUP = pattern(r"[ \t]*(?:[-*+>][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\||\[|!\[|<)")
_PROMPT = pattern(
    r"[ \t]*(?:>>>|\.\.\.|\$|In \[\d+\]:|Out\[\d+\]:|irb.{0,20}>|PS [A-Z]:\S*>"
    r"|[\w.-]+@[\w.-]+[:~]\S*[$#]) ?(?=[!-~])"
)
_KEYWORD = (
    r"(?:if|else|elif|for|while|do|switch|case|return|def|class|import|from|assert|print|raise|throw|"
    r"try|except|catch|finally|with|yield|lambda|const|let|var|function|func|fn|public|private|"
    r"protected|static|void|int|char|float|double|bool|string|auto|struct|enum|interface|package|use|"
    r"using|namespace|echo|export|sudo|new|delete|async|await|SELECT|INSERT|UPDATE|DELETE|CREATE)"
)
_STATEMENT = pattern(rf"[ \t]*(?:[{{}}(]+[ \t]*)?{_KEYWORD}\b(?!')")
_CALL = pattern(r"[\w\])>]\(|\(\)")
# An assignment, a block, a statement's end, an operator that prose does not have.
_SIGNS = pattern(
    r"[\w\])\"'][ \t]*(?:[-+*/%|&^.]?=|:=|\+=)[ \t]*[\w\"'(\[{-]"
    r"|[;{}][ \t]*\Z|\A[ \t]*[{}]|=>|==|!=|->|::|&&|\|\|"
)
_PROPERTY = pattern(r"[{\[ \t]*\"\"[ \t]*:[ \t]*(?:\"\"|[\d.tfn\[{-])")
_INLINE_LIST = pattern(
    r"[ \t]*(?:- )?[^\s:\[\]{}，。；：]{1,20}:[ \t]+(\[[^\[\]\r\n]*+\]|\{[^{}\r\n]*+\})[ \t]*\Z"
)


def code_lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of lines of code and of data, with what indents them."""
    if text.isascii():
        return
    starts = [0] if _FIRST_LINE.match(text) else []
    starts += [match.start() + 1 for match in _LINES.finditer(text)]
    for start in starts:
        line = text[start : line_end(text, start)]
        if not line.isascii() and (span := _code_in(line)):
            yield start + span[0], start + span[1]


@remembered(4_000)
def _code_in(line: str) -> tuple[int, int] | None:
    """What of a line is code or data: all of it, or the list behind a key."""
    marked = _MARKUP.match(line)
    if _PROMPT.match(line) or (not marked and _is_code(line)):
        return 0, len(line)
    listed = _INLINE_LIST.match(line)
    return listed.span(1) if listed else None


#: One of these is in every line of code that holds Chinese.
SIGNS_OF_CODE = "\"';={}[]>$"


# Strings and brackets of data; any other sign of ASCII may stand between them.
_DATA = [pattern(rf"{opening} ?(?=[\"'])") for opening in (r"\[", r"\{")]
_PIECE = pattern(
    r"(?:\"(?:[^\"\\\r\n]|\\.)*+\"|'(?:[^'\\\r\n]|\\.)*+'|[^\[\]{}\"'\x80-\U0010ffff\r\n])++|[\[\]{}]"
)
_FIELDS = pattern(r"[\"'] ?[:,]")


def inline_data(text: str) -> Iterator[tuple[int, int]]:
    """The spans of lists and mappings of strings within a line: ``{"城市": ["北京", "上海"]}``."""
    end = 0
    for start in sorted(match.start() for each in _DATA for match in each.finditer(text)):
        if start < end:
            continue
        depth, end = 0, start
        while piece := _PIECE.match(text, end):
            end = piece.end()
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(piece.group(), 0)
            if not depth:
                break
        if piece and _FIELDS.search(text, start, end):
            yield start, end


_BORDER = pattern("[│┃║]")


def boxed_lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of lines of a table that is drawn: any change would move its borders."""
    border = _BORDER.search(text)
    while border:
        at = border.start()
        end = line_end(text, at)
        if _BORDER.search(text, at + 1, end):
            start = text.rfind("\n", 0, at) + 1
            yield max(start, text.rfind("\r", start, at) + 1), end
        border = _BORDER.search(text, end)


def _is_code(line: str) -> bool:
    bare = _COMMENT.sub("", _STRING.sub('""', line))
    if _PROPERTY.match(bare):
        return True
    statement = _STATEMENT.match(bare)
    if _CHINESE.search(bare):
        # Names of variables may be Chinese, too: then the statement must be one beyond doubt.
        return bool(statement and _CALL.search(bare) and '""' in bare)
    if not _WORD.search(bare):
        return bare.strip(' \t,"') in _BRACKETS and '""' in bare
    if statement and (bare != line or _CALL.search(bare)):
        return True
    return bool(
        _CALL.search(bare) and bare.rstrip().endswith((";", ")", "{", ":", ",", "}"))
    ) or bool(_SIGNS.search(bare))


_WORD = pattern("[A-Za-z_]")
_BRACKETS = ("[]", "{}", "[", "{", "]", "}", "")
#: Rows of fields: so many commas a row at least, and so many characters a field at most.
_FEWEST_COMMAS = 2
_LONGEST_FIELD = 16
_SHORT_FIELD = 6
# What every row begins with.
_FIELD = rf"[^,\r\n{PAUSE_CLASS}]{{0,{_LONGEST_FIELD}}}+,(?! )"
_TWO_FIELDS = pattern(_FIELD * 2)
_LINES_OF_FIELDS = pattern("\n" + _FIELD * 2)
_ROW = pattern(rf"[^\r\n{PAUSE_CLASS}]+")
_NUMBER = pattern(r"[ \t\"]*[-+]?[\d.,:%/-]+[ \t\"]*\Z")


def rows_of_fields(text: str) -> Iterator[tuple[int, int]]:
    """The spans of rows that are alike in their number of half-width commas: a table's text."""
    if text.count(",") < 2 * _FEWEST_COMMAS or "\n" not in text:
        return
    table: list[tuple[int, int, list[str]]] = []
    for start, end, fields in _rows(text):
        if table and (start != table[-1][1] + 1 or len(fields) != len(table[0][2])):
            yield from _span_of(table)
            table = []
        table.append((start, end, fields))
    yield from _span_of(table)


def _rows(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """The lines that are rows by themselves, but for lone ones: start, end and fields."""
    first = _TWO_FIELDS.match(text)
    likely = [(0, first.end())] if first else []
    likely += [(match.start() + 1, match.end()) for match in _LINES_OF_FIELDS.finditer(text)]
    # A row alone is no table, and most that look like one are alone.
    below = -1
    for number, (start, at) in enumerate(likely, 1):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        is_alone = start != below and (number == len(likely) or likely[number][0] != end + 1)
        below = end + 1
        if not is_alone and (fields := _fields(text[start:end])):
            yield start, end, fields


def _span_of(table: list[tuple[int, int, list[str]]]) -> Iterator[tuple[int, int]]:
    if len(table) > 1 and _is_table([row[2] for row in table]):
        yield table[0][0], table[-1][1]


def _fields(line: str) -> list[str]:
    line = line.rstrip("\r")
    commas = line.count(",")
    if commas < _FEWEST_COMMAS or len(line) > (commas + 1) * (_LONGEST_FIELD + 1):
        return []
    if ", " in line or not _ROW.fullmatch(line):
        return []
    fields = line.split(",")
    return fields if max(map(len, fields)) <= _LONGEST_FIELD else []


def _is_table(rows: list[list[str]]) -> bool:
    """Whether a column is of numbers (but for its head), or all fields are short and rows many."""
    for column in zip(*rows, strict=True):
        if all(map(_NUMBER.match, column[1:])):
            return True
    sizes = [len(field) for row in rows for field in row]
    return len(rows) > 2 and sum(sizes) <= _SHORT_FIELD * len(sizes)
