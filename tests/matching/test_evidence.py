"""A match is a sum of named parts with a path; nothing that the reader may not see takes part in either."""

import pytest

from graph.connection import Transaction
from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.needs.model import Visibility
from marketplace.domains.workers.repository import get_worker
from marketplace.domains.workers.service import withdraw_consent
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.consent import Use, parts_of
from marketplace.pages.matches.views import read_helped
from marketplace.pages.matches.words import why, why_adopter
from marketplace.processes.consent.service import agree
from marketplace.processes.matching import weights
from marketplace.processes.matching.model import Adopter, Asked, Evidence, Firm, Match, Named, PartName
from marketplace.processes.matching.scoring import users
from tests.factories import Make
from tests.matching.scenes import OTHER_SKILL, SKILL, World, build, published
from tests.site import TestSite

PEOPLE = ("studio", "worker", "association")


@pytest.fixture
def world(site: TestSite, make: Make) -> World:
    return build(site, make)


def helped(world: World, actor: Actor) -> tuple[list[Match], list[Adopter]]:
    reader = world.site.acting_as(actor)
    return reader.read(read_helped, world.site.index, reader.read(get_achievement, world.work.id))


def points(match: Match, name: PartName) -> int:
    return next(part.points for part in match.parts if part.name is name)


def test_the_score_is_the_sum_of_its_parts(world: World) -> None:
    [match] = world.matches(world.buyer)

    assert match.score == sum(part.points for part in match.parts)
    assert all(0 <= part.points <= part.most for part in match.parts)
    assert sum(part.most for part in match.parts) == 100
    assert points(match, PartName.SKILLS) == weights.SKILLS / 2, "one of two skills required"
    assert points(match, PartName.FIELD) == weights.FIELD + weights.MATURE


def test_the_path_leads_from_the_need_to_who_uses_it(world: World) -> None:
    [match] = world.matches(world.buyer)

    assert [link.kind for link in match.path] == ["need", "skill", "worker", "enterprise", "achievement", "enterprise"]
    assert [link.title for link in match.path[1:]] == [SKILL, "周立成", world.firm.name, world.work.title, "京朔物流"]


def test_a_guest_sees_the_path_without_the_person(world: World) -> None:
    [match] = world.matches(GUEST)

    assert "worker" not in [link.kind for link in match.path]
    assert "周立成" not in repr(match)


def test_people_are_matched_for_those_who_may_see_them(world: World) -> None:
    assert [match.card.id for match in world.matches(world.buyer, PEOPLE)] == [world.maker.worker_id]
    assert world.matches(GUEST, PEOPLE) == []


def test_whoever_does_not_agree_to_be_suggested_is_not_from_the_next_request_on(world: World) -> None:
    """The card stays as it was; nothing waits for the index."""
    id, mine = world.maker.worker_id, world.site.acting_as(world.maker)
    assert [match.card.id for match in world.matches(world.buyer, PEOPLE)] == [id]
    now = mine.read(get_worker, id)
    after = mine.change(agree, id, now.version, True, parts_of(now.concealed), ())
    assert world.matches(world.buyer, PEOPLE) == []
    mine.change(agree, id, after.version, True, parts_of(now.concealed), (Use.MATCHING,))
    assert [match.card.id for match in world.matches(world.buyer, PEOPLE)] == [id]


def test_from_the_other_side_it_has_the_same_parts_and_path(world: World) -> None:
    [forth] = world.matches(world.buyer)
    [back], _ = helped(world, world.buyer)

    assert back.card.id == world.need.id
    assert [link.kind for link in back.path] == [link.kind for link in forth.path]
    assert back.parts[1:] == forth.parts[1:]
    assert back.score == sum(part.points for part in back.parts)


def test_likely_adopters_do_not_use_it_yet(world: World) -> None:
    _, adopters = helped(world, world.buyer)
    names = [one.name for one in adopters]

    assert names[0] == "顺垚仓储", "it asks for it and works in the field"
    assert "京朔物流" not in names, "it uses the work already"
    assert all(one.score == sum(part.points for part in one.parts) for one in adopters)


def test_an_anonymous_enterprise_is_no_likely_adopter_by_its_need(site: TestSite, make: Make) -> None:
    """Its field is another one: only the need could name it."""
    world = build(site, make)
    hidden = make.enterprise("不具名公司", fields=("11",))
    make.need(hidden, title="防爆电池过温", abstract="叉车", problem="锂离子电池组热失控，要求泄压", field="0601", visibility=Visibility.ANONYMOUS)
    site.drain()

    needs, adopters = helped(world, world.buyer)
    assert len(needs) == 2
    assert hidden.name not in [one.name for one in adopters]
    assert hidden.name not in repr(needs)
    own, known = helped(world, make.enterprise_user(hidden))
    assert hidden.name in [one.name for one in known], "the control: they know that it is theirs"
    assert len(own) == 2


