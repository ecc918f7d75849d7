"""GBK read as Big5 and Big5 read as GBK: ``扂蠅腔馱釬`` for 我们的工作.

Both codecs have a character for nearly every two bytes. What comes out is Han again, but rare, and
without words; what went in is common and has them. A line is told by all of it, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from textclean.text.mojibake.codecs import CODECS, decode, two_bytes
from textclean.text.mojibake.misreading import Misreading, of
from textclean.text.plausible import common_characters, plausibility, without_controls

#: The most frequent characters and marks of Chinese prose, in both scripts.
_FREQUENT = (
    "，。、；：（）　"
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動"
    "同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着等部度家电電力里如水化高自二理起"
    "小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社义義"
    "事平形相全表间間样樣与與关關各重新线線内內数數正心反你明看原又么利比或但质質气氣第向道命此变變条條只没结結"
    "解问問意建月公无無系军軍很情者最立代想已通并提直题題党黨程展五果料象员員革位入常文总總次品式活设設及管特件"
    "长長求老头頭基资資边邊流路级級少图圖山统統接知较較将將组組见見计計别別手角期根论論运運农農指几幾九区區强強"
    "何任许許诉訴网網络絡服务務案某认認办辦报報局被给給次已型号號空突破万萬美英日东東西北南京市县縣省州海江河山"
    "研究技术術科专專医醫院病药藥疗療卫衛健康教育师師生校书書记記者闻聞新联聯播视視频頻显顯示图圖像片文件"
    "系统統用户戶命令安装裝运運行程序软軟硬盘盤密钥鑰代码碼数據据库庫设置选選择擇键鍵添删除找包含启啟动"
    "法律条條例规規第款项項责責任罚罰款权權利益保护護障管监監督查处處违違犯罪刑案证證据审審判决決"
    "企业業公司投资資金融银銀行钱錢价價格市场場贸貿易增减減少超万萬亿億元收支财財税稅经營营商店买買卖賣"
    "村镇鎮乡鄉城建筑築路桥橋车車船飞飛机空港站铁鐵高速环環境保污染水土气氣候温溫雨雪风風火山林木草花"
    "习近平总書记记主席会見见谈話话访問问讲講话话发表声聲明签簽署协協议議友好关關系係合作共同促进進"
    "爱愛情亲親友朋父母孩子女男青年老少兄弟姐妹妻夫家庭生活吃喝穿住走跑看听聽读讀写寫想知觉覺感"
)
#: Han characters from which a line is told: of one with several words, and of any other.
_FEWEST, _FEWEST_IN_ONE_WORD = 4, 7
#: By how much what comes out must be better Chinese than what it comes from.
_BETTER = 0.4
#: The share of pairs that are words in a wrong reading, at most: in most there is none.
_LIKELY_BY_CHANCE = 0.1


class _Swap(NamedTuple):
    """A codec, what it was taken for, and the codecs that undo that, as Python names them."""

    codec: str
    reading: str
    undone: tuple[str, ...]


_SWAPS = (
    _Swap("GBK", "Big5", ("big5hkscs", "cp950", "big5")),
    _Swap("Big5", "GBK", ("gb18030",)),
)


@cache
def swapped_signs() -> str:
    """What frequent characters look like after either reading, but for what is common itself: one
    of these is in nearly every line that was read so.
    """
    signs: set[str] = set()
    for codec, _, undone in _SWAPS:
        for char in _FREQUENT:
            for name in CODECS[codec]:
                written = char.encode(name, "ignore")
                signs.update(written.decode(undone[0], "ignore") if len(written) == 2 else "")
    others = signs - common_characters()
    # Han, bopomofo, private use, and the small marks that full-width ones are taken for.
    kinds = {*range(0x3105, 0x312A), *range(0x4E00, 0xF900), *range(0xFE50, 0xFE6C)}
    return "".join(sorted(char for char in others if ord(char) in kinds))


def swapped_misreadings(text: str, places: Iterable[int]) -> Iterator[Misreading]:
    """What of a text is GBK that was read as Big5, or the reverse, in order of place.

    Args:
        places: where one of `swapped_signs` stands, in order.
    """
    done = 0
    for at in places:
        if at < done:
            continue
        found = None
        for swap in _SWAPS:
            start, end = _bounds(text, at, done, swap.undone[0])
            found = found or _told(text, start, end, swap)
        if found:
            yield found
        # What a line is not by one of its signs it is not by another.
        done = found.end if found else end


def _bounds(text: str, at: int, lowest: int, codec: str) -> tuple[int, int]:
    """The stretch of a line around a place whose characters a codec has in two bytes at most."""
    start, end = at, at + 1
    while start > lowest and text[start - 1] not in "\r\n" and two_bytes(text[start - 1], codec):
        start -= 1
    while end < len(text) and text[end] not in "\r\n" and two_bytes(text[end], codec):
        end += 1
    return start, end


def _told(text: str, start: int, end: int, swap: _Swap) -> Misreading | None:
    """What a stretch was before a swap, if that is Chinese and it is none as it stands."""
    span = text[start:end]
    before = plausibility(without_controls(span))
    if not before.odd and before.words > _LIKELY_BY_CHANCE * before.pairs:
        return None
    for undone in swap.undone:
        try:
            written = span.encode(undone)
        except UnicodeEncodeError:
            continue
        decoded = decode(written, swap.codec)
        if decoded is None or written.decode(undone) != span:
            continue
        after = plausibility(without_controls(decoded))
        better = before.odd or after.score >= _BETTER + before.score
        enough = (after.words > 1 and after.han >= _FEWEST) or after.han >= _FEWEST_IN_ONE_WORD
        if better and enough and after.is_chinese:
            how = of(swap.codec, swap.reading)
            if "\ufffd" in (text[start - 1 : start], text[end : end + 1]):
                return Misreading(start, end, decoded, f"{how}, with bytes lost")
            return Misreading(start, end, decoded, how, exact=True)
    return None
