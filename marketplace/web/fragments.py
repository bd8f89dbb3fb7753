"""Pieces of a page that follow from their arguments and the reader's language alone are rendered once, not for each page that shows them."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask
from markupsafe import Markup

from marketplace.web.words import locale_code

MOST_SMALL = 8_192
"""A search page has some twenty rows and a hundred ticks, of half a kilobyte each; most come again on the next page."""
MOST_LARGE = 1_024
"""A facet has up to thirty kilobytes, most have three; each comes again where the same is searched for in an index that has not changed."""


def install_fragments(app: Flask) -> None:
    """For templates: `fragment('macros/rows.html', 'result_row', row)`. Such a macro may read nothing but its arguments, which are hashable.
    What is larger, and made of such fragments, is a `section`: it must not push them out."""
    app.jinja_env.globals.update(fragment=_rendered_once(app, MOST_SMALL), section=_rendered_once(app, MOST_LARGE))


def _rendered_once(app: Flask, most: int) -> Callable[..., Markup]:
    @lru_cache(maxsize=most)
    def rendered(template: str, macro: str, arguments: tuple[Any, ...], _locale: str) -> Markup:
        return Markup(getattr(app.jinja_env.get_template(template).module, macro)(*arguments))  # noqa: S704  escaped by the macro  # nosec B704

    return lambda template, macro, *arguments: rendered(template, macro, arguments, locale_code())
