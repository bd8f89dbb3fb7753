"""Postboxes in the graph; the address itself comes and goes by kernel/emails.py alone."""

from collections.abc import Iterable
from dataclasses import replace

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.postbox.model import Aside, Postbox, Status
from marketplace.kernel.emails import read_emails, write_email
from marketplace.kernel.entity import node_properties
from marketplace.kernel.notices import ASIDE, DUE, Topic
from marketplace.kernel.workflow import Change

FIND = """
MATCH (p:Postbox {id: $id}) WHERE any(token IN p.audience WHERE token IN $reader)
RETURN p {.*, email: ''} AS postbox
"""


def find_postbox(tx: Transaction, account: str) -> Postbox | None:
    """None for an account that never chose anything."""
    found = tx.find(FIND, reader(Postbox, "postbox"), id=account)
    return replace(found, email=read_emails(tx, [account]).get(account, "")) if found else None


CREATE = """
CREATE (p:Postbox) SET p = $properties
"""


def create_postbox_node(tx: Transaction, postbox: Postbox) -> None:
    tx.run(CREATE, properties=_kept(node_properties(postbox)))
    write_email(tx, postbox.id, postbox.email)


SAVE = """
MATCH (p:Postbox {id: $id})
SET p.lock = coalesce(p.lock, 0) + 1
WITH p WHERE p.version = $version
SET p += $properties, p.version = $version + 1
RETURN p.version AS version
"""


def save_postbox(tx: Transaction, change: Change[Postbox]) -> None:
    """Raises Stale when somebody was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=_kept(change.properties))
    if change.touches("email"):
        write_email(tx, change.id, change.after.email)


def _kept(properties: dict[str, object]) -> dict[str, object]:
    """No letter is no value: an index in which nearly all have the same one is slow."""
    return properties | {"letter": properties.get("letter") or None}


LIST_ASIDE = """
MATCH (p:Postbox {status: $aside}) MATCH (a:Account {id: p.id})
WHERE any(token IN a.audience WHERE token IN $reader)
RETURN a.id AS account_id, a.name AS name, p.version AS version, p.tries AS tries, coalesce(p.problem, '') AS problem, p.updated_at AS updated_at
ORDER BY p.updated_at DESC LIMIT 200
"""


def list_aside(tx: Transaction) -> list[Aside]:
    """For whoever may read the accounts; the address is not told."""
    return tx.all(LIST_ASIDE, reader(Aside), aside=Status.ASIDE)


AGAIN = """
MATCH (n:Notice {account_id: $account}) WHERE n.delivery = $aside SET n.delivery = $due, n.letter = null RETURN count(n) AS released
"""


def release_notices(tx: Transaction, account: str) -> int:
    """What was kept back is to be sent."""
    return int(tx.one(AGAIN, value("released"), account=account, aside=ASIDE, due=DUE))


FORGET = """
MATCH (n:Notice {account_id: $account}) WHERE n.delivery IS NOT NULL AND n.topic IN $topics
SET n.delivery = null, n.letter = null RETURN count(n) AS dropped
"""


def drop_mail(tx: Transaction, account: str, topics: Iterable[Topic] = Topic) -> int:
    """Nothing of these that waits is sent any more; on the site it stays."""
    return int(tx.one(FORGET, value("dropped"), account=account, topics=[one.value for one in topics]))
