"""One account, one permission, one thing: the verdict, the way it comes about, the rules that were used. The page and the command say the same."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.domains.accounts.repository import actor_of_account
from marketplace.kernel.actor import Actor, Party
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.kernel.permission_words import words_of
from marketplace.kernel.permissions import ACCOUNT, LEADS, MAKER, OFFICER_OF, SYSTEM, Reason, explained
from marketplace.kernel.roles import ROLE_LABELS, tokens_at
from marketplace.kernel.rooms import Room
from marketplace.pages.permissions.repository import units_between
from marketplace.web.links import ROOMS, url_of
from marketplace.web.words import translated


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the chain, as its macro takes it."""

    kind: str
    title: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class RuleLine:
    holds: bool
    words: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """`tone` is that of the verdict; `chain` leads from the account to the thing; `rules` are all that was looked at."""

    question: str
    allowed: bool
    verdict: str
    tone: str
    why: str
    chain: tuple[Link, ...] = ()
    rules: tuple[RuleLine, ...] = field(default=())


def explain(tx: Transaction, account: str, permission: Permission, thing: Any, now: datetime) -> Explanation:
    """`thing` is what its room gave; None asks whether the permission could be used for anything at all."""
    actor = actor_of_account(tx.seen_by((SYSTEM,)), account, now)
    reason = explained(actor.tokens, permission, thing)
    hidden = thing is not None and not is_readable(actor, thing)
    allowed = reason.holds and not hidden
    question = _("%(name)s: %(permission)s", name=actor.name, permission=translated(words_of(permission)))
    if thing is not None:
        question = _("%(question)s, %(thing)s", question=question, thing=title_of(thing))
    verdict, tone = verdict_of(actor, reason, thing, hidden=hidden)
    chain = chain_of(tx, actor, reason, thing) if allowed else ()
    return Explanation(question, allowed, verdict, tone, why_of(reason, hidden=hidden), tuple(chain), tuple(lines_of(reason)))


def is_readable(actor: Actor, thing: Any) -> bool:
    """Whether its room would give it to them at all: what is not readable is absent, whatever else a rule says."""
    return actor.can(thing.READ, thing) or actor.can(getattr(thing, "READ_GUARDED", thing.READ), thing)


def verdict_of(actor: Actor, reason: Reason, thing: Any, *, hidden: bool) -> tuple[str, str]:
    if hidden:
        return _("No: for this account it does not exist"), "error"
    if not reason.holds:
        return _("No: it may be seen, but this not done"), "error"
    party = lent_party(actor, reason)
    if party:
        return _("Yes, for %(name)s", name=party.for_name), "ok"
    return (_("Yes") if thing is not None else _("Yes, for some things")), "ok"


def why_of(reason: Reason, *, hidden: bool) -> str:
    if hidden:
        return str(_("What somebody may not see is for them as if it were not there: not even counts tell of it."))
    said = dict.fromkeys(translated(one.words) for one in reason.deciding() if not one.against and not one.statuses)
    kept_out = dict.fromkeys(translated(one.words) for one in reason.deciding() if one.against and not reason.holds)
    if kept_out:
        return str(_("Kept out: %(words)s", words=" ".join(kept_out)))
    if not said:
        return ""
    return str(_("Because: %(words)s", words=" ".join(said)) if reason.holds else _("It would need: %(words)s", words=" ".join(said)))


def lines_of(reason: Reason, depth: int = 0) -> Iterable[RuleLine]:
    """The whole rule, part by part."""
    words = translated(reason.words)
    if reason.against and not reason.parts:
        yield RuleLine(reason.holds, _("Not so: %(words)s", words=words), depth)
        return
    said = f"{words} {'、'.join(reason.statuses)}" if reason.statuses else words
    yield RuleLine(reason.holds, said, depth)
    for part in reason.parts:
        yield from lines_of(part, depth + 1)


def tokens_of(reason: Reason) -> list[str]:
    """Those that made it a yes, the plainest first."""
    found = [one.token for one in reason.deciding() if one.token and one.holds and not one.against]
    return sorted(found, key=lambda token: ":" not in token)


def lent_party(actor: Actor, reason: Reason) -> Party | None:
    """Whose role it rests on, where none of one's own tokens is among those that decided."""
    tokens = tokens_of(reason)
    special = [token for token in tokens if token not in actor.own_tokens]
    if not tokens or not special:
        return None
    return next((party for party, carried in actor.lent if carried.intersection(special)), None)


def chain_of(tx: Transaction, actor: Actor, reason: Reason, thing: Any) -> Iterable[Link]:
    """Account → role → unit → each unit below → thing → rule."""
    token = next(iter(tokens_of(reason)), "")
    yield Link("worker", actor.name, _("Account"))
    party = party_with(actor, token)
    if party:
        yield Link(party.kind, party.name, role_words(party), url_of(party.kind, party.id))
    yield from _down(tx, token, thing)
    if thing is not None:
        yield Link(thing.KIND if thing.KIND in ROOMS else "achievement", title_of(thing), own_words(token), url_of(thing.KIND, thing.id))


def _down(tx: Transaction, token: str, thing: Any) -> Iterable[Link]:
    if not token.startswith(OFFICER_OF) or thing is None:
        return
    upper = token.removeprefix(OFFICER_OF)
    lower = next(iter(getattr(thing, "units", ())), upper)
    for unit in units_between(tx, lower, upper)[1:]:
        yield Link("organisation", unit.name, _("below it"), url_of("organisation", unit.id))


def party_with(actor: Actor, token: str) -> Party | None:
    """The role that carries the token that decided: one's own before a lent one."""
    own_first = sorted(actor.parties, key=lambda party: bool(party.for_account))
    return next((party for party in own_first if token in tokens_at(party.role, party.id)), None)


def role_words(party: Party) -> str:
    words = translated(ROLE_LABELS[party.role]) if party.role in ROLE_LABELS else _("Member")
    return str(_("%(role)s, for %(name)s", role=words, name=party.for_name)) if party.for_account else words


def own_words(token: str) -> str:
    if token.startswith((MAKER, LEADS, ACCOUNT)):
        return str(_("their own"))
    return ""


def title_of(thing: Any) -> str:
    return str(getattr(thing, "title", "") or getattr(thing, "name", "") or getattr(thing, "number", "") or thing.id)


def find_thing(tx: Transaction, rooms: dict[str, Room], id: str) -> Any:
    """Of whatever kind, by its id. Raises NotFound for what the reader may not see."""
    for room in rooms.values():
        try:
            return room.get(tx, id)
        except NotFound:
            continue
    raise NotFound(id)
