"""An enterprise sees why something matches and says no; the studio reads the sum, repairs, publishes, and is matched again."""

import pytest

from marketplace.domains.achievements.repository import get_achievement
from marketplace.domains.needs.model import Need
from marketplace.domains.opinions.service import give_opinion
from marketplace.kernel.verdicts import Verdict
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("more journeys")]
GAIN = "单组检修由 4.5 小时降到 1.2 小时，另测得误报每周由 9 次降到 1 次"


def test_enterprise_says_why_not_and_the_studio_repairs(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    asking = live.make.enterprise("北京顺垚仓储有限公司", fields=("0601",))
    buyer = live.make.enterprise_user(asking)
    need = live.make.need(
        asking, owner=buyer, title="防爆锂离子电池组过温报警", problem="热失控时要泄压，拆装不动火", field="0601", skills=("锂电池热管理",)
    )
    live.site.drain()
    user, lead = visit("the enterprise", buyer), visit("the studio lead", cast.lead)

    sees_the_match_with_its_path(user, cast, need)
    says_no_by_keyboard(user, cast)
    changes_it_and_takes_it_back(user, cast)
    says_no_by_keyboard(user, cast)
    two_more_say_so(live, cast, need)
    reads_the_sum_and_repairs(lead, cast)
    approves(visit("the officer", cast.officer))
    is_matched_again(user, lead, cast, need)


def match_of(visitor: Visitor, cast: Cast) -> str:
    return f"#match-{cast.battery.id}"


def sees_the_match_with_its_path(user: Visitor, cast: Cast, need: Need) -> None:
    user.go(f"/needs/{need.id}")
    user.press(user.link(zh("All matches")).first)
    card = user.main(match_of(user, cast))
    assert cast.battery.title in card.inner_text()
    assert card.locator(".chain > li").count() >= 4
    points = [int(one) for one in card.locator(".score-parts b").all_inner_texts()]
    assert sum(points) == int(card.locator(".score p b").inner_text())


def says_no_by_keyboard(user: Visitor, cast: Cast) -> None:
    strip = f"#opinion-{cast.battery.id}"
    user.main(f"{strip}-no").focus()
    user.page.keyboard.press("Enter")
    user.main(f"{strip}-{Verdict.BENEFIT_UNCLEAR}").focus()
    user.page.keyboard.press("Space")
    user.page.keyboard.press("Tab")
    user.page.keyboard.press("Enter")
    user.main(f"{strip} .state", has_text=zh("Benefit over what exists unclear")).wait_for()
    user.look_over()


def changes_it_and_takes_it_back(user: Visitor, cast: Cast) -> None:
    strip = f"#opinion-{cast.battery.id}"
    user.main(f"{strip}-useful").click()
    user.main(f"{strip} [aria-pressed=true]").wait_for()
    user.main(f"{strip} button", has_text=zh("Take back")).click()
    user.main(strip, has_text=zh("Taken back.")).wait_for()


def two_more_say_so(live: Live, cast: Cast, need: Need) -> None:
    for _ in range(2):
        live.site.acting_as(live.make.account()).change(give_opinion, need.id, "achievement", cast.battery.id, Verdict.BENEFIT_UNCLEAR)


def reads_the_sum_and_repairs(lead: Visitor, cast: Cast) -> None:
    lead.go(f"/achievements/{cast.battery.id}/opinions")
    assert lead.sees(zh("%(some)d of %(all)d said: %(reason)s", some=3, all=3, reason=zh("Benefit over what exists unclear")))
    lead.press(lead.link(zh("Mend this part")))
    lead.page.fill("[name=benefit]", GAIN)
    lead.press(lead.main("form[method=post] button[data-save]"))
    lead.go(f"/achievements/{cast.battery.id}")
    lead.press(lead.main(".detail-actions form.step button.btn-brand"))


def approves(officer: Visitor) -> None:
    officer.go("/reviews")
    officer.press(officer.main(".case-bar [data-key=a]"))


def is_matched_again(user: Visitor, lead: Visitor, cast: Cast, need: Need) -> None:
    assert cast.live.site.system.read(get_achievement, cast.battery.id).benefit == GAIN
    lead.go(f"/achievements/{cast.battery.id}/opinions")
    assert not lead.sees(zh("Mend this part"))
    lead.go(f"/achievements/{cast.battery.id}/matches")
    assert lead.sees(need.title)
    user.go(f"/needs/{need.id}/matches")
    user.main(f"#opinion-{cast.battery.id}-useful").click()
    user.main(f"#opinion-{cast.battery.id} [aria-pressed=true]").wait_for()
