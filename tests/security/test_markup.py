"""Stored markup stays text on every page: more than 300 kinds of it, in every text that the store holds, past all forms."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import render_template_string
from playwright.sync_api import Browser, Page

from graph.ontology import ONTOLOGY
from graph.schema import Kind
from marketplace.domains.views.model import SavedViewText
from marketplace.domains.views.service import create_view
from marketplace.kernel.errors import Invalid
from marketplace.kernel.rooms import walk
from tests.journeys.live import answering
from tests.security.markup import HIT, IN_BROWSER, sinks_of, stored
from tests.security.routes import paths_of, routes_of
from tests.security.world import World, build_world, patiently
from tests.site import TestSite

ROUNDS = 10
CODED = frozenset({
    "id", "status", "kind", "source_key", "batch_id", "revision", "entered_by", "field", "maturity_scale", "via", "visibility", "type",
    "legal_status", "contract_kind", "sub_kind", "price_mode", "level", "code", "language", "access", "path", "place", "report", "digest",
    "media_type", "password_hash", "account_id", "entity_id", "owner_id", "verb", "from_status", "to_status", "previous", "seal", "wording",
    "stage", "outcome", "about_kind", "words_id", "holder", "size", "claimed_by", "unit_id", "address", "occupation", "login", "area",
    "region", "uscc", "patent_number", "ipc", "role", "answer_kind", "source", "number", "born_on", "sex",
    "account_kind", "act", "alerts", "amendment", "contract_id", "key", "payment_id", "rated_id", "rated_kind", "rater_id", "rater_kind", "root_id",
    "royalty_course", "side", "spoke", "way",
})  # fmt: skip
"""What is no free text: ids, codes, and numbers that a rule has checked."""
LEFT = frozenset({"PersonKey", "SecondFactor", "Guard", "Session", "FormKey", "OutboxEvent", "Field", "MissedDay"})
READERS = ("owner", "officer", "administrator")
SAMPLE = 24
HELD = """
MATCH (n) WHERE labels(n)[0] = $label RETURN n.id AS id, n.body AS body
"""
STORE = """
MATCH (n) WHERE labels(n)[0] = $label AND n.id = $id SET n += $held RETURN n.id AS id
"""


def texts_of(label: str) -> list[str]:
    return [
        one.name
        for one in ONTOLOGY.node(label).properties
        if one.kind is Kind.TEXT and one.name not in CODED and one.name != "body" and not one.unique and not one.name.endswith(("_id", "_kind"))
    ]


def store_everywhere(world: World, text: str) -> int:
    """Into each free text of each node, and into the texts that versions keep. Returns how many texts that were."""
    count = 0
    for node in ONTOLOGY.nodes:
        if node.name in LEFT:
            continue
        names = texts_of(node.name)
        found: list[Any] = world.site.graph.read(
            lambda tx, label=node.name: tx.all(HELD, lambda row: (row["id"], row["body"]), label=label),
            reader=("system",),  # type: ignore[misc]
        )
        for id, body in found:
            held: dict[str, Any] = dict.fromkeys(names, text)
            if body:
                held["body"] = json.dumps(
                    {name: text if isinstance(value, str) and name in names_of_texts() else value for name, value in json.loads(body).items()}
                )
            if held and id:
                world.site.graph.write(lambda tx, label=node.name, id=id, held=held: tx.run(STORE, label=label, id=id, held=held))  # type: ignore[misc]
                count += len(held)
    return count


def names_of_texts() -> frozenset[str]:
    return frozenset(name for node in ONTOLOGY.nodes for name in texts_of(node.name))


def index_anew(world: World, number: int) -> None:
    """So that search, cards and suggestions show it, too."""
    site = world.site
    for room in site.site.rooms.values():
        for ids in walk(site.graph, room):
            for id in ids:
                documents = room.documents(site.find(room.kind, id))
                site.index.put([replace(one, version=2**60 + number) for one in documents])
    site.index.commit()


def pages_of(world: World, readers: tuple[str, ...] = READERS) -> Iterator[tuple[str, str, str]]:
    """(reader, address, page) of everything that can be looked at."""
    for route in routes_of(world.site.app):
        if "GET" not in route.methods or route.endpoint in ("static", "metrics.index"):
            continue
        for at, path in enumerate(paths_of(world, route, 4)):
            reader = readers[at % len(readers)] if len(paths_of(world, route, 4)) > 1 else readers[-1]
            for who in {reader, "administrator" if at == 0 else reader, "officer" if at == 0 else reader}:
                answer = patiently(lambda who=who, path=path: world.client(who).get(path))  # type: ignore[misc]
                assert answer.status_code < 500, (path, who)
                if answer.mimetype == "text/html" and answer.status_code == 200:
                    yield who, path, answer.text
    for path in ("/search?q=script", "/search?q=img", "/search/suggest?q=script", "/search?q=%22%3E%3Cimg+src%3Dx+onerror%3D1%3E"):
        yield "owner", path, world.client("owner").get(path).text


def shown(page: str) -> bool:
    return "__hit" in page


def one_round(world: World, number: int, rounds: int) -> tuple[int, int, list[str]]:
    payloads = stored()
    mine = payloads[number::rounds]
    store_everywhere(world, " ".join(mine))
    index_anew(world, number)
    looked = [(who, path, page) for who, path, page in pages_of(world)]
    found = [f"{who} {path}: {sink}" for who, path, page in looked for sink in sinks_of(page)]
    return len(looked), sum(shown(page) for *_, page in looked), found


def test_there_are_more_than_three_hundred() -> None:
    assert len(stored()) >= 300


@pytest.mark.slow
def test_markup_that_is_stored_stays_text(site: TestSite) -> None:
    looked, showing, found = one_round(build_world(site), 0, ROUNDS)
    print(f"{looked} pages, {showing} of them show it")
    assert found == []
    assert showing > 60


@pytest.mark.fuzz
@pytest.mark.journey
def test_all_of_it_stays_text_for_a_browsers_parser_too(site: TestSite, chromium: Browser) -> None:
    """Every kind in every text, each page read by the parser of a real browser as well."""
    world = build_world(site)
    page = chromium.new_page()
    found, looked, showing = [], 0, 0
    for number in range(ROUNDS):
        texts = store_everywhere(world, " ".join(stored()[number::ROUNDS]))
        index_anew(world, number)
        for who, path, text in pages_of(world):
            looked, showing = looked + 1, showing + shown(text)
            found += [f"{who} {path}: {sink}" for sink in {*sinks_of(text), *page.evaluate(IN_BROWSER, text)}]
    print(f"{len(stored())} kinds in {texts} texts, {looked} pages, {showing} of them show it")
    page.close()
    assert found == []
    assert showing > 60 * ROUNDS


@pytest.mark.journey
@pytest.mark.slow
def test_nothing_of_it_runs_in_a_browser(site: TestSite, chromium: Browser) -> None:
    world = build_world(site)
    store_everywhere(world, " ".join(stored()[::12]))
    index_anew(world, 0)
    paths = list(dict.fromkeys(path for _who, path, page in pages_of(world, ("owner",)) if shown(page)))
    with answering(site.app) as address:
        context = chromium.new_context(locale="zh-CN")
        cookie = world.client("owner").get_cookie("session")
        assert cookie is not None
        context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
        page = context.new_page()
        complaints = listened(page)
        hits = [path for path in paths[:: max(1, len(paths) // SAMPLE)] if visited(page, f"{address}{path}")]
        context.close()
    assert hits == []
    assert complaints == []
    assert len(paths) > SAMPLE


def listened(page: Page) -> list[str]:
    """What the policy stopped: with everything escaped there is nothing to stop."""
    heard: list[str] = []
    page.on(
        "console", lambda said: heard.append(said.text) if "Content Security Policy" in said.text or "Content-Security-Policy" in said.text else None
    )
    page.on("dialog", lambda dialog: (heard.append("dialog"), dialog.dismiss())[0])
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (one) => console.log('Content Security Policy', one.violatedDirective))"
    )
    return heard


def visited(page: Page, url: str) -> bool:
    """Whether anything ran."""
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return bool(page.evaluate("'__hit' in window"))


@pytest.mark.journey
def test_control_an_unescaped_text_runs_and_is_seen_by_each_of_the_three(site: TestSite, chromium: Browser) -> None:
    """Without escaping and without the policy it hits; without escaping alone, the policy stops it and says so."""
    text = f"</title>{stored()[0]}<img src=x onerror={HIT}>"
    with site.app.test_request_context():
        careless = render_template_string("<!doctype html><title>a</title><p>{{ text|safe }}</p>", text=text)
        careful = render_template_string("<!doctype html><title>a</title><p>{{ text }}</p>", text=text)
    page = chromium.new_page()
    assert sinks_of(careless)
    assert page.evaluate(IN_BROWSER, careless)
    assert sinks_of(careful) == [] == page.evaluate(IN_BROWSER, careful)
    page.route("http://careless.test/**", lambda route: route.fulfill(body=careless, content_type="text/html"))
    assert visited(page, "http://careless.test/")
    heard = listened(page)
    policy = {"Content-Security-Policy": site.client().get("/help").headers["Content-Security-Policy"]}
    page.route("http://stopped.test/**", lambda route: route.fulfill(body=careless, content_type="text/html", headers=policy))
    assert not visited(page, "http://stopped.test/")
    assert heard
    page.close()


def test_control_more_than_three_hundred_are_seen_where_they_are_not_escaped() -> None:
    """In text, in a value of either quotation mark, as an address, in an island; a few alone do nothing and only confuse parsers."""
    island = "<script type='application/json'>{}</script>"
    places = ("<p>{}</p>", '<p title="{}">a</p>', "<p title='{}'>a</p>", '<a href="{}">a</a>', "<title>{}</title>", "<textarea>{}</textarea>", island)
    seen = [text for text in stored() if any(sinks_of(place.format(text)) for place in places)]
    assert len(seen) >= 300


def test_no_address_of_a_view_is_markup(site: TestSite) -> None:
    for text in stored()[::3]:
        with pytest.raises(Invalid):
            site.system.change(create_view, SavedViewText(title="a", address=text))
