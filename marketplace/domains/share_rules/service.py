"""What may be done with a unit's rules: propose, set, refuse. What was shared out by an earlier one stays as it is."""

from typing import Any

from marketplace.domains.share_rules.model import WORKFLOW, ShareRule, ShareRuleText, faults_of
from marketplace.domains.share_rules.repository import create_rule_node, find_latest_rule, get_home, get_rule, hold_rules, save_rule
from marketplace.kernel.errors import Invalid
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.revisions import content_of
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.workflow import created, edited


def propose_rule(uow: UnitOfWork, enterprise_id: str, text: ShareRuleText) -> ShareRule:
    """By the leader of a studio that it hosts, or for the enterprise; whoever acts for it sets it in the same breath."""
    home = get_home(uow.tx, enterprise_id)
    uow.actor.require(Permission.SHARE_RULE_PROPOSE, home)
    if faults := faults_of(text):
        raise Invalid(faults)
    rule = ShareRule(
        **content_of(text), id=uow.new_id(), enterprise_id=home.id, proposed_by=uow.actor.account_id, created_at=uow.now, updated_at=uow.now,
        enterprise_name=home.name, studios=home.studios,
    )  # fmt: skip
    create_rule_node(uow.tx, rule)
    uow.record(created(rule, at=uow.now, verb="propose"))
    return confirm_rule(uow, rule.id, rule.version) if uow.actor.can(Permission.SHARE_RULE_CONFIRM, rule) else rule


def confirm_rule(uow: UnitOfWork, id: str, version: int) -> ShareRule:
    """The one before it ends on the day this one begins. Raises Invalid for one that would begin no later than that did."""
    rule = get_rule(uow.tx, id)
    uow.actor.require(Permission.SHARE_RULE_CONFIRM, rule)
    hold_rules(uow.tx, rule.enterprise_id)
    before = find_latest_rule(uow.tx, rule.enterprise_id)
    if before is not None and before.effective_from >= rule.effective_from:
        raise Invalid({"effective_from": label("A rule that is set already begins on that day or later; begin after it.")})
    if before is not None:
        _save(uow, before, verb="end", effective_until=rule.effective_from)
    change = WORKFLOW.step("confirm", rule, version, at=uow.now, confirmed_by=uow.actor.account_id, confirmed_at=uow.now)
    save_rule(uow.tx, change)
    uow.record(change)
    return change.after


def refuse_rule(uow: UnitOfWork, id: str, version: int, reason: str) -> ShareRule:
    """It stays in the list, with the reason; who proposed it is told."""
    rule = get_rule(uow.tx, id)
    uow.actor.require(Permission.SHARE_RULE_CONFIRM, rule)
    change = WORKFLOW.step("refuse", rule, version, at=uow.now, reason=reason)
    save_rule(uow.tx, change)
    uow.record(change)
    return change.after


def _save(uow: UnitOfWork, rule: ShareRule, *, verb: str, **changes: Any) -> None:
    change = edited(rule, rule.version, at=uow.now, verb=verb, **changes)
    save_rule(uow.tx, change)
    uow.record(change)
