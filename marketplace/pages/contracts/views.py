"""The list of one's own contracts, and the page of one."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from graph.connection import Transaction
from marketplace.domains.contracts.model import END_LABELS, STATUS_LABELS, Contract, Status
from marketplace.domains.contracts.repository import count_contracts, get_contract, list_contracts
from marketplace.domains.contracts.service import digest_of
from marketplace.domains.milestones.model import STATUS_LABELS as MILESTONE_LABELS
from marketplace.domains.milestones.repository import list_milestones
from marketplace.kernel.contract_clauses import CLAUSE_LABELS, FIELDS
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import LEADS, MAKER
from marketplace.kernel.revisions import list_versions
from marketplace.kernel.technology_contracts import CONTRACT_LABELS, COURSE_LABELS, PRICE_LABELS, SUB_KIND_LABELS
from marketplace.kernel.workdays import local_day
from marketplace.pages.contracts.line import Whole, seven_stages
from marketplace.processes.contract_papers.repository import find_source, gather, list_open_offers
from marketplace.processes.registering.document import missing_of
from marketplace.processes.registering.repository import find_registration
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.identity import current_actor
from marketplace.web.links import page_number
from marketplace.web.site import current_site
from marketplace.web.taxonomies import taxonomies

room = Blueprint("contracts", __name__, url_prefix="/contracts")
WORDS: dict[str, Any] = {
    "statuses": STATUS_LABELS, "ends": END_LABELS, "kinds": CONTRACT_LABELS, "sub_kinds": SUB_KIND_LABELS, "prices": PRICE_LABELS,
    "courses": COURSE_LABELS, "clauses": CLAUSE_LABELS, "milestone_words": MILESTONE_LABELS, "written": FIELDS,
}  # fmt: skip
TONES = {Status.DRAFTED: "due", Status.IN_FORCE: "info", Status.FULFILLED: "ok", Status.TERMINATED: "error", Status.CANCELLED: "neutral"}


@room.get("")
@requires(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    own = [token for token in current_actor().reader if token.startswith((MAKER, LEADS))]
    asked = request.args.get("status", "")
    chosen = asked if asked in list(Status) else ""
    counted = read(count_contracts, own)
    page = read(list_contracts, own, counted, chosen, page_number())
    return show("contracts/list.html", page=page, counted=counted, chosen=chosen, tones=TONES, own=own, **WORDS)


@room.get("/<id>")
@requires(Permission.CONTRACT_READ)
def detail(id: str) -> ResponseReturnValue:
    contract = read(get_contract, id)
    today = local_day(current_site().clock.now())
    whole = read(look_around, contract)
    missing = missing_of(contract, whole.registration, taxonomies().fields)
    return show(
        "contracts/detail.html", contract=contract, whole=whole, work=whole.work, line=seven_stages(whole), digest=digest_of(contract), today=today,
        tones=TONES, versions=read(list_versions, id), unregistered=missing, **WORDS,
    )  # fmt: skip


def look_around(tx: Transaction, contract: Contract) -> Whole:
    """In one transaction, so that the page agrees with itself."""
    today = local_day(current_site().clock.now())
    return Whole(
        gather(tx, contract), find_source(tx, contract.id), tuple(list_open_offers(tx, contract.id, today)),
        tuple(list_milestones(tx, contract.id)), find_registration(tx, contract.id),
    )  # fmt: skip
