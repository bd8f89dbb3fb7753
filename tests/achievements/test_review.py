"""From a draft to the public and out of it again."""

import pytest

from marketplace.domains.achievements.model import Status
from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.achievements.service import (
    create_achievement,
    endorse_achievement,
    hand_in_achievement,
    publish_achievement,
    publish_revision,
    return_achievement,
    revise_achievement,
    submit_achievement,
    submit_revision,
    take_down_achievement,
    withdraw_achievement,
)
from marketplace.domains.reviews.repository import get_review
from marketplace.domains.reviews.service import claim_review
from marketplace.kernel.actor import GUEST
from marketplace.kernel.contributions import Answer, Contribution
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused, Stale
from marketplace.kernel.reviewing import list_reviews
from marketplace.kernel.revisions import list_versions
from marketplace.processes.shares.service import answer_share
from tests.achievements.workshop import Workshop, a_workshop
from tests.factories import Make
from tests.site import TestSite


@pytest.fixture
def workshop(site: TestSite, make: Make) -> Workshop:
    return a_workshop(site, make)


def test_studio_submits_and_its_sub_district_publishes(site: TestSite, workshop: Workshop) -> None:
    public = workshop.public()
    assert public.status is Status.PUBLISHED
    assert [hit.id for hit in site.search("夹具").hits] == [public.id]
    assert [version.ordinal for version in site.acting_as(workshop.lead).read(list_versions, public.id)] == [1]


def test_one_and_two_characters_and_pinyin_find_it(site: TestSite, workshop: Workshop) -> None:
    public = workshop.public()
    for asked in ("铣", "夹具", "jiaju", "xcjj"):
        assert [hit.id for hit in site.search(asked).hits] == [public.id], asked


def test_review_wants_what_is_missing_at_its_field(site: TestSite, workshop: Workshop) -> None:
    draft = workshop.draft(benefit="", contributions=(Contribution(workshop.lead.worker_id, 6_000),))
    with pytest.raises(Invalid) as refused:
        site.acting_as(workshop.lead).change(submit_achievement, draft.id, draft.version)
    assert set(refused.value.fields) == {"benefit", "contributions"}


def test_nobody_publishes_what_they_helped_to_make(site: TestSite, workshop: Workshop) -> None:
    sent = workshop.submitted()
    with pytest.raises(Forbidden):
        site.acting_as(workshop.lead).change(publish_achievement, sent.id, sent.version)
    with pytest.raises(Forbidden):  # the base union stands under the street, and review is the street's
        site.acting_as(workshop.base_officer).change(publish_achievement, sent.id, sent.version)


def test_officer_of_another_street_does_not_even_see_it(site: TestSite, workshop: Workshop) -> None:
    sent = workshop.submitted()
    with pytest.raises(NotFound):
        site.acting_as(workshop.stranger).change(publish_achievement, sent.id, sent.version)
    public = workshop.public(title="另一项夹具")
    with pytest.raises(Forbidden):
        site.acting_as(workshop.stranger).change(take_down_achievement, public.id, public.version, "不属实")


def test_returned_with_a_reason_mended_and_sent_again(site: TestSite, workshop: Workshop) -> None:
    sent = workshop.submitted()
    with pytest.raises(Invalid):
        site.acting_as(workshop.officer).change(return_achievement, sent.id, sent.version, " ")
    back = site.acting_as(workshop.officer).change(return_achievement, sent.id, sent.version, "请补实测数值")
    mended = site.acting_as(workshop.lead).change(revise_achievement, back.id, back.version, workshop.text(benefit="由 45 降到 9 分钟"))
    again = site.acting_as(workshop.lead).change(submit_achievement, mended.id, mended.version)
    assert (again.status, again.reason) == (Status.SUBMITTED, "请补实测数值")
    assert len(site.acting_as(workshop.officer).read(list_reviews, again.id)) == 2


