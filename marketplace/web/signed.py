"""Links in letters that open without signing in: what they may do is signed by the site, and is little."""

from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

from marketplace.config import Settings
from marketplace.kernel.errors import NotFound
from marketplace.kernel.notices import Topic

CONFIRM_WITHIN = timedelta(days=2)


def unsubscribe_token(settings: Settings, account: str, topic: Topic | None) -> str:
    """Of no age: a letter may be read years later. It names an account, never an address."""
    return URLSafeSerializer(settings.signing_key, "unsubscribe").dumps([account, topic.value if topic else ""])


def read_unsubscribe(settings: Settings, token: str) -> tuple[str, Topic | None]:
    """Account and topic, None for all. Raises NotFound for what the site did not sign."""
    try:
        account, topic = URLSafeSerializer(settings.signing_key, "unsubscribe").loads(token)
        return str(account), Topic(topic) if topic else None
    except (BadData, ValueError, TypeError) as error:
        raise NotFound("unsubscribe") from error


def confirm_token(settings: Settings, account: str, asked_at: datetime) -> str:
    """Which letter it stands in, by when that was asked for: a later address makes it void."""
    return URLSafeTimedSerializer(settings.signing_key, "confirm").dumps([account, asked_at.isoformat()])


def read_confirm(settings: Settings, token: str) -> tuple[str, datetime]:
    """Raises NotFound for what the site did not sign, or too long ago."""
    try:
        account, asked = URLSafeTimedSerializer(settings.signing_key, "confirm").loads(token, max_age=int(CONFIRM_WITHIN.total_seconds()))
        return str(account), datetime.fromisoformat(asked)
    except (BadData, ValueError, TypeError) as error:
        raise NotFound("confirm") from error
