"""For whoever watches the site: is the process alive, and can it do its work."""

from datetime import timedelta

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from graph.errors import GraphError
from graph.outbox import list_pending
from marketplace.kernel.permission import Permission
from marketplace.pages.metrics import count_documents
from marketplace.web.access import requires
from marketplace.web.site import Site, current_site

room = Blueprint("health", __name__)
LONGEST_LAG = timedelta(seconds=60)


@room.get("/healthz")
@requires(Permission.VISIT)
def alive() -> ResponseReturnValue:
    """Touches no engine: a watcher must not restart a site because its store is slow."""
    return jsonify(status="ok")


@room.get("/readyz")
@requires(Permission.VISIT)
def ready() -> ResponseReturnValue:
    faults = [fault for fault in (graph_fault(current_site()), index_fault(current_site())) if fault]
    return jsonify(status="not ready" if faults else "ok", faults=faults), 503 if faults else 200


def graph_fault(site: Site) -> str:
    """The store answers, and what was changed does not wait too long for the index."""
    try:
        site.graph.ping()
        waiting = site.graph.read(lambda tx: list_pending(tx, 1), reader=("system",))
    except GraphError:
        return "graph"
    return "relay" if waiting and site.clock.now() - waiting[0].at > LONGEST_LAG else ""


def index_fault(site: Site) -> str:
    return "index" if count_documents(site) is None else ""
