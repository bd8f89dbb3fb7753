"""Pieces of a page that follow from their arguments and the reader's language alone are rendered once, not for each page that shows them."""

from functools import lru_cache
from typing import Any

from flask import Flask
from markupsafe import Markup

from marketplace.web.words import locale_code

MOST_KEPT = 8_192
"""A search page has some twenty rows and a hundred ticks, of half a kilobyte each; most come again on the next page."""


def install_fragments(app: Flask) -> None:
    """For templates: `fragment('macros/rows.html', 'result_row', row)`. Such a macro may read nothing but its arguments, which are hashable."""

    @lru_cache(maxsize=MOST_KEPT)
    def rendered(template: str, macro: str, arguments: tuple[Any, ...], _locale: str) -> Markup:
        return Markup(getattr(app.jinja_env.get_template(template).module, macro)(*arguments))  # noqa: S704  escaped by the macro  # nosec B704

    def fragment(template: str, macro: str, *arguments: Any) -> Markup:
        return rendered(template, macro, arguments, locale_code())

    app.jinja_env.globals["fragment"] = fragment
