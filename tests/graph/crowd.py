"""Many at once: all wait at a line and start together, so that races really happen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def rush(act: Callable[[int], T], people: int) -> list[T]:
    line = Barrier(people)

    def run(number: int) -> T:
        line.wait(30)
        return act(number)

    with ThreadPoolExecutor(people) as crowd:
        return list(crowd.map(run, range(people)))
