"""A long form in parts: how far each one is, as the page says without script."""

import re

import pytest
from werkzeug.test import TestResponse

from tests.enquiries.scenes import Market, open_market
from tests.factories import Make
from tests.site import TestSite

WORK = {"version": "0", "title": "泄压装置", "kind": "innovation", "maturity_scale": "TRL", "studio": "none"}
STATE = re.compile(r'<li data-task="(\w+)"><a[^>]*>[^<]*</a><span class="state[^>]*>.*?</svg>([^<]*)<', re.DOTALL)


@pytest.fixture
def market(site: TestSite, make: Make) -> Market:
    return open_market(site, make)


def states(answer: TestResponse) -> dict[str, str]:
    return dict(STATE.findall(answer.text))


def test_an_empty_form_says_what_is_to_do_and_what_may_stay_empty(site: TestSite, market: Market) -> None:
    told = states(site.client(market.maker).get("/achievements/new", headers={"Accept-Language": "en"}))

    assert told == {"what": "To do", "gain": "To do", "ready": "To do", "people": "To do", "used": "May stay empty"}


def test_a_sent_form_says_what_is_missing_and_where_it_is_wrong(site: TestSite, market: Market) -> None:
    client = site.client(market.maker)
    wrong = WORK | {"maturity": "nine", "benefit": "省一半工时", "adoptions-0-enterprise_name": "某厂", "adoptions-0-quantity": "many"}

    answer = client.post("/achievements/new", data=wrong, headers={"Accept-Language": "en"})

    assert answer.status_code == 422
    assert states(answer) == {"what": "2 entries missing", "gain": "Filled in", "ready": "1 to mend", "people": "To do", "used": "1 to mend"}
    assert 'href="#adoptions-0-quantity">Quantity 1: ' in answer.text


def test_what_is_needed_is_not_called_optional(site: TestSite, market: Market) -> None:
    text = site.client(market.maker).get("/achievements/new", headers={"Accept-Language": "en"}).text

    assert "(optional)" not in text.split('for="summary"')[1].split("</label>")[0]
    assert "(optional)" in text.split('for="conditions"')[1].split("</label>")[0]
