"""What was stored before there were keys is sealed: a batch a transaction, so that it may break off anywhere and go on later."""

import json
from collections.abc import Mapping
from typing import Any

from graph.connection import Graph, Transaction
from graph.person_keys import INDEX, keys_for
from graph.records import loaded
from graph.vault import MARKS, DataKey, is_sealed

BATCH = 500
WORKER_NAMES = ("id_number", "phone", "bank_account", "born_on")
DIGESTED = ("id_number", "phone")
LISTED = ("HAS_SKILL", "CERTIFIED_IN")


def seal_stored(graph: Graph) -> None:
    """Finds what is not sealed, so that running it again changes nothing."""
    for step in (seal_workers, seal_skills, seal_papers, seal_contacts):
        while graph.write(step, reader=("system",), patience=60):
            continue
    for walk in (mask_versions, seal_merges):
        after = ""
        while after := graph.write(lambda tx, walk=walk, after=after: walk(tx, after), reader=("system",), patience=60):  # type: ignore[misc]
            continue


WORKERS = """
MATCH (w:Worker)
WHERE any(text IN [w.id_number, w.phone, w.bank_account, toString(w.born_on)] WHERE text <> '' AND NOT left(text, 5) IN $marks)
WITH w LIMIT $most SET w.lock = coalesce(w.lock, 0) + 1
RETURN w.id AS id, w.id_number AS id_number, w.phone AS phone, w.bank_account AS bank_account, toString(w.born_on) AS born_on
"""
SET_WORKERS = """
UNWIND $rows AS row MATCH (w:Worker {id: row.id}) SET w += row.sealed
"""


def seal_workers(tx: Transaction) -> int:
    rows = tx.all(WORKERS, _as_map, marks=list(MARKS.values()), most=BATCH)
    keys = keys_for(tx, [INDEX, *(row["id"] for row in rows)]) if rows else {}
    tx.run(SET_WORKERS, rows=[{"id": row["id"], "sealed": worker_values(keys[row["id"]], keys[INDEX], row)} for row in rows])
    return len(rows)


def _as_map(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: loaded(value) for name, value in dict(row).items()}


def worker_values(key: DataKey, index: DataKey, row: Mapping[str, Any]) -> dict[str, Any]:
    """With the digests, and what figures over people are made of."""
    plain = {name: row[name] for name in WORKER_NAMES if row[name] and not is_sealed(row[name])}
    sealed: dict[str, Any] = {name: key.seal(name, value) for name, value in plain.items()}
    sealed |= {f"{name}_index": index.index(name, plain[name]) for name in DIGESTED if name in plain}
    if born := plain.get("born_on"):
        sealed["birth_month"] = int(born[:4]) * 12 + int(born[5:7]) - 1
    if len(number := plain.get("id_number", "")) == 18 and number[16].isdigit():
        sealed["sex"] = "fm"[int(number[16]) % 2]
    return sealed


SKILLS = """
MATCH (w:Worker)-[r:HAS_SKILL]->(n:Skill) WHERE r.certificate <> '' AND NOT left(r.certificate, 5) IN $marks
RETURN w.id AS id, n.id AS other, r.certificate AS certificate LIMIT $most
"""
SET_SKILLS = """
UNWIND $rows AS row MATCH (w:Worker {id: row.id})-[r:HAS_SKILL]->(n:Skill {id: row.other}) WHERE r.certificate = row.before
SET r.certificate = row.certificate, r.certificate_index = row.digest
"""
PAPERS = """
MATCH (w:Worker)-[r:CERTIFIED_IN]->(n:Occupation) WHERE r.certificate <> '' AND NOT left(r.certificate, 5) IN $marks
RETURN w.id AS id, n.code AS other, r.certificate AS certificate LIMIT $most
"""
SET_PAPERS = """
UNWIND $rows AS row MATCH (w:Worker {id: row.id})-[r:CERTIFIED_IN]->(n:Occupation {code: row.other}) WHERE r.certificate = row.before
SET r.certificate = row.certificate, r.certificate_index = row.digest
"""


def seal_skills(tx: Transaction) -> int:
    rows = tx.all(SKILLS, _as_map, marks=list(MARKS.values()), most=BATCH)
    tx.run(SET_SKILLS, rows=_papers(tx, rows))
    return len(rows)


