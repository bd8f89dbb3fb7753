"""Where one may start: things found by words."""

from graph.connection import Transaction
from graph.outbox import list_withheld
from marketplace.pages.network.model import KINDS, Node, Ref
from marketplace.pages.network.repository import list_nodes, look_up, look_up_skills
from search.errors import SearchUnavailable
from search.index import Index
from search.query import SearchQuery
from search.synonyms import Synonyms

MOST_FOUND = 12


def find_things(tx: Transaction, index: Index, text: str, kind: str, synonyms: Synonyms, most: int = MOST_FOUND) -> list[Node]:
    """What the index finds, as far as the reader may see it now; by name alone while the index is away. Skills are in no index."""
    if not text:
        return []
    skills = look_up_skills(tx, text) if kind in ("", "skill") else []
    if kind == "skill":
        return skills
    try:
        kinds = (kind,) if kind else tuple(one for one in KINDS if one != "skill")
        asked = SearchQuery(text, tx.reader, kinds=kinds, without=list_withheld(tx), size=most, highlight=False, synonyms=synonyms)
        hits = index.search(asked).hits
        return [*skills, *list_nodes(tx, [Ref(hit.kind, hit.id) for hit in hits])]
    except SearchUnavailable:
        return [node for node in look_up(tx, text) if kind in ("", node.kind)]
