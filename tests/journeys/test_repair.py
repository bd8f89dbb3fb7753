"""An enterprise passes and wants to hear of a repair; the studio revises and says what that answers; the enterprise is told, and matches again."""

import pytest

from marketplace.domains.opinions.service import give_opinion
from marketplace.kernel.verdicts import Verdict
from tests.journeys.cast import Cast, a_district
from tests.journeys.conftest import Visit
from tests.journeys.live import Live
from tests.journeys.visitor import Visitor
from tests.journeys.words import zh

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("touch")]
GAIN = "单组检修由 4.5 小时降到 1.2 小时，三家单位各测 30 天"
REASON = Verdict.BENEFIT_UNCLEAR


def test_who_passed_hears_of_the_repair_and_matches_again(live: Live, visit: Visit) -> None:
    cast = a_district(live)
    asking = live.make.enterprise("北京顺垚仓储有限公司", fields=("0601",))
    buyer = live.make.enterprise_user(asking)
    need = live.make.need(
        asking, owner=buyer, title="防爆锂离子电池组过温报警", problem="热失控时要泄压，拆装不动火", field="0601", skills=("锂电池热管理",)
    )
    live.site.drain()
    user, lead = visit("the enterprise", buyer), visit("the studio lead", cast.lead)

    passes_by_keyboard(user, cast, need.id)
    for _ in range(2):
        live.site.acting_as(live.make.account()).change(give_opinion, need.id, "achievement", cast.battery.id, REASON)
    revises_and_marks(lead, cast)
    approves(visit("the officer", cast.officer))
    user.is_told(cast.battery.title, zh("Mended since you passed; look again"))
    matches_again(user, cast)


def passes_by_keyboard(user: Visitor, cast: Cast, need_id: str) -> None:
    strip = f"#opinion-{cast.battery.id}"
    user.go(f"/needs/{need_id}/matches")
    user.main(f"{strip}-no").focus()
    user.page.keyboard.press("Enter")
    user.main(f"{strip}-{REASON}").focus()
    user.page.keyboard.press("Space")
    user.main(f"{strip}-tell").focus()
    user.page.keyboard.press("Space")
    user.look_over()
    user.page.keyboard.press("Tab")
    user.page.keyboard.press("Enter")
    user.main(f"{strip} .match-say", has_text=zh("You hear of it once it has been mended.")).wait_for()
    user.look_over()


def revises_and_marks(lead: Visitor, cast: Cast) -> None:
    lead.go(f"/achievements/{cast.battery.id}/opinions")
    assert lead.sees(zh("%(some)d of %(all)d said: %(reason)s", some=3, all=3, reason=zh("Benefit over what exists unclear")))
    lead.press(lead.link(zh("Mend this part")))
    lead.page.fill("[name=benefit]", GAIN)
    lead.press(lead.main("form[method=post] button[data-save]"))
    lead.go(f"/achievements/{cast.battery.id}/opinions")
    lead.page.check(f"#mend-{REASON}")
    lead.press(lead.button(zh("Mark as mended")))
    assert lead.sees(zh("Marked; told when it is public"))
    lead.go(f"/achievements/{cast.battery.id}")
    lead.press(lead.main(".detail-actions form.step button.btn-brand"))


def approves(officer: Visitor) -> None:
    officer.go("/reviews")
    officer.press(officer.main(".case-bar [data-key=a]"))


def matches_again(user: Visitor, cast: Cast) -> None:
    assert user.sees(GAIN)
    assert user.sees(zh("You passed on this. Its publisher says that the version of today answers your reason."))
    strip = f"#opinion-{cast.battery.id}"
    user.main(f"{strip}-useful").click()
    user.main(f"{strip} [aria-pressed=true]").wait_for()
    user.press(user.link(zh("Match again")))
    assert user.main(f"#match-{cast.battery.id} [aria-pressed=true]").count() == 1
