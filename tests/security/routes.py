"""What every route takes, discovered from the application itself: its methods, what may stand in its path, its query and its form."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule
from wtforms import DateField, Field, FieldList, FloatField, FormField, IntegerField, SelectField
from wtforms.fields import BooleanField, FileField

from marketplace.kernel.contract_clauses import FIELDS
from marketplace.pages.questions.model import QUESTIONS
from marketplace.web.answers import blank_form, choices_of
from marketplace.web.forms import Form
from tests.security.world import World

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
ARGUMENT = re.compile(r"args(?:\.get|\.getlist)?[(\[]\s*\"([a-z_]+)\"")
WANTED = re.compile(r"(?:form|values)(?:\.get|\.getlist)?[(\[]\s*\"([a-z_]+)\"")
ALWAYS = ("csrf_token", "key", "version", "next", "add_row", "remove_row", "reason")
EVERYWHERE = ("lang", "large", "page", "sort", "q", "kind", "id", "next")
LABELS = {
    "accounts": "Account", "achievements": "Achievement", "associations": "Association", "enquiries": "Enquiry",
    "enterprises": "Enterprise", "imports": "ImportBatch", "listings": "Listing", "needs": "Need", "organisations": "Organisation",
    "outbox": "OutboxEvent", "patents": "Patent", "people": "Worker", "reviews": "Review", "studios": "Studio", "views": "SavedView",
    "vocabulary": "Synonym", "workers": "Worker", "notices": "Notice", "reports": "Report", "missed": "MissedWords", "merges": "Merge",
    "kin": "Kinship", "contracts": "Contract", "milestones": "Milestone", "offers": "Offer", "payments": "Payment", "postings": "Posting",
    "share-rules": "ShareRule", "challenges": "Challenge", "objections": "Objection", "proposals": "Proposal", "judgements": "Judgement",
    "auctions": "Auction", "saved": "SavedSearch", "registrations": "Registration", "invitations": "Invitation", "announcements": "Announcement",
    "erasures": "Erasure", "requests": "RoleRequest",
}  # fmt: skip
"""By the part of an address that stands before the id."""
WORDS = {
    "verb": (
        "submit", "return", "publish", "withdraw", "approve", "close", "run", "discard", "undo", "take_down", "claim", "accept", "confirm", "decline",
    ), "code": ("zh_CN", "en"),
    "name": tuple(QUESTIONS), "form": ("Need.needs.new", "Achievement.achievements.new"), "ordinal": (1, 2), "clause": tuple(FIELDS),
    "filename": ("css/site.css", "none.css"),
}  # fmt: skip
KINDS = ("achievement", "listing", "need", "worker", "enterprise", "studio", "patent", "association", "organisation", "skill")
MOST = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a form: `kind` is text, choice, number, date or tick."""

    name: str
    kind: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    rule: Rule
    endpoint: str
    methods: frozenset[str]
    module: str
    queries: tuple[str, ...]
    asked: tuple[Asked, ...]

    def __str__(self) -> str:
        return f"{self.endpoint} {self.rule.rule}"

    @property
    def is_unsafe(self) -> bool:
        return bool(self.methods & set(UNSAFE))


def routes_of(app: Flask) -> list[Route]:
    with app.test_request_context():
        return [_route(app, rule) for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.rule, sorted(one.methods or ())))]


def _route(app: Flask, rule: Rule) -> Route:
    module = app.view_functions[rule.endpoint].__module__
    package = module if module.count(".") < 3 else module.rpartition(".")[0]
    return Route(rule, rule.endpoint, frozenset(rule.methods or ()) - {"HEAD", "OPTIONS"}, module, queries_of(package), asked_by(package))


@cache
def texts_of(package: str) -> str:
    """The source of a room."""
    found = sys.modules[package]
    place = Path(str(found.__file__))
    files = place.parent.glob("*.py") if place.name == "__init__.py" else [place]
    return "\n".join(one.read_text(encoding="utf-8") for one in sorted(files))


@cache
def queries_of(package: str) -> tuple[str, ...]:
    own = set(ARGUMENT.findall(texts_of(package))) | set(EVERYWHERE)
    if (state := find_spec(f"{package}.state") if hasattr(sys.modules[package], "__path__") else None) is not None:
        own |= set(getattr(import_module(state.name), "SHOWN", ()))
    return tuple(sorted(own))


