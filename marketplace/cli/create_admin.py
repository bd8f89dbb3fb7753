"""The first account of a site without the demo."""

import secrets
from pathlib import Path

import click

from marketplace.cli.init import ROOT, found
from marketplace.cli.options import data_option, settings_of
from marketplace.domains.accounts.model import SHORTEST_PASSWORD
from marketplace.domains.accounts.service import create_account, hashed
from marketplace.domains.organisations.repository import find_organisation_id
from marketplace.domains.roles.model import Holder
from marketplace.domains.roles.service import grant_role
from marketplace.kernel.actor import SYSTEM_ACTOR
from marketplace.kernel.roles import Role
from marketplace.kernel.unit_of_work import UnitOfWork, change
from marketplace.opening import open_site


@click.command("create-admin")
@click.argument("login")
@click.argument("name")
@click.option("--ask", is_flag=True, help="Ask for a password; without it one is made and printed once.")
@data_option
def create_admin(login: str, name: str, ask: bool, data: Path | None) -> None:
    """Open an account for an administrator, who signs in as LOGIN and is called NAME."""
    password = asked_password() if ask else secrets.token_urlsafe(12)
    digest = hashed(password)
    with open_site(settings_of(data)) as site:
        found(site)
        change(site.graph, SYSTEM_ACTOR, site.clock.now(), lambda uow: create_administrator(uow, login, name, digest), patience=15)
        site.relay.drain()
    click.echo(f"{login} may sign in." if ask else f"{login} may sign in with: {password}\nIt is shown this once.")


def create_administrator(uow: UnitOfWork, login: str, name: str, password_hash: str) -> Holder:
    account = create_account(uow, login, name, password_hash)
    root = find_organisation_id(uow.tx, ROOT)
    assert root is not None
    return grant_role(uow, account.id, account.version, Role.ADMINISTRATOR, "organisation", root)


def asked_password() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(password) < SHORTEST_PASSWORD:
        raise click.UsageError(f"A password has at least {SHORTEST_PASSWORD} characters.")
    return password
