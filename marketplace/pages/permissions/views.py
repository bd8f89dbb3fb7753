"""The matrix for everybody, one's own permissions, and for officers and administrators the reasons of anybody's in their sight."""

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from graph.connection import Transaction
from marketplace.kernel.errors import NotFound
from marketplace.kernel.labels import Label, label
from marketplace.kernel.permission import Permission
from marketplace.kernel.permission_words import words_of
from marketplace.kernel.permissions import PUBLIC, Policy, Reach, administrator, declared, explained, officer, signed_in
from marketplace.kernel.roles import STANDINGS, Standing
from marketplace.pages.permissions.explaining import Explanation, explain, find_thing
from marketplace.pages.permissions.matrix import LOOKS, matrix
from marketplace.pages.permissions.repository import find_account_in_sight
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.forms import one_line
from marketplace.web.identity import current_actor
from marketplace.web.picking import pick
from marketplace.web.site import current_site

room = Blueprint("permissions", __name__, url_prefix="/permissions")
POLICY = Policy({Permission.PERMISSIONS_READ: signed_in, Permission.PERMISSIONS_EXPLAIN: officer | administrator})
TABS: dict[str, Label] = {"see": label("See"), "do": label("Do"), "mine": label("What may I do?")}
KINDS = ("achievement", "listing", "need", "patent", "studio", "association", "enterprise", "worker")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants explained; `faults` stand at their fields."""

    who: str = ""
    what: str = ""
    thing: str = ""
    faults: dict[str, Label] = field(default_factory=dict)
    answer: Explanation | None = None


@room.get("")
@requires(Permission.PERMISSIONS_READ)
def index() -> ResponseReturnValue:
    """Whoever may not ask about others sees what they may do themselves first."""
    actor = current_actor()
    explains = actor.can(Permission.PERMISSIONS_EXPLAIN)
    chosen = request.args.get("tab", "see" if explains else "mine")
    tab = chosen if chosen in TABS else "see"
    asked = read(_asked, explains)
    standings = (_mine(),) if tab == "mine" else STANDINGS
    groups = [*matrix(seeing=True, standings=standings), *matrix(seeing=False, standings=standings)] if tab == "mine" else matrix(seeing=tab == "see")
    status = 422 if asked.faults else 200
    return show(
        "permissions/index.html", status, tab=tab, tabs=TABS, groups=groups, standings=standings, looks=LOOKS, never=Reach.NEVER, asked=asked,
        explains=explains, choices=[(one, words_of(one)) for one in declared()],
    )  # fmt: skip


def _mine() -> Standing:
    """The reader as a column: the kinds of token that they carry now."""
    kinds = {token if ":" not in token else token.partition(":")[0] + ":" for token in current_actor().tokens}
    return Standing("mine", label("You"), frozenset(kinds | {PUBLIC}))


def _asked(tx: Transaction, explains: bool) -> Asked:
    who, what, thing = (one_line(request.args.get(name))[:120] for name in ("who", "what", "thing"))
    if not explains or not what:
        return Asked(who, what, thing)
    site = current_site()
    account = find_account_in_sight(tx, who, site.clock.now())
    permission = next((one for one in declared() if one.value == what), None)
    entity, fault = _thing(tx, thing)
    faults = {
        "who": label("No account of this name that you may look at.") if account is None else None,
        "what": label("Choose one of the list.") if permission is None else None, "thing": fault,
    }  # fmt: skip
    said = {name: words for name, words in faults.items() if words}
    if said or account is None or permission is None:
        return Asked(who, what, thing, said)
    if entity is not None and not _fits(permission, entity):
        return Asked(who, what, thing, {"thing": label("This permission is about another kind of thing.")})
    return Asked(who, what, thing, {}, explain(tx, account.id, permission, entity, site.clock.now()))


def _fits(permission: Permission, entity: Any) -> bool:
    """Rules of one kind read fields that another does not have. Explained, since that looks at every part of a rule."""
    try:
        explained((), permission, entity)
    except AttributeError:
        return False
    return True


def _thing(tx: Transaction, text: str) -> tuple[Any, Label | None]:
    """By number, name or id, with the asker's own eyes. Nothing written means: any thing."""
    if not text:
        return None, None
    rooms = current_site().rooms
    picked = pick(tx, text, KINDS)
    try:
        if picked.thing is not None:
            return rooms[picked.thing.node.kind].get(tx, picked.thing.node.id), None
        return find_thing(tx, rooms, text), None
    except NotFound:
        return None, label("Several fit: write the number.") if picked.offered else label("Nothing of this name that you can see.")
