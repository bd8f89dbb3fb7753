"""A unit's rules on one page: those that held, the one that holds, what is proposed, and a new one."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.domains.share_rules.forms import ShareRuleForm
from marketplace.domains.share_rules.model import STATUS_LABELS, STATUS_TONES, WORKFLOW
from marketplace.domains.share_rules.repository import get_home, get_rule, list_rules
from marketplace.domains.share_rules.service import confirm_rule, propose_rule, refuse_rule
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.kernel.workdays import local_day
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, sent_version, show
from marketplace.web.identity import current_actor
from marketplace.web.site import current_site

room = Blueprint("share_rules", __name__)


@room.route("/enterprises/<id>/share-rules", methods=["GET", "POST"])
@requires(Permission.SHARE_RULE_READ)
def index(id: str) -> ResponseReturnValue:
    home = read_for(Permission.SHARE_RULE_READ, get_home, id)
    form = ShareRuleForm.of()
    if rule := form.save(lambda uow: propose_rule(uow, id, form.revision())):
        flash(_("The rule holds from %(day)s on.", day=rule.effective_from) if rule.confirmed_at else _("Proposed. The enterprise has to set it."))
        return redirect(url_for(".index", id=id))
    today, rules = local_day(current_site().clock.now()), read(list_rules, id)
    return show(
        "income/rules.html", form=form, home=home, rules=rules, statuses=STATUS_LABELS, tones=STATUS_TONES, today=today,
        steps={one.id: WORKFLOW.open_to(current_actor().tokens, one) for one in rules},
    )  # fmt: skip


@room.get("/share-rules/<id>")
@requires(Permission.SHARE_RULE_READ)
def detail(id: str) -> ResponseReturnValue:
    """Where messages lead."""
    rule = read(get_rule, id)
    return redirect(url_for(".index", id=rule.enterprise_id, _anchor=f"rule-{rule.id}"))


@room.post("/share-rules/<id>/steps/<verb>")
@requires(Permission.SHARE_RULE_CONFIRM)
def take_step(id: str, verb: str) -> ResponseReturnValue:
    version = sent_version()
    if verb == "confirm":
        rule = change(confirm_rule, id, version)
    elif verb == "refuse":
        rule = change(refuse_rule, id, version, request.form.get("reason", "")[:1_000])
    else:
        raise NotFound(verb)
    flash(_("Noted."))
    return redirect(url_for(".index", id=rule.enterprise_id))
