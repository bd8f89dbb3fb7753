"""What a form does not ask for it does not set, whoever sends it: every field of every entity, added to every form that writes."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

import pytest

from graph.connection import Graph
from graph.ontology import ONTOLOGY
from graph.vault import is_sealed
from marketplace.config import PACKAGE
from tests.conftest import Engine
from tests.security.digests import LEDGER
from tests.security.forms import Filled, Pairs, forms_of_page
from tests.security.routes import paths_of, routes_of
from tests.security.world import World, patiently, standing_world
from tests.web.test_bad_input import FORMS

pytestmark = pytest.mark.xdist_group("security-mass-assignment")
MARK = "attacked"
HELD = """
MATCH (n) RETURN labels(n)[0] AS label, n.id AS id, properties(n) AS held
"""
EDITED = frozenset({"version", "lock", "updated_at"})
"""What saving the same text again changes."""
ANEW = EDITED | {"id", "number", "created_at"}
LEFT_OUT = ("accounts.sign_in", "accounts.password", "imports.index", "identity.merge")
ALLOWED = frozenset({"csrf_token", "key", "version"})
READERS = ("owner", "officer", "administrator")
SENT = ("{}", "{}-0", "{}[]", "form.{}", "entity-{}")
Held = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def world(engine: Engine, open_store: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with standing_world(engine, open_store, tmp_path_factory.mktemp("assignment")) as built:
        yield built


def every_field() -> set[str]:
    """Of every dataclass in every model, and every property of the map."""
    places = [one for one in PACKAGE.rglob("model.py") if "__pycache__" not in one.parts]
    modules = [import_module(".".join(("marketplace", *place.relative_to(PACKAGE).with_suffix("").parts))) for place in places]
    classes = {one for module in modules for one in vars(module).values() if isinstance(one, type) and is_dataclass(one)}
    known = {one.name for cls in classes for one in fields(cls)}
    return (
        known
        | {one.name for node in ONTOLOGY.nodes for one in node.properties}
        | {"makers", "actor", "account_id", "is_admin", "__class__", "_fields"}
    )


def wicked(world: World) -> dict[str, str]:
    """What somebody would want these to be."""
    theirs = ("units", "entered_by", "maker_ids", "makers", "account_id")
    return dict.fromkeys(theirs, world.readers["stranger"].account_id) | {
        "status": "published", "audience": "public", "guarded_audience": "public", "version": "99", "role": "administrator", "lock": "99",
        "published_at": "2020-01-01", "number": "CG-2026-999999", "password_hash": MARK, "concealed": "",
    }  # fmt: skip


def opened(properties: dict[str, Any]) -> dict[str, Any]:
    """A sealed value is sealed differently each time it is saved."""
    return {name: value for name, value in properties.items() if not (isinstance(value, str) and is_sealed(value))}


def held(world: World) -> Held:
    rows = world.site.graph.read(
        lambda tx: tx.all(HELD, lambda row: ((str(row["label"]), str(row["id"])), opened(dict(row["held"])))), reader=("system",), patience=15
    )
    return {key: value for key, value in rows if key[0] not in LEDGER or key[0] == "Version"}


def changes(before: Held, after: Held) -> dict[tuple[str, str], set[str]]:
    """Of what was there: the names of the properties that differ."""
    return {
        key: {name for name in before[key].keys() | after.get(key, {}).keys() if before[key].get(name) != after.get(key, {}).get(name)}
        for key in before if before[key] != after.get(key)
    }  # fmt: skip


def gave_way(before: Held, after: Held) -> set[tuple[str, str]]:
    """What the text sent anew takes the place of: a working copy, and the last offer of a conversation."""
    return {
        key
        for key, value in before.items()
        if (key[0] == "Version" and value.get("status") == "working")
        or (key[0] == "Offer" and value.get("status") == "open" and after[key].get("status") == "superseded")
    }


def writing_forms(world: World) -> Iterator[tuple[str, str, Filled]]:
    """(reader, path, form) of each page that is sent to itself. A merge of two people is an effect of its own, on both."""
    for route in routes_of(world.site.app):
        if {"GET", "POST"} <= route.methods and route.endpoint not in LEFT_OUT:
            for path in paths_of(world, route, 3):
                for reader in READERS:
                    answer = world.client(reader).get(path)
                    form = next((one for one in forms_of_page(answer.text) if one.method == "post" and "key" in one.names), None)
                    if answer.status_code == 200 and form is not None:
                        form.asked = {one.name for one in route.asked}
                        yield reader, path, form
                        break


def extras(form: Filled, wanted: dict[str, str]) -> Pairs:
    """Under each name that the form does not have, also not as a row that could be added."""
    own = {name.partition("-")[0] for name in form.names | form.asked} | form.names | ALLOWED
    return [(spelling.format(name), wanted.get(name, MARK)) for name in sorted(every_field()) for spelling in SENT if name not in own]


def send(world: World, reader: str, path: str, pairs: Pairs) -> int:
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return patiently(lambda: world.client(reader).post(path, data=data)).status_code


def fresh(pairs: Pairs, key: str) -> Pairs:
    return [(name, key if name == "key" else value) for name, value in pairs]


def carries(found: dict[str, Any]) -> list[str]:
    return [name for name, value in found.items() if MARK in json.dumps(value, default=str)]


@pytest.mark.slow
def test_there_are_many_fields_and_many_forms(world: World) -> None:
    assert len(every_field()) > 200
    assert {"audience", "status", "version", "units", "maker_ids", "password_hash", "entered_by"} <= every_field()
    assert len({path for _, path, _ in writing_forms(world)}) > 25


@pytest.mark.slow
def test_no_form_sets_what_it_does_not_ask_for(world: World) -> None:
    """A text that was saved is sent once more, with everything else beside it: nothing but its version changes, and nothing new holds any of it."""
    wanted, saved, sent, wrong = wicked(world), 0, 0, []
    for number, (reader, path, form) in enumerate(list(writing_forms(world))):
        more = extras(form, wanted)
        send(world, reader, path, fresh(form.pairs, f"plain-{number}"))
        again = next((one for one in forms_of_page(world.client(reader).get(path).text) if one.names == form.names), form)
        before = held(world)
        status = send(world, reader, path, fresh(again.pairs, f"mass-{number}") + more)
        after = held(world)
        saved, sent = saved + (status == 302), sent + len(more)
        replaced = gave_way(before, after)
        wrong += [(path, key, sorted(names)) for key, names in changes(before, after).items() if key not in replaced and not names <= EDITED]
        wrong += [(path, key, ["audience"]) for key, value in after.items() if value.get("status") == "working" and "public" in value["audience"]]
        wrong += [(path, key, carries(value)) for key, value in after.items() if carries(value)]
        wrong += [
            (path, key, ["status"])
            for key, value in after.items()
            if key not in before and key[0] != "Version" and value.get("status") == "published"
        ]
    print(f"{sent} extra fields in {number + 1} forms, {saved} of which were saved")
    assert saved > 12
    assert wrong == []


@pytest.mark.parametrize("path", ["/needs/new", "/achievements/new"])
def test_what_is_new_is_the_same_with_everything_else_beside_it(world: World, path: str) -> None:
    page = next(one for one in forms_of_page(world.client("owner").get(path).text) if "key" in one.names)
    page.asked = next({one.name for one in route.asked} for route in routes_of(world.site.app) if route.rule.rule == path)
    chosen = {name: value for name, value in page.pairs if name in ("owner", "enterprise_id", "studio") and value}
    said = dict(page.pairs) | FORMS[path] | chosen
    plain, more = said | {"key": f"plain {path}"}, said | {"key": f"more {path}"}
    made = [created(world, path, [*plain.items()]), created(world, path, [*more.items(), *extras(page, wicked(world))])]
    assert all(made)
    assert {name: value for name, value in made[0].items() if name not in ANEW} == {
        name: value for name, value in made[1].items() if name not in ANEW
    }


def created(world: World, path: str, pairs: Pairs) -> dict[str, Any]:
    """What the new node holds; empty where the form was refused."""
    before = held(world)
    assert send(world, "owner", path, pairs) == 302
    labels = ("Need", "Achievement", "Listing", "Patent")
    return next((value for key, value in held(world).items() if key not in before and key[0] in labels), {})


def test_control_a_form_that_takes_what_it_is_sent_is_seen(world: World) -> None:
    """As it would be if a service set whatever the form brought."""
    work = world.things["draft work"]
    before = held(world)
    world.site.graph.write(
        lambda tx: tx.run("MATCH (a:Achievement {id: $id}) SET a += $sent", id=work.id, sent={"status": "published", "reason": MARK})
    )
    after = held(world)
    assert changes(before, after) == {("Achievement", work.id): {"status", "reason"}}
    assert carries(after["Achievement", work.id]) == ["reason"]
