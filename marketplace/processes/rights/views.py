"""Who holds what at a place and by an account; give, extend, end, lend; and what waits for a second administrator."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.roles.model import STANDING_LABELS, Holder, Holding, Place, Post, Standing, post_of
from marketplace.domains.roles.repository import find_places, get_holding, get_place, get_visible_holder, list_held, list_holders, list_lent_by
from marketplace.domains.roles.service import extend_role, lend_by_name
from marketplace.kernel.errors import Forbidden, NotFound
from marketplace.kernel.labels import label
from marketplace.kernel.permission import Permission
from marketplace.kernel.roles import OFFICES, ROLE_LABELS, Role
from marketplace.processes.rights.forms import DecideForm, ExtendForm, GiveForm, LendForm, end_of, last_day_of
from marketplace.processes.rights.model import STATUS_LABELS, WORKFLOW, RoleRequest
from marketplace.processes.rights.repository import get_request, list_requests
from marketplace.processes.rights.service import confirm_request, end_or_propose, give_or_propose, refuse_request, withdraw_request
from marketplace.web.access import recently_proved, requires
from marketplace.web.door import change, read, read_for, sent_version, show
from marketplace.web.forms import one_line
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site
from marketplace.web.words import translated

room = Blueprint("roles", __name__)
EXTENDED_BY_NOBODY = label("The end of an administrator's role is not changed: propose to end it, and to give it anew.")
PLACE = "<any(organisation, enterprise, association):kind>/<id>"
SERVICES: dict[str, Callable[..., RoleRequest]] = {"confirm": confirm_request, "refuse": refuse_request, "withdraw": withdraw_request}


@dataclass(frozen=True, slots=True)
class Line:
    """A holding, and what the reader may do with it."""

    holding: Holding
    standing: Standing
    ends: bool
    extends: bool
    lends: bool


def lines_of(holdings: Iterable[Holding]) -> list[Line]:
    now = current_site().clock.now()
    return [_line(one, one.standing(now)) for one in holdings]


def _line(one: Holding, standing: Standing) -> Line:
    actor, open_still = current_actor(), standing is not Standing.PAST
    gives = open_still and one.role in OFFICES and actor.in_own_name.can(Permission.ROLE_GIVE, post_of(one))
    ends = open_still and (gives or actor.can(Permission.ROLE_END, one))
    return Line(one, standing, ends, gives and not (one.is_lent or one.needs_two), open_still and actor.in_own_name.can(Permission.ROLE_LEND, one))


def givable_at(place: Place) -> list[Role]:
    """What the reader could give there; to whom, the service looks at."""
    actor = current_actor().in_own_name
    return [role for role, office in OFFICES.items() if office.kind == place.kind and actor.can(Permission.ROLE_GIVE, Post(role, place))]


@room.get("/roles")
@requires(Permission.ROLE_READ)
def index() -> ResponseReturnValue:
    """One's own roles, what one has lent, and the way to a place."""
    me, now, text = current_actor().account_id, current_site().clock.now(), one_line(request.args.get("q"))[:60]
    held = read(list_held, me, now, past=True)
    return show(
        "roles/index.html", held=lines_of(held), lent=lines_of(read(list_lent_by, me, now)), q=text, found=read(find_places, text),
        **_words(),
    )  # fmt: skip


@room.route(f"/roles/{PLACE}", methods=["GET", "POST"])
@requires(Permission.ROLE_READ)
@recently_proved
def at(kind: str, id: str) -> ResponseReturnValue:
    place, site = read_for(Permission.ROLE_READ, get_place, kind, id), current_site()
    form = GiveForm.at(kind, givable_at(place))
    if request.method == "POST" and not form.role.choices:
        raise Forbidden
    if request.method == "POST" and form.role.data in OFFICES:
        span = form.span(site.clock.now())
        chosen = Role(form.role.data)
        done = form.save(give_or_propose, form.who.data, chosen, kind, id, span.since, span.until, site.settings.role_request_days)
        if done:
            return _told(done, _("The role is given."), url_for(".at", kind=kind, id=id))
    elif request.method == "POST":
        form.validate()
    past = "past" in request.args
    holdings = read(list_holders, kind, id, site.clock.now(), past=past)
    return show("roles/place.html", form=form, place=place, held=lines_of(holdings), past=past, **_words())


