"""Contracts in the graph: between a seller and a buyer, about an achievement, a listing or a need, come from what they agreed in."""

from collections.abc import Mapping, Sequence
from typing import LiteralString

from graph.connection import Transaction
from graph.records import reader, value
from marketplace.domains.contracts.model import LIVE, Contract, Origin, Side
from marketplace.kernel.entity import node_properties
from marketplace.kernel.errors import NotFound
from marketplace.kernel.paging import Page
from marketplace.kernel.workflow import Change

read_contract = reader(Contract, "contract")
read_side = reader(Side)
PAGE_SIZE = 20

GET = """
UNWIND $ids AS id
MATCH (c:Contract {id: id}) WHERE any(token IN c.audience WHERE token IN $reader)
MATCH (c)-[s:SOLD_BY]->(seller) MATCH (c)-[b:BOUGHT_BY]->(buyer)
OPTIONAL MATCH (c)-[:CAME_FROM]->(origin)
OPTIONAL MATCH (c)-[:SELLS]->(l:Listing)
OPTIONAL MATCH (c)-[:CONCERNS]->(a:Achievement)
OPTIONAL MATCH (c)-[:SOLVES]->(n:Need)
RETURN c {.*} AS contract, toLower(head(labels(origin))) AS origin_kind, origin.id AS origin_id, l.id AS listing_id, a.id AS achievement_id,
  n.id AS need_id, a IS NOT NULL AND EXISTS { MATCH (a)-[:PROTECTED_BY]->(:Patent) } AS patented,
  {kind: toLower(head(labels(seller))), id: seller.id, name: seller.name, enterprise_id: s.enterprise_id, enterprise_name: s.enterprise_name,
   uscc: s.uscc, area: s.area} AS seller,
  {kind: toLower(head(labels(buyer))), id: buyer.id, name: buyer.name, enterprise_id: b.enterprise_id, enterprise_name: b.enterprise_name,
   uscc: b.uscc, area: b.area} AS buyer
"""


def get_contract(tx: Transaction, id: str) -> Contract:
    """Raises NotFound for everybody but the two parties."""
    return tx.one(GET, read_contract, ids=[id])


def get_contracts(tx: Transaction, ids: list[str]) -> list[Contract]:
    return tx.all(GET, read_contract, ids=ids)


SIDE = """
OPTIONAL MATCH (p)-[:HOSTED_BY]->(host:Enterprise)
OPTIONAL MATCH (p)-[:UNDER]->(o:Organisation)
WITH p, o, CASE WHEN p:Enterprise THEN p ELSE host END AS e
RETURN p.id AS id, p.name AS name, e.id AS enterprise_id, e.name AS enterprise_name, e.uscc AS uscc, o.area AS area, $kind AS kind
"""
STUDIO_SIDE = "MATCH (p:Studio {id: $id})" + SIDE
ENTERPRISE_SIDE = "MATCH (p:Enterprise {id: $id})" + SIDE
ASSOCIATION_SIDE = "MATCH (p:Association {id: $id})" + SIDE
WORKER_SIDE = "MATCH (p:Worker {id: $id})" + SIDE
SIDES: dict[str, LiteralString] = {"studio": STUDIO_SIDE, "enterprise": ENTERPRISE_SIDE, "association": ASSOCIATION_SIDE, "worker": WORKER_SIDE}


def get_side(tx: Transaction, kind: str, id: str) -> Side:
    """A party as it stands today. Raises NotFound for what can't be one."""
    if kind not in SIDES:
        raise NotFound(id)
    return tx.one(SIDES[kind], read_side, id=id, kind=kind)


