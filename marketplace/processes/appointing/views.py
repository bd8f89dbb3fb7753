"""Experts for one team: who is free, who is linked with it and how, who has been appointed."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graph.connection import Transaction
from marketplace.domains.challenges.model import Challenge
from marketplace.domains.challenges.repository import get_challenge
from marketplace.domains.judgements.model import STATUS_LABELS
from marketplace.domains.proposals.model import Team
from marketplace.domains.proposals.repository import list_teams
from marketplace.kernel.conflicts import Finding
from marketplace.kernel.permission import Permission
from marketplace.kernel.ways import Way
from marketplace.processes.appointing.model import Checked
from marketplace.processes.appointing.service import appoint_expert, get_team, list_checked
from marketplace.web.access import requires
from marketplace.web.door import change, read, read_for, show
from marketplace.web.site import current_site
from marketplace.web.ways import kind_of, relation_note

room = Blueprint("appointing", __name__)


@room.get("/challenges/<id>/teams/<int:ordinal>/experts")
@requires(Permission.CHALLENGE_JUDGE)
def experts(id: str, ordinal: int) -> ResponseReturnValue:
    challenge = read_for(Permission.CHALLENGE_JUDGE, get_challenge, id)
    team, teams, rows = read(_looked_at, challenge, ordinal)
    return show("challenges/experts.html", challenge=challenge, team=team, teams=teams, rows=rows, statuses=STATUS_LABELS)


def _looked_at(tx: Transaction, challenge: Challenge, ordinal: int) -> tuple[Team, list[int], list[dict[str, Any]]]:
    team = get_team(tx, challenge.id, ordinal)
    checked = list_checked(tx, challenge, team, current_site().clock.now())
    return team, [one.ordinal for one in list_teams(tx, challenge.id)], [_row(one, team) for one in checked]


def _row(checked: Checked, team: Team) -> dict[str, Any]:
    chains = [_chain(one, team, checked.expert.worker_id) for one in checked.counting[:3]]
    return {"checked": checked, "expert": checked.expert, "judgement": checked.judgement, "chains": chains, "more": len(checked.counting) - 3}


def _chain(finding: Finding, team: Team, expert_id: str) -> list[dict[str, Any]]:
    """The way in its kinds: the expert has a name, the team a number, and whoever stands between neither, for they would tell who it is."""
    notes = ["", *(relation_note(link) for link in finding.way.links)]
    return [
        {"kind": node.kind, "title": title, "note": note}
        for node, title, note in zip(finding.way.nodes, _titles(finding.way, team, expert_id), notes, strict=True)
    ]


def _titles(way: Way, team: Team, expert_id: str) -> list[str]:
    number = _("Team %(n)s", n=team.ordinal)
    return [node.label if node.id == expert_id else number if node.id in team.parties else kind_of(node.kind) for node in way.nodes]


@room.post("/challenges/<id>/teams/<int:ordinal>/experts")
@requires(Permission.CHALLENGE_JUDGE)
def appoint(id: str, ordinal: int) -> ResponseReturnValue:
    judgement = change(appoint_expert, id, ordinal, request.form.get("expert", "")[:40])
    flash(_("%(name)s is asked to judge team %(n)s.", name=judgement.account_name, n=ordinal), "success")
    return redirect(url_for(".experts", id=id, ordinal=ordinal))
