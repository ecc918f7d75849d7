"""Names of the places and peoples of China, which attest what a witness calls so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from textclean.text.lexicon_files import read_lexicon
from textclean.text.patterns import pattern

_TABLE = Path(__file__).parent / "data" / "places.txt"
_SUFFIX = pattern(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|省|市|盟|区|县|旗)\Z")
#: Provinces by one character; countries that relief or relations name by one.
_SHORT = frozenset("京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋陕吉闽贵粤青藏川宁琼黔滇蒙秦陇新港澳台")
#: The peoples of China by one or two characters (GB/T 3304).
_PEOPLES = frozenset("汉蒙回藏维苗彝壮满侗瑶白傣黎佤畲水土羌怒京") | {
    *("布依", "朝鲜", "土家", "哈尼", "哈萨克", "傈僳", "高山", "拉祜", "东乡", "纳西", "景颇"),
    *("柯尔克孜", "达斡尔", "仫佬", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米"),
    *("塔吉克", "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "塔塔尔", "独龙"),
    *("鄂伦春", "赫哲", "门巴", "珞巴", "基诺", "维吾尔", "蒙古"),
}


def is_place(name: str) -> bool:
    """Whether a province, prefecture or county of China has that name, with or without suffix."""
    if name in _places() or name in _SHORT:
        return True
    stem = _SUFFIX.sub("", name)
    return stem != name and stem in _places()


def place_at(text: str, at: int) -> int:
    """The length of the longest name of a place that begins at `at`; 0 without one."""
    most = min(8, len(text) - at)
    return next((size for size in range(most, 1, -1) if is_place(text[at : at + size])), 0)


def rank(name: str) -> int:
    """0 for a province, 1 for a prefecture, 2 for a county, 3 for anything else."""
    stem = name if name in _places() else _SUFFIX.sub("", name)
    return next((number for number, names in enumerate(_ranks()) if stem in names), 3)


def is_people(name: str) -> bool:
    """Whether one of the peoples of China has that name, with or without 族."""
    return name.removesuffix("族") in _PEOPLES


def well_known() -> tuple[str, ...]:
    """Provinces and prefectures, longest first: names that are places without a suffix, too."""
    provinces, prefectures, _ = _ranks()
    return _longest_first(provinces | prefectures)


def counties() -> tuple[str, ...]:
    """Counties and districts, longest first: many are words, too, unless 县 or the like follows."""
    return _longest_first(_ranks()[2])


def _longest_first(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def _places() -> frozenset[str]:
    return frozenset(name for names in _ranks() for name in names)


@cache
def _ranks() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    ranks: list[list[str]] = []
    for line in read_lexicon(_TABLE).splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("["):
            ranks.append([])
        else:
            ranks[-1] += line.split()
    provinces, prefectures, counties = map(frozenset, ranks)
    return provinces, prefectures, counties
