"""An administrator keeps the words; every search uses them, and nobody finds by them what they may not see."""

from time import monotonic, sleep
from typing import Any

import pytest

from graph.errors import NotFound, Stale
from marketplace.domains.vocabulary.model import Kind, Status, SynonymText
from marketplace.domains.vocabulary.repository import Wanted, get_synonym, list_synonyms
from marketplace.domains.vocabulary.service import create_synonym, edit_synonym, import_synonyms, preview_synonym, restore_synonym, retire_synonym
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.errors import Forbidden, Invalid, Refused
from tests.conftest import Engine
from tests.factories import Make
from tests.site import TestSite, make_site
from tests.vocabulary.scenes import fields, group, titles, work


@pytest.fixture
def administrator(make: Make) -> Actor:
    return make.administrator()


def test_who_types_one_word_finds_the_other(site: TestSite, make: Make, administrator: Actor) -> None:
    work(make, "机械臂末端夹具快换装置")
    work(make, "幕墙渗漏定位法")
    site.drain()
    assert titles(site, "机器人手臂") == []
    group(site, administrator, "机械臂", "机器人手臂", "robot arm")
    assert titles(site, "机器人手臂") == titles(site, "Robot Arm") == ["机械臂末端夹具快换装置"]
    assert titles(site, "幕墙") == ["幕墙渗漏定位法"]


def test_they_act_where_a_thing_is_picked_and_where_the_network_begins(site: TestSite, make: Make, administrator: Actor) -> None:
    made = work(make, "机械臂末端夹具快换装置")
    site.drain()
    group(site, administrator, "机械臂", "机器人手臂")
    site.site.vocabulary.look_again()
    started = site.client().get("/network/find.json?q=机器人手臂").get_json()["nodes"]
    picked = site.client(administrator).get("/network/questions/things?kinds=need&text=机器人手臂").get_json()
    assert [one["id"] for one in started] == [made.id]
    assert [one["called"] for one in picked] == [made.title]


def test_one_way_leads_one_way(site: TestSite, make: Make, administrator: Actor) -> None:
    work(make, "锂离子电池泄压")
    work(make, "锂电池叉车")
    site.drain()
    group(site, administrator, "锂电池", finds=("锂离子电池",), kind=Kind.ONE_WAY)
    assert titles(site, "锂电池") == ["锂电池叉车", "锂离子电池泄压"]
    assert titles(site, "锂离子电池") == ["锂离子电池泄压"]


def test_retired_words_act_no_longer_and_come_back(site: TestSite, make: Make, administrator: Actor) -> None:
    work(make, "机械臂夹具")
    site.drain()
    made = group(site, administrator, "机械臂", "机器人手臂")
    acting = site.acting_as(administrator)
    acting.change(retire_synonym, made.id)
    assert titles(site, "机器人手臂") == []
    acting.change(restore_synonym, made.id)
    assert titles(site, "机器人手臂") == ["机械臂夹具"]


def test_a_synonym_reveals_nothing_hidden(site: TestSite, make: Make, administrator: Actor) -> None:
    """Not in a search, and not in the preview: neither its title nor its number."""
    work(make, "机械臂公开工装")
    work(make, "机械臂保密工装", public=False)
    site.drain()
    text = SynonymText(words=("机械臂", "机器人手臂"))
    effects = site.graph.read(lambda tx: preview_synonym(tx, site.index, text), reader=GUEST.reader)
    assert [(one.word, one.before, one.after, [card.title for card in one.come]) for one in effects] == [
        ("机械臂", 1, 1, []), ("机器人手臂", 0, 1, ["机械臂公开工装"]),
    ]  # fmt: skip
    assert site.acting_as(administrator).change(create_synonym, text).version == 1
    assert titles(site, "机器人手臂") == ["机械臂公开工装"]


