"""How many passwords are looked at together. Hashing takes a core and 64 MB on purpose; a rush must leave both to everybody else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from threading import BoundedSemaphore, Lock
from time import monotonic
from typing import cast

from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from prometheus_client import Counter

from marketplace.config import Settings
from marketplace.kernel.errors import Problem
from marketplace.kernel.labels import label
from marketplace.web.problems import error_page

SOONEST, LATEST = 2, 60
"""Seconds after which somebody who was sent away is told to come again."""


class Busy(Problem):
    """Nothing was looked at and nothing counted: come again after so many seconds."""

    status = 503

    def __init__(self, seconds: int) -> None:
        told = label("Many people are signing in just now. Try again in %(seconds)s seconds; nothing was counted as a failure.")
        super().__init__(told, seconds=seconds)
        self.headers = {"Retry-After": str(seconds)}


class Turnstile:
    """`at_once` are served, as many wait, all others are sent away at once."""

    def __init__(self, at_once: int, refused: Counter) -> None:
        self._at_once = at_once
        self._serving = BoundedSemaphore(at_once)
        self._inside = BoundedSemaphore(2 * at_once)
        self._refused = refused
        self._lock = Lock()
        self._taking = 0.1
        self._last_place = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Raises Busy."""
        if not self._inside.acquire(blocking=False):
            self._refused.inc()
            raise Busy(self._place())
        try:
            with self._serving:
                began = monotonic()
                yield
                self._taking += (monotonic() - began - self._taking) / 8
        finally:
            self._inside.release()

    def _place(self) -> int:
        """Those who are sent away come again one after another, as fast as the others are served, not all together."""
        with self._lock:
            now = monotonic()
            self._last_place = min(max(self._last_place, now + SOONEST) + self._taking / self._at_once, now + LATEST)
            return ceil(self._last_place - now)


def in_turn() -> Turnstile:
    return cast(Turnstile, current_app.extensions["turnstile"])


def on_busy(busy: Exception) -> ResponseReturnValue:
    body, _status = cast(tuple[str, int], error_page(429))
    return body, Busy.status, cast(Busy, busy).headers


def install_turnstile(app: Flask, settings: Settings) -> None:
    """After the measures, which count who was sent away."""
    registry = app.extensions["measures"].registry
    refused = Counter("jiangchuang_refused_for_hashing", "Sign-ins sent away because too many came at once.", registry=registry)
    app.extensions["turnstile"] = Turnstile(settings.hashing_at_once or os.cpu_count() or 1, refused)
    app.register_error_handler(Busy, on_busy)
