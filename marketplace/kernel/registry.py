"""The registry of personal data in words, as the privacy notice says it, and the days by which its values go."""

from dataclasses import dataclass
from functools import cache

from graph.ontology import ONTOLOGY
from graph.schema import Basis, Personal, Seen, Since, Words
from marketplace.kernel.labels import Label, label

BASIS_LABELS: dict[str, Label] = {
    Basis.CONSENT: label("Consent (article 13, 1)"), Basis.CONTRACT: label("To do what you asked for (article 13, 2)"),
    Basis.DUTY: label("Duty of the union by law (article 13, 3)"), Basis.SEPARATE_CONSENT: label("Separate consent (article 29)"),
}  # fmt: skip
KEEPING_LABELS: dict[str, Label] = {
    Since.LEFT: label("While employed here"), Since.RECORDED: label("From the record"), Since.CLOSED: label("Until the account is closed"),
    Since.ERASED: label("Until changed or erased"),
}  # fmt: skip
SEEN_LABELS: dict[str, Label] = {
    Seen.SELF: label("The person"), Seen.SELF_AND_ABOVE: label("The person, and officers above"), Seen.ABOVE: label("Officers above"),
    Seen.SIGNED_IN: label("Signed-in readers, where the person agreed"), Seen.NOBODY: label("Nobody: it is compared only"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """`owner` is the kind of thing that has the value."""

    owner: Words
    value: Words
    about: Personal


@cache
def registry() -> tuple[Entry, ...]:
    """In the order of the map."""
    of_nodes = [Entry(node.words, one.words, one.personal) for node in ONTOLOGY.nodes for one in node.properties if one.personal]
    return (*of_nodes, *(Entry(edge.words, one.words, one.personal) for edge in ONTOLOGY.edges for one in edge.properties if one.personal))


def days_after_leaving() -> int:
    """Of the values that go when somebody has left for so long: the shortest keeps to all."""
    return min(one.about.keeping.days for one in registry() if one.about.keeping.since is Since.LEFT and one.about.keeping.days)


def days_after_recording() -> int:
    """Of looks and other records."""
    return max(one.about.keeping.days for one in registry() if one.about.keeping.since is Since.RECORDED and one.about.keeping.days)
