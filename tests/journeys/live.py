"""The whole site on a free port of this machine, as a browser meets it: CSRF on, the relay at work, real passwords."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from waitress import create_server

from graph.connection import Graph
from marketplace.config import Settings
from marketplace.domains.accounts.repository import get_account
from marketplace.domains.accounts.service import change_password, hashed
from marketplace.kernel.actor import Actor
from tests.engines import empty_index
from tests.factories import Make
from tests.site import TestSite, make_site

PASSWORD = "a sentence is easy to keep"


@functools.cache
def kept_hash() -> str:
    """Real argon2, made once: it is slow on purpose."""
    return hashed(PASSWORD)


@dataclass(frozen=True, slots=True)
class Live:
    """A site that answers at `address`; `make` and `site` as other stories know them."""

    site: TestSite
    address: str
    make: Make
    _logins: dict[str, str] = field(default_factory=dict)

    def login_of(self, actor: Actor) -> str:
        """The sign-in name of somebody who has been given PASSWORD."""
        if actor.account_id not in self._logins:
            account = self.site.system.read(get_account, actor.account_id)
            self.site.system.change(change_password, account.id, account.version, kept_hash())
            self._logins[actor.account_id] = account.login
        return self._logins[actor.account_id]


@contextmanager
def serve(graph: Graph, folder: Path, **set_otherwise: Any) -> Iterator[Live]:
    """From an empty graph; the relay's thread runs, so what is committed is found without anybody's help."""
    unlimited = {"guest_per_minute": 0, "user_per_minute": 0, "search_per_minute": 0, "registrations_per_hour": 0}
    settings = Settings(data_dir=folder / "data", **(unlimited | set_otherwise))
    with empty_index(folder / "index") as index:
        site = make_site(graph, index, settings)
        site.app.config.update(WTF_CSRF_ENABLED=True)
        site.site.relay.start()
        with answering(site.app) as address:
            yield Live(site, address, Make(site))
        site.site.relay.close()


@contextmanager
def answering(app: Flask) -> Iterator[str]:
    """The address at which a thread of this process answers for the application."""
    server = create_server(app, host="127.0.0.1", port=0, threads=6, ident=None)
    Thread(target=server.run, name="server", daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.task_dispatcher.shutdown()
    server.close()