def test_the_preview_says_what_goes_when_a_word_leaves(site: TestSite, make: Make, administrator: Actor) -> None:
    work(make, "机械臂工装")
    site.drain()
    made = group(site, administrator, "机械臂", "机器人手臂", "机械手")
    effects = site.graph.read(
        lambda tx: preview_synonym(tx, site.index, SynonymText(words=("机械臂", "机械手")), made.id), reader=GUEST.reader
    )  # fmt: skip
    gone = next(one for one in effects if one.word == "机器人手臂")
    assert (gone.before, gone.after, [card.title for card in gone.go]) == (1, 0, ["机械臂工装"])


def test_another_process_knows_within_two_seconds(site: TestSite, make: Make, administrator: Actor, engine: Engine, graph: Any) -> None:
    """Two sites over one store; the other has just looked when the change comes."""
    work(make, "机械臂夹具")
    site.drain()
    other_graph = engine.open()
    other = make_site(other_graph, site.index, site.site.settings)
    assert other.site.vocabulary.synonyms().listed == {}
    began = monotonic()
    group(site, administrator, "机械臂", "机器人手臂")
    page = other.client()
    while "夹具" not in page.get("/search?q=机器人手臂").get_data(as_text=True):
        assert monotonic() - began < 2, "another process does not hear of the change"
        sleep(0.05)
    assert monotonic() - began < 2
    other_graph.close()