CREATE = """
CREATE (c:Contract) SET c = $properties
RETURN c.id AS id
"""
SOLD = " CREATE (c)-[s:SOLD_BY]->(p) SET s = $side RETURN c.id AS id"
BOUGHT = " CREATE (c)-[b:BOUGHT_BY]->(p) SET b = $side RETURN c.id AS id"
SOLD_BY_STUDIO = "MATCH (c:Contract {id: $id}) MATCH (p:Studio {id: $party})" + SOLD
SOLD_BY_ENTERPRISE = "MATCH (c:Contract {id: $id}) MATCH (p:Enterprise {id: $party})" + SOLD
SOLD_BY_ASSOCIATION = "MATCH (c:Contract {id: $id}) MATCH (p:Association {id: $party})" + SOLD
SOLD_BY_WORKER = "MATCH (c:Contract {id: $id}) MATCH (p:Worker {id: $party})" + SOLD
SOLD_BY: dict[str, LiteralString] = {
    "studio": SOLD_BY_STUDIO, "enterprise": SOLD_BY_ENTERPRISE, "association": SOLD_BY_ASSOCIATION, "worker": SOLD_BY_WORKER,
}  # fmt: skip
BOUGHT_BY_ENTERPRISE = "MATCH (c:Contract {id: $id}) MATCH (p:Enterprise {id: $party})" + BOUGHT
BOUGHT_BY_ASSOCIATION = "MATCH (c:Contract {id: $id}) MATCH (p:Association {id: $party})" + BOUGHT
BOUGHT_BY_WORKER = "MATCH (c:Contract {id: $id}) MATCH (p:Worker {id: $party})" + BOUGHT
BOUGHT_BY: dict[str, LiteralString] = {"enterprise": BOUGHT_BY_ENTERPRISE, "association": BOUGHT_BY_ASSOCIATION, "worker": BOUGHT_BY_WORKER}
"""A person buys only what they made themselves and took up."""
FROM_ENQUIRY = "MATCH (c:Contract {id: $id}) MATCH (n:Enquiry {id: $other}) CREATE (c)-[:CAME_FROM]->(n) RETURN c.id AS id"
FROM_AUCTION = "MATCH (c:Contract {id: $id}) MATCH (n:Auction {id: $other}) CREATE (c)-[:CAME_FROM]->(n) RETURN c.id AS id"
FROM_CHALLENGE = "MATCH (c:Contract {id: $id}) MATCH (n:Challenge {id: $other}) CREATE (c)-[:CAME_FROM]->(n) RETURN c.id AS id"
CAME_FROM: dict[str, LiteralString] = {"enquiry": FROM_ENQUIRY, "auction": FROM_AUCTION, "challenge": FROM_CHALLENGE}
SELLS = "MATCH (c:Contract {id: $id}) MATCH (n:Listing {id: $other}) CREATE (c)-[:SELLS]->(n) RETURN c.id AS id"
CONCERNS = "MATCH (c:Contract {id: $id}) MATCH (n:Achievement {id: $other}) CREATE (c)-[:CONCERNS]->(n) RETURN c.id AS id"
SOLVES = "MATCH (c:Contract {id: $id}) MATCH (n:Need {id: $other}) CREATE (c)-[:SOLVES]->(n) RETURN c.id AS id"


def create_contract_node(tx: Transaction, contract: Contract, origin: Origin) -> None:
    """With what it hangs on; a side's name and code as they are today stay on the relation, whatever becomes of the party."""
    tx.one(CREATE, value("id"), properties=node_properties(contract))
    tx.one(SOLD_BY[contract.seller.kind], value("id"), id=contract.id, party=contract.seller.id, side=_on_relation(contract.seller))
    tx.one(BOUGHT_BY[contract.buyer.kind], value("id"), id=contract.id, party=contract.buyer.id, side=_on_relation(contract.buyer))
    tx.one(CAME_FROM[origin.kind], value("id"), id=contract.id, other=origin.id)
    for statement, other in ((SELLS, origin.listing_id), (CONCERNS, origin.achievement_id), (SOLVES, origin.need_id)):
        if other:
            tx.one(statement, value("id"), id=contract.id, other=other)


def _on_relation(side: Side) -> dict[str, str]:
    return {"enterprise_id": side.enterprise_id, "enterprise_name": side.enterprise_name, "uscc": side.uscc, "area": side.area}


SAVE = """
MATCH (c:Contract {id: $id})
SET c.lock = coalesce(c.lock, 0) + 1
WITH c WHERE c.version = $version
SET c += $properties, c.version = $version + 1
RETURN c.version AS version
"""


