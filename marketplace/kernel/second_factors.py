"""The second factor of an account in the graph. Its node has no relation, so that it is a guard of its own (each code works once)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.config import Settings
from marketplace.kernel.labels import Label, label
from marketplace.kernel.one_time_codes import code_digest, spoken, step_of, unseal

DIGITS = 6


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """`id` is the account's; `codes` are digests of recovery codes that were not used yet."""

    id: str
    sealed: str
    last_step: int = 0
    codes: tuple[str, ...] = ()


def weak_sign_in(settings: Settings) -> list[Label]:
    """What of the sign-in is good enough for trying the site out only."""
    if settings.second_factor == "optional":
        return [label("SECOND_FACTOR=optional lets officers and administrators in with a password alone.")]
    return []


FIND = """
MATCH (f:SecondFactor {id: $id}) RETURN f {.*} AS factor
"""


def find_second_factor(tx: Transaction, account_id: str) -> SecondFactor | None:
    return tx.find(FIND, reader(SecondFactor, "factor"), id=account_id)


SAVE = """
MERGE (f:SecondFactor {id: $id})
SET f.lock = coalesce(f.lock, 0) + 1, f.created_at = $now, f.sealed = $sealed, f.last_step = $step, f.codes = $codes
"""


def save_second_factor(tx: Transaction, account_id: str, sealed: str, step: int, codes: Sequence[str], now: datetime) -> None:
    """`codes` as they are shown; their digests are kept."""
    tx.run(SAVE, id=account_id, sealed=sealed, step=step, codes=[code_digest(code) for code in codes], now=now)


REPLACE_CODES = """
MATCH (f:SecondFactor {id: $id}) SET f.lock = coalesce(f.lock, 0) + 1, f.codes = $codes RETURN f.id AS id
"""


def replace_codes(tx: Transaction, account_id: str, codes: Sequence[str]) -> None:
    """The old ones work no longer. Raises NotFound without a second factor."""
    tx.one(REPLACE_CODES, value("id"), id=account_id, codes=[code_digest(code) for code in codes])


DROP = """
MATCH (f:SecondFactor {id: $id}) DELETE f
"""


def drop_second_factor(tx: Transaction, account_id: str) -> None:
    tx.run(DROP, id=account_id)


TAKE_STEP = """
MATCH (f:SecondFactor {id: $id}) SET f.lock = coalesce(f.lock, 0) + 1
WITH f WHERE f.last_step < $step SET f.last_step = $step
RETURN f.id AS id
"""
TAKE_CODE = """
MATCH (f:SecondFactor {id: $id}) SET f.lock = coalesce(f.lock, 0) + 1
WITH f WHERE $digest IN f.codes SET f.codes = [code IN f.codes WHERE code <> $digest]
RETURN f.id AS id
"""


def code_passes(tx: Transaction, account_id: str, typed: str, keys: Sequence[str], now: datetime) -> bool:
    """A code of the authenticator, or one that was written down. Of two who send the same one at once, one comes in."""
    factor, code = find_second_factor(tx, account_id), spoken(typed)
    if factor is None or not code:
        return False
    if len(code) > DIGITS:
        return tx.find(TAKE_CODE, value("id"), id=account_id, digest=code_digest(code)) is not None
    step = step_of(unseal(factor.sealed, account_id, keys), code, now)
    return step is not None and tx.find(TAKE_STEP, value("id"), id=account_id, step=step) is not None
