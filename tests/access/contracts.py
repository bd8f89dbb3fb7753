"""Contracts of the crawl's owner with an enterprise that nobody of the readers acts for: written, signed, being changed, with its milestone."""

from dataclasses import replace
from typing import Any

from marketplace.domains.contracts.model import ContractText, Origin
from marketplace.domains.contracts.repository import get_side
from marketplace.domains.contracts.service import digest_of, draft_contract
from marketplace.domains.milestones.repository import list_milestones
from marketplace.domains.milestones.service import report_milestone, send_milestone_back
from marketplace.kernel.files import checked_file
from marketplace.processes.contract_papers.service import confirm_text, content_of_contract, propose_change
from marketplace.processes.registering.service import begin_sheet
from tests.access.people import People
from tests.contracts.scenes import TEXT
from tests.site import TestSite


def sign_contracts(site: TestSite, people: People, enquiry: Any) -> dict[str, str]:
    """By their names in the table; the buyer is whoever asked."""
    owner, buyer = site.acting_as(people.readers["owner"]), site.acting_as(people.asker)
    firm = people.asker.parties[0]
    sides = site.system.read(get_side, "studio", people.studio.id), site.system.read(get_side, "enterprise", firm.id)

    def drafted() -> Any:
        return site.system.change(draft_contract, replace(TEXT, title="wqcontract"), *sides, Origin(kind="enquiry", id=enquiry.id))

    def signed() -> Any:
        one = drafted()
        sold = owner.change(confirm_text, one.id, one.version, digest_of(one))
        return buyer.change(confirm_text, sold.id, sold.version, digest_of(sold))

    bound, changing = signed(), signed()
    owner.change(begin_sheet, bound.id)
    text = ContractText(**content_of_contract(changing) | {"scope": "wqscope"})
    owner.change(propose_change, changing.id, changing.version, text, "wqreason")
    first = site.system.read(list_milestones, bound.id)[0]
    proof = checked_file("wqproof.txt", b"wqproof")
    said = owner.change(report_milestone, first.id, first.version, "wqwords", proof, site.site.files.keep(proof))
    buyer.change(send_milestone_back, said.id, said.version, "wqreason")
    return {
        "contract": drafted().id, "signed contract": bound.id, "changing contract": changing.id, "milestone": first.id, "code": bound.check_code,
        "proof": site.find("milestone", first.id).files[0].id,
    }  # fmt: skip
