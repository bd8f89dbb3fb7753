"""Pick a thing by what one remembers of it: its id, its number or its name. Of several that fit the reader chooses; nothing hidden is offered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.connection import Transaction
from graph.outbox import list_withheld
from graph.records import reader
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.ways import Node
from marketplace.web.site import current_site
from marketplace.web.taxonomies import taxonomies
from marketplace.web.words import word
from search.errors import SearchUnavailable
from search.query import SearchQuery

LONGEST = 120
MOST_OFFERED = 8
NUMBER = re.compile(r"[A-Z]{2}-\d{4}-\d{6}$")
ID = re.compile(r"[0-9A-Za-z_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be picked. `called` finds it again when it is typed, also where others have the same name."""

    node: Node
    number: str = ""
    note: str = ""
    is_alone: bool = True

    @property
    def called(self) -> str:
        return self.node.label if self.is_alone or not self.number else f"{self.node.label} {self.number}"


@dataclass(frozen=True, slots=True)
class Picked:
    """`thing`: it is this one. Else `offered` fit, the likeliest first; both empty: nothing does. `away`: the search engine did not answer."""

    text: str = ""
    thing: Thing | None = None
    offered: tuple[Thing, ...] = ()
    away: bool = False


EXACT = """
MATCH (n:Worker {number: $number}) WHERE any(token IN n.audience WHERE token IN $reader) RETURN 'worker' AS kind, n.id AS id
UNION MATCH (n:Worker {name: $name}) WHERE any(token IN n.audience WHERE token IN $reader) RETURN 'worker' AS kind, n.id AS id LIMIT 20
UNION MATCH (n:Enterprise {name: $name}) WHERE any(token IN n.audience WHERE token IN $reader) RETURN 'enterprise' AS kind, n.id AS id
UNION MATCH (n:Enterprise {number: $number}) WHERE any(token IN n.audience WHERE token IN $reader) RETURN 'enterprise' AS kind, n.id AS id
UNION MATCH (n:Studio {number: $number}) WHERE any(token IN n.audience WHERE token IN $reader) RETURN 'studio' AS kind, n.id AS id
UNION MATCH (n:Association {number: $number}) WHERE any(token IN n.audience WHERE token IN $reader) RETURN 'association' AS kind, n.id AS id
UNION MATCH (n:Achievement {number: $number}) WHERE any(token IN n.audience WHERE token IN $reader) RETURN 'achievement' AS kind, n.id AS id
UNION MATCH (n:Listing {number: $number}) WHERE any(token IN n.audience WHERE token IN $reader) RETURN 'listing' AS kind, n.id AS id
UNION MATCH (n:Need {number: $number}) WHERE any(token IN n.audience WHERE token IN $reader) RETURN 'need' AS kind, n.id AS id
"""
BY_ID = """
MATCH (n:Worker {id: $id}) RETURN 'worker' AS kind, n.id AS id
UNION MATCH (n:Studio {id: $id}) RETURN 'studio' AS kind, n.id AS id
UNION MATCH (n:Enterprise {id: $id}) RETURN 'enterprise' AS kind, n.id AS id
UNION MATCH (n:Association {id: $id}) RETURN 'association' AS kind, n.id AS id
UNION MATCH (n:Achievement {id: $id}) RETURN 'achievement' AS kind, n.id AS id
UNION MATCH (n:Patent {id: $id}) RETURN 'patent' AS kind, n.id AS id
UNION MATCH (n:Listing {id: $id}) RETURN 'listing' AS kind, n.id AS id
UNION MATCH (n:Need {id: $id}) RETURN 'need' AS kind, n.id AS id
"""
"""Which kind an id is of, in one read; whether the reader may know, the card says."""
read_ref = reader(Node)


def pick(tx: Transaction, text: str, kinds: Sequence[str]) -> Picked:
    """`text` is an id, a number, a name or a part of one; `name NUMBER` is one that has namesakes."""
    text = text[:LONGEST]
    if not text:
        return Picked()
    found = _by_id(tx, text, kinds) or _exactly(tx, text, kinds)
    if len(found) == 1:
        return Picked(text, found[0])
    near, away = _near(tx, text, kinds)
    offered = {one.node.id: one for one in (*found, *near)}
    named = [one for one in offered.values() if one.node.label == text]
    return Picked(text, named[0]) if len(named) == 1 else Picked(text, None, _apart(list(offered.values())[:MOST_OFFERED]), away)


def suggest(tx: Transaction, text: str, kinds: Sequence[str]) -> list[Thing]:
    """While somebody types: what begins like it or holds it."""
    if not text:
        return []
    found = {one.node.id: one for one in (*_exactly(tx, text[:LONGEST], kinds), *_near(tx, text[:LONGEST], kinds)[0])}
    return list(_apart(list(found.values())[:MOST_OFFERED]))


def _apart(things: list[Thing]) -> tuple[Thing, ...]:
    """Namesakes are told apart by their number."""
    names = [one.node.label for one in things]
    return tuple(Thing(one.node, one.number, one.note, names.count(one.node.label) == 1) for one in things)


def _by_id(tx: Transaction, text: str, kinds: Sequence[str]) -> list[Thing]:
    if not ID.fullmatch(text):
        return []
    skill = [_skill(text)] if "skill" in kinds and text in taxonomies().skills else []
    refs = [] if skill else [(one.kind, one.id) for one in tx.all(BY_ID, read_ref, id=text) if one.kind in kinds]
    return skill or [_of(card) for card in list_cards(tx, refs)]


def _exactly(tx: Transaction, text: str, kinds: Sequence[str]) -> list[Thing]:
    number = NUMBER.search(text)
    refs = tx.all(EXACT, read_ref, number=number.group() if number else text, name=text)
    cards = list_cards(tx, dict.fromkeys((one.kind, one.id) for one in refs if one.kind in kinds))
    skills = [code for code, term in taxonomies().skills.items() if text in (term.zh, term.en)] if "skill" in kinds else []
    return [*(_skill(code) for code in skills), *(_of(card) for card in cards)]


def _near(tx: Transaction, text: str, kinds: Sequence[str]) -> tuple[list[Thing], bool]:
    """From the index, and what the graph says of it now. The second: the engine did not answer."""
    skills = [_skill(code) for code, term in taxonomies().skills.items() if text in term.zh or text.lower() in term.en.lower()]
    held = skills[:MOST_OFFERED] if "skill" in kinds else []
    wanted = tuple(kind for kind in kinds if kind != "skill")
    if not wanted:
        return held, False
    try:
        site = current_site()
        asked = SearchQuery(
            text, tx.reader, without=list_withheld(tx), kinds=wanted, size=MOST_OFFERED, highlight=False, synonyms=site.vocabulary.synonyms()
        )
        hits = site.index.search(asked).hits
    except SearchUnavailable:
        return held, True
    return [*held, *(_of(card) for card in list_cards(tx, [(hit.kind, hit.id) for hit in hits]))], False


def _of(card: Card) -> Thing:
    return Thing(Node(card.kind, card.id, card.title), card.number or "", card.provider or card.area or "")


def _skill(code: str) -> Thing:
    return Thing(Node("skill", code, word(taxonomies().skills[code].words)))
