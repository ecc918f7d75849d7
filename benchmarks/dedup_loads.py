"""The search for copies on what is no ordinary text, and at its first use: a bar for each.

    python benchmarks/dedup_loads.py [--only clusters] [--only first]

``first``     a first search with an empty cache, second process included: under 8 s to compile
``clusters``  20,000 texts in groups of 5 to 1,000 copies, one character in 33 of each misread
``copies``    100,000 copies of one text, every second one misread
``formula``   200,000 texts of one sentence with other names, places and numbers
``threads``   two threads beside one, on ordinary text: 1.5 times as fast
``lines``     a million log lines: less than 1 GB above the input

Clusters, copies and formula may take five times as long a character as ordinary text, that is, the
paragraphs of ``dedup.py``, measured before and after. All but ``threads`` is processor time.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

from common import ROOT, spread
from dedup import damage, draw, is_han, memory, plant

from textclean.dedup import Deduplicated, deduplicate
from tools.command import command

SIZES = (5, 10, 20, 50, 100, 200, 500, 1000)
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文志"
CITIES = ("郑州", "洛阳", "开封", "新乡", "许昌", "南阳", "信阳", "周口", "安阳", "鹤壁")
NOISE = "noise 3"
FIRST = """
import random
import time
from textclean import deduplicate
from textclean.dedup.kernels.stages import start_second_process
chance = random.Random(1)
letters = "各地持续推进基层医疗卫生服务能力建设群众看病更加方便满意度逐年提高会议指出要坚持"
texts = ["".join(chance.choices(letters, k=120)) for _ in range(1500)]
texts += [text[:40] + "看" + text[41:] for text in texts[:600]]
long = ["".join(texts[at : at + 3]) for at in range(0, 300, 3)]
deduplicate(texts + long + ["看" + text for text in long])
if second := start_second_process():
    while second.is_compiling():
        time.sleep(0.05)
"""


def pool_of(texts: list[str]) -> str:
    return "".join(c for text in texts[:3000] for c in text if is_han(c))


def ordinary(count: int) -> list[str]:
    return plant(draw(count, 3), 1)[0]


def clusters(count: int) -> list[str]:
    base, chance = draw(2000, 5), random.Random(5)
    pool = pool_of(base)
    texts: list[str] = []
    for turn, text in enumerate(base):
        size = SIZES[turn % len(SIZES)]
        texts.append(text)
        texts += (damage(text, NOISE, chance, pool, "") or "" for _ in range(size - 1))
        if len(texts) >= count:
            break
    chance.shuffle(texts)
    return texts[:count]


def copies(count: int) -> list[str]:
    base, chance = draw(3000, 6), random.Random(6)
    pool = pool_of(base)
    text = next(text for text in base if len(text) > 110)
    noisy = [damage(text, NOISE, chance, pool, "") or "" for _ in range(count // 2)]
    texts = noisy + [text] * (count - len(noisy))
    chance.shuffle(texts)
    return texts


def formula(count: int) -> list[str]:
    chance = random.Random(7)
    number = chance.randint
    texts: dict[str, None] = {}
    while len(texts) < count:
        name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
        day = f"{number(2001, 2020)}年{number(1, 12)}月{number(1, 28)}日"
        texts[
            f"经审查，申请人{name}于{day}在{chance.choice(CITIES)}市提交的材料齐全，符合法定形式，"
            f"准予登记，编号为{number(100000, 999999)}，请于十五日内领取证书。"
        ] = None
    return list(texts)


def lines(count: int) -> list[str]:
    chance = random.Random(8)
    number = chance.randint
    return [
        f"2024-03-{number(10, 28)} {number(10, 23)}:{number(10, 59)}:{number(10, 59)} INFO "
        f"[worker-{number(1, 64)}] 请求 /api/v1/orders/{number(1, 10**8)} 处理完成，"
        f"用时 {number(1, 5000)} 毫秒，返回 {chance.choice((200, 404))}"
        for _ in range(count)
    ]


def cost(texts: list[str]) -> tuple[float, Deduplicated]:
    """Microseconds of processor time a character, and what was found."""
    begin = time.process_time()
    found = deduplicate(texts, threads=1)
    return (time.process_time() - begin) / sum(map(len, texts)) * 1e6, found


def beside_ordinary(make: Callable[[int], list[str]], count: int, rounds: int) -> None:
    texts, usual = make(count), ordinary(60_000)
    cost(usual[:3000])
    ratios = []
    before = cost(usual)[0]
    for _ in range(rounds):
        took, found = cost(texts)
        after = cost(usual)[0]
        ratios.append(2 * took / (before + after))
        before = after
    print(
        f"{make.__name__}: {len(texts):,} texts, {len(found.kept):,} kept, "
        f"{took:.3f} µs a character, {spread(ratios)} as long as ordinary text (at most 5)"
    )


def threads(count: int, rounds: int) -> None:
    texts = ordinary(count)
    cost(texts[:3000])
    ratios, results = [], []
    for _ in range(rounds):
        times = []
        for number in (1, 2):
            begin = time.perf_counter()
            results.append(list(deduplicate(texts, threads=number).removals))
            times.append(time.perf_counter() - begin)
        ratios.append(times[0] / times[1])
    same = "the same" if all(result == results[0] for result in results) else "OTHER"
    print(f"threads: two are {spread(ratios)} as fast as one (1.5), with {same} result")


def log_lines(count: int) -> None:
    texts = lines(count)
    cost(texts[:3000])
    before = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
    took, found = cost(texts)
    print(
        f"lines: {count:,}, {len(found.kept):,} kept, {len(found.twins):,} twins, {took:.3f} µs a "
        f"character, {memory() - before:,.0f} MB above the input (under 1,000)"
    )


def first(rounds: int) -> None:
    figures: list[tuple[float, float]] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cache:
            environment = os.environ | {"NUMBA_CACHE_DIR": cache, "PYTHONPATH": str(ROOT)}
            times = [_children()]
            for _ in range(2):
                subprocess.run([sys.executable, "-c", FIRST], env=environment, check=True)
                times.append(_children())
            figures.append((times[1] - times[0], times[2] - times[1]))
    one, next_one = (statistics.median(times) for times in zip(*figures, strict=True))
    print(
        f"first: {one:.1f} s of processor time, {next_one:.1f} s the next time: "
        f"{one - next_one:.1f} s to compile (under 8)"
    )


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(name: str, rounds: int) -> None:
    warnings.simplefilter("ignore")
    if name == "first":
        first(rounds)
    elif name == "threads":
        threads(125_000, rounds)
    elif name == "lines":
        log_lines(1_000_000)
    else:
        make, count = LOADS[name]
        beside_ordinary(make, count, rounds)


LOADS = {"clusters": (clusters, 20_000), "copies": (copies, 100_000), "formula": (formula, 200_000)}


@command
def main(
    only: Annotated[tuple[str, ...], "which of them"] = ("first", *LOADS, "threads", "lines"),
    rounds: int = 3,
) -> None:
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        for name in only:
            pool.submit(measure, name, rounds).result()


if __name__ == "__main__":
    main()
