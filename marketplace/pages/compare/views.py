"""The page that puts things side by side. It needs no script and no memory: everything stands in the address."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from marketplace.kernel.permission import Permission
from marketplace.pages.compare.repository import list_things
from marketplace.pages.compare.show import columns_of, differing, groups_of
from marketplace.pages.compare.state import MOST, state_of
from marketplace.web.access import requires
from marketplace.web.door import read, show
from marketplace.web.links import page_url

room = Blueprint("compare", __name__)


@room.get("/compare")
@requires(Permission.VISIT)
def index() -> ResponseReturnValue:
    state = state_of(request.args)
    things = read(list_things, state.refs)
    groups = groups_of(things)
    unlike = differing(groups)
    equal = [row.name for group in groups for row in group.rows if row.is_equal]
    return show(
        "compare/index.html", columns=columns_of(things, state), groups=groups if state.whole else unlike, whole=state.whole,
        equal=equal, count=sum(len(group.rows) for group in groups), absent=len(state.refs) - len(things), most=MOST,
        views=((page_url(rows=None), not state.whole), (page_url(rows="all"), state.whole)),
    )  # fmt: skip
