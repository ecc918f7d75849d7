"""The signs of text whose bytes were read by the other codec (`textclean.text.mojibake.swapped`).

What the most frequent characters and marks of Chinese prose look like when GBK was read as Big5, or
Big5 as GBK, but for what is common itself. Computing it takes as long as a small file is checked.
"""

from __future__ import annotations

from pathlib import Path

from textclean.text import variants
from textclean.text.mojibake.codecs import CODECS
from textclean.text.mojibake.swapped import SWAPS
from textclean.text.plausible import common_characters
from tools.training.tables import wrap, write

OUTPUT = Path(variants.__file__).parent / "data" / "swapped_signs.txt"
#: The most frequent characters and marks of Chinese prose, in both scripts.
FREQUENT = (
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


def signs() -> str:
    """The signs, in order."""
    found: set[str] = set()
    for codec, _, undone in SWAPS:
        for char in FREQUENT:
            for name in CODECS[codec]:
                written = char.encode(name, "ignore")
                found.update(written.decode(undone[0], "ignore") if len(written) == 2 else "")
    # Han, bopomofo, private use, and the small marks that full-width ones are taken for.
    kinds = {*range(0x3105, 0x312A), *range(0x4E00, 0xF900), *range(0xFE50, 0xFE6C)}
    return "".join(sorted(char for char in found - common_characters() if ord(char) in kinds))


def run(output: Path = OUTPUT) -> None:
    """Write the table."""
    write(output, wrap(signs()))
