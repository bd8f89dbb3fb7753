"""Preferences of messages; the links in letters; and, for administrators, addresses that take nothing."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.postbox.forms import AddressForm, WaysForm
from marketplace.domains.postbox.model import STATUS_LABELS, Postbox
from marketplace.domains.postbox.repository import find_postbox, list_aside
from marketplace.domains.postbox.service import choose_ways, confirm_address, remove_address, try_again, unsubscribe, write_address
from marketplace.kernel.notices import TOPIC_LABELS
from marketplace.kernel.permission import Permission
from marketplace.web.access import requires
from marketplace.web.door import change, change_each_time, read, sent_version, show
from marketplace.web.identity import current_actor
from marketplace.web.signed import read_confirm, read_unsubscribe
from marketplace.web.site import current_site
from marketplace.web.words import locale_code

room = Blueprint("postbox", __name__, url_prefix="/notices")


def _mine() -> Postbox:
    """As it stands, or as it would be begun."""
    now = current_site().clock.now()
    found = read(find_postbox, current_actor().account_id)
    return found or Postbox(id=current_actor().account_id, version=0, created_at=now, updated_at=now)


@room.route("/preferences", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def preferences() -> ResponseReturnValue:
    postbox = _mine()
    form = WaysForm.of_postbox(postbox)
    if request.method == "POST" and form.validate() and form.save(choose_ways, form.version.data, form.by_topic(), locale_code()):
        flash(_("Saved. It holds from the next message on."), "success")
        return redirect(url_for(".preferences"))
    address = AddressForm(formdata=None, obj=postbox)
    return show("postbox/preferences.html", form.status, ways=form, address=address, postbox=postbox, statuses=STATUS_LABELS)


@room.post("/address")
@requires(Permission.SIGNED_IN)
def address() -> ResponseReturnValue:
    form, postbox = AddressForm(), _mine()
    if form.save(write_address, form.version.data, form.email.data, locale_code()):
        flash(_("A letter with a link is on its way to that address.") if form.email.data else _("The address is removed."), "success")
        return redirect(url_for(".preferences"))
    ways = WaysForm(formdata=None, version=postbox.version, **{topic.value: way for topic, way in postbox.by_topic.items()})
    return show("postbox/preferences.html", form.status, ways=ways, address=form, postbox=postbox, statuses=STATUS_LABELS)


@room.post("/address/remove")
@requires(Permission.SIGNED_IN)
def remove() -> ResponseReturnValue:
    change(remove_address, sent_version())
    flash(_("The address is removed."), "success")
    return redirect(url_for(".preferences"))


@room.route("/confirm/<token>", methods=["GET", "POST"])
@requires(Permission.VISIT)
def confirm(token: str) -> ResponseReturnValue:
    """By a button: mail programs look at links before people do."""
    account, asked_at = read_confirm(current_site().settings, token)
    if request.method == "POST":
        change_each_time(confirm_address, account, asked_at)
        return show("postbox/done.html", heading=_("The address is confirmed"), words=_("Mail goes there from now on, as you chose."))
    return show("postbox/ask.html", heading=_("Is this your address?"), words=_("Confirm that mail of this site may go there."), button=_("Confirm"))


@room.get("/unsubscribe/<token>")
@requires(Permission.VISIT)
def ask_unsubscribe(token: str) -> ResponseReturnValue:
    """What the link would do; looking at it does nothing."""
    _account, topic = read_unsubscribe(current_site().settings, token)
    what = str(TOPIC_LABELS[topic]) if topic else ""
    return show("postbox/ask.html", heading=_("No more mail?"), topic=what, button=_("Send no more mail"), words=_(
        "You are still told on the site. Messages about the security of your account go on."))  # fmt: skip


@room.post("/unsubscribe/<token>")
@requires(Permission.VISIT)
def unsubscribe_now(token: str) -> ResponseReturnValue:
    """In one click, also by the mail program itself (RFC 8058), which has neither session nor form token: the signed link is enough."""
    change_each_time(unsubscribe, *read_unsubscribe(current_site().settings, token))
    return show("postbox/done.html", heading=_("No more mail"), words=_("It is switched off. On the site nothing changes."))


@room.get("/aside")
@requires(Permission.ADMINISTER)
def aside() -> ResponseReturnValue:
    return show("postbox/aside.html", boxes=read(list_aside))


@room.post("/aside/<id>/retry")
@requires(Permission.ADMINISTER)
def retry(id: str) -> ResponseReturnValue:
    change(try_again, id)
    flash(_("What was kept back is sent again."), "success")
    return redirect(url_for(".aside"))
