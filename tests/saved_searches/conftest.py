"""Fixtures of this folder."""

import pytest

from tests.factories import Make
from tests.saved_searches.scenes import Street
from tests.site import TestSite


@pytest.fixture
def street(site: TestSite, make: Make) -> Street:
    return Street(site, make)
