"""The rules are laid down once, and edited by an administrator; each change is in the audit."""

from dataclasses import asdict

from marketplace.kernel.errors import Invalid
from marketplace.kernel.permission import Permission
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import created, edited
from marketplace.processes.shortage.model import RulesText, ShortageRules, faults_of
from marketplace.processes.shortage.repository import create_rules, find_rules, save_rules


def propose_rules(uow: UnitOfWork, text: RulesText) -> ShortageRules:
    """For a site that has none yet: rules that stand are left as they were edited."""
    if standing := find_rules(uow.tx):
        return standing
    _check(uow, text)
    rules = ShortageRules(**asdict(text), created_at=uow.now, updated_at=uow.now)
    create_rules(uow.tx, rules)
    uow.record(created(rules, at=uow.now))
    return rules


def revise_rules(uow: UnitOfWork, version: int, text: RulesText) -> ShortageRules:
    """Acts on the next reading of the list. Raises Forbidden, Invalid, Stale."""
    standing = find_rules(uow.tx)
    if standing is None:
        return propose_rules(uow, text)
    _check(uow, text)
    change = edited(standing, version, at=uow.now, **asdict(text))
    save_rules(uow.tx, change)
    uow.record(change)
    return change.after


def _check(uow: UnitOfWork, text: RulesText) -> None:
    uow.actor.require(Permission.SHORTAGE_RULES, None)
    if faults := faults_of(text):
        raise Invalid(faults)
