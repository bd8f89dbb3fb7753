"""The words of the interface as the reader sees them, so that a journey presses what is written on the button."""

import gettext
from functools import cache

from marketplace.config import PACKAGE


@cache
def catalogue() -> gettext.NullTranslations:
    return gettext.translation("messages", str(PACKAGE / "translations"), ["zh_CN"], fallback=True)


def zh(msgid: str, **values: object) -> str:
    text = catalogue().gettext(msgid)
    return text % values if values else text
