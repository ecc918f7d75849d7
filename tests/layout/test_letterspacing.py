"""Spaces of lines set wide, and stray ones beside digits, go; spaces that divide stay."""

from __future__ import annotations

import time

import pytest

from tests.tables import cases
from textclean import Config, Tier, clean
from textclean.layout.letterspacing import stray_gaps

WIDE = Config(select=("L002",), tier=Tier.SUGGESTED)
STRAY = Config(select=("L003",), tier=Tier.SUGGESTED)


@cases
def test_a_line_set_wide_loses_its_spaces(text: str, cleaned: str) -> None:
    assert clean(text, WIDE).text == cleaned


def test_neighbours_of_wide_lines_lose_theirs_too() -> None:
    text = (
        "加 强 社会 保障 和 服务 。 稳 步 实施 企 业 职工 基本 养老 保险 全 国 统\n"
        "筹 。\n"
        "继 续 规范 发 展 第 三 支柱 养老 保险 。 加 快 推进 工伤 和 失业 保险 省 级"
    )
    assert " " not in clean(text, WIDE).text


@cases
def test_spaces_that_divide_stay(text: str) -> None:
    assert clean(text, WIDE).text == text


def test_spaces_between_latin_words_stay_in_a_wide_line() -> None:
    text = "采 用 了 Deep Resolve 算 法 和 新 的 线 圈 。"
    assert clean(text, WIDE).text == "采用了Deep Resolve算法和新的线圈。"


NONE_ELSEWHERE = "全市16个区县的22家医院共有5000人，去年接诊30万人次，增长9%以上。"


def test_a_stray_space_beside_a_number_goes() -> None:
    text = NONE_ELSEWHERE + "其中4 位专家带队，在20 多天里完成手术。"
    assert clean(text, STRAY).text == NONE_ELSEWHERE + "其中4位专家带队，在20多天里完成手术。"


@pytest.mark.parametrize(
    "text",
    [
        "使用 Python 3 编写，在 Linux 上运行，约 20 行代码，耗时 3 秒。",
        NONE_ELSEWHERE + "\n3.2 存在的问题和建议",
        NONE_ELSEWHERE + "\n第二十二条 25度以上的坡地应当用于植树，不得开垦，已经开垦的退耕。",
        NONE_ELSEWHERE + "\n2020-08-10 11:20 来源：江南网 阅读 1.2万 评论 36",
        # What a space was is another question where marks have been lost.
        NONE_ELSEWHERE + "服务民生 实事 落实到位 ,完成 15 个中心村改造,提升 效能。",
    ],
)
def test_other_spaces_beside_numbers_stay(text: str) -> None:
    assert clean(text, STRAY).text == text


def test_a_house_style_that_adds_spaces_is_kept() -> None:
    config = Config(select=("L003", "S006"), tier=Tier.SUGGESTED, latin_space="add")
    assert "4 位专家" in clean(NONE_ELSEWHERE + "其中4 位专家带队，完成手术。", config).text


def test_a_line_with_many_gaps_takes_linear_time() -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        list(stray_gaps("人数为5人，约1 家" * count))
        return time.process_time() - start

    assert seconds(4_000) < 24 * seconds(500) + 0.1  # the square would be 64 times
