"""The demonstration asks nobody for a telephone and says so; a site with people of its own always asks."""

import pytest

from marketplace.cli.run import easy_to_try
from marketplace.config import Settings
from marketplace.kernel.second_factors import weak_sign_in
from tests.site import TestSite, make_site


@pytest.fixture
def asking(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> TestSite:
    """As it is set by nobody."""
    monkeypatch.delenv("SECOND_FACTOR", raising=False)
    return make_site(site.graph, site.index, Settings(data_dir=site.site.settings.data_dir))


def test_a_site_asks_unless_it_is_the_demonstration(asking: TestSite) -> None:
    assert asking.site.settings.second_factor == "required"
    assert easy_to_try(asking.site) is asking.site


def test_the_demonstration_is_easy_to_try_and_says_so_at_the_door(asking: TestSite) -> None:
    (asking.site.settings.data / "demo-accounts.txt").write_text("somebody", encoding="utf-8")
    tried = easy_to_try(asking.site)
    assert tried.settings.second_factor == "optional"
    assert tried.settings.data == asking.site.settings.data
    assert weak_sign_in(tried.settings) != []
    page = make_site(tried.graph, tried.index, tried.settings).client().get("/sign-in").text
    assert "SECOND_FACTOR=optional" in page
    assert "SECOND_FACTOR=optional" not in asking.client().get("/sign-in").text


def test_what_the_environment_says_stands(asking: TestSite) -> None:
    (asking.site.settings.data / "demo-accounts.txt").write_text("somebody", encoding="utf-8")
    said = make_site(asking.graph, asking.index, Settings(data_dir=asking.site.settings.data_dir, second_factor="required"))
    assert easy_to_try(said.site).settings.second_factor == "required"
