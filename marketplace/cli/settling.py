"""Waits until the relay has caught up: this process' own, or the one that leads."""

from time import monotonic, sleep

import click

from graph.outbox import count_events, list_pending
from marketplace.kernel.permissions import SYSTEM
from marketplace.web.site import Site

PAUSE = 0.1


class Stuck(click.ClickException):
    """Nobody leads, or whoever leads meets a fault again and again."""

    def __init__(self) -> None:
        super().__init__("The relay does not get on; see its log.")


def settle_or_tell(site: Site) -> None:
    """Raises Stuck."""
    if not settle(site):
        raise Stuck


def settle(site: Site, patience: float = 10.0) -> bool:
    """Whether nothing is pending any more. `patience` is for how many seconds nothing may move."""
    deadline, before = monotonic() + patience, -1
    while pending(site):
        site.relay.drain()
        waiting = site.graph.read(count_events, reader=(SYSTEM,))
        if waiting != before:
            deadline, before = monotonic() + patience, waiting
        if monotonic() > deadline:
            return False
        sleep(PAUSE)
    return True


def pending(site: Site) -> bool:
    return bool(site.graph.read(lambda tx: list_pending(tx, 1), reader=(SYSTEM,)))
