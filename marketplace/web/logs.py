"""One line a request, with an id that the reader can name. Never a query or a body: they may hold personal data."""

import logging
import sys
from time import perf_counter

import structlog
from flask import Flask, Response, g, request

from marketplace.kernel.ids import new_id

log = structlog.get_logger()


def renderers(*, machine_readable: bool) -> tuple[structlog.typing.Processor, ...]:
    """A trace without the values of its variables: they are people's."""
    if machine_readable:
        trace = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))
        return trace, structlog.processors.JSONRenderer()
    return (structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback),)


def configure_logs(*, machine_readable: bool = False) -> None:
    """To stderr, as JSON lines where a machine reads them."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *renderers(machine_readable=machine_readable),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def begin() -> None:
    g.began = perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=new_id())


def end(response: Response) -> Response:
    took = round((perf_counter() - g.get("began", perf_counter())) * 1000, 1)
    if request.endpoint not in ("static", "health.alive", "health.ready"):
        log.info("request", method=request.method, endpoint=request.endpoint, status=response.status_code, ms=took)
    response.headers["X-Request-Id"] = structlog.contextvars.get_contextvars().get("request_id", "")
    return response


def install_logs(app: Flask) -> None:
    app.before_request(begin)
    app.after_request(end)