def save_contract(tx: Transaction, change: Change[Contract]) -> None:
    """Lock, then compare: raises Stale when somebody else was faster."""
    tx.changed(SAVE, id=change.id, version=change.version, properties=change.properties)


LIST_IDS = """
MATCH (c:Contract) WHERE c.id > $after RETURN c.id AS id ORDER BY id LIMIT $limit
"""


def list_contract_ids(tx: Transaction, after: str, limit: int) -> list[str]:
    return tx.all(LIST_IDS, value("id"), after=after, limit=limit)


RENEW = """
MATCH (c:Contract {id: $id}) SET c.audience = $audience
"""


def renew_audience(tx: Transaction, contract: Contract) -> None:
    tx.run(RENEW, id=contract.id, audience=node_properties(contract)["audience"])


OPEN_STAGES = """
MATCH (:Contract {id: $id})<-[:STAGE_OF]-(m:Milestone) WHERE m.accepted_at IS NULL RETURN count(m) AS open
"""


def count_open_stages(tx: Transaction, id: str) -> int:
    """Milestones that the buyer has not accepted yet."""
    return int(tx.one(OPEN_STAGES, value("open"), id=id))


LIST = """
MATCH (c:Contract) WHERE any(token IN c.audience WHERE token IN $own) AND c.status IN $statuses
WITH c ORDER BY c.id DESC SKIP $skip LIMIT $limit RETURN c.id AS id
"""
COUNT = """
MATCH (c:Contract) WHERE any(token IN c.audience WHERE token IN $own) RETURN c.status AS status, count(c) AS total
"""


def list_contracts(tx: Transaction, own: Sequence[str], counted: Mapping[str, int], status: str, number: int) -> Page[Contract]:
    """Of whom I act for, the newest first; `own` are the reader's tokens of those, `counted` how many there are by status."""
    ids = tx.all(LIST, value("id"), own=list(own), statuses=[status] if status else list(counted), skip=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    found = {one.id: one for one in get_contracts(tx, ids)}
    total = counted.get(status, 0) if status else sum(counted.values())
    return Page(tuple(found[id] for id in ids if id in found), total, number, PAGE_SIZE)


def count_contracts(tx: Transaction, own: Sequence[str]) -> dict[str, int]:
    """By status."""
    return dict(tx.all(COUNT, lambda row: (str(row["status"]), int(row["total"])), own=list(own)))


SUGGESTED = """
MATCH (c:Contract {id: $id}) WHERE any(token IN c.audience WHERE token IN $reader)
OPTIONAL MATCH (c)-[:SOLVES]->(n:Need)
WHERE any(token IN n.guarded_audience WHERE token IN $reader) OR (n.visibility <> 'confidential'
  AND any(token IN n.audience WHERE token IN $reader) AND NOT EXISTS { MATCH (c)-[:CAME_FROM]->(q:Enquiry)-[:MEANT_FOR]->(n) })
OPTIONAL MATCH (c)-[:CONCERNS]->(a:Achievement)
RETURN coalesce(n.indicators, []) AS indicators, a.gain_metric AS metric, a.gain_before AS before, a.gain_after AS after, a.gain_unit AS unit
"""


def suggest_acceptance(tx: Transaction, id: str) -> str:
    """From what the need asks for, as far as the reader may know it and whose it is, else from what the achievement promises."""
    row = tx.one(SUGGESTED, lambda row: row.data(), id=id)
    asked = "；".join(" ".join(part for part in str(one).split("|") if part.strip()) for one in row["indicators"])
    gained = f"{row['metric']} {row['before']} → {row['after']} {row['unit'] or ''}".strip() if row["metric"] else ""
    return asked or gained


LIVE_OF_LISTING = """
MATCH (:Listing {id: $id})<-[:SELLS]-(c:Contract) WHERE c.status IN $live RETURN c.number AS number LIMIT 1
"""


def find_live_contract(tx: Transaction, listing_id: str) -> str | None:
    """The number of a listing's contract that is being written or in force. Whoever decides by it holds the listing's guard."""
    return tx.find(LIVE_OF_LISTING, value("number"), id=listing_id, live=sorted(LIVE))
