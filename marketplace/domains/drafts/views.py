"""Keep a draft, throw one away. No audit: a draft is nobody's act yet."""

from flask import Blueprint, abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.kernel.drafts import MOST_BYTES, drop_draft, save_draft
from marketplace.kernel.permission import Permission
from marketplace.web.access import requires
from marketplace.web.door import sent_version
from marketplace.web.drafting import kept_pairs
from marketplace.web.identity import current_actor
from marketplace.web.links import inner_url
from marketplace.web.site import current_site

room = Blueprint("drafts", __name__, url_prefix="/drafts")
LONGEST_ADDRESS = 120
MOST_SENT = 4 * MOST_BYTES
"""On the wire a Chinese character takes nine bytes, as text three."""


@room.post("/<form>")
@requires(Permission.SIGNED_IN)
def keep(form: str) -> ResponseReturnValue:
    site, account = current_site(), current_actor().account_id
    if len(form) > LONGEST_ADDRESS:
        abort(404)
    if (request.content_length or 0) > MOST_SENT:
        abort(413)
    try:
        pairs = kept_pairs(form.partition(".")[0], request.form.items(multi=True))
    except KeyError:
        abort(404)
    sent, seen = request.form.get("key", "")[:64], sent_version()
    site.graph.write(lambda tx: save_draft(tx, account, form, pairs, sent, seen, site.clock.now()))
    return "", 204


@room.post("/<form>/discard")
@requires(Permission.SIGNED_IN)
def discard(form: str) -> ResponseReturnValue:
    account = current_actor().account_id
    current_site().graph.write(lambda tx: drop_draft(tx, account, form))
    flash(_("The draft is thrown away."))
    return redirect(inner_url(request.form.get("back")))
