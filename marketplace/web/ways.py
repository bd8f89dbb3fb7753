"""Relations and ways in words, as a sentence and as a chain of glyphs."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from graph.ontology import ONTOLOGY
from marketplace.kernel.kinship import KIN_LABELS
from marketplace.kernel.labels import Label, label
from marketplace.kernel.ways import Link, Node, Way
from marketplace.web.words import day, translated, word

SAID: dict[str, Label] = {
    "EMPLOYED_BY": label("%(source)s works at %(target)s"), "MEMBER_OF": label("%(source)s belongs to %(target)s"),
    "CONTRIBUTED_TO": label("%(source)s helped to make %(target)s"), "PRODUCED_BY": label("%(source)s was made at %(target)s"),
    "ADOPTED_BY": label("%(source)s is used at %(target)s"), "HOSTED_BY": label("%(source)s is hosted by %(target)s"),
    "PROTECTED_BY": label("%(source)s is protected by %(target)s"), "OFFERS": label("%(source)s offers %(target)s"),
    "OFFERED_BY": label("%(source)s is offered by %(target)s"), "USES_SKILL": label("%(source)s uses %(target)s"),
    "POSTED_BY": label("%(source)s was posted by %(target)s"), "REQUIRES": label("%(source)s requires %(target)s"),
    "INVENTED": label("%(source)s invented %(target)s"), "OWNED_BY": label("%(source)s belongs to its owner %(target)s"),
    "HAS_SKILL": label("%(source)s knows %(target)s"), "DECLARED_KIN": label("%(source)s declared %(target)s as kin"),
}  # fmt: skip


def kind_of(kind: str) -> str:
    return word(ONTOLOGY.node(kind.capitalize()).words)


def network_url(node: Node) -> str:
    """Where the surroundings of a thing are drawn."""
    return url_for("network.detail", kind=node.kind, id=node.id)


def said_of(link: Link, labels: dict[str, str]) -> str:
    """One relation as a clause, with its dates."""
    words = translated(SAID[link.relation], source=labels[link.source], target=labels[link.target])
    notes = [translated(KIN_LABELS[link.role])] if link.relation == "DECLARED_KIN" and link.role in KIN_LABELS else []
    notes += [times] if (times := times_of(link)) else []
    return str(_("%(words)s (%(times)s)", words=words, times="，".join(notes))) if notes else words


def relation_note(link: Link) -> str:
    """Its name alone, for a chain and a column."""
    return word(ONTOLOGY.edge(link.relation).words)


DONE: dict[str, Label] = {"CONTRIBUTED_TO": label("finished on %(day)s"), "INVENTED": label("filed on %(day)s")}


def times_of(link: Link) -> str:
    """From when until when; of a joint work the day it was done."""
    since, until = link.since, link.until
    if link.day and link.relation in DONE:
        return translated(DONE[link.relation], day=day(link.day))
    if since and until:
        return str(_("%(since)s to %(until)s", since=day(since), until=day(until)))
    if since:
        return str(_("since %(day)s", day=day(since)))
    return str(_("until %(day)s", day=day(until))) if until else ""


def sentence_of(way: Way) -> str:
    labels = {node.id: node.label for node in way.nodes}
    return str(_("; ")).join(said_of(link, labels) for link in way.links)


def why_of(ways: Iterable[Way]) -> str:
    """Several ways in a cell."""
    return "\n".join(sentence_of(way) for way in ways)


def chain_of(way: Way) -> list[dict[str, Any]]:
    """For the macro `chain`: under each thing stands how it is linked with the one before."""
    notes = ["", *(relation_note(link) for link in way.links)]
    return [{"kind": node.kind, "title": node.label, "note": note, "url": network_url(node)} for node, note in zip(way.nodes, notes, strict=True)]
