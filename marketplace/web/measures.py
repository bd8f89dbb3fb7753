"""What this process has answered, how often and how fast; `/metrics` tells it. By endpoint, never by address: addresses hold people's words."""

import hmac
from time import perf_counter
from typing import NamedTuple, cast

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram

from marketplace.web.site import current_site

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds; the promises of speed lie on their borders."""


class Measures(NamedTuple):
    """In a registry of this application's own: a process may make several, as tests do."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram


def new_measures() -> Measures:
    registry = CollectorRegistry()
    requests = Counter("jiangchuang_requests", "Requests answered by this process.", ("endpoint", "status"), registry=registry)
    seconds = Histogram(
        "jiangchuang_request_seconds", "Time until the answer of this process.", ("endpoint",), buckets=BUCKETS, registry=registry
    )  # fmt: skip
    return Measures(registry, requests, seconds)


def current_measures() -> Measures:
    return cast(Measures, current_app.extensions["measures"])


def carries_token() -> bool:
    """Whether this request brings the token of METRICS_TOKEN. Without that setting, nothing does."""
    token, sent = current_site().settings.metrics_token.get_secret_value(), request.authorization
    if not token or sent is None or sent.type != "bearer" or not sent.token:
        return False
    return hmac.compare_digest(sent.token.encode(), token.encode())


def begin() -> None:
    g.measured_from = perf_counter()


def end(response: Response) -> Response:
    measures, endpoint = current_measures(), request.endpoint or "none"
    measures.requests.labels(endpoint, f"{response.status_code // 100}xx").inc()
    measures.seconds.labels(endpoint).observe(perf_counter() - g.get("measured_from", perf_counter()))
    return response


def install_measures(app: Flask) -> None:
    """Before everything else: what is measured begins first and ends last."""
    app.extensions["measures"] = new_measures()
    app.before_request(begin)
    app.after_request(end)
