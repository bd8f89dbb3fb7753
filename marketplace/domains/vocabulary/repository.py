"""Groups of words in the graph, and one number that changes with each change of them."""

from dataclasses import dataclass

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.vocabulary.model import Status, Synonym
from marketplace.kernel.entity import node_properties
from marketplace.kernel.paging import Page
from marketplace.kernel.workflow import Change
from search.analysis import fold
from search.synonyms import Group, Synonyms, synonyms_of

GUARD = "vocabulary"
PAGE = 30
read_synonym = reader(Synonym, "synonym")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed by; what is empty does not narrow."""

    text: str = ""
    kind: str = ""
    language: str = ""
    status: str = Status.ACTIVE

    @property
    def is_retired(self) -> bool:
        return self.status == Status.RETIRED


GET = """
MATCH (s:Synonym {id: $id}) WHERE any(token IN s.audience WHERE token IN $reader) RETURN s {.*} AS synonym
"""


def get_synonym(tx: Transaction, id: str) -> Synonym:
    """Raises NotFound for whoever may not keep the words."""
    return tx.one(GET, read_synonym, id=id)


NARROWED = """
(s:Synonym)
WHERE any(token IN s.audience WHERE token IN $reader) AND s.status = $status AND ($kind = '' OR s.kind = $kind)
  AND ($language = '' OR s.language = $language)
  AND ($text = '' OR any(word IN s.words WHERE toLower(word) CONTAINS $text) OR any(word IN s.finds WHERE toLower(word) CONTAINS $text)
    OR any(key IN s.keys WHERE key CONTAINS $text))
"""
LIST = f"MATCH {NARROWED} RETURN s {{.*}} AS synonym ORDER BY s.updated_at DESC, s.id SKIP $skip LIMIT $limit"
COUNT = f"MATCH {NARROWED} RETURN count(s) AS total"


def list_synonyms(tx: Transaction, wanted: Wanted, page: int = 1) -> Page[Synonym]:
    """The last changed first."""
    asked = {"text": fold(wanted.text), "kind": wanted.kind, "language": wanted.language, "status": wanted.status}
    rows = tx.all(LIST, read_synonym, skip=(page - 1) * PAGE, limit=PAGE, **asked)
    return Page(tuple(rows), int(tx.one(COUNT, value("total"), **asked)), page, PAGE)


LIST_IDS = """
MATCH (s:Synonym) WHERE s.id > $after RETURN s.id AS id ORDER BY id LIMIT $limit
"""


def list_synonym_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


IN_USE = """
MATCH (s:Synonym) WHERE s.status = $status AND s.id <> $without RETURN s.words AS words, s.finds AS finds, s.kind AS kind, s.id AS id,
  s.created_at AS created_at, s.updated_at AS updated_at ORDER BY id
"""


def list_groups(tx: Transaction, without: str = "") -> list[Group]:
    """All that act now; for the process itself, which shows nobody's words to anybody."""
    return [one.group for one in tx.all(IN_USE, reader(Synonym), status=Status.ACTIVE, without=without)]


def read_synonyms(tx: Transaction) -> Synonyms:
    return synonyms_of(list_groups(tx))


VERSION = """
MATCH (g:Guard {id: $guard}) RETURN g.next AS version
"""


def read_version(tx: Transaction) -> int:
    """Another number after each change; 0 before the first."""
    return int(tx.find(VERSION, value("version"), guard=GUARD) or 0)


TURN = """
MERGE (g:Guard {id: $guard})
SET g.lock = coalesce(g.lock, 0) + 1
SET g.next = coalesce(g.next, 0) + 1
RETURN g.next AS version
"""


def take_turn(tx: Transaction) -> None:
    """One change of the table after the other, or a word could come to stand in two groups."""
    tx.one(TURN, value("version"), guard=GUARD)


STANDING = """
MATCH (s:Synonym) WHERE s.status = $status AND s.id <> $without AND any(key IN s.keys WHERE key IN $keys)
RETURN s {.*} AS synonym ORDER BY s.id LIMIT 1
"""


def find_standing(tx: Transaction, keys: tuple[str, ...], without: str = "") -> Synonym | None:
    """A group in use in which one of these is looked up already."""
    return tx.find(STANDING, read_synonym, keys=keys, without=without, status=Status.ACTIVE)


COUNT_ALL = """
MATCH (s:Synonym) RETURN count(s) AS total
"""


def count_synonyms(tx: Transaction) -> int:
    return int(tx.one(COUNT_ALL, value("total")))


CREATE = """
CREATE (s:Synonym) SET s = $properties RETURN s.id AS id
"""


def create_synonym_node(tx: Transaction, synonym: Synonym) -> None:
    tx.one(CREATE, value("id"), properties=node_properties(synonym))


SAVE = """
MATCH (s:Synonym {id: $id})
SET s.lock = coalesce(s.lock, 0) + 1
WITH s WHERE s.version = $version
SET s += $properties, s.version = $version + 1
RETURN s.version AS version
"""


def save_synonym(tx: Transaction, change: Change[Synonym]) -> None:
    """Raises Stale when it was changed meanwhile."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)