def _told(done: Holder | RoleRequest, words: str, back: str) -> ResponseReturnValue:
    if isinstance(done, RoleRequest):
        flash(_("It is proposed, and waits for a second administrator."), "info")
        return redirect(url_for(".detail", id=done.id))
    flash(words, "success")
    return redirect(back)


def _words() -> dict[str, Any]:
    return {"roles": ROLE_LABELS, "standings": STANDING_LABELS, "last_day": last_day_of}


@room.get("/accounts/<id>/roles")
@requires(Permission.ROLE_READ)
@recently_proved
def of_account(id: str) -> ResponseReturnValue:
    """With the past, as far as the reader may see."""
    holder = read(get_visible_holder, id)
    text = one_line(request.args.get("q"))[:60]
    held = read(list_held, id, current_site().clock.now(), past=True)
    return show("roles/account.html", holder=holder, held=lines_of(held), q=text, found=read(find_places, text), **_words())


@room.post("/accounts/<id>/roles/<holding>/end")
@requires(Permission.ROLE_READ)
@recently_proved
def end(id: str, holding: str) -> ResponseReturnValue:
    done = change(end_or_propose, id, sent_version(), holding, current_site().settings.role_request_days)
    return _told(done, _("The role has ended."), url_for(".index") if id == current_actor().account_id else _back_to(id))


def _back_to(id: str) -> str:
    """Where the button stood: a place, the list of one's own, or the account."""
    back = request.form.get("back", "")
    return back if back.startswith("/roles") else url_for(".of_account", id=id)


@room.route("/accounts/<id>/roles/<holding>/extend", methods=["GET", "POST"])
@requires(Permission.ROLE_READ)
@recently_proved
def extend(id: str, holding: str) -> ResponseReturnValue:
    one = read(get_holding, id, holding, current_site().clock.now())
    current_actor().in_own_name.require(Permission.ROLE_GIVE, post_of(one))
    if one.needs_two:
        raise Forbidden(EXTENDED_BY_NOBODY)
    form = ExtendForm(version=one.version, until=last_day_of(one.until))
    if form.save(extend_role, id, form.version.data, holding, end_of(form.until.data)):
        flash(_("The end is changed."), "success")
        return redirect(url_for(".of_account", id=id))
    return show("roles/extend.html", form=form, one=one, **_words())


@room.route("/roles/lend/<holding>", methods=["GET", "POST"])
@requires(Permission.ROLE_LEND)
@recently_proved
def lend(holding: str) -> ResponseReturnValue:
    site, me = current_site(), current_actor()
    one = read(get_holding, me.account_id, holding, site.clock.now())
    me.in_own_name.require(Permission.ROLE_LEND, one)
    form, most = LendForm(version=one.version), site.settings.lend_days
    if form.save(lend_by_name, form.version.data, holding, form.who.data, end_of(form.until.data), most):
        flash(_("The role is lent. They act for you until it ends."), "success")
        return redirect(url_for(".index"))
    return show("roles/lend.html", form=form, one=one, most=most, **_words())


@room.get("/roles/requests")
@requires(Permission.ROLE_REQUEST_READ)
def requests() -> ResponseReturnValue:
    return show("roles/requests.html", asked=read(list_requests), statuses=STATUS_LABELS, **_words())


@room.get("/roles/requests/<id>")
@requires(Permission.ROLE_REQUEST_READ)
def detail(id: str) -> ResponseReturnValue:
    return _request(id, DecideForm())


def _request(id: str, form: DecideForm) -> ResponseReturnValue:
    asked = read(get_request, id)
    form.version.data = asked.version
    steps = WORKFLOW.open_to(current_actor().in_own_name.tokens, asked)
    return show("roles/request.html", form=form, asked=asked, steps=steps, statuses=STATUS_LABELS, **_words())


@room.post("/roles/requests/<id>/steps/<verb>")
@requires(Permission.ROLE_REQUEST_READ)
@recently_proved
def take_step(id: str, verb: str) -> ResponseReturnValue:
    if verb not in SERVICES:
        raise NotFound(verb)
    form = DecideForm()
    reason = (form.reason.data or "",) if WORKFLOW.steps[verb].reason else ()
    if done := form.save(SERVICES[verb], id, form.version.data, *reason):
        flash(_("%(done)s: %(name)s", done=translated(WORKFLOW.steps[verb].done), name=done.name), "success")
        return redirect(url_for(".requests"))
    return _request(id, form)
