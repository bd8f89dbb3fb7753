"""The choice of language, for those whose browser runs no script."""

from flask import Blueprint, abort, make_response, redirect, request
from flask.typing import ResponseReturnValue

from marketplace.kernel.permission import Permission
from marketplace.web.access import requires
from marketplace.web.languages import LANGUAGES, keep
from marketplace.web.links import inner_url

room = Blueprint("language", __name__)


@room.get("/language/<code>")
@requires(Permission.VISIT)
def choose(code: str) -> ResponseReturnValue:
    if code not in LANGUAGES:
        abort(404)
    return keep(make_response(redirect(inner_url(request.args.get("next")))), "lang", code)
