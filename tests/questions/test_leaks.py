"""What a reader may not see changes no answer, no suggestion, no path and no file: as if it were not there."""

import re
from dataclasses import dataclass

import pytest

from marketplace.domains.needs.model import Visibility
from marketplace.domains.workers.service import transfer_worker
from marketplace.kernel.actor import Actor
from marketplace.kernel.workdays import local_day
from tests.factories import Make
from tests.questions.scenes import Town, a_town, a_work, declared
from tests.site import TestSite

TOKEN = re.compile(r'value="(?:[\w.-]{60,}|[0-9a-z]{26})"|id=[0-9a-z]{26}')


@pytest.fixture
def town(site: TestSite, make: Make) -> Town:
    return a_town(site, make)


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody's answers to everything that could tell."""

    town: Town
    actor: Actor | None

    def sees(self) -> dict[str, str]:
        town = self.town
        asked = [
            f"worked-with?enterprise={town.maker.id}", f"worked-with?enterprise={town.user.id}", "worked-with?skill=turning",
            "worked-with?level=senior-technician", "worked-with?area=酒仙桥街道", "solved?about=锂离子电池泄压",
            f"connects?a={town.studio.id}&b={town.chen.id}", f"path?a={town.maker.id}&b={town.user.id}",
            f"path?a={town.studio.id}&b=turning", "no-studio?skill=turning", "studios?skill=turning", "studios?skill=heat",
        ]  # fmt: skip
        pages = {one: self._main(f"/network/questions/{one}") for one in asked}
        return (
            pages | {"things": town.get("/network/questions/things?kinds=worker,studio,achievement,need&text=慕容", self.actor).text} | self._files()
        )

    def _main(self, address: str) -> str:
        page = self.town.site.client(self.actor).get(address, follow_redirects=True).text
        return TOKEN.sub("", page[page.index("<main") :])

    def _files(self) -> dict[str, str]:
        if self.actor is None:
            return {}
        town, client = self.town, self.town.site.client(self.actor)
        around = {
            kind: f"/network/{kind}/{id}?steps=2" for kind, id in (("enterprise", town.maker.id), ("skill", "turning"), ("studio", town.studio.id))
        }
        nodes = f"worker:{town.hidden.id} worker:{town.han.id} enterprise:{town.maker.id} skill:turning studio:{town.studio.id}"
        drawn = client.post("/network/export", data={"format": "json", "address": around["studio"], "nodes": nodes}).text
        files = {f"file {kind}": client.post("/network/export", data={"format": "json", "address": one}).text for kind, one in around.items()}
        return files | {"drawn": drawn}


HIDE = "MATCH (w:Worker {id: $id}) DETACH DELETE w"


def lookers(town: Town) -> dict[str, Looker]:
    firm = town.make.enterprise_user()
    return {
        "guest": Looker(town, None),
        "firm": Looker(town, firm),
        "stranger": Looker(town, town.stranger),
        "worker": Looker(town, town.make.person(town.chen)),
    }


@pytest.mark.slow
def test_a_hidden_person_and_a_draft_are_as_if_they_were_not_there(town: Town) -> None:
    others = lookers(town)
    with_them = {name: one.sees() for name, one in others.items()}
    assert "慕容晚晴" in Looker(town, town.officer).sees()[f"worked-with?enterprise={town.maker.id}"]

    town.site.graph.write(lambda tx: tx.run(HIDE, id=town.hidden.id))
    without = {name: one.sees() for name, one in others.items()}

    assert differing(with_them, without) == []


def differing(one: dict[str, dict[str, str]], other: dict[str, dict[str, str]]) -> list[str]:
    return [f"{name}: {asked}" for name in one for asked in one[name] if one[name][asked] != other[name][asked]]


@pytest.mark.slow
def test_control_a_person_who_can_be_seen_is_missed(town: Town) -> None:
    others = lookers(town)
    before = {name: one.sees() for name, one in others.items()}
    town.site.graph.write(lambda tx: tx.run(HIDE, id=town.han.id))
    after = {name: one.sees() for name, one in others.items()}
    assert f"firm: worked-with?enterprise={town.maker.id}" in differing(before, after)


@pytest.mark.slow
def test_a_hidden_work_links_nobody(town: Town) -> None:
    others = lookers(town)
    before = {name: one.sees() for name, one in others.items()}
    secret = a_work(town, "慕容锂离子电池泄压的新办法", town.feng, town.chen, published=False)
    town.site.drain()
    after = {name: one.sees() for name, one in others.items()}
    del others, secret
    assert differing({n: p for n, p in before.items() if n != "worker"}, {n: p for n, p in after.items() if n != "worker"}) == []


def test_an_anonymous_need_does_not_tell_who_posted_it(town: Town) -> None:
    need = town.make.need(town.user, title="慕容难题怎样解", visibility=Visibility.ANONYMOUS)
    town.site.drain()
    asked = f"/network/questions/path?a={need.id}&b={town.user.id}"
    assert "没有您能看到的符合结果" in town.answers(asked, town.stranger)
    assert "由北京京朔物流装备有限公司发布" in town.answers(asked, town.officer)
    file = town.site.client(town.stranger).post(
        "/network/export", data={"format": "json", "address": f"/network/need/{need.id}", "nodes": f"need:{need.id} enterprise:{town.user.id}"}
    )
    assert file.get_json()["links"] == []


def test_a_confidential_needs_skill_is_nobodys_business(town: Town) -> None:
    need = town.make.need(town.user, title="保密难题", visibility=Visibility.CONFIDENTIAL, skills=("锂电池热管理",))
    asked = f"/network/questions/path?a={need.id}&b=heat"
    assert "保密难题需要锂电池热管理" not in town.answers(asked, town.stranger)
    open_one = town.make.need(town.user, title="公开难题", skills=("锂电池热管理",))
    assert "公开难题需要锂电池热管理" in town.answers(f"/network/questions/path?a={open_one.id}&b=heat", town.stranger)


def test_an_earlier_job_is_told_to_those_inside_only(town: Town) -> None:
    town.site.system.change(
        transfer_worker, town.feng.id, town.site.find("worker", town.feng.id).version, town.maker.id, local_day(town.site.clock.now())
    )
    asked = f"/network/questions/worked-with?enterprise={town.user.id}"
    assert "冯晓" in town.answers(asked, town.officer)
    assert "冯晓" not in town.answers(asked, town.stranger)


def test_declared_kinship_stands_in_no_question_and_no_file(town: Town) -> None:
    declared(town, town.feng, town.han)
    assert "申报" not in town.answers(f"/network/questions/path?a={town.feng.id}&b={town.han.id}", town.officer)
    file = town.site.client(town.officer).post(
        "/network/export", data={"format": "json", "address": f"/network/worker/{town.feng.id}?steps=2&relation=DECLARED_KIN"}
    )
    assert "DECLARED_KIN" not in file.text
