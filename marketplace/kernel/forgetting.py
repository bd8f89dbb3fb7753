"""Where a person stands outside their own node: drafts, notices, registrations, cases, reports, looks, merges."""

from collections.abc import Collection, Sequence

from graph.connection import Transaction

DROP_DRAFTS = """
MATCH (d:Draft) WHERE d.account_id IN $ids DELETE d
"""
DROP_NOTICES = """
MATCH (n:Notice) WHERE n.account_id IN $ids OR n.entity_id IN $workers DELETE n
"""
DROP_MERGES = """
MATCH (m:Merge) WHERE m.kept_id IN $ids OR m.gone_id IN $ids DELETE m
"""
CLEAR_LOOKS = """
UNWIND $ids AS id MATCH (l:Look {of: id}) SET l.note = ''
"""
CLEAR_REPORTS = """
UNWIND $ids AS id MATCH (r:Report {entity_id: id}) SET r += {title: $name, text: ''}
"""


def forget_in_papers(tx: Transaction, accounts: Sequence[str], workers: Sequence[str], name: str, of_people: Collection[str]) -> list[str]:
    """`name` stands where theirs did, dates and units stay; `of_people` are the matters of a registration whose subject is a person.

    Returns the ids of registrations: the phone of one lies under a key of its own."""
    tx.run(DROP_DRAFTS, ids=accounts)
    tx.run(DROP_NOTICES, ids=accounts, workers=workers)
    tx.run(DROP_MERGES, ids=workers)
    tx.run(CLEAR_LOOKS, ids=workers)
    tx.run(CLEAR_REPORTS, ids=workers, name=name)
    return _forget_registrations(tx, accounts, workers, name, of_people)


REGISTRATIONS = """
CALL () {
  UNWIND $accounts AS account MATCH (r:Registration {account_id: account}) RETURN r
  UNION UNWIND $workers AS worker MATCH (r:Registration {person_id: worker}) RETURN r
}
SET r += {contact_name: '', phone: null, login_wish: ''}
RETURN r.id AS id, r.matter AS matter
"""
FORGET_SUBJECTS = """
UNWIND $ids AS id MATCH (r:Registration {id: id}) SET r += {subject: $name}
"""
FORGET_CASES = """
UNWIND $ids AS id MATCH (v:Review {entity_id: id}) SET v += {title: $name}
"""
FORGET_WORD = """
UNWIND $ids AS id MATCH (n:Notice {entity_id: id}) SET n += {title: $name}
"""


def _forget_registrations(tx: Transaction, accounts: Sequence[str], workers: Sequence[str], name: str, of_people: Collection[str]) -> list[str]:
    """How they came in, and how they went over to another unit."""
    found = tx.all(REGISTRATIONS, lambda row: (str(row["id"]), str(row["matter"])), accounts=accounts, workers=workers)
    of_them = [id for id, matter in found if matter in of_people]
    for statement in (FORGET_SUBJECTS, FORGET_CASES, FORGET_WORD):
        tx.run(statement, ids=of_them, name=name)
    return [id for id, _matter in found]
