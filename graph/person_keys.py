"""Data keys in the store, each wrapped: one for each person or enterprise that has personal values, and one for the index of equality."""

from collections.abc import Iterable

from neo4j import Record

from graph.connection import Transaction
from graph.records import value
from graph.vault import DataKey, Wrapped

INDEX = "equality"
"""The owner of the key by which equal numbers are found."""
KEYS = """
UNWIND $ids AS id MATCH (k:PersonKey {id: id}) RETURN k.id AS id, k.wrapped AS wrapped, k.master AS master
"""


def read_wrapped(row: Record) -> Wrapped:
    return Wrapped(row["id"], row["wrapped"], row["master"])


def find_keys(tx: Transaction, owners: Iterable[str]) -> dict[str, DataKey]:
    """Of those who have one: whoever was erased has none."""
    return {one.owner: tx.vault.unwrap(one) for one in tx.all(KEYS, read_wrapped, ids=list(owners))}


CREATE = """
UNWIND $rows AS row CREATE (k:PersonKey) SET k = row
"""


def keys_for(tx: Transaction, owners: Iterable[str]) -> dict[str, DataKey]:
    """Made where there is none yet, all in one statement. Of two makers of one key the later is tried again and finds it."""
    wanted = list(dict.fromkeys(owners))
    found = find_keys(tx, wanted)
    made = [tx.vault.new_key(owner) for owner in wanted if owner not in found]
    if made:
        tx.run(CREATE, rows=[{"id": one.owner, "wrapped": one.wrapped, "master": one.master} for _, one in made])
    return found | {key.owner: key for key, _ in made}


def try_keys(tx: Transaction) -> None:
    """Raises Locked where this site's master keys are not those of this store: better at the start than at the first page."""
    find_keys(tx, [INDEX])


DESTROY = """
UNWIND $ids AS id MATCH (k:PersonKey {id: id}) DELETE k
"""


def destroy_keys(tx: Transaction, owners: Iterable[str]) -> None:
    """Their values are erased with that, wherever copies of them lie."""
    tx.run(DESTROY, ids=list(owners))


OLD = """
MATCH (k:PersonKey) WHERE k.master <> $current RETURN collect(k.id) AS ids
"""
REWRAP = """
UNWIND $rows AS row
MATCH (k:PersonKey {id: row.id}) SET k.lock = coalesce(k.lock, 0) + 1
WITH k, row WHERE k.wrapped = row.before
SET k.wrapped = row.wrapped, k.master = row.master
RETURN count(k) AS done
"""


def list_old(tx: Transaction) -> list[str]:
    """Owners of keys that are not yet under the present master key. In one row: a hundred thousand rows cost a hundred times more."""
    return list(tx.one(OLD, value("ids"), current=tx.vault.keyring.current.name))


def rewrap(tx: Transaction, owners: Iterable[str]) -> int:
    """Under the present master key; what changed or was destroyed meanwhile is left as it is. Values are not touched."""
    old = tx.all(KEYS, read_wrapped, ids=list(owners))
    rows = [_row(before, tx.vault.wrap(tx.vault.unwrap(before))) for before in old]
    return int(tx.one(REWRAP, value("done"), rows=rows)) if rows else 0


def _row(before: Wrapped, after: Wrapped) -> dict[str, str]:
    return {"id": after.owner, "before": before.wrapped, "wrapped": after.wrapped, "master": after.master}
