"""A status changes through the room's table and nowhere else."""

import pytest

from tests.house.rules.source import ROOT, Source, everywhere, python_sources, template_sources
from tests.house.rules.status import assigned_states, bare_comparisons, initial_states, states_in_statement, states_in_template

MODEL = """
class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
"""


def initial_of(source: Source) -> frozenset[str]:
    model = (ROOT / source.path).with_name("model.py")
    return initial_states(model.read_text(encoding="utf-8")) if model.exists() else frozenset()


def test_no_status_is_assigned_by_hand() -> None:
    others = [one for one in python_sources() if one.name != "model.py"]
    assert everywhere(lambda source: assigned_states(source, initial_of(source)), others) == []


def test_no_status_is_compared_with_a_bare_string() -> None:
    assert everywhere(bare_comparisons, python_sources()) == []


def test_no_template_decides_by_a_status() -> None:
    assert everywhere(states_in_template, template_sources()) == []


def test_a_new_thing_begins_in_the_first_state() -> None:
    new = Source("service.py", "Studio(id=id, status=Status.DRAFT)")
    assert assigned_states(new, initial_states(MODEL)) == []


@pytest.mark.parametrize(
    "text",
    [
        "replace(studio, status=Status.DRAFT)",
        "dataclasses.replace(studio, status=StudioStatus.NAMED)",
        "Studio(id=id, status=Status.PUBLISHED)",
        "Studio(id=id, status='published')",
        "model.Studio(status=model.Status.PUBLISHED.value)",
    ],
)
def test_control_an_assigned_status_is_seen(text: str) -> None:
    assert assigned_states(Source("service.py", text), initial_states(MODEL))


@pytest.mark.parametrize(
    "text",
    [
        "studio.status == 'draft'",
        "'draft' != status",
        "studio.status in ('draft', 'named')",
        "studio.status.value == 'draft'",
        "match studio.status:\n    case 'draft':\n        pass",
    ],
)
def test_control_a_bare_comparison_is_seen(text: str) -> None:
    assert bare_comparisons(Source("service.py", text))


def test_control_a_status_spelt_out_elsewhere_is_seen() -> None:
    assert states_in_statement("MATCH (a:Achievement) WHERE a.status = 'published' RETURN a")
    assert states_in_statement("MATCH (a:Achievement {status: 'published'}) RETURN a")
    assert states_in_statement("MATCH (a:Achievement) WHERE a.status IN ['published'] RETURN a")
    assert states_in_template(Source("detail.html", "{% if need.status == 'open' %}"))
