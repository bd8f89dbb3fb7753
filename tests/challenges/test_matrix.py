"""Only the listed steps, from the listed states, by whom the table lets: every state, verb and role."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from marketplace.domains.challenges import model as challenges
from marketplace.domains.judgements import model as judgements
from marketplace.domains.proposals import model as proposals
from marketplace.kernel.errors import Refused
from marketplace.kernel.permissions import allowed
from marketplace.kernel.workflow import Workflow
from tests.challenges.scenes import COURSE, TEXT
from tests.races.contenders import NOW

CHALLENGE = challenges.Challenge(
    **{name: getattr(TEXT, name) for name in TEXT.__dataclass_fields__}, judging_workdays=COURSE.judging_workdays,
    notice_workdays=COURSE.notice_workdays, id="c", number="", created_at=NOW, updated_at=NOW, enterprise_id="firm", units=("base", "street"),
)  # fmt: skip
PROPOSAL = proposals.Proposal(
    id="p", number="", key="", title="", challenge_id="c", party_kind="studio", party_id="studio", party_name="", member_ids=("friend",),
    member_names=("",), member_answers=(proposals.Answer.ASKED,), created_at=NOW, updated_at=NOW,
)  # fmt: skip
JUDGEMENT = judgements.Judgement(
    id="j", key="", title="", challenge_id="c", proposal_id="p", account_id="expert", account_name="", ordinal=1, units=("street",), created_at=NOW,
    updated_at=NOW,
)  # fmt: skip
ROLES = {
    "guest": {"public"}, "signed in": {"public", "signed-in"}, "enterprise": {"public", "signed-in", "enterprise-user", "maker:firm"},
    "other enterprise": {"public", "signed-in", "enterprise-user", "maker:other"}, "officer": {"public", "signed-in", "officer", "officer:street"},
    "base officer": {"public", "signed-in", "officer", "officer:base"}, "stranger": {"public", "signed-in", "officer", "officer:elsewhere"},
    "leader": {"public", "signed-in", "maker:studio", "lead:studio"}, "member": {"public", "signed-in", "maker:studio"},
    "asked": {"public", "signed-in", "maker:friend"}, "expert": {"public", "signed-in", "expert", "account:expert"}, "system": {"system"},
}  # fmt: skip
MAY = {
    "submit": {"enterprise"}, "publish": {"officer"}, "return": {"officer"}, "close": set(), "lapse": set(), "extend": {"officer"},
    "choose": {"enterprise", "officer"}, "choose_none": {"enterprise", "officer"},
    "object": set(ROLES) - {"guest", "enterprise", "system"}, "dismiss": {"officer"}, "annul": {"officer"}, "contract": {"enterprise", "officer"},
    "conclude": {"enterprise"}, "withdraw": {"enterprise"}, "take_down": {"officer", "base officer"},
}  # fmt: skip
TEAM_MAY: dict[str, set[str]] = {
    "submit": {"leader"}, "take_back": {"leader"}, "withdraw": {"leader"}, "ask": {"leader", "member"}, "agree": {"asked"}, "decline": {"asked"},
    "number": set(), "choose": set(), "pass_over": set(), "judge_again": set(), "release": set(),
}  # fmt: skip
VOTE_MAY: dict[str, set[str]] = {"appoint": {"officer"}, "declare": {"expert"}, "stand_back": {"expert"}, "cast": {"expert"}}
TABLES: tuple[tuple[Workflow, Any, Any, dict[str, set[str]]], ...] = (
    (challenges.WORKFLOW, CHALLENGE, challenges.Status, MAY), (proposals.WORKFLOW, PROPOSAL, proposals.Status, TEAM_MAY),
    (judgements.WORKFLOW, JUDGEMENT, judgements.Status, VOTE_MAY),
)  # fmt: skip


@pytest.mark.parametrize(("table", "thing", "states", "may"), TABLES, ids=["challenge", "proposal", "judgement"])
def test_every_state_verb_and_role(table: Workflow, thing: Any, states: Any, may: dict[str, set[str]]) -> None:
    assert set(table.steps) == set(may)
    for state, (name, step), role in product(states, table.steps.items(), ROLES):
        here = replace(thing, status=state)
        is_open = state in step.frm
        granted = allowed(ROLES[role], step.needs, here)
        if is_open:
            assert granted is (role == "system" or role in may[name]), (state, name, role)
        offered = step in table.open_to(ROLES[role], here)
        assert offered is (is_open and granted), (state, name, role)


@pytest.mark.parametrize(("table", "thing", "states", "may"), TABLES, ids=["challenge", "proposal", "judgement"])
def test_no_arrow_that_is_not_in_the_table(table: Workflow, thing: Any, states: Any, may: dict[str, set[str]]) -> None:
    for state, (name, step) in product(states, table.steps.items()):
        if state not in step.frm:
            with pytest.raises(Refused):
                table.step(name, replace(thing, status=state), 1, at=NOW, reason="why")


def test_what_each_role_reads_of_an_application() -> None:
    before, after = PROPOSAL, replace(PROPOSAL, status=proposals.Status.CHOSEN, clients=("maker:firm", "officer:street"))
    assert {role for role in ROLES if allowed(ROLES[role], before.READ, before)} == {"leader", "member", "asked", "system"}
    assert {role for role in ROLES if allowed(ROLES[role], after.READ, after)} == {"leader", "member", "asked", "system", "enterprise", "officer"}
