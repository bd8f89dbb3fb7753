"""What the screens and the command say: who holds what, what is refused at its field, and why somebody may do something."""

import pytest
from click.testing import CliRunner

from marketplace.cli import main
from marketplace.cli.explain_permission import explained_in, lines_of
from marketplace.domains.roles.service import grant_role
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import declared
from marketplace.kernel.roles import Role
from tests.roles.scenes import District
from tests.roles.test_lending import lend

EVERYDAY = 7
"""One in so many pairs of a permission and a kind of thing."""
IN_ENGLISH = {"Accept-Language": "en"}


def login_of(district: District, actor: object) -> str:
    return district.held(actor)[0].login  # type: ignore[arg-type]


def test_a_role_is_given_extended_and_ended_on_the_page(district: District) -> None:
    client = district.client(district.officer)
    page = f"/roles/organisation/{district.base.id}"
    user = district.make.holding(Role.ENTERPRISE_USER, "enterprise", district.firm.id)
    sent = {"who": login_of(district, user), "role": Role.UNION_OFFICER, "until": "2026-12-31"}
    assert client.post(page, data=sent).status_code == 302
    holding = next(one for one in district.held(user) if one.role == Role.UNION_OFFICER)
    assert holding.until is not None
    assert holding.until.isoformat() == "2026-12-31T16:00:00+00:00", "the last day is over at midnight in Beijing"
    assert "2026-12-31" in client.get(page).text
    extend = f"/accounts/{user.account_id}/roles/{holding.id}/extend"
    assert client.post(extend, data={"until": "2026-01-01", "version": holding.version}).status_code == 422
    assert client.post(extend, data={"until": "2027-01-31", "version": holding.version}).status_code == 302
    end = {"version": district.version(user)}
    assert client.post(f"/accounts/{user.account_id}/roles/{holding.id}/end", data=end).status_code == 302
    assert [one.role for one in district.held(user)] == [Role.ENTERPRISE_USER]


