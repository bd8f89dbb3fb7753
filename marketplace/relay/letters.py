"""What a letter says, in its reader's language: how much waits, of which kind, and links. Never a name, a title or a number of a person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, select_autoescape

from marketplace.config import PACKAGE, Settings, templates_folder
from marketplace.kernel.labels import label
from marketplace.kernel.notices import ALWAYS, TOPIC_LABELS, Notice, Topic
from marketplace.kernel.rooms import Room, done_in
from marketplace.web.signed import CONFIRM_WITHIN, confirm_token, unsubscribe_token

DIGEST = label("Jiangchuang: %(count)s new messages")
CONFIRM_SUBJECT = label("Jiangchuang: confirm your address")


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@cache
def catalogue_of(language: str) -> NullTranslations:
    return NullTranslations() if language == "en" else Translations.load(str(PACKAGE / "translations"), ["zh_CN"])


@cache
def environment_of(language: str) -> Environment:
    """As the site's own pages, without a request."""
    made = Environment(
        loader=FileSystemLoader(str(templates_folder())), autoescape=select_autoescape(), trim_blocks=True,
        lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    made.install_gettext_translations(catalogue_of(language), newstyle=True)  # type: ignore[attr-defined]
    return made


class Letters:
    """`rooms` say in words what a verb did."""

    def __init__(self, settings: Settings, rooms: Mapping[str, Room]) -> None:
        self._settings = settings
        self._rooms = rooms

    def of_notices(self, id: str, account: str, language: str, notices: Sequence[Notice]) -> Letter:
        """The same notices make the same letter under the same number, so that one that is sent twice is kept once."""
        say = catalogue_of(language).ugettext
        counted = Counter(f"{say(TOPIC_LABELS[one.about])}: {say(done_in(self._rooms, one.kind, one.verb))}" for one in notices)
        topics = {one.about for one in notices}
        unsubscribe = self._unsubscribe(account, topics)
        headers = {"Message-ID": f"<{id}@{urlsplit(self._settings.address).hostname or 'localhost'}>"} | (
            {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if unsubscribe else {}
        )
        context = {
            "lines": counted.most_common(), "total": len(notices), "inbox": f"{self._settings.address}/notices", "language": language,
            "preferences": f"{self._settings.address}/notices/preferences", "unsubscribe": unsubscribe,
        }  # fmt: skip
        subject = say(DIGEST) % {"count": len(notices)}
        return Letter(subject, rendered(language, "notices.txt", context), rendered(language, "notices.html", context), headers)

    def _unsubscribe(self, account: str, topics: set[Topic]) -> str:
        """For one topic where the letter has one, else for all; what can't be switched off offers no such link."""
        if topics <= ALWAYS:
            return ""
        token = unsubscribe_token(self._settings, account, next(iter(topics)) if len(topics) == 1 else None)
        return f"{self._settings.address}/notices/unsubscribe/{token}"

    def to_confirm(self, account: str, language: str, asked_at: datetime) -> Letter:
        link = f"{self._settings.address}/notices/confirm/{confirm_token(self._settings, account, asked_at)}"
        text = rendered(language, "confirm.txt", {"link": link, "days": CONFIRM_WITHIN.days})
        return Letter(catalogue_of(language).ugettext(CONFIRM_SUBJECT), text)


def rendered(language: str, name: str, context: dict[str, Any]) -> str:
    return environment_of(language).get_template(f"mail/{name}").render(**context).strip() + "\n"
