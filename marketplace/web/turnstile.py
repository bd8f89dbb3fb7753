"""How many passwords are looked at together. Hashing takes a core and 64 MB on purpose; a rush must leave both to everybody else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import cast

from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from prometheus_client import Counter

from marketplace.config import Settings
from marketplace.kernel.errors import Problem
from marketplace.kernel.labels import label
from marketplace.web.problems import error_page

RETRY = {"Retry-After": "2"}
"""Seconds after which somebody who was sent away may try again."""


class Busy(Problem):
    """Nothing was looked at and nothing counted: try again."""

    status = 503


class Turnstile:
    """`at_once` are served, as many wait, all others are sent away at once."""

    def __init__(self, at_once: int, refused: Counter) -> None:
        self._serving = BoundedSemaphore(at_once)
        self._inside = BoundedSemaphore(2 * at_once)
        self._refused = refused

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Raises Busy."""
        if not self._inside.acquire(blocking=False):
            self._refused.inc()
            raise Busy(label("Many people are signing in just now. Try again in a few seconds; nothing was counted as a failure."))
        try:
            with self._serving:
                yield
        finally:
            self._inside.release()


def in_turn() -> Turnstile:
    return cast(Turnstile, current_app.extensions["turnstile"])


def on_busy(busy: Exception) -> ResponseReturnValue:
    body, _status = cast(tuple[str, int], error_page(429))
    return body, Busy.status, RETRY


def install_turnstile(app: Flask, settings: Settings) -> None:
    """After the measures, which count who was sent away."""
    registry = app.extensions["measures"].registry
    refused = Counter("jiangchuang_refused_for_hashing", "Sign-ins sent away because too many came at once.", registry=registry)
    app.extensions["turnstile"] = Turnstile(settings.hashing_at_once or os.cpu_count() or 1, refused)
    app.register_error_handler(Busy, on_busy)
