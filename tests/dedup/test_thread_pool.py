"""Work shared out among threads."""

from __future__ import annotations

import threading
import time

import pytest

from textclean.dedup.thread_pool import ThreadPool


@pytest.mark.parametrize("threads", [1, 2, 5, None])
def test_results_come_in_the_order_of_the_items(threads: int | None) -> None:
    def slow_at_first(item: int) -> int:
        time.sleep(0.01 / (item + 1))
        return item * item

    with ThreadPool(threads) as pool:
        for count in (20, 3, 1):
            assert pool.map(slow_at_first, range(count)) == [n * n for n in range(count)]


def test_nothing_to_do_is_done() -> None:
    with ThreadPool(4) as pool:
        assert pool.map(len, []) == []


def test_so_many_work_as_there_are_threads_the_caller_among_them() -> None:
    together = threading.Barrier(3, timeout=10)

    def meet(_: int) -> str:
        together.wait()
        return threading.current_thread().name

    with ThreadPool(3) as pool:
        names = pool.map(meet, range(3))
    assert len(set(names)) == 3
    assert threading.current_thread().name in names


@pytest.mark.parametrize("caller", [True, False])
def test_it_matters_not_who_fails(caller: bool) -> None:
    main = threading.current_thread()
    both = threading.Barrier(2, timeout=10)

    def work(_: int) -> None:
        both.wait()
        if (threading.current_thread() is main) is caller:
            raise ValueError("no such text")
        time.sleep(0.01)

    with ThreadPool(2) as pool, pytest.raises(ValueError, match="no such text"):
        pool.map(work, range(2))


@pytest.mark.parametrize("threads", [0, -1, "2", 2.0])
def test_what_is_no_number_of_threads_is_refused(threads: object) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^threads: "):
        ThreadPool(threads)  # type: ignore[arg-type]


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_what_fails_is_raised_and_the_rest_is_left(threads: int) -> None:
    done: list[int] = []

    def work(item: int) -> None:
        if item == 3:
            raise ValueError("no such text")
        time.sleep(0.001)
        done.append(item)

    with ThreadPool(threads) as pool:
        with pytest.raises(ValueError, match="no such text"):
            pool.map(work, range(1000))
        assert len(done) < 100
        assert pool.map(str, [1, 2]) == ["1", "2"]
