"""A contract in force between the owner's studio and the firm, with a payment, what it was shared into, and what is objected to."""

from datetime import date

from marketplace.domains.achievements.model import Achievement
from marketplace.domains.contracts.model import ContractText, Origin
from marketplace.domains.contracts.repository import get_side
from marketplace.domains.contracts.service import confirm_contract, draft_contract
from marketplace.domains.enquiries.model import Enquiry
from marketplace.domains.ledger.repository import list_all_entries, list_postings
from marketplace.domains.payments.model import Kind, PaymentText
from marketplace.domains.share_rules.model import ShareRuleText
from marketplace.domains.share_rules.service import propose_rule
from marketplace.kernel.workdays import local_day
from marketplace.processes.income.service import confirm_payment, record_payment
from marketplace.processes.objecting.service import make_objection
from tests.access.people import People
from tests.site import TestSite


def sold(site: TestSite, people: People, asked: Enquiry, work: Achievement) -> dict[str, str]:
    """`sale` has one payment that arrived and `payment`, which waits; `ledger objection` is the hidden person's, `line` the owner's own."""
    owner, firm = site.acting_as(people.readers["owner"]), site.acting_as(people.readers["firm"])
    sides = site.system.read(get_side, "studio", people.studio.id), site.system.read(get_side, "enterprise", firm.actor.parties[0].id)
    origin = Origin(kind="enquiry", id=asked.id, achievement_id=work.id)
    draft = site.system.change(draft_contract, ContractText(title="wqsale", total_fen=1_000_000), *sides, origin)
    sale = firm.change(confirm_contract, draft.id, owner.change(confirm_contract, draft.id, draft.version).version)
    text = ShareRuleText(unit_bp=5_000, studio_bp=1_000, contributors_bp=4_000, clause="wqclause", effective_from=date(2025, 1, 1))
    rule = owner.change(propose_rule, people.firm.id, text)
    paid = firm.change(record_payment, sale.id, PaymentText(kind=Kind.INSTALMENT, amount_fen=9_600, paid_on=local_day(site.clock.now())))
    owner.change(confirm_payment, paid.id, paid.version)
    waits = firm.change(record_payment, sale.id, PaymentText(kind=Kind.INSTALMENT, amount_fen=100, paid_on=local_day(site.clock.now())))
    lines = {one.account_id: one for one in site.system.read(list_all_entries, sale.id)}
    objection = site.acting_as(people.hidden_self).change(make_objection, lines[people.hidden.id].id, "wqobjection", [], 15, 5)
    return {
        "sale": sale.id, "payment": waits.id, "posting": site.system.read(list_postings, sale.id)[0].id, "line": lines[people.lead.id].id,
        "ledger objection": objection.id, "share rule": rule.id,
    }  # fmt: skip
