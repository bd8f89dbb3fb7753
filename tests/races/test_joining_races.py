"""One registration is decided once and one code is used once, however many want it at the same moment."""

import os

import pytest

from graph.connection import Graph
from marketplace.domains.enterprises.model import Enterprise, EnterpriseText
from marketplace.domains.enterprises.service import create_enterprise
from marketplace.domains.invitations.service import invite_by_code
from marketplace.domains.organisations.model import Organisation
from marketplace.domains.organisations.service import create_organisation
from marketplace.kernel.invitations import digest_of_code, new_code
from tests.conftest import Engine
from tests.races import joining_contenders as contenders
from tests.races.contenders import change, contest, named

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.xdist_group("races")]
Track = tuple[Engine, Graph]
ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "3"))


def an_enterprise(graph: Graph) -> tuple[Organisation, Enterprise]:
    unit = change(graph, lambda uow: create_organisation(uow, named(0)))
    firm = change(graph, lambda uow: create_enterprise(uow, EnterpriseText(name="北京沃岭储能技术有限公司", union_name=named(0).name)))
    assert isinstance(unit, Organisation)
    assert isinstance(firm, Enterprise)
    return unit, firm


def a_code(graph: Graph, firm: Enterprise) -> str:
    code = new_code()
    change(graph, lambda uow: invite_by_code(uow, firm, "财务部", code, 14))
    return code


def test_of_two_officers_one_verifies(racetrack: Track) -> None:
    engine, graph = racetrack
    unit, firm = an_enterprise(graph)
    for round in range(1, ROUNDS + 1):
        sent = contenders.at_the_door(graph, firm.id)
        assert contest(engine, contenders.verify, 2, f"{unit.id} {sent.id}") == {"verified": 1, "late": 1}
        assert graph.read(lambda tx: contenders.count_cards(tx, "宋海燕")) == round


def test_of_eight_who_open_one_link_one_comes_in(racetrack: Track) -> None:
    engine, graph = racetrack
    _unit, firm = an_enterprise(graph)
    for round in range(1, ROUNDS + 1):
        assert contest(engine, contenders.use_code, 8, a_code(graph, firm)) == {"in": 1, "gone": 7}
        assert graph.read(lambda tx: contenders.count_holders(tx, firm.id)) == round


def test_without_the_guard_several_come_in_by_one_link(racetrack: Track) -> None:
    """Eight may come one after the other by chance, five times hardly ever."""
    engine, graph = racetrack
    _unit, firm = an_enterprise(graph)
    tries = (contest(engine, contenders.use_code_without_guard, 8, digest_of_code(a_code(graph, firm))) for _try in range(5))
    assert any(outcome["in"] > 1 for outcome in tries)


def test_without_the_guard_one_registration_makes_several_cards(racetrack: Track) -> None:
    engine, graph = racetrack
    _unit, firm = an_enterprise(graph)
    tries = (contest(engine, contenders.verify_without_guard, 8, contenders.at_the_door(graph, firm.id).id) for _try in range(5))
    assert any(outcome["verified"] > 1 for outcome in tries)
