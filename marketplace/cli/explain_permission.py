"""Why an account may or may not do something, in the words of the page."""

from pathlib import Path
from typing import Any

import click
from flask import Flask

from marketplace.app import create_app
from marketplace.cli.options import data_option, settings_of
from marketplace.kernel.errors import NotFound
from marketplace.kernel.permission import Permission
from marketplace.kernel.permissions import SYSTEM
from marketplace.opening import open_site
from marketplace.pages.permissions.explaining import Explanation, explain, find_thing
from marketplace.pages.permissions.repository import find_account_in_sight
from marketplace.web.site import Site


@click.command("explain-permission")
@click.argument("account")
@click.argument("permission", type=click.Choice([one.value for one in Permission]))
@click.argument("id", required=False, default="")
@click.option("--language", type=click.Choice(["zh_CN", "en"]), default="zh_CN", show_default=True)
@data_option
def explain_permission(account: str, permission: str, id: str, language: str, data: Path | None) -> None:
    """Whether ACCOUNT (sign-in name, number or id) has PERMISSION on the thing ID, and why; without ID, on anything at all."""
    with open_site(settings_of(data)) as site:
        found = explained_in(create_app(site=site), site, account, Permission(permission), id, language)
    click.echo("\n".join(lines_of(found)))


def explained_in(app: Flask, site: Site, account: str, permission: Permission, id: str, language: str) -> Explanation:
    """Raises ClickException where there is no such account or thing."""

    def look(tx: Any) -> Explanation:
        found = find_account_in_sight(tx, account, site.clock.now())
        if found is None:
            raise click.ClickException(f"There is no account {account}.")
        try:
            thing = find_thing(tx, site.rooms, id) if id else None
            return explain(tx, found.id, permission, thing, site.clock.now())
        except NotFound as missing:
            raise click.ClickException(f"There is nothing of the id {id}.") from missing
        except AttributeError as other:
            raise click.ClickException(f"{permission} is about another kind of thing.") from other

    with app.test_request_context(headers={"Accept-Language": language.replace("_", "-")}):
        return site.graph.read(look, reader=(SYSTEM,))


def lines_of(found: Explanation) -> list[str]:
    """The page from top to bottom, as text."""
    chain = [f"  {link.title} ({link.note})" if link.note else f"  {link.title}" for link in found.chain]
    rules = [f"  {'  ' * line.depth}{'+' if line.holds else '-'} {line.words}" for line in found.rules]
    return [found.question, found.verdict, *([found.why] if found.why else []), *chain, *rules]
