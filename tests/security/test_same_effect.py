"""Each form of the site, filled in as somebody would and sent twice from the same state: once as it is, once with every field of every entity beside.

Nothing that is sent stays (the store takes it back), so what can be done once only, and what must be unique, is tried like everything else."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph.connection import Graph, Transaction
from marketplace.app import create_app
from marketplace.kernel.ids import new_id
from marketplace.opening import build_site
from tests.access.crawl import Rehearsing
from tests.conftest import Engine
from tests.security.answers import NOT_SAVED, answers, plain_rule
from tests.security.digests import LEDGER
from tests.security.forms import Filled, Pairs, forms_of_page
from tests.security.routes import Route, paths_of, routes_of
from tests.security.test_mass_assignment import HELD, LEFT_OUT, READERS, Held, extras, held, opened, wicked
from tests.security.world import World, patiently, standing_world

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("security-same-effect")]
ID = re.compile(r"[0-9a-f]{64}|[0-9a-hjkmnp-tv-z]{26}")
"""Or the digest of a code that was drawn, which is the name of what stands for it."""
BY_CHANCE = frozenset({"password_hash", "check_code", "digest", "wrapped", "text_digest"})
"""Salted, drawn, or made from what is."""
DONE = (200, 302)
DEEP, ENOUGH = 12, 2
WHO = (*READERS, "firm", "worker", "neighbour", "guest")
WHY = re.compile(r'id="[a-z_0-9-]+-error"[^>]*>[^<]*|<h1[^>]*>[^<]*</h1>\s*<p[^>]*>[^<]*')
"""What a page says of a refusal."""


@pytest.fixture(scope="module")
def world(engine: Engine, open_store: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with standing_world(engine, open_store, tmp_path_factory.mktemp("effects")) as built:
        yield built


class Effect(NamedTuple):
    """What a request would have left: how it was answered, what differs of what was there, what is new, each without the ids of this time."""

    status: int
    changed: dict[tuple[str, str], dict[str, str]]
    made: Counter[tuple[str, str]]


class Watching(Rehearsing):
    """Looks at everything before it is taken back."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self.seen: list[Held] = []

    def write(self, work: Any, **options: Any) -> Any:
        def watched(tx: Transaction) -> Any:
            result = work(tx)
            rows = tx.all(HELD, lambda row: ((str(row["label"]), str(row["id"])), opened(dict(row["held"]))))
            self.seen.append({key: said for key, said in rows if key[0] not in LEDGER or key[0] == "Version"})
            return result

        return super().write(watched, **options)


class Stage:
    """The site over a store in which nothing stays."""

    def __init__(self, world: World) -> None:
        self.world, self.store, self.before = world, Watching(world.site.graph), held(world)
        self.known = {id for _label, id in self.before} | {one.account_id for one in world.readers.values()}
        made = build_site(world.site.site.settings, self.store, world.site.index, world.site.clock)  # type: ignore[arg-type]
        self.said: list[str] = []
        self.app: Flask = create_app(site=made)
        self.app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)

    def send(self, reader: str, path: str, pairs: Pairs) -> Effect:
        client, cookie = self.app.test_client(), self.world.client(reader).get_cookie("session")
        if cookie is not None:
            client.set_cookie("session", cookie.value)
        data: dict[str, list[str]] = {}
        for name, said in [(name, new_id() if name == "key" else said) for name, said in pairs]:
            data.setdefault(name, []).append(said)
        answer = patiently(lambda: self._again(client, path, data))
        self.said = WHY.findall(answer.text) if answer.status_code not in DONE else []
        effect = Effect(answer.status_code, {}, Counter())
        for after in self.store.seen:
            self._compare(after, effect)
        return effect

    def _again(self, client: FlaskClient, path: str, data: dict[str, list[str]]) -> TestResponse:
        self.store.seen.clear()
        return client.post(path, data=data)

    def _compare(self, after: Held, effect: Effect) -> None:
        for key, said in after.items():
            if key not in self.before:
                effect.made[key[0], self._words(said)] += 1
            elif said != self.before[key]:
                news = {
                    name: self._words(said.get(name))
                    for name in said.keys() | self.before[key].keys()
                    if said.get(name) != self.before[key].get(name)
                }
                effect.changed.setdefault(key, {}).update(news)
        for key in self.before.keys() - after.keys():
            effect.changed[key] = {"": "gone"}

    def _words(self, said: Any) -> str:
        if isinstance(said, dict):
            said = {name: one for name, one in sorted(said.items()) if name not in BY_CHANCE}
        return ID.sub(lambda found: found[0] if found[0] in self.known else "#", json.dumps(said, default=str, ensure_ascii=False))


