"""Choose to hear of a saved thing, or to be left in peace again."""

from dataclasses import replace

from marketplace.domains.watches.model import Watch
from marketplace.domains.watches.repository import facts_of, get_watch, save_watch
from marketplace.kernel.unit_of_work import UnitOfWork


def watch_thing(uow: UnitOfWork, id: str, *, tells: bool) -> Watch:
    """From now on: what is so already is no news. Nobody else learns of it, so nothing is recorded. Raises NotFound for what is not saved."""
    watch = get_watch(uow.tx, uow.actor.account_id, id)
    facts = facts_of(uow.tx, watch.kind, [id]).get(id, ())
    chosen = replace(watch, tells=tells, seen=facts if tells else ())
    save_watch(uow.tx, chosen)
    return chosen
