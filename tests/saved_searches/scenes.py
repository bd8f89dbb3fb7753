"""A studio that publishes, an officer who decides, and people who look for something."""

from dataclasses import dataclass, field
from typing import Any

from marketplace.domains.achievements.model import Achievement, AchievementText
from marketplace.domains.achievements.service import (
    create_achievement,
    publish_achievement,
    publish_revision,
    revise_achievement,
    submit_achievement,
    submit_revision,
    withdraw_achievement,
)
from marketplace.domains.saved_searches.model import Alerts, Finding, SavedSearch, SavedSearchText
from marketplace.domains.saved_searches.repository import list_findings
from marketplace.domains.saved_searches.service import save_new_search
from marketplace.domains.studios.model import StudioText
from marketplace.domains.studios.service import create_studio
from marketplace.kernel.actor import Actor
from marketplace.kernel.contributions import Contribution
from marketplace.kernel.memberships import LEAD, Membership
from marketplace.kernel.notices import Notice, list_notices
from marketplace.relay.alerting import Alerting
from tests.factories import Make
from tests.site import TestSite

MOST = 100


@dataclass(slots=True)
class Street:
    site: TestSite
    make: Make
    officer: Actor = field(init=False)
    author: Actor = field(init=False)
    studio_id: str = field(init=False)
    lead_id: str = field(init=False)

    def __post_init__(self) -> None:
        street = self.make.organisation("酒仙桥街道")
        firm = self.make.enterprise("沃岭储能", under=street)
        lead = self.make.worker("周立成", at=firm)
        self.studio_id = self.site.system.change(create_studio, StudioText(name="周立成工作室"), firm.id, (Membership(lead.id, LEAD),)).id
        self.officer, self.author, self.lead_id = self.make.officer(of=street), self.make.person(lead), lead.id

    def saves(self, actor: Actor, words: str = "", *filters: str, alerts: Alerts = Alerts.AT_ONCE, title: str = "我的搜索") -> SavedSearch:
        text = SavedSearchText(title=title, words=words, filters=filters, alerts=alerts)
        return self.site.acting_as(actor).change(save_new_search, text, MOST)

    def writes(self, title: str, **text: Any) -> Achievement:
        said = {"benefit": "每年省 20 万元", "field": "0601", "summary": "做法"} | text
        words = AchievementText(title=title, contributions=(Contribution(self.lead_id, 10_000),), **said)
        draft = self.site.acting_as(self.author).change(create_achievement, words, self.studio_id)
        return self.site.acting_as(self.author).change(submit_achievement, draft.id, draft.version)

    def publishes(self, title: str, **text: Any) -> Achievement:
        """A minute later, so that it is after whatever was saved."""
        sent = self.writes(title, **text)
        self.site.clock.forward(minutes=1)
        return self.site.acting_as(self.officer).change(publish_achievement, sent.id, sent.version)

    def publishes_again(self, work: Achievement, title: str) -> Achievement:
        """A new version of it."""
        text = AchievementText(**{name: getattr(work, name) for name in AchievementText.__dataclass_fields__} | {"title": title})
        revised = self.site.acting_as(self.author).change(revise_achievement, work.id, work.version, text)
        sent = self.site.acting_as(self.author).change(submit_revision, revised.id, revised.version)
        self.site.clock.forward(minutes=1)
        return self.site.acting_as(self.officer).change(publish_revision, sent.id, sent.version)

    def withdraws(self, work: Achievement) -> Achievement:
        return self.site.acting_as(self.author).change(withdraw_achievement, work.id, work.version)

    @property
    def alerting(self) -> Alerting:
        beside = self.site.site.relay.beside["alerts"]
        return beside._work.__self__  # type: ignore[attr-defined,no-any-return]

    def passes(self) -> None:
        """The relay does all that it has to do."""
        self.site.drain()
        self.site.site.relay.beside["alerts"].carry_out()

    def told(self, actor: Actor) -> list[Notice]:
        return [one for one in self.site.system.read(list_notices, actor.account_id) if one.kind == "saved-search"]

    def found(self, search: SavedSearch) -> list[Finding]:
        return self.site.system.read(list_findings, search.owner_id, search.id, 50)
