"""Who may read the figures, and that they say what is so."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from graph.connection import Graph, open_graph
from marketplace.app import create_app
from search.errors import SearchUnavailable
from tests.factories import Make
from tests.site import TestSite

TOKEN = "a-token-of-the-watcher"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
SET_ONE_ASIDE = "MATCH (e:OutboxEvent) WITH e LIMIT 1 SET e.status = 'aside' RETURN e.id AS id"


class LostIndex:
    """Stands for an index whose server is gone."""

    def count(self) -> int:
        raise SearchUnavailable("gone")


def watched(site: TestSite, graph: Graph | None = None, token: str = TOKEN, **limits: int) -> FlaskClient:
    settings = site.site.settings.model_copy(update={"metrics_token": SecretStr(token), **limits})
    return create_app(site=replace(site.site, settings=settings, graph=graph or site.graph)).test_client()


def figures(client: FlaskClient, **headers: str) -> dict[str, float]:
    """Name with its labels' values → value."""
    answer = client.get("/metrics", headers=headers or BEARER)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")
    samples = [one for family in text_string_to_metric_families(answer.text) for one in family.samples]
    return {" ".join((one.name.removeprefix("jiangchuang_"), *one.labels.values())): one.value for one in samples}


def test_the_token_opens_the_figures(site: TestSite) -> None:
    assert figures(watched(site))["graph_up"] == 1


def test_an_administrator_reads_them_without_a_token(site: TestSite, make: Make) -> None:
    assert "jiangchuang_graph_up 1.0" in site.client(make.administrator()).get("/metrics").text


@pytest.mark.parametrize("sent", ["", f"Bearer {TOKEN}x", "Bearer ", "Bearer ümlaut", f"Basic {TOKEN}", TOKEN, "Basic OmE="])
def test_for_anybody_else_there_is_no_such_page(site: TestSite, sent: str) -> None:
    assert watched(site).get("/metrics", headers={"Authorization": sent.encode().decode("latin-1")}).status_code == 404


def test_other_accounts_do_not_find_it_either(site: TestSite, make: Make) -> None:
    assert site.client(make.account()).get("/metrics").status_code == 404


@pytest.mark.parametrize("sent", ["Bearer ", "Bearer", f"Bearer {TOKEN}"])
def test_without_the_setting_no_token_is_right(site: TestSite, sent: str) -> None:
    assert watched(site, token="").get("/metrics", headers={"Authorization": sent}).status_code == 404


def test_it_tells_what_the_relay_has_not_followed(site: TestSite, make: Make) -> None:
    client = watched(site)
    make.organisation()
    site.clock.forward(seconds=90)
    found = figures(client)
    assert (found["relay_lag_seconds"], found["events_aside"]) == (90, 0)
    assert (pending := found["events_pending"]) > 0
    site.graph.write(lambda tx: tx.changed(SET_ONE_ASIDE))
    found = figures(client)
    assert (found["events_pending"], found["events_aside"]) == (pending - 1, 1)


def test_a_relay_that_is_done_has_no_lag_and_the_documents_are_counted(site: TestSite, make: Make) -> None:
    make.enterprise()
    site.drain()
    site.clock.forward(hours=1)
    found = figures(watched(site))
    assert (found["relay_lag_seconds"], found["events_pending"]) == (0, 0)
    assert found["index_documents"] == site.index.count()


def test_requests_are_counted_by_endpoint_and_class_of_status(site: TestSite) -> None:
    client = watched(site)
    for path in ("/sign-in", "/sign-in", "/no-such-page", "/achievements/none", "/healthz"):
        client.get(path)
    found = figures(client)
    assert (found["requests_total accounts.sign_in 2xx"], found["requests_total none 4xx"]) == (2, 1)
    assert found["requests_total health.alive 2xx"] == found["request_seconds_count health.alive"] == 1
    assert found["request_seconds_bucket accounts.sign_in +Inf"] == 2
    assert not [name for name in found if "no-such-page" in name]


def test_a_lost_graph_is_told_and_nothing_is_told_in_its_name(site: TestSite) -> None:
    lost = open_graph("bolt://127.0.0.1:1")
    found = figures(watched(site, graph=lost))
    lost.close()
    assert (found["graph_up"], found["index_up"]) == (0, 1)
    assert not {"relay_lag_seconds", "events_pending", "events_aside"} & found.keys()


def test_a_lost_index_is_told(site: TestSite) -> None:
    settings = site.site.settings.model_copy(update={"metrics_token": SecretStr(TOKEN)})
    found = figures(create_app(site=replace(site.site, settings=settings, index=LostIndex())).test_client())  # type: ignore[arg-type]
    assert (found["graph_up"], found["index_up"]) == (1, 0)
    assert "index_documents" not in found


def test_the_watcher_is_not_counted_among_guests_and_who_guesses_is(site: TestSite) -> None:
    client = watched(site, guest_per_minute=2)
    assert [client.get("/metrics", headers=BEARER).status_code for _ in range(4)] == [200] * 4
    assert [client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code for _ in range(3)] == [404, 404, 429]
