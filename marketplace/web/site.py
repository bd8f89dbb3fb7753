"""The running site: the engines and the clock that the application was wired with."""

from dataclasses import dataclass
from typing import Any, cast

from flask import current_app

from graph.connection import Graph
from marketplace.config import Settings
from marketplace.kernel.clock import Clock
from marketplace.kernel.files import FileStore
from marketplace.kernel.rooms import Room
from marketplace.kernel.vocabulary import Vocabulary
from search.index import Index


@dataclass(frozen=True, slots=True)
class Site:
    settings: Settings
    graph: Graph
    index: Index
    files: FileStore
    clock: Clock
    rooms: dict[str, Room]
    relay: Any
    """Called after a commit (`relay.wake()`), so that the change is searchable at once; the layer above wires it."""
    vocabulary: Vocabulary
    """The synonyms that act on this site's searches."""


def current_site() -> Site:
    return cast(Site, current_app.extensions["site"])
