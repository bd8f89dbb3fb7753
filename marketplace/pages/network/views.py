"""Explore what is linked with what: a picture, a table, and the data of the picture. Officers have all of it, everybody a smaller one."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from graph.connection import Transaction
from marketplace.kernel.cards import list_cards
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.pages.network.asking import Journey, asked, asked_journey, asked_span, asked_thing, asked_words, is_full, today
from marketplace.pages.network.changes import changes_between
from marketplace.pages.network.composing import compose
from marketplace.pages.network.counting import list_counts
from marketplace.pages.network.finding import find_things
from marketplace.pages.network.model import Network, Node, Ref
from marketplace.pages.network.perspectives import lens_of
from marketplace.pages.network.repository import get_centre, list_nodes
from marketplace.pages.network.rows import card_facts, count_data, node_row, picture_of, way_data
from marketplace.pages.network.show import Side, beginning, changed, explored, journeyed
from marketplace.pages.network.state import State
from marketplace.pages.network.ways import Search, find_way
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site

room = Blueprint("network", __name__, url_prefix="/network")


@room.get("/")
@requires(Permission.VISIT)
def index() -> ResponseReturnValue:
    return show("network/start.html", **beginning(*asked_words(), found()))


@room.get("/find.json")
@requires(Permission.VISIT)
def find() -> ResponseReturnValue:
    return jsonify(nodes=[node_row(node) for node in found()])


def found() -> list[Node]:
    site = current_site()
    return read(find_things, site.index, *asked_words(), site.vocabulary.synonyms())


@room.get("/<kind>/<id>")
@requires(Permission.VISIT)
def detail(kind: str, id: str) -> ResponseReturnValue:
    ref, state = asked(kind, id)
    lens = lens_of(current_actor())
    network, side = read(surroundings, ref, state, lens)
    return show("network/index.html", **explored(network, state, side, lens, is_full(), today()), **beginning(*asked_words(), found()))


def surroundings(tx: Transaction, ref: Ref, state: State, lens: str) -> tuple[Network, Side]:
    """The picture, and the card of the thing that is looked at: that in the middle where the other is not theirs to see."""
    network = compose(tx, ref, state, lens)
    at = next(iter(list_nodes(tx, [state.at] if state.at else [])), network.centre)
    return network, beside(tx, at.ref)


def beside(tx: Transaction, ref: Ref) -> Side:
    node = get_centre(tx, ref.kind, ref.id)
    card = next(iter(list_cards(tx, [(ref.kind, ref.id)])), None)
    return Side(node, card, tuple(list_counts(tx, ref)))


@room.get("/<kind>/<id>.json")
@requires(Permission.VISIT)
def picture(kind: str, id: str) -> ResponseReturnValue:
    ref, state = asked(kind, id)
    return jsonify(picture_of(read(compose, ref, state, lens_of(current_actor())), state, today()))


@room.get("/<kind>/<id>/counts")
@requires(Permission.VISIT)
def counts(kind: str, id: str) -> ResponseReturnValue:
    """What a thing's card says, and what could be opened at it."""
    side = read(beside, asked_thing(kind, id))
    return jsonify(node=node_row(side.node), facts=card_facts(side.card), counts=[count_data(one) for one in side.counts])


@room.get("/<kind>/<id>/changes")
@requires(Permission.NETWORK_EXPLORE)
def changes(kind: str, id: str) -> ResponseReturnValue:
    ref, state = asked(kind, id)
    network, span = read(compose, ref, state, lens_of(current_actor())), asked_span()
    rows = changes_between(network, span.start, span.end) if span.start and span.end and not span.errors else []
    return show("network/changes.html", 422 if span.errors else 200, **changed(network, state, span, rows))


@room.get("/path")
@requires(Permission.NETWORK_EXPLORE)
def path() -> ResponseReturnValue:
    journey = asked_journey()
    nodes, search = read(searched, journey)
    return show("network/path.html", 422 if journey.errors else 200, **journeyed(journey, nodes, search, *asked_words(), found()))


@room.get("/path.json")
@requires(Permission.NETWORK_EXPLORE)
def path_data() -> ResponseReturnValue:
    journey = asked_journey()
    nodes, search = read(searched, journey)
    if search is None:
        return jsonify(fields=sorted(journey.errors) or ["from", "to"]), 422
    way = search.way
    return jsonify(way=way_data(way), nodes=[node_row(node) for node in (way.nodes if way else nodes)], is_cut=search.is_cut)


def searched(tx: Transaction, journey: Journey) -> tuple[list[Node], Search | None]:
    """The two ends, and the way where both are given. Raises NotFound for an end that the reader may not see."""
    nodes = list_nodes(tx, journey.ends)
    if len(nodes) < len(journey.ends):
        raise NotFound("path")
    if journey.errors or journey.start is None or journey.goal is None:
        return nodes, None
    return nodes, find_way(tx, journey.start, journey.goal, journey.relations, journey.day)