def seal_papers(tx: Transaction) -> int:
    rows = tx.all(PAPERS, _as_map, marks=list(MARKS.values()), most=BATCH)
    tx.run(SET_PAPERS, rows=_papers(tx, rows))
    return len(rows)


def _papers(tx: Transaction, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = keys_for(tx, [INDEX, *(row["id"] for row in rows)]) if rows else {}
    return [
        row | {"before": row["certificate"], "certificate": keys[row["id"]].seal("certificate", row["certificate"]),
               "digest": keys[INDEX].index("certificate", row["certificate"])}
        for row in rows
    ]  # fmt: skip


CONTACTS = """
MATCH (e:Enterprise) WHERE e.contact_phone <> '' AND NOT left(e.contact_phone, 5) IN $marks
WITH e LIMIT $most SET e.lock = coalesce(e.lock, 0) + 1
RETURN e.id AS id, e.contact_phone AS phone
"""
SET_CONTACTS = """
UNWIND $rows AS row MATCH (e:Enterprise {id: row.id}) SET e.contact_phone = row.phone
"""


def seal_contacts(tx: Transaction) -> int:
    rows = tx.all(CONTACTS, _as_map, marks=list(MARKS.values()), most=BATCH)
    keys = keys_for(tx, [row["id"] for row in rows])
    tx.run(SET_CONTACTS, rows=[{"id": row["id"], "phone": keys[row["id"]].seal("contact_phone", row["phone"])} for row in rows])
    return len(rows)


VERSIONS = """
MATCH (v:Version) WHERE v.id > $after AND v.kind = 'enterprise' RETURN v.id AS id, v.body AS body ORDER BY id LIMIT $most
"""
SET_VERSIONS = """
UNWIND $rows AS row MATCH (v:Version {id: row.id}) SET v.body = row.body
"""


def mask_versions(tx: Transaction, after: str) -> str:
    """A version says that the phone changed, not which it was. Returns the last id, empty at the end."""
    rows = tx.all(VERSIONS, _as_map, after=after, most=BATCH)
    tx.run(SET_VERSIONS, rows=[{"id": row["id"], "body": _masked(row["body"])} for row in rows])
    return str(rows[-1]["id"]) if rows else ""


def _masked(body: str) -> str:
    said = json.loads(body)
    phone = said.get("contact_phone") or ""
    head, tail = (3, 4) if len(phone) > 7 else (0, 0)
    if phone:
        said["contact_phone"] = phone[:head] + "*" * (len(phone) - head - tail) + phone[len(phone) - tail :]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


MERGES = """
MATCH (m:Merge) WHERE m.id > $after RETURN m.id AS id, m.kept_id AS kept, m.gone_id AS gone, m.body AS body ORDER BY id LIMIT $most
"""
SET_MERGES = """
UNWIND $rows AS row MATCH (m:Merge {id: row.id}) SET m.body = row.body
"""


def seal_merges(tx: Transaction, after: str) -> str:
    """What was whose under that person's own key. Returns the last id, empty at the end."""
    rows = tx.all(MERGES, _as_map, after=after, most=BATCH)
    keys = keys_for(tx, [id for row in rows for id in (row["kept"], row["gone"])])
    tx.run(SET_MERGES, rows=[{"id": row["id"], "body": _sealed_body(row, keys)} for row in rows])
    return str(rows[-1]["id"]) if rows else ""


def _sealed_body(row: Mapping[str, Any], keys: Mapping[str, DataKey]) -> str:
    record = json.loads(row["body"])
    for name in set(record["filled"]) & set(WORKER_NAMES):
        record["filled"][name] = [_seal(keys[row["kept"]], name, one) for one in record["filled"][name]]
    for move in record["moves"]:
        if move["place"]["relation"] in LISTED:
            for part, owner in (("kept", "kept"), ("gone", "gone"), ("after", "kept")):
                move[part] = [_paper(keys[row[owner]], one) for one in move[part]]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _paper(key: DataKey, said: dict[str, Any]) -> dict[str, Any]:
    return said | {"certificate": _seal(key, "certificate", said["certificate"])} if said.get("certificate") else said


def _seal(key: DataKey, name: str, value: Any) -> Any:
    return key.seal(name, value) if value and not is_sealed(value) else value
