"""Two texts side by side speak the reader's words: choices, amounts, shares and people, never codes."""

from marketplace.domains.achievements.forms import AchievementForm
from marketplace.domains.achievements.model import AchievementText, Kind
from marketplace.domains.listings.forms import ListingForm
from marketplace.kernel.adoptions import Adoption
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.technology_contracts import ContractKind
from marketplace.web.answers import blank_form, said
from marketplace.web.words import NOTHING
from tests.site import TestSite


def test_choices_and_amounts_are_said_in_words(site: TestSite) -> None:
    with site.app.test_request_context("/", headers={"Accept-Language": "en"}):
        form = blank_form(ListingForm)
        assert said(ContractKind.LICENCE, form["contract_kind"], {}) == "Technology licence"
        assert said(126_050, form["price_fen"], {}) == "¥1,260.50"
        assert said(350, form["royalty_bp"], {}) == "3.5%"
        assert said(True, form["exclusive"], {}) == "Yes"
        assert said(None, form["valid_until"], {}) == NOTHING


def test_people_stand_by_name_and_share(site: TestSite) -> None:
    text = AchievementText(
        title="电池",
        kind=Kind.PROCESS,
        contributions=(Contribution("w1", 4_500, role="试验"),),
        adoptions=(Adoption("e1", "一厂", saving_fen=10_000),),
    )
    with site.app.test_request_context("/", headers={"Accept-Language": "en"}):
        form = blank_form(AchievementForm)
        assert said(text.contributions, form["contributions"], {"w1": "张三"}) == "张三 · 试验 · 45%"
        assert said(text.adoptions, form["adoptions"], {}) == "一厂 · ¥100"
