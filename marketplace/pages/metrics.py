"""For whoever watches the site over time: the state of the engines and of the relay, and what this process has answered."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from graph.errors import GraphError
from graph.outbox import Backlog, get_backlog
from marketplace.kernel.permission import Permission
from marketplace.web.access import requires
from marketplace.web.identity import current_actor
from marketplace.web.measures import carries_token, current_measures
from marketplace.web.site import Site, current_site
from search.errors import SearchUnavailable

room = Blueprint("metrics", __name__)


@room.get("/metrics")
@requires(Permission.VISIT)
def index() -> ResponseReturnValue:
    """For administrators and for the token's bearer; to everybody else there is no such page."""
    if not (carries_token() or current_actor().can(Permission.ADMINISTER)):
        abort(404)
    text = generate_latest(state_of(current_site())) + generate_latest(current_measures().registry)
    return Response(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def state_of(site: Site) -> CollectorRegistry:
    """Made anew each time: what can't be read now is left out rather than told as it was."""
    registry = CollectorRegistry()
    backlog, documents = find_backlog(site), count_documents(site)
    tell(registry, "graph_up", "Whether the graph answers.", backlog is not None)
    tell(registry, "index_up", "Whether the search index answers.", documents is not None)
    if documents is not None:
        tell(registry, "index_documents", "Documents that readers can find.", documents)
    if backlog is not None:
        tell(registry, "relay_lag_seconds", "Age of the oldest change that the relay has not followed.", lag_of(site, backlog))
        tell(registry, "events_pending", "Changes that the relay has not followed.", backlog.pending)
        tell(registry, "events_aside", "Changes that were set aside and wait for a person.", backlog.aside)
    return registry


def tell(registry: CollectorRegistry, name: str, meaning: str, value: float) -> None:
    Gauge(f"jiangchuang_{name}", meaning, registry=registry).set(value)


def find_backlog(site: Site) -> Backlog | None:
    try:
        return site.graph.read(get_backlog, reader=("system",))
    except GraphError:
        return None


def lag_of(site: Site, backlog: Backlog) -> float:
    """Another machine's clock may be ahead of ours: that is no lag."""
    return max(0.0, (site.clock.now() - backlog.oldest).total_seconds()) if backlog.oldest else 0.0


def count_documents(site: Site) -> int | None:
    try:
        return site.index.count()
    except (SearchUnavailable, OSError):
        return None
