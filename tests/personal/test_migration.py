"""What was stored before there were keys is sealed by the migration, which may break off and go on."""

import json
from datetime import date

from graph.connection import Transaction
from graph.migrations.sealing import seal_stored, seal_workers
from graph.person_keys import destroy_keys
from marketplace.domains.enterprises.repository import get_enterprise
from marketplace.domains.workers.repository import get_clear_worker
from tests.factories import Make
from tests.personal.scenes import BANK, CONTACT, IDENTITY, NUMBER, PHONE, SECRETS, People, dump, some_people
from tests.site import TestSite

AS_BEFORE = """
MATCH (w:Worker {id: $id}) SET w += {id_number: $identity, phone: $phone, bank_account: $bank, born_on: $born, id_number_index: null,
  phone_index: null, birth_month: null, sex: null}
"""
PAPERS_BEFORE = """
MATCH (w:Worker {id: $id})-[r:HAS_SKILL|CERTIFIED_IN]->() SET r.certificate = $number, r.certificate_index = null
"""
CONTACT_BEFORE = """
MATCH (e:Enterprise {id: $id}) SET e.contact_phone = $phone
"""
VERSION_BEFORE = """
MATCH (v:Version {entity_id: $id}) SET v.body = replace(v.body, '139****9091', $phone)
"""
MERGE_BEFORE = """
CREATE (:Merge {id: 'merge-1', kept_id: $id, gone_id: 'gone', status: 'done', version: 1, by: '', body: $body})
"""


def as_before(site: TestSite, people: People) -> None:
    place = {"relation": "CERTIFIED_IN", "label": "Occupation", "other": "6-18-01-01", "outgoing": True}
    body = {"moves": [{"place": place, "kept": [], "gone": [{"certificate": NUMBER}], "after": [{"certificate": NUMBER}]}],
            "filled": {"phone": ["", PHONE], "born_on": [None, "1976-03-05"]}, "status": "hidden"}  # fmt: skip

    def write(tx: Transaction) -> None:
        tx.run(AS_BEFORE, id=people.zhou.id, identity=IDENTITY, phone=PHONE, bank=BANK, born=date(1976, 3, 5))
        tx.run(PAPERS_BEFORE, id=people.zhou.id, number=NUMBER)
        tx.run(CONTACT_BEFORE, id=people.firm.id, phone=CONTACT)
        tx.run(VERSION_BEFORE, id=people.firm.id, phone=CONTACT)
        tx.run(MERGE_BEFORE, id=people.zhou.id, body=json.dumps(body))
        destroy_keys(tx, [people.zhou.id, people.firm.id])

    site.graph.write(write)


def test_everything_that_lay_in_clear_is_sealed(site: TestSite, make: Make) -> None:
    people = some_people(site, make)
    as_before(site, people)
    assert all(one in dump(site) for one in SECRETS)
    assert site.graph.write(seal_workers) == 1
    seal_stored(site.graph)

    stored = dump(site)
    assert [one for one in SECRETS if one in stored] == []
    kept = site.system.read(get_clear_worker, people.zhou.id)
    assert (kept.id_number, kept.phone, kept.bank_account, kept.born_on, kept.sex) == (IDENTITY, PHONE, BANK, date(1976, 3, 5), "m")
    assert kept.birth_month == 1976 * 12 + 2
    assert {one.certificate for one in (*kept.skills, *kept.certificates)} == {NUMBER}
    assert site.system.read(get_enterprise, people.firm.id).contact_phone == CONTACT
    seal_stored(site.graph)
    assert dump(site) == stored
