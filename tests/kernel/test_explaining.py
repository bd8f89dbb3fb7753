"""An explanation never says anything else than the rule does; the matrix never anything else than the rules."""

from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.app import BLUEPRINTS
from marketplace.domains.offers.model import Side
from marketplace.kernel import permissions as rules
from marketplace.kernel.permission import Permission
from marketplace.kernel.permission_words import WORDS, words_of
from marketplace.kernel.permissions import Reach, allowed, declared, explained, reach_of
from marketplace.kernel.roles import OFFICES, STANDINGS, Role


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


IDS = ("a", "b", "c")
TOKENS = (
    rules.PUBLIC, rules.SIGNED_IN, rules.OFFICER, rules.ADMINISTRATOR, rules.ENTERPRISE_USER, rules.ASSOCIATION_OFFICER, rules.FINANCE,
    *(f"{kind}{id}" for kind in (rules.MAKER, rules.LEADS, rules.ACCOUNT, rules.OFFICER_OF) for id in IDS),
)  # fmt: skip
some_ids = st.lists(st.sampled_from(IDS), max_size=3).map(tuple)
one_id = st.sampled_from(("", *IDS))
carried = st.sets(st.sampled_from(TOKENS)).map(frozenset)
plain_rules = st.sampled_from([
    rules.anyone, rules.nobody, rules.signed_in, rules.officer, rules.administrator, rules.enterprise_user, rules.is_maker, rules.is_lead,
    rules.is_officer_above, rules.is_reviewer, rules.is_account,
])  # fmt: skip
made_rules = st.recursive(
    plain_rules,
    lambda inner: st.one_of(
        st.builds(lambda one, other: one | other, inner, inner), st.builds(lambda one, other: one & other, inner, inner),
        st.builds(lambda one: ~one, inner), st.builds(lambda one, some: rules.while_in(some, one), inner, st.sets(st.sampled_from(Status))),
    ),
    max_leaves=8,
)  # fmt: skip
STATUSES = ["draft", "submitted", "handed-in", "returned", "published", "withdrawn", "closed", "shown", "hidden", "expired"]


class Asked:
    """Of a conversation whoever asked; of an offer the party on a side."""

    id = "a"

    def __init__(self, sides: dict[str, Any]) -> None:
        self.sides = sides

    def __call__(self, side: Side) -> Any:
        return self.sides[side.value]


KINDS = ("studio", "enterprise", "association", "worker")


@st.composite
def parties(draw: st.DrawFn) -> Any:
    kind = draw(st.sampled_from(KINDS))
    return SimpleNamespace(kind=kind, id=draw(st.sampled_from(IDS)), led=kind in ("studio", "association"))


@st.composite
def things(draw: st.DrawFn) -> Any:
    """Whatever field a rule of any room reads."""
    names = (
        "owner_id",
        "rater_id",
        "rated_id",
        "claimed_by",
        "asker_id",
        "keeper_id",
        "account_id",
        "for_account",
        "proposed_by",
        "digest",
        "person_id",
        "party_id",
        "id",
        "worker_id",
        "seller_id",
        "buyer_id",
        "enterprise_id",
    )
    ids = {name: draw(one_id) for name in names}
    several = ("makers", "units", "review_units", "accounts", "lineage", "providers", "payees", "studios", "needing", "providing")
    sets = {name: draw(some_ids) for name in several}
    said = {
        "status": draw(st.sampled_from([*Status, *STATUSES])),
        "via": draw(st.sampled_from(["studio", "worker"])),
        "role": draw(st.sampled_from(["card", "enterprise-user", "member"])),
    }
    flags = {name: draw(st.booleans()) for name in ("is_anonymous", "is_lent", "lendable", "decides", "running", "buyer_led")}
    people = [token for token in TOKENS if token.startswith((rules.MAKER, rules.LEADS, rules.OFFICER_OF))]
    tokens = {name: draw(st.lists(st.sampled_from(people), max_size=3)) for name in ("owners", "givers", "clients")}
    binding = [token for token in people if not token.startswith(rules.OFFICER_OF)]
    tokens["keepers"] = draw(st.lists(st.sampled_from(binding), max_size=3))
    sides = {"seller": draw(parties()), "buyer": draw(parties())}
    side = draw(st.sampled_from(Side))
    return SimpleNamespace(
        **ids, **sets, **said, **flags, **tokens, **sides, side=side, party=Asked(sides), party_kind=draw(st.sampled_from(KINDS)),
        rated_kind=draw(st.sampled_from(KINDS)),
        kind=draw(st.sampled_from(KINDS)), KIND="thing", members=(), amendment_by=draw(st.sampled_from(["", "seller", "buyer"])),
    )  # fmt: skip


