"""What a link says of a picture comes back from it unchanged; what no link says is refused at its field."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from marketplace.kernel.errors import Invalid
from marketplace.pages.network.model import Branch, Ref
from marketplace.pages.network.state import LONGEST, MOST_OPEN, Opened, State, state_of

WORKER, FIRM = Ref("worker", "01h1"), Ref("enterprise", "01h2")
WORKS = Branch(WORKER, "CONTRIBUTED_TO", "achievement")
FULL = State(
    lens="market", relations=("OFFERS", "POSTED_BY"), steps=2, opened=(Opened(WORKS), Opened(Branch(FIRM, "EMPLOYED_BY", "worker"), 37)),
    added=(FIRM,), hidden=(WORKER,), way=(WORKER, FIRM), day=date(2024, 2, 29), versus=date(2023, 1, 1), view="table", sort="since",
    only="OFFERS", name="夹具",
)  # fmt: skip


def read(**query: str | list[str]) -> State:
    return state_of(MultiDict(query))


def test_a_state_comes_back_from_its_address() -> None:
    assert state_of(MultiDict(FULL.query())) == FULL
    assert state_of(MultiDict()) == State()
    assert State().query() == {}


def test_opening_more_of_a_branch_replaces_what_was_open_of_it() -> None:
    assert State().opening(Opened(WORKS)).opening(Opened(WORKS, 40)).opened == (Opened(WORKS, 40),)
    assert State(opened=(Opened(WORKS, 40),)).closing(WORKS) == State()


def test_everybodys_explorer_opens_the_one_thing_only() -> None:
    small = FULL.smaller(WORKER)
    assert small.opened == (Opened(WORKS),)
    assert (small.added, small.hidden, small.way, small.day, small.versus, small.steps) == ((), (), None, None, None, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("open", "worker:01h1:HOLDS:account"), ("open", "worker:01h1:OFFERS"), ("open", "worker:01h1:OFFERS:listing:0"),
        ("open", "worker:01h1:OFFERS:listing:151"), ("open", "worker:01h1:OFFERS:listing:٣"), ("open", "account:1:OFFERS:listing"),
        ("add", "worker"), ("add", "worker:"), ("add", "worker:a b"), ("add", f"worker:{'a' * 65}"), ("hide", "session:1"),
        ("way", "worker:1"), ("way", "worker:1:account:2"), ("day", "yesterday"), ("day", "2026-02-30"), ("day", "0000-01-01"),
        ("day", "20260101"), ("versus", "2026-13-01"), ("lens", "x-ray"), ("relation", "HOLDS"), ("view", "film"), ("sort", "luck"),
        ("only", "HOLDS"),
    ],
)  # fmt: skip
def test_what_no_link_says_is_refused_at_its_field(name: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(**{name: value})
    assert list(refused.value.fields) == [name]


def test_an_address_has_bounds() -> None:
    many = [f"worker:{number}:OFFERS:listing" for number in range(MOST_OPEN + 1)]
    assert len(read(open=many[:-1]).opened) == MOST_OPEN
    for query in ({"open": many}, {"name": "x" * LONGEST}):
        with pytest.raises(Invalid):
            read(**query)
