"""Look for relations before a decision; declare one's own."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from graph.connection import Transaction
from marketplace.kernel.cards import list_titles
from marketplace.kernel.conflicts import JOINING, MOST_STEPS, PARTIES, judged, years_of_rule
from marketplace.kernel.errors import Invalid, NotFound, Refused
from marketplace.kernel.kinship import Kin
from marketplace.kernel.labels import label
from marketplace.kernel.memberships import get_worker_called
from marketplace.kernel.permission import Permission
from marketplace.kernel.rings import meet, ways_between
from marketplace.kernel.rooms import Ref
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.ways import Node, Way, Web, ways_through
from marketplace.kernel.workdays import local_day
from marketplace.kernel.workflow import created, edited, removed
from marketplace.processes.conflicts.model import APPLICATIONS, FEWEST_YEARS, MADE_BY, MOST_YEARS, ConflictRule, Findings, Kinship
from marketplace.processes.conflicts.repository import end_kin, find_reviewed, get_rule, list_kin, save_rule, write_kin

MOST_KIN = 30


def conflicts_between(tx: Transaction, a: Ref, b: Ref, on_day: date) -> Findings:
    """Every way of at most three steps between two people, or from a person to whoever stands behind an application, as of a day.

    `b` may be a review. Only what the reader of the transaction may see is walked over. Raises NotFound for either end."""
    person, other = _node(tx, a), _node(tx, find_reviewed(tx, b[1]) if b[0] == "review" else b)
    ways, cut = _to_application(tx, person, other) if other.kind in APPLICATIONS else _to_party(tx, person, [other])
    years = years_of_rule(tx)
    found = [one for one in (judged(way, on_day, years) for way in ways) if one is not None]
    return Findings(tuple(sorted(found, key=lambda one: (one.is_past, one.is_apart, one.way.steps))), years, cut)


def _node(tx: Transaction, ref: Ref) -> Node:
    title = list_titles(tx, [ref]).get(ref)
    if title is None:
        raise NotFound(ref[1])
    return Node(ref[0], ref[1], title)


def _to_party(tx: Transaction, person: Node, ends: list[Node]) -> tuple[list[Way], bool]:
    found = ways_between(tx, [person], ends, JOINING, MOST_STEPS)
    return list(found.found), found.cut


def _to_application(tx: Transaction, person: Node, application: Node) -> tuple[list[Way], bool]:
    """Each way ends at a maker and goes on to the application; whoever made it themselves needs no way."""
    web = _behind(tx, application)
    tails = {node.id: _tail(web, node, application) for node in web.nodes.values() if node.kind in PARTIES}
    own = [tails[person.id]] if person.id in tails else []
    makers = [web.nodes[id] for id in tails if id != person.id]
    ways, cut = _to_party(tx, person, makers) if makers else ([], web.cut)
    joined = (_joined(way, tails[way.nodes[-1].id]) for way in ways)
    return [*own, *(way for way in joined if len(set(way.nodes)) == len(way.nodes))], cut


def _behind(tx: Transaction, application: Node) -> Web:
    """Its makers; of an offer also those of the work that is offered."""
    web = Web({application.id: application})
    met = meet(tx, web, [application], MADE_BY)
    if application.kind == "listing" and (works := [node for node in met if node.kind == "achievement"]):
        meet(tx, web, works, MADE_BY[:2])
    return web


def _tail(web: Web, maker: Node, application: Node) -> Way:
    return ways_through(web, [maker.id], [application.id], 2, 1).found[0]


def _joined(way: Way, tail: Way) -> Way:
    return Way((*way.nodes, *tail.nodes[1:]), (*way.links, *tail.links))


def set_rule(uow: UnitOfWork, version: int, years: int) -> ConflictRule:
    """After how many years an ended relation counts as past. Raises Invalid outside 0 to 30."""
    uow.actor.require(Permission.CONFLICT_RULE, None)
    if not FEWEST_YEARS <= years <= MOST_YEARS:
        raise Invalid({"years": label("Between 0 and 30 years.")})
    change = edited(get_rule(uow.tx, uow.now), version, at=uow.now, years=years)
    save_rule(uow.tx, change)
    uow.record(change)
    return change.after


def declare_kin(uow: UnitOfWork, who: str, kin: Kin) -> Kinship:
    """Each for themselves, of somebody in the register whose card they may see. Raises Invalid at the field."""
    uow.actor.require(Permission.KIN_DECLARE, None)
    if not uow.actor.worker_id:
        raise Refused(label("Your account is not linked with a person of the register."))
    other = get_worker_called(uow.tx, who)
    if other.id == uow.actor.worker_id:
        raise Invalid({"who": label("That is you.")})
    if len(list_kin(uow.tx, uow.actor.worker_id)) >= MOST_KIN:
        raise Refused(label("No more than %(most)s declarations can be kept."), most=MOST_KIN)
    one = Kinship(
        id=uow.new_id(), worker_id=uow.actor.worker_id, other_id=other.id, other_name=other.name, kin=kin, since=local_day(uow.now)
    )  # fmt: skip
    if not write_kin(uow.tx, one):
        raise Invalid({"who": label("You declared this already.")})
    uow.record(created(one, at=uow.now, verb="declare-kin"))
    return one


def end_declaration(uow: UnitOfWork, id: str) -> Kinship:
    """By the declarer. Raises NotFound for anybody else's and for one that has ended."""
    one = _standing(list_kin(uow.tx, uow.actor.worker_id), id)
    end_kin(uow.tx, one, local_day(uow.now))
    uow.record(replace(removed(one, at=uow.now), verb="end-kin"))
    return one


def _standing(declared: Iterable[Kinship], id: str) -> Kinship:
    for one in declared:
        if one.id == id and one.until is None:
            return one
    raise NotFound(id)
