"""The tables of characters in ``textclean/text/data``, from OpenCC and Unihan.

    pip install pypinyin-dict opencc
    pip download --no-deps opencc-python-reimplemented

FOLDER holds that wheel of OpenCC's. Needs ``perl`` for Unicode's Equivalent_Unified_Ideograph,
which Python does not carry. What the files hold is said in ``textclean/text/data/README.md``.
"""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import opencc
from pypinyin_dict.pinyin_data import ktghz2013

from textclean.errors import DocumentError
from textclean.text import variants
from tools.command import Folders
from tools.training.tables import wrap, write

OUTPUT = Path(variants.__file__).parent / "data"

# CJK Radicals Supplement and what Unicode holds to be the same as an ideograph.
EQUIVALENT = r"""
use Unicode::UCD qw(charprop);
binmode STDOUT, ":utf8";
for my $code (0x2E80 .. 0x2EF3) {
    my $value = charprop($code, "EqUIdeo");
    print chr($code), $value, "\n" if length($value) == 1;
}
"""


def supplement_radicals() -> dict[str, str]:
    """Radicals U+2E80-2EF3 with their Equivalent_Unified_Ideograph."""
    result = subprocess.run(["perl", "-e", EQUIVALENT], check=True, capture_output=True)
    pairs = result.stdout.decode("utf-8").split()
    return {pair[0]: pair[1] for pair in pairs}


def standard_characters() -> set[str]:
    """The characters of the 2013 table: those to which Unihan gives a kTGHZ2013 reading."""
    characters = {chr(code) for code in ktghz2013.pinyin_dict}
    if len(characters) != 8105:
        raise SystemExit(f"expected 8105 standard characters, found {len(characters)}")
    return characters


def opencc_characters(wheel: Path, name: str) -> dict[str, list[str]]:
    """TSCharacters or STCharacters: each character with its forms in the other script."""
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read(f"opencc/dictionary/{name}.txt").decode("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {source: targets.split(" ") for source, targets in rows}


def single_forms(forms: dict[str, list[str]], standard: set[str]) -> dict[str, str]:
    """The characters that can only be the Traditional form of one standard character.

    A second form that the standard does not know (開: 开, 𫔭 of a name) is no second reading. Both
    editions of OpenCC have to agree. Out stay 薴, whose form 苧 is Traditional for another
    character, and the astral ones: eight, none of them in use.
    """
    today = opencc.OpenCC("t2s")
    chosen = {}
    for source, targets in forms.items():
        known = [target for target in targets if target in standard]
        if source in standard or len(known) != 1 or ord(source) > 0xFFFF:
            continue
        if known[0] == targets[0] == today.convert(source) and known[0] not in forms:
            chosen[source] = known[0]
    return chosen


def fold_forms(forms: dict[str, list[str]]) -> dict[str, str]:
    """Every character with its first form, followed to the end, so that folding is idempotent."""
    folded = {}
    for source in forms:
        target = source
        seen = {source}
        while target in forms and forms[target][0] not in seen:
            target = forms[target][0]
            seen.add(target)
        if target != source:
            folded[source] = target
    return folded


def simplified_only(forms: dict[str, list[str]], standard: set[str]) -> str:
    """Standard characters that no Traditional text has: 国 is one; 后, 里 and 面 are not."""
    return "".join(
        sorted(key for key, targets in forms.items() if key in standard and key not in targets)
    )


def bridged_class(characters: dict[str, str], standard: set[str]) -> str:
    """The inside of a regular expression's class that holds `characters` and nothing standard.

    Between two of them it runs over what the standard does not have either: 1,100 ranges instead of
    2,900 characters, which halves the time to compile it.
    """
    codes = sorted(map(ord, characters))
    ranges = [[codes[0], codes[0]]]
    for code in codes[1:]:
        if any(chr(between) in standard for between in range(ranges[-1][1] + 1, code)):
            ranges.append([code, code])
        else:
            ranges[-1][1] = code
    return "".join(
        chr(first) if first == last else f"{chr(first)}-{chr(last)}" for first, last in ranges
    )


def pairs(table: dict[str, str]) -> list[str]:
    """A table as text: keys and values by turns, in order of the keys."""
    return wrap("".join(key + table[key] for key in sorted(table)))


def run(folders: Folders, output: Path = OUTPUT) -> None:
    """Write every table."""
    standard = standard_characters()
    wheel = next(folders[0].glob("opencc_python_reimplemented-*.whl"), None)
    if wheel is None:
        raise DocumentError(f"{folders[0]}: no wheel of opencc-python-reimplemented")
    forms = opencc_characters(wheel, "TSCharacters")
    single = single_forms(forms, standard)
    fold = fold_forms(forms)
    others = {key: value for key, value in fold.items() if single.get(key) != value}
    write(output / "radicals.txt", pairs(supplement_radicals()))
    write(output / "standard.txt", wrap("".join(sorted(standard))))
    write(output / "traditional.txt", pairs(single))
    write(output / "traditional_fold.txt", pairs(others))
    write(output / "traditional_class.txt", wrap(bridged_class(single, standard)))
    simplified = simplified_only(opencc_characters(wheel, "STCharacters"), standard)
    write(output / "simplified_only.txt", wrap(simplified))
