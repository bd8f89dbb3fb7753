"""Names behind the ids of an entry, and which ids are the reader's own."""

from collections.abc import Iterable

from graph.connection import Transaction
from graph.records import value
from marketplace.kernel.permissions import units_of
from marketplace.kernel.rooms import Ref

NAMES = """
UNWIND $ids AS id MATCH (a:Account {id: id}) RETURN id, a.name AS name
"""


def list_names(tx: Transaction, ids: list[str]) -> dict[str, str]:
    """Who did it: whoever may read an entry may know whose it is."""
    return dict(tx.all(NAMES, lambda row: (str(row["id"]), str(row["name"])), ids=sorted(set(ids))))


FIND_ACCOUNT = """
MATCH (a:Account {login: $text}) RETURN a.id AS id
UNION MATCH (a:Account {id: $text}) RETURN a.id AS id
"""


def find_account_id(tx: Transaction, text: str) -> str | None:
    """By sign-in name or id."""
    return tx.find(FIND_ACCOUNT, value("id"), text=text)


UNITS = """
UNWIND $units AS unit MATCH (:Organisation {id: unit})<-[:PART_OF*0..1]-(o:Organisation) WHERE unit IN o.lineage
RETURN DISTINCT o.id AS id, o.name AS name ORDER BY name LIMIT 200
"""


def list_units(tx: Transaction) -> list[tuple[str, str]]:
    """The reader's own units and those directly below, to choose from."""
    units = units_of(tx.reader)
    return tx.all(UNITS, lambda row: (str(row["id"]), str(row["name"])), units=units) if units else []


TITLES = """
UNWIND $ids AS id MATCH (n:Organisation {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN 'organisation' AS kind, id, n.name AS title
UNION
UNWIND $ids AS id MATCH (n:Announcement {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN 'announcement' AS kind, id, n.title AS title
UNION
UNWIND $ids AS id MATCH (n:Registration {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN 'registration' AS kind, id, n.subject AS title
UNION
UNWIND $ids AS id MATCH (n:Invitation {id: id}) WHERE any(token IN n.audience WHERE token IN $reader)
RETURN 'invitation' AS kind, id, n.party_name AS title
"""


def list_other_titles(tx: Transaction, refs: Iterable[Ref]) -> dict[Ref, str]:
    """Of kinds that no card shows."""
    ids = sorted({id for kind, id in refs if kind in ("organisation", "announcement", "registration", "invitation")})
    found = tx.all(TITLES, lambda row: ((str(row["kind"]), str(row["id"])), str(row["title"])), ids=ids) if ids else []
    return dict(found)
