"""The record of a merge, as it is kept: what was whose lies under that person's own key."""

from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from graph.connection import Transaction
from graph.person_keys import find_keys
from graph.vault import DataKey
from marketplace.kernel.sealing import Keys, keys_of, sealed_names, unlocked
from marketplace.processes.identity.model import Merge, Place, Record, Sayings

BODY = TypeAdapter(Record)


def locked_body(tx: Transaction, record: Record, kept: str, gone: str) -> str:
    """As it is stored: what was whose lies under that person's own key, so that erasing one of them erases it here, too."""
    keys = keys_of(tx, [kept, gone])
    moves = [replace(move, kept=_locked(keys, kept, move.place, move.kept), gone=_locked(keys, gone, move.place, move.gone),
                     after=_locked(keys, kept, move.place, move.after)) for move in record.moves]  # fmt: skip
    secret = {name: said for name, said in record.filled.items() if name in sealed_names("Worker")}
    filled = {name: (_one_locked(keys, kept, name, before), _one_locked(keys, kept, name, after)) for name, (before, after) in secret.items()}
    return BODY.dump_json(replace(record, moves=tuple(moves), filled=record.filled | filled)).decode()


def _one_locked(keys: Keys, owner: str, name: str, value: Any) -> Any:
    return keys.of[owner].seal(name, str(value)) if value else value


def _locked(keys: Keys, owner: str, place: Place, sayings: Sayings) -> Sayings:
    names = sealed_names(place.relation)
    return tuple(one | {name: keys.of[owner].seal(name, one[name]) for name in names if one.get(name)} for one in sayings)


def record_of(tx: Transaction, merge: Merge) -> Record:
    """Open. What belonged to somebody who was erased is gone from it."""
    record, keys = BODY.validate_json(merge.body), find_keys(tx, [merge.kept_id, merge.gone_id])
    kept, gone = keys.get(merge.kept_id), keys.get(merge.gone_id)
    moves = [replace(move, kept=_unlocked(move.kept, move.place, kept), gone=_unlocked(move.gone, move.place, gone),
                     after=_unlocked(move.after, move.place, kept)) for move in record.moves]  # fmt: skip
    filled = {name: (_one_open(name, before, kept), _one_open(name, after, kept)) for name, (before, after) in record.filled.items()}
    return replace(record, moves=tuple(moves), filled=filled)


def _one_open(name: str, value: Any, key: DataKey | None) -> Any:
    return unlocked({name: value}, "Worker", key)[name]


def _unlocked(sayings: Sayings, place: Place, key: DataKey | None) -> Sayings:
    return tuple(unlocked(one, place.relation, key) for one in sayings)
