"""Patents, listings and needs: what stands around the achievements."""

from datetime import date
from functools import cache

from marketplace.demo.parties import person_ref
from marketplace.demo.stage import Row, Stage, by_ref, day_of, rows_of
from marketplace.demo.works import people_for, person, studio_for, writer
from marketplace.domains.listings.model import Listing, ListingText
from marketplace.domains.listings.service import create_listing, publish_listing, return_listing, submit_listing, withdraw_listing
from marketplace.domains.needs.model import Indicator, Need, NeedText, Visibility
from marketplace.domains.needs.service import close_need, create_need, publish_need, return_need, submit_need
from marketplace.domains.patents.model import Inventor, LegalStatus, PatentText, Type
from marketplace.kernel.actor import Actor
from marketplace.kernel.roles import Role
from marketplace.kernel.technology_contracts import ContractKind, PriceMode
from marketplace.processes.protection.service import register_patent

LEGAL = {"公开": LegalStatus.PUBLISHED, "实审": LegalStatus.EXAMINATION, "授权": LegalStatus.GRANTED, "驳回": LegalStatus.REJECTED,
         "撤回": LegalStatus.WITHDRAWN, "无效": LegalStatus.INVALID, "未缴年费终止": LegalStatus.LAPSED, "届满": LegalStatus.EXPIRED}  # fmt: skip
SUB_KINDS = {"委托": "commissioned", "合作": "cooperative", "一般": "general", "中介": "intermediary", "培训": "training", "咨询": ""}
MONTH = 30
"""Days of a trial that the data give in months."""
REASON = "请写明交付物、期限和计价口径，再提交一次。"


def load_market(stage: Stage) -> None:
    stage.each(rows_of("patents"), play_patent)
    stage.each(rows_of("listings"), play_offer)
    stage.each(rows_of("consulting_listings"), play_consulting)
    stage.each(rows_of("needs"), play_need)


@cache
def works() -> dict[int, Row]:
    """By the number that other files refer to."""
    return {row["n"]: row for row in rows_of("achievements")}


def maker_of(stage: Stage, work: Row) -> tuple[Actor, Row, list[str]]:
    home = studio_for(work)
    people = people_for(work, home)
    return person(stage, writer(work, people, home)), home, people


def play_patent(stage: Stage, row: Row) -> None:
    work = works()[row["achievement"]]
    maker, home, people = maker_of(stage, work)
    named = (people * 2)[: min(row["inventors"], len(people))]
    firm = by_ref("enterprises")[home["enterprise"]]
    text = PatentText(
        title=row["title"], patent_number=row["number"], type=Type(str(row["type"])), ipc=row.get("ipc") or "", applicant=firm["name"],
        filed_on=day_of(row["filed_on"]), published_on=day_of(row["published_on"]), granted_on=day_of(row["granted_on"]),
        legal_status=LEGAL[row["legal_status"]], field=work["field"],
        inventors=tuple(Inventor(by_ref("workers")[ref]["name"], stage.ids[f"worker:{ref}"]) for ref in named),
    )  # fmt: skip
    day = max(day for day in (row["filed_on"], row["published_on"], row["granted_on"]) if day)
    stage.play(day, maker, register_patent, text, stage.ids[f"enterprise:{home['enterprise']}"], stage.ids[f"achievement:{work['n']}"])


def play_offer(stage: Stage, row: Row) -> None:
    """Offered by the studio, or by the worker who made it."""
    work = works()[row["achievement"]]
    maker, home, people = maker_of(stage, work)
    price = row["price"]
    mode = PriceMode(price["mode"])
    amount = price.get("amount", price.get("entry", sum(price.get("amounts", ())) or None))
    note = (
        "、".join(f"{one} 元" for one in price.get("amounts", ())) or f"{price['per_unit']} 元/{price.get('unit', '')}" if "per_unit" in price else ""
    )
    text = ListingText(
        title=row["title"], benefit=row["benefit"], summary=work["summary"], field=work["field"], contract_kind=ContractKind(row["contract_kind"]),
        sub_kind=row["sub_kind"], price_mode=mode, price_fen=None if amount is None else round(amount * 100), royalty_bp=price.get("rate_bp"),
        trial_days=MONTH * price["months"] if mode is PriceMode.TRIAL else None,
        price_note=note, price_on_enquiry=row["n"] % 6 == 0, region=row["region"], exclusive=row["exclusive"],
        valid_from=stage.day(row["valid_from"]), valid_until=stage.day(row["valid_until"]),
    )  # fmt: skip
    by_studio = work["via"] == "studio"
    party = ("studio", stage.ids[f"studio:{home['ref']}"]) if by_studio else ("worker", stage.ids[f"worker:{people[0]}"])
    on = stage.sent_on("listings", row, row["valid_from"])
    draft = stage.play(on, maker, create_listing, text, *party, stage.ids[f"achievement:{work['n']}"])
    stage.ids[f"offer:{row['n']}"] = draft.id
    play_listing(stage, row, on, draft, maker, by_ref("enterprises")[home["enterprise"]]["subdistrict"])


