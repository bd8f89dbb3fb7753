"""The draft of a form: where its script sends it, which of its fields are never kept, and how it comes back."""

from collections.abc import Iterable

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from graph.ontology import ONTOLOGY
from marketplace.kernel.drafts import Draft, Pairs, draft_id, find_draft
from marketplace.web.door import read
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site

NEVER_KEPT = frozenset({"csrf_token", "key", "version", "password", "add_row", "remove_row", "back", "next"})


def personal_names(node: str) -> frozenset[str]:
    """What the ontology calls personal, on the node and on its relations. Raises KeyError for a node that it does not know."""
    edges = (edge.properties for edge in ONTOLOGY.edges if any(node in ends for ends in edge.ends))
    declared = (one for properties in (ONTOLOGY.node(node).properties, *edges) for one in properties)
    return frozenset(one.name for one in declared if one.personal and not one.personal.drafted)


def never_kept(node: str) -> frozenset[str]:
    """Neither here nor, while the site can't be reached, in the browser."""
    return NEVER_KEPT | personal_names(node)


def may_be_kept(name: str, node: str) -> bool:
    """Also inside a row: 'people-0-phone' is a phone."""
    return not never_kept(node) & {name, name.partition("-")[0], name.rpartition("-")[2]}


def kept_pairs(node: str, sent: Iterable[tuple[str, str]]) -> Pairs:
    return [(name, value) for name, value in sent if may_be_kept(name, node)]


def form_address(node: str) -> str:
    """The form's name: what it is about and where it stands, the same at every visit."""
    where = ".".join(str(value) for _name, value in sorted((request.view_args or {}).items()))
    return ".".join(part for part in (node, request.endpoint or "", where) if part)


def draft_url(node: str) -> str:
    return url_for("drafts.keep", form=form_address(node))


def draft_key(node: str) -> str:
    """Under which the browser keeps what could not be sent: nobody else who signs in there is shown it."""
    return draft_id(current_actor().account_id, form_address(node))


def draft_here(node: str) -> Draft | None:
    """The reader's own draft of the form that is being shown."""
    actor = current_actor()
    if actor.is_guest or request.method != "GET":
        return None
    return read(find_draft, actor.account_id, form_address(node), current_site().clock.now())


def typed(draft: Draft) -> "MultiDict[str, str]":
    return MultiDict(draft.pairs)
