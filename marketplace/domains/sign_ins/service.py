"""End a sign-in, or all but the present one."""

from marketplace.kernel.sign_ins import hold_session, revoke_session_of, revoke_sessions_of
from marketplace.kernel.unit_of_work import UnitOfWork


def end_sign_in(uow: UnitOfWork, session: str) -> None:
    """One of one's own; the next request there is a guest's. What is somebody else's stays."""
    revoke_session_of(uow.tx, uow.actor.account_id, session, uow.now)


def end_other_sign_ins(uow: UnitOfWork, present: str) -> None:
    """Whoever is just coming in elsewhere has to begin anew, too. Raises Stale where the present one has been ended itself."""
    hold_session(uow.tx, uow.actor.account_id, present)
    revoke_sessions_of(uow.tx, uow.actor.account_id, uow.now, keep=present)
