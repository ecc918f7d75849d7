"""Three tables of ``textclean/text/data``: words told by their spelling.

`script_words.txt` holds what shows that a Traditional character is a slip, beyond `words.txt`: the
words in which it has its Simplified form, and those in which a character that both scripts have
(著, 乾, 藉) stays. `misread_words.txt` holds frequent words, each with a character that recognition
takes for another (己经 for 已经), where what comes out is no word. `english_words.txt` holds the
longer English words of the prose. Run it behind ``words``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from textclean.text import variants
from textclean.text.words import MisreadKind, is_word
from tools.command import Folders
from tools.training.corpus import files, stripped_text
from tools.training.tables import Dictionary, grouped, jieba_words, write
from tools.training.words import NAMES, OUTPUT, codes, grams, pack

#: A dictionary's word is in use if the dictionary, and the corpus, count it so often; a name …
LISTED, USED = 100, 5
#: … so often (师范 is listed as one).
OFTEN = 100
#: One spelling of a word is used and the other is a slip, if it is so many times as frequent.
RATIO = 10
#: An English word, not a part of a name or a command, and how often it stands in Chinese prose.
ENGLISH = re.compile(r"(?<![A-Za-z_./-])[a-z]{6,}(?![A-Za-z_./-])")
ENGLISH_USED = 2
#: Characters that recognition takes for one another: those that are all but one …
TWINS = """
己已巳 末未 人入八 土士 日曰 口囗 成戌 待侍 洽治 干千于 大太犬 天夭 石右
王玉主 历厉 折拆析 侯候 微徽 戴戳 晴睛 暧暖 拔拨 竞竟 治冶 沫沬 延廷 崇祟 辩辨辫
今令 免兔 鸟乌 刀力刁 几儿 田由甲申
贝见 手毛 木本术 间问 住往 处外 部陪 没设 情清 使便 白自 第弟 抢枪 蓝篮 坏怀
盲肓 茶荼 杨扬 场扬 赢羸 遣遗 密蜜 幻幼 科料 钓钩 灸炙 丸九 厂广 万方 又叉
"""
#: … and a shape with a stroke more, less or longer.
LOOK_ALIKES = """
日目
夫失 牛午 半平 币市 史吏 乒乓 代伐 休体 仑仓 冒昌 名各 后右 合台 向问 因困
团园 圆园 在左 坚竖 壁璧 央决 存在 孔扎 季李 它宅 官宫 宣宜 尤龙 尺尽 帅师
形刑 徒徙 怜伶 恨很 惊掠 成戍 戊戌 找我 抓爪 投设 抱报 押抽 拟似 招拍 拾抬
持待 挂桂 挣净 损捐 换唤 提堤 揭竭 摸模 撒撤 操澡 效郊 斤斥 斩折 旬句 旱早
昨作 显昱 晓烧 暴曝 最量 朋明 杆杵 条务 来夹 构沟 枝技 柱挂 标示 校效 根银
桔枯 梁粱 棵稞 概慨 比此 毫豪 永水 汇江 汗汁 沈沉 沟沿 泊洎 泳冰 洋样 洗冼
活话 流疏 浅线 浇挠 淮准 深探 渴喝 港巷 源原 滑猾 漫慢 激缴 火灭 炼练 爱受
状壮 狠狼 班斑 理埋 申中 电申 皇呈 相柏 省看 眼银 矢失 矿旷 确硬 社杜 神伸
票禀 禁楚 私和 种神 积枳 程呈 究穷 空穿 童章 竿芋 策荣 简筒 算箅 粮根 红纤
级极 纪记 纲钢 纳呐 绝色 结给 络格 继断 绩债 续读 综棕 绿缘 缓援 罚罪 群辟
耍要 考老 职识 肤扶 股般 肥服 育肓 胜性 脉胀 脑胸 膜摸 至到 舰船 艰限 苦若
苗笛 草革 荷苛 获荻 落洛 著者 蔬疏 虑虚 虽旦 补朴 被披 裁栽 裹裏 规现 视现
认队 订计 讯汛 论沦 设没 诉诈 诊珍 详样 请清 诸谘 谓渭 责贵 质盾 贡责 财材
货贷 贸贺 赁贷 赂路 赔陪 赖懒 起超 趋超 距拒 跟根 踪综 车东 轮轻 较校 辆俩
达选 迁迂 迅讯 过这 运远 近进 还迁 连莲 述迷 适造 逐遂 通退 速逮 遇偶 遍偏
邀激 邮部 郎朗 都郡 醒醋 采来 释译 里重 量重 针计 钱线 铁轶 铜钢 销消 锻银
键健 镇填 长张 阁阅 防妨 阳阴 阶价 阿何 附咐 降隆 限根 陆陈 院完 除徐 险检
隐急 障璋 集隼 难准 雪霄 需雷 震霞 青肯 项顷 须顶 顺倾 预顶 领颂 颗颖 题提
额颜 风凤 饭饮 饱抱 馆管 首百 骨背 高亮 黑墨 龄领
"""


def _pairs(groups: str) -> Iterator[tuple[str, str]]:
    for group in groups.split():
        for one in group:
            for other in group:
                if one != other:
                    yield one, other


def script_words(listed: Mapping[str, tuple[int, str]], pairs: Mapping[str, int]) -> Iterator[str]:
    """The words of the first table."""
    words = [word for word in listed if len(word) == 2]
    forms = set(variants.traditional().values())
    for word in words:
        count, tag = listed[word]
        used = USED if tag not in NAMES else OFTEN
        if count >= LISTED and pairs[word] >= used and forms & set(word) and not is_word(word):
            yield word
    for shared, form in variants.shared_forms().items():
        for word in {*words, *idioms_and_verbs(listed, pairs, shared, form)}:
            simplified, other = word.replace(shared, form), word.replace(form, shared)
            if word == simplified == other or is_word(word):
                continue
            if word == simplified:
                is_name = listed.get(word, (0, ""))[1] in NAMES
                known = not is_name and pairs[word] >= max(USED, RATIO * pairs[other])
            else:
                known = pairs[word] >= max(USED, pairs[simplified] / RATIO)
                known = known or simplified not in listed
            if known:
                yield word


def idioms_and_verbs(
    listed: Mapping[str, tuple[int, str]], pairs: Mapping[str, int], shared: str, form: str
) -> Iterator[str]:
    """Pairs that no list has by themselves: verbs with 着, and those of idioms: 味着, 知著."""
    for word, (_, tag) in listed.items():
        if len(word) == 1 and form == "着" and tag.startswith("v") and pairs[word + form] >= USED:
            yield word + form
        if len(word) not in (3, 4) or tag in NAMES:
            continue
        ats = [word.find(form)]
        # 见微知著, but not 象徵着 and 意味著, which the list has with either character.
        if len(word) == 4 and word.replace(shared, form) not in listed:
            ats.append(word.find(shared))
        for at in ats:
            beside = (word[max(0, at - 1) : at + 1], word[at : at + 2]) if at >= 0 else ()
            yield from (pair for pair in beside if len(pair) == 2)


def candidates(listed: Mapping[str, tuple[int, str]], pairs: Mapping[str, int]) -> dict[str, str]:
    """Misread spellings that are no words, with the word of each."""
    found: dict[str, str] = {}
    by_character: dict[str, list[str]] = {}
    for word, (count, tag) in listed.items():
        if len(word) == 2 and tag not in NAMES and count >= LISTED and pairs[word] >= MEANT_TWINS:
            for character in dict.fromkeys(word):
                by_character.setdefault(character, []).append(word)
    twins = set(_pairs(TWINS))
    for one, other in _pairs(TWINS + LOOK_ALIKES):
        least = MEANT_TWINS if (one, other) in twins else MEANT
        for word in by_character.get(one, ()):
            if pairs[word] < least:
                continue
            wrong = word.replace(one, other, 1)
            if wrong in listed or is_word(wrong) or pairs[wrong] * 50 > pairs[word]:
                continue
            if wrong not in found or pairs[word] > pairs[found[wrong]]:
                found[wrong] = word
    return found


#: A word that is meant is so frequent, one of twins less. Its misread form stands by itself in
#: clean prose so often at most, and in such a share of the word's places. (Clean prose has slips,
#: too: where the character is the rarer one of the two, that is what they are.)
MEANT, MEANT_TWINS = 300, 100
STRAY, STRAY_SHARE, SLIPS_SHARE = 3, 1 / 500, 1 / 3_000
#: So often, at most, would words of one character meet in it: 对 and 活 do, in other texts. Twins
#: that would meet more often, and never did, are marked: they need to be borne out (入员).
CHANCE, CHANCE_MET = 0.5, 5
#: A twin that is looked for in every text must not be in every sentence.
SELDOM = 1 / 500


class Characters:
    """How often characters occur, and how often as a word of their own."""

    def __init__(self, pairs: Mapping[str, int]) -> None:
        behind: Counter[str] = Counter()
        before: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        for pair, count in pairs.items():
            self.all[pair[0]] += count
            if not is_word(pair):
                behind[pair[0]] += count
                before[pair[1]] += count
        self._alone = {one: before[one] * behind[one] / count for one, count in self.all.items()}
        self._total = self.all.total()

    def chance(self, pair: str) -> float:
        """How often two words of one character would meet in a pair."""
        first, last = (self._alone.get(character, 0) for character in pair)
        return first * last / self._total

    def most_strays(self, pair: str, word: str, count: int) -> float:
        """How often a misread form of a word with a count may stand in clean prose."""
        wrong, right = next(two for two in zip(pair, word, strict=True) if two[0] != two[1])
        slips = SLIPS_SHARE * count if 2 * self.all[wrong] < self.all[right] else 0
        return min(max(STRAY, slips), STRAY_SHARE * count)


def by_themselves(texts: Iterable[str], wrong: Iterable[str]) -> Counter[str]:
    """How often pairs stand in texts where neither character makes a word with its neighbour."""
    sought = np.array(sorted(map(pack, wrong)))
    seen: Counter[str] = Counter()
    for text in texts:
        points = codes(text)
        for at in np.flatnonzero(np.isin(points[:-1] * 65536 + points[1:], sought)).tolist():
            pair = text[at : at + 2]
            if not (is_word(text[at - 1 : at + 1]) or is_word(text[at + 1 : at + 3])):
                seen[pair] += 1
    return seen


def run(folders: Folders, dictionary: Dictionary, output: Path = OUTPUT) -> None:
    """Write the tables."""
    listed = {word: (int(count), tag) for word, count, tag in jieba_words(dictionary)}
    paths = files(folders)
    packed: Counter[int] = Counter()
    for path in paths:
        packed.update(grams(codes(stripped_text(path)), 2))
    pairs = Counter({chr(key >> 16) + chr(key & 0xFFFF): count for key, count in packed.items()})
    write(output / "script_words.txt", grouped(set(script_words(listed, pairs))))
    english = Counter(match for path in paths for match in ENGLISH.findall(stripped_text(path)))
    write(
        output / "english_words.txt",
        sorted(word for word, count in english.items() if count >= ENGLISH_USED),
    )
    wrong = candidates(listed, pairs)
    characters = Characters(pairs)
    stray = by_themselves(map(stripped_text, paths), wrong)
    twins = set(_pairs(TWINS))
    often = characters.all.total() * SELDOM
    misread = []
    for pair, word in sorted(wrong.items()):
        chance = characters.chance(pair)
        are_twins = any(
            (right, wrong) in twins and characters.all[wrong] < often
            for right, wrong in zip(word, pair, strict=True)
        )
        if chance <= CHANCE and stray[pair] <= characters.most_strays(pair, word, pairs[word]):
            misread.append(pair + word + (MisreadKind.TWINS if are_twins else MisreadKind.ALIKE))
        elif are_twins and CHANCE < chance <= CHANCE_MET and not stray[pair]:
            misread.append(pair + word + MisreadKind.MET)
    write(output / "misread_words.txt", misread)