@pytest.mark.parametrize(
    ("field", "value"), [
        ("who", "nobody-of-this-name"), ("who", ""), ("role", "king"), ("role", "administrator"), ("until", "2020-01-01"), ("until", "soon"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(district: District, field: str, value: str) -> None:
    sent = {"who": login_of(district, district.stranger), "role": "union-officer", "until": "2026-12-31"} | {field: value}
    answer = district.client(district.officer).post(f"/roles/organisation/{district.base.id}", data=sent, headers=IN_ENGLISH)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert field == "role" or value in answer.text


def test_a_stale_version_is_told(district: District) -> None:
    holding = district.held(district.officer)[0]
    path = f"/accounts/{district.officer.account_id}/roles/{holding.id}/end"
    assert district.client(district.boss).post(path, data={"version": holding.version + 5}).status_code == 409


def test_the_page_of_a_place_is_for_those_above_and_its_own(district: District) -> None:
    page = f"/roles/organisation/{district.street.id}"
    assert district.client(district.officer).get(page).status_code == 200
    assert district.client(district.stranger).get(page).status_code == 403
    assert district.client(district.officer).get("/roles/organisation/nowhere").status_code == 404
    assert district.client(district.officer).get(f"/roles/studio/{district.street.id}").status_code == 404


def test_the_matrix_is_everybody_s_and_the_reasons_are_for_officers(district: District) -> None:
    plain, officer = district.client(district.make.account()), district.client(district.officer)
    asked = f"/permissions?who={login_of(district, district.officer)}&what=enterprise-edit&thing={district.firm.number}"
    assert 'id="answer"' not in plain.get(asked).text
    assert 'id="answer"' in officer.get(asked).text
    assert 'id="answer"' not in district.client(district.stranger).get(asked).text, "another sub-district's officer is not theirs to look at"
    assert district.client(district.stranger).get(asked).status_code == 422
    assert 'id="answer"' in district.client(district.boss).get(asked).text


def unanswered(district: District, *, every: bool) -> list[str]:
    """Pages that fail."""
    browser, who = district.client(district.boss), login_of(district, district.boss)
    things = [district.firm.number, district.make.worker(at=district.firm).number, district.make.need(district.firm).number]
    pairs = [(permission, thing) for permission in declared() for thing in things][:: 1 if every else EVERYDAY]
    asked = [f"/permissions?who={who}&what={permission}&thing={thing}" for permission, thing in pairs]
    return [path for path in asked if browser.get(path).status_code not in (200, 422)]


@pytest.mark.slow
def test_a_permission_may_be_asked_of_any_kind_of_thing(district: District) -> None:
    """Rules of one kind read fields that another does not have: then the page says so."""
    assert unanswered(district, every=False) == []


@pytest.mark.slow
def test_any_permission_may_be_asked_of_any_thing(district: District) -> None:
    assert unanswered(district, every=True) == []


def test_the_page_tells_of_the_one_whose_role_it_is(district: District) -> None:
    substitute = district.make.account(name="李楠")
    lend(district, district.officer, substitute)
    asked = f"/permissions?who={login_of(district, substitute)}&what=enterprise-edit&thing={district.firm.number}"
    page = district.client(district.officer).get(asked, headers=IN_ENGLISH).text
    assert f"Yes, for {district.officer.name}" in page
    assert f"for {district.officer.name}" in district.client(substitute).get("/my", headers=IN_ENGLISH).text


def test_command_and_page_say_the_same(district: District) -> None:
    login = login_of(district, district.officer)
    found = explained_in(district.site.app, district.site.site, login, Permission.ENTERPRISE_EDIT, district.firm.id, "en")
    said = lines_of(found)
    assert said[1:3] == ["Yes", "Because: Is an officer of a unit that it stands under."]
    assert [link.title for link in found.chain] == [district.officer.name, district.street.name, district.base.name, district.firm.name]
    page = district.client(district.boss).get(f"/permissions?who={login}&what=enterprise-edit&thing={district.firm.number}", headers=IN_ENGLISH)
    assert all(part.strip(" +-").split(" (")[0] in page.text for part in said)


@pytest.mark.parametrize(
    ("who", "permission", "verdict"),
    [
        ("stranger", Permission.ENTERPRISE_EDIT, "No: it may be seen, but this not done"), ("stranger", Permission.ENTERPRISE_READ, "Yes"),
        ("boss", Permission.ENTERPRISE_CONTACT, "No: it may be seen, but this not done"), ("officer", Permission.ENTERPRISE_HISTORY, "Yes"),
    ],
)  # fmt: skip
def test_verdicts_on_what_everybody_sees(district: District, who: str, permission: Permission, verdict: str) -> None:
    login = login_of(district, getattr(district, who))
    assert explained_in(district.site.app, district.site.site, login, permission, district.firm.id, "en").verdict == verdict


def test_what_is_hidden_does_not_exist_for_whoever_may_not_see_it(district: District) -> None:
    draft = district.make.need(district.firm, public=False)
    told = explained_in(district.site.app, district.site.site, login_of(district, district.stranger), Permission.NEED_REVIEW, draft.id, "en")
    assert (told.allowed, told.verdict, told.chain) == (False, "No: for this account it does not exist", ())


def test_nobody_reviews_their_own_and_is_told_so(district: District) -> None:
    both = district.make.holding(Role.UNION_OFFICER, "organisation", district.street.id)
    district.site.system.change(grant_role, both.account_id, district.version(both), Role.ENTERPRISE_USER, "enterprise", district.firm.id)
    need = district.make.need(district.firm)
    told = explained_in(district.site.app, district.site.site, login_of(district, both), Permission.NEED_TAKE_DOWN, need.id, "en")
    assert not told.allowed
    assert told.why.startswith("Kept out: It is their own")


def test_the_command_names_what_it_does_not_find() -> None:
    assert CliRunner().invoke(main, ["explain-permission", "somebody", "no-such-permission"]).exit_code == 2
