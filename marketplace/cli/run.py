"""Starts the whole site in one process, with its engines, and ends all of it."""

import logging
import signal
import socket
from dataclasses import replace
from pathlib import Path
from types import FrameType

import click
import waitress
from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask

from marketplace.app import create_app, warm
from marketplace.cli.demo import is_empty, load
from marketplace.cli.init import found
from marketplace.cli.options import data_option, settings_of
from marketplace.config import Settings
from marketplace.kernel.second_factors import weak_sign_in
from marketplace.opening import open_site
from marketplace.production import told, weaknesses
from marketplace.web.headers import HEADERS
from marketplace.web.logs import configure_logs
from marketplace.web.site import Site

THREADS = 8
CONNECTIONS = 500
"""Browsers keep theirs open; one that comes when all are taken waits until another is idle for two minutes."""


class StrictErrorTask(ErrorTask):  # type: ignore[misc]
    """What the server itself refuses, before the application sees it, carries the same headers."""

    def execute(self) -> None:
        self.response_headers.extend(HEADERS.items())
        super().execute()


class StrictChannel(HTTPChannel):  # type: ignore[misc]
    error_task_class = StrictErrorTask


class PortTaken(click.ClickException):
    """Misuse rather than a fault: one sentence, no usage lines."""

    exit_code = 2


class TooWeak(click.ClickException):
    """Misuse, too: one list."""

    exit_code = 2


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (default: PORT, or 8000).")
@click.option("--host", help="Address to listen on (default: HOST, or 127.0.0.1).")
@click.option("--no-demo", is_flag=True, help="Begin an empty site without the demonstration data.")
@click.option("--production", is_flag=True, help="Refuse to start with weak settings, and list them; no demonstration; logs for machines.")
@data_option
def run(port: int | None, host: str | None, no_demo: bool, production: bool, data: Path | None) -> None:
    """Start the site with its engines. Ctrl-C or SIGTERM ends everything."""
    settings = settings_of(data, port=port, host=host)
    if production:
        refuse_weak(settings)
    refuse_taken_port(settings)
    configure_logs(machine_readable=production)
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, stop_once)
    with open_site(settings) as site:
        found(site)
        if not (no_demo or production) and is_empty(site):
            load(site)
        if settings.relay_inside:
            site.relay.start()
        tried = site if production else easy_to_try(site)
        serve(create_app(site=tried), tried)


def easy_to_try(site: Site) -> Site:
    """The demonstration asks nobody for a telephone, unless the environment says so; the sign-in page and the greeting tell of it."""
    settings = site.settings
    if "second_factor" in settings.model_fields_set or not (settings.data / "demo-accounts.txt").exists():
        return site
    return replace(site, settings=settings.model_copy(update={"second_factor": "optional"}))


def refuse_weak(settings: Settings) -> None:
    """Before anything starts: all that is weak at once, with what to do."""
    if found := weaknesses(settings):
        raise TooWeak(told(found))


def stop_once(_signal: int, _frame: FrameType | None) -> None:
    """Raises SystemExit in the main thread; from then on nothing may interrupt the closing."""
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, signal.SIG_IGN)
    raise SystemExit(0)


def refuse_taken_port(settings: Settings) -> None:
    """Before the engines start: the answer is there at once."""
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise PortTaken(f"Port {settings.port} on {settings.host} can't be used; choose another with --port.") from error


def serve(app: Flask, site: Site) -> None:
    logging.getLogger("waitress").setLevel(logging.ERROR)
    warm(app)
    BaseWSGIServer.channel_class = StrictChannel
    server = waitress.create_server(
        app, host=site.settings.host, port=site.settings.port, threads=THREADS, connection_limit=CONNECTIONS, ident=None,
        max_request_body_size=site.settings.most_upload_bytes + 1_048_576,
    )  # fmt: skip
    greet(site.settings, server.effective_port)
    try:
        server.run()
    finally:
        server.close()


def greet(settings: Settings, port: int) -> None:
    click.echo(f"\n  http://{settings.host}:{port}\n")
    accounts = settings.data / "demo-accounts.txt"
    if accounts.exists():
        click.echo(accounts.read_text(encoding="utf-8"))
    for weakness in weak_sign_in(settings):
        click.echo(f"  For trying out only: {weakness}\n")
    click.echo("  Ctrl-C stops the site and its engines.")
