"""The site speaks the language that was chosen; Chinese first."""

import pytest

from tests.journeys.words import catalogue
from tests.site import TestSite


@pytest.mark.parametrize(("asked", "wanted"), [("zh-CN,zh;q=0.9", True), ("en-GB", False), ("fr", True)])
def test_messages_come_from_the_chinese_catalogue_unless_english_is_asked_for(site: TestSite, asked: str, *, wanted: bool) -> None:
    words = catalogue().gettext("Sign in")
    if words == "Sign in":
        pytest.fail("the Chinese catalogue is empty")

    page = site.client().get("/sign-in", headers={"Accept-Language": asked}).text

    assert (f"<h1>{words}</h1>" in page) is wanted
    assert ("<h1>Sign in</h1>" in page) is not wanted


def test_a_choice_by_link_is_kept_in_a_cookie(site: TestSite) -> None:
    client = site.client()
    client.get("/sign-in?lang=en")
    assert "<h1>Sign in</h1>" in client.get("/sign-in", headers={"Accept-Language": "zh-CN"}).text
