"""What somebody looks for is theirs: it stands in the copy of their data, and goes with them when they are erased."""

from marketplace.domains.saved_searches.repository import list_own_searches
from marketplace.processes.erasure.service import ask_erasure, carry_out_erasure
from marketplace.processes.looks.repository import read_parts
from tests.factories import Make
from tests.saved_searches.scenes import Street
from tests.site import TestSite


def test_saved_searches_stand_in_the_copy_and_go_with_the_person(site: TestSite, make: Make) -> None:
    street, worker = Street(site, make), make.worker("司徒南")
    person = make.person(worker)
    street.saves(person, "泄压 电池", "kind=achievement", title="电池安全")

    [said] = site.acting_as(person).read(read_parts, worker.id)["searches"]
    assert (said["title"], said["words"], said["filters"], said["status"]) == ("电池安全", "泄压 电池", ["kind=achievement"], "kept")

    asked = site.acting_as(person).change(ask_erasure, worker.id, "离开", worker.name)
    site.system.change(carry_out_erasure, asked.id, asked.version)
    assert site.system.read(read_parts, worker.id)["searches"] == []
    assert site.system.read(list_own_searches, person.account_id) == []
