"""The one-time key of a form, stored in the change's own transaction: a double submit never runs twice."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from graph.connection import Transaction
from graph.records import reader
from marketplace.kernel.errors import AlreadyDone, Reused
from marketplace.kernel.labels import label


@dataclass(frozen=True, slots=True)
class FormKey:
    """`digest` is of the body, so that one key with another body is told apart from a repeated send."""

    id: str
    digest: str
    kind: str = ""
    entity_id: str = ""


def form_key(id: str, body: Mapping[str, list[str]]) -> FormKey:
    text = "\x1e".join(f"{name}\x1f" + "\x1f".join(values) for name, values in sorted(body.items()) if name not in ("key", "csrf_token"))
    return FormKey(id, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())


FIND_KEY = """
MATCH (k:FormKey {id: $id}) RETURN k {.*} AS key
"""


def claim_key(tx: Transaction, key: FormKey) -> None:
    """Raises AlreadyDone for a key that was used, Reused where that was with another body."""
    used = tx.find(FIND_KEY, reader(FormKey, "key"), id=key.id)
    if used is None:
        return
    if used.digest != key.digest:
        raise Reused(label("This form was sent before with other content, which was kept. Open the page again to send something else."))
    raise AlreadyDone(used.kind, used.entity_id)


USE_KEY = """
CREATE (k:FormKey {id: $id, digest: $digest, kind: $kind, entity_id: $entity_id, created_at: $now})
"""


def settle_key(tx: Transaction, key: FormKey, now: datetime, recorded: tuple[str, str] = ("", "")) -> None:
    """The unique constraint makes a second, simultaneous send lose; its retry then finds the key."""
    kind, entity_id = recorded
    tx.run(USE_KEY, id=key.id, digest=key.digest, kind=kind, entity_id=entity_id, now=now)