def test_a_case_that_a_colleague_claimed_is_theirs(site: TestSite, make: Make, workshop: Workshop) -> None:
    sent = workshop.submitted()
    review = site.acting_as(workshop.officer).read(list_reviews, sent.id)[0]
    site.acting_as(workshop.officer).change(claim_review, review.id)
    other = make.officer(of="酒仙桥街道")
    with pytest.raises(Refused):
        site.acting_as(other).change(publish_achievement, sent.id, sent.version)
    assert site.acting_as(workshop.officer).read(get_review, review.id).claimed_by == workshop.officer.account_id


def test_worker_without_a_studio_goes_through_the_base_union(site: TestSite, workshop: Workshop) -> None:
    me = site.acting_as(workshop.loner)
    draft = me.change(create_achievement, workshop.text(contributions=(Contribution(workshop.loner.worker_id, 10_000),)))
    with pytest.raises(Forbidden):
        me.change(submit_achievement, draft.id, draft.version)
    handed = me.change(hand_in_achievement, draft.id, draft.version)
    with pytest.raises(Refused):
        site.acting_as(workshop.officer).change(publish_achievement, handed.id, handed.version)
    passed = site.acting_as(workshop.base_officer).change(endorse_achievement, handed.id, handed.version)
    assert site.acting_as(workshop.officer).change(publish_achievement, passed.id, passed.version).status is Status.PUBLISHED


def test_public_sees_the_old_version_until_the_new_one_is_approved(site: TestSite, workshop: Workshop) -> None:
    public = workshop.public()
    lead, officer = site.acting_as(workshop.lead), site.acting_as(workshop.officer)
    copied = lead.change(revise_achievement, public.id, public.version, workshop.text(benefit="换型只要 5 分钟"))
    assert site.acting_as(GUEST).read(get_achievement, public.id).benefit == "换型由 45 分钟降到 9 分钟"
    sent = lead.change(submit_revision, copied.id, copied.version)
    officer.change(publish_revision, sent.id, sent.version)
    assert site.acting_as(GUEST).read(get_achievement, public.id).benefit == "换型只要 5 分钟"
    assert len(lead.read(list_versions, public.id)) == 2


def test_withdrawn_is_gone_at_once_even_while_the_relay_stands(site: TestSite, workshop: Workshop) -> None:
    public = workshop.public()
    site.acting_as(workshop.lead).change(withdraw_achievement, public.id, public.version)
    assert site.search("夹具").total == 0
    with pytest.raises(NotFound):
        site.acting_as(GUEST).read(get_achievement, public.id)
    assert site.acting_as(workshop.lead).read(get_achievement, public.id).status is Status.WITHDRAWN
    site.drain()
    assert public.id not in {key for key, _version in site.index.versions()} or site.search("夹具").total == 0


def test_a_stale_version_is_refused(site: TestSite, workshop: Workshop) -> None:
    draft = workshop.draft()
    lead = site.acting_as(workshop.lead)
    lead.change(revise_achievement, draft.id, draft.version, workshop.text(title="第一位写的"))
    with pytest.raises(Stale):
        lead.change(revise_achievement, draft.id, draft.version, workshop.text(title="第二位写的"))
    assert site.find("achievement", draft.id).title == "第一位写的"


def test_contributors_answer_for_themselves_and_silence_counts_after_fifteen_days(site: TestSite, workshop: Workshop) -> None:
    public = workshop.public()
    site.acting_as(workshop.colleague).change(answer_share, public.id, Answer.OBJECTED)
    with pytest.raises(Forbidden):
        site.acting_as(workshop.loner).change(answer_share, public.id, Answer.CONFIRMED)
    first, second = site.find("achievement", public.id).contributions
    assert second.answer is Answer.OBJECTED
    assert not first.counts(site.clock.now())
    site.clock.forward(days=15)
    assert first.counts(site.clock.now())


def test_an_adopter_that_nobody_knows_is_refused_at_the_field(site: TestSite, workshop: Workshop) -> None:
    draft = workshop.draft()
    answer = site.client(workshop.lead).post(
        f"/achievements/{draft.id}/edit",
        data={
            "title": "铣床夹具",
            "kind": "innovation",
            "maturity_scale": "TRL",
            "version": draft.version,
            "adoptions-0-enterprise_name": "没有的公司",
        },
    )
    assert answer.status_code == 422
    assert "没有的公司" in answer.text
