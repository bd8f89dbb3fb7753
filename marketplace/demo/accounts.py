"""One account for each role, with a random password that is printed once and kept in the data folder."""

import secrets

from marketplace.demo.market import enterprise_user
from marketplace.demo.stage import Stage
from marketplace.domains.accounts.model import Role
from marketplace.domains.accounts.repository import get_account
from marketplace.domains.accounts.service import change_password, hashed
from marketplace.kernel.actor import SYSTEM_ACTOR

FILE = "demo-accounts.txt"


def open_doors(stage: Stage) -> None:
    """The people of the journeys get passwords; nobody else can sign in."""
    stage.officer("sd-jiuxianqiao")
    stage.officer("base-woling")
    enterprise_user(stage, "shunyao")
    stage.actor("administrator", "系统管理员", "", Role.ADMINISTRATOR, "organisation", stage.unit("district"))
    stage.actor("association-officer", "沈长春", "", Role.ASSOCIATION_OFFICER, "association", stage.ids["association:assoc-district-skills"])
    lines = [line_of(stage, login, role) for login, role in DOORS]
    place = stage.site.settings.data / FILE
    place.touch(mode=0o600)
    place.write_text("\n".join(("  演示账号 Demo accounts (sign-in name, password, role)", *lines, "")), encoding="utf-8")


DOORS = (
    ("worker-feng-xiao", "职工 worker"),
    ("worker-zhou-licheng", "工作室带头人 studio lead"),
    ("worker-han-xuemei", "工作室成员 studio member"),
    ("firm-shunyao", "企业用户 enterprise user"),
    ("association-officer", "技协干部 association officer"),
    ("officer-base-woling", "基层工会干部 base union officer"),
    ("officer-sd-jiuxianqiao", "街道工会干部 union officer"),
    ("administrator", "管理员 administrator"),
)


def line_of(stage: Stage, login: str, role: str) -> str:
    password = secrets.token_urlsafe(9)
    id = stage.ids[f"account:{login}"]
    account = stage.site.graph.read(lambda tx: get_account(tx, id), reader=SYSTEM_ACTOR.reader)
    stage.play(None, SYSTEM_ACTOR, change_password, id, account.version, hashed(password))
    return f"    {login:<24}{password:<16}{role}"
