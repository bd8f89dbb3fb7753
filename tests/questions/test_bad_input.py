"""Every parameter of the questions, the suggestions, the exports, the views and the check: whatever is sent, no 5xx, no trace, bounded."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from marketplace.pages.questions.model import QUESTIONS
from tests.questions.scenes import Town

pytestmark = pytest.mark.xdist_group("questions")
LONGEST = 20.0
"""Seconds; a machine with others on it is slow, an answer without bounds takes far longer."""
LARGEST = 3_000_000
ODD = st.sampled_from(
    ["", " ", "0", "-1", "1e9", "99999999999999999999", "%", "%00", "\u0000", "\ufffd", "\U0001f600", "'", '"', "<script>", "$reader", "{}", "[]",
     "a" * 2_000, "'}) DETACH DELETE n //", "../../etc", "高级技师",
     "senior-technician", "turning", "heat", "0601", "酒仙桥街道", "王", "\u202e", "１", "٣"]
)  # fmt: skip
TEXT = ODD | st.text(max_size=40) | st.text(alphabet="0123456789abcdefghijklmnopqrstuvwxyz-_", max_size=30)
NAMES = st.sampled_from(
    ["level", "skill", "area", "enterprise", "about", "a", "b", "skills", "field", "page", "lang", "large", "kinds", "text", "odd"]
)
QUERY = st.dictionaries(NAMES, TEXT, max_size=6)
FEW, MANY = 20, 5_000
QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow], "derandomize": True}


def fits(answer: TestResponse, began: float) -> None:
    assert answer.status_code < 500, answer.text[:300]
    assert "Traceback" not in answer.text
    assert len(answer.data) < LARGEST
    assert perf_counter() - began < LONGEST


class Asker:
    """Sends what hypothesis made; ids of the town are mixed in, so that some of it gets far."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.client = town.site.client(town.officer)
        self.known = [town.studio.id, town.zhou.id, town.maker.id, town.work.id, town.hidden.id]

    def page(self, name: str, query: dict[str, str], known: int) -> None:
        part = next((one.name for one in QUESTIONS[name].parts if one.kinds), "page")
        sent = query if known < 0 else query | {part: self.known[known]}
        self._get(f"/network/questions/{name}", sent)

    def things(self, query: dict[str, str], known: int) -> None:
        self._get("/network/questions/things", query | ({"kinds": "worker,skill,need"} if known >= 0 else {}))

    def check(self, query: dict[str, str], known: int) -> None:
        self._get("/conflicts", query | ({"a": self.known[1]} if known >= 0 else {}) | ({"day": query["page"]} if "page" in query else {}))

    def _get(self, address: str, query: dict[str, str]) -> None:
        began = perf_counter()
        fits(self.client.get(address, query_string={name: text.encode("utf-8", "surrogatepass") for name, text in query.items()}), began)

    def export(self, query: dict[str, str], known: int) -> None:
        address = (
            query.get("a", "") if known < 0 else f"/network/studio/{self.known[known]}?steps={query.get('page', '')}&relation={query.get('b', '')}"
        )
        self._post("/network/export", {"format": query.get("level", "json"), "address": address, "nodes": query.get("text", "")})

    def keep(self, query: dict[str, str], known: int) -> None:
        address = query.get("a", "") if known < 0 else "/network/questions/path?a=x"
        self._post("/views/new", {"title": query.get("text", ""), "note": query.get("b", ""), "address": address, "version": query.get("page", "0")})

    def _post(self, address: str, form: dict[str, str]) -> None:
        began = perf_counter()
        fits(self.client.post(address, data={name: text.encode("utf-8", "surrogatepass") for name, text in form.items()}), began)


def senders(town: Town) -> dict[str, Callable[[dict[str, str], int], None]]:
    asker = Asker(town)
    pages = {name: _page(asker, name) for name in QUESTIONS}
    return {**pages, "things": asker.things, "check": asker.check, "export": asker.export, "keep": asker.keep}


def _page(asker: Asker, name: str) -> Callable[[dict[str, str], int], None]:
    return lambda query, known: asker.page(name, query, known)


WAYS = [*QUESTIONS, "things", "check", "export", "keep"]


def try_all(town: Town, way: str, examples: int) -> None:
    send = senders(town)[way]
    send({}, -1)

    @settings(max_examples=examples, **QUIET)
    @given(QUERY, st.integers(-1, 4))
    def whatever(query: dict[str, str], known: int) -> None:
        send(query, known)

    whatever()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.slow
def test_whatever_is_sent_is_answered_plainly(town: Town, way: str) -> None:
    try_all(town, way, FEW)


@pytest.mark.fuzz
@pytest.mark.parametrize("way", WAYS)
def test_five_thousand_of_whatever(town: Town, way: str) -> None:
    try_all(town, way, MANY)


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("worked-with?level=bogus", "level"), ("worked-with?area=nowhere", "area"), ("worked-with?enterprise=查无此企", "enterprise"),
        ("path?a=x", "b"), ("path?skills=1", "a"), ("path?skills=2&a=x&b=y", "skills"), ("studios?field=99", "field"),
        ("no-studio?level=technician", "skill"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_at_its_part(town: Town, address: str, part: str) -> None:
    answer = town.get(f"/network/questions/{address}", town.officer)
    assert answer.status_code == 422
    assert f'id="part-{part}-error"' in answer.text


def test_the_same_thing_twice_is_no_pair(town: Town) -> None:
    answer = town.get(f"/network/questions/path?a={town.studio.id}&b={town.studio.number}", town.officer)
    assert (answer.status_code, "请选择两个不同的对象" in answer.text) == (422, True)


def test_who_may_ask_what(town: Town) -> None:
    who: dict[str, Any] = {"guest": None, "account": town.make.account(), "officer": town.officer}
    status = {name: {one: town.get(f"/network/questions/{name}", actor).status_code for one, actor in who.items()} for name in QUESTIONS}
    assert status["no-studio"] == {"guest": 200, "account": 403, "officer": 200}
    assert all(one == {"guest": 200, "account": 200, "officer": 200} for name, one in status.items() if name != "no-studio")
    hint = town.get(f"/network/questions/worked-with?enterprise={town.maker.id}").text
    assert "登录后可以问这个问题" in hint
    assert "周立成" not in hint
    assert town.get("/network/questions/no-such").status_code == 404