resources = st.none() | things()


@given(rule=made_rules, tokens=carried, resource=resources)
def test_the_reasons_agree_with_the_rule(rule: rules.Rule, tokens: frozenset[str], resource: Any) -> None:
    reason = rule.explain(tokens, resource)
    assert reason.holds is rule.allows(tokens, resource)
    assert all(one.holds is reason.holds for one in reason.deciding())


@given(tokens=carried, resource=resources)
def test_the_reasons_agree_for_every_permission_of_the_site(tokens: frozenset[str], resource: Any) -> None:
    asked = {one: (explained(tokens, one, resource).holds, allowed(tokens, one, resource)) for one in declared()}
    assert [one for one, (said, done) in asked.items() if said is not done] == []


@given(tokens=carried, resource=things())
def test_what_the_matrix_calls_never_is_never_allowed(tokens: frozenset[str], resource: Any) -> None:
    """Computed from kinds of token alone, it must not deny what a rule would allow."""
    kinds = {token.partition(":")[0] + ":" if ":" in token else token for token in tokens}
    denied = [one for one in declared() if reach_of(one, kinds) is Reach.NEVER]
    assert [one for one in denied if allowed(tokens, one, resource)] == []


def test_control_a_reason_that_disagrees_is_seen() -> None:
    class Wrong(rules.Holds):
        def explain(self, tokens: Any, resource: Any) -> rules.Reason:
            return rules.Reason(True, self.words)

    wrong = Wrong(lambda _: ("nobody",), "nobody")
    with pytest.raises(AssertionError):
        test_the_reasons_agree_with_the_rule.hypothesis.inner_test(wrong, frozenset(), None)  # type: ignore[attr-defined]


def test_every_permission_has_a_rule_and_words() -> None:
    assert BLUEPRINTS
    assert set(declared()) == set(Permission)
    assert set(WORDS) == set(Permission)
    assert all(words_of(one) for one in Permission)


def test_every_office_opens_something_that_a_plain_account_may_not_do() -> None:
    """Partners and experts wait for the rooms that are theirs; the rest would be empty titles."""
    plain = next(one for one in STANDINGS if one.name == "worker")
    for standing in STANDINGS:
        if standing.name in set(OFFICES) - {Role.PARTNER, Role.EXPERT, Role.FINANCE_OFFICER}:
            assert [one for one in declared() if reach_of(one, standing.kinds) > reach_of(one, plain.kinds)], standing.name


@pytest.mark.parametrize(
    ("permission", "standing", "reach"),
    [
        (Permission.ACHIEVEMENT_READ, "guest", Reach.ALL), (Permission.ACHIEVEMENT_REVIEW, "worker", Reach.NEVER),
        (Permission.ACHIEVEMENT_REVIEW, Role.UNION_OFFICER, Reach.BELOW), (Permission.WORKER_OWN, "worker", Reach.OWN),
        (Permission.WORKER_GUARDED, Role.ENTERPRISE_USER, Reach.OWN), (Permission.WORKER_GUARDED, Role.UNION_OFFICER, Reach.BELOW),
        (Permission.ADMINISTER, Role.ADMINISTRATOR, Reach.ALL), (Permission.ADMINISTER, Role.UNION_OFFICER, Reach.NEVER),
        (Permission.STUDIO_EDIT, "lead", Reach.OWN), (Permission.EVIDENCE_ENTERPRISE, Role.ENTERPRISE_USER, Reach.ALL),
        (Permission.LISTING_EXPIRE, Role.ADMINISTRATOR, Reach.NEVER), (Permission.NEED_REVEAL, "worker", Reach.OWN),
    ],
)  # fmt: skip
def test_cells_of_domain_s_table(permission: Permission, standing: str, reach: Reach) -> None:
    kinds = next(one for one in STANDINGS if one.name == standing).kinds
    assert reach_of(permission, kinds) is reach
