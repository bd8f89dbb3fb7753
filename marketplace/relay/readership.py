"""Which of some accounts may see a thing at this moment, on which of its faces, and whose own it is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph.connection import Transaction
from marketplace.domains.accounts.repository import list_active, list_actors
from marketplace.kernel.permissions import PUBLIC, SIGNED_IN
from marketplace.relay.addresses import Addresses, find_addresses
from search.document import Document

EVERYBODY = frozenset({PUBLIC, SIGNED_IN})
"""One of these on the audience: whoever is signed in sees it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A thing as it stands, and its faces."""

    entity: Any
    faces: tuple[Document, ...]

    def face_for(self, tokens: Collection[str]) -> Document | None:
        """The guarded face where they may read it, else the public one."""
        readable = [face for face in self.faces if set(face.audience) & set(tokens)]
        return next((face for face in readable if face.is_guarded), readable[0] if readable else None)


@dataclass(frozen=True, slots=True)
class Readership:
    """Tokens are read only of those for whom something depends on them: most things are public."""

    active: set[str]
    tokens: dict[str, frozenset[str]]
    addresses: Addresses

    def face_for(self, account: str, seen: Seen) -> Document | None:
        if account not in self.active:
            return None
        return seen.face_for(self.tokens.get(account, EVERYBODY))

    def owns(self, account: str, seen: Seen) -> bool:
        """Nobody hears of their own."""
        return account in self.addresses.of_makers(seen.entity)


def depends_on_tokens(seen: Seen) -> bool:
    return len(seen.faces) > 1 or not all(set(face.audience) & EVERYBODY for face in seen.faces)


def readership_of(tx: Transaction, accounts: Iterable[tuple[str, Seen]], now: datetime) -> Readership:
    """Of pairs of an account and a thing."""
    asked = list(accounts)
    close = {account for account, seen in asked if depends_on_tokens(seen)}
    actors = list_actors(tx, close, now) if close else {}
    parties = {party for seen in {id(seen): seen for _, seen in asked}.values() for party in seen.entity.makers}
    active = list_active(tx, {account for account, _ in asked} - close) | set(actors)
    return Readership(active, {id: actor.tokens for id, actor in actors.items()}, find_addresses(tx, parties, set(), now))