def play_consulting(stage: Stage, row: Row) -> None:
    kind, ref = row["offered_by"]["kind"], row["offered_by"]["ref"]
    actor, unit = offerer(stage, kind, ref)
    price = row["price"]
    amount = price.get("amount_yuan")
    text = ListingText(
        title=row["title"], benefit=row["benefit"], summary=row["summary"], field=row["field"], contract_kind=ContractKind(row["contract_kind"]),
        sub_kind=SUB_KINDS[row["sub_kind"]], price_mode=PriceMode(price["mode"]), price_fen=None if amount is None else round(amount * 100),
        royalty_bp=500 if price["mode"] == "royalty" else None, trial_days=MONTH if price["mode"] == "trial" else None,
        price_note=price["text"] or "", region=row["region"],
        valid_from=stage.day(row["valid_from"]), valid_until=stage.day(row["valid_until"]),
    )  # fmt: skip
    on = stage.sent_on("consulting_listings", row, row["valid_from"])
    draft = stage.play(on, actor, create_listing, text, kind, stage.ids[f"{kind}:{ref}"])
    stage.ids[f"listing:{row['ref']}"] = draft.id
    play_listing(stage, row, on, draft, actor, unit)


def offerer(stage: Stage, kind: str, ref: str) -> tuple[Actor, str]:
    """Who writes it, and the unit whose officer reviews it."""
    if kind == "association":
        row = by_ref("associations")[ref]
        chair = by_ref("workers")[row["chair"]]
        office = stage.actor(f"assoc-{ref}", chair["name"], "", Role.ASSOCIATION_OFFICER, "association", stage.ids[f"association:{ref}"])
        above = by_ref("organisations")[row["organisation"]]["parents"]
        return office, above[0] if above else row["organisation"]
    worker = by_ref("workers")[ref if kind == "worker" else person_ref(by_ref("studios")[ref])]
    return person(stage, worker["ref"]), by_ref("enterprises")[worker["enterprise"]]["subdistrict"]


def play_listing(stage: Stage, row: Row, on: str | date, draft: Listing, maker: Actor, unit: str) -> None:
    """As far as its status in the data says; one that has run out is found by the schedule."""
    if row["status"] == "draft":
        return
    sent = stage.play(on, maker, submit_listing, draft.id, draft.version)
    officer = stage.officer(unit)
    if row["status"] == "returned":
        stage.play(on, officer, return_listing, sent.id, sent.version, REASON)
    elif row["status"] != "submitted":
        public = stage.play(on, officer, publish_listing, sent.id, sent.version)
        if row["status"] == "withdrawn":
            stage.play(None, maker, withdraw_listing, public.id, public.version)


def play_need(stage: Stage, row: Row) -> None:
    user = enterprise_user(stage, row["enterprise"])
    skills = {term["ref"]: term["zh"] for term in rows_of("taxonomies/skills")}
    low, high = row["budget_low_yuan"], row["budget_high_yuan"]
    text = NeedText(
        title=row["title"], abstract=row["abstract"] or "", problem=row["problem"], field=row["field"],
        indicators=tuple(str(Indicator(one["name"], one["now"], one["target"], one["unit"])) for one in row["indicators"]),
        skills=tuple(skills[ref] for ref in row["skills"]), visibility=Visibility(row["visibility"]), deadline=stage.day(row["deadline"]),
        budget_low_fen=None if low is None else round(low * 100), budget_high_fen=None if high is None else round(high * 100),
    )  # fmt: skip
    on = stage.sent_on("needs", row, row["submitted_on"])
    draft = stage.play(on, user, create_need, text, stage.ids[f"enterprise:{row['enterprise']}"])
    stage.ids[f"need:{row['ref']}"] = draft.id
    review_need(stage, row, on, draft, user)


def review_need(stage: Stage, row: Row, on: str | date, draft: Need, user: Actor) -> None:
    """As far as its status in the data says."""
    if row["status"] == "draft":
        return
    sent = stage.play(on, user, submit_need, draft.id, draft.version)
    officer = stage.officer(by_ref("enterprises")[row["enterprise"]]["subdistrict"])
    if row["status"] == "returned":
        stage.play(on, officer, return_need, sent.id, sent.version, REASON)
    elif row["status"] != "submitted":
        public = stage.play(row["published_on"], officer, publish_need, sent.id, sent.version)
        if row["status"] == "closed":
            stage.play(row["closed_on"], user, close_need, public.id, public.version)


def enterprise_user(stage: Stage, ref: str) -> Actor:
    firm = by_ref("enterprises")[ref]
    return stage.actor(f"firm-{ref}", firm["contact_name"], "", Role.ENTERPRISE_USER, "enterprise", stage.ids[f"enterprise:{ref}"])