def test_the_reason_is_one_sentence_in_both_languages(world: World) -> None:
    [match] = world.matches(world.buyer)
    _, adopters = helped(world, world.buyer)
    with world.site.app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert why(match) == f"周立成 holds the required skill {SKILL}; already used by 1 enterprise of the same field."
        assert why_adopter(adopters[0], world.work.field).startswith("It has 1 open need that this may solve; ")
    with world.site.app.test_request_context("/", headers={"Accept-Language": "zh"}):
        assert why(match) == f"周立成掌握所需技能 {SKILL}；已在 1 家同领域企业应用。"


HIDE = """
MATCH (a:Achievement {id: $work}) MATCH (k:Skill {zh: $skill})
CREATE (w:Worker {id: 'hidden-worker', name: '隐名职工', audience: ['system']})
CREATE (w)-[:CONTRIBUTED_TO {share: 0, position: 9}]->(a)
CREATE (w)-[:HAS_SKILL {position: 0}]->(k)
CREATE (a)-[:ADOPTED_BY {position: 9}]->(e:Enterprise {id: 'hidden-firm', name: '隐名企业', field: '0601', audience: ['system']})
CREATE (a)-[:PRODUCED_BY]->(s:Studio {id: 'hidden-studio', name: '隐名工作室', audience: ['system']})
CREATE (w)-[:MEMBER_OF]->(s)
CREATE (b:Achievement {id: 'hidden-work', title: '隐名成果', field: '0601', audience: ['system']})-[:PRODUCED_BY]->(s)
"""
REVEAL = """
MATCH (n) WHERE n.id STARTS WITH 'hidden-' SET n.audience = ['public', 'system']
"""
USE_HIDDEN = """
MATCH (b:Achievement {id: 'hidden-work'}) MATCH (e:Enterprise {id: $firm}) CREATE (b)-[:ADOPTED_BY {position: 0}]->(e)
"""


def test_what_is_hidden_changes_no_score_path_or_count(world: World) -> None:
    """The same world twice: without a worker, an adopter, a studio and another work, and with them, hidden."""

    def seen(actor: Actor) -> object:
        return world.matches(actor), world.matches(actor, PEOPLE), helped(world, actor)

    readers = (world.buyer, world.maker, GUEST)
    before = [seen(one) for one in readers]

    def hide(tx: Transaction) -> None:
        tx.run(HIDE, work=world.work.id, skill=OTHER_SKILL)
        tx.run(USE_HIDDEN, firm=world.asking.id)

    world.site.graph.write(hide)
    assert [seen(one) for one in readers] == before

    world.site.graph.write(lambda tx: tx.run(REVEAL))
    after = world.matches(world.buyer)[0]
    assert "隐名" in repr(after), "the control: shown, they take part"
    assert after.score > before[0][0][0].score  # type: ignore[index]


def test_withdrawn_consent_takes_the_person_out_at_once(world: World) -> None:
    mine = world.site.acting_as(world.maker)
    mine.change(withdraw_consent, world.maker.worker_id, mine.read(get_worker, world.maker.worker_id).version)

    assert "周立成" not in repr(world.matches(world.buyer))
    assert world.matches(world.buyer, PEOPLE) == []


def test_a_confidential_need_gives_strangers_no_skills(site: TestSite, make: Make) -> None:
    world = build(site, make)
    world.need = make.need(world.asking, owner=world.buyer, title="防爆电池升级", skills=(SKILL,), visibility=Visibility.CONFIDENTIAL)
    site.drain()

    assert points(world.matches(world.buyer)[0], PartName.SKILLS) == weights.SKILLS
    [stranger] = world.matches(make.enterprise_user())
    assert points(stranger, PartName.SKILLS) == 0
    assert "skill" not in [link.kind for link in stranger.path]


def test_pages_of_both_sides(world: World) -> None:
    browser = world.site.client(world.buyer)
    need, work = f"/needs/{world.need.id}/matches", f"/achievements/{world.work.id}/matches"

    for path in (need, f"{need}?kind=worker", f"{need}?kind=no-such-kind", work, f"{work}?kind=enterprise"):
        page = browser.get(path)
        assert page.status_code == 200, path
        assert "score-1" in page.text
    assert browser.get(f"{work}?kind=%00").status_code == 400
    assert browser.get("/achievements/none/matches").status_code == 404
    assert browser.get("/listings/none/matches").status_code == 404


def test_others_works_of_the_field_are_ranked_beside_it(site: TestSite, make: Make) -> None:
    world = build(site, make)
    other = published(site, make, world.maker, title="防爆电池组过温报警改造", skills=())
    site.drain()

    found = world.matches(world.buyer)
    assert {one.card.id for one in found} == {world.work.id, other.id}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert [one.rank for one in found] == [1, 2]


def test_whoever_made_it_is_none_of_those_who_use_it() -> None:
    """Neither for the points nor in the sentence."""
    maker, other = Firm("maker", "完成单位"), Firm("other", "另一家")
    found = Evidence("work", makers=(Named("enterprise", "maker", "完成单位"),), adopters=(maker, other))

    assert users(Asked("难题", ""), found) == (other,)
    assert users(Asked("难题", "", enterprise_id="other"), found) == ()
