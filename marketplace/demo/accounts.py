"""One account for each role, with a random password that is printed once and kept in the data folder."""

import secrets
from datetime import timedelta
from functools import partial

from marketplace.demo.market import enterprise_user
from marketplace.demo.stage import Stage
from marketplace.domains.accounts.repository import find_account, get_account
from marketplace.domains.accounts.service import change_password, hashed
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.notices import read_all_notices
from marketplace.kernel.roles import Role
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.web.site import Site

FILE = "demo-accounts.txt"
FORTNIGHT = timedelta(days=14)


def open_doors(stage: Stage) -> None:
    """The people of the journeys get passwords; nobody else can sign in. Hashing is slow and done before."""
    passwords = {login: secrets.token_urlsafe(9) for login, _ in DOORS}
    hashes = {login: hashed(password) for login, password in passwords.items()}
    stage.together(partial(hand_over_keys, stage, hashes))
    lines = [f"    {login:<24}{passwords[login]:<16}{role}" for login, role in DOORS]
    place = stage.site.settings.data / FILE
    place.touch(mode=0o600)
    place.write_text("\n".join(("  演示账号 Demo accounts (sign-in name, password, role)", *lines, "")), encoding="utf-8")


def hand_over_keys(stage: Stage, hashes: dict[str, str]) -> None:
    stage.officer("sd-jiuxianqiao")
    stage.officer("base-woling")
    enterprise_user(stage, "shunyao")
    stage.actor("administrator", "系统管理员", "", Role.ADMINISTRATOR, "organisation", stage.unit("district"))
    stage.actor("association-officer", "沈长春", "", Role.ASSOCIATION_OFFICER, "association", stage.ids["association:assoc-district-skills"])
    for login, secret in hashes.items():
        account = get_account(stage.uow.tx, stage.ids[f"account:{login}"])
        stage.play(None, SYSTEM_ACTOR, change_password, account.id, account.version, secret)


def read_old_notices(site: Site) -> None:
    """Who has worked here for years has read what came before the last fortnight. After the relay has told of it."""

    def leaf_through(uow: UnitOfWork) -> None:
        for login, _ in DOORS:
            account = find_account(uow.tx, login)
            if account is not None:
                read_all_notices(uow.tx, account.id, uow.now, until=uow.now - FORTNIGHT)

    change(site.graph, SYSTEM_ACTOR, site.clock.now(), leaf_through, patience=15)


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
