"""What somebody would write into each form of the site, where sending it back as it came would say too little."""

import re
from dataclasses import dataclass
from typing import Any

from graph.records import value
from tests.security.world import World
from tests.web.test_bad_input import FORMS

PLACE = re.compile(r"<[^>]+>")
NOT_SAVED = {
    "/account/second-factor": "asks for the code of this moment, from a device that only its owner has",
    "/sign-in/reset": "asks for a code that an officer handed over, which is shown once",
    "/challenges/<>/judging": "chooses among teams whom experts have scored; the one that is judged here has no score yet",
    "/challenges/<>/result": "is said of a challenge whose contract is fulfilled; none of these is",
    "/income/postings/<>/correct": "is done by somebody without a line in the posting; the only reader who sees it has one",
    "/contracts/<>/rating": "is open once a contract is fulfilled, for the side that has not spoken; these readers' contracts are not",
    "/introductions/with/<>/<>": "leads on to the other of the two by its number, and keeps nothing",
    "/enquiries/<>/messages": "goes on once a question is answered; those of these readers wait for the answer",
}
"""And why, by the rule of the route."""
PATENT = {"patent_number": "201310699744.2", "title": "电池托盘", "filed_on": "2013-12-18", "legal_status": "granted", "granted_on": "2015-06-10"}
RULES = {
    "horizon_years": "5", "few_holders": "5", "rising_by": "2", "near_percent": "80", "men_years": "60", "men_latest": "63", "men_every": "4",
    "men_from": "2025-01-01", "women_years": "55", "women_latest": "58", "women_every": "4", "women_from": "2025-01-01", "source": "国发〔2024〕",
}  # fmt: skip
SHARES = {"clause": "第九条", "effective_from": "2026-12-01", "unit_bp": "50", "studio_bp": "10", "contributors_bp": "40"}
NEWCOMER = {"uscc": "91110000600037341L", "subject": "新光精密", "contact_name": "司徒南", "phone": "13800138000"}
DOOR = {"password": "Lange-Wege-1926-Meer", "again": "Lange-Wege-1926-Meer"}
LOGIN = "MATCH (a:Account {id: $id}) RETURN a.login AS login"


@dataclass(frozen=True, slots=True)
class Known:
    """Names of what is there already, by which forms ask for it."""

    number: str
    login: str
    firm: str
    street: str


def known_in(world: World) -> Known:
    account = world.readers["worker"].account_id
    people, login = world.people, world.site.graph.read(lambda tx: tx.one(LOGIN, value("login"), id=account), reader=("system",))
    return Known(world.things["twin"].number, str(login), people.firm.name, people.studio.units[1])


def answers(world: World) -> dict[str, dict[str, Any]]:
    """By the rule of the route, without the names of what stands in it."""
    known, people, lead = known_in(world), world.people, world.people.lead
    return {
        **FORMS, "/patents/new": PATENT, "/achievements/<>/patents/new": PATENT, "/patents/<>/edit": {"filed_on": "2017-07-21"},
        "/accounts": {"login": "newcomer", "name": "新人", "password": "Lange-Wege-1926-Meer"},
        "/accounts/reset": {"login": known.login, "seen": "工会会员证"}, "/sign-in/forgotten": {"login": known.login},
        "/announcements/new": {"title": "停电通知", "text": "周六停电"}, "/associations/<>/members": {"who": known.number},
        "/associations/new": {"name": "焊接职工技术协会"}, "/studios/<>/members": {"who": known.number},
        "/studios/new": {"name": "焊接工作室", "enterprise_name": known.firm}, "/challenges/new": {"title": "不停机改造"},
        "/challenges/<>/judging": {"until": "2026-12-20"}, "/challenges/<>/result": {"result": "都达到了"}, "/conflicts/kin": {"who": known.number},
        "/contracts/<>/change": {"change_reason": "范围要写清", "scope": "改造 14 组电池"}, "/enquiries/<>": {"answer": "可以"},
        "/enquiries/new/<>/<>": {"text": "能否改造"},
        "/contracts/<>/accept": {"words": "各项指标已达到"}, "/contracts/<>/payments/new": {"amount_fen": "50", "paid_on": "2026-11-23"},
        "/enquiries/<>/messages": {"text": "请看图纸"}, "/enterprises/<>/share-rules": SHARES,
        "/enterprises/new": {"name": "新光精密", "union_name": people.firm.union_name}, "/income/objections/<>/answer": {"answer": "按规则分配"},
        "/introductions/new/<>/<>/<>": {"why": "一方停机太久，另一方做过同样的泄压改造，两家都在酒仙桥。"},
        "/income/objections/new/<>": {"words": "少了"}, "/income/postings/<>/correct": {"reason": "份额记错"},
        "/joining/enterprise": NEWCOMER | DOOR | {"place": known.street},
        "/joining/worker": {"subject": "司徒北", "place": known.firm, "phone": "13800138001"} | DOOR,
        "/notices/preferences": dict.fromkeys(("work", "duties", "questions", "announcements", "searches"), "site") | {"security": "at-once"},
        "/organisations/<>/end": {"how": "close", "into": "", "reason": "撤销"}, "/organisations/new": {"name": "新设工会", "kind": "base"},
        "/people/by-number": {"number": "13600004075", "note": "核对补贴"}, "/roles/<>/<>": {"who": known.login}, "/talent/rules": RULES,
        "/saved/new": {"title": "焊缝检测", "words": "焊缝"}, "/views/new": {"title": "我的视图", "address": f"/network/worker/{lead.id}"},
        "/vocabulary/new": {"words": "卡盘\n夹盘"},
        "/vocabulary/missed/<>/hand-on": {"note": "请技协看"}, "/workers/<>/copy": {"note": "核对本人资料是否正确"},
        "/workers/<>/shown": {"note": "核对补贴"},
        "/workers/<>/erase": {"name": lead.name, "reason": "离开"},
        "/workers/<>/transfer": {"employer": people.silent.name, "on": "2026-11-20"},
        "/workers/new": {"name": "司徒西", "employer": known.firm},
    }  # fmt: skip


def plain_rule(rule: str) -> str:
    return PLACE.sub("<>", rule)
