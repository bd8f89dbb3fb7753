"""The site as tests use it: real engines, the relay by hand, a clock that can be set."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from graph.connection import Graph, Transaction
from graph.outbox import list_withheld
from marketplace.app import create_app
from marketplace.config import Settings
from marketplace.domains.accounts.service import open_session
from marketplace.kernel import unit_of_work
from marketplace.kernel.actor import GUEST, SYSTEM_ACTOR, Actor
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.opening import build_site
from marketplace.web.identity import digest_of, new_token
from marketplace.web.site import Site
from search.index import Index
from search.query import SearchQuery
from search.results import Results

P = ParamSpec("P")
T = TypeVar("T")


class KnownRule(Rule):
    """Four fifths of the time that an application takes to be made goes into code that builds its addresses. Each story makes one, with the
    same four hundred addresses."""

    built: ClassVar[dict[tuple[object, ...], Any]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Any:
        key = (self.rule, append_unknown, self.host, self.subdomain, self.merge_slashes, repr(self.defaults))
        if key not in self.built:
            self.built[key] = super()._compile_builder(append_unknown)
        return self.built[key]


Flask.url_rule_class = KnownRule


class KnownTemplates(BytecodeCache):
    """Templates are compiled once in a process, not once for each story."""

    compiled: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if known := self.compiled.get(f"{bucket.key} {bucket.checksum}"):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


@dataclass(slots=True)
class SetClock:
    """Stands still until it is told to move."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 2, 0, tzinfo=UTC))

    def now(self) -> datetime:
        return self.moment

    def set(self, moment: datetime) -> None:
        self.moment = moment

    def forward(self, **span: float) -> None:
        """`forward(days=1)`"""
        self.moment += timedelta(**span)


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody at the door that views use: `change` and `read`, with their tokens."""

    graph: Graph
    clock: SetClock
    actor: Actor

    def change(self, work: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return unit_of_work.change(self.graph, self.actor, self.clock.now(), lambda uow: work(uow, *args, **kwargs))

    def read(self, work: Callable[Concatenate[Transaction, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.graph.read(lambda tx: work(tx, *args, **kwargs), reader=self.actor.reader)


@dataclass(frozen=True)
class TestSite:
    """What a story needs: act, let the relay run, look."""

    __test__ = False
    site: Site
    clock: SetClock

    @cached_property
    def app(self) -> Flask:
        """Made for the first browser: four hundred addresses take a quarter of a second, and most stories need none."""
        app = create_app(site=self.site)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
        app.jinja_env.bytecode_cache = KnownTemplates()
        return app

    @property
    def graph(self) -> Graph:
        return self.site.graph

    @property
    def index(self) -> Index:
        return self.site.index

    def acting_as(self, actor: Actor) -> Acting:
        return Acting(self.graph, self.clock, actor)

    @property
    def system(self) -> Acting:
        return self.acting_as(SYSTEM_ACTOR)

    def find(self, kind: str, id: str) -> Any:
        """As the system sees it now."""
        return self.system.read(self.site.rooms[kind].get, id)

    def drain(self) -> int:
        """Everything that the relay does after a commit, at once."""
        return int(self.site.relay.drain())

    def search(self, text: str, actor: Actor = GUEST, **options: Any) -> Results:
        """As the search page asks: with the reader's tokens, without what is withheld."""
        withheld = self.system.read(list_withheld)
        return self.index.search(SearchQuery(text=text, reader=actor.reader, without=withheld, **options))

    def client(self, actor: Actor | None = None) -> FlaskClient:
        """A browser without script; signed in when an actor is given. Forms need no CSRF token there."""
        client = self.app.test_client()
        if actor is not None and not actor.is_guest:
            token = new_token()
            self.system.change(open_session, actor.account_id, digest_of(token))
            with client.session_transaction() as session:
                session["sid"] = token
        return client


def make_site(graph: Graph, index: Index, settings: Settings) -> TestSite:
    clock = SetClock()
    return TestSite(build_site(settings, graph, index, clock), clock)
