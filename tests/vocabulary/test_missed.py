"""What was not found is counted, and nobody is counted with it."""

from typing import Any

import pytest

from marketplace.domains.missed.model import LONGEST, MOST_A_DAY, Status, words_to_count
from marketplace.domains.missed.repository import Span, list_missed
from marketplace.domains.missed.service import count_miss, dismiss_missed, forget_misses, hand_on_missed, reopen_missed
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.errors import Invalid
from marketplace.kernel.workdays import local_day
from tests.factories import Make
from tests.site import TestSite
from tests.vocabulary.scenes import work

ALL = "MATCH (n) WHERE n:MissedWords OR n:MissedDay RETURN properties(n) AS said"


@pytest.fixture
def administrator(make: Make) -> Actor:
    return make.administrator()


def seen(site: TestSite, actor: Actor, **span: Any) -> list[tuple[str, int, int, int]]:
    asked = Span(local_day(site.clock.now()), **span)
    return [(one.words.words, one.zero, one.low, one.days) for one in site.acting_as(actor).read(list_missed, asked).items]


def stored(site: TestSite) -> list[dict[str, Any]]:
    return site.graph.read(lambda tx: tx.all(ALL, lambda row: dict(row["said"])), reader=("system",))


def miss(site: TestSite, words: str, times: int = 1, results: int = 0) -> None:
    for _ in range(times):
        site.graph.write(lambda tx: count_miss(tx, words, results, site.clock.now()))


def test_what_was_not_found_twice_is_shown_and_what_was_found_is_not(site: TestSite, make: Make, administrator: Actor) -> None:
    work(make, "机械臂夹具")
    site.drain()
    guest = site.client()
    for _ in range(2):
        guest.get("/search?q=焊缝咬边检测", buffered=True)
        guest.get("/search?q=夹具", buffered=True)
        guest.get("/search?q=焊缝咬边检测&kind=need", buffered=True)
        guest.get("/search?q=焊缝咬边检测&page=2", buffered=True)
        guest.get("/search?q=机械臂 -夹具", buffered=True)
    guest.get("/search?q=只搜过一次", buffered=True)
    assert seen(site, administrator) == [("夹具", 0, 2, 1), ("焊缝咬边检测", 2, 0, 1)]
    page = site.client(administrator).get("/vocabulary/missed").get_data(as_text=True)
    assert "焊缝咬边检测" in page
    assert "只搜过一次" not in page
    assert seen(site, administrator, low=False) == [("焊缝咬边检测", 2, 0, 1)]


def test_nothing_of_who_searched_is_kept(site: TestSite, make: Make, administrator: Actor) -> None:
    """The same nodes, whoever asked: no account, no session, no address, no moment beyond the day."""
    firm = make.enterprise_user()
    site.client(firm).get("/search?q=焊缝咬边检测", environ_base={"REMOTE_ADDR": "203.0.113.7"}, buffered=True)
    said = str(stored(site))
    assert "焊缝咬边检测" in said
    for trace in (firm.account_id, firm.name, "203.0.113.7"):
        assert trace not in said
    assert {name for one in stored(site) for name in one} <= {
        "id", "words", "words_id", "day", "zero", "low", "lock", "status", "audience", "version", "note", "created_at", "updated_at",
    }  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["13800138000", "138 0013 8000", "１３８００１３８０００", "110105197603059613", "11010519760305961X 工伤",
              "wang@example.cn", "wang＠example.cn",
              "010-6437 123", "长" * (LONGEST + 1), "臂", "  ", "…！？"],
)  # fmt: skip
def test_what_may_be_personal_is_never_kept(typed: str) -> None:
    assert words_to_count(typed) == ""


@pytest.mark.parametrize(
    ("typed", "kept"), [("ＡＧＶ　小车", "agv 小车"), ("“熱失控” 預警", "热失控 预警"), ("ISO 9001", "iso 9001"), ("锂电池 -软包", "")]
)
def test_words_are_counted_however_they_are_written(typed: str, kept: str) -> None:
    assert words_to_count(typed) == kept


def test_a_persons_name_is_not_kept(site: TestSite, make: Make, administrator: Actor) -> None:
    make.worker("慕容晚晴", shown=False)
    for name in ("慕容晚晴", "慕容 晚晴"):
        miss(site, words_to_count(name), 3)
    assert stored(site) == []


def test_nonsense_fills_no_store(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nonsense by the thousand makes no more nodes than a day may have; the searches go on."""
    monkeypatch.setattr("marketplace.domains.missed.service.MOST_A_DAY", 3)
    for number in range(6):
        assert site.client().get(f"/search?q=胡乱字串{'甲乙丙丁戊己'[number]}", buffered=True).status_code == 200
    assert sum("day" in one for one in stored(site)) == 3 < MOST_A_DAY


def test_an_administrator_dismisses_with_undo_and_hands_on(site: TestSite, administrator: Actor) -> None:
    miss(site, "焊缝咬边检测", 2)
    (row,) = site.acting_as(administrator).read(list_missed, Span(local_day(site.clock.now()))).items
    acting, id = site.acting_as(administrator), row.words.id
    acting.change(dismiss_missed, id)
    miss(site, "焊缝咬边检测")
    assert seen(site, administrator) == []
    assert seen(site, administrator, status=Status.DISMISSED) == [("焊缝咬边检测", 3, 0, 1)]
    back = acting.change(reopen_missed, id)
    with pytest.raises(Invalid):
        acting.change(hand_on_missed, id, back.version, " ")
    acting.change(hand_on_missed, id, back.version, "请焊接协会看看")
    assert "请焊接协会看看" in site.client(administrator).get("/vocabulary/missed?status=handed-on").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/vocabulary/missed/{id}/dismiss", "/vocabulary/missed/{id}/hand-on", "/vocabulary/missed/{id}/reopen"])
def test_only_administrators_decide(site: TestSite, make: Make, administrator: Actor, path: str) -> None:
    miss(site, "焊缝咬边检测", 2)
    path = path.format(id=next(one["id"] for one in stored(site) if "words" in one))
    assert site.client(make.officer()).post(path, data={"note": "x"}).status_code == 403
    assert site.client().post(path).status_code == 302
    assert seen(site, make.officer()) == seen(site, GUEST) == []
    assert len(seen(site, administrator)) == 1


def test_old_words_are_forgotten_with_what_was_decided(site: TestSite, administrator: Actor) -> None:
    miss(site, "旧词", 2)
    site.clock.forward(days=60)
    miss(site, "新词", 2)
    assert site.system.change(forget_misses, 90) == 0
    site.clock.forward(days=31)
    assert site.system.change(forget_misses, 90) == 2
    assert [one["words"] for one in stored(site) if "words" in one] == ["新词"]
    assert site.site.rooms["missed"].falls_due is not None
