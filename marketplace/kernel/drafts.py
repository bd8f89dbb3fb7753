"""What somebody was typing: one draft for each account and form, thirty days, no audit; never a status of anything."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from graph.connection import Transaction
from graph.records import properties, reader
from marketplace.kernel.errors import Problem
from marketplace.kernel.labels import label

KEPT = timedelta(days=30)
MOST_BYTES = 64 * 1024

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """`body` is the JSON of (field, value) pairs in the form's order; `seen` is the version that its writer had before them."""

    id: str
    account_id: str
    form: str
    body: str
    updated_at: datetime
    expires_at: datetime
    seen: int = 0

    @property
    def pairs(self) -> Pairs:
        return [(str(name), str(value)) for name, value in json.loads(self.body)]


def draft_id(account: str, form: str) -> str:
    """One draft for each account and form: its id follows from the two."""
    return hashlib.sha256(f"{account}\n{form}".encode()).hexdigest()[:26]


WRITE_DRAFT = """
OPTIONAL MATCH (used:FormKey {id: $sent})
WITH used WHERE used IS NULL
MERGE (d:Draft {id: $id})
ON CREATE SET d.created_at = $now
SET d += $properties
RETURN d.id AS id
"""
DROP_EXPIRED = """
MATCH (d:Draft {account_id: $account}) WHERE d.expires_at <= $now DELETE d
"""


def save_draft(tx: Transaction, account: str, form: str, pairs: Iterable[tuple[str, str]], sent: str, seen: int, now: datetime) -> None:
    """`sent` is the form's one-time key: a draft that arrives after its form was saved is late. Raises Problem for too much text."""
    body = json.dumps(list(pairs), ensure_ascii=False, separators=(",", ":"))
    if len(body.encode()) > MOST_BYTES:
        raise Problem(label("This is too long to be kept as a draft."))
    draft = Draft(draft_id(account, form), account, form, body, now, now + KEPT, seen)
    tx.run(DROP_EXPIRED, account=account, now=now)
    tx.run(WRITE_DRAFT, id=draft.id, sent=sent, properties=properties(draft, exclude=("id",)), now=now)


FIND_DRAFT = """
MATCH (d:Draft {id: $id}) WHERE d.expires_at > $now RETURN d {.*} AS draft
"""


def find_draft(tx: Transaction, account: str, form: str, now: datetime) -> Draft | None:
    return tx.find(FIND_DRAFT, reader(Draft, "draft"), id=draft_id(account, form), now=now)


DROP_DRAFT = """
MATCH (d:Draft {id: $id}) DELETE d
"""


def drop_draft(tx: Transaction, account: str, form: str) -> None:
    """In the transaction that saves the form, or when its writer throws it away."""
    tx.run(DROP_DRAFT, id=draft_id(account, form))
