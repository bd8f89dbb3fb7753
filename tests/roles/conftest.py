"""One district for each story."""

import pytest

from tests.factories import Make
from tests.roles.scenes import District, a_district
from tests.site import TestSite


@pytest.fixture
def district(site: TestSite, make: Make) -> District:
    return a_district(site, make)
