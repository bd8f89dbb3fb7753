"""Looks at a page are counted in memory and written a batch at a time, once an answer has left: no reader waits for that."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock

from flask import Flask, current_app, request

from graph.connection import Transaction
from marketplace.kernel.attention import count_views
from marketplace.kernel.workdays import local_day
from marketplace.web.identity import note_after_answer
from marketplace.web.site import current_site

MOST = 20
LONGEST = timedelta(seconds=30)
"""So many views, or views of so long, are written together; a process that is killed loses no more than these."""
MACHINE = re.compile(r"bot|crawl|spider|slurp|curl|wget|python|java/|http-?client|headless|preview|monitor|scan", re.IGNORECASE)


@dataclass(slots=True)
class Tally:
    """Of one process. What is taken out is written by whoever took it."""

    views: Counter[tuple[date, str]] = field(default_factory=Counter)
    since: datetime | None = None
    lock: Lock = field(default_factory=Lock)

    def add(self, thing: str, now: datetime) -> dict[tuple[date, str], int]:
        """What is to be written now, by day and thing; mostly nothing."""
        with self.lock:
            self.views[local_day(now), thing] += 1
            self.since = self.since or now
            if self.views.total() < MOST and now - self.since < LONGEST:
                return {}
            due, self.views, self.since = dict(self.views), Counter(), None
            return due


def install_viewing(app: Flask) -> None:
    app.extensions["tally"] = Tally()


def note_view(thing: str, *, own: bool) -> None:
    """Somebody has looked at it. Those whose it is, and machines that say so, are nobody."""
    if own or request.method != "GET" or MACHINE.search(request.user_agent.string or "bot"):
        return
    site = current_site()
    now = site.clock.now()
    tally: Tally = current_app.extensions["tally"]
    if due := tally.add(thing, now):

        def write(tx: Transaction) -> None:
            count_views(tx, due)

        note_after_answer(site.graph, write)