def filled_form(world: World, route: Route, reader: str, path: str, written: dict[str, Any]) -> Filled | None:
    """That by which the page is sent to itself, filled in; nothing where the reader is not shown it."""
    answer = world.client(reader).get(path)
    found = [one for one in forms_of_page(answer.text) if one.method == "post" and "key" in one.names]
    form = next((one for one in found if one.action in ("", path)), next(iter(found), None))
    if answer.status_code != 200 or form is None:
        return None
    form.asked = {one.name for one in route.asked}
    form.fill(written)
    return form


def offered(world: World, route: Route) -> Iterator[tuple[str, str, Filled]]:
    """(reader, path, form) of each of its things, for each reader who is shown it."""
    written = answers(world).get(plain_rule(route.rule.rule), {})
    for path in paths_of(world, route, DEEP):
        for reader in WHO:
            if form := filled_form(world, route, reader, path, written):
                yield reader, path, form


def test_every_form_does_the_same_with_everything_else_beside_it(world: World) -> None:
    stage, wanted, wrong = Stage(world), wicked(world), list[str]()
    saved, refused = Counter[str](), dict[str, str]()
    for route in (one for one in routes_of(world.site.app) if {"GET", "POST"} <= one.methods and one.endpoint not in LEFT_OUT):
        rule = plain_rule(route.rule.rule)
        for reader, path, form in offered(world, route):
            plain = stage.send(reader, path, form.pairs)
            if plain.status not in DONE:
                refused[rule] = f"{plain.status} for the {reader}: {stage.said}"
                continue
            saved[rule] += 1
            more = stage.send(reader, path, form.pairs + extras(form, wanted))
            if more != plain:
                wrong.append(f"{path} as {reader}: {difference(plain, more)}")
            if saved[rule] == ENOUGH:
                break
    never = {rule: said for rule, said in refused.items() if rule not in saved}
    print(f"{len(saved)} of {len(saved) + len(never)} kinds of forms were saved, {saved.total()} forms; never: {never}")
    assert wrong == []
    assert set(never) == set(NOT_SAVED)


def difference(one: Effect, other: Effect) -> str:
    changed = {key for key in one.changed.keys() | other.changed.keys() if one.changed.get(key) != other.changed.get(key)}
    told = [(key, one.changed.get(key), other.changed.get(key)) for key in sorted(changed)]
    return f"{one.status} {other.status} {told} {[*(one.made - other.made)]} {[*(other.made - one.made)]}"


def test_control_what_a_form_sets_beside_is_seen(world: World) -> None:
    """As it would be if a service kept whatever the form brought."""
    stage, work = Stage(world), world.things["draft work"]
    plain = stage.send("owner", f"/achievements/{work.id}/edit", [])
    stage.store.seen.clear()
    stage.store.write(lambda tx: tx.run("MATCH (a:Achievement {id: $id}) SET a.reason = 'attacked'", id=work.id))
    seen = Effect(plain.status, {}, Counter())
    stage._compare(stage.store.seen[-1], seen)
    assert seen.changed == {("Achievement", work.id): {"reason": '"attacked"'}}
    assert held(world)["Achievement", work.id].get("reason") != "attacked", "nothing stays"
    assert difference(plain, seen)