@cache
def asked_by(package: str) -> tuple[Asked, ...]:
    """What any form of the room asks for, and what its views read beside."""
    found = {one.name: one for form in forms_of(package) for one in fields_of(form)}
    for name in (*ALWAYS, *WANTED.findall(texts_of(package))):
        found.setdefault(name, Asked(name))
    return tuple(found.values())


def forms_of(package: str) -> list[type[Form]]:
    """Its own, and those of other rooms that it shows."""
    inside = [name for name in (f"{package}.forms", f"{package}.views") if hasattr(sys.modules[package], "__path__") and find_spec(name)]
    named = [one for name in inside for one in vars(import_module(name)).values()]
    return list(dict.fromkeys(one for one in named if isinstance(one, type) and issubclass(one, Form) and one is not Form))


def fields_of(form: type[Form]) -> Iterator[Asked]:
    """Rows of a list are asked for as the first and the second one."""
    for one in blank_form(form):
        yield from _flat(one)


def _flat(one: Field) -> Iterator[Asked]:
    if isinstance(one, FieldList):
        entry = one.entries[0]
        for asked in _flat(entry):
            yield asked
            yield Asked(asked.name.replace(f"{one.name}-0", f"{one.name}-1", 1), asked.kind, asked.choices)
    elif isinstance(one, FormField):
        for inner in one.form:
            yield from _flat(inner)
    elif not isinstance(one, FileField):
        yield Asked(one.name, kind_of(one), tuple(value for value, _ in choices_of(one)) if isinstance(one, SelectField) else ())


def kind_of(one: Field) -> str:
    if isinstance(one, SelectField):
        return "choice"
    if isinstance(one, IntegerField | FloatField):
        return "number"
    return "date" if isinstance(one, DateField) else "tick" if isinstance(one, BooleanField) else "text"


def values_for(world: World, route: Route, name: str) -> list[Any]:
    """What this part of a path means, for things that are there."""
    if items := getattr(route.rule._converters[name], "items", None):
        return sorted(items)
    if name in WORDS:
        return list(WORDS[name])
    lead, twin, hidden = world.people.lead.id, world.things["twin"].id, world.people.hidden.id
    known: dict[str, list[Any]] = {
        "kind": list(KINDS), "worker_id": [lead, hidden], "one": [lead], "other": [twin, hidden], "file_id": list(world.files.values()),
        "achievement_id": world.ids["Achievement"], "thing": world.ids["Achievement"], "worker": [lead, hidden],
        "entry": world.ids.get("LedgerEntry", []), "objection": world.ids.get("ChoiceObjection", []),
    }  # fmt: skip
    return known.get(name) or things_at(world, route) or ["none"]


def things_at(world: World, route: Route) -> list[str]:
    if "kind" in route.rule.arguments:
        return [*world.ids["Achievement"][:3], *world.ids["Worker"][:3], *world.ids["Enterprise"][:2], *world.ids["Need"][:2]]
    part = next((one for one in LABELS if f"/{one}/<" in route.rule.rule), "")
    return world.ids.get(LABELS.get(part, ""), [])


def fits(world: World, values: dict[str, Any]) -> bool:
    """A kind beside the id of such a thing."""
    return "kind" not in values or "id" not in values or values["id"] in world.ids.get(values["kind"].capitalize(), ())


def paths_of(world: World, route: Route, most: int = MOST) -> list[str]:
    """Addresses of things that are there."""
    names = sorted(route.rule.arguments)
    choices = [values_for(world, route, name) for name in names]
    with world.site.app.test_request_context():
        adapter = world.site.app.create_url_adapter(None) or world.site.app.url_map.bind("localhost")
        found = [values for values in islice(product(*choices), 10_000) if fits(world, dict(zip(names, values, strict=True)))]
        paths = [adapter.build(route.endpoint, dict(zip(names, values, strict=True)), method=min(route.methods)) for values in found]
    step = max(1, len(paths) // most)
    return list(dict.fromkeys(paths))[::step][:most]
