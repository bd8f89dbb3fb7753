"""Pages that explain: help, privacy, accessibility."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from marketplace.kernel.permission import Permission
from marketplace.kernel.registry import BASIS_LABELS, KEEPING_LABELS, SEEN_LABELS, registry
from marketplace.web.access import requires
from marketplace.web.door import show

room = Blueprint("help", __name__)


@room.get("/help")
@requires(Permission.VISIT)
def index() -> ResponseReturnValue:
    return show("pages/help.html")


@room.get("/privacy")
@requires(Permission.VISIT)
def privacy() -> ResponseReturnValue:
    return show("pages/privacy.html", registry=registry(), bases=BASIS_LABELS, keepings=KEEPING_LABELS, seen=SEEN_LABELS)


@room.get("/accessibility")
@requires(Permission.VISIT)
def accessibility() -> ResponseReturnValue:
    return show("pages/accessibility.html")
