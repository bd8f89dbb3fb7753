"""Chinese first, English complete: by the address, then by the reader's earlier choice, then by what the browser asks for."""

from flask import Flask, Response, current_app, request
from flask_babel import Babel

from marketplace.config import PACKAGE

LANGUAGES = ("zh_CN", "en")
YEAR = 365 * 24 * 3600


def chosen_language() -> str:
    for asked in (request.args.get("lang"), request.cookies.get("lang")):
        if asked in LANGUAGES:
            return str(asked)
    return "en" if request.accept_languages.best_match(("zh-CN", "zh", "en"), "zh") == "en" else "zh_CN"


def locale_name() -> str:
    """Babel reads zh_CN as zh_Hans_CN, for which there is no folder of messages; plain zh finds ours."""
    return chosen_language().partition("_")[0]


def is_large() -> bool:
    """The mode with large print."""
    return (request.args.get("large") or request.cookies.get("large")) == "1"


def keep(response: Response, name: str, value: str) -> Response:
    """A choice of looks, no secret: the page's own script writes it too."""
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"])
    return response


def keep_choices(response: Response) -> Response:
    """A choice made by a link is kept for the next page."""
    for name, values in {"lang": LANGUAGES, "large": ("0", "1")}.items():
        if request.args.get(name) in values:
            keep(response, name, request.args[name])
    return response


def install_languages(app: Flask) -> None:
    Babel(
        app,
        default_locale="zh",
        default_timezone="Asia/Shanghai",
        default_translation_directories=str(PACKAGE / "translations"),
        locale_selector=locale_name,
    )
    app.after_request(keep_choices)
