"""What a person has made and belongs to, as a reader may see it."""

from dataclasses import dataclass
from datetime import date

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.permissions import PUBLIC


@dataclass(frozen=True, slots=True)
class Link:
    """A work, a patent, a studio or an association of a person. `share` only for those who may know it."""

    kind: str
    relation: str
    id: str
    title: str
    note: str = ""
    role: str = ""
    since: date | None = None
    until: date | None = None
    share: int | None = None


LINKS = """
MATCH (w:Worker {id: $id})-[r:CONTRIBUTED_TO|INVENTED|MEMBER_OF]->(n)
WHERE any(token IN w.audience WHERE token IN $reader) AND any(token IN n.audience WHERE token IN $reader) AND $everybody IN n.audience
  AND (NOT type(r) IN coalesce(w.concealed, []) OR any(token IN w.guarded_audience WHERE token IN $reader))
RETURN toLower(head(labels(n))) AS kind, type(r) AS relation, n.id AS id, coalesce(n.title, n.name) AS title,
  coalesce(n.benefit, n.patent_number, '') AS note, r.role AS role, r.since AS since, r.until AS until,
  CASE WHEN any(token IN w.guarded_audience WHERE token IN $reader) OR any(token IN n.guarded_audience WHERE token IN $reader)
    THEN r.share END AS share
ORDER BY r.since DESC, n.published_at DESC, id LIMIT 200
"""


def list_links(tx: Transaction, id: str) -> list[Link]:
    """Published things only, and each as the reader may see it."""
    return tx.all(LINKS, reader(Link), id=id, everybody=PUBLIC)
