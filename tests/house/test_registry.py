"""Each value about a person says what it is for, why it may be kept, how long, and who reads it; what is secret lies sealed."""

import pytest

from graph.ontology import ONTOLOGY
from graph.schema import Edge, Kind, Node, Personal, Property, Since
from marketplace.kernel.registry import BASIS_LABELS, KEEPING_LABELS, SEEN_LABELS

OWNERS: list[Node | Edge] = [*ONTOLOGY.nodes, *ONTOLOGY.edges]
DECLARED = [(owner.name, one) for owner in OWNERS for one in owner.properties if one.personal is not None and one.personal is not False]
MEANS_PERSONAL = ("phone", "bank", "id_number", "born", "certificate", "birth", "mail", "identity")
"""Parts of names that have no other meaning here."""
TIMES = (Kind.TIME, Kind.DATE, Kind.BOOLEAN, Kind.INTEGER)


def faults(where: str, one: Property) -> list[str]:
    about = one.personal
    if not isinstance(about, Personal):
        return [f"{where}.{one.name} does not say what it is for"]
    found = [] if about.purpose.en and about.purpose.zh else ["has no purpose"]
    found += [] if about.basis in BASIS_LABELS and about.keeping.since in KEEPING_LABELS and about.seen in SEEN_LABELS else ["has no words"]
    found += ["has no time"] if about.keeping.since in (Since.LEFT, Since.RECORDED) and not about.keeping.days else []
    return [f"{where}.{one.name} {fault}" for fault in found]


@pytest.mark.parametrize(("where", "one"), DECLARED, ids=lambda one: getattr(one, "name", one))
def test_a_personal_value_has_a_whole_entry(where: str, one: Property) -> None:
    assert faults(where, one) == []


def test_what_is_named_like_a_number_of_a_person_is_in_the_registry() -> None:
    named = [(owner.name, one) for owner in OWNERS for one in owner.properties if any(part in one.name for part in MEANS_PERSONAL)]
    assert [f"{owner}.{one.name}" for owner, one in named if not one.personal and one.kind not in TIMES] == []
    assert len(named) > 8


def test_numbers_lie_sealed() -> None:
    sealed = {one.name for _, one in DECLARED if isinstance(one.personal, Personal) and one.personal.sealed}
    assert sealed >= {"id_number", "phone", "bank_account", "born_on", "certificate", "contact_phone"}


def test_control_an_entry_without_purpose_is_seen() -> None:
    [where, one] = DECLARED[0]
    bare = Property(one.name, one.kind, one.words, personal=True)  # type: ignore[arg-type]
    assert faults(where, bare)
