"""The worst repetitions: what a pattern, a loop or a stack may take too long over.

Marks, pairs of marks, nested brackets, pieces of what the rules and readers look for, and each
rule's own examples, each repeated to a length. The work of every function must grow at most with
that length (`tests/test_growth.py` on some, ``benchmarks/growth.py`` on all).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from pathlib import Path

from tests.rules.alone import applied
from textclean import Config, layout, placeholders, quantities
from textclean.engine.rule import READINGS_SEPARATOR, Rule
from textclean.rules import all_rules

#: A text of a length.
Maker = Callable[[int], str]

#: Marks, spaces, controls and characters that begin something.
MARKS = (
    *",.;:!?()[]{}<>\"'`~-_=+*/\\|@#$%^& \t\n\r0xX", "\r\n", "\n\n", "，", "。", "、", "；", "：",
    "？", "！", "（", "）", "【", "】", "《", "》", "〈", "“", "”", "‘", "’", "「", "」", "『", "—",
    "…", "·", "～", "％", "　", "\u00a0", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2028",
    "\u0301",
    "\ufe0f", "\x00", "\x0c", "\ufffd", "\U000e0041", "①", "½", "㎡", "⼈", "Ａ", "５", "一", "医",
    "某", "〇", "×", "□", "国", "國", "あ", "한", "ن", "é", "𠀀", "👩",
)  # fmt: skip

_FIRST = (
    "“", "”", "（", ")", ",", "。", "、", "`", "*", "<", "[", "5", "x", " ", "-", "&", "\n", "：",
)  # fmt: skip
_SECOND = ("医", "a", "1", " ", "。", "“", "(", "\n", "*", "x", "\u200b")
#: Marks beside each other and beside text.
PAIRS = tuple(dict.fromkeys(a + b for a, b in product(_FIRST, _SECOND) if a != b))

BRACKETS = (
    "()", "[]", "{}", "<>", "（）", "【】", "《》", "〈〉", "“”", "‘’", "「」", "『』", "〔〕",
    "［］",
    "｛｝", "**", "__", "``",
)  # fmt: skip

#: Pieces of texts, of markup, of code, of damage.
SPECIAL = (
    "医院 建设 ", "医 院 建 设 ", "医院建设， \n", "“医 院", "医院,建设.", "1平方米", "２０个",
    "xx市",
    "xxx省xx市xx县", "某某某", "张某某,", "20xx年x月x日", "１．", "1.2.3.", "1,234,", "1:2:",
    "10-20-",
    "一百二十三万", "百分之", "三四五", "2021年", "２０２１年１２月３１日至", "第一第二",
    "3月-5月、", "￥1,",
    "％１", "0.0.0.", "全覆盖、全覆盖、", "为为", "人人", "门门诊诊", "的的", "哈哈", "……",
    "。。。", "--",
    "——", "－－", ". . ", "• ", "- ", "1. ", "# ", "> ", "| 甲 ", "| 甲 | 乙 |\n|---|---|\n",
    "|---",
    "```\n", "~~~\n", "```a\n```\n", "`a`", "``a`", "$a$", "$$a", "\\(a\\)", "\\begin{a}",
    "[a](", "[a](b)",
    "![", "](", "<a ", "<a>", "</a>", "<!--", "<!-- -->", "-->", "&amp;", "&#36825;", "&", "&nbsp",
    "http://a.cn/", "http://a.cn,", "http://", "www.", "a@b.cn", "a@", "ａ＠ｂ．ｃｎ",
    "/usr/a,", "C:\\x",
    "a.b.", "a_b_", "a-b-", "--a ", "---\na: b\n---\n", "textclean: off",
    "<!-- textclean: off P -->\n",
    "% textclean: off-line S\n", "锟斤拷", "鍖婚櫌", "åŒ»é™¢", "Ã¥", "â€œ", "\u200b`",
    "`）`\u200b`", "a\u0301",
    "👨\u200d👩", "⼈⺠", "醫院", "医醫", "発発", "a,b\n", "a\tb\n", "医\t院\n", "目录....1\n",
    "第1页\n",
    "- 1 -\n", "医院\n", "医院，\n", "医院建设推进\n", "来源：新华社 ", "记者 张三 ", "（一）",
    "一、", "①②",
    "def f(x):\n", "x = 1;\n", "if (a) { ", "\x1b[0m", "医（", "）院", "《医》（", "O0Ol1",
    "l,1", "未来来",
    "为了了解", "结合党史学习教育,市卫健委党组 号召全市。", "“最多跑一次 改革。", "“,”", "”。“",
    "，，", "，。",
    "病人l0名", "于 2 0 2 1 年", "a b c d ", "医院建设，推进\n\n", "电话：×××", "姓名：____",
    "（  ）",
    "____", "□□", "**医**", "*医", "_医_", "~~医", "==医", "^医^", "医^2", "10^3", "m2", "kg/m",
    "℃", "1/2",
    "１／２", "3×4", "3*4", "±1", "1~2", "一一", "二〇", "〇一", "零零", "0000", "9" * 7 + ",",
    "1e9", "0x1F ",
)  # fmt: skip


def _repeated(piece: str) -> Maker:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _nested(pair: str) -> Maker:
    return lambda size: pair[0] * (size // 2) + pair[1] * (size // 2)


def _rising(mark: str, beside: str) -> Maker:
    """Ever longer runs of a mark."""

    def make(size: int) -> str:
        pieces: list[str] = []
        length = number = 0
        while length < size:
            number += 1
            pieces.append(mark * number + beside)
            length += number + len(beside)
        return "".join(pieces)[:size]

    return make


def _counted(form: str) -> Maker:
    """A piece with another number each time: no two are alike."""

    def make(size: int) -> str:
        pieces: list[str] = []
        length = number = 0
        while length < size:
            number += 1
            pieces.append(form.format(number, chr(0x4E00 + number * 7 % 8000)))
            length += len(pieces[-1])
        return "".join(pieces)[:size]

    return make


def _examples() -> Iterator[tuple[str, Rule, str]]:
    for rule in all_rules():
        for number, (before, _) in enumerate(rule.examples):
            yield f"{rule.code} example {number}", rule, before
        for number, text in enumerate(rule.counter_examples):
            yield f"{rule.code} counter-example {number}", rule, text


def patterns() -> dict[str, Maker]:
    """All of them but the examples of rules, by a name that shows what is repeated."""
    makers = {repr(piece): _repeated(piece) for piece in (*MARKS, *PAIRS, *SPECIAL)}
    makers |= {f"nested {pair}": _nested(pair) for pair in BRACKETS}
    makers |= {f"only opened {pair[0]}, one closed": _only_opened(pair) for pair in BRACKETS}
    makers |= {
        f"rising {mark!r} and {beside!r}": _rising(mark, beside)
        for mark, beside in product(("`", "~", "*", "(", "“", " ", "x", "-", "9"), ("a", "医\n"))
    }
    makers |= {
        f"counted {form!r}": _counted(form)
        for form in (
            "{1}医院{0}个，\n", "{1}医院{0}个，\n\n", "“{1}医", "{1} 医院", "{1}xx{0}",
            "[{0}]: a\n",
            "<a{0}>", "&#{0};", "{0}", "{1}", "{0}年{0}", "- {1}\n", "# {1}\n", "|{1}|{0}|\n",
            "{1}（",
            "\U00020000{1}", "{1}{1}", "{1}、{1}", "a{0}@b.cn", "第{0}页\n", "医院{1}\n医{0}\n",
        )
    }  # fmt: skip
    return makers


def examples() -> dict[str, Maker]:
    """The examples and counter-examples of all rules, one behind the other and a line each."""
    makers: dict[str, Maker] = {}
    for name, _, text in _examples():
        makers[name] = _repeated(text)
        if "\n" not in text:
            makers[f"{name}, a line each"] = _repeated(text + "\n")
    return makers


def own_examples() -> dict[str, tuple[Maker, Callable[[str], object]]]:
    """`examples`, and what each is for: its rule alone, under the configuration that it needs.

    Of several readings each is repeated.
    """
    jobs: dict[str, tuple[Maker, Callable[[str], object]]] = {}
    for name, rule, text in _examples():
        readings = text.split(READINGS_SEPARATOR) if rule.of_readings else [text]
        jobs[name] = _side_by_side(readings), partial(applied, rule)
        if "\n" not in text:
            lines = [f"{reading}\n" for reading in readings]
            jobs[f"{name}, a line each"] = _side_by_side(lines), partial(applied, rule)
    return jobs


def _side_by_side(readings: Sequence[str]) -> Maker:
    return lambda size: READINGS_SEPARATOR.join(
        _repeated(reading)(size // len(readings)) for reading in readings
    )


def _only_opened(pair: str) -> Maker:
    return lambda size: pair[0] * (size - 2) + "医" + pair[1]


SUGGESTED = Config(tier="suggested", indent="drop", blank_lines="collapse", latin_space="add")


def blocks_of(text: str) -> list[str]:
    """A text in blocks: its lines, or where it has none pieces of 40 characters."""
    lines = [line for line in text.split("\n") if line]
    return lines if len(lines) > 2 else [text[at : at + 40] for at in range(0, len(text), 40)]


def _with_suggestions(text: str) -> object:
    from textclean import clean

    done = clean(text, SUGGESTED)
    return done.text, done.edits, done.suggestions


def _clean(text: str) -> object:
    from textclean import clean

    done = clean(text)
    return done.text, done.edits


def _printed(text: str) -> object:
    """All findings, as each format prints them."""
    from textclean import clean
    from textclean.corpus.formats.positions import Lines
    from textclean.report import findings, formats

    done = clean(text, SUGGESTED)
    rules = {rule.code: rule for rule in all_rules()}
    found = findings.findings("a.txt", done.edits, done.suggestions, Lines(text).position, rules)
    located = [findings.Located(each, text, True) for each in found]
    return [sum(map(len, write(located, rules))) for write in formats.WRITERS.values()]


def _redacted_and_back(text: str) -> object:
    done = placeholders.redact(text)
    return placeholders.restore(done.text, done.vault)


def _restored_from_copy(text: str) -> object:
    return placeholders.restore(text, witnesses=[text.replace("x", "3")])


def _consensus(text: str) -> object:
    from textclean import consensus

    half = len(text) // 2
    return consensus([text, text[:half] + "医" + text[half:], text[3:]]).text


def _corpus(text: str) -> object:
    from textclean import clean_corpus

    return clean_corpus(enumerate([text[: len(text) // 2], *blocks_of(text)[:200], text]))


def _deduplicated(text: str) -> object:
    from textclean import deduplicate

    return deduplicate(blocks_of(text)).kept


def _read(text: str) -> object:
    """A text as the bytes of a file of each format, and as the field of a record."""
    from textclean.corpus.documents import read_file
    from textclean.corpus.formats.base import InputFile
    from textclean.errors import DocumentError

    field = json.dumps(text)
    contents = {
        ".json": f'[{{"text": {field}}}]', ".jsonl": f'{{"text": {field}}}\n',
        ".md": text, ".txt": text,
        ".csv": "text\n" + '"' + text.replace('"', '""') + '"', ".tsv": "text\n" + text,
    }  # fmt: skip
    said: list[object] = []
    for ending, content in contents.items():
        for data in (text, content, f'[{{"text": {text}', f'text\n"{text}'):
            source = InputFile(Path(f"a{ending}"), f"a{ending}", data=data.encode())
            try:
                file = read_file(source, Config())
                said.append(file.written([passage.text for passage in file.passages]))
            except DocumentError as error:
                said.append(str(error))
    return said


def _documents(text: str) -> object:
    from textclean.dedup import deduplicate_documents

    half = len(text) // 2
    return deduplicate_documents([[text], [text[:half]], [text[half:] + "医"]]).kept


#: What is done with a text, by name: every public function, in the way that costs most.
JOBS: Mapping[str, Callable[[str], object]] = {
    "clean": _clean,
    "suggestions": _with_suggestions,
    "find": quantities.find,
    "normalize": quantities.normalize,
    "placeholders": placeholders.find,
    "redact": _redacted_and_back,
    "restore": _restored_from_copy,
    "stitch": lambda text: layout.stitch(blocks_of(text)),
    "continues": lambda text: layout.continues_elsewhere(blocks_of(text)),
    "consensus": _consensus,
    "clean_corpus": _corpus,
    "deduplicate": _deduplicated,
    "documents": _documents,
    "formats": _printed,
    "readers": _read,
}
