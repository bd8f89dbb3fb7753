"""A notice in words: what was done, by the step's own label, and to what."""

from flask_babel import gettext as _

from marketplace.kernel.notices import Notice
from marketplace.kernel.rooms import done_in
from marketplace.web.site import current_site
from marketplace.web.words import translated


def words_of(notice: Notice) -> str:
    done = translated(done_in(current_site().rooms, notice.kind, notice.verb))
    return _("%(done)s: %(title)s", done=done, title=notice.title) if notice.title else done