def test_a_word_stands_in_one_group_in_use(site: TestSite, administrator: Actor) -> None:
    acting = site.acting_as(administrator)
    first = group(site, administrator, "机械臂", "机械手")
    with pytest.raises(Invalid) as refused:
        group(site, administrator, "ＡＧＶ", "機械臂")
    assert list(refused.value.fields) == ["words"]
    assert refused.value.values["title"] == "机械臂、机械手"
    acting.change(retire_synonym, first.id)
    group(site, administrator, "AGV", "机械臂")
    with pytest.raises(Refused):
        acting.change(restore_synonym, first.id)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (SynonymText(words=("机械臂",)), "words"),
        (SynonymText(words=("机械臂", "機械臂")), "words"),
        (SynonymText(words=("臂", "机械臂")), "words"),
        (SynonymText(words=("机械臂", "138 0013 8000")), "words"),
        (SynonymText(words=("机械臂", "a＠b.cn")), "words"),
        (SynonymText(words=("机械臂", "长" * 41)), "words"),
        (SynonymText(words=tuple(f"词语{number}" for number in range(10))), "words"),
        (SynonymText(kind=Kind.ONE_WAY, words=("锂电池",)), "finds"),
        (SynonymText(kind=Kind.ONE_WAY, words=("锂电池",), finds=("锂電池",)), "finds"),
        (SynonymText(kind=Kind.TERM, words=("电池",)), "words"),
    ],
)
def test_what_is_no_group_is_refused_at_its_field(site: TestSite, administrator: Actor, text: SynonymText, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        site.acting_as(administrator).change(create_synonym, text)
    assert list(refused.value.fields) == [field]


def test_only_administrators_keep_the_words(site: TestSite, make: Make, administrator: Actor) -> None:
    made = group(site, administrator, "机械臂", "机械手")
    for actor in (GUEST, make.account(), make.officer(), make.enterprise_user()):
        acting = site.acting_as(actor)
        with pytest.raises(NotFound):
            acting.read(get_synonym, made.id)
        with pytest.raises(NotFound):
            acting.change(edit_synonym, made.id, 1, SynonymText(words=("机械臂", "机器手")))
        with pytest.raises(Forbidden):
            acting.change(create_synonym, SynonymText(words=("AGV", "小车")))
        assert acting.read(list_synonyms, Wanted()).total == 0


@pytest.mark.parametrize("path", ["/vocabulary", "/vocabulary/new", "/vocabulary/{id}", "/vocabulary/{id}/edit", "/vocabulary/missed"])
def test_pages_are_for_administrators(site: TestSite, make: Make, administrator: Actor, path: str) -> None:
    path = path.format(id=group(site, administrator, "机械臂", "机械手").id)
    assert site.client(administrator).get(path, follow_redirects=True).status_code == 200
    assert site.client(make.officer()).get(path).status_code == 403
    asked = site.client().get(path)
    assert (asked.status_code, asked.headers["Location"].partition("?")[0]) == (302, "/sign-in")


@pytest.mark.parametrize("verb", ["retire", "restore"])
def test_steps_are_for_administrators(site: TestSite, make: Make, administrator: Actor, verb: str) -> None:
    made = group(site, administrator, "机械臂", "机械手")
    assert site.client(make.officer()).post(f"/vocabulary/{made.id}/{verb}").status_code == 403
    assert site.find("synonym", made.id).status is Status.ACTIVE


def test_a_stale_form_shows_both_texts(site: TestSite, administrator: Actor) -> None:
    made = group(site, administrator, "机械臂", "机械手")
    site.acting_as(administrator).change(edit_synonym, made.id, 1, SynonymText(words=("机械臂", "机器手")))
    answer = site.client(administrator).post(f"/vocabulary/{made.id}/edit", data=fields(words="机械臂\n关节臂", version="1"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "关节臂" in page
    assert "机器手" in page
    with pytest.raises(Stale):
        site.acting_as(administrator).change(edit_synonym, made.id, 1, SynonymText(words=("机械臂", "关节臂")))


def test_the_form_previews_without_saving(site: TestSite, make: Make, administrator: Actor) -> None:
    work(make, "机械臂夹具")
    site.drain()
    client = site.client(administrator)
    whole = client.post("/vocabulary/new", data=fields(words="机械臂\n机器人手臂", preview="1"))
    assert whole.status_code == 200
    assert "机械臂夹具" in whole.get_data(as_text=True)
    part = client.post("/vocabulary/new", data=fields(words="机械臂\n机器人手臂", preview="1"), headers={"HX-Request": "true"})
    assert "机械臂夹具" in part.get_data(as_text=True)
    assert "<html" not in part.get_data(as_text=True)
    assert site.acting_as(administrator).read(list_synonyms, Wanted()).total == 0
    wrong = client.post("/vocabulary/new", data=fields(words="机械臂", preview="1"))
    assert wrong.status_code == 422


def test_the_list_searches_narrows_and_pages(site: TestSite, administrator: Actor) -> None:
    acting = site.acting_as(administrator)
    acting.change(import_synonyms, [SynonymText(words=(f"焊接方法{number}", f"welding {number}x")) for number in range(35)])
    group(site, administrator, "机械臂", "机械手")
    assert (acting.read(list_synonyms, Wanted()).total, len(acting.read(list_synonyms, Wanted(), 2).items)) == (36, 6)
    assert acting.read(list_synonyms, Wanted(text="Welding 7X")).total == 1
    assert acting.read(list_synonyms, Wanted(language="zh")).total == 1
    page = site.client(administrator).get("/vocabulary?q=機械&page=0&kind=nothing").get_data(as_text=True)
    assert "机械手" in page
    assert "焊接方法" not in page


def test_an_import_leaves_what_stands(site: TestSite, administrator: Actor) -> None:
    made = group(site, administrator, "机械臂", "机械手")
    texts = [SynonymText(words=("机械臂", "机器人手臂")), SynonymText(words=("AGV", "无人搬运车"))]
    acting = site.acting_as(administrator)
    assert [acting.change(import_synonyms, texts) for _ in range(2)] == [1, 0]
    assert site.find("synonym", made.id).words == ("机械臂", "机械手")


def test_each_change_is_in_the_journal_without_the_words(site: TestSite, administrator: Actor) -> None:
    made = group(site, administrator, "机械臂", "机械手")
    site.acting_as(administrator).change(retire_synonym, made.id)
    entries = site.graph.read(lambda tx: tx.all(JOURNAL, dict, id=made.id), reader=("system",))
    assert [(one["verb"], one["by"]) for one in entries] == [("create", administrator.account_id), ("retire", administrator.account_id)]
    assert "机械" not in str(entries)


JOURNAL = "MATCH (a:AuditEntry {entity_id: $id}) RETURN a.verb AS verb, a.account_id AS by, a.fields AS fields ORDER BY a.at, a.id"
