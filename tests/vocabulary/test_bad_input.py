"""Whatever is sent to the forms and lists: an answer below 500, and nothing half saved."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.domains.missed.service import count_miss
from tests.factories import Make
from tests.site import TestSite

TEXT = st.text(max_size=60) | st.sampled_from(
    ["机械臂", "\x00", "\ud800", "１３８００１３８０００", "a" * 5_000, "，，，", "机械臂\n機械臂", "-1", "9" * 30]
)
FIELDS = st.dictionaries(st.sampled_from(["kind", "words", "finds", "note", "version", "key", "preview"]), TEXT)
QUERY = st.dictionaries(st.sampled_from(["q", "kind", "language", "status", "page", "days", "words"]), TEXT)
FUZZED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("path", ["/vocabulary/new", "/vocabulary/nothing/edit", "/vocabulary/nothing/retire", "/vocabulary/missed/nothing/hand-on"])
def test_no_form_breaks(site: TestSite, make: Make, path: str) -> None:
    client = site.client(make.administrator())

    @FUZZED
    @given(FIELDS)
    def send(said: dict[str, str]) -> None:
        clean = {name: value.encode("utf-8", "replace").decode() for name, value in said.items()}
        assert client.post(path, data=clean).status_code < 500

    send()


@pytest.mark.parametrize("path", ["/vocabulary", "/vocabulary/new", "/vocabulary/missed"])
@pytest.mark.slow
def test_no_address_breaks(site: TestSite, make: Make, path: str) -> None:
    client = site.client(make.administrator())
    site.graph.write(lambda tx: count_miss(tx, "焊缝咬边检测", 0, site.clock.now()))

    @FUZZED
    @given(QUERY)
    def ask(said: dict[str, str]) -> None:
        clean = {name: value.encode("utf-8", "replace").decode() for name, value in said.items()}
        assert client.get(path, query_string=clean).status_code < 500

    ask()
